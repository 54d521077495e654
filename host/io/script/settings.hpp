// What the host says when it loads an agent: where, for whom, with which limits and parameters, and
// where its words go. It is not the configuration file: io/config reads the optional agent.toml
// into this. Whoever loads an agent fills it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/limits.hpp"
#include "domain/ids.hpp"

namespace grekko::script {

// What stops a script that does not return: a count hook, always on and with the same kill point in
// every run, or a watchdog of the caller that calls Agent::interrupt from a signal.
enum class Guard : std::uint8_t { count_hook = 1, external };

struct VmLimits {
    std::int64_t instructions{2'000'000};        // of one handler call
    std::int64_t start_instructions{20'000'000}; // of loading and of on_start
    std::size_t memory{32U << 20U};              // bytes of the whole state
    std::size_t block{1U << 20U};                // bytes of one allocation
    // Backstop for instructions that are long each, like comparing two large texts: a handler that
    // took this long by the wall clock may take as much again of its thread's own time.
    Duration time{Duration::seconds(1)};
    Guard guard{Guard::count_hook};
    // For tests: whether an allocation that fits fails nevertheless.
    std::function<bool(std::size_t bytes)> refuse;
};

struct Quotas {
    std::size_t actions{limits::actions_per_answer_max};     // an event
    std::size_t timers{limits::timers_per_agent_max};        // at a time
    std::size_t log_lines{limits::log_lines_per_second_max}; // a second of event time
    std::size_t samples{1000};                               // metrics and plots, a second
};

enum class LogLevel : std::uint8_t { debug = 1, info, warning, error };

// Each may be empty. Called on the thread that asks, inside the call.
struct Sink {
    std::function<void(LogLevel, std::string_view)> log;
    std::function<void(std::string_view name, double value)> metric;
    std::function<void(std::string_view series, Instant at, double value)> plot;
};

using ParameterValue = std::variant<bool, std::int64_t, double, std::string>;
using ParameterValues = std::map<std::string, ParameterValue, std::less<>>;

struct Setup {
    std::filesystem::path folder;     // holds agent.lua
    std::filesystem::path library;    // shipped modules; empty: none
    AgentName name;                   // empty: the folder's name; also picks its random stream
    std::uint64_t seed{0};            // of the run
    ParameterValues parameters;       // override the defaults
    std::vector<std::string> symbols; // replace the script's; empty: keep them
    VmLimits limits;
    Quotas quotas;
    Sink sink;
};

} // namespace grekko::script
