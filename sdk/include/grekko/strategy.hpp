// Strategy: a native strategy in C++. Derive, declare a static `description`, take a Context in the
// constructor, override the handlers you need, and export it with GREKKO_EXPORT_STRATEGY. It knows
// no orders and no threads: handlers are called one at a time, with the event and the way to
// answer it. What a handler throws is a fault of the strategy and drops its actions of that call.
#pragma once

#include <grekko/actions.hpp>
#include <grekko/context.hpp>
#include <grekko/state.hpp>

namespace grekko::sdk {

class Strategy {
public:
    explicit Strategy(const Context& context) : host_{context.host()} {}
    virtual ~Strategy() = default;
    Strategy(const Strategy&) = delete;
    Strategy& operator=(const Strategy&) = delete;

    // [event & created, stopped] Timers may be set here; nothing can be proposed.
    virtual void on_start() {}
    virtual void on_stop() {} // [event & started]

    // [event & started] All of them.
    virtual void on_trade(const Trade&, Actions&) {}
    virtual void on_quote(const Quote&, Actions&) {}
    virtual void on_book(const Book&, Actions&) {}
    virtual void on_bar(const Bar&, Actions&) {} // history too, with actions.warming_up()
    virtual void on_bars(const Bars&, Actions&) {}
    virtual void on_proposal(const Proposal&, Actions&) {} // no vote is to abstain
    virtual void on_decision(const Decision&, Actions&) {}
    virtual void on_order(const OrderUpdate&, Actions&) {}
    virtual void on_fill(const Fill&, Actions&) {}
    virtual void on_timer(std::uint64_t /*timer*/, Actions&) {}
    virtual void on_signal(const Signal&, Actions&) {}

    // Called where description.schema is not 0. load: of the schema given, which is at most that;
    // throws where the bytes make no sense, and the instance is made anew.
    virtual void save(StateWriter&) const {}
    virtual void load(std::uint32_t /*schema*/, StateReader&) {}

protected:
    const Host& host() const { return host_; }

private:
    Host host_;
};

} // namespace grekko::sdk

#include <grekko/instance.hpp>

// The one exported function, with the strategies of the library; once a library, outside of any
// namespace.
#define GREKKO_EXPORT_STRATEGY(...)                                                                \
    extern "C" GREKKO_EXPORT const grekko_entry* grekko_plugin_entry(void) {                       \
        return grekko::sdk::strategy_entry<__VA_ARGS__>();                                         \
    }                                                                                              \
    static_assert(true, "a semicolon follows")
