#include "research/statistics/sharpe_tests.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace grekko::statistics {
namespace {

TEST(SharpeTests, ProbabilisticRatioFollowsItsFormula) {
    const SharpeSample sample{0.1, 250, -0.5, 5};
    EXPECT_NEAR(*probabilistic_sharpe(sample, 0.0), 0.937320574390259, 1e-9);
    EXPECT_NEAR(*probabilistic_sharpe(sample, 0.1), 0.5, 1e-12);
}

// The example of Bailey and López de Prado, The Deflated Sharpe Ratio (2014): a yearly ratio of 2.5
// from 1 250 days of 250 a year, skewness -3, kurtosis 10, the best of 100 independent trials whose
// yearly ratios have variance 1/2: a threshold of 0.1132 and a probability of 0.9004.
TEST(SharpeTests, DeflatedRatioEqualsThePublishedExample) {
    const double variance = 0.5 / 250.0;
    EXPECT_NEAR(sharpe_of_luck(variance, 100.0), 0.1132, 5e-5);
    const SharpeSample sample{2.5 / std::sqrt(250.0), 1'250, -3, 10};
    EXPECT_NEAR(*deflated_sharpe(sample, variance, 100.0), 0.9004, 5e-5);
    EXPECT_NEAR(*deflated_sharpe(sample, variance, 100.0), 0.9003968344493904, 1e-9);
}

TEST(SharpeTests, CorrelatedTrialsCountForFewer) {
    EXPECT_DOUBLE_EQ(effective_trials(100, 0.0), 100.0);
    EXPECT_DOUBLE_EQ(effective_trials(100, 1.0), 1.0);
    EXPECT_DOUBLE_EQ(effective_trials(100, 0.5), 50.5);
    EXPECT_DOUBLE_EQ(effective_trials(100, -0.5), 100.0);
}

TEST(SharpeTests, OneTrialIsNotDeflated) {
    EXPECT_EQ(sharpe_of_luck(0.5, 1.0), 0.0);
    const SharpeSample sample{0.1, 250, 0, 3};
    EXPECT_EQ(*deflated_sharpe(sample, 0.5, 1.0), *probabilistic_sharpe(sample, 0.0));
}

TEST(SharpeTests, ASampleThatDoesNotVaryHasNoRatio) {
    EXPECT_FALSE(sharpe_sample(std::vector<double>{0.1, 0.1, 0.1}));
    const auto sample = sharpe_sample(std::vector<double>{0.03, -0.01, 0.01});
    ASSERT_TRUE(sample);
    EXPECT_NEAR(sample->sharpe, 0.5, 1e-12);
    EXPECT_EQ(sample->periods, 3.0);
    EXPECT_FALSE(probabilistic_sharpe({2.0, 100, 3, 3}, 0.0)); // 1 - 6 + 2: no root
}

} // namespace
} // namespace grekko::statistics
