#include "runtime/driver.hpp"

#include <gtest/gtest.h>

#include "support/book_run.hpp"

namespace grekko {
namespace {

using test::BookRun;
using test::ScriptedAgent;

// Buys once when asked about the first bar.
ScriptedAgent::Behaviour buys_once(Decimal quantity) {
    return [quantity, done = false](const Ask& ask, const ports::AgentView& view,
                                    std::vector<Action>& out) mutable {
        if (ask.head.kind != AskKind::bars || done) return;
        done = true;
        Action action;
        action.kind = ActionKind::target;
        action.instrument = ask.bars.front().head.instrument;
        action.amount = quantity;
        action.stop = multiply(view.market(action.instrument, VenueId{}).mark.price, 0.9_rate,
                               Rounding::half_even);
        action.horizon = Duration::hours(48);
        action.confidence = 0.5_rate;
        action.working.urgency = Urgency::urgent;
        action.reason = "test";
        out.push_back(action);
    };
}

ScriptedAgent::Behaviour votes(Ballot ballot) {
    return [ballot](const Ask& ask, const ports::AgentView&, std::vector<Action>& out) {
        if (ask.head.kind == AskKind::proposal) out.push_back(test::ballot(ask, ballot, 0.5_rate));
    };
}

TEST(Driver, TakesOneIntentThroughVoteRiskAndVenueToAPosition) {
    BookRun run;
    ScriptedAgent buyer{"buyer", InstrumentId{1}, {Duration::hours(1)}, buys_once(0.05_d)};
    ScriptedAgent voter{"voter", InstrumentId{1}, {Duration::hours(1)}, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    for (int i = 0; i < 60; ++i) run.bar(Price{Decimal::whole(50'000 + (i % 7) * 100)});
    const auto result = run.run();
    ASSERT_TRUE(result.has_value()) << result.error().message;
    EXPECT_EQ(run.events<events::IntentProposed>().size(), 1U);
    EXPECT_EQ(run.events<events::RoundClosed>().size(), 1U);
    for (const auto& a : run.events<events::RiskAssessed>())
        std::printf("assessed kind %d verdict %d reason %d blocked %llx qty %s -> %s\n", int(a.kind), int(a.verdict), a.reason, (unsigned long long)a.blocked, a.requested.to_string().c_str(), a.approved.to_string().c_str());
    for (const auto& d : buyer.decisions) std::printf("decision %d %s\n", int(d.status), d.reason.string().c_str());
    EXPECT_EQ(run.venue.placed.size(), 1U);
    EXPECT_EQ(portfolio::position(run.engine.state().portfolio, AgentId{1}, InstrumentId{1}).quantity, 0.05_quantity);
}

}  // namespace
}  // namespace grekko
