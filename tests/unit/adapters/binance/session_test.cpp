// covers: book_sync.cpp
#include "binance/session.hpp"

#include <gtest/gtest.h>

namespace grekko::binance {
namespace {

Message update(std::uint64_t first, std::uint64_t last) {
    Message message;
    message.kind = MessageKind::depth_update;
    message.symbol = "BTCUSDT";
    message.first_id = first;
    message.last_id = last;
    message.bids = {{sdk::Decimal{100}, sdk::Decimal{static_cast<std::int64_t>(last)}}};
    return message;
}

Message snapshot(std::uint64_t last) {
    Message message;
    message.kind = MessageKind::depth_snapshot;
    message.last_id = last;
    message.bids = {{sdk::Decimal{99}, sdk::Decimal{1}}};
    message.asks = {{sdk::Decimal{101}, sdk::Decimal{1}}};
    return message;
}

Options options() {
    Options options;
    options.symbols = {"BTCUSDT"};
    return options;
}

class BinanceSession : public testing::Test {
protected:
    // The records of a message in short: R reset, L level, C12 commit of id 12, G3 gap, T, Q, B.
    std::string on(const Message& message, std::string_view symbol = {}) {
        records_.clear();
        session_.on_message(message, symbol, ++now_, records_);
        return text();
    }
    std::string text() {
        std::string text;
        while (const grekko_market_head* const head = records_.next()) {
            switch (head->kind) {
            case GREKKO_MARKET_BOOK_RESET: text += "R "; break;
            case GREKKO_MARKET_BOOK_LEVEL: text += "L "; break;
            case GREKKO_MARKET_BOOK_COMMIT:
                text += "C" + id(reinterpret_cast<const grekko_book_commit*>(head)->update_id);
                break;
            case GREKKO_MARKET_GAP:
                text += "G" + id(reinterpret_cast<const grekko_gap*>(head)->missing);
                break;
            case GREKKO_MARKET_TRADE: text += head->flags == GREKKO_BUY ? "Tb " : "Ts "; break;
            case GREKKO_MARKET_QUOTE: text += "Q "; break;
            case GREKKO_MARKET_BAR: text += "B "; break;
            default: text += "? ";
            }
            EXPECT_EQ(head->received_at, now_);
            EXPECT_EQ(head->instrument, 1U);
        }
        return text;
    }
    static std::string id(std::uint64_t value) { return std::to_string(value) + " "; }
    bool asks_snapshot() {
        grekko_market_request request{};
        const bool asks = session_.take_request(request);
        EXPECT_STREQ(request.symbol, asks ? "BTCUSDT" : "");
        return asks;
    }

