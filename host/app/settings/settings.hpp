// The whole configuration of a book: the schema of all keys, and the core's settings made out of a
// loaded configuration. It wires nothing and reads no file.
// wire.cpp, the config command and the tests call it.
#pragma once

#include "core/engine/settings.hpp"
#include "domain/instrument.hpp"
#include "io/config/config.hpp"

namespace grekko::app {

// Keys of io/config and those of the core's settings. Lives as long as the program.
const config::Schema& schema();

// The settings that the configuration gives. invalid_config: a check that does not exist, a symbol
// or agent that the universe has not, values that contradict one another (low above high).
Result<engine::Settings> make_settings(const config::Config& config, const Universe& universe);

// Those of a book on the synthetic market. Its event time passes `run.speed` times as fast as the
// time of the disk below it, so a journal is slow for as many times breakers.journal_slow_for.
Result<engine::Settings> make_paper_settings(const config::Config& config,
                                             const Universe& universe);

} // namespace grekko::app
