// Null test (trading rules §8): on the generated market there is nothing to earn. Agents that enter
// and leave at random lose what they pay, and nothing else, within three standard errors. A fill at
// a price that the market did not offer, a mark from the future or a cost booked twice would show
// here as profit or loss that no cost explains.
#include <cmath>

#include <gtest/gtest.h>

#include "sim/null_test/random_book.hpp"

namespace grekko::tests {
namespace {

constexpr std::uint64_t first_seed = 1'000;
constexpr int sessions = 96;

struct Sample {
    int count{0};
    double sum{0}, squares{0};
    void add(double x) {
        ++count;
        sum += x;
        squares += x * x;
    }
    double mean() const { return sum / count; }
    double error() const { return std::sqrt((squares / count - mean() * mean()) / (count - 1)); }
};

const std::vector<RandomBookResult>& runs() {
    static const std::vector<RandomBookResult> all = [] {
        std::vector<RandomBookResult> out;
        for (int i = 0; i < sessions; ++i)
            out.push_back(run_random_book({.seed = first_seed + static_cast<std::uint64_t>(i)}));
        return out;
    }();
    return all;
}

TEST(NullTest, RandomAgentsTradeThroughVotesAndRisk) {
    int fills = 0;
    for (const RandomBookResult& run : runs()) {
        fills += run.fills;
        EXPECT_GT(run.votes, 0);
    }
    EXPECT_GT(fills, 20 * sessions);
}

TEST(NullTest, RandomAgentsLoseTheirCostsWithinThreeStandardErrors) {
    Sample left;
    Sample costs;
    for (const RandomBookResult& run : runs()) {
        left.add(run.profit + run.costs);
        costs.add(run.costs);
    }
    EXPECT_LT(std::abs(left.mean()), 3 * left.error());
    // The test can see a quarter of the costs: without that its silence would mean nothing.
    EXPECT_LT(3 * left.error(), costs.mean() / 4);
}

TEST(NullTest, RandomAgentsLoseMoneyWhereTheyPayFees) {
    Sample profit;
    for (const RandomBookResult& run : runs())
        profit.add(run.profit);
    EXPECT_LT(profit.mean(), -3 * profit.error());
}

TEST(NullTest, WithoutFeesTheSpreadAloneIsLost) {
    Sample left;
    Sample costs;
    for (int i = 0; i < sessions / 4; ++i) {
        const RandomBookResult run =
            run_random_book({.seed = first_seed + static_cast<std::uint64_t>(i), .fees = false});
        EXPECT_EQ(run.fees, 0.0);
        left.add(run.profit + run.costs);
        costs.add(run.costs);
    }
    EXPECT_LT(std::abs(left.mean()), 3 * left.error());
    EXPECT_GT(costs.mean(), 0.0);
}

// ---- The market that they trade on, as the host marks it ----------------------------------------

std::vector<double> returns_of(const RandomBookResult& run) {
    std::vector<double> returns;
    for (std::size_t i = 1; i < run.mids.size(); ++i)
        returns.push_back(run.mids[i] / run.mids[i - 1] - 1);
    return returns;
}

TEST(NullTest, TheMarketHasNoDriftAndNoMemory) {
    Sample drift;
    Sample lag_1;
    for (const RandomBookResult& run : runs()) {
        const std::vector<double> returns = returns_of(run);
        double sum = 0;
        double products = 0;
        for (std::size_t i = 0; i < returns.size(); ++i) {
            sum += returns[i];
            if (i > 0) products += returns[i] * returns[i - 1];
        }
        drift.add(sum);
        lag_1.add(products);
    }
    EXPECT_LT(std::abs(drift.mean()), 3 * drift.error());
    EXPECT_LT(std::abs(lag_1.mean()), 3 * lag_1.error());
}

// Variance grows as time does: k-minute moves are k times as wide as one-minute moves.
TEST(NullTest, TheMarketsVarianceRatioIsOne) {
    for (const std::size_t k : {2U, 5U, 10U}) {
        Sample difference;
        Sample single;
        for (const RandomBookResult& run : runs()) {
            const std::vector<double> returns = returns_of(run);
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
            difference.add(many - one);
            single.add(one);
        }
        EXPECT_LT(std::abs(difference.mean()), 3 * difference.error()) << k;
        EXPECT_LT(difference.error(), single.mean()) << k; // it could see a ratio of 4
    }
}

TEST(NullTest, TheMarketsVolatilityComesInClusters) {
    Sample covariance; // of the size of returns a minute apart, against its mean of all sessions
    double mean = 0;
    int count = 0;
    for (const RandomBookResult& run : runs()) {
        for (const double r : returns_of(run)) {
            mean += std::abs(r);
            ++count;
        }
    }
    mean /= count;
    for (const RandomBookResult& run : runs()) {
        const std::vector<double> returns = returns_of(run);
        double sum = 0;
        for (std::size_t i = 1; i < returns.size(); ++i) {
            sum += (std::abs(returns[i]) - mean) * (std::abs(returns[i - 1]) - mean);
        }
        covariance.add(sum / (mean * mean));
    }
    EXPECT_GT(covariance.mean(), 3 * covariance.error());
}

} // namespace
} // namespace grekko::tests
