// covers: row_errors.cpp
#include "io/import/csv_source.hpp"

#include <gtest/gtest.h>

#include "io/import/import.hpp"
#include "support/recorded_data.hpp"
#include "support/temporary_folder.hpp"
#include "unit/io/import/memory_tape.hpp"
#include "unit/io/import/packing.hpp"

namespace grekko::importing {
namespace {

using grekko::tests::data_path;
using grekko::tests::TemporaryFolder;
using tests::MemoryTape;

constexpr const char* header = "open_time_s,open,high,low,close,volume_base\n";

Result<SourceReport> read_all(const std::filesystem::path& path, CsvOptions options,
                              MemoryTape& tape) {
    TRY(inputs, list_inputs(path));
    TRY(source, CsvSource::open(inputs.at(0), std::move(options)));
    std::vector<std::unique_ptr<RecordSource>> sources;
    sources.push_back(std::move(source));
    TRY(summary, import_records(sources, tape, {}));
    return summary.sources.at(0);
}

Result<SourceReport> read_text(std::string_view text, CsvOptions options, MemoryTape& tape) {
    const TemporaryFolder folder;
    return read_all(folder.write("rows.csv", text), std::move(options), tape);
}

CsvOptions with(CsvMapping mapping) {
    CsvOptions options;
    options.mapping = std::move(mapping);
    return options;
}

TEST(CsvSource, MakesABarVisibleAFeedLatencyAfterTheEndOfItsInterval) {
    MemoryTape tape;
    const auto report =
        read_text(std::string{header} + "3600,1,4,0.5,2,10.25\n7200,2,3,2,3,0\n", {}, tape);
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_EQ(tape.size(), 2U);
    const auto& bar = tape.as<Bar>(0);
    EXPECT_EQ(bar.head.exchange_at, Instant::from_seconds(3600));
    EXPECT_EQ(bar.head.received_at, Instant::from_seconds(7200) + Duration::milliseconds(50));
    EXPECT_EQ(bar.interval, Duration::hours(1));
    EXPECT_EQ(bar.open, 1_price);
    EXPECT_EQ(bar.high, 4_price);
    EXPECT_EQ(bar.low, 0.5_price);
    EXPECT_EQ(bar.close, 2_price);
    EXPECT_EQ(bar.volume, 10.25_quantity);
    EXPECT_EQ(bar.missing, 0U);
    EXPECT_FALSE(bar.empty());
    EXPECT_TRUE(tape.as<Bar>(1).empty());
    EXPECT_TRUE(valid_market_record(&bar, sizeof bar));
}

TEST(CsvSource, CountsTheIntervalsMissingBeforeABar) {
    MemoryTape tape;
    const auto report =
        read_text(std::string{header} + "60,1,1,1,1,1\n120,1,1,1,1,1\n420,1,1,1,1,1\n", {}, tape);
    ASSERT_TRUE(report);
    EXPECT_EQ(tape.as<Bar>(1).missing, 0U);
    EXPECT_EQ(tape.as<Bar>(2).missing, 4U);
    EXPECT_EQ(report->gaps, 1U);
}

struct BadCase {
    const char* row;
    const char* reason;
};

TEST(CsvSource, StopsAtADamagedRowWithFileLineAndReason) {
    const BadCase cases[] = {
        {"180,1,0.5,0.5,1,1", "high is below"},
        {"180,1,2,1.5,1,1", "low is above"},
        {"180,0,1,0,1,1", "low is not above zero"},
        {"180,1,1,1,1,-1", "volume is below zero"},
        {"180,1,1,1,1", "no volume in a row of 5 cells"},
        {"180,1,x,1,1,1", "high"},
        {"180,1,1,1,nan,1", "close"},
        {"120,1,1,1,1,1", "rows must ascend"},
        {"60,1,1,1,1,1", "rows must ascend"},
        {"soon,1,1,1,1,1", "time"},
        {"180,\"1,1,1,1,1", "quote"},
        {"180,1.0000000000000000001,1,1,1,1", "open"},
    };
    for (const auto& [row, reason] : cases) {
        MemoryTape tape;
        const auto text =
            std::string{header} + "60,1,1,1,1,1\n120,1,1,1,1,1\n" + row + "\n240,1,1,1,1,1\n";
        const auto stopped = read_text(text, {}, tape);
        ASSERT_FALSE(stopped) << row;
        EXPECT_EQ(stopped.error().code, ErrorCode::invalid_input);
        EXPECT_NE(stopped.error().message.find("rows.csv:4: "), std::string::npos);
        EXPECT_NE(stopped.error().message.find(reason), std::string::npos)
            << stopped.error().message;
        EXPECT_EQ(tape.size(), 2U);
    }
}

TEST(CsvSource, KeepsTheGoodRowsWhereAskedAndShowsTheHole) {
    MemoryTape tape;
    CsvOptions options;
    options.bad_rows = BadRows::skip;
    const auto report = read_text(std::string{header} +
                                      "60,1,1,1,1,1\n120,1,1,1,1,1\n180,?,1,1,1,1\n240,1,1,1,1,1\n",
                                  options, tape);
    ASSERT_TRUE(report);
    EXPECT_EQ(tape.size(), 3U);
    EXPECT_EQ(tape.as<Bar>(2).missing, 1U);
    EXPECT_EQ(report->skipped, 1U);
    ASSERT_EQ(report->bad_rows.size(), 1U);
    EXPECT_EQ(report->bad_rows[0].line, 4U);
}

TEST(CsvSource, StopsWhereAPackedFileIsCutShortAndKeepsWhatCameBeforeWhereAsked) {
    std::string text = header;
    for (int i = 1; i <= 20'000; ++i)
        text += std::to_string(i * 60) + ",1,1,1,1,1\n";
    const TemporaryFolder folder;
    const auto packed = tests::gzip(text);
    const auto path = folder.write("cut.csv.gz", packed.substr(0, packed.size() / 2));
    MemoryTape tape;
    const auto stopped = read_all(path, {}, tape);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::corrupt);
    CsvOptions options;
    options.bad_rows = BadRows::skip;
    MemoryTape kept;
    const auto report = read_all(path, options, kept);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(kept.size(), tape.size());
    EXPECT_GT(kept.size(), 1'000U);
    EXPECT_EQ(report->skipped, 1U);
}

TEST(CsvSource, RefusesBarsWhoseIntervalCannotBeSeen) {
    MemoryTape tape;
    const auto one = read_text(std::string{header} + "60,1,1,1,1,1\n", {}, tape);
    ASSERT_FALSE(one);
    EXPECT_NE(one.error().message.find("--interval"), std::string::npos);
    auto mapping = ohlcv_mapping();
    mapping.interval = Duration::minutes(5);
    ASSERT_TRUE(read_text(std::string{header} + "300,1,1,1,1,1\n", with(mapping), tape));
    EXPECT_EQ(tape.as<Bar>(0).interval, Duration::minutes(5));
}

TEST(CsvSource, ReadsBinanceKlinesInMillisecondsAndMicroseconds) {
    MemoryTape tape;
    const auto report = read_text(
        "1499040000000,0.01,0.8,0.01,0.02,148976.1,1499043599999,2434.1,308,1756.8,28.4,0\n"
        "1499043600000,0.01,0.8,0.01,0.02,148976.1,1499047199999,2434.1,308,1756.8,28.4,0\n",
        with(binance_klines_mapping()), tape);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(tape.as<Bar>(0).interval, Duration::hours(1));
    EXPECT_EQ(tape.as<Bar>(0).trades, 308U);
    MemoryTape newer;
    ASSERT_TRUE(read_text("1735689600000000,1,1,1,1,1,1735689659999999,1,5,1,1,0\n",
                          with(binance_klines_mapping()), newer));
    EXPECT_EQ(newer.as<Bar>(0).interval, Duration::minutes(1));
    EXPECT_EQ(newer.as<Bar>(0).opened_at(), Instant::from_seconds(1'735'689'600));
}

TEST(CsvSource, ReadsBinanceTradesAndTellsAJumpInTheirIds) {
    MemoryTape tape;
    const auto report = read_text("28457,4.00000100,12.0,48.0,1499865549590,True,True\n"
                                  "28458,4.0,1.0,4.0,1499865549600,False,True\n"
                                  "28461,4.0,2.0,8.0,1499865549700,False,True\n",
                                  with(binance_trades_mapping()), tape);
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_EQ(tape.size(), 4U);
    EXPECT_EQ(tape.as<Trade>(0).aggressor(), Side::sell);
    EXPECT_EQ(tape.as<Trade>(1).aggressor(), Side::buy);
    EXPECT_EQ(tape.as<Trade>(0).price, 4.000001_price);
    EXPECT_EQ(tape.head(2).kind, MarketKind::gap);
    EXPECT_EQ(tape.as<Gap>(2).missing, 2U);
    EXPECT_EQ(tape.as<Trade>(3).trade_id, 28461U);
    EXPECT_EQ(report->gaps, 1U);
    EXPECT_EQ(report->records, 4U);
}

TEST(CsvSource, ReadsBinanceAggregatedTrades) {
    MemoryTape tape;
    const auto report =
        read_text("26129,0.01633102,4.70443515,27781,27781,1498793709153,True,True\n",
                  with(binance_agg_trades_mapping()), tape);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(tape.as<Trade>(0).quantity, 4.70443515_quantity);
    EXPECT_EQ(tape.as<Trade>(0).aggressor(), Side::sell);
    EXPECT_EQ(tape.as<Trade>(0).head.exchange_at.nanoseconds(), 1'498'793'709'153'000'000);
    // The file does not say when it came in: the host sees it 50 ms later (trading rules §8).
    EXPECT_EQ(tape.as<Trade>(0).head.received_at.nanoseconds(), 1'498'793'709'203'000'000);
}

TEST(CsvSource, ReadsAnyFileThroughAMapping) {
    auto mapping = parse_mapping(
        RowKind::quote, "time=when,received=got,bid=b,bid_quantity=bq,ask=a,ask_quantity=aq");
    ASSERT_TRUE(mapping);
    mapping->delimiter = ';';
    mapping->time_unit = TimeUnit::text;
    MemoryTape tape;
    const auto report = read_text("when;got;a;aq;b;bq;note\n"
                                  "2024-01-01 00:00:00;2024-01-01T00:00:00.05Z;101;2;100;1;x\n",
                                  with(*mapping), tape);
    ASSERT_TRUE(report) << report.error().message;
    const auto& quote = tape.as<Quote>(0);
    EXPECT_EQ(quote.bid, 100_price);
    EXPECT_EQ(quote.ask_quantity, 2_quantity);
    EXPECT_EQ(quote.head.received_at - quote.head.exchange_at, Duration::milliseconds(50));
}

TEST(CsvSource, RefusesTradesThatGoBackInTime) {
    auto mapping = parse_mapping(RowKind::trade, "time=1,price=2,quantity=3,side=4");
    ASSERT_TRUE(mapping);
    MemoryTape tape;
    const auto report = read_text("100,1,1,buy\n99,1,1,sell\n", with(*mapping), tape);
    ASSERT_FALSE(report);
    EXPECT_NE(report.error().message.find("older"), std::string::npos);
}

struct RecordedBars {
    const char* file;
    std::size_t bars;
    Duration interval;
    std::uint64_t gaps;
    std::uint32_t missing;
};

class RecordedOhlcv : public testing::TestWithParam<RecordedBars> {};

TEST_P(RecordedOhlcv, HasTheBarsAndHolesItsManifestNames) {
    SKIP_WITHOUT_DATA(GetParam().file);
    MemoryTape tape;
    const auto report = read_all(data_path(GetParam().file), {}, tape);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(tape.size(), GetParam().bars);
    EXPECT_EQ(report->gaps, GetParam().gaps);
    std::uint32_t missing = 0;
    for (std::size_t i = 0; i < tape.size(); ++i) {
        ASSERT_TRUE(valid_market_record(&tape.head(i), tape.head(i).size));
        ASSERT_EQ(tape.as<Bar>(i).interval, GetParam().interval);
        missing += tape.as<Bar>(i).missing;
    }
    EXPECT_EQ(missing, GetParam().missing);
}

INSTANTIATE_TEST_SUITE_P(
    All, RecordedOhlcv,
    testing::Values(RecordedBars{"ohlcv/coinbase_btcusd_1h.csv", 20'111, Duration::hours(1), 0, 0},
                    RecordedBars{"ohlcv/coinbase_btcusd_1d.csv", 1'770, Duration::days(1), 1, 12},
                    RecordedBars{"ohlcv/coinbase_ethusd_1d.csv", 1'319, Duration::days(1), 1, 12},
                    RecordedBars{"ohlcv/btc-perp_1m.csv", 45'031, Duration::minutes(1), 0, 0},
                    RecordedBars{"ohlcv/btcusdt_1h.csv", 585, Duration::hours(1), 0, 0}));

} // namespace
} // namespace grekko::importing
