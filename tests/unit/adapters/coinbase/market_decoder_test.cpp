// covers: listings.cpp, session.cpp, message.hpp
#include "coinbase/market_decoder.hpp"

#include <grekko/decimal.hpp>

#include <gtest/gtest.h>

namespace grekko::coinbase {
namespace {

using namespace sdk::literals;

class CoinbaseDecoder : public testing::Test {
protected:
    static Options options() {
        Options options;
        options.products = {"BTC-USD"};
        return options;
    }
    // The records of a frame in short, as R L C7 G2 Tb Q B; X: refused.
    std::string give(std::uint64_t sequence, std::string_view events) {
        return give_text(R"({"channel":"l2_data","timestamp":"2026-08-09T21:05:48Z",)"
                         R"("sequence_num":)" +
                         std::to_string(sequence) + R"(,"events":[)" + std::string{events} + "]}");
    }
    std::string give_text(const std::string& text, std::uint8_t kind = GREKKO_FRAME_STREAM) {
        grekko_frame frame{};
        frame.kind = kind;
        frame.received_at = ++now_;
        frame.text = text.data();
        frame.text_bytes = text.size();
        if (decoder_.frame(frame) != GREKKO_OK) return "X ";
        return taken();
    }
    std::string taken() {
        std::string text;
        while (const grekko_market_head* const head = decoder_.next_record()) {
            switch (head->kind) {
            case GREKKO_MARKET_BOOK_RESET: text += "R "; break;
            case GREKKO_MARKET_BOOK_LEVEL: text += "L "; break;
            case GREKKO_MARKET_BOOK_COMMIT: text += "C "; break;
            case GREKKO_MARKET_TRADE: text += head->flags == GREKKO_BUY ? "Tb " : "Ts "; break;
            case GREKKO_MARKET_QUOTE: text += "Q "; break;
            case GREKKO_MARKET_BAR: text += "B "; break;
            case GREKKO_MARKET_GAP:
                text +=
                    "G" + std::to_string(reinterpret_cast<const grekko_gap*>(head)->missing) + " ";
                break;
            default: text += "? ";
            }
        }
        return text;
    }
    static std::string book(std::string_view type) {
        return R"({"type":")" + std::string{type} +
               R"(","product_id":"BTC-USD","updates":[{"side":"bid","event_time":)"
               R"("2026-08-09T21:05:48Z","price_level":"1","new_quantity":"2"}]})";
    }
    static std::string trade(std::string_view type, int id) {
        return R"({"type":")" + std::string{type} +
               R"(","trades":[{"product_id":"BTC-USD","trade_id":")" + std::to_string(id) +
               R"(","price":"1","size":"1","time":"2026-08-09T21:05:48Z","side":"SELL"}]})";
    }
    static std::string candle(std::string_view type, int start) {
        return R"({"type":")" + std::string{type} +
               R"(","candles":[{"product_id":"BTC-USD","start":")" + std::to_string(start) +
               R"(","open":"1","high":"1","low":"1","close":"1","volume":"1"}]})";
    }
    static constexpr const char* ticker =
        R"({"type":"update","tickers":[{"product_id":"BTC-USD","best_bid":"1","best_ask":"2",)"
        R"("best_bid_quantity":"1","best_ask_quantity":"1"}]})";

    MarketDecoder decoder_{options()};
    grekko_time now_{0};
};

TEST_F(CoinbaseDecoder, TakesBatchesFromTheSnapshotOn) {
    EXPECT_EQ(give(0, book("update")), "");
    EXPECT_EQ(give(1, book("snapshot")), "R L C ");
    EXPECT_EQ(give(2, book("update")), "L C ");
}

TEST_F(CoinbaseDecoder, LosesTheBookWhereTheCountOfFramesJumps) {
    give(0, book("snapshot"));
    EXPECT_EQ(give(4, book("update")), "G3 ");
    grekko_market_request request{};
    ASSERT_TRUE(decoder_.next_request(request));
    EXPECT_EQ(request.kind, GREKKO_ASK_RESUBSCRIBE);
    EXPECT_STREQ(request.symbol, "BTC-USD");
    EXPECT_FALSE(decoder_.next_request(request));
    EXPECT_EQ(give(5, book("update")), "");
    EXPECT_EQ(give(6, book("snapshot")), "R L C ");
    EXPECT_EQ(decoder_.statistics().gaps, 1U);
    EXPECT_EQ(decoder_.statistics().books, 2U);
}

