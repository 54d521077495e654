// What a strategy declares (description, typed parameters, subscriptions) and what it is made with:
// its parameters as set, its instruments, its host. Context owns copies and lives as long as the
// instance. Strategies read it in their constructor; instance.hpp makes it from a grekko_setup.
#pragma once

#include <grekko/guard.hpp>
#include <grekko/host.hpp>
#include <grekko/plugin.h>
#include <grekko/strategy.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace grekko::sdk {

// Parameters of a description, in a static array. Bounds are included; equal bounds are none.
constexpr grekko_parameter_spec whole(std::string_view name, std::int64_t normal, std::int64_t min,
                                      std::int64_t max, std::string_view help) {
    return {sizeof(grekko_parameter_spec),
            GREKKO_PARAMETER_WHOLE,
            to_string(name),
            to_string(help),
            Decimal{normal},
            Decimal{min},
            Decimal{max}};
}
constexpr grekko_parameter_spec number(std::string_view name, Decimal normal, Decimal min,
                                       Decimal max, std::string_view help) {
    return {sizeof(grekko_parameter_spec),
            GREKKO_PARAMETER_NUMBER,
            to_string(name),
            to_string(help),
            normal,
            min,
            max};
}
constexpr grekko_parameter_spec flag(std::string_view name, bool normal, std::string_view help) {
    return {sizeof(grekko_parameter_spec),
            GREKKO_PARAMETER_FLAG,
            to_string(name),
            to_string(help),
            Decimal{normal ? 1 : 0},
            Decimal{0},
            Decimal{1}};
}
constexpr grekko_parameter_spec text(std::string_view name, std::string_view help) {
    return {sizeof(grekko_parameter_spec),
            GREKKO_PARAMETER_TEXT,
            to_string(name),
            to_string(help),
            Decimal{},
            Decimal{},
            Decimal{}};
}

struct Description {
    std::string_view id, version, help;
    Mode mode{Mode::balanced};
    std::span<const grekko_parameter_spec> parameters{};
    std::uint32_t schema{0}; // of save's bytes; 0: nothing to save
};

struct Subscription {
    std::uint16_t instrument{0};
    bool trades{false}, quotes{false}, books{false};
    bool proposals{true}; // votes on it
    Duration bars{0};     // interval, 0: none
    std::uint64_t warmup{0};
};

class Context {
public:
    Context(const grekko_host* host, const grekko_setup& setup)
        : host_{host},
          name_{view(setup.name)},
          mode_{static_cast<std::uint8_t>(setup.mode)},
          instruments_{setup.instruments, setup.instruments + setup.instrument_count} {
        for (std::uint32_t i = 0; i < setup.parameter_count; ++i)
            parameters_.push_back({std::string{view(setup.parameters[i].name)},
                                   setup.parameters[i].number,
                                   std::string{view(setup.parameters[i].text)}});
    }

    const Host& host() const { return host_; }
    const std::string& name() const { return name_; }
    Mode mode() const { return mode_; }
    std::span<const grekko_instrument> instruments() const { return instruments_; }

    // Of a declared parameter; throw Refusal where the host did not set it.
    Decimal number(std::string_view name) const { return find(name).number; }
    std::int64_t whole(std::string_view name) const {
        return static_cast<std::int64_t>(number(name).raw() / Decimal::unit);
    }
    std::size_t count(std::string_view name) const { // of a whole parameter that is not negative
        const std::int64_t value = whole(name);
        if (value >= 0) return static_cast<std::size_t>(value);
        throw Refusal{GREKKO_ERROR_INVALID, "parameter " + std::string{name} + " is negative"};
    }
    bool flag(std::string_view name) const { return !number(name).is_zero(); }
    const std::string& text(std::string_view name) const { return find(name).text; }

    // In the constructor alone.
    void subscribe(const Subscription& s) {
        const int tell = (s.trades ? GREKKO_TELL_TRADES : 0) | (s.quotes ? GREKKO_TELL_QUOTES : 0) |
                         (s.books ? GREKKO_TELL_BOOKS : 0) |
                         (s.proposals ? GREKKO_TELL_PROPOSALS : 0);
        subscriptions_.push_back({sizeof(grekko_subscription), s.instrument,
                                  static_cast<std::uint16_t>(tell), s.bars, s.warmup});
    }
    std::span<const grekko_subscription> subscriptions() const { return subscriptions_; }
    void clear_subscriptions() { subscriptions_.clear(); }

private:
    struct Parameter {
        std::string name;
        Decimal number;
        std::string text;
    };
    const Parameter& find(std::string_view name) const {
        for (const Parameter& parameter : parameters_)
            if (parameter.name == name) return parameter;
        throw Refusal{GREKKO_ERROR_INVALID, "parameter " + std::string{name} + " is not set"};
    }

    Host host_;
    std::string name_;
    Mode mode_;
    std::vector<grekko_instrument> instruments_;
    std::vector<Parameter> parameters_;
    std::vector<grekko_subscription> subscriptions_;
};

} // namespace grekko::sdk
