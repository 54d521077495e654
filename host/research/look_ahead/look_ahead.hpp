// Look-ahead tests (trading rules §8): whether agents act only on what they could have known.
// (a) the tape ends at a random instant T, (b) everything after T is noise: what agents did up to T
// must be the same; (c) a longer warm-up must lead to the same decisions; (d) parameters are fixed
// before the first record. It runs sessions and compares answers; it cannot see into an agent.
// `grekko check --look-ahead` and the tests call it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "research/backtest/session.hpp"
#include "runtime/memory_tape.hpp"

namespace grekko::research {

// How long an agent's indicators need before it acts: bars × interval, zero: it has none.
struct WarmUp {
    Duration span, interval;
};
// One run, made afresh: nothing of it may be shared with another run.
struct Trial {
    SessionRequest request;      // source, journal, hooks and window are the test's
    std::vector<WarmUp> warmups; // of request.agents
    std::shared_ptr<void> owned; // what request borrows
};
struct TrialOptions {
    const runtime::MemoryTape* tape{nullptr}; // all that the run may see
    std::optional<std::size_t> only;          // one agent alone, by its place; none: all
    Instant silent_until;                     // bars before it warm up and nothing more
};
using MakeTrial = std::function<Result<Trial>(const TrialOptions&)>;

struct LookAheadRequest {
    const runtime::MemoryTape* tape{nullptr};
    MakeTrial make;
    std::size_t cuts{50};
    std::uint64_t seed{1};
    std::size_t window{2'000}; // bars in which decisions after warm-up are compared
    std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

enum class LookAheadTest : std::uint8_t { cut = 1, noise, warm_up, parameters };
std::string_view name(LookAheadTest test);

struct LookAheadFinding {
    LookAheadTest test{};
    std::string agent;
    Instant at;       // when it acted otherwise
    Instant known_to; // T: the last instant that both runs knew
    std::string what; // one sentence
};
// Decisions of one agent after `times` its warm-up, beside those after the longest.
struct WarmUpDrift {
    std::string agent;
    int times{1};
    std::uint64_t decisions{0}, different{0};
    double drift{0}; // largest relative difference of a size, stop or confidence
};
struct FixedParameters {
    std::string agent, code_hash, parameters_hash;
};
struct LookAheadResult {
    std::size_t cuts{0}, noises{0};
    std::uint64_t answers{0}; // compared, over all cuts
    std::vector<WarmUpDrift> warm_ups;
    std::vector<FixedParameters> parameters;
    std::vector<LookAheadFinding> findings; // at most 100

    bool passed() const { return findings.empty(); }
    std::string summary() const; // "passed (50 cuts, 50 noises, …)", "FAILED: …"
};

// invalid_input: the tape is too short to be cut. Errors of the runs.
Result<LookAheadResult> look_ahead(const LookAheadRequest& request);

} // namespace grekko::research
