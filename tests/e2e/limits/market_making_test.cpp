// Market making: an agent that has asked for a mandate once quotes both sides inside it, without a
// vote for each order and with every check of risk; outside of it nothing leaves.
#include <algorithm>

#include <gtest/gtest.h>

#include "e2e/limits/floor.hpp"

namespace grekko::test {
namespace {

// Asks for a mandate, then quotes half a dollar around each trade: buys up to its inventory, sells
// what it holds.
struct MarketMaker {
    Quantity inventory{1_quantity};
    Quantity size{0.1_quantity};
    Duration lasts{Duration::hours(2)};
    bool on{false}, asked{false}, granted{false};

    ScriptedAgent::Behaviour behaviour() {
        return [this](const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
            if (ask.head.kind == AskKind::decision)
                granted = granted || ask.decision->status == DecisionStatus::accepted;
            if (ask.head.kind != AskKind::trade || !on) return;
            const Price mark = view.market(btc, VenueId{}).mark.price;
            if (!asked) return out.push_back(mandate(mark, view.now()));
            if (!granted) return;
            Action cancel;
            cancel.kind = ActionKind::cancel_quotes;
            cancel.instrument = btc;
            out.push_back(cancel);
            const Quantity held = view.position(ask.head.agent, btc).position.quantity;
            if (held + size <= inventory) out.push_back(quote(Side::buy, mark - 0.5_price));
            if (held >= size) out.push_back(quote(Side::sell, mark + 0.5_price));
        };
    }
    Action mandate(Price mark, Instant now) {
        asked = true;
        Action action = test::target(inventory.decimal(), mark);
        action.kind = ActionKind::mandate;
        action.side = Side::sell; // both: its inventory says that it buys
        action.amount = size.decimal();
        action.inventory_max = inventory;
        action.at = now + lasts;
        return action;
    }
    Action quote(Side side, Price limit) const {
        Action action;
        action.kind = ActionKind::quote;
        action.instrument = btc;
        action.side = side;
        action.amount = size.decimal();
        action.limit = limit;
        return action;
    }
};

class MarketMaking : public testing::Test {
protected:
    explicit MarketMaking(Ballot with = Ballot::approve) : agents{with}, floor{setup()} {
        std::vector<ports::Agent*> all{&agent};
        for (const auto& voter : agents.voters)
            all.push_back(voter.get());
        floor.open(all);
        floor.warm_up();
        maker.on = true;
    }
    static Floor::Setup setup() {
        Floor::Setup made;
        made.venue_rate = 1'000;
        made.settings.risk.edge_balanced = made.settings.risk.edge_aggressive = 0_rate;
        made.settings.risk.repetition_max = made.settings.risk.repetition_breaker = 1'000'000;
        return made;
    }
    void trade(int ticks) {
        for (int i = 0; i < ticks; ++i) {
            floor.tick(Floor::swing(800 + i));
            floor.run();
            floor.wait(Duration::seconds(1));
            most = std::max(most, floor.held(first_agent));
            least = std::min(least, floor.held(first_agent));
        }
    }
    std::size_t fills_on(Side side) {
        const auto fills = floor.all<events::FillAllocated>();
        return static_cast<std::size_t>(std::ranges::count_if(fills, [&](const auto& fill) {
            return fill.body.agent == first_agent && fill.body.side == side &&
                   fill.body.purpose == Purpose::mandate;
        }));
    }
    FiveAgents agents;
    MarketMaker maker;
    ScriptedAgent agent{"maker", btc, {}, maker.behaviour()};
    Floor floor;
    Quantity most, least;
};

class MarketMakingRefused : public MarketMaking {
protected:
    MarketMakingRefused() : MarketMaking{Ballot::reject} {}
};

TEST_F(MarketMaking, QuotesBothSidesUnderOneVote) {
    trade(60);
    EXPECT_EQ(floor.all<events::RoundClosed>().size(), 1U);
    EXPECT_EQ(floor.all<events::MandateGranted>().size(), 1U);
    EXPECT_GE(fills_on(Side::buy), 10U);
    EXPECT_GE(fills_on(Side::sell), 10U);
    for (const auto& placed : floor.venue.placed)
        EXPECT_TRUE(placed.order.purpose != Purpose::mandate || placed.order.post_only);
}

TEST_F(MarketMaking, KeepsItsInventoryInsideTheMandate) {
    trade(120);
    EXPECT_TRUE(most.is_positive());
    EXPECT_LE(most, maker.inventory);
    EXPECT_FALSE(least.is_negative());
}

TEST_F(MarketMaking, HasEachQuoteAssessedByRiskInTheInstantOfTheTrade) {
    trade(30);
    const auto assessed = floor.all<events::RiskAssessed>();
    const auto quotes = std::ranges::count_if(
        assessed, [](const auto& one) { return one.body.kind == events::AssessmentKind::mandate; });
    EXPECT_GE(static_cast<std::size_t>(quotes), fills_on(Side::buy) + fills_on(Side::sell));
    for (const auto& placed : floor.venue.placed)
        EXPECT_LE(placed.at - placed.at.floor(Duration::seconds(1)), Duration::milliseconds(100));
}

TEST_F(MarketMaking, SendsNothingOnceTheMandateIsOver) {
    maker.lasts = Duration::minutes(2);
    trade(40);
    const std::size_t before = floor.venue.placed.size();
    EXPECT_GT(before, 0U);
    trade(10);
    for (std::size_t i = before; i < floor.venue.placed.size(); ++i)
        EXPECT_NE(floor.venue.placed[i].order.purpose, Purpose::mandate);
    const auto refused = floor.all<events::IntentRefused>();
    EXPECT_TRUE(std::ranges::any_of(refused, [](const auto& one) {
        return one.body.reason == events::IntentRefusal::mandate_outside;
    }));
}

TEST_F(MarketMakingRefused, SendsNothingWithoutAMandate) {
    trade(30);
    EXPECT_TRUE(floor.venue.placed.empty());
    EXPECT_TRUE(floor.all<events::MandateGranted>().empty());
}

} // namespace
} // namespace grekko::test
