// covers: tally.cpp, weights.cpp
// The properties that trading rules §2.3 names.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "core/consensus/tally.hpp"
#include "core/consensus/weights.hpp"

namespace grekko::consensus {
namespace {

Rate fraction(int of) {
    return Rate{Decimal::from_units(of, -2)};
} // hundredths

struct Electorate {
    std::vector<Member> members;
    Notional value{10_notional};
    Rate churn;

    Ballots ballots() const {
        return {.members = members,
                .proposer = AgentId{1},
                .proposer_group = 1,
                .nav = 1000_notional,
                .value = value,
                .churn = churn};
    }
    Count count() const { return tally(ballots(), Law{}); }
    Decimal size() const { return count().fraction.decimal(); }
};

// Whole hundredths of weight and confidence: many votes land on a threshold exactly.
Electorate electorate() {
    Electorate made;
    const int count = *rc::gen::inRange(2, 8);
    for (int i = 1; i <= count; ++i) {
        const auto id = static_cast<std::uint16_t>(i);
        Member member{.agent = AgentId{id}, .group = id};
        member.weight = fraction(*rc::gen::inRange(1, 13));
        member.answered = i == 1 || *rc::gen::inRange(0, 5) > 0;
        member.ballot = static_cast<Ballot>(i == 1 ? 1 : *rc::gen::inRange(1, 4));
        member.confidence = fraction(*rc::gen::inRange(0, 11) * 10);
        member.max = i == 1 ? 1_rate : fraction(*rc::gen::inRange(0, 5) * 25);
        member.holds_intent = *rc::gen::inRange(0, 4) == 0;
        member.intent_same_side = *rc::gen::inRange(0, 2) == 0;
        member.intent_confidence = 0.5_rate;
        made.members.push_back(member);
    }
    made.value = Notional::whole(*rc::gen::element(10, 50, 60, 100, 150, 200, 400));
    made.churn = *rc::gen::element(Rate{}, 0.10_rate);
    return made;
}

// One that took the side, or none.
Member* one_of(Electorate& from, Ballot ballot) {
    std::vector<Member*> found;
    for (Member& member : from.members) {
        const bool counts = member.answered && member.confidence >= Law{}.confidence_min;
        if (counts && member.ballot == ballot) found.push_back(&member);
    }
    if (found.empty()) return nullptr;
    return found[*rc::gen::inRange<std::size_t>(0, found.size())];
}

TEST(TallyProperty, OrderDoesNotMatter) {
    EXPECT_TRUE(rc::check([] {
        Electorate votes = electorate();
        const Count before = votes.count();
        std::ranges::rotate(votes.members,
                            votes.members.begin() +
                                *rc::gen::inRange<std::ptrdiff_t>(
                                    0, static_cast<std::ptrdiff_t>(votes.members.size())));
        const Count after = votes.count();
        RC_ASSERT(after.outcome == before.outcome);
        RC_ASSERT(after.fraction == before.fraction);
        RC_ASSERT(after.approval == before.approval);
        RC_ASSERT(after.quorum == before.quorum);
    }));
}

TEST(TallyProperty, NamesDoNotMatter) {
    EXPECT_TRUE(rc::check([] {
        const Electorate votes = electorate();
        Electorate renamed = votes;
        Ballots ballots = renamed.ballots();
        for (Member& member : renamed.members) {
            const auto id = static_cast<std::uint16_t>(1000 - member.agent.value());
            member.agent = AgentId{id};
            member.group = id;
        }
        ballots.proposer = AgentId{999};
        ballots.proposer_group = 999;
        const Count before = votes.count(), after = tally(ballots, Law{});
        RC_ASSERT(after.outcome == before.outcome);
        RC_ASSERT(after.fraction == before.fraction);
        RC_ASSERT(after.approval == before.approval);
    }));
}

TEST(TallyProperty, ARaisedApprovalNeverLowersTheSizeBelowItsOwnMaximum) {
    EXPECT_TRUE(rc::check([] {
        Electorate votes = electorate();
        Member* vote = one_of(votes, Ballot::approve);
        if (vote == nullptr) return;
        const Decimal before = votes.size();
        if (*rc::gen::inRange(0, 2) == 0) {
            vote->confidence = std::min(1_rate, vote->confidence + fraction(7));
        } else {
            vote->weight += fraction(7);
        }
        RC_ASSERT(votes.size() >= std::min(before, vote->max.decimal()));
    }));
}

TEST(TallyProperty, ARaisedMaximumNeverLowersTheSize) {
    EXPECT_TRUE(rc::check([] {
        Electorate votes = electorate();
        Member* vote = one_of(votes, Ballot::approve);
        if (vote == nullptr) return;
        const Decimal before = votes.size();
        vote->max = std::min(1_rate, vote->max + fraction(*rc::gen::inRange(1, 100)));
        RC_ASSERT(votes.size() >= before);
    }));
}

TEST(TallyProperty, ARaisedRejectionNeverRaisesTheSize) {
    EXPECT_TRUE(rc::check([] {
        Electorate votes = electorate();
        Member* vote = one_of(votes, Ballot::reject);
        if (vote == nullptr) return;
        const Count before = votes.count();
        if (*rc::gen::inRange(0, 2) == 0) {
            vote->confidence = std::min(1_rate, vote->confidence + fraction(13));
        } else {
            vote->weight += fraction(13);
            if (!before.quorate) return; // weight may complete a quorum, whatever its side
        }
        RC_ASSERT(votes.count().fraction <= before.fraction);
    }));
}

TEST(TallyProperty, AVetoAlwaysWins) {
    EXPECT_TRUE(rc::check([] {
        Electorate votes = electorate();
        Member& holder = votes.members.back();
        holder.veto = holder.answered = true;
        holder.ballot = Ballot::veto;
        RC_ASSERT(votes.count().outcome == RoundOutcome::vetoed);
        RC_ASSERT(votes.count().fraction.is_zero());
    }));
}

TEST(TallyProperty, ScalingAllConfidencesChangesNothing) {
    EXPECT_TRUE(rc::check([] {
        Electorate votes = electorate();
        Electorate scaled = votes;
        const Rate factor = *rc::gen::element(0.5_rate, 0.75_rate, 0.9_rate);
        for (Member& member : scaled.members) {
            member.confidence = multiply(member.confidence, factor, Rounding::half_even);
            member.intent_confidence =
                multiply(member.intent_confidence, factor, Rounding::half_even);
        }
        RC_ASSERT(scaled.count().outcome == votes.count().outcome);
        RC_ASSERT(scaled.count().fraction == votes.count().fraction);
    }));
}

TEST(TallyProperty, SplittingAnAgentIntoCopiesChangesNothing) {
    EXPECT_TRUE(rc::check([] {
        Electorate votes = electorate();
        std::vector<Elector> electors;
        for (const Member& member : votes.members) {
            electors.push_back(
                {.agent = member.agent, .group = member.group, .weight = member.weight});
        }
        const auto weigh = [&] {
            const std::vector<Rate> weights = shares(electors, Law{}.group_share_max);
            for (std::size_t i = 0; i < weights.size(); ++i)
                votes.members[i].weight = weights[i];
        };
        weigh();
        const Count before = votes.count();
        const auto split = *rc::gen::inRange<std::size_t>(0, electors.size());
        for (std::uint16_t i = 0; i < *rc::gen::inRange<std::uint16_t>(1, 6); ++i) {
            const AgentId id{static_cast<std::uint16_t>(100 + i)};
            electors.push_back(electors[split]);
            electors.back().agent = id;
            votes.members.push_back(votes.members[split]);
            votes.members.back().agent = id;
        }
        weigh();
        const Count after = votes.count();
        RC_ASSERT(after.fraction == before.fraction);
        RC_ASSERT(after.approval == before.approval);
        RC_ASSERT(after.quorum == before.quorum);
    }));
}

TEST(TallyProperty, WhatIsSettledCannotBeChangedByAnyMissingVote) {
    EXPECT_TRUE(rc::check([] {
        Electorate votes = electorate();
        if (!settled(votes.ballots(), Law{})) return;
        const Count before = votes.count();
        for (Member& member : votes.members) {
            if (member.answered) continue;
            member.answered = true;
            member.ballot = static_cast<Ballot>(*rc::gen::inRange(1, 4));
            member.confidence = fraction(*rc::gen::inRange(0, 101));
            member.max = fraction(*rc::gen::inRange(0, 101));
        }
        RC_ASSERT(votes.count().outcome == before.outcome);
        RC_ASSERT(votes.count().fraction == before.fraction);
    }));
}

TEST(TallyProperty, TheSizeIsTheLargestFractionThatPasses) {
    EXPECT_TRUE(rc::check([] {
        const Electorate votes = electorate();
        const Count count = votes.count();
        if (count.outcome != RoundOutcome::passed && count.outcome != RoundOutcome::rejected)
            return;
        Decimal largest; // by trying every hundredth, in exact hundredths
        for (int percent = 100; percent > 0 && largest.is_zero(); --percent) {
            const Decimal size = fraction(percent).decimal();
            std::int64_t approving = 0, all = 0;
            bool other = false;
            for (const Member& m : votes.members) {
                const bool wish = !m.answered && m.holds_intent;
                const Rate c = wish ? m.intent_confidence : m.confidence;
                const bool approves = wish ? m.intent_same_side : m.ballot == Ballot::approve;
                const bool silent = !m.answered && !m.holds_intent;
                if (silent || (!wish && m.ballot == Ballot::abstain) || c < 0.05_rate) continue;
                const auto hundredths = [](Rate rate) {
                    return static_cast<std::int64_t>(rate.raw() / 10'000'000'000'000'000);
                };
                const std::int64_t force = hundredths(m.weight) * hundredths(c);
                const bool within = wish || m.max.decimal() >= size;
                all += force;
                if (!approves || !within) continue;
                approving += force;
                other = other || m.agent != AgentId{1};
            }
            const auto needed = static_cast<std::int64_t>(
                threshold(votes.ballots(), Law{}, size).raw() / 10'000'000'000'000'000);
            if (other && all > 0 && approving * 100 >= needed * all) largest = size;
        }
        // Tiers are no whole hundredths: 5 % of N in 60 is 0.8333…, 0.83 among the hundredths.
        RC_ASSERT(count.fraction.decimal() >= largest);
        RC_ASSERT(count.fraction.decimal() < largest + 0.01_d);
    }));
}

} // namespace
} // namespace grekko::consensus
