#include "core/portfolio/ledger.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace grekko::portfolio {
namespace {

using namespace literals;

constexpr Instant now = Instant::from_seconds(1'700'000'000);

TEST(Ledger, RealisesTheDifferenceToAverageCost) {
    Ledger ledger;
    trade(ledger, 1_quantity, 100_notional, now);
    trade(ledger, 1_quantity, 200_notional, now);
    EXPECT_FALSE(trade(ledger, -1_quantity, -180_notional, now).has_value());
    EXPECT_EQ(ledger.realised, 30_notional);
    EXPECT_EQ(ledger.cost, 150_notional);
}

TEST(Ledger, KeepsTheLastDigitWhereCostDoesNotDivide) {
    Ledger ledger;
    trade(ledger, 3_quantity, 100_notional, now);
    trade(ledger, -1_quantity, -40_notional, now);
    trade(ledger, -1_quantity, -40_notional, now);
    EXPECT_EQ(trade(ledger, -1_quantity, -40_notional, now), 20_notional);
    EXPECT_EQ(ledger.realised, 20_notional);
    EXPECT_TRUE(ledger.cost.is_zero());
}

TEST(Ledger, TurnsFromLongToShort) {
    Ledger ledger;
    trade(ledger, 2_quantity, 20_notional, now);
    EXPECT_EQ(trade(ledger, -3_quantity, -36_notional, now + Duration::seconds(1)), 4_notional);
    EXPECT_EQ(ledger.quantity, -1_quantity);
    EXPECT_EQ(ledger.cost, -12_notional);
    EXPECT_EQ(ledger.since, now + Duration::seconds(1));
    EXPECT_EQ(trade(ledger, 1_quantity, 10_notional, now), 2_notional);
}

TEST(Ledger, CountsFeesAndFundingInARoundTrip) {
    Ledger ledger;
    trade(ledger, 1_quantity, 100_notional, now);
    ledger.fees += 3_notional;
    ledger.funding += 2_notional;
    EXPECT_EQ(trade(ledger, -1_quantity, -101_notional, now), -4_notional);
}

TEST(Ledger, ForgetsTurnoverAfterADay) {
    Turnover turnover;
    add_turnover(turnover, now, 100_notional, 1_notional);
    add_turnover(turnover, now + Duration::hours(23), 50_notional, 2_notional);
    EXPECT_EQ(turnover_24h(turnover, now + Duration::hours(23)).value, 150_notional);
    EXPECT_EQ(turnover_24h(turnover, now + Duration::hours(25)).value, 50_notional);
    EXPECT_EQ(turnover_24h(turnover, now + Duration::hours(25)).fees, 2_notional);
    EXPECT_EQ(turnover_24h(turnover, now + Duration::days(9)).value, 0_notional);
}

TEST(Ledger, CountsContractsBySize) {
    InstrumentFacts facts;
    facts.contract_size = 0.01_quantity;
    EXPECT_EQ(value_of(facts, 20'000_price, 3_quantity), 600_notional);
}

TEST(LedgerProperty, LosesNoDigitOverAnySequenceOfTrades) {
    EXPECT_TRUE(rc::check([] {
        Ledger ledger;
        Notional paid;
        const int trades = *rc::gen::inRange(1, 60);
        for (int i = 0; i < trades; ++i) {
            const Quantity quantity = Quantity::from_raw(*rc::gen::inRange<std::int64_t>(
                -9'000'000'000'000'000'000, 9'000'000'000'000'000'000));
            if (quantity.is_zero()) continue;
            const Notional size = Notional::from_raw(*rc::gen::inRange<std::int64_t>(
                0, 9'000'000'000'000'000'000));
            const Notional value = quantity.is_negative() ? -size : size;
            trade(ledger, quantity, value, now);
            paid += value;
            RC_ASSERT(ledger.realised - ledger.cost == -paid);
        }
        trade(ledger, -ledger.quantity, Notional{}, now);
        RC_ASSERT(ledger.cost.is_zero());
        RC_ASSERT(ledger.realised == -paid);
    }));
}

}  // namespace
}  // namespace grekko::portfolio
