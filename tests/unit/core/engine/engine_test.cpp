// covers: answer.cpp asks.cpp context.cpp emit.hpp gate.cpp market.cpp proposal.cpp rounds.cpp
// covers: state.hpp stops.cpp time.cpp venue.cpp views.cpp work.cpp
#include "core/engine/engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko {
namespace {

using test::acts;
using test::BookRun;
using test::btc;
using test::holds;
using test::hourly;
using test::ScriptedAgent;
using test::target;
using test::votes;

Quantity held(const BookRun& run, AgentId agent = AgentId{1}) {
    return portfolio::position(run.engine.state().portfolio, agent, btc).quantity;
}

Action sized(Sizing sizing, Decimal amount, Price mark) {
    Action action = target(amount, mark);
    action.sizing = sizing;
    return action;
}

// An agent's numbers once ended the process: a notional of 10^20 overflowed in its sizing.
TEST(Engine, TakesNumbersThatNoOrderCanHaveAsAFaultOfTheAgent) {
    BookRun run;
    ScriptedAgent wild{"wild", btc, hourly, acts(40, [](Price mark) {
                           return sized(Sizing::risk, Decimal::max(), mark);
                       })};
    run.open({&wild});
    run.walk(50);
    const auto faults = run.events<events::AgentFaulted>();
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults.front().kind, FaultKind::invalid_output);
    EXPECT_TRUE(held(run).is_zero());
}

TEST(Engine, SizesAWeightAsAFractionOfNav) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly,
                        acts(40, [](Price mark) { return sized(Sizing::weight, 0.01_d, mark); })};
    run.open({&buyer});
    run.walk(50);
    // 1 % of 100 000 at about 50 000 a coin is about 0.02.
    EXPECT_GT(held(run), 0.0195_quantity);
    EXPECT_LT(held(run), 0.0202_quantity);
}

TEST(Engine, SizesARiskByTheDistanceToTheStop) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly,
                        acts(40, [](Price mark) { return sized(Sizing::risk, 0.001_d, mark); })};
    run.open({&buyer});
    run.walk(50);
    // 0.1 % of 100 000 is 100; the stop is about 5 000 away: a little less than 0.02.
    EXPECT_GT(held(run), 0.017_quantity);
    EXPECT_LT(held(run), 0.02_quantity);
}

TEST(Engine, TakesAVenueThatIsBeingConnectedForNoLoss) {
    BookRun run;
    ScriptedAgent silent{"silent", btc, hourly, {}};
    run.open({&silent});
    EXPECT_TRUE(run.events<events::BreakerChanged>().empty());
    run.venue.say(ReportKind::private_lost, run.driver.now());
    ASSERT_TRUE(run.driver.advance(run.driver.now() + Duration::seconds(1)).has_value());
    const auto changed = run.events<events::BreakerChanged>();
    ASSERT_FALSE(changed.empty());
    EXPECT_EQ(changed.front().scope, events::BreakerScope::venue);
    EXPECT_EQ(changed.front().to, events::BreakerState::open);
}

