#include "base/random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "base/digest.hpp"

namespace grekko {
namespace {

constexpr int draws = 200'000;

struct Moments {
    double mean{0};
    double variance{0};
    double fourth{0};
};

template <class Draw>
Moments moments(Draw&& draw) {
    std::vector<double> values(draws);
    for (double& value : values)
        value = draw();
    Moments result;
    for (const double value : values)
        result.mean += value / draws;
    for (const double value : values) {
        const double square = (value - result.mean) * (value - result.mean);
        result.variance += square / draws;
        result.fourth += square * square / draws;
    }
    return result;
}

TEST(Random, GivesThePublishedSequences) {
    std::uint64_t state = 1'234'567;
    EXPECT_EQ(splitmix64(state), 6'457'827'717'110'365'317U);
    EXPECT_EQ(splitmix64(state), 3'203'168'211'198'807'973U);
    Random random = Random::from_state({1, 2, 3, 4});
    const std::uint64_t expected[] = {41'943'041U,
                                      58'720'359U,
                                      3'588'806'011'781'223U,
                                      3'591'011'842'654'386U,
                                      9'228'616'714'210'784'205U,
                                      9'973'669'472'204'895'162U};
    for (const std::uint64_t value : expected)
        EXPECT_EQ(random.bits(), value);
}

TEST(Random, RepeatsForASeedAndDiffersForSeedsAndStreams) {
    Random a{7};
    Random b{7};
    Random other_seed{8};
    Random other_stream{7, 1};
    for (int i = 0; i < 100; ++i) {
        const std::uint64_t bits = a.bits();
        EXPECT_EQ(bits, b.bits());
        EXPECT_NE(bits, other_seed.bits());
        EXPECT_NE(bits, other_stream.bits());
    }
    Random resumed = Random::from_state(a.state());
    EXPECT_EQ(resumed.bits(), a.bits());
}

// Golden digest of every kind of draw: equal bits on every machine.
TEST(Random, DrawsTheSameBitsEverywhere) {
    Random random{2024, 8};
    Digest digest;
    for (int i = 0; i < 10'000; ++i) {
        digest.add(random.bits()).add(random.below(1'000)).add(random.between(-50, 50));
        digest.add(random.uniform()).add(random.normal()).add(random.exponential(2.0));
        digest.add(random.log_normal(80.0, 0.7)).add(random.chance(0.3));
    }
    EXPECT_EQ(digest.hex(), "e51cb437a0add142f01a7c13222e4685");
}

TEST(Random, BoundedDrawsStayInsideAndAreEven) {
    Random random{3};
    std::vector<int> counts(6);
    for (int i = 0; i < draws; ++i) {
        const std::int64_t value = random.between(-2, 3);
        ASSERT_GE(value, -2);
        ASSERT_LE(value, 3);
        ++counts[static_cast<std::size_t>(value + 2)];
    }
    double chi_square = 0;
    for (const int count : counts)
        chi_square += std::pow(count - draws / 6.0, 2) / (draws / 6.0);
    EXPECT_LT(chi_square, 20.5); // 0.1 % for five degrees of freedom
    const std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
    const std::int64_t highest = std::numeric_limits<std::int64_t>::max();
    EXPECT_NE(random.between(lowest, highest), random.between(lowest, highest));
    EXPECT_EQ(random.between(highest, highest), highest);
    EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, UniformAndChanceHaveTheirProbability) {
    Random random{4};
    const Moments uniform = moments([&] { return random.uniform(); });
    EXPECT_NEAR(uniform.mean, 0.5, 0.003);
    EXPECT_NEAR(uniform.variance, 1.0 / 12.0, 0.001);
    int hits = 0;
    for (int i = 0; i < draws; ++i)
        hits += random.chance(0.3) ? 1 : 0;
    EXPECT_NEAR(static_cast<double>(hits) / draws, 0.3, 0.005);
    EXPECT_FALSE(random.chance(0.0));
    EXPECT_TRUE(random.chance(1.0));
}

TEST(Random, NormalHasItsMomentsAndTails) {
    Random random{5};
    int outside = 0;
    const Moments normal = moments([&] {
        const double value = random.normal();
        outside += std::abs(value) > 1.959964 ? 1 : 0;
        return value;
    });
    EXPECT_NEAR(normal.mean, 0.0, 0.01);
    EXPECT_NEAR(normal.variance, 1.0, 0.015);
    EXPECT_NEAR(normal.fourth, 3.0, 0.1);
    EXPECT_NEAR(static_cast<double>(outside) / draws, 0.05, 0.002);
}

TEST(Random, ExponentialHasItsMoments) {
    Random random{6};
    const Moments exponential = moments([&] { return random.exponential(3.0); });
    EXPECT_NEAR(exponential.mean, 3.0, 0.03);
    EXPECT_NEAR(exponential.variance, 9.0, 0.3);
}

TEST(Random, LogNormalHasItsMedianAndPercentile) {
    Random random{9};
    const double sigma = log_normal_sigma(80.0, 400.0);
    std::vector<double> values(draws);
    for (double& value : values)
        value = random.log_normal(80.0, sigma);
    std::sort(values.begin(), values.end());
    EXPECT_NEAR(values[draws / 2], 80.0, 0.7);
    EXPECT_NEAR(values[draws / 100 * 99], 400.0, 12.0);
    EXPECT_EQ(random.log_normal(50.0, 0.0), 50.0);
    EXPECT_EQ(log_normal_sigma(80.0, 80.0), 0.0);
}

TEST(Random, RefusesSenselessArguments) {
    Random random{1};
    EXPECT_DEATH(static_cast<void>(random.below(0)), "assertion failed");
    EXPECT_DEATH(static_cast<void>(random.between(1, 0)), "assertion failed");
    EXPECT_DEATH(static_cast<void>(Random::from_state({})), "assertion failed");
}

} // namespace
} // namespace grekko
