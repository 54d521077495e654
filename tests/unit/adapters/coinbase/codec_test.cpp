// covers: timestamp.cpp
#include "coinbase/codec.hpp"

#include <grekko/types.h>

#include <gtest/gtest.h>

#include "base/instant.hpp"
#include "coinbase/timestamp.hpp"

namespace grekko::coinbase {
namespace {

using namespace sdk::literals;

std::string frame(std::string_view channel, std::string_view events) {
    return R"({"channel":")" + std::string{channel} +
           R"(","timestamp":"2026-08-09T21:05:48.228568804Z","sequence_num":3,"events":[)" +
           std::string{events} + "]}";
}

const std::string book =
    frame("l2_data", R"({"type":"update","product_id":"BTC-USD","updates":[)"
                     R"({"side":"bid","event_time":"2026-08-09T21:05:48.1Z",)"
                     R"("price_level":"65062.5","new_quantity":"0"},)"
                     R"({"side":"offer","event_time":"2026-08-09T21:05:48.210883Z",)"
                     R"("price_level":"65083","new_quantity":"0.36"}]})");
const std::string trades =
    frame("market_trades",
          R"({"type":"update","trades":[{"product_id":"BTC-USD",)"
          R"("trade_id":"1068572091","price":"65083.67",)"
          R"("size":"0.01034361","time":"2026-08-09T21:05:48.167634Z","side":"SELL"}]})");

Message decoded(std::string_view text) {
    static Codec codec; // views point into it
    Message message;
    EXPECT_EQ(codec.decode(text, 0, message), Refusal::none) << codec.reason();
    return message;
}

Refusal refusal_of(std::string_view text) {
    Codec codec;
    Message message;
    return codec.decode(text, 0, message);
}

TEST(CoinbaseCodec, ReadsABatchOfABook) {
    const Message message = decoded(book);
    EXPECT_EQ(message.channel, Channel::l2_data);
    EXPECT_EQ(message.sequence, 3U);
    EXPECT_EQ(message.sent_at % 1'000'000'000, 228'568'804);
    ASSERT_EQ(message.books.size(), 1U);
    EXPECT_FALSE(message.books[0].snapshot);
    EXPECT_EQ(message.books[0].product, "BTC-USD");
    EXPECT_EQ(message.books[0].count, 2U);
    EXPECT_EQ(message.books[0].event_at % 1'000'000'000, 210'883'000);
    EXPECT_EQ(message.levels[0].side, GREKKO_BUY);
    EXPECT_TRUE(message.levels[0].quantity.is_zero());
    EXPECT_EQ(message.levels[1].side, GREKKO_SELL);
    EXPECT_EQ(message.levels[1].price, 65083_dec);
}

TEST(CoinbaseCodec, ReadsTradesTickersCandlesAndHeartbeats) {
    const Message traded = decoded(trades);
    ASSERT_EQ(traded.trades.size(), 1U);
    EXPECT_EQ(traded.trades[0].trade_id, 1'068'572'091U);
    EXPECT_EQ(traded.trades[0].maker_side, GREKKO_SELL);
    EXPECT_FALSE(traded.trades[0].snapshot);
    const auto text = frame(
        "ticker",
        R"({"type":"update","tickers":[{"type":"ticker","product_id":"ETH-USD","price":"1919.41",)"
        R"("best_bid":"1919.44","best_ask":"1919.49",)"
        R"("best_bid_quantity":"0.02","best_ask_quantity":"0.07"},)"
        R"({"type":"ticker","product_id":"BTC-USD","price":"1"}]})");
    const Message ticker = decoded(text);
    ASSERT_EQ(ticker.tickers.size(), 1U) << "one has no best prices";
    EXPECT_EQ(ticker.tickers[0].ask, 1919.49_dec);
    const auto candles = frame(
        "candles",
        R"({"type":"snapshot","candles":[{"start":"1786309500","high":"1919.6","low":"1919.27",)"
        R"("open":"1919.58","close":"1919.41","volume":"36.3","product_id":"ETH-USD"}]})");
    const Message candle = decoded(candles);
    ASSERT_EQ(candle.candles.size(), 1U);
    EXPECT_TRUE(candle.candles[0].snapshot);
    EXPECT_EQ(candle.candles[0].start, 1'786'309'500'000'000'000);
    const Message beat = decoded(
        frame("heartbeats", R"({"current_time":"2026-08-09 21:05:48.85 +0000 UTC m=+41691",)"
                            R"("heartbeat_counter":41691})"));
    EXPECT_EQ(beat.channel, Channel::heartbeats);
    EXPECT_EQ(beat.heartbeat, 41'691U);
}

TEST(CoinbaseCodec, LetsPassWhatItDoesNotKnow) {
    EXPECT_EQ(decoded(frame("status", R"({"type":"x","products":[{"id":1}]})")).channel,
              Channel::other);
    EXPECT_EQ(decoded(frame("subscriptions", R"({"subscriptions":{"a":["b"]}})")).channel,
              Channel::subscriptions);
    EXPECT_EQ(decoded(R"({"type":"error","message":"bad"})").channel, Channel::venue_error);
    std::string more = book;
    more.insert(1, R"("client_id":"","new":{"events":[1,[2]]},)");
    EXPECT_EQ(decoded(more).levels.size(), 2U);
}

std::string changed(std::string text, std::string_view from, std::string_view to) {
    return text.replace(text.find(from), from.size(), to);
}

TEST(CoinbaseCodec, RefusesMalformedFramesEachWithItsReason) {
    EXPECT_EQ(refusal_of(""), Refusal::cut_short);
    EXPECT_EQ(refusal_of("[]"), Refusal::wrong_type);
    EXPECT_EQ(refusal_of("{}"), Refusal::missing_field);
    EXPECT_EQ(refusal_of(R"({"channel":"ticker","events":[]})"), Refusal::missing_field);
    EXPECT_EQ(refusal_of(changed(book, "_num\":3", "_num\":-3")), Refusal::wrong_type);
    EXPECT_EQ(refusal_of(changed(book, "65062.5", "65062,5")), Refusal::bad_amount);
    EXPECT_EQ(refusal_of(changed(book, "65062.5", "0")), Refusal::bad_amount);
    EXPECT_EQ(refusal_of(changed(book, "0.36", "-0.36")), Refusal::bad_amount);
    EXPECT_EQ(refusal_of(changed(book, "\"bid\"", "\"left\"")), Refusal::wrong_type);
    EXPECT_EQ(refusal_of(changed(book, "\"side\"", "\"sied\"")), Refusal::missing_field);
    EXPECT_EQ(refusal_of(changed(book, "21:05:48.210883Z", "noon")), Refusal::bad_time);
    EXPECT_EQ(refusal_of(changed(book, "product_id", "product")), Refusal::missing_field);
    EXPECT_EQ(refusal_of(changed(book, "update\"", "upd\"")), Refusal::missing_field);
    EXPECT_EQ(refusal_of(changed(trades, "1068572091", "x")), Refusal::wrong_type);
    EXPECT_EQ(refusal_of(changed(trades, "0.01034361", "0")), Refusal::bad_amount);
    EXPECT_EQ(refusal_of(book + "x"), Refusal::cut_short);
    EXPECT_EQ(refusal_of(book + "{}"), Refusal::not_json);
}

TEST(CoinbaseCodec, RefusesAFrameCutAnywhere) {
    for (const std::string_view whole : {std::string_view{book}, std::string_view{trades}}) {
        for (std::size_t size = 0; size < whole.size(); ++size)
            EXPECT_NE(refusal_of(whole.substr(0, size)), Refusal::none) << whole.substr(0, size);
    }
}

TEST(CoinbaseCodec, TakesAHugeSnapshotAndRefusesAFrameAboveTheLimit) {
    std::string levels;
    const std::string level = R"({"side":"bid","event_time":"2026-08-09T21:05:48.170326Z",)"
                              R"("price_level":"65083.66","new_quantity":"0.2"})";
    while (levels.size() < Codec::frame_bytes_max - 1'000)
        levels += (levels.empty() ? "" : ",") + level;
    const auto text = frame("l2_data", R"({"type":"snapshot","product_id":"BTC-USD","updates":[)" +
                                           levels + "]}");
    const Message message = decoded(text);
    EXPECT_TRUE(message.books[0].snapshot);
    EXPECT_GT(message.levels.size(), 100'000U);
    EXPECT_EQ(refusal_of(std::string(Codec::frame_bytes_max + 1, ' ')), Refusal::too_large);
}

TEST(CoinbaseTimestamp, AgreesWithTheHostOnEveryDay) {
    for (std::int64_t day = 0; day < 80'000; day += 13) {
        const auto at = Instant::from_seconds(day * 86'400 + day % 86'400);
        EXPECT_EQ(parse_timestamp(to_string(at)), at.nanoseconds()) << to_string(at);
    }
    EXPECT_EQ(parse_timestamp("2024-02-29T23:59:59.999999999Z"),
              parse_instant("2024-02-29T23:59:59.999999999Z")->nanoseconds());
}

TEST(CoinbaseTimestamp, RefusesEveryOtherForm) {
    for (const char* text :
         {"", "2026-08-09T21:05:48", "2026-08-09 21:05:48Z", "2026-13-09T21:05:48Z",
          "2026-08-09T24:05:48Z", "2026-08-09T21:05:48.Z", "2026-08-09T21:05:48.1234567890Z",
          "2026-08-09T21:05:48,5Z", "1969-08-09T21:05:48Z", "2026-08-09T21:05:48+00:00"})
        EXPECT_FALSE(parse_timestamp(text)) << text;
}

} // namespace
} // namespace grekko::coinbase