// Passive, then across: the protection that stands in for "market" lies between two ticks, and an
// order that is not on a tick is no order.
TEST(Engine, CrossesOnBarsAtATickOfTheVenue) {
    BookRun run;
    run.venue.fills_resting = false;
    ScriptedAgent buyer{"buyer", btc, hourly, acts(40, [](Price mark) {
                            Action action = target(0.02_d, mark);
                            action.working.urgency = Urgency::passive;
                            action.working.on_timeout = OnTimeout::cross;
                            return action;
                        })};
    run.open({&buyer});
    for (int i = 0; i < 50; ++i)
        run.bar(Price{Decimal::from_units(5'000'001 + (i % 7) * 10'000, -2)});
    const auto result = run.run();
    ASSERT_TRUE(result.has_value()) << result.error().message;
    const auto across = std::ranges::find(run.venue.placed, TimeInForce::ioc,
                                          [](const Order& order) { return order.time_in_force; });
    ASSERT_NE(across, run.venue.placed.end());
    EXPECT_EQ(round_to(across->limit, 0.01_price, Rounding::floor), across->limit);
    EXPECT_EQ(held(run), 0.02_quantity);
}

// Limits shrink with the lesser of N now and at 00:00 UTC; what an agent asks for is a share of N.
TEST(Engine, SizesAWeightByNavNowOnADayThatHasGained) {
    BookRun run;
    const auto twice = [](const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
        if (ask.head.kind != AskKind::bars) return;
        const Price mark = view.market(btc, VenueId{}).mark.price;
        const bool gained = mark >= 60'000_price;
        out.push_back(gained ? sized(Sizing::weight, 0.01_d, mark) : target(0.1_d, mark));
    };
    ScriptedAgent buyer{"buyer", btc, hourly, twice};
    run.open({&buyer});
    for (int i = 0; i < 30; ++i) // flat, then a fifth higher, within a day
        run.bar(Price{Decimal::whole(i < 26 ? 50'000 + (i % 7) * 100 : 60'000)});
    const auto result = run.run();
    ASSERT_TRUE(result.has_value()) << result.error().message;
    const auto assessed = run.events<events::RiskAssessed>();
    const auto intents = run.events<events::IntentProposed>();
    ASSERT_FALSE(intents.empty());
    const Intent& last = intents.back().intent;
    const Notional nav = assessed.back().nav;
    ASSERT_GT(nav, assessed.back().limit_base);
    const Quantity wanted{divide(multiply(nav, 0.01_rate, Rounding::toward_zero).decimal(),
                                 last.reference.decimal(), Rounding::toward_zero)};
    EXPECT_EQ(last.target, wanted);
}

TEST(Engine, RefusesATargetThatIsAlreadyMet) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly,
                        acts(40, [](Price mark) { return target(Decimal{}, mark); })};
    run.open({&buyer});
    run.walk(50);
    ASSERT_EQ(run.events<events::IntentRefused>().size(), 1U);
    EXPECT_EQ(run.events<events::IntentRefused>().front().reason,
              events::IntentRefusal::nothing_to_do);
    ASSERT_EQ(buyer.decisions.size(), 1U);
    EXPECT_EQ(buyer.decisions.front().status, DecisionStatus::refused);
}

TEST(Engine, RefusesProposalsMadeInsideAProposal) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.02_d, 40, 0)};
    ScriptedAgent meddler{
        "meddler", btc, hourly,
        [](const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
            if (ask.head.kind != AskKind::proposal) return;
            out.push_back(target(0.02_d, view.market(btc, VenueId{}).mark.price));
            out.push_back(test::ballot(ask, Ballot::approve, 0.5_rate));
        }};
    run.open({&buyer, &meddler});
    run.walk(50);
    const auto refused = run.events<events::IntentRefused>();
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(refused.front().reason, events::IntentRefusal::reentrant);
    EXPECT_TRUE(held(run).is_positive());
}

TEST(Engine, RejectsForWantOfAQuorumWhenNobodyAnswersInTime) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.02_d, 40, 0)};
    ScriptedAgent silent{"silent", btc, hourly, {}};
    ScriptedAgent mute{"mute", btc, hourly, {}};
    run.open({&buyer, &silent, &mute});
    run.walk(50);
    const auto closed = run.events<events::RoundClosed>();
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_NE(closed.front().outcome, events::RoundOutcome::passed);
    EXPECT_EQ(closed.front().took, Duration::milliseconds(500));
    EXPECT_EQ(run.events<events::AttendanceChanged>().size(), 2U);
    EXPECT_TRUE(run.venue.placed.empty());
}

TEST(Engine, NeverLetsTheProposersOwnVoteSuffice) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.02_d, 40, 0)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::abstain)};
    run.open({&buyer, &voter});
    run.walk(50);
    EXPECT_TRUE(run.venue.placed.empty());
}

TEST(Engine, TellsThePartsOfADecisionInTheOrderTheyHappened) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.02_d, 40, 0)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    run.walk(50);
    std::vector<std::string> names;
    const std::uint64_t intent = run.events<events::IntentProposed>().front().id.value();
    const auto read = run.journal.read(Sequence{1}, [&](const ports::Batch& b) -> Result<void> {
        engine::for_each_record(b.payload, [&](const RecordHead& head) {
            const bool of_intent =
                head.correlation.value() == intent || head.sequence.value() == intent;
            if (of_intent) names.emplace_back(record_name(head.tag));
        });
        return {};
    });
    ASSERT_TRUE(read.has_value());
    const std::vector<std::string> milestones{"intent.proposed", "round.opened",   "vote.cast",
                                              "round.closed",    "risk.assessed",  "parent.opened",
                                              "order.submitted", "order.accepted", "order.filled",
                                              "fill.allocated",  "stop.armed"};
    auto at = names.begin();
    for (const std::string& milestone : milestones) {
        at = std::find(at, names.end(), milestone);
        ASSERT_NE(at, names.end()) << milestone << " is missing or out of order";
    }
}

