#include "app/look_ahead.hpp"

#include <nlohmann/json.hpp>

#include "app/report/header.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

// The whole market in memory, so that it can be given another future.
Result<void> read_all(Source& source) {
    if (source.memory) return {};
    auto memory = std::make_unique<runtime::MemoryTape>();
    while (true) {
        TRY(record, source.reader->next());
        if (record == nullptr) break;
        TRY(memory->append(*record));
    }
    source.memory = std::move(memory);
    return {};
}

// The same market without its records: those are the run's.
Source frame_of(const Source& source) {
    Source frame;
    frame.universe = source.universe;
    frame.description = source.description;
    frame.hash = source.hash;
    frame.records = source.records;
    frame.bars = source.bars;
    frame.synthetic = source.synthetic;
    return frame;
}

} // namespace

Result<LookAheadRun> run_look_ahead(const config::Config& config, const LookAheadOptions& options) {
    TRY(source, open_source(config, options.backtest.source));
    TRY(read_all(source));
    const std::vector<std::string> names =
        options.backtest.agents.empty() ? config.rows("agents") : options.backtest.agents;
    research::LookAheadRequest request;
    request.tape = source.memory.get();
    request.cuts = options.cuts;
    request.progress = options.progress;
    request.make = [&](const research::TrialOptions& trial_options) -> Result<research::Trial> {
        BacktestOptions one = options.backtest;
        one.agents = names;
        if (trial_options.only) one.agents = {names.at(*trial_options.only)};
        if (!trial_options.silent_until.is_none()) {
            one.live = to_string(trial_options.silent_until);
        }
        TRY(made, make_backtest(config, one, {}, frame_of(source)));
        std::shared_ptr<BacktestParts> parts = std::move(made);
        research::Trial trial;
        trial.request = parts->request;
        for (const auto& agent : parts->agents.all())
            trial.warmups.push_back({agent->warm_up(), agent->finest_bar()});
        trial.owned = std::move(parts);
        return trial;
    };
    request.seed =
        options.backtest.seed.value_or(static_cast<std::uint64_t>(config.whole("run.seed")));
    TRY(result, research::look_ahead(request));
    return LookAheadRun{std::move(result), tape_text(source.universe, source.hash)};
}

report::LookAheadVerdict verdict_of(const LookAheadRun& run) {
    report::LookAheadVerdict out{run.tape, {}, run.result.passed(), run.result.summary()};
    for (const research::FixedParameters& agent : run.result.parameters)
        out.agents.push_back(agent.agent + " " + agent.code_hash + " " + agent.parameters_hash);
    return out;
}

std::string look_ahead_json(const research::LookAheadResult& result) {
    Json object{{"passed", result.passed()},
                {"summary", result.summary()},
                {"cuts", result.cuts},
                {"noises", result.noises},
                {"answers_compared", result.answers}};
    for (const research::WarmUpDrift& drift : result.warm_ups) {
        object["warm_ups"].push_back({{"agent", drift.agent},
                                      {"times", drift.times},
                                      {"decisions", drift.decisions},
                                      {"different", drift.different},
                                      {"drift", drift.drift}});
    }
    for (const research::FixedParameters& fixed : result.parameters) {
        object["parameters"].push_back({{"agent", fixed.agent},
                                        {"code_hash", fixed.code_hash},
                                        {"parameters_hash", fixed.parameters_hash}});
    }
    object["findings"] = Json::array();
    for (const research::LookAheadFinding& finding : result.findings) {
        object["findings"].push_back(
            {{"test", std::string{name(finding.test)}},
             {"agent", finding.agent},
             {"at", finding.at.is_none() ? "" : to_string(finding.at)},
             {"known_to", finding.known_to.is_none() ? "" : to_string(finding.known_to)},
             {"what", finding.what}});
    }
    return object.dump(2);
}

} // namespace grekko::app
