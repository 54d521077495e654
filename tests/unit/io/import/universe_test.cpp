#include "io/import/universe.hpp"

#include <gtest/gtest.h>

namespace grekko::importing {
namespace {

TEST(Universe, SplitsSymbolsAsPeopleAndVenuesWriteThem) {
    const struct {
        const char *symbol, *base, *quote;
    } cases[] = {
        {"BTC-USD", "BTC", "USD"},  {"BTC/EUR", "BTC", "EUR"},    {"btc_usd", "btc", "usd"},
        {"BTCUSDT", "BTC", "USDT"}, {"BTCFDUSD", "BTC", "FDUSD"}, {"ETHBTC", "ETH", "BTC"},
        {"RUNEEUR", "RUNE", "EUR"}, {"WHATEVER", "", ""},         {"USDT", "", ""}};
    for (const auto& [symbol, base, quote] : cases) {
        EXPECT_EQ(split_symbol(symbol).base, base) << symbol;
        EXPECT_EQ(split_symbol(symbol).quote, quote) << symbol;
    }
}

TEST(Universe, NamesInstrumentsByTheirCurrencies) {
    const std::string symbols[] = {"BTCUSDT", "SHIB-USD"};
    const auto universe = make_universe("binance", symbols);
    ASSERT_TRUE(universe);
    EXPECT_EQ(universe->instruments[1].symbol, "BTC-USDT");
    EXPECT_TRUE(universe->instruments[1].major);
    EXPECT_FALSE(universe->instruments[2].major);
    EXPECT_EQ(universe->instruments[2].id, InstrumentId{2});
    EXPECT_EQ(universe->venues[1].name, "binance");
    EXPECT_EQ(universe->base_currency, "USDT");
    EXPECT_NE(universe->listing(InstrumentId{2}, VenueId{1}), nullptr);
}

TEST(Universe, TakesTheVenuesRulesWhereItSaidThem) {
    grekko_listing listing{};
    std::string{"ETHBTC"}.copy(listing.symbol, 6);
    std::string{"ETH"}.copy(listing.base, 3);
    std::string{"BTC"}.copy(listing.quote, 3);
    listing.tick = {1'000'000'000'000, 0}; // 0.000001
    listing.status = GREKKO_POST_ONLY;
    const auto universe = make_universe("binance", std::span{&listing, 1});
    ASSERT_TRUE(universe);
    EXPECT_EQ(universe->listings[0].tick, 0.000001_price);
    EXPECT_EQ(universe->listings[0].lot, Listing{}.lot);
    EXPECT_EQ(universe->listings[0].status, TradingStatus::post_only);
}

TEST(Universe, RefusesNamesThatAreTooLongOrTwice) {
    const std::string twice[] = {"BTCUSDT", "BTC-USDT"};
    EXPECT_FALSE(make_universe("x", twice));
    const std::string long_name[] = {"ABCDEFGHIJKLMNOPQRSTUVWXYZ"};
    EXPECT_FALSE(make_universe("x", long_name));
}

} // namespace
} // namespace grekko::importing
