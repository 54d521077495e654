#include "app/report/backtest_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/app/report/sample.hpp"

namespace grekko::app {
namespace {

using grekko::tests::SampleRun;

BacktestOutcome run(SampleRun& sample, const Changes& changes = {}) {
    BacktestOptions options = sample.options;
    options.changes = changes;
    auto parts = make_backtest(sample.config, options, {});
    if (!parts) throw std::runtime_error{parts.error().message};
    auto outcome = run_backtest(**parts, options, sample.config, nullptr, {});
    if (!outcome) throw std::runtime_error{outcome.error().message};
    return std::move(*outcome);
}

report::Report report_of(const BacktestOutcome& outcome) {
    return report::build(outcome.feed->collector(), outcome.header);
}

TEST(BacktestRun, TheAgentTradesAndTheReportCountsIt) {
    SampleRun sample;
    const BacktestOutcome outcome = run(sample);
    const report::Report report = report_of(outcome);
    EXPECT_GE(outcome.tally.fills, 8U);
    EXPECT_EQ(report.fills.size(), outcome.tally.fills);
    EXPECT_NEAR(report.returns.nav_end, outcome.result.book.nav.to_double(), 1e-6);
    EXPECT_GT(report.costs.fees, 0.0);
}

TEST(BacktestRun, NothingChangedGivesTheSameDigest) {
    SampleRun sample;
    EXPECT_EQ(run(sample).result.digest, run(sample).result.digest);
}

TEST(BacktestRun, FeesTimesOneAndAHalfCostHalfAsMuchAgainOfWhatIsTraded) {
    SampleRun sample;
    Changes dearer;
    dearer.fees = 1.5_d;
    const auto a_side = [](const report::Report& report) {
        return report.fills.at(0).fee.to_double() / report.fills.at(0).value.to_double();
    };
    const double plain = a_side(report_of(run(sample)));
    EXPECT_NEAR(a_side(report_of(run(sample, dearer))), 1.5 * plain, 1e-6);
}

TEST(BacktestRun, TwiceTheLatencyIsDrawnForEveryOrder) {
    SampleRun sample;
    Changes slower;
    slower.latency = 2;
    const auto delay = [](const BacktestOutcome& outcome) {
        const auto& fills = outcome.feed->collector().fills();
        return (fills.front().at - fills.front().at.floor(Duration::hours(1))).count();
    };
    EXPECT_GT(delay(run(sample, slower)), delay(run(sample)));
}

TEST(BacktestRun, ALaterOpeningFillsABarLater) {
    SampleRun sample;
    Changes later;
    later.next_opening = true;
    const Instant soon = run(sample).feed->collector().fills().front().at;
    const Instant late = run(sample, later).feed->collector().fills().front().at;
    EXPECT_EQ(late.floor(Duration::hours(1)) - soon.floor(Duration::hours(1)), Duration::hours(1));
}

TEST(BacktestRun, TenTimesTheSizeTradesTenTimesTheMoney) {
    SampleRun sample;
    Changes larger;
    larger.size = 10_d;
    const report::Report plain = report_of(run(sample));
    const report::Report large = report_of(run(sample, larger));
    EXPECT_NEAR(large.returns.nav_start / plain.returns.nav_start, 10.0, 1e-9);
    EXPECT_GT(large.costs.traded / plain.costs.traded, 5.0);
    EXPECT_LE(large.costs.traded / plain.costs.traded, 10.1);
}

TEST(Reruns, AreThoseThatMeanSomethingOnTheMarket) {
    const auto names = [](const std::vector<Rerun>& runs) {
        std::vector<std::string> out;
        for (const Rerun& rerun : runs)
            out.push_back(rerun.name);
        return out;
    };
    EXPECT_THAT(
        names(reruns_for(true, "risk_averse")),
        testing::ElementsAre("fees × 1.5", "latency × 2", "first fill one bar later", "size × 10"));
    EXPECT_THAT(names(reruns_for(false, "risk_averse")),
                testing::ElementsAre("fees × 1.5", "latency × 2", "queue prob", "size × 10"));
    EXPECT_THAT(names(reruns_for(false, "prob")), testing::Contains("queue risk_averse"));
}

TEST(Reruns, EachIsAnnouncedAndTheVoteIsComparedWithARunWithoutIt) {
    SampleRun sample;
    auto parts = make_backtest(sample.config, sample.options, {});
    ASSERT_TRUE(parts) << parts.error().message;
    std::vector<std::string> began;
    const auto companions =
        run_again(sample.config, sample.options, **parts, [&](const std::string& name) {
            began.push_back(name);
            return BacktestHooks{};
        });
    ASSERT_TRUE(companions) << companions.error().message;
    EXPECT_THAT(began, testing::ElementsAre("fees × 1.5", "latency × 2", "first fill one bar later",
                                            "size × 10", "consensus off"));
    ASSERT_EQ(companions->reruns.size(), 5U);
    EXPECT_EQ(companions->daily_without_vote.size(), report_of(run(sample)).daily.size());
}

} // namespace
} // namespace grekko::app
