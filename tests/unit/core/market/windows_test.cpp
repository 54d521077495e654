#include "core/market/windows.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/archive.hpp"
#include "unit/core/market/feed.hpp"

namespace grekko::market::test {
namespace {

using namespace literals;

TEST(Windows, SumsVolumeOfTheLastBuckets) {
    VolumeWindow window{Duration::seconds(10), 3};
    EXPECT_TRUE(window.sum(start).is_zero());
    window.add(at(0), 1_quantity);
    window.add(at(10'000), 2_quantity);
    window.add(at(25'000), 4_quantity);
    EXPECT_EQ(window.sum(at(25'000)), 7_quantity);
    EXPECT_EQ(window.sum(at(30'000)), 6_quantity);
    EXPECT_EQ(window.sum(at(50'000)), 0_quantity);
    window.add(at(100'000), 8_quantity);
    EXPECT_EQ(window.sum(at(100'000)), 8_quantity);
}

TEST(Windows, SumTheSameAfterTheyWereStored) {
    VolumeWindow window{Duration::seconds(10), 3};
    window.add(at(0), 1_quantity);
    window.add(at(25'000), 4_quantity);
    VolumeWindow restored;
    ASSERT_TRUE(archive_load(restored, archive_save(window)));
    EXPECT_EQ(restored.sum(at(25'000)), 5_quantity);
    restored.add(at(30'000), 2_quantity);
    EXPECT_EQ(restored.sum(at(30'000)), 6_quantity);
    EXPECT_EQ(restored.sum(at(55'000)), 2_quantity);
}

TEST(Windows, RoundsAMeanPriceOnce) {
    MeanPrice mean;
    const auto add = [&](std::int64_t ms, Price price, Quantity quantity) {
        mean.add(at(ms), quantity,
                 limbs::multiply(static_cast<UInt128>(price.raw()),
                                 static_cast<UInt128>(quantity.raw())));
    };
    EXPECT_TRUE(mean.mean(start, {}).is_zero());
    add(0, 100_price, 1_quantity);
    add(20'000, 101_price, 2_quantity);
    EXPECT_EQ(mean.mean(at(20'000), {}), 100.666666666666666667_price);
    EXPECT_EQ(mean.mean(at(61'000), {}), 101_price);
    EXPECT_TRUE(mean.mean(at(90'000), {}).is_zero());
}

TEST(Windows, TakesTheLowerMedianOfAnEvenNumber) {
    SampledMedian median{Duration::minutes(1), 4};
    const auto add = [&](std::int64_t minute, std::uint64_t value) {
        return median.add(at(minute * 60'000), value);
    };
    EXPECT_TRUE(add(0, 5));
    EXPECT_FALSE(add(0, 9));
    EXPECT_EQ(median.median(2), 0U);
    EXPECT_TRUE(add(1, 7));
    EXPECT_EQ(median.median(2), 5U);
    EXPECT_TRUE(add(4, 1));
    EXPECT_EQ(median.median(1), 1U);
    EXPECT_EQ(median.sample(median.newest() - 3), 7U);
    EXPECT_EQ(median.sample(median.newest() - 4), 0U);
}

TEST(WindowsProperty, AgreeWithKeepingEverything) {
    EXPECT_TRUE(rc::check([] {
        constexpr std::int64_t count = 12;
        VolumeWindow window{Duration::seconds(10), count};
        SampledMedian median{Duration::seconds(10), count};
        std::map<std::int64_t, Quantity> volumes;
        std::map<std::int64_t, std::uint64_t> samples;
        std::int64_t now = 0;
        const int steps = *rc::gen::inRange(1, 100);
        for (int i = 0; i < steps; ++i) {
            now += *rc::gen::inRange(0, 40'000);
            const std::int64_t bucket = now / 10'000;
            const auto value = static_cast<std::uint64_t>(*rc::gen::inRange(1, 100));
            window.add(at(now), Quantity::whole(static_cast<std::int64_t>(value)));
            median.add(at(now), value);
            volumes[bucket] += Quantity::whole(static_cast<std::int64_t>(value));
            samples.emplace(bucket, value);
            Quantity sum;
            std::vector<std::uint64_t> kept;
            for (std::int64_t b = bucket - count + 1; b <= bucket; ++b) {
                sum += volumes.contains(b) ? volumes[b] : Quantity{};
                if (samples.contains(b)) kept.push_back(samples[b]);
            }
            std::ranges::sort(kept);
            RC_ASSERT(window.sum(at(now)) == sum);
            RC_ASSERT(median.median(1) == kept[(kept.size() - 1) / 2]);
        }
    }));
}

} // namespace
} // namespace grekko::market::test
