#include "research/report/trips.hpp"

#include <gtest/gtest.h>

namespace grekko::report {
namespace {

TripTrade deal(Side side, Quantity quantity, Price price, Notional fee = {}, Price stop = {}) {
    static std::int64_t second = 0;
    TripTrade trade;
    trade.agent = AgentId{1};
    trade.instrument = InstrumentId{1};
    trade.side = side;
    trade.quantity = quantity;
    trade.value = multiply(price, quantity, Rounding::half_even);
    trade.fee = fee;
    trade.stop = stop;
    trade.at = Instant::from_seconds(++second);
    return trade;
}

TEST(Trips, FromFlatToFlatIsOneTripWithMeansAndFees) {
    Trips trips;
    trips.trade(deal(Side::buy, 1_quantity, 100_price, 1_notional, 90_price));
    trips.trade(deal(Side::buy, 3_quantity, 120_price, 2_notional, 110_price));
    trips.trade(deal(Side::sell, 2_quantity, 130_price, 1_notional));
    EXPECT_TRUE(trips.closed().empty());
    trips.trade(deal(Side::sell, 2_quantity, 110_price, 1_notional));
    ASSERT_EQ(trips.closed().size(), 1U);
    const Trip& trip = trips.closed()[0];
    EXPECT_EQ(trip.entry(), 115_price);
    EXPECT_EQ(trip.exit(), 120_price);
    EXPECT_EQ(trip.gross(), 20_notional);
    EXPECT_EQ(trip.fees, 5_notional);
    EXPECT_EQ(trip.at_risk, 40_notional); // 1 · 10 + 3 · 10
    EXPECT_TRUE(trips.open().empty());
}

TEST(Trips, ATradeThroughZeroEndsOneAndBeginsTheOther) {
    Trips trips;
    trips.trade(deal(Side::buy, 1_quantity, 100_price));
    trips.trade(deal(Side::sell, 3_quantity, 110_price, 3_notional));
    ASSERT_EQ(trips.closed().size(), 1U);
    EXPECT_EQ(trips.closed()[0].gross(), 10_notional);
    EXPECT_EQ(trips.closed()[0].fees, 1_notional);
    trips.trade(deal(Side::buy, 2_quantity, 105_price));
    ASSERT_EQ(trips.closed().size(), 2U);
    EXPECT_EQ(trips.closed()[1].side, Side::sell);
    EXPECT_EQ(trips.closed()[1].gross(), 10_notional);
    EXPECT_EQ(trips.closed()[1].fees, 2_notional);
}

TEST(Trips, UnitsKeptAsFeeAreTheFeeAndNotALoss) {
    Trips trips;
    TripTrade buy = deal(Side::buy, 1_quantity, 100_price, 0.1_notional);
    buy.fee_units = 0.001_quantity;
    trips.trade(buy);
    trips.trade(deal(Side::sell, 0.999_quantity, 100_price));
    ASSERT_EQ(trips.closed().size(), 1U);
    EXPECT_EQ(trips.closed()[0].gross(), 0_notional);
    EXPECT_EQ(trips.closed()[0].fees, 0.1_notional);
    EXPECT_EQ(trips.closed()[0].exit(), 100_price);
}

TEST(Trips, ExcursionsAreWidenedByPricesWhileItWasOpen) {
    Trips trips;
    const TripTrade buy = deal(Side::buy, 2_quantity, 100_price);
    trips.trade(buy);
    trips.range(InstrumentId{1}, buy.at - Duration::seconds(1), 1.0, 900.0); // began before
    trips.range(InstrumentId{1}, buy.at, 95.0, 104.0);
    trips.range(InstrumentId{2}, buy.at, 10.0, 900.0);
    trips.unrealised(AgentId{1}, InstrumentId{1}, -12.0);
    trips.trade(deal(Side::sell, 2_quantity, 101_price));
    ASSERT_EQ(trips.closed().size(), 1U);
    EXPECT_EQ(trips.closed()[0].adverse, -12.0);
    EXPECT_EQ(trips.closed()[0].favourable, 8.0);
}

TEST(Trips, AgentsAreApartAndFundingGoesToTheOpenTrip) {
    Trips trips;
    TripTrade other = deal(Side::sell, 1_quantity, 100_price);
    other.agent = AgentId{2};
    trips.trade(deal(Side::buy, 1_quantity, 100_price));
    trips.trade(other);
    trips.fund(AgentId{2}, InstrumentId{1}, 4_notional);
    trips.fund(AgentId{3}, InstrumentId{1}, 4_notional);
    ASSERT_EQ(trips.open().size(), 2U);
    EXPECT_EQ(trips.open()[0].funding, 0_notional);
    EXPECT_EQ(trips.open()[1].funding, 4_notional);
}

} // namespace
} // namespace grekko::report
