#include "core/market/volatility.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/market/settings.hpp"

namespace grekko::market {
namespace {

using namespace literals;

TEST(Volatility, IsUnknownUntilEnoughReturns) {
    Volatility volatility;
    const Settings settings;
    volatility.add(100_price, 101_price, settings.sigma_decay);
    EXPECT_TRUE(volatility.sigma(2).is_zero());
    EXPECT_EQ(volatility.sigma(1), 0.01_rate);
}

TEST(Volatility, HalvesTheWeightOfAReturnInSixtySteps) {
    Volatility volatility;
    const Settings settings;
    volatility.add(100_price, 110_price, settings.sigma_decay);
    for (int i = 0; i < 60; ++i) volatility.add(100_price, 100_price, settings.sigma_decay);
    const double decay = std::exp2(-1.0 / 60);
    const double weights = (1 - std::pow(decay, 61)) / (1 - decay);
    EXPECT_NEAR(volatility.sigma(1).to_double(), std::sqrt(0.01 * 0.5 / weights), 1e-12);
}

TEST(Volatility, SurvivesAnAbsurdPrice) {
    Volatility volatility;
    volatility.add(Price::from_raw(1), Price::max(), 0.9_rate);
    EXPECT_EQ(volatility.sigma(1), 10_rate);
}

TEST(VolatilityProperty, AgreesWithTheSumWrittenOut) {
    EXPECT_TRUE(rc::check([] {
        const Settings settings;
        Volatility volatility;
        std::vector<double> returns;
        Price before = 100_price;
        const int steps = *rc::gen::inRange(1, 300);
        for (int i = 0; i < steps; ++i) {
            const Price price = Price::from_raw(
                Decimal::from_units(*rc::gen::inRange(9'000, 11'000), -2).raw());
            volatility.add(before, price, settings.sigma_decay);
            returns.push_back(price.to_double() / before.to_double() - 1);
            before = price;
        }
        double squares = 0;
        double weights = 0;
        for (std::size_t i = 0; i < returns.size(); ++i) {
            const double weight = std::exp2(-static_cast<double>(returns.size() - 1 - i) / 60);
            squares += weight * returns[i] * returns[i];
            weights += weight;
        }
        const double sigma = volatility.sigma(1).to_double();
        RC_ASSERT(std::abs(sigma - std::sqrt(squares / weights)) < 1e-10);
    }));
}

}  // namespace
}  // namespace grekko::market
