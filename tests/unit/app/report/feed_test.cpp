#include "app/report/feed.hpp"

#include <gtest/gtest.h>

#include "runtime/memory_tape.hpp"
#include "unit/research/report/stream.hpp"

namespace grekko::app {
namespace {

using grekko::tests::market_of_one;
using grekko::tests::start_of_stream;
using grekko::tests::Stream;

Bar bar_at(int hour, Price close, std::uint32_t missing = 0) {
    Bar bar;
    bar.head = market_head<Bar, MarketKind::bar>();
    bar.head.instrument = InstrumentId{1};
    bar.head.venue = VenueId{1};
    bar.head.exchange_at = start_of_stream() + Duration::hours(hour - 1);
    bar.head.received_at = start_of_stream() + Duration::hours(hour);
    bar.interval = Duration::hours(1);
    bar.open = bar.high = bar.low = bar.close = close;
    bar.volume = 1_quantity;
    bar.missing = missing;
    return bar;
}

std::vector<std::unique_ptr<ports::TapeReader>> readers(const runtime::MemoryTape& tape) {
    std::vector<std::unique_ptr<ports::TapeReader>> out;
    out.push_back(std::make_unique<runtime::MemoryTapeReader>(tape));
    return out;
}

runtime::MemoryTape tape_of(const std::vector<Bar>& bars) {
    runtime::MemoryTape tape;
    for (const Bar& bar : bars)
        EXPECT_TRUE(tape.append(bar.head));
    return tape;
}

TEST(ReportFeed, GivesTheMarketUpToEachRecordAndNotBeyond) {
    const auto tape = tape_of({bar_at(1, 100_price), bar_at(2, 110_price), bar_at(3, 120_price)});
    ReportFeed feed{market_of_one(), readers(tape), {}};
    Stream stream;
    stream.wait(Duration::hours(2));
    stream.nav(1_d);
    feed.add(stream.bytes());
    EXPECT_EQ(feed.collector().prices(InstrumentId{1}).last(), 110.0);
}

TEST(ReportFeed, LeavesTheWarmUpOut) {
    const auto tape = tape_of({bar_at(1, 100_price), bar_at(2, 110_price), bar_at(9, 120_price)});
    ReportSpan span;
    span.warm_up = Duration::hours(3);
    ReportFeed feed{market_of_one(), readers(tape), span};
    Stream stream;
    for (int hour = 1; hour <= 6; ++hour) {
        stream.wait(Duration::hours(1));
        stream.nav(1_d);
    }
    feed.add(stream.bytes());
    EXPECT_EQ(feed.traded_from(), start_of_stream() + Duration::hours(4));
    ASSERT_EQ(feed.collector().samples().size(), 3U);
    EXPECT_EQ(feed.collector().samples().front().at, feed.traded_from());
}

TEST(ReportFeed, LeavesOutTheWarmUpAlsoWhereTheFirstRecordIsOlderThanTheMarket) {
    const auto tape = tape_of({bar_at(5, 100_price)});
    ReportFeed feed{market_of_one(), readers(tape), {}};
    Stream stream;
    stream.nav(1_d); // the deposit, before any market
    feed.add(stream.bytes());
    EXPECT_TRUE(feed.collector().samples().empty());
}

TEST(ReportFeed, CountsTheGapsAfterTheWarmUp) {
    const auto tape = tape_of({bar_at(1, 100_price), bar_at(5, 110_price, 3),
                               bar_at(12, 120_price, 6), bar_at(13, 120_price)});
    ReportSpan span;
    span.warm_up = Duration::hours(6);
    ReportFeed feed{market_of_one(), readers(tape), span};
    Stream stream;
    stream.wait(Duration::hours(20));
    stream.nav(1_d);
    feed.add(stream.bytes());
    EXPECT_EQ(feed.gaps(), 6U);
}

TEST(ReportFeed, ReadsOnlyTheSpanThatWasRun) {
    const auto tape = tape_of({bar_at(1, 100_price), bar_at(2, 110_price), bar_at(3, 120_price)});
    ReportSpan span;
    span.from = start_of_stream() + Duration::hours(2);
    span.to = start_of_stream() + Duration::hours(2);
    ReportFeed feed{market_of_one(), readers(tape), span};
    Stream stream;
    stream.wait(Duration::hours(9));
    stream.nav(1_d);
    feed.add(stream.bytes());
    EXPECT_EQ(feed.first_at(), span.from);
    EXPECT_EQ(feed.collector().prices(InstrumentId{1}).points().size(), 1U);
}

TEST(ReportFeed, GoesOnWithTheNextTapeOfABook) {
    const auto first = tape_of({bar_at(1, 100_price)});
    const auto second = tape_of({bar_at(2, 110_price)});
    auto tapes = readers(first);
    tapes.push_back(std::make_unique<runtime::MemoryTapeReader>(second));
    ReportFeed feed{market_of_one(), std::move(tapes), {}};
    Stream stream;
    stream.wait(Duration::hours(2));
    stream.nav(1_d);
    feed.add(stream.bytes());
    EXPECT_EQ(feed.collector().prices(InstrumentId{1}).last(), 110.0);
}

TEST(ReportFeed, TellsTheFamilyWithoutAndTheCodeWithItsHashes) {
    ReportFeed feed{market_of_one(), {}, {}};
    Stream stream;
    stream.agent(1, "zebra");
    stream.agent(2, "ant");
    events::GenerationChanged changed;
    changed.agent = AgentId{2};
    changed.code_hash = Text<72>{"c0de"};
    changed.parameters_hash = Text<72>{"fa57"};
    stream.push(changed);
    feed.add(stream.bytes());
    EXPECT_EQ(feed.family(), "ant, zebra");
    EXPECT_EQ(feed.code(), (std::vector<std::string>{"ant c0de fa57", "zebra "}));
}

class BrokenTape final : public ports::TapeReader {
public:
    Result<const MarketHead*> next() override {
        return make_error(ErrorCode::corrupt, "block 3 does not hold");
    }
    Result<void> seek(TapePosition) override { return {}; }
    TapePosition position() const override { return {}; }
    std::string hash() const override { return {}; }
};

TEST(ReportFeed, KeepsTheErrorOfATape) {
    std::vector<std::unique_ptr<ports::TapeReader>> tapes;
    tapes.push_back(std::make_unique<BrokenTape>());
    ReportFeed feed{market_of_one(), std::move(tapes), {}};
    Stream stream;
    stream.nav(1_d);
    feed.add(stream.bytes());
    ASSERT_TRUE(feed.error());
    EXPECT_EQ(feed.error()->code, ErrorCode::corrupt);
}

TEST(CoreNames, AreThoseOfTheChecksAndOutcomes) {
    const report::Names names = core_names();
    EXPECT_EQ(names.check(1), "state");
    EXPECT_EQ(names.outcome(events::RoundOutcome::passed), "passed");
    EXPECT_EQ(names.breaker(1), "data_stale");
    EXPECT_FALSE(names.refusal(static_cast<events::IntentRefusal>(1)).empty());
}

} // namespace
} // namespace grekko::app
