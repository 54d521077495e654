#include "app/report/header.hpp"

#include <gtest/gtest.h>

#include "unit/app/report/sample.hpp"

namespace grekko::app {
namespace {

using grekko::tests::SampleRun;

ports::ReportHeader header_of(SampleRun& run) {
    auto parts = make_backtest(run.config, run.options, {});
    EXPECT_TRUE(parts) << parts.error().message;
    auto outcome = run_backtest(**parts, run.options, run.config, nullptr, {});
    EXPECT_TRUE(outcome) << outcome.error().message;
    return outcome->header;
}

TEST(Header, SaysWhatWasRunAndOnWhat) {
    SampleRun run;
    const ports::ReportHeader header = header_of(run);
    EXPECT_EQ(header.kind, ports::RunKind::backtest);
    EXPECT_EQ(header.origin, ports::DataOrigin::real);
    EXPECT_EQ(header.title, "Backtest of bars.csv");
    EXPECT_EQ(header.agent_family, "holder");
    ASSERT_EQ(header.tape_hashes.size(), 1U);
    EXPECT_TRUE(header.tape_hashes[0].starts_with("BTC-USD sha256:"));
    EXPECT_EQ(header.warm_up, Duration::hours(50));
    EXPECT_EQ(header.fill_interval, "1h bars");
    EXPECT_EQ(header.queue_model, "none (bars)");
    EXPECT_EQ(header.disabled_checks, std::vector<std::string>{"19 edge"});
    EXPECT_EQ(header.config_hash, run.config.hash());
    EXPECT_FALSE(header.without_funding);
}

TEST(Header, EqualRunsHaveAnEqualHashAndAnyOptionChangesIt) {
    SampleRun run;
    const std::string first = header_of(run).run_hash;
    EXPECT_EQ(header_of(run).run_hash, first);
    run.options.to = "2020-09-30";
    EXPECT_NE(header_of(run).run_hash, first);
    run.options.to.clear();
    run.options.seed = 2;
    EXPECT_NE(header_of(run).run_hash, first);
    run.options.seed.reset();
    std::string thought{grekko::tests::sample_agent};
    thought.append("-- another thought\n");
    run.folder.write("holder/agent.lua", thought);
    EXPECT_NE(header_of(run).run_hash, first);
}

TEST(Header, SaysFeesWithTierAndDateAndWhenThereAreNone) {
    SampleRun run;
    auto universe = make_universe(run.config, {"BTC-USD"}, "coinbase");
    ASSERT_TRUE(universe);
    EXPECT_EQ(fees_text(run.config, *universe),
              "coinbase 0.4 % maker, 0.6 % taker (dearest retail tier, as of 2026-08, not checked "
              "with the venue)");
    apply_fees(*universe, Fees::none);
    EXPECT_EQ(fees_text(run.config, *universe), "none: a show, not a result");
}

TEST(Header, SaysTheModelOfLatency) {
    SampleRun run;
    const auto universe = make_universe(run.config, {"BTC-USD"}, "coinbase");
    ASSERT_TRUE(universe);
    EXPECT_EQ(latency_text(run.config, *universe),
              "log-normal, median 80ms, 99 % below 400ms, each way; decision 1ms");
}

TEST(Header, SaysThatFundingIsMissingFromATapeOfPerpetuals) {
    SampleRun run;
    Universe universe = make_universe(run.config, {"BTC-USD"}, "coinbase").value();
    universe.instruments[1].kind = InstrumentKind::perpetual;
    const ReportFeed feed{universe, {}, {}};
    EXPECT_TRUE(make_header(run.config, universe, {}, feed).without_funding);
}

} // namespace
} // namespace grekko::app
