// covers: stops.cpp command.cpp work.cpp venue.cpp views.cpp gate.cpp
// What leaves: stops, flatten and agents' own exits get the base, do not wait for one another and
// try again until they are out.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/engine/engine.hpp"
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

Action passively(Decimal quantity, Price mark) {
    Action action = target(quantity, mark);
    action.working.urgency = Urgency::passive;
    action.working.passive_for = Duration::hours(9);
    return action;
}

// Buys at bar 40, and at bar 44 wants to sell at the touch and no worse.
ScriptedAgent::Behaviour leaves_patiently(Decimal quantity) {
    return [=, asked = 0](const Ask& ask, const ports::AgentView& view,
                          std::vector<Action>& out) mutable {
        if (ask.head.kind != AskKind::bars) return;
        const Price mark = view.market(btc, VenueId{}).mark.price;
        ++asked;
        if (asked == 40) out.push_back(target(quantity, mark));
        if (asked == 44) out.push_back(passively(Decimal{}, mark));
    };
}

// A spot venue: a resting sell holds its base.
class Exits : public ::testing::Test {
protected:
    explicit Exits(engine::Settings settings = test::paper_settings())
        : run{std::move(settings), market()} {
        run.venue.spot = true;
    }
    static Universe market() {
        Universe universe = test::one_market();
        universe.listings.front().tick = 0.01_price;
        universe.listings.front().lot = 0.001_quantity;
        return universe;
    }
    void go() {
        const auto result = run.run();
        ASSERT_TRUE(result.has_value()) << result.error().message;
    }
    void wait(Duration duration) {
        ASSERT_TRUE(run.driver.advance(run.driver.now() + duration).has_value());
    }
    void wait_until(Instant at) { ASSERT_TRUE(run.driver.advance(at).has_value()); }
    events::CommandHandled say(CommandKind kind) {
        Command command;
        command.kind = kind;
        command.principal = "ann";
        command.reason = "a test";
        EXPECT_TRUE(run.driver.input(Input{run.driver.now(), command}).has_value());
        return run.events<events::CommandHandled>().back();
    }
    Quantity held(AgentId agent = AgentId{1}) const {
        return portfolio::position(run.engine.state().portfolio, agent, btc).quantity;
    }
    std::size_t sent(Purpose purpose) const {
        return static_cast<std::size_t>(std::ranges::count(
            run.venue.placed, purpose, [](const Order& order) { return order.purpose; }));
    }
    // A bar that falls through every stop.
    void fall() {
        run.bar(40'000_price);
        go();
    }
    BookRun run;
};

engine::Settings with_disaster_stop() {
    engine::Settings settings = test::paper_settings();
    settings.stops.disaster = risk::DisasterMode::on;
    return settings;
}

class ExitsWithADisasterStop : public Exits {
protected:
    ExitsWithADisasterStop() : Exits{with_disaster_stop()} {}
};

TEST_F(ExitsWithADisasterStop, OfAnAgentGetTheBaseThatTheStopAtTheVenueHolds) {
    ScriptedAgent agent{"agent", btc, hourly, holds(0.02_d, 40, 46)};
    run.open({&agent});
    run.walk(44);
    ASSERT_EQ(held(), 0.02_quantity);
    ASSERT_EQ(sent(Purpose::disaster_stop), 1U);
    run.walk(6);
    EXPECT_TRUE(held().is_zero());
    EXPECT_TRUE(run.events<events::OrderRejected>().empty());
    EXPECT_TRUE(run.engine.state().execution.disaster_stops.empty());
}

// It was denied by the collar, 12: the stop stayed small, and check 2 then denied every increase.
TEST_F(ExitsWithADisasterStop, HaveOneThatGrowsWithThePosition) {
    ScriptedAgent agent{"agent", btc, hourly,
                        [asked = 0](const Ask& ask, const ports::AgentView& view,
                                    std::vector<Action>& out) mutable {
                            if (ask.head.kind != AskKind::bars || ++asked < 40 || asked % 3 != 1)
                                return;
                            const Decimal wanted =
                                multiply(0.01_d, Decimal::whole(asked - 39), Rounding::floor);
                            out.push_back(test::target(std::min(wanted, 0.07_d),
                                                       view.market(btc, VenueId{}).mark.price));
                        }};
    run.open({&agent});
    run.walk(52);
    EXPECT_EQ(held(), 0.07_quantity);
    Quantity covered;
    const execution::State& state = run.engine.state().execution;
    for (const OrderId id : state.disaster_stops)
        covered += state.orders.find(id)->fillable();
    EXPECT_EQ(covered, held());
}

TEST_F(ExitsWithADisasterStop, OfTheHostGetItToo) {
    ScriptedAgent agent{"agent", btc, hourly, holds(0.02_d, 40, 0)};
    run.open({&agent});
    run.walk(44);
    ASSERT_EQ(sent(Purpose::disaster_stop), 1U);
    fall();
    wait(Duration::seconds(3));
    EXPECT_TRUE(held().is_zero());
    EXPECT_EQ(sent(Purpose::stop), 1U);
    EXPECT_TRUE(run.events<events::OrderRejected>().empty());
}

TEST_F(ExitsWithADisasterStop, OfAPartLeaveTheRestCovered) {
    ScriptedAgent agent{"agent", btc, hourly,
                        [asked = 0](const Ask& ask, const ports::AgentView& view,
                                    std::vector<Action>& out) mutable {
                            if (ask.head.kind != AskKind::bars) return;
                            const Price mark = view.market(btc, VenueId{}).mark.price;
                            ++asked;
                            if (asked == 40) out.push_back(target(0.04_d, mark));
                            if (asked == 46) out.push_back(target(0.01_d, mark));
                        }};
    run.open({&agent});
    run.walk(50);
    EXPECT_EQ(held(), 0.01_quantity);
    EXPECT_TRUE(run.events<events::OrderRejected>().empty());
    const auto& stops = run.engine.state().execution.disaster_stops;
    ASSERT_EQ(stops.size(), 1U);
    EXPECT_EQ(run.engine.state().execution.orders.find(*stops.begin())->rest(), 0.01_quantity);
}

TEST_F(Exits, FlattenLeavesAPositionThatAPatientExitHolds) {
    ScriptedAgent agent{"agent", btc, hourly, leaves_patiently(0.02_d)};
    run.open({&agent});
    run.venue.fills_resting = false;
    run.walk(46);
    ASSERT_EQ(run.venue.placed.back().purpose, Purpose::reduce);
    EXPECT_TRUE(say(CommandKind::flatten).accepted);
    wait(Duration::seconds(2));
    EXPECT_TRUE(held().is_zero());
    EXPECT_EQ(run.venue.placed.back().purpose, Purpose::flatten);
    EXPECT_TRUE(run.events<events::OrderRejected>().empty());
}

TEST_F(Exits, FlattenSaysSoWhereAStopIsLeavingAlready) {
    ScriptedAgent agent{"agent", btc, hourly, holds(0.02_d, 40, 0)};
    run.open({&agent});
    run.walk(44);
    run.venue.fills = false;
    fall();
    ASSERT_EQ(sent(Purpose::stop), 1U);
    EXPECT_TRUE(say(CommandKind::flatten).accepted);
    EXPECT_EQ(sent(Purpose::flatten), 0U);
}

TEST_F(Exits, FlattenSaysWhatKeepsAPosition) {
    ScriptedAgent agent{"agent", btc, hourly, holds(0.02_d, 40, 0)};
    run.open({&agent});
    run.walk(44);
    run.venue.say(ReportKind::disconnected, run.driver.now());
    wait(Duration::seconds(1));
    const auto handled = say(CommandKind::flatten);
    EXPECT_FALSE(handled.accepted);
    EXPECT_NE(handled.outcome.view().find("venue_ready"), std::string_view::npos);
}

TEST_F(Exits, AStopLeavesThoughThePriceReturnsWhileAPatientExitEnds) {
    ScriptedAgent agent{"agent", btc, hourly, leaves_patiently(0.02_d)};
    run.open({&agent});
    run.venue.fills_resting = false;
    run.walk(46);
    ASSERT_EQ(run.venue.placed.back().purpose, Purpose::reduce);
    fall();
    run.bar(50'000_price);
    go();
    EXPECT_TRUE(held().is_zero());
    EXPECT_EQ(sent(Purpose::stop), 1U);
}

TEST_F(Exits, AStopLeavesThoughAQuoteReturnsWhileAPatientExitEnds) {
    ScriptedAgent agent{"agent", btc, hourly, leaves_patiently(0.02_d)};
    run.open({&agent});
    run.venue.fills_resting = false;
    run.walk(46);
    ASSERT_EQ(run.venue.placed.back().purpose, Purpose::reduce);
    run.quote(50'000_price, 50'010_price, Duration::seconds(10));
    run.quote(44'000_price, 44'010_price, Duration::seconds(11));
    run.quote(50'000_price, 50'010_price, Duration::milliseconds(11'010));
    go();
    wait(Duration::seconds(2));
    EXPECT_TRUE(held().is_zero());
    EXPECT_EQ(sent(Purpose::stop), 1U);
}

TEST_F(Exits, AStopThatMetAnOutageLeavesAtItsEndWhateverThePrice) {
    ScriptedAgent agent{"agent", btc, hourly, holds(0.02_d, 40, 0)};
    run.open({&agent});
    run.walk(44);
    run.venue.say(ReportKind::disconnected, run.driver.now());
    fall();
    run.bar(50'000_price);
    go();
    const Instant back = run.driver.now() + Duration::minutes(10);
    run.venue.say(ReportKind::connected, back);
    run.venue.say(ReportKind::private_restored, back);
    wait_until(back - Duration::milliseconds(1));
    ASSERT_EQ(sent(Purpose::stop), 0U);
    ASSERT_EQ(held(), 0.02_quantity);
    wait_until(back + Duration::seconds(2));
    EXPECT_EQ(sent(Purpose::stop), 1U);
    EXPECT_TRUE(held().is_zero());
}

// An exit at work whose orders were refused for long waits no longer than one that just began.
TEST_F(Exits, AStopAtWorkGoesOnAtTheEndOfAnOutage) {
    ScriptedAgent agent{"agent", btc, hourly, holds(0.02_d, 40, 0)};
    run.open({&agent});
    run.walk(44);
    run.venue.rejects = true;
    fall();
    wait(Duration::seconds(10));
    ASSERT_GE(sent(Purpose::stop), 1U);
    run.venue.say(ReportKind::disconnected, run.driver.now());
    wait(Duration::seconds(1));
    run.venue.rejects = false;
    const Instant back = run.driver.now() + Duration::minutes(10);
    run.venue.say(ReportKind::connected, back);
    run.venue.say(ReportKind::private_restored, back);
    wait_until(back - Duration::milliseconds(1));
    ASSERT_EQ(held(), 0.02_quantity);
    wait_until(back + Duration::seconds(2));
    EXPECT_TRUE(held().is_zero());
}

// A tenth of a bar's volume at once is for exits that can wait; each has its own share.
TEST_F(Exits, AStopIsNotCutIntoThePartsOfAnothersFlatten) {
    ScriptedAgent patient{"patient", btc, hourly, holds(0.2_d, 40, 0)};
    run.open({&patient}, 1'000'000_d);
    run.walk(44);
    ASSERT_EQ(held(), 0.2_quantity);
    run.volume = 1_quantity;
    run.walk(1);
    EXPECT_TRUE(say(CommandKind::flatten).accepted);
    wait(Duration::seconds(1));
    ASSERT_EQ(run.venue.placed.back().purpose, Purpose::flatten);
    EXPECT_EQ(run.venue.placed.back().quantity, 0.1_quantity);
    wait(Duration::seconds(5));
    EXPECT_TRUE(held().is_zero());
    EXPECT_EQ(sent(Purpose::flatten), 2U);
}

TEST_F(Exits, AFlattenGoesOnInPartsAfterARestart) {
    ScriptedAgent patient{"patient", btc, hourly, holds(0.3_d, 40, 0)};
    run.open({&patient}, 1'000'000_d);
    run.walk(44);
    run.volume = 1_quantity;
    run.walk(1);
    run.venue.fills = false;
    EXPECT_TRUE(say(CommandKind::flatten).accepted);
    engine::Engine again{market(), test::paper_settings()};
    ASSERT_TRUE(again.restore(run.engine.save()));
    events::AgentSubscribed subscribed;
    subscribed.instrument = btc;
    subscribed.bars[0] = Duration::hours(1);
    again.subscribe(AgentId{1}, std::span{&subscribed, 1}, run.driver.now());
    const Instant at = run.driver.now() + Duration::hours(1);
    Bar bar{market_head<Bar, MarketKind::bar>()};
    bar.head.venue = VenueId{1};
    bar.head.instrument = btc;
    bar.head.exchange_at = run.driver.now();
    bar.head.received_at = at;
    bar.interval = Duration::hours(1);
    bar.open = bar.high = bar.low = bar.close = 50'000_price;
    bar.volume = 1_quantity;
    again.market(bar.head, TapePosition{1}, at);
    again.close_bars(at);
    const ParentId flatten = *again.state().execution.open_parents.begin();
    const auto children = again.state().execution.parents.find(flatten)->children;
    ASSERT_EQ(children.size(), 1U);
    VenueReport report;
    report.kind = ReportKind::cancelled;
    report.venue = VenueId{1};
    report.order = children.front();
    report.instrument = btc;
    again.input(Input{at, report}, TapePosition{1});
    Effects effects;
    again.take_effects(effects);
    for (const Effect& effect : Effects{effects}) {
        const auto* timer = std::get_if<SetTimer>(&effect);
        if (timer != nullptr && timer->timer.kind == TimerKind::slice) {
            again.input(Input{timer->at, timer->timer}, TapePosition{1});
        }
    }
    Effects later;
    again.take_effects(later);
    effects.insert(effects.end(), later.begin(), later.end());
    std::vector<Quantity> placed;
    for (const Effect& effect : effects) {
        if (const auto* place = std::get_if<PlaceOrder>(&effect)) {
            placed.push_back(place->order.quantity);
        }
    }
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(placed.front(), 0.1_quantity);
}

// The position went with a fill of another order: the exit has nothing left to do.
TEST_F(Exits, EndWhenThePositionHasGone) {
    ScriptedAgent agent{"agent", btc, hourly, leaves_patiently(0.02_d)};
    run.open({&agent});
    run.walk(50);
    EXPECT_TRUE(held().is_zero());
    EXPECT_TRUE(run.engine.state().execution.open_parents.empty());
    EXPECT_TRUE(run.engine.state().risk.stops.all.empty());
}

engine::Settings with_shorts() {
    engine::Settings settings = test::paper_settings();
    settings.shorts = true;
    settings.risk.margin = true;
    return settings;
}

class ExitsOnMargin : public Exits {
protected:
    ExitsOnMargin() : Exits{with_shorts()} { run.venue.spot = false; }
};

TEST_F(ExitsOnMargin, AStopEndsTheRestingExitOfAnotherThatIsInItsWay) {
    ScriptedAgent owner{"owner", btc, hourly, holds(0.04_d, 40, 0)};
    ScriptedAgent shorter{"shorter", btc, hourly,
                          [asked = 0](const Ask& ask, const ports::AgentView& view,
                                      std::vector<Action>& out) mutable {
                              if (ask.head.kind == AskKind::proposal) {
                                  out.push_back(test::ballot(ask, Ballot::approve, 0.5_rate));
                              }
                              if (ask.head.kind != AskKind::bars) return;
                              const Price mark = view.market(btc, VenueId{}).mark.price;
                              ++asked;
                              if (asked == 42) {
                                  Action sell = target(-0.02_d, mark);
                                  sell.stop = multiply(mark, 1.1_rate, Rounding::half_even);
                                  out.push_back(sell);
                              }
                              if (asked == 44) out.push_back(passively(Decimal{}, mark));
                          }};
    ScriptedAgent voter{"voter", btc, hourly, test::votes(Ballot::approve)};
    run.open({&owner, &shorter, &voter});
    run.venue.fills_resting = false;
    run.walk(46);
    ASSERT_EQ(held(AgentId{1}), 0.04_quantity);
    ASSERT_EQ(held(AgentId{2}), -0.02_quantity);
    ASSERT_EQ(run.venue.placed.back().side, Side::buy);
    fall();
    wait(Duration::seconds(3));
    EXPECT_TRUE(held(AgentId{1}).is_zero());
}

} // namespace
} // namespace grekko
