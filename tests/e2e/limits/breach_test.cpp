// What a breach of a threshold does, and how soon: the breaker, the halt, the cancels, the agents,
// the operator. All in event time; every limit of the requirements is met in the same instant.
#include <algorithm>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "e2e/limits/floor.hpp"

namespace grekko::test {
namespace {

// The book's own losses rule, with the limits of the trading rules; what bounds a single trade does
// not, so that one position is large enough to lose a tenth of the book.
Floor::Setup losing() {
    Floor::Setup setup;
    setup.money = 100'000_d;
    risk::Settings& limits = setup.settings.risk;
    const risk::Settings rules;
    limits.day_loss_reducing = rules.day_loss_reducing;
    limits.day_loss_halted = rules.day_loss_halted;
    limits.drawdown_half = rules.drawdown_half;
    limits.drawdown_recovered = rules.drawdown_recovered;
    limits.drawdown_reducing = rules.drawdown_reducing;
    limits.drawdown_halted = rules.drawdown_halted;
    for (Rate* limit : {&limits.trade_risk_max, &limits.order_value_max, &limits.agent_gross_max,
                        &limits.instrument_major_max, &limits.book_gross_max, &limits.book_net_max,
                        &limits.cluster_max, &limits.leverage_max, &limits.heat_max})
        *limit = 100_rate;
    limits.venue_share_max = 2_rate;
    limits.score.pass_max = 1_rate;
    limits.score.reduce_max = 2_rate;
    return setup;
}

// One long position of 60 % of the book, and three orders of other agents at rest.
class Breach : public testing::Test {
protected:
    explicit Breach(Floor::Setup setup = losing()) : floor{std::move(setup)} {
        std::vector<ports::Agent*> all = agents.all();
        for (int i = 0; i < 3; ++i) {
            wishes.push_back(std::make_unique<Wish>());
            resting.push_back(std::make_unique<ScriptedAgent>(
                "resting" + std::to_string(i), btc, std::vector<Duration>{},
                both(wishes.back()->proposer(), votes(Ballot::approve))));
            all.push_back(resting.back().get());
        }
        floor.open(all);
        floor.warm_up();
        agents.wish.target = 1.2_d;
        floor.tick(Floor::swing(800));
        floor.tick(Floor::swing(801));
        floor.run();
    }
    static ScriptedAgent::Behaviour both(ScriptedAgent::Behaviour one,
                                         ScriptedAgent::Behaviour other) {
        return [=](const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
            one(ask, view, out);
            other(ask, view, out);
        };
    }
    void let_orders_rest() {
        floor.venue.inner.fills = floor.venue.inner.fills_resting = false;
        for (const auto& wish : wishes) {
            wish->target = 0.01_d;
            wish->urgency = Urgency::passive;
        }
        floor.tick(Floor::swing(802));
        floor.run();
        floor.wait(Duration::seconds(1));
    }
    // One step down by a share of the price; returns the instant at which it was seen.
    Instant fall(Rate by) {
        const Price lower = multiply(floor.last_price, 1_rate - by, Rounding::half_even);
        floor.tick(lower, Duration::seconds(1));
        floor.run();
        return floor.now();
    }
    std::size_t open_increases() const {
        std::size_t open = 0;
        for (const ParentId id : floor.engine.state().execution.open_parents) {
            const auto& parent = *floor.engine.state().execution.parents.find(id);
            for (const OrderId child : parent.children)
                open += !reduces(parent.parent.purpose) && !child.is_none() ? 1 : 0;
        }
        return open;
    }

    FiveAgents agents;
    std::vector<std::unique_ptr<Wish>> wishes;
    std::vector<std::unique_ptr<ScriptedAgent>> resting;
    Floor floor;
};

TEST_F(Breach, OfTheDayLossReducesAndThenHaltsInTheInstantOfTheMark) {
    ASSERT_EQ(floor.held(first_agent), 1.2_quantity);
    EXPECT_EQ(floor.state(), events::BookState::active);
    const Instant reduced = fall(0.055_rate); // 60 % of the book loses 3.3 %
    const Instant halted = fall(0.04_rate);
    const auto changes = floor.all<events::BookStateChanged>();
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].body.to, events::BookState::reducing);
    EXPECT_EQ(changes[0].body.cause, events::StateCause::day_loss);
    EXPECT_LE(changes[0].body.day_return, -0.03_rate);
    EXPECT_LE(changes[0].head.at - reduced, Duration::milliseconds(50));
    EXPECT_EQ(changes[1].body.to, events::BookState::halted);
    EXPECT_LE(changes[1].body.day_return, -0.05_rate);
    EXPECT_LE(changes[1].head.at - halted, Duration::milliseconds(50));
}

TEST_F(Breach, CancelsEveryOpenIncreaseAtTheVenueWithinTheLimitOfAHalt) {
    let_orders_rest();
    ASSERT_EQ(open_increases(), 3U);
    const Instant breached = fall(0.09_rate);
    EXPECT_EQ(floor.state(), events::BookState::halted);
    ASSERT_EQ(floor.venue.cancelled.size(), 3U);
    for (const auto& cancel : floor.venue.cancelled)
        EXPECT_EQ(cancel.at, breached);
    floor.wait(Duration::milliseconds(200));
    EXPECT_EQ(floor.all<events::OrderCancelled>().size(), 3U);
    EXPECT_EQ(open_increases(), 0U);
}

