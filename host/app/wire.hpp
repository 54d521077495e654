// The parts of a run: each function makes one thing out of the configuration: the configuration
// itself, logger, simulated venues, journal. It decides nothing. The commands call it; backtest.cpp
// and paper_run.cpp put the things together.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/agents.hpp"
#include "app/command_line.hpp"
#include "app/source.hpp"
#include "app/universe.hpp"
#include "io/logging/logging.hpp"
#include "io/plugin/adapter_venue.hpp"
#include "io/sqlite/journal.hpp"
#include "paper/config.hpp"
#include "research/backtest/session.hpp"

namespace grekko::app {

// Defaults, the file (--config, else grekko.toml where there is one), the environment, --set.
Result<config::Config> load_config(const Globals& globals);
// What it is loaded from.
Result<config::Sources> config_sources(const Globals& globals);

Result<std::unique_ptr<logging::Logger>> make_logger(const config::Config& config,
                                                     const Globals& globals);

// Simulated venues of a universe, by id - 1.
struct Venues {
    std::vector<std::unique_ptr<plugin::AdapterVenue>> owned;
    std::vector<ports::Venue*> all() const;
};
struct VenueRequest {
    paper::FillModel fill{paper::FillModel::bars};
    std::string queue; // "risk_averse", "prob"
    std::uint64_t seed{1};
    std::vector<Cash> cash;
    std::int64_t latency{1};  // times what the configuration says
    std::uint64_t epoch{1};   // of the book: trades of a later start have ids of their own
    bool next_opening{false}; // on bars, what arrives near an opening waits for the next one
};
Result<Venues> make_venues(const config::Config& config, const Universe& universe,
                           const VenueRequest& request);

// ./data/<book>
std::filesystem::path book_folder(const config::Config& config);

enum class Durable : std::uint8_t { yes = 1, no };
// Makes the folder where it is missing; `created` goes into a new journal, RFC 3339 or a word that
// says what it is of. in_use: another process has it open.
Result<std::unique_ptr<sqlite::SqliteJournal>> open_journal(const config::Config& config,
                                                            const std::filesystem::path& path,
                                                            Durable durable,
                                                            const std::string& created);

} // namespace grekko::app
