// Hands a question to the script: fills the event's table, calls the handler, reads what it
// returns. All of it runs inside one protected call, so nothing a script does to those tables can
// reach the host. agent.cpp calls dispatch, build.cpp makes the dispatcher.
#pragma once

#include "io/script/runtime.hpp"

namespace grekko::script {

// Makes the C closure that runs a question, with the agent, its handlers, the reused event tables
// and the names of their fields as upvalues. The agent's table is at stack slot 1. [protected]
void make_dispatcher(lua_State* state, Runtime& runtime);

// Answers runtime.ask. False where the script failed; runtime.vm.failure() says how.
bool dispatch(Runtime& runtime);

// Takes the bars of an instant: series, indicators, readiness. The series that got a new bar, in
// the order in which handlers run.
std::vector<std::size_t> take_bars(Runtime& runtime, std::span<const Bar> bars);

} // namespace grekko::script
