// One indicator of any kind behind one small interface, made by name from the registry. It is for
// layers that choose indicators at run time, such as the script binding; native strategies use the
// types themselves, without the virtual call. Move-only; owned by one agent, used on one thread.
#pragma once

#include "grekko/ta/archive.hpp"
#include "grekko/ta/bar.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace grekko::ta {

inline constexpr std::size_t parameters_max = 3;
inline constexpr std::size_t outputs_max = 5;

// What an indicator is fed: one series (the close unless the caller feeds another), whole bars, or
// two series.
enum class Input : std::uint8_t { source, bar, pair };

// The values of an entry's parameters in the entry's order; what it does not use is 0.
using Arguments = std::array<double, parameters_max>;

namespace detail {

class Model {
public:
    virtual ~Model() = default;
    virtual bool update(double x) = 0;
    virtual bool update(double a, double b) = 0;
    virtual bool update(const Bar& bar) = 0;
    virtual void start_session() = 0;
    virtual std::span<const double> outputs() const = 0;
    virtual std::size_t warmup() const = 0;
    virtual bool ready() const = 0;
    virtual std::uint64_t ignored() const = 0;
    virtual void visit(CountWords& words) const = 0;
    virtual void visit(WriteWords& words) const = 0;
    virtual void visit(ReadWords& words) = 0;
};

template <class Indicator>
class Held final : public Model {
public:
    explicit Held(Indicator indicator) : indicator_{std::move(indicator)} {}

    bool update(double x) override {
        if constexpr (requires { indicator_.update(x); }) return indicator_.update(x);
        return false;
    }
    bool update(double a, double b) override {
        if constexpr (requires { indicator_.update(a, b); }) return indicator_.update(a, b);
        return false;
    }
    bool update(const Bar& bar) override {
        if constexpr (requires { indicator_.update(bar); }) return indicator_.update(bar);
        return update(bar.close);
    }
    void start_session() override {
        if constexpr (requires { indicator_.start_session(); }) indicator_.start_session();
    }
    std::span<const double> outputs() const override { return indicator_.outputs(); }
    std::size_t warmup() const override { return indicator_.warmup(); }
    bool ready() const override { return indicator_.ready(); }
    std::uint64_t ignored() const override { return indicator_.ignored(); }
    void visit(CountWords& words) const override { detail::visit(indicator_, words); }
    void visit(WriteWords& words) const override { detail::visit(indicator_, words); }
    void visit(ReadWords& words) override { detail::visit(indicator_, words); }

private:
    Indicator indicator_;
};

} // namespace detail

class Any {
public:
    // `name` must outlive this object: the registry's names do.
    template <class Indicator>
    Any(std::string_view name, const Arguments& arguments, Indicator indicator)
        : name_{name},
          arguments_{arguments},
          model_{std::make_unique<detail::Held<Indicator>>(std::move(indicator))} {}

    // Each returns false if the input was ignored: not finite, beyond input_max, or of a kind that
    // this indicator does not take. A source indicator fed a bar takes its close.
    bool update(double x) { return model_->update(x); }
    bool update(double a, double b) { return model_->update(a, b); }
    bool update(const Bar& bar) { return model_->update(bar); }
    // The next bar opens a session; only session_vwap listens.
    void start_session() { model_->start_session(); }

    // In the order of the entry's output names; all NaN before ready(). Valid until the next
    // update.
    std::span<const double> outputs() const { return model_->outputs(); }
    double value() const { return outputs()[0]; }
    bool ready() const { return model_->ready(); }
    // Accepted inputs until ready.
    std::size_t warmup() const { return model_->warmup(); }
    // Inputs refused because they were not finite or beyond input_max.
    std::uint64_t ignored() const { return model_->ignored(); }

    std::string_view name() const { return name_; }
    const Arguments& arguments() const { return arguments_; }

    // As the functions of archive.hpp; the bytes also name the indicator and its arguments.
    std::size_t saved_size() const { return ta::saved_size(*this); }
    bool save(std::span<std::byte> bytes) const { return ta::save(*this, bytes); }
    bool load(std::span<const std::byte> bytes) { return ta::load(*this, bytes); }

    static void visit(auto& self, auto& archive) {
        archive.same(self.name_hash());
        for (const double argument : self.arguments_) {
            archive.same(argument);
        }
        self.model_->visit(archive.words());
    }

private:
    // FNV-1a.
    std::uint64_t name_hash() const {
        std::uint64_t hash = 0xcbf2'9ce4'8422'2325;
        for (const char c : name_) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100'0000'01b3;
        }
        return hash;
    }

    std::string_view name_;
    Arguments arguments_;
    std::unique_ptr<detail::Model> model_;
};

} // namespace grekko::ta
