// Ballots: what became of intents and rounds: outcomes, closing times, who voted how, and what the
// votes were worth once their horizon was over (trading rules §3, §4). It scores nobody: the core
// did, this only adds up what is on record. The collector feeds it.
#pragma once

#include <map>
#include <vector>

#include "domain/event.hpp"

namespace grekko::report {

struct Voter {
    std::uint64_t approved{0}, rejected{0}, abstained{0}, vetoed{0}, late{0}, missed{0};
    std::uint64_t scored{0}, hits{0};
    double confidence_sum{0};   // of approvals and rejections
    double skill{0};            // the last known, 0: none
    std::vector<double> values; // of each scored vote, base currency
};

class Ballots {
public:
    void add(const events::IntentProposed& e);
    void add(const events::IntentRefused& e);
    void add(const events::RoundOpened& e);
    void add(const events::RoundMember& e);
    void add(const events::VoteCast& e);
    void add(const events::RoundObserved& e);
    void add(const events::RoundClosed& e);
    void add(const events::AttendanceChanged& e);
    void add(const events::VoteScored& e);

    std::uint64_t intents() const { return intents_; }
    std::uint64_t rounds() const { return opened_; }
    const std::map<events::RoundOutcome, std::uint64_t>& outcomes() const { return outcomes_; }
    const std::map<events::IntentRefusal, std::uint64_t>& refusals() const { return refusals_; }
    const std::vector<double>& closing_ms() const { return closing_ms_; }
    const std::map<AgentId, Voter>& voters() const { return voters_; }
    // Outcome r of each scored round, fraction of price, costs taken off; clamped at 2 σ.
    const std::vector<double>& results_passed() const { return results_passed_; }
    const std::vector<double>& results_not_passed() const { return results_not_passed_; }

private:
    struct Round {
        double value{0}; // requested at M, base currency
        double sigma{0};
        bool passed{false}, scored{false};
        double weighed{0}; // Σ w·c of counted approvals and rejections
        std::map<AgentId, double> weights;
    };
    std::map<IntentId, Round> rounds_;
    std::map<AgentId, Voter> voters_;
    std::map<events::RoundOutcome, std::uint64_t> outcomes_;
    std::map<events::IntentRefusal, std::uint64_t> refusals_;
    std::vector<double> closing_ms_, results_passed_, results_not_passed_;
    std::uint64_t intents_{0}, opened_{0};
};

} // namespace grekko::report
