// The market of the null test by itself: no drift, no memory in its returns, but a volatility that
// comes in clusters. Weeks of minutes of independent seeds, so that a weak effect would show.
#include <gtest/gtest.h>

#include "paper/synthetic/market.hpp"
#include "sim/null_test/sample.hpp"

namespace grekko::tests {
namespace {

namespace synthetic = paper::synthetic;

constexpr int seeds = 30;
constexpr int days = 4;
constexpr std::size_t minutes = days * 1'440;

std::vector<double> minute_returns(std::uint64_t seed) {
    synthetic::Config config;
    config.seed = seed;
    config.start = 1'800'000'000 * paper::second;
    config.instruments.resize(1);
    const synthetic::SyntheticMarket market{config, {{paper::minute, minutes}}};
    std::vector<double> out;
    double before = 0;
    for (const grekko_bar& bar : market.history()) {
        const double close = paper::Decimal{bar.close}.to_double();
        if (before > 0) out.push_back(close / before - 1);
        before = close;
    }
    return out;
}

const std::vector<std::vector<double>>& markets() {
    static const std::vector<std::vector<double>> all = [] {
        std::vector<std::vector<double>> out;
        for (std::uint64_t seed = 1; seed <= seeds; ++seed)
            out.push_back(minute_returns(seed));
        return out;
    }();
    return all;
}

double size(double x) {
    return std::abs(x);
}
double itself(double x) {
    return x;
}

// Autocorrelation at a lag.
double correlation(const std::vector<double>& returns, std::size_t lag, double (*of)(double)) {
    double mean = 0;
    for (const double r : returns)
        mean += of(r) / static_cast<double>(returns.size());
    double products = 0;
    double squares = 0;
    for (std::size_t i = 0; i < returns.size(); ++i) {
        const double x = of(returns[i]) - mean;
        squares += x * x;
        if (i >= lag) products += x * (of(returns[i - lag]) - mean);
    }
    return products / squares;
}

TEST(NullMarket, HasNoDrift) {
    Sample day;
    for (const std::vector<double>& returns : markets()) {
        double sum = 0;
        for (const double r : returns)
            sum += r / days;
        day.add(sum);
    }
    EXPECT_LT(std::abs(day.mean()), 3 * day.error());
    EXPECT_LT(day.error(), 0.005); // of a day's 3 %
}

TEST(NullMarket, HasNoMemoryInItsReturns) {
    for (const std::size_t lag : {1U, 2U, 3U, 5U, 15U, 60U}) {
        Sample memory;
        for (const std::vector<double>& returns : markets())
            memory.add(correlation(returns, lag, itself));
        EXPECT_LT(std::abs(memory.mean()), 3 * memory.error()) << lag;
        EXPECT_LT(memory.error(), 0.006) << lag;
    }
}

// Variance grows as time does: k-minute moves are as wide as k one-minute moves.
TEST(NullMarket, HasAVarianceRatioOfOne) {
    for (const std::size_t k : {2U, 5U, 15U, 60U}) {
        Sample ratio;
        for (const std::vector<double>& returns : markets()) {
            double one = 0;
            double many = 0;
            for (std::size_t i = 0; i + k <= returns.size(); i += k) {
                double sum = 0;
                for (std::size_t j = i; j < i + k; ++j) {
                    sum += returns[j];
                    one += returns[j] * returns[j];
                }
                many += sum * sum;
            }
            ratio.add(many / one);
        }
        EXPECT_LT(std::abs(ratio.mean() - 1), 3 * ratio.error()) << k;
        EXPECT_LT(ratio.error(), 0.05) << k;
    }
}

TEST(NullMarket, HasAVolatilityThatComesInClusters) {
    for (const std::size_t lag : {1U, 5U, 30U}) {
        Sample clusters;
        for (const std::vector<double>& returns : markets())
            clusters.add(correlation(returns, lag, size));
        EXPECT_GT(clusters.mean(), 3 * clusters.error()) << lag;
        EXPECT_GT(clusters.mean(), 0.05) << lag;
    }
}

} // namespace
} // namespace grekko::tests
