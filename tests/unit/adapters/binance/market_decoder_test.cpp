// covers: listings.cpp
#include "binance/market_decoder.hpp"

#include <grekko/decimal.hpp>

#include <gtest/gtest.h>

namespace grekko::binance {
namespace {

using namespace sdk::literals;

class BinanceDecoder : public testing::Test {
protected:
    ~BinanceDecoder() override { table_.destroy(table_.self); }
    grekko_status give(std::uint8_t kind, std::string_view text, std::string_view url = {}) {
        grekko_frame frame{};
        frame.size = sizeof frame;
        frame.kind = kind;
        frame.received_at = ++now_;
        frame.text = text.data();
        frame.text_bytes = text.size();
        frame.url = url.data();
        frame.url_bytes = url.size();
        return table_.frame(table_.self, &frame);
    }
    static Options discovering() {
        Options options;
        options.discover = true;
        return options;
    }
    grekko_market_decoder table_{make_market_decoder(discovering())};
    grekko_time now_{0};
};

TEST_F(BinanceDecoder, QuarantinesAMalformedFrameWithItsReasonAndGoesOn) {
    MarketDecoder decoder{discovering()};
    grekko_frame frame{};
    const std::string text = R"({"e":"trade","s":"X)" + std::string(1'000, 'x');
    frame.kind = GREKKO_FRAME_STREAM;
    frame.text = text.data();
    frame.text_bytes = text.size();
    for (std::size_t i = 0; i < Quarantined::kept_max + 5; ++i) {
        frame.received_at = static_cast<grekko_time>(i);
        EXPECT_EQ(decoder.frame(frame), GREKKO_ERROR_INVALID);
        EXPECT_EQ(decoder.next_record(), nullptr);
    }
    EXPECT_EQ(decoder.statistics().malformed, Quarantined::kept_max + 5);
    ASSERT_EQ(decoder.quarantine().size(), Quarantined::kept_max);
    const Quarantined& newest = decoder.quarantine().back();
    EXPECT_EQ(newest.refusal, Refusal::cut_short);
    EXPECT_EQ(newest.received_at, static_cast<grekko_time>(Quarantined::kept_max + 4));
    EXPECT_EQ(newest.bytes, text.size());
    EXPECT_EQ(newest.beginning, text.substr(0, Quarantined::bytes_kept));
    EXPECT_NE(newest.reason.find("cut_short"), std::string::npos);
}

TEST_F(BinanceDecoder, FindsSymbolsAndTheirRules) {
    EXPECT_EQ(
        give(GREKKO_FRAME_ANSWER,
             R"({"symbols":[{"symbol":"ETHBTC","status":"TRADING","baseAsset":"ETH",)"
             R"("quoteAsset":"BTC","filters":[{"filterType":"PRICE_FILTER",)"
             R"("minPrice":"0.000001","maxPrice":"9","tickSize":"0.000001"},)"
             R"({"filterType":"LOT_SIZE","minQty":"0.0001","maxQty":"5","stepSize":"0.0001"},)"
             R"({"filterType":"MIN_NOTIONAL","minNotional":"0.0001"},{"filterType":"NEW"}]}]})",
             "https://api.binance.com/api/v3/exchangeInfo"),
        GREKKO_OK);
    grekko_listing listing{};
    EXPECT_EQ(table_.listing(table_.self, 0, &listing), 0) << "it is not traded in the stream";
    EXPECT_EQ(give(GREKKO_FRAME_STREAM,
                   R"({"e":"trade","s":"ETHBTC","t":5,"p":"1","q":"1","T":1,"m":true})"),
              GREKKO_OK);
    ASSERT_EQ(table_.listing(table_.self, 0, &listing), 1);
    EXPECT_STREQ(listing.symbol, "ETHBTC");
    EXPECT_STREQ(listing.quote, "BTC");
    EXPECT_EQ(listing.instrument, 1U);
    EXPECT_EQ(listing.status, GREKKO_TRADING);
    EXPECT_EQ(sdk::Decimal{listing.tick}, 0.000001_dec);
    EXPECT_EQ(sdk::Decimal{listing.lot}, 0.0001_dec);
    EXPECT_EQ(sdk::Decimal{listing.notional_min}, 0.0001_dec);
    EXPECT_EQ(table_.listing(table_.self, 1, &listing), 0);
}

TEST_F(BinanceDecoder, TakesTheSymbolOfASnapshotFromItsAddress) {
    constexpr const char* book = R"({"lastUpdateId":9,"bids":[["1","1"]],"asks":[["2","1"]]})";
    EXPECT_EQ(give(GREKKO_FRAME_ANSWER, book,
                   "https://api.binance.com/api/v3/depth?symbol=BTCUSDT&limit=5000"),
              GREKKO_OK);
    const grekko_market_head* const head = table_.next_record(table_.self);
    ASSERT_NE(head, nullptr);
    EXPECT_EQ(head->kind, GREKKO_MARKET_BOOK_RESET);
    EXPECT_EQ(give(GREKKO_FRAME_ANSWER, "not json", "https://x/exchangeInfo"),
              GREKKO_ERROR_INVALID);
    EXPECT_STRNE(table_.last_refusal(table_.self), "");
}

} // namespace
} // namespace grekko::binance
