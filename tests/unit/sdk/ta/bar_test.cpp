#include <grekko/ta/bar.hpp>

#include <limits>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

TEST(Bar, RefusesWhatIsNotFiniteOrBeyondTheMaximum) {
    EXPECT_TRUE(acceptable(-input_max));
    EXPECT_FALSE(acceptable(1.01 * input_max));
    EXPECT_FALSE(acceptable(not_ready));
    EXPECT_FALSE(acceptable(std::numeric_limits<double>::infinity()));
    EXPECT_FALSE(acceptable(Bar{.volume = not_ready}));
    EXPECT_TRUE(acceptable(Bar{}));
}

TEST(Bar, RatioGivesTheOtherwiseValueForADivisionByNothing) {
    EXPECT_EQ(ratio(6, 3, 7), 2);
    EXPECT_EQ(ratio(6, 0, 7), 7);
    EXPECT_EQ(ratio(0, 0, 7), 7);
    EXPECT_EQ(ratio(1e300, 1e-300, 7), 7);
}

TEST(Record, CountsSeenAndIgnoredInputsApart) {
    Record<2> record;
    EXPECT_TRUE(record.accepts(1.0));
    EXPECT_FALSE(record.accepts(1.0, not_ready));
    EXPECT_TRUE(record.accepts(Bar{}));
    EXPECT_EQ(record.seen(), 2U);
    EXPECT_EQ(record.ignored(), 1U);
    EXPECT_TRUE(std::isnan(record.outputs()[1]));
}

} // namespace
} // namespace grekko::ta