TEST(Engine, CancelsWhatRestsWhenItsAgentSaysSo) {
    BookRun run;
    run.venue.fills = false;
    ScriptedAgent buyer{"buyer", btc, hourly,
                        [asked = 0](const Ask& ask, const ports::AgentView& view,
                                    std::vector<Action>& out) mutable {
                            if (ask.head.kind != AskKind::bars) return;
                            ++asked;
                            if (asked == 40) {
                                Action action =
                                    target(0.02_d, view.market(btc, VenueId{}).mark.price);
                                action.working.urgency = Urgency::passive;
                                action.working.passive_for = Duration::hours(5);
                                out.push_back(action);
                            }
                            if (asked == 42) {
                                Action action;
                                action.kind = ActionKind::cancel;
                                action.instrument = btc;
                                out.push_back(action);
                            }
                        }};
    run.open({&buyer});
    run.walk(50);
    EXPECT_FALSE(run.venue.placed.empty());
    EXPECT_FALSE(run.venue.cancelled.empty());
    EXPECT_TRUE(run.engine.state().execution.open_parents.empty());
    EXPECT_TRUE(
        risk::cell(run.engine.state().risk.exposure, AgentId{1}, btc).sums.worst().is_zero());
}

TEST(Engine, ScoresEveryVoteAtTheEndOfItsHorizon) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, acts(40, [](Price mark) {
                            Action action = target(0.02_d, mark);
                            action.horizon = Duration::hours(3);
                            return action;
                        })};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    run.walk(50);
    EXPECT_EQ(run.events<events::VoteScored>().size(), 2U);
}

TEST(Engine, AsksAgainAtTheTimeAnAgentAskedFor) {
    BookRun run;
    ScriptedAgent waker{"waker", btc, hourly, acts(3, [&](Price) {
                            Action action;
                            action.kind = ActionKind::timer;
                            action.name = 7;
                            action.at = run.start + Duration::hours(5) + Duration::minutes(10);
                            return action;
                        })};
    run.open({&waker});
    run.walk(10);
    EXPECT_EQ(std::ranges::count(waker.asked, AskKind::timer), 1);
}

