// Runtime: all that one Lua agent consists of: its VM, what it declared, its symbols, series,
// timers, intents, chance, quotas, and, during an ask, what it may read and where its actions go.
// Not the public face: that is agent.hpp. The API functions find it through Vm::owner.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "io/script/amounts.hpp"
#include "io/script/declaration.hpp"
#include "io/script/series.hpp"
#include "io/script/settings.hpp"
#include "io/script/snapshot.hpp"
#include "io/script/vm.hpp"
#include "ports/agent.hpp"

namespace grekko::script {

enum class Handler : std::uint8_t {
    start,
    stop,
    trade,
    quote,
    book,
    bar,
    bars,
    signal,
    proposal,
    decision,
    order,
    fill,
    timer,
    save,
    load
};
inline constexpr std::array<std::string_view, 15> handler_names = {
    "on_start", "on_stop", "on_trade",  "on_quote",    "on_book",
    "on_bar",   "on_bars", "on_signal", "on_proposal", "on_decision",
    "on_order", "on_fill", "on_timer",  "save",        "load"};

enum class Phase : std::uint8_t { loading, starting, handling, voting, idle };

// One of the agent's own symbols.
struct Market {
    InstrumentId instrument;
    std::string symbol;
    Steps steps;
    bool ready{true}; // all its series are past their warm-up
    std::vector<Series*> series;
    // The bar that is forming, from the trades that the agent sees; count 0: none yet.
    struct Forming {
        double open{0}, high{0}, low{0}, close{0}, volume{0};
        std::uint64_t count{0};
        void fields(auto& archive) { archive(open, high, low, close, volume, count); }
    } forming;
};

struct Timer {
    std::uint64_t id{0};
    std::uint64_t kind{0};  // 0 once, 1 every `period`, 2 daily at `period` after midnight
    std::int64_t period{0}; // nanoseconds
    std::int64_t next{0};
    std::string name;
    void fields(auto& archive) { archive(id, kind, period, next, name); }
};

// The newest intent on an instrument, for intents() and replace().
struct IntentNote {
    Action action;
    std::uint64_t status{0}; // position in intent_states
    std::int64_t at{0};
};
inline constexpr std::array<std::string_view, 8> intent_states = {
    "undecided", "accepted", "refused", "rejected", "denied", "expired", "superseded", "cancelled"};

struct Runtime {
    Runtime(Setup the_setup, const Universe& universe);

    Setup setup;
    Vm vm;
    Snapshot snapshot;
    std::map<std::string, std::string> loaded; // name → text of every file that was run
    Declaration declaration;
    bool declared{false};
    std::vector<Market> markets;                 // in order of symbol
    std::vector<std::unique_ptr<Series>> series; // by interval, then symbol: the order of handlers
    std::map<std::pair<Duration, InstrumentId>, std::size_t> series_index;
    std::vector<Timer> timers;
    std::uint64_t next_timer{1};
    std::vector<Action> unasked; // repetitions of timers that were lost with a failed answer
    std::map<InstrumentId, IntentNote> intents;
    Random random;
    ports::AgentDescription description;
    const Universe& universe; // during load; asks bring their own

    Phase phase{Phase::loading};
    const ports::AgentView* view{nullptr}; // during an ask
    Answer* answer{nullptr};               // during an ask
    std::string quota_breach;              // set by the first quota that was exceeded
    std::int64_t quota_second{0};
    std::size_t log_lines{0}, samples{0}; // in that second
    int memory_faults{0};                 // in a row
    bool invalid_output{false};           // the failure is what a handler returned
    bool started{false};                  // on_start has run
    std::string pending_state;            // loaded before on_start; empty: none
    const Ask* ask{nullptr};              // during an ask

    std::array<bool, handler_names.size()> handlers{}; // which the script has
    std::string vote_place;                            // "file:line: " of on_proposal
    int dispatcher{LUA_NOREF};                         // registry reference, see events.cpp
    int agent_table{LUA_NOREF};
    bool has(Handler handler) const { return handlers[static_cast<std::size_t>(handler)]; }

    Market* find_market(std::string_view symbol);
    Market* find_market(InstrumentId instrument);
    Series* find_series(InstrumentId instrument, Duration interval);
    AgentId self() const { return ask->head.agent; } // during an ask
    // Raises where no question is being answered.
    const ports::AgentView& reading(lua_State* state, const char* what) const;
    // Counts a log line or a sample; false where the quota of this second is used up.
    bool within(lua_State* state, std::size_t& counter, std::size_t most, const char* what);
    Instant now() const { return view == nullptr ? Instant{} : view->now(); }
    void log(LogLevel level, std::string_view text) const;

    static Runtime& of(lua_State* state) { return Vm::owner<Runtime>(state); }
};

} // namespace grekko::script
