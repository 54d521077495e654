#include "io/script/runtime.hpp"

#include <algorithm>

#include "io/script/fields.hpp"

namespace grekko::script {

namespace {

// An agent draws the same chances whatever other agents run beside it: FNV-1a of its name.
std::uint64_t stream_of(std::string_view name) {
    std::uint64_t hash = 0xCBF2'9CE4'8422'2325U;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x0000'0100'0000'01B3U;
    return hash;
}

} // namespace

Runtime::Runtime(Setup the_setup, const Universe& the_universe)
    : setup{std::move(the_setup)},
      vm{setup.limits, this},
      random{setup.seed, stream_of(setup.name.view())},
      universe{the_universe} {}

Market* Runtime::find_market(std::string_view symbol) {
    const auto found = std::ranges::lower_bound(markets, symbol, {}, &Market::symbol);
    return found == markets.end() || found->symbol != symbol ? nullptr : &*found;
}

Market* Runtime::find_market(InstrumentId instrument) {
    for (Market& market : markets) {
        if (market.instrument == instrument) return &market;
    }
    return nullptr;
}

Series* Runtime::find_series(InstrumentId instrument, Duration interval) {
    const auto found = series_index.find({interval, instrument});
    return found == series_index.end() ? nullptr : series[found->second].get();
}

const ports::AgentView& Runtime::reading(lua_State* state, const char* what) const {
    if (view == nullptr) raise(state, what, "can be read in handlers only, not while loading");
    return *view;
}

bool Runtime::within(lua_State* state, std::size_t& counter, std::size_t most, const char* what) {
    Vm::of(state).charge(state, 20);
    const std::int64_t second = now().nanoseconds() / 1'000'000'000;
    if (second != quota_second) {
        quota_second = second;
        log_lines = samples = 0;
    }
    if (++counter <= most) return true;
    if (quota_breach.empty() && counter > 10 * most) {
        quota_breach =
            Vm::place(state) + what + ": more than " + std::to_string(10 * most) + " a second";
    }
    return false;
}

void Runtime::log(LogLevel level, std::string_view text) const {
    if (setup.sink.log) setup.sink.log(level, text);
}

} // namespace grekko::script
