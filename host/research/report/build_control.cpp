// What consensus and risk did.
#include <algorithm>

#include "research/report/parts.hpp"
#include "research/statistics/bootstrap.hpp"

namespace grekko::report {

using ports::Estimate;

namespace {

Estimate mean_of(const std::vector<double>& values, const char* why) {
    if (values.empty()) return absent(why);
    Estimate estimate = known(statistics::mean(values));
    if (const auto interval = statistics::mean_interval(values, statistics::bootstrap_coverage)) {
        estimate.low = interval->low;
        estimate.high = interval->high;
    }
    return estimate;
}

ports::AgentVotes votes_of(const std::string& agent, const Voter& voter) {
    ports::AgentVotes votes;
    votes.agent = agent;
    votes.approved = voter.approved;
    votes.rejected = voter.rejected;
    votes.abstained = voter.abstained;
    votes.vetoed = voter.vetoed;
    votes.late = voter.late;
    votes.missed = voter.missed;
    votes.scored = voter.scored;
    const auto stated = static_cast<double>(voter.approved + voter.rejected + voter.vetoed);
    if (stated > 0.0) votes.confidence = voter.confidence_sum / stated;
    if (voter.scored > 0) {
        votes.hit_rate = static_cast<double>(voter.hits) / static_cast<double>(voter.scored);
        votes.skill = voter.skill;
    }
    votes.value = statistics::sum(voter.values);
    votes.value_a_vote = mean_of(voter.values, "none scored");
    return votes;
}

// Both runs may end a day apart: what both have counts.
Estimate vote_of(const std::vector<double>& with, const std::vector<double>& without,
                 std::uint64_t seed) {
    if (without.empty()) return absent("not run without consensus");
    const std::size_t days = std::min(with.size(), without.size());
    const std::span<const double> own{with.data(), days};
    const std::span<const double> other{without.data(), days};
    Estimate estimate = known(statistics::sum(own) - statistics::sum(other));
    if (const auto interval = statistics::difference_interval(own, other, seed)) {
        estimate.low = interval->low;
        estimate.high = interval->high;
    }
    return estimate;
}

template <class Key, class Naming>
std::vector<ports::Count> counts_of(const std::map<Key, std::uint64_t>& counts,
                                    const Naming& naming) {
    std::vector<ports::Count> rows;
    for (const auto& [key, count] : counts) {
        rows.push_back(
            {naming ? std::string{naming(key)} : std::to_string(static_cast<int>(key)), count});
    }
    return rows;
}

} // namespace

void build_consensus(const Collector& collector, const Companions& companions, Report& report) {
    ports::ReportConsensus& out = report.consensus;
    const Ballots& ballots = collector.ballots();
    out.intents = ballots.intents();
    out.rounds = ballots.rounds();
    out.outcomes = counts_of(ballots.outcomes(), collector.names().outcome);
    out.refusals = counts_of(ballots.refusals(), collector.names().refusal);
    out.closing_ms_median = statistics::quantile(ballots.closing_ms(), 0.5);
    out.closing_ms_p95 = statistics::quantile(ballots.closing_ms(), 0.95);
    out.closing_ms_max = statistics::quantile(ballots.closing_ms(), 1.0);
    for (const auto& [id, voter] : ballots.voters()) {
        out.agents.push_back(votes_of(collector.agent_name(id), voter));
    }
    out.passed = mean_of(ballots.results_passed(), "none scored");
    out.not_passed = mean_of(ballots.results_not_passed(), "none scored");
    out.vote = vote_of(report.daily, companions.daily_without_vote, report.header.seed);
}

void build_risk(const Collector& collector, Report& report) {
    report.risk = collector.risk();
    for (const auto& [number, tally] : collector.checks()) {
        ports::CheckCount row{number, {}, tally.denied, tally.reduced, tally.warned};
        if (collector.names().check) row.name = collector.names().check(number);
        report.risk.checks.push_back(std::move(row));
    }
}

} // namespace grekko::report
