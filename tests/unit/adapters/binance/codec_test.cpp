#include "binance/codec.hpp"

#include <gtest/gtest.h>

namespace grekko::binance {
namespace {

using namespace sdk::literals;

constexpr const char* depth =
    R"({"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":10,"u":12,)"
    R"("b":[["61737.63000000","0.00000000"],["61730.17","1.5"]],"a":[["61837.64","1.54698000"]]})";
constexpr const char* ticker = R"({"stream":"btcusdt@bookTicker","data":{"u":7,"s":"BTCUSDT",)"
                               R"("b":"100.5","B":"2","a":"101","A":"3"}})";
constexpr const char* trade = R"({"e":"trade","E":1,"s":"BTCUSDT","t":5,"p":"100","q":"0.02",)"
                              R"("T":1723161255342,"m":true,"M":true})";

Message decoded(std::string_view frame) {
    Codec codec;
    Message message;
    EXPECT_EQ(codec.decode(frame, 0, message), Refusal::none) << codec.reason();
    return message;
}

Refusal refusal_of(std::string_view frame) {
    Codec codec;
    Message message;
    return codec.decode(frame, 0, message);
}

TEST(BinanceCodec, ReadsADepthUpdateRawAndCombined) {
    const auto combined = R"({"stream":"btcusdt@depth","data":)" + std::string{depth} + "}";
    const auto reversed = R"({"data":)" + std::string{depth} + R"(,"stream":"btcusdt@depth"})";
    for (const std::string& frame : {std::string{depth}, combined, reversed}) {
        const Message message = decoded(frame);
        EXPECT_EQ(message.kind, MessageKind::depth_update);
        EXPECT_EQ(message.exchange_at, 1'723'161'255'208'000'000);
        EXPECT_EQ(message.first_id, 10U);
        EXPECT_EQ(message.last_id, 12U);
        ASSERT_EQ(message.bids.size(), 2U);
        EXPECT_EQ(message.bids[0].price, 61737.63_dec);
        EXPECT_TRUE(message.bids[0].quantity.is_zero());
        EXPECT_EQ(message.asks[0].quantity, 1.54698_dec);
    }
}

TEST(BinanceCodec, ReadsASnapshotAndKeepsNothingOfTheMessageBefore) {
    Codec codec;
    Message message;
    ASSERT_EQ(codec.decode(depth, 0, message), Refusal::none);
    ASSERT_EQ(codec.decode(R"({"lastUpdateId":99,"bids":[["1","2"]],"asks":[]})", 0, message),
              Refusal::none);
    EXPECT_EQ(message.kind, MessageKind::depth_snapshot);
    EXPECT_EQ(message.last_id, 99U);
    EXPECT_EQ(message.bids.size(), 1U);
    EXPECT_TRUE(message.asks.empty());
    EXPECT_TRUE(message.symbol.empty());
}

TEST(BinanceCodec, ReadsBookTickerTradeAndAggTrade) {
    const std::string ticker_frame = ticker;
    Codec codec;
    Message message;
    ASSERT_EQ(codec.decode(ticker_frame, 0, message), Refusal::none) << codec.reason();
    EXPECT_EQ(message.kind, MessageKind::book_ticker);
    EXPECT_EQ(message.symbol, "BTCUSDT");
    EXPECT_EQ(message.bid, 100.5_dec);
    EXPECT_EQ(message.ask_quantity, 3_dec);
    ASSERT_EQ(codec.decode(trade, 0, message), Refusal::none) << codec.reason();
    EXPECT_EQ(message.kind, MessageKind::trade);
    EXPECT_TRUE(message.buyer_is_maker);
    EXPECT_EQ(message.trade_id, 5U);
    EXPECT_EQ(message.exchange_at, 1'723'161'255'342'000'000);
    ASSERT_EQ(codec.decode(R"({"e":"aggTrade","E":1,"s":"X","a":26129,"p":"0.01","q":"4.7",)"
                           R"("f":1,"l":2,"T":1498793709153,"m":false,"M":true})",
                           0, message),
              Refusal::none)
        << codec.reason();
    EXPECT_EQ(message.kind, MessageKind::agg_trade);
    EXPECT_EQ(message.trade_id, 26129U);
    EXPECT_FALSE(message.buyer_is_maker);
}

TEST(BinanceCodec, ReadsAKline) {
    const Message message = decoded(
        R"({"e":"kline","E":1,"s":"BTCUSDT","k":{"t":60000,"T":119999,"s":"BTCUSDT","i":"1m",)"
        R"("f":1,"L":2,"o":"1","c":"2","h":"3","l":"0.5","v":"10","n":4,"x":true,"q":"1","V":"1",)"
        R"("Q":"1","B":"0"}})");
    EXPECT_EQ(message.kind, MessageKind::kline);
    EXPECT_EQ(message.kline.open_at, 60'000'000'000);
    EXPECT_EQ(message.kline.low, 0.5_dec);
    EXPECT_EQ(message.kline.trades, 4U);
    EXPECT_TRUE(message.kline.closed);
}

TEST(BinanceCodec, LetsPassWhatIsOfNoUse) {
    EXPECT_EQ(decoded(R"({"result":null,"id":1})").kind, MessageKind::acknowledgement);
    EXPECT_EQ(decoded(R"({"code":2,"msg":"Invalid request"})").kind, MessageKind::venue_error);
    EXPECT_EQ(decoded(R"({"e":"24hrTicker","s":"X","p":"-1.5","b":"1"})").kind,
              MessageKind::ignored);
    EXPECT_EQ(
        decoded(R"({"stream":"x@depth5","data":{"lastUpdateId":1,"bids":[],"asks":[]}})").kind,
        MessageKind::ignored);
}

TEST(BinanceCodec, PassesOverUnknownFieldsOfEveryShape) {
    std::string frame = depth;
    frame.insert(1, R"("new":{"deep":[1,{"u":99}],"b":null},"zz":[[]],"Z":"x","U2":-1.5e3,)");
    const Message message = decoded(frame);
    EXPECT_EQ(message.kind, MessageKind::depth_update);
    EXPECT_EQ(message.last_id, 12U);
}

struct Malformed {
    const char* frame;
    Refusal refusal;
};

TEST(BinanceCodec, RefusesMalformedFramesEachWithItsReason) {
    const Malformed cases[] = {
        {"", Refusal::cut_short},
        {"hello", Refusal::wrong_type},
        {"[1,2]", Refusal::wrong_type},
        {"{}", Refusal::missing_field},
        {R"({"e":"trade"})", Refusal::missing_field},
        {R"({"e":7})", Refusal::wrong_type},
        {R"({"lastUpdateId":"1","bids":[],"asks":[]})", Refusal::wrong_type},
        {R"({"lastUpdateId":1,"bids":[["1"]],"asks":[]})", Refusal::missing_field},
        {R"({"lastUpdateId":1,"bids":[["0","1"]],"asks":[]})", Refusal::bad_amount},
        {R"({"lastUpdateId":1,"bids":[["1","-1"]],"asks":[]})", Refusal::bad_amount},
        {R"({"lastUpdateId":1,"bids":[["1x","1"]],"asks":[]})", Refusal::bad_amount},
        {R"({"lastUpdateId":1,"bids":[["1","1e5"]],"asks":[]})", Refusal::bad_amount},
        {R"({"lastUpdateId":1,"bids":[[1,2]],"asks":[]})", Refusal::wrong_type},
        {R"({"lastUpdateId":1,"bids":{},"asks":[]})", Refusal::wrong_type},
        {R"({"lastUpdateId":-1,"bids":[],"asks":[]})", Refusal::wrong_type},
        {R"({"u":7,"s":"X","b":"999999999999999999999","B":"2","a":"1","A":"3"})",
         Refusal::bad_amount},
        {R"({"e":"trade","s":"X","t":5,"p":"0","q":"1","T":1,"m":true})", Refusal::bad_amount},
        {R"({"e":"trade","s":"X","t":5,"p":"1","q":"1","T":99999999999999999,"m":true})",
         Refusal::wrong_type},
        {R"({"e":"kline","s":"X","k":{"t":1}})", Refusal::missing_field},
        {R"({"result":null,"id":1} trailing)", Refusal::cut_short},
        {R"({"result":null,"id":1} {"id":2})", Refusal::not_json},
    };
    for (const auto& [frame, refusal] : cases)
        EXPECT_EQ(name(refusal_of(frame)), std::string{name(refusal)}) << frame;
}

TEST(BinanceCodec, RefusesAFrameCutAnywhere) {
    for (const std::string_view whole : {depth, ticker, trade}) {
        for (std::size_t size = 0; size < whole.size(); ++size)
            EXPECT_NE(refusal_of(whole.substr(0, size)), Refusal::none) << whole.substr(0, size);
    }
}

TEST(BinanceCodec, TakesAHugeFrameAndRefusesOneAboveTheLimit) {
    std::string frame = R"({"lastUpdateId":1,"asks":[],"bids":[["1","2"])";
    while (frame.size() < Codec::frame_bytes_max - 100)
        frame += R"(,["1234.56789012","0.00012345"])";
    frame += "]}";
    EXPECT_GT(decoded(frame).bids.size(), 500'000U);
    EXPECT_EQ(refusal_of(std::string(Codec::frame_bytes_max + 1, ' ')), Refusal::too_large);
}

} // namespace
} // namespace grekko::binance
