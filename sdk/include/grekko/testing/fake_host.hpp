// FakeHost: a host in a test's own hands: makes a strategy of a library, feeds it events, hands
// back its actions, saves and reloads it. It trades nothing: positions are what the test says they
// are. Whatever the plugin refuses or does wrong is an exception with the plugin's sentence.
#pragma once

#include <grekko/entry_check.hpp>
#include <grekko/ext/state.h>
#include <grekko/testing/answers.hpp>
#include <grekko/testing/host_table.hpp>

#include <functional>
#include <optional>

namespace grekko::sdk::testing {

class FakeHost : public HostTable {
public:
    // The library stays the caller's and must live longer.
    explicit FakeHost(const grekko_entry& entry) : entry_{entry} {
        if (const auto wrong = entry_mismatch(&entry)) throw std::runtime_error{*wrong};
        good("init", [&](grekko_error* error) { return entry.init(table(), error); });
        factory_ = static_cast<const grekko_strategy_factory*>(
            entry.get_factory(to_string(GREKKO_STRATEGY)));
        if (factory_ == nullptr) throw std::runtime_error{"the library has no strategies"};
    }
    ~FakeHost() {
        destroy();
        entry_.fini();
    }

    // ---- before create ----
    std::uint16_t instrument(std::string_view symbol, Decimal tick = Decimal::ratio(1, 2),
                             Decimal lot = Decimal::ratio(1, 8)) {
        grekko_instrument out{};
        out.size = sizeof out;
        out.instrument = static_cast<std::uint16_t>(instruments_.size() + 1);
        write(out.symbol, symbol);
        const std::size_t dash = std::min(symbol.find('-'), symbol.size());
        write(out.base, symbol.substr(0, dash));
        write(out.quote, dash < symbol.size() ? symbol.substr(dash + 1) : std::string_view{});
        out.tick = tick;
        out.lot = lot;
        instruments_.push_back(out);
        set_position(out.instrument, Decimal{});
        return out.instrument;
    }
    void parameter(const std::string& name, Decimal value) { numbers_[name] = value; }
    void parameter(const std::string& name, const std::string& value) { texts_[name] = value; }
    const grekko_descriptor* descriptor(std::uint32_t index) const {
        return factory_->descriptor(index);
    }

    // ---- the life of the instance ----
    void create(std::string_view id, std::string_view name = "test");
    void start() {
        good("start", [&](grekko_error* error) { return strategy().start(self(), error); });
    }
    void stop() {
        turn([&] { return strategy().stop(self()), GREKKO_OK; });
    }
    void destroy() {
        if (made_) turn([&] { return strategy().destroy(self()), GREKKO_OK; });
        made_.reset();
    }
    std::vector<grekko_subscription> subscriptions();
    std::vector<std::uint8_t> save();
    void load(const std::vector<std::uint8_t>& state, std::optional<std::uint32_t> schema = {});
    grekko_strategy& strategy() {
        if (!made_) throw std::runtime_error{"create has not been called"};
        return *made_;
    }

    // ---- feeding: each returns what the strategy answers ----
    Answers bar(std::uint16_t instrument, Decimal close, Decimal half_range = Decimal{},
                Duration interval = hours(1), std::uint16_t flags = 0);
    Answers warmup_bar(std::uint16_t instrument, Decimal close, Decimal half_range = Decimal{}) {
        return bar(instrument, close, half_range, hours(1), GREKKO_EVENT_WARMUP);
    }
    Answers trade(std::uint16_t instrument, Side side, Decimal price, Decimal quantity);
    Answers quote(std::uint16_t instrument, Decimal bid, Decimal ask, Decimal quantity);
    Answers signal(std::string_view name, std::string_view payload);
    // An event of strategy_events.h: its head is filled in here.
    template <class Event>
    Answers event(Event record, std::uint16_t kind, std::uint16_t flags = 0) {
        record.event = head(kind, sizeof record, flags);
        return send(&record, sizeof record, 1, record.event.ask);
    }
    // Moves the time on and feeds the timers that are due meanwhile, in their order.
    Answers advance(Duration span);
    // Whole events as they are, right or wrong.
    Answers send(const void* events, std::uint64_t bytes, std::uint32_t count, std::uint64_t ask);

    void set_position(std::uint16_t instrument, Decimal quantity, Decimal entry = Decimal{});
    // What process returned last; what went wrong is thrown by the feeding functions.
    grekko_status last_status() const { return status_; }
    std::uint64_t room{65'536}; // bytes for the actions of a call

private:
    void* self() { return strategy().self; }
    grekko_event head(std::uint16_t kind, std::size_t size, std::uint16_t flags) {
        return {static_cast<std::uint32_t>(size), kind, flags, ++ask_, now, 0};
    }
    template <class Record>
    Answers market(Record record, std::uint8_t kind, std::uint16_t instrument, std::uint16_t flags);
    grekko_status turn(const std::function<grekko_status()>& call) {
        in_turn = true;
        const grekko_status status = call();
        in_turn = false;
        return status;
    }
    // Throws what the plugin says where the status is not OK.
    void good(const char* what, const std::function<grekko_status(grekko_error*)>& call);
    const grekko_state& state();

    const grekko_entry& entry_;
    const grekko_strategy_factory* factory_{nullptr};
    std::optional<grekko_strategy> made_;
    std::vector<grekko_instrument> instruments_;
    std::map<std::string, Decimal> numbers_;
    std::map<std::string, std::string> texts_;
    std::uint64_t ask_{0};
    grekko_status status_{GREKKO_OK};
};

} // namespace grekko::sdk::testing

#include <grekko/testing/feed.hpp>
