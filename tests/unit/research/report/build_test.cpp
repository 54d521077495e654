// covers: research/report/build.cpp, research/report/build_market.cpp
// covers: research/report/build_trades.cpp, research/report/build_control.cpp
#include <gtest/gtest.h>

#include "core/consensus/access.hpp"
#include "core/risk/check.hpp"
#include "research/report/report.hpp"
#include "support/book_run.hpp"
#include "unit/research/report/stream.hpp"

namespace grekko::report {
namespace {

using tests::Stream;

Names names() {
    Names names;
    names.check = [](int check) { return risk::name(static_cast<risk::Check>(check)); };
    names.outcome = [](events::RoundOutcome outcome) { return consensus::name(outcome); };
    return names;
}

// `trips` days, each with one trade of 1 at 100 that wins 2 on even days and loses 1 on odd ones.
Stream days_of_trading(int trips) {
    Stream stream;
    stream.agent(1, "trend");
    Decimal nav = 1_d;
    stream.nav(nav);
    for (int day = 0; day < trips; ++day) {
        const bool wins = day % 2 == 0;
        const IntentId intent = stream.intent(1, 1_d, 100_price, 98_price);
        stream.wait(Duration::hours(1));
        stream.fill(
            {.quantity = 1_quantity, .price = 100_price, .mark = 100_price, .intent = intent});
        stream.wait(Duration::hours(2));
        stream.nav(nav);
        const Price exit = wins ? 102_price : 99_price;
        stream.fill({.side = Side::sell,
                     .quantity = 1_quantity,
                     .price = exit,
                     .mark = exit,
                     .purpose = Purpose::reduce});
        nav += wins ? 0.002_d : Decimal{} - 0.001_d; // 1 000 units
        stream.wait(Duration::hours(20));
        stream.nav(nav);
        stream.wait(Duration::hours(1));
    }
    return stream;
}

Report report_of(const Stream& stream, const Header& header = {}) {
    Collector collector{tests::market_of_one(), names()};
    EXPECT_TRUE(collector.add(stream.bytes()));
    return build(collector, header);
}

TEST(Build, AShortRunHasNoYear) {
    const Report report = report_of(days_of_trading(20));
    EXPECT_EQ(report.returns.round_trips, 20U);
    EXPECT_FALSE(report.returns.long_enough);
    for (const auto* figure : {&report.returns.annual, &report.returns.sharpe,
                               &report.returns.sortino, &report.returns.calmar}) {
        EXPECT_FALSE(figure->value);
        EXPECT_EQ(figure->why, "sample too short");
    }
    EXPECT_NEAR(*report.returns.total.value, 0.010, 1e-12);
    EXPECT_FALSE(report.returns.total.low);
}

TEST(Build, ALongRunHasAYearAndIntervals) {
    const Report report = report_of(days_of_trading(100));
    EXPECT_EQ(report.returns.days, 100);
    EXPECT_TRUE(report.returns.long_enough);
    ASSERT_TRUE(report.returns.sharpe.value);
    ASSERT_TRUE(report.returns.sharpe.low);
    EXPECT_LT(*report.returns.sharpe.low, *report.returns.sharpe.value);
    EXPECT_GT(*report.returns.sharpe.high, *report.returns.sharpe.value);
    EXPECT_TRUE(report.returns.annual.value);
    EXPECT_NEAR(report.returns.net, 50.0, 1e-9);
    ASSERT_TRUE(report.luck.probabilistic.value);
    EXPECT_GT(*report.luck.probabilistic.value, 0.99);
    EXPECT_EQ(report.luck.deflated.why, "one trial");
}

TEST(Build, TradesAreCountedAsByHand) {
    const Report report = report_of(days_of_trading(20));
    const auto& trades = report.trades;
    EXPECT_EQ(trades.all.count, 20U);
    EXPECT_EQ(trades.all.won, 10U);
    EXPECT_NEAR(*trades.win_rate.value, 0.5, 1e-12);
    EXPECT_NEAR(*trades.payoff.value, 2.0, 1e-12);
    EXPECT_NEAR(*trades.all.r.value, 0.25, 1e-12); // (1 R - 0.5 R) / 2
    EXPECT_NEAR(*trades.held_hours, 2.0, 1e-12);
    EXPECT_NEAR(trades.without_five_best, 0.0, 1e-12);
    ASSERT_EQ(trades.by_hour.size(), 1U);
    EXPECT_EQ(trades.by_hour[0].name, "01:00");
    ASSERT_EQ(trades.best.size(), 5U);
    EXPECT_EQ(trades.best[0], 0U);
    EXPECT_EQ(report.round_trips[trades.worst[0]].net, -1_notional);
}

TEST(Build, TheCostChainCloses) {
    Stream stream;
    stream.nav(1_d);
    const IntentId intent = stream.intent(1, 1_d, 100_price, 95_price);
    stream.wait(Duration::hours(1));
    stream.fill({.quantity = 1_quantity,
                 .price = 101_price,
                 .mark = 100.5_price,
                 .fee = 0.1_notional,
                 .intent = intent});
    stream.wait(Duration::hours(1));
    stream.nav(1.005_d);
    const Report report = report_of(stream);
    const auto& costs = report.costs;
    EXPECT_NEAR(costs.net, 5.0, 1e-9);
    EXPECT_NEAR(costs.gross - costs.spread - costs.impact - costs.delay - costs.fees -
                    costs.funding,
                costs.net, 1e-12);
    EXPECT_NEAR(costs.gross, 5.0 + 0.5 + 0.5 + 0.1, 1e-9);
    EXPECT_NEAR(*costs.break_even.value, (5.0 + 0.5 + 0.1) / 101.0, 1e-9);
    EXPECT_EQ(report.round_trips.size(), 1U);
    EXPECT_TRUE(report.round_trips[0].open);
    EXPECT_EQ(report.trades.all.count, 0U);
}

TEST(Build, BenchmarksHoldTheSameMarketAtTheSameCosts) {
    Collector collector{tests::market_of_one(), names()};
    const Stream stream = days_of_trading(100);
    for (int day = 0; day <= 100; ++day) {
        collector.mark(InstrumentId{1}, tests::start_of_stream() + Duration::days(day),
                       Price{Decimal::whole(100 + day)});
    }
    EXPECT_TRUE(collector.add(stream.bytes()));
    const Report report = build(collector, {});
    EXPECT_NEAR(*report.benchmarks.hold.value, 0.99, 0.011);
    EXPECT_NEAR(*report.benchmarks.excess.value,
                *report.returns.total.value - *report.benchmarks.hold.value, 1e-12);
    ASSERT_TRUE(report.benchmarks.percentile.value);
    EXPECT_TRUE(report.benchmarks.beta.value);
    EXPECT_EQ(report.equity.size(), collector.samples().size());
    EXPECT_NEAR(report.equity.front().run, 1.0, 1e-12);
}

TEST(Build, MoreTrialsRaiseTheBarOfLuck) {
    const Stream stream = days_of_trading(100);
    Header header;
    header.trials = 4;
    header.trial_sharpes = {0.1, -0.2, 0.3};
    const Report few = report_of(stream, header);
    header.trials = 40;
    const Report many = report_of(stream, header);
    ASSERT_TRUE(few.luck.deflated.value && many.luck.deflated.value);
    EXPECT_GT(few.luck.threshold, 0.0);
    EXPECT_GT(many.luck.threshold, few.luck.threshold);
    EXPECT_LE(*many.luck.deflated.value, *few.luck.deflated.value);
    EXPECT_LT(*few.luck.deflated.value, *few.luck.probabilistic.value);
}

TEST(Build, TheValueOfTheVoteIsTheDifferenceOfTwoRuns) {
    const Stream stream = days_of_trading(100);
    Collector collector{tests::market_of_one(), names()};
    EXPECT_TRUE(collector.add(stream.bytes()));
    const Report alone = build(collector, {});
    EXPECT_EQ(alone.consensus.vote.why, "not run without consensus");
    Companions companions;
    companions.daily_without_vote = alone.daily;
    for (double& value : companions.daily_without_vote)
        value -= 0.001;
    companions.reruns.push_back(rerun_of("fees × 1.5", alone));
    const Report both = build(collector, {}, companions);
    EXPECT_NEAR(*both.consensus.vote.value, 0.1, 1e-9);
    EXPECT_NEAR(*both.consensus.vote.low, 0.1, 1e-9);
    EXPECT_EQ(both.costs.reruns.at(0).round_trips, 100U);
}

TEST(Build, NothingCollectedGivesAReportOfAbsentFigures) {
    const Report report = build(Collector{tests::market_of_one()}, {});
    EXPECT_FALSE(report.returns.total.value);
    EXPECT_EQ(report.costs.break_even.why, "nothing traded");
    EXPECT_EQ(report.benchmarks.hold.why, "no prices");
    EXPECT_TRUE(report.equity.empty());
}

// Buys 0.05 at bar 40 and leaves at bar 60.
test::ScriptedAgent::Behaviour in_and_out() {
    return [asked = 0](const Ask& ask, const ports::AgentView& view,
                       std::vector<Action>& out) mutable {
        if (ask.head.kind != AskKind::bars || (++asked != 40 && asked != 60)) return;
        Action action;
        action.kind = asked == 40 ? ActionKind::target : ActionKind::close;
        action.instrument = InstrumentId{1};
        action.amount = asked == 40 ? 0.05_d : 0_d;
        action.stop = multiply(view.market(InstrumentId{1}, VenueId{}).mark.price, 0.9_rate,
                               Rounding::half_even);
        action.horizon = Duration::hours(48);
        action.confidence = 0.5_rate;
        action.working.urgency = Urgency::urgent;
        out.push_back(action);
    };
}

TEST(Build, ARealBookGivesTheNavAndTheResultOfItsLedgers) {
    test::ScriptedAgent agent{"trend", InstrumentId{1}, {Duration::hours(1)}, in_and_out()};
    test::BookRun run;
    run.open({&agent});
    run.walk(100);
    ASSERT_TRUE(run.driver.flush().has_value());
    Collector collector{test::one_market(), names()};
    const auto read = run.journal.read(Sequence{1}, [&](const ports::Batch& batch) -> Result<void> {
        EXPECT_TRUE(collector.add(batch.payload));
        return {};
    });
    ASSERT_TRUE(read.has_value());
    const auto marks = run.events<events::NavMarked>();
    ASSERT_FALSE(marks.empty());
    const Report report = build(collector, {});
    EXPECT_EQ(report.returns.nav_end, marks.back().nav.to_double());
    EXPECT_EQ(report.fills.size(), run.events<events::FillAllocated>().size());
    EXPECT_EQ(report.consensus.intents, run.events<events::IntentProposed>().size());
    ASSERT_EQ(report.round_trips.size(), 1U);
    const auto& ledger = run.engine.state().portfolio.ledgers.at({AgentId{1}, InstrumentId{1}});
    EXPECT_EQ(report.round_trips[0].gross, ledger.realised);
    EXPECT_EQ(report.round_trips[0].fees, ledger.fees);
    EXPECT_EQ(report.round_trips[0].net, ledger.net());
    EXPECT_TRUE(report.round_trips[0].r.has_value());
    EXPECT_NEAR(report.returns.net, ledger.net().to_double(), 1e-9);
}

} // namespace
} // namespace grekko::report
