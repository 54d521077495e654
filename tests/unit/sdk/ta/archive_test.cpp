#include <grekko/ta/archive.hpp>

#include <grekko/ta/averages.hpp>
#include <grekko/ta/statistics.hpp>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

std::vector<std::byte> saved(const auto& object) {
    std::vector<std::byte> bytes(saved_size(object));
    EXPECT_TRUE(save(object, bytes));
    return bytes;
}

Sma three_of_five() {
    Sma sma{5};
    for (const double x : {1.0, 2.0, 3.0}) {
        sma.update(x);
    }
    return sma;
}

TEST(Archive, RestoresAnIndicator) {
    const auto bytes = saved(three_of_five());
    Sma sma{5};
    ASSERT_TRUE(load(sma, bytes));
    sma.update(4.0);
    sma.update(5.0);
    EXPECT_EQ(sma.value(), 3.0);
}

TEST(Archive, WritesNothingIntoTooSmallASpan) {
    const auto sma = three_of_five();
    std::vector<std::byte> bytes(saved_size(sma) - 1, std::byte{0x7f});
    EXPECT_FALSE(save(sma, bytes));
    EXPECT_EQ(bytes.front(), std::byte{0x7f});
}

TEST(Archive, RefusesOtherParametersAndLeavesTheObjectAlone) {
    Sma other{6};
    other.update(9.0);
    const auto before = saved(other);
    EXPECT_FALSE(load(other, saved(three_of_five())));
    EXPECT_EQ(saved(other), before);
    Ema ema{5};
    EXPECT_FALSE(load(ema, saved(Ema{6})));
}

TEST(Archive, RefusesAnotherVersionALengthAndAPositionOutOfRange) {
    const auto good = saved(three_of_five());
    Sma sma{5};
    auto version = good;
    version[0] ^= std::byte{2};
    EXPECT_FALSE(load(sma, version));
    auto shorter = good;
    shorter.pop_back();
    EXPECT_FALSE(load(sma, shorter));
    EXPECT_FALSE(load(sma, std::span<const std::byte>{}));
    // Words: magic, size, output, seen, ignored, capacity, next, size of the ring, …
    auto position = good;
    position[6 * sizeof(std::uint64_t)] = std::byte{5};
    EXPECT_FALSE(load(sma, position));
    EXPECT_EQ(saved(sma), saved(Sma{5}));
    EXPECT_TRUE(load(sma, good));
}

TEST(Archive, SortsTheMedianAgain) {
    Median original{4};
    for (const double x : {4.0, -1.0, 3.0, 0.0, 8.0}) {
        original.update(x);
    }
    Median restored{4};
    ASSERT_TRUE(load(restored, saved(original)));
    original.update(1.0);
    restored.update(1.0);
    EXPECT_EQ(restored.value(), 2.0);
    EXPECT_EQ(original.value(), 2.0);
}

} // namespace
} // namespace grekko::ta
