// covers: csv_time.cpp
#include "io/import/csv_mapping.hpp"

#include <gtest/gtest.h>

namespace grekko::importing {
namespace {

constexpr std::int64_t second = 1'000'000'000;

TEST(CsvMapping, ReadsFieldsAndColumns) {
    const auto mapping = parse_mapping(RowKind::trade, "time=ts,price=2,quantity=size,side=4");
    ASSERT_TRUE(mapping);
    const std::string_view header[] = {"ts", "p", "x", "side", "size"};
    const auto places = resolve(*mapping, header);
    ASSERT_TRUE(places);
    EXPECT_EQ((*places)[static_cast<std::size_t>(Field::time)], 0U);
    EXPECT_EQ((*places)[static_cast<std::size_t>(Field::price)], 1U);
    EXPECT_EQ((*places)[static_cast<std::size_t>(Field::quantity)], 4U);
    EXPECT_FALSE((*places)[static_cast<std::size_t>(Field::bid)].has_value());
}

TEST(CsvMapping, SaysWhatIsWrongInAMapping) {
    const auto says = [](RowKind kind, const char* text, const char* words) {
        const auto mapping = parse_mapping(kind, text);
        ASSERT_FALSE(mapping) << text;
        EXPECT_EQ(mapping.error().code, ErrorCode::invalid_argument);
        EXPECT_NE(mapping.error().message.find(words), std::string::npos)
            << mapping.error().message;
    };
    says(RowKind::bar, "time=1,opn=2", "opn=2");
    says(RowKind::bar, "time=1,time=2", "time twice");
    says(RowKind::bar, "time=1,open=2,high=3,low=4,close=5", "volume");
    says(RowKind::bar, "time=", "time=");
    says(RowKind::trade, "time=1,price=2,quantity=3", "side");
    says(RowKind::quote, "time=1,bid=2,bid_quantity=3,ask=4", "ask_quantity");
}

TEST(CsvMapping, NamesTheColumnThatAHeaderHasNot) {
    const std::string_view header[] = {"open_time_s", "open"};
    const auto places = resolve(ohlcv_mapping(), header);
    ASSERT_FALSE(places);
    EXPECT_NE(places.error().message.find("\"high\""), std::string::npos);
    EXPECT_FALSE(resolve(ohlcv_mapping(), {}));
    EXPECT_TRUE(resolve(binance_klines_mapping(), {}));
}

TEST(CsvTime, TellsTheUnitByTheSize) {
    for (const char* text : {"1700000000", "1700000000000", "1700000000000000",
                             "1700000000000000000", "1700000000.000"}) {
        const auto at = parse_time(text, TimeUnit::automatic);
        ASSERT_TRUE(at) << text;
        EXPECT_EQ(at->nanoseconds(), 1'700'000'000 * second) << text;
    }
}

TEST(CsvTime, KeepsEveryDigitDownToTheNanosecond) {
    EXPECT_EQ(parse_time("1786309548.629007812", TimeUnit::seconds)->nanoseconds(),
              1'786'309'548'629'007'812);
    EXPECT_EQ(parse_time("0.000000001", TimeUnit::seconds)->nanoseconds(), 1);
    EXPECT_EQ(parse_time("1700000000001.5", TimeUnit::milliseconds)->nanoseconds(),
              1'700'000'000'001'500'000);
}

TEST(CsvTime, ReadsTextInUtc) {
    for (const char* text :
         {"2023-11-14T22:13:20Z", "2023-11-14 22:13:20", "2023-11-14T23:13:20+01:00"}) {
        const auto at = parse_time(text, TimeUnit::text);
        ASSERT_TRUE(at) << text;
        EXPECT_EQ(at->nanoseconds(), 1'700'000'000 * second) << text;
    }
}

TEST(CsvTime, RefusesWhatIsNoTime) {
    for (const char* text : {"", "x", "-1", "0", "nan", "99999999999999999999999"})
        EXPECT_FALSE(parse_time(text, TimeUnit::automatic)) << text;
    EXPECT_FALSE(parse_time("1e19", TimeUnit::nanoseconds));
    EXPECT_FALSE(parse_time("yesterday", TimeUnit::text));
}

} // namespace
} // namespace grekko::importing
