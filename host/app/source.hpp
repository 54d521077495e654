// Source: the market that a backtest runs on: a tape file, or CSV files read into memory. It says
// what is in it and whether fills come from bars or from a book. Endless markets are not here:
// synthetic.hpp has that. The commands open one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "domain/instrument.hpp"
#include "io/config/config.hpp"
#include "ports/tape.hpp"
#include "runtime/memory_tape.hpp"

namespace grekko::app {

struct Source {
    Universe universe;
    std::unique_ptr<runtime::MemoryTape> memory; // of CSV files; else null
    std::unique_ptr<ports::TapeReader> reader;
    std::string description; // "coinbase_btcusd_1h.csv"
    std::string hash;        // SHA-256 of the records
    std::uint64_t records{0};
    bool bars{false}; // fills come from bars
    bool synthetic{false};
};

// `paths` is one tape, or CSV files of bars, one for each of `symbols` (default: run.symbols), as
// traded on `venue`. not_found, invalid_input with file and line, corrupt.
struct SourceRequest {
    std::vector<std::string> paths;
    std::vector<std::string> symbols;
    std::string venue;
};
Result<Source> open_source(const config::Config& config, const SourceRequest& request);

} // namespace grekko::app