TEST_F(Breach, LetsNothingLeaveAfterwardsThatCouldIncreaseTheRisk) {
    fall(0.09_rate);
    const std::size_t before = floor.venue.placed.size();
    for (int i = 0; i < 50; ++i) {
        agents.wish.target = i % 2 == 0 ? 2_d : 1.5_d;
        for (const auto& wish : wishes)
            wish->target = 0.02_d;
        floor.tick(floor.last_price);
        floor.run();
    }
    for (std::size_t i = before; i < floor.venue.placed.size(); ++i)
        EXPECT_TRUE(reduces(floor.venue.placed[i].order.purpose));
    for (const auto& refused : floor.all<events::IntentRefused>())
        EXPECT_EQ(refused.body.reason, events::IntentRefusal::halted);
    EXPECT_GE(floor.all<events::IntentRefused>().size(), 150U);
}

TEST_F(Breach, HaltsTheAgentsWhichAreToldAndGoOnBeingFed) {
    fall(0.09_rate);
    const std::uint64_t fed = agents.wish.asked;
    agents.wish.target = 2_d;
    floor.tick(floor.last_price);
    floor.run();
    floor.wait(Duration::seconds(1));
    EXPECT_EQ(agents.wish.asked, fed + 1);
    ASSERT_FALSE(agents.proposer.decisions.empty());
    EXPECT_EQ(agents.proposer.decisions.back().status, DecisionStatus::refused);
    EXPECT_EQ(agents.proposer.decisions.back().reason, "HALTED");
}

TEST_F(Breach, AlertsTheOperatorWithinASecond) {
    const Instant breached = fall(0.09_rate);
    const auto about = std::ranges::find(floor.alerts, "book", &Floor::Alert::what);
    ASSERT_NE(about, floor.alerts.end());
    EXPECT_LE(about->at - breached, Duration::seconds(1));
    EXPECT_FALSE(about->message.empty());
}

TEST_F(Breach, KeepsTheStopThatProtectsThePosition) {
    const std::size_t before = floor.venue.placed.size();
    fall(0.06_rate);
    fall(0.03_rate);
    EXPECT_EQ(floor.state(), events::BookState::halted);
    fall(0.04_rate); // below the stop, which lies a tenth under the entry
    floor.wait(Duration::seconds(5));
    ASSERT_GT(floor.venue.placed.size(), before);
    EXPECT_EQ(floor.venue.placed.back().order.purpose, Purpose::stop);
    EXPECT_TRUE(floor.held(first_agent).is_zero());
}

TEST_F(Breach, OpensTheGlobalBreakerForAFallOfEightPercentInFiveMinutes) {
    for (int i = 0; i < 12; ++i)
        floor.tick(floor.last_price);
    for (int i = 0; i < 33; ++i)
        floor.tick(multiply(floor.last_price, 0.9971_rate, Rounding::half_even));
    floor.run();
    const auto breakers = floor.all<events::BreakerChanged>();
    const auto opened = std::ranges::find_if(breakers, [](const auto& one) {
        return one.body.scope == events::BreakerScope::global &&
               one.body.to == events::BreakerState::open &&
               one.body.cause == static_cast<std::uint32_t>(risk::BreakerCause::price_move);
    });
    EXPECT_NE(opened, breakers.end());
}

// An operator's halt is a breach by decision: the same effects, at once.
TEST_F(Breach, AnOperatorsHaltCancelsWhatIsOpenAtOnce) {
    let_orders_rest();
    floor.command(CommandKind::halt);
    EXPECT_EQ(floor.state(), events::BookState::halted);
    ASSERT_EQ(floor.venue.cancelled.size(), 3U);
    for (const auto& cancel : floor.venue.cancelled)
        EXPECT_EQ(cancel.at, floor.now());
    const auto handled = floor.all<events::CommandHandled>();
    ASSERT_EQ(handled.size(), 1U);
    EXPECT_TRUE(handled.front().body.accepted);
    EXPECT_EQ(handled.front().head.at, floor.all<events::BookStateChanged>().back().head.at);
}

// No loss beyond a limit stays without its state: whatever way prices take, at each mark the book
// is halted where its day or its drawdown says so, and the drawdown that is lost after it is the
// market's alone.
TEST(BreachAtAnyTime, IsNeverSeenWithoutTheStateThatItDemands) {
    std::size_t halts = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        FiveAgents agents;
        Floor floor{losing()};
        floor.open(agents.all());
        floor.warm_up();
        Random random{seed};
        for (int i = 0; i < 120; ++i) {
            agents.wish.target = i % 20 == 0 ? std::optional{1.5_d} : std::nullopt;
            const auto step = static_cast<std::int64_t>(random.below(400)) - 230; // of 10 000
            const Rate by{Decimal::from_units(step, -4)};
            floor.tick(multiply(floor.last_price, 1_rate + by, Rounding::half_even));
            floor.run();
            const BookView book = floor.engine.book(floor.now());
            if (book.stale) continue;
            const bool must_halt = book.day_return <= -0.05_rate || book.drawdown >= 0.10_rate;
            const bool must_reduce = book.day_return <= -0.03_rate || book.drawdown >= 0.08_rate;
            if (must_halt) {
                ASSERT_EQ(floor.state(), events::BookState::halted) << "seed " << seed;
                ++halts;
            } else if (must_reduce) {
                ASSERT_NE(floor.state(), events::BookState::active) << "seed " << seed;
            }
        }
    }
    EXPECT_GT(halts, 100U);
}

} // namespace
} // namespace grekko::test