TEST_F(CoinbaseDecoder, DropsFramesThatComeTwiceOrLate) {
    give(0, book("snapshot"));
    give(1, book("update"));
    EXPECT_EQ(give(1, book("update")), "");
    EXPECT_EQ(give(0, book("snapshot")), "");
    EXPECT_EQ(give(2, book("update")), "L C ");
    EXPECT_EQ(decoder_.statistics().duplicates, 2U);
}

TEST_F(CoinbaseDecoder, CountsAnewOnANewConnection) {
    give(7, book("snapshot"));
    EXPECT_EQ(give_text("", GREKKO_FRAME_CONNECTED), "G0 ");
    EXPECT_EQ(give(0, book("update")), "");
    EXPECT_EQ(give(1, book("snapshot")), "R L C ");
}

TEST_F(CoinbaseDecoder, TellsTradesOnceWithTheTakersSideAndNoHistory) {
    EXPECT_EQ(give(0, trade("snapshot", 10)), "");
    EXPECT_EQ(give(1, trade("update", 10)), "");
    EXPECT_EQ(give(2, trade("update", 11)), "Tb ") << "the maker sold";
}

TEST_F(CoinbaseDecoder, QuotesStandInForABookThatIsNotInStep) {
    EXPECT_EQ(give(0, ticker), "Q ");
    give(1, book("snapshot"));
    EXPECT_EQ(give(2, ticker), "");
}

TEST_F(CoinbaseDecoder, ClosesACandleWhenTheNextOneBegins) {
    EXPECT_EQ(give(0, candle("snapshot", 300)), "");
    EXPECT_EQ(give(1, candle("update", 300)), "");
    EXPECT_EQ(give(2, candle("update", 600)), "B ");
    EXPECT_EQ(give(3, candle("update", 300)), "") << "late";
}

TEST_F(CoinbaseDecoder, CountsAMalformedFrameAndDoesNotBelieveItsNumber) {
    give(0, book("snapshot"));
    EXPECT_EQ(give(9, R"({"type":"update","product_id":"BTC-USD","updates":[{}]})"), "X ");
    EXPECT_EQ(decoder_.statistics().malformed, 1U);
    ASSERT_EQ(decoder_.quarantine().size(), 1U);
    EXPECT_EQ(decoder_.quarantine()[0].refusal, Refusal::missing_field);
    EXPECT_EQ(give(2, book("update")), "G1 ") << "what it held is lost: the next number tells";
}

TEST_F(CoinbaseDecoder, ReadsTheRulesOfProducts) {
    const std::string url = "https://api.coinbase.com/api/v3/brokerage/market/products";
    const std::string text =
        R"({"products":[{"product_id":"BTC-USD",)"
        R"("base_currency_id":"BTC","quote_currency_id":"USD",)"
        R"("price_increment":"0.01","base_increment":"0.00000001","base_min_size":"0.0001",)"
        R"("base_max_size":"3400","quote_min_size":"1","status":"online","post_only":true}]})";
    grekko_frame frame{};
    frame.kind = GREKKO_FRAME_ANSWER;
    frame.text = text.data();
    frame.text_bytes = text.size();
    frame.url = url.data();
    frame.url_bytes = url.size();
    EXPECT_EQ(decoder_.frame(frame), GREKKO_OK);
    grekko_listing listing{};
    ASSERT_TRUE(decoder_.listing(0, listing));
    EXPECT_STREQ(listing.base, "BTC");
    EXPECT_EQ(listing.status, GREKKO_POST_ONLY);
    EXPECT_EQ(sdk::Decimal{listing.tick}, 0.01_dec);
    EXPECT_EQ(sdk::Decimal{listing.quantity_max}, 3400_dec);
    EXPECT_FALSE(decoder_.listing(1, listing));
}

} // namespace
} // namespace grekko::coinbase
