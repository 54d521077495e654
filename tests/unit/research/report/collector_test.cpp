// covers: research/report/collector.cpp, research/report/collector_trades.cpp
#include "research/report/collector.hpp"

#include <gtest/gtest.h>

#include "unit/research/report/stream.hpp"

namespace grekko::report {
namespace {

using tests::Stream;

Collector collected(const Stream& stream) {
    Collector collector{tests::market_of_one()};
    EXPECT_TRUE(collector.add(stream.bytes()));
    return collector;
}

// Proposed at 100, M 101 at the fill, paid 101.5 for 2: delay 2, and 1.0 worse than M, of which the
// half spread of a major, 1 bp of 101, is 0.0202 and the rest impact.
TEST(Collector, SplitsWhatAFillCostIntoSpreadImpactDelayAndFees) {
    Stream stream;
    const IntentId intent = stream.intent(1, 2_d, 100_price, 95_price);
    stream.fill({.side = Side::buy,
                 .quantity = 2_quantity,
                 .price = 101.5_price,
                 .mark = 101_price,
                 .fee = 0.2_notional,
                 .intent = intent});
    const Collector collector = collected(stream);
    const CostSums& costs = collector.costs();
    EXPECT_NEAR(costs.traded, 203.0, 1e-12);
    EXPECT_NEAR(costs.delay, 2.0, 1e-12);
    EXPECT_NEAR(costs.spread, 0.0202, 1e-12);
    EXPECT_NEAR(costs.impact, 1.0 - 0.0202, 1e-12);
    EXPECT_NEAR(costs.fees, 0.2, 1e-12);
    EXPECT_EQ(costs.passive, 0.0);
}

TEST(Collector, AMakerEarnsTheSpreadAndIsPassive) {
    Stream stream;
    const IntentId intent = stream.intent(1, 1_d, 100_price, {});
    stream.fill({.side = Side::buy,
                 .quantity = 1_quantity,
                 .price = 99.5_price,
                 .mark = 100_price,
                 .intent = intent,
                 .liquidity = Liquidity::maker});
    const Collector collector = collected(stream);
    EXPECT_NEAR(collector.costs().spread, -0.5, 1e-12);
    EXPECT_EQ(collector.costs().impact, 0.0);
    EXPECT_NEAR(collector.costs().passive, 99.5, 1e-12);
    EXPECT_EQ(collector.fills().at(0).liquidity, "maker");
}

TEST(Collector, AStopIsNotChargedWithTheDelayOfItsEntry) {
    Stream stream;
    const IntentId intent = stream.intent(1, Decimal{} - 1_d, 100_price, 95_price);
    stream.fill({.side = Side::sell,
                 .quantity = 1_quantity,
                 .price = 90_price,
                 .mark = 90_price,
                 .intent = intent,
                 .purpose = Purpose::stop});
    EXPECT_EQ(collected(stream).costs().delay, 0.0);
}

TEST(Collector, ExposureIsPositionTimesPriceOverNav) {
    Stream stream;
    stream.nav(1_d);
    stream.fill({.quantity = 2_quantity, .price = 100_price, .mark = 100_price});
    stream.wait(Duration::minutes(1));
    stream.nav(1_d);
    const Collector collector = collected(stream);
    ASSERT_EQ(collector.samples().size(), 2U);
    EXPECT_EQ(collector.samples()[0].gross, 0.0);
    EXPECT_NEAR(collector.samples()[1].gross, 0.2, 1e-12);
    EXPECT_NEAR(collector.samples()[1].net, 0.2, 1e-12);
}

TEST(Collector, TheWayOfMoneyBeforeTheFirstSampleIsNoTransfer) {
    Stream stream;
    events::TransferBooked deposit;
    deposit.value = 1'000_notional;
    stream.nav(0_d);
    stream.push(deposit);
    stream.nav(1_d);
    stream.push(deposit);
    const Collector collector = collected(stream);
    EXPECT_EQ(collector.samples().size(), 1U);
    EXPECT_EQ(collector.transfers(), 1'000.0);
}

TEST(Collector, WarmUpIsLeftOut) {
    Stream stream;
    stream.nav(1_d);
    stream.wait(Duration::hours(1));
    stream.nav(1.1_d);
    Collector collector{tests::market_of_one()};
    collector.start_at(stream.now);
    EXPECT_TRUE(collector.add(stream.bytes()));
    ASSERT_EQ(collector.samples().size(), 1U);
    EXPECT_NEAR(collector.samples()[0].nav_per_unit, 1.1, 1e-12);
}

TEST(Collector, CountsDenialsReductionsAndNearMissesByCheck) {
    Stream stream;
    events::RiskAssessed denied;
    denied.verdict = events::Verdict::denied;
    denied.blocked = (1U << 12U) | (1U << 16U);
    stream.push(denied);
    events::RiskAssessed smaller;
    smaller.verdict = events::Verdict::approved;
    smaller.requested = 2_quantity;
    smaller.approved = 1_quantity;
    smaller.reduced = 1U << 14U;
    smaller.warned = 1U << 15U;
    stream.push(smaller);
    const Collector collector = collected(stream);
    EXPECT_EQ(collector.risk().assessed, 2U);
    EXPECT_EQ(collector.risk().denied, 1U);
    EXPECT_EQ(collector.checks().at(12).denied, 1U);
    EXPECT_EQ(collector.checks().at(16).denied, 1U);
    EXPECT_EQ(collector.checks().at(14).reduced, 1U);
    EXPECT_EQ(collector.checks().at(15).warned, 1U);
}

TEST(Collector, BreakersAndStatesAreNamedWithTheirTime) {
    Stream stream;
    stream.agent(1, "trend");
    events::BreakerChanged breaker;
    breaker.from = events::BreakerState::closed;
    breaker.to = events::BreakerState::open;
    breaker.agent = AgentId{1};
    breaker.cause = 4;
    stream.push(breaker);
    breaker.from = events::BreakerState::open; // a cause was added: the same opening
    stream.push(breaker);
    events::BookStateChanged state;
    state.to = events::BookState::reducing;
    stream.push(state);
    const Collector collector = collected(stream);
    ASSERT_EQ(collector.risk().breakers.size(), 1U);
    EXPECT_EQ(collector.risk().breakers[0].what, "cause 4, trend");
    ASSERT_EQ(collector.risk().states.size(), 1U);
    EXPECT_EQ(collector.risk().states[0].what, "ACTIVE → REDUCING");
}

TEST(Collector, CrossesAndDustMoveTripsWithoutAFill) {
    Stream stream;
    events::InternalCross cross;
    cross.buyer = AgentId{1};
    cross.seller = AgentId{2};
    cross.instrument = InstrumentId{1};
    cross.quantity = 1_quantity;
    cross.price = 100_price;
    cross.value = 100_notional;
    stream.push(cross);
    events::DustSwept dust;
    dust.agent = AgentId{1};
    dust.instrument = InstrumentId{1};
    dust.quantity = 1_quantity;
    dust.price = 101_price;
    stream.push(dust);
    const Collector collector = collected(stream);
    EXPECT_TRUE(collector.fills().empty());
    ASSERT_EQ(collector.trips().closed().size(), 1U);
    EXPECT_EQ(collector.trips().closed()[0].gross(), 1_notional);
    EXPECT_EQ(collector.trips().open().size(), 1U);
}

TEST(Collector, TornBytesAreReportedAndWhatCameBeforeCounts) {
    Stream stream;
    stream.nav(1_d);
    stream.nav(1_d);
    Collector collector{tests::market_of_one()};
    EXPECT_FALSE(collector.add(stream.bytes().first(stream.bytes().size() - 8)));
    EXPECT_EQ(collector.samples().size(), 1U);
}

TEST(Collector, QuotesSetTheSpreadAndBarsTheirClose) {
    Collector collector{tests::market_of_one()};
    Quote quote{market_head<Quote, MarketKind::quote>()};
    quote.head.instrument = InstrumentId{1};
    quote.head.received_at = Instant::from_seconds(100);
    quote.bid = 99_price;
    quote.ask = 101_price;
    quote.bid_quantity = quote.ask_quantity = 1_quantity;
    collector.market(quote.head);
    Bar bar{market_head<Bar, MarketKind::bar>()};
    bar.head.instrument = InstrumentId{1};
    bar.head.exchange_at = Instant::from_seconds(100);
    bar.head.received_at = Instant::from_seconds(160);
    bar.open = bar.high = bar.low = bar.close = 105_price;
    collector.market(bar.head);
    ASSERT_EQ(collector.prices(InstrumentId{1}).points().size(), 2U);
    EXPECT_EQ(collector.prices(InstrumentId{1}).points()[0].value, 100.0);
    EXPECT_EQ(collector.prices(InstrumentId{1}).last(), 105.0);
    Stream stream;
    stream.fill({.quantity = 1_quantity, .price = 101_price, .mark = 100_price});
    EXPECT_TRUE(collector.add(stream.bytes()));
    EXPECT_NEAR(collector.costs().spread, 1.0, 1e-12);
    EXPECT_NEAR(collector.costs().impact, 0.0, 1e-12);
}

} // namespace
} // namespace grekko::report
