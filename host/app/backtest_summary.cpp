#include "app/backtest_summary.hpp"

#include <nlohmann/json.hpp>

#include "core/risk/check.hpp"
#include "domain/names.hpp"

namespace grekko::app {

using Json = nlohmann::ordered_json;

std::string summary_json(const BacktestParts& parts, const BacktestOutcome& outcome,
                         const ports::Report& report, const std::string& folder) {
    const research::SessionResult& result = outcome.result;
    const Tally& tally = outcome.tally;
    Json object;
    object["source"] = {
        {"name", parts.source.description},   {"sha256", parts.source.hash},
        {"records", result.market_records},   {"from", to_string(result.first_at)},
        {"to", to_string(result.last_at)},    {"fills_from", parts.source.bars ? "bars" : "book"},
        {"synthetic", parts.source.synthetic}};
    object["seed"] = parts.request.seed;
    object["fees"] = parts.fees;
    object["config_hash"] = parts.request.config_hash;
    object["digest"] = result.digest;
    object["market_digest"] = result.market_digest;
    object["journal"] = {{"records", result.last.value()}, {"answers", tally.answers}};
    object["nav"] = {{"currency", parts.request.universe.base_currency.string()},
                     {"end", result.book.nav.to_string()},
                     {"per_unit", result.book.nav_per_unit.to_string()},
                     {"drawdown", result.book.drawdown.to_string()}};
    object["intents"] = tally.intents;
    object["rounds"] = tally.rounds;
    for (const auto& [how, count] : tally.outcomes)
        object["outcomes"][std::string{name(how)}] = count;
    for (const auto& [refusal, count] : tally.refusals)
        object["refusals"][std::string{name(refusal)}] = count;
    for (const auto& [check, count] : tally.denials)
        object["denials"][std::string{risk::name(static_cast<risk::Check>(check))}] = count;
    object["orders"] = tally.orders;
    object["fills"] = tally.fills;
    for (const auto& [id, agent] : tally.agents) {
        if (agent.name.empty()) continue;
        object["agents"].push_back({{"name", agent.name},
                                    {"intents", agent.intents},
                                    {"refused", agent.refused},
                                    {"passed", agent.passed},
                                    {"not_passed", agent.rejected},
                                    {"denied", agent.denied},
                                    {"fills", agent.fills},
                                    {"votes", agent.votes},
                                    {"faults", agent.faults},
                                    {"last_fault", agent.last_fault}});
    }
    object["trials"] = report.header.trials;
    if (!folder.empty()) object["report"] = folder;
    return object.dump(2) + "\n";
}

} // namespace grekko::app