    Session session_{options()};
    sdk::RecordBuffer records_;
    grekko_time now_{1'000};
};

TEST_F(BinanceSession, HoldsUpdatesBackUntilTheSnapshotAndDropsWhatItKnows) {
    EXPECT_EQ(on(update(5, 7)), "");
    EXPECT_TRUE(asks_snapshot());
    EXPECT_EQ(on(update(8, 10)), "");
    EXPECT_FALSE(asks_snapshot()) << "one is on its way";
    EXPECT_EQ(on(update(11, 12)), "");
    EXPECT_EQ(on(snapshot(9)), "R L L C9 L C10 L C12 ");
    EXPECT_TRUE(session_.in_step(0));
    EXPECT_EQ(on(update(13, 13)), "L C13 ");
}

TEST_F(BinanceSession, FetchesAgainASnapshotOlderThanWhatIsHeld) {
    on(update(20, 22));
    EXPECT_TRUE(asks_snapshot());
    EXPECT_EQ(on(snapshot(18)), "");
    EXPECT_TRUE(asks_snapshot());
    EXPECT_EQ(on(snapshot(19)), "R L L C19 L C22 ") << "the id just before joins";
}

TEST_F(BinanceSession, TellsAGapAndStartsAgain) {
    on(snapshot(9));
    EXPECT_EQ(on(update(10, 11)), "L C11 ");
    EXPECT_EQ(on(update(15, 16)), "G3 ");
    EXPECT_TRUE(asks_snapshot());
    EXPECT_FALSE(session_.in_step(0));
    EXPECT_EQ(on(update(17, 18)), "");
    EXPECT_EQ(on(snapshot(16)), "R L L C16 L C18 ");
    EXPECT_EQ(session_.statistics().gaps, 1U);
    EXPECT_EQ(session_.statistics().books, 2U);
}

TEST_F(BinanceSession, TellsAGapAmongTheUpdatesHeld) {
    on(update(5, 6));
    on(update(9, 10));
    asks_snapshot();
    EXPECT_EQ(on(snapshot(4)), "R L L C4 L C6 G2 ");
    EXPECT_TRUE(asks_snapshot());
    EXPECT_EQ(on(snapshot(8)), "R L L C8 L C10 ");
}

TEST_F(BinanceSession, DropsDuplicatesAndLateUpdatesAndTakesOverlappingOnes) {
    on(snapshot(9));
    EXPECT_EQ(on(update(10, 12)), "L C12 ");
    EXPECT_EQ(on(update(10, 12)), "");
    EXPECT_EQ(on(update(5, 6)), "");
    EXPECT_EQ(on(update(12, 14)), "L C14 ");
    EXPECT_EQ(session_.statistics().duplicates, 2U);
    EXPECT_EQ(session_.statistics().gaps, 0U);
}

TEST_F(BinanceSession, LosesItsBooksWithTheConnection) {
    on(snapshot(9));
    records_.clear();
    session_.on_disconnected(++now_, records_);
    EXPECT_EQ(text(), "G0 ");
    EXPECT_EQ(on(update(10, 11)), "");
    EXPECT_TRUE(asks_snapshot());
    records_.clear();
    session_.on_disconnected(++now_, records_);
    EXPECT_EQ(text(), "") << "a book that is lost is not lost again";
}

TEST_F(BinanceSession, HoldsNoMoreThanItsLimit) {
    Message large = update(1, 1);
    large.bids.assign(BookSync::levels_held_max / 4, large.bids[0]);
    for (std::uint64_t i = 1; i <= 6; ++i) {
        large.first_id = large.last_id = i;
        on(large);
    }
    EXPECT_EQ(on(snapshot(2)), "") << "the first four were dropped";
    records_.clear();
    EXPECT_NE(on(snapshot(4)).find("C6"), std::string::npos);
}

TEST_F(BinanceSession, QuotesStandInForABookThatIsNotInStep) {
    Message ticker;
    ticker.kind = MessageKind::book_ticker;
    ticker.symbol = "BTCUSDT";
    EXPECT_EQ(on(ticker), "Q ");
    on(snapshot(9));
    EXPECT_EQ(on(ticker), "");
}

TEST_F(BinanceSession, TellsATradeOnceWithTheTakersSide) {
    Message trade;
    trade.kind = MessageKind::trade;
    trade.symbol = "BTCUSDT";
    trade.trade_id = 5;
    trade.buyer_is_maker = true;
    EXPECT_EQ(on(trade), "Ts ");
    EXPECT_EQ(on(trade), "");
    trade.trade_id = 6;
    trade.buyer_is_maker = false;
    EXPECT_EQ(on(trade), "Tb ");
    trade.kind = MessageKind::agg_trade;
    trade.trade_id = 900;
    EXPECT_EQ(on(trade), "") << "the other stream tells the same trades";
}

TEST_F(BinanceSession, TellsClosedKlinesOnly) {
    Message kline;
    kline.kind = MessageKind::kline;
    kline.symbol = "BTCUSDT";
    kline.kline.close_at = 59'999'000'000;
    EXPECT_EQ(on(kline), "");
    kline.kline.closed = true;
    EXPECT_EQ(on(kline), "B ");
}

TEST_F(BinanceSession, CountsAndIgnoresSymbolsItWasNotTold) {
    Message other = update(1, 2);
    other.symbol = "ETHUSDT";
    EXPECT_EQ(on(other), "");
    EXPECT_EQ(session_.statistics().ignored, 1U);
    EXPECT_EQ(session_.symbols().size(), 1U);
}

} // namespace
} // namespace grekko::binance
