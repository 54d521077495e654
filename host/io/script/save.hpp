// An agent's memory as versioned bytes: self.state, what its save handler gives, series with their
// indicators and warm-up, timers, intents, chance. Loaded into a fresh generation it goes on with
// the same actions. Bytes of another version or damaged ones are refused. agent.cpp calls it.
#pragma once

#include "base/result.hpp"
#include "io/script/runtime.hpp"

namespace grekko::script {

Result<std::string> save_state(Runtime& runtime);

// Checks the bytes and keeps them; they are applied at once where on_start has run, else after it.
// corrupt, unsupported_version; script_error where the script's own load failed.
Result<void> load_state(Runtime& runtime, std::string_view bytes);

// Applies runtime.pending_state; timers are asked for again. [protected]
void apply_state(lua_State* state, Runtime& runtime);

} // namespace grekko::script