TEST(Engine, SendsAnUrgentOrderWhoseProtectionLiesBetweenTicks) {
    Universe universe = test::one_market();
    universe.listings.front().tick = 0.01_price;
    universe.listings.front().lot = 0.001_quantity;
    BookRun run{test::paper_settings(), universe};
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.0204_d, 40, 42)};
    run.open({&buyer});
    run.walk(38);
    run.bar(50'001.37_price);
    run.bar(50'003.33_price); // 0.5 % above it is 50 253.34665
    run.walk(4);
    ASSERT_EQ(run.venue.placed.size(), 2U);
    EXPECT_EQ(run.venue.placed[0].limit, 50'253.34_price);
    EXPECT_EQ(run.venue.placed[0].quantity, 0.02_quantity);
    EXPECT_EQ(run.venue.placed[1].side, Side::sell);
}

TEST(Engine, DoesNotCallTheFirstConnectionALossOfTheStream) {
    BookRun run;
    ScriptedAgent idle{"idle", btc, hourly, {}};
    run.open({&idle});
    run.walk(2);
    EXPECT_TRUE(run.events<events::BreakerChanged>().empty());
}

// Check 21 blocks an order that would meet an own one; an exit has that one cancelled first.
TEST(Engine, CancelsAnOwnRestingIncreaseThatStandsInTheWayOfAnExit) {
    BookRun run;
    const auto passively = [](Price mark) {
        Action action = target(0.02_d, mark);
        action.working.urgency = Urgency::passive;
        action.working.passive_for = Duration::hours(9);
        return action;
    };
    ScriptedAgent leaver{"leaver", btc, hourly, holds(0.02_d, 40, 46)};
    ScriptedAgent buyer{"buyer", btc, hourly, acts(44, passively)};
    ScriptedAgent third{"third", btc, hourly, votes(Ballot::approve)};
    ScriptedAgent fourth{"fourth", btc, hourly, votes(Ballot::approve)};
    run.open({&leaver, &buyer, &third, &fourth});
    run.walk(42);
    ASSERT_EQ(held(run), 0.02_quantity);
    run.venue.fills = false;
    run.walk(6);
    const auto submitted = run.events<events::OrderSubmitted>();
    ASSERT_GE(submitted.size(), 3U);
    EXPECT_EQ(submitted[1].order.side, Side::buy);
    EXPECT_TRUE(submitted[1].order.post_only);
    EXPECT_EQ(submitted.back().order.side, Side::sell) << "the exit left";
    const auto closed = run.events<events::ParentClosed>();
    EXPECT_TRUE(std::ranges::any_of(closed, [](const events::ParentClosed& c) {
        return c.end == events::ParentEnd::cancelled && c.filled.is_zero();
    }));
}

// A venue that cannot replace in one step: the old order is cancelled, the new one passes risk.
TEST(Engine, RepricesAPassiveExitOfTheWholePosition) {
    BookRun run;
    ScriptedAgent leaver{"leaver", btc, hourly,
                         [asked = 0](const Ask& ask, const ports::AgentView& view,
                                     std::vector<Action>& out) mutable {
                             if (ask.head.kind != AskKind::bars) return;
                             const Price mark = view.market(btc, VenueId{}).mark.price;
                             ++asked;
                             if (asked == 40) out.push_back(target(0.02_d, mark));
                             if (asked != 45) return;
                             Action action = target(Decimal{}, mark);
                             action.working.urgency = Urgency::passive;
                             action.working.passive_for = Duration::hours(5);
                             out.push_back(action);
                         }};
    run.open({&leaver});
    run.walk(44);
    ASSERT_EQ(held(run), 0.02_quantity);
    run.venue.fills = false;
    run.venue.placed.clear();
    run.walk(4);
    for (const auto& assessed : run.events<events::RiskAssessed>())
        EXPECT_EQ(assessed.verdict, events::Verdict::approved);
    ASSERT_GE(run.venue.placed.size(), 3U);
    EXPECT_EQ(run.venue.cancelled.size(), run.venue.placed.size() - 1);
    EXPECT_NE(run.venue.placed[0].limit, run.venue.placed[1].limit);
    EXPECT_EQ(run.venue.placed.back().quantity, 0.02_quantity);
}

TEST(Engine, StopsOutAPositionThatAPatientExitHolds) {
    BookRun run;
    const auto patiently = [](Price mark) {
        Action action = target(Decimal{}, mark);
        action.working.urgency = Urgency::passive;
        action.working.passive_for = Duration::hours(9);
        return action;
    };
    ScriptedAgent leaver{"leaver", btc, hourly,
                         [=, asked = 0](const Ask& ask, const ports::AgentView& view,
                                        std::vector<Action>& out) mutable {
                             if (ask.head.kind != AskKind::bars) return;
                             const Price mark = view.market(btc, VenueId{}).mark.price;
                             ++asked;
                             if (asked == 40) out.push_back(target(0.02_d, mark));
                             if (asked == 44) out.push_back(patiently(mark));
                         }};
    run.open({&leaver});
    run.walk(42);
    run.venue.fills = false;
    run.walk(3);
    ASSERT_EQ(run.venue.placed.back().purpose, Purpose::reduce);
    run.bar(40'000_price);
    run.bar(40'000_price);
    ASSERT_TRUE(run.run().has_value());
    ASSERT_FALSE(run.events<events::StopTriggered>().empty());
    EXPECT_EQ(run.venue.placed.back().purpose, Purpose::stop);
    EXPECT_EQ(run.venue.placed.back().quantity, 0.02_quantity);
}

TEST(Engine, MarksNavAtTheStartOfEachDay) {
    BookRun run;
    ScriptedAgent idle{"idle", btc, hourly, {}};
    run.open({&idle});
    run.walk(50);
    std::size_t days = 0;
    for (const auto& marked : run.events<events::NavMarked>())
        days += marked.day_start ? 1 : 0;
    EXPECT_EQ(days, 3U);
}

} // namespace
} // namespace grekko
