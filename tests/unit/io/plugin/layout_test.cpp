#include "io/plugin/layout.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace grekko::plugin {
namespace {

grekko_report fill_report() {
    grekko_report report{};
    report.size = sizeof report;
    report.kind = GREKKO_REPORT_FILLED;
    report.side = GREKKO_SELL;
    report.liquidity = GREKKO_MAKER;
    report.instrument = 3;
    report.order = 77;
    report.price = to_sdk((100.5_price).decimal());
    report.quantity = to_sdk((2_quantity).decimal());
    report.fee = to_sdk((0.1_notional).decimal());
    std::memcpy(report.currency, "USD", 3);
    std::memcpy(report.trade_id, "t-1", 3);
    return report;
}

TEST(Layout, CarriesADecimalBothWays) {
    for (const char* text : {"0", "-1", "99999999999999999999.999999999999999999", "-0.5"}) {
        const Decimal value = Decimal::parse(text).value();
        EXPECT_EQ(from_sdk(to_sdk(value)), value) << text;
    }
}

TEST(Layout, RefusesADecimalOutOfRange) {
    EXPECT_FALSE(from_sdk(grekko_decimal{0, INT64_MAX}).has_value());
}

TEST(Layout, ViewsAMarketRecordWithoutACopy) {
    Trade trade{market_head<Trade, MarketKind::trade>(), 5_price, 6_quantity, 9};
    const auto* seen = reinterpret_cast<const grekko_trade*>(to_sdk(trade.head));
    EXPECT_EQ(seen->head.kind, GREKKO_MARKET_TRADE);
    EXPECT_EQ(from_sdk(seen->price), trade.price.decimal());
    EXPECT_EQ(seen->trade_id, 9U);
}

TEST(Layout, TranslatesAFill) {
    const VenueReport report = from_sdk(fill_report(), VenueId{2}).value();
    EXPECT_EQ(report.fill.price, 100.5_price);
    EXPECT_EQ(report.fill.quantity, 2_quantity);
    EXPECT_EQ(report.fill.side, Side::sell);
    EXPECT_EQ(report.fill.venue, VenueId{2});
    EXPECT_EQ(report.fill.order, OrderId{77});
    EXPECT_TRUE(report.fill.trade_id == "t-1");
    EXPECT_TRUE(report.fill.fee_currency == "USD");
}

TEST(Layout, RefusesAReportThatMakesNoSenseAndNamesTheField) {
    grekko_report report = fill_report();
    report.kind = 99;
    EXPECT_NE(from_sdk(report, VenueId{1}).error().message.find("kind"), std::string::npos);
    report = fill_report();
    report.quantity = grekko_decimal{0, 0};
    EXPECT_NE(from_sdk(report, VenueId{1}).error().message.find("quantity"), std::string::npos);
    report = fill_report();
    report.side = 3;
    EXPECT_NE(from_sdk(report, VenueId{1}).error().message.find("side"), std::string::npos);
}

TEST(Layout, PutsEveryFieldOfAnOrderIntoTheRequest) {
    Order order;
    order.id = OrderId{9};
    order.venue = VenueId{1};
    order.instrument = InstrumentId{4};
    order.side = Side::sell;
    order.type = OrderType::stop_limit;
    order.time_in_force = TimeInForce::gtd;
    order.post_only = true;
    order.reduce_only = true;
    order.quantity = 3_quantity;
    order.limit = 10_price;
    order.trigger = 11_price;
    order.client_id = "abc";
    const grekko_request request = place_request(order, Instant::from_seconds(5));
    EXPECT_EQ(request.kind, GREKKO_REQUEST_PLACE);
    EXPECT_EQ(request.side, GREKKO_SELL);
    EXPECT_EQ(request.type, GREKKO_STOP_LIMIT);
    EXPECT_EQ(request.time_in_force, GREKKO_GTD);
    EXPECT_EQ(request.flags, GREKKO_ORDER_POST_ONLY | GREKKO_ORDER_REDUCE_ONLY);
    EXPECT_EQ(from_sdk(request.trigger), (11_price).decimal());
    EXPECT_STREQ(request.client_id, "abc");
    EXPECT_EQ(request.at, 5'000'000'000);
}

}  // namespace
}  // namespace grekko::plugin
