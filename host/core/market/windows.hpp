// Sums and medians over the last minutes, hours and days in fixed memory: rings of buckets that
// are indexed by time. They forget by whole buckets and never look at a clock: the caller says
// when. Market keeps some for every instrument.
#pragma once

#include <cstdint>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"

namespace grekko::market {

// Volume in `count` buckets of `period`; the newest bucket is the one that `now` lies in, so the
// window is between (count - 1) and count periods long. Memory: 16 bytes a bucket, from the first
// addition on.
class VolumeWindow {
public:
    VolumeWindow() = default;
    VolumeWindow(Duration period, std::uint32_t count) : period_{period}, count_{count} {}

    void add(Instant at, Quantity volume);
    Quantity sum(Instant now) const;

    void fields(auto& archive) {
        archive(period_, count_, newest_, buckets_);
        if constexpr (requires { archive.ok(); }) count_up();
    }

private:
    void count_up();

    Duration period_;
    std::uint64_t count_{0};
    std::int64_t newest_{0};  // number of the newest bucket since 1970
    std::vector<Quantity> buckets_;
    Quantity total_;          // of all buckets; follows from them and is not archived
};

// Volume and price × volume of the last minute in six buckets. The products are kept whole (256
// bits), so the mean is exact before its one rounding.
class MeanPrice {
public:
    static constexpr std::size_t count = 6;
    static constexpr Duration period = Duration::seconds(10);
    struct Bucket {
        std::int64_t number{0};
        std::int64_t reserved{0};
        Quantity volume;
        limbs::Wide value;
    };

    void add(Instant at, Quantity volume, const limbs::Wide& value);
    // With what is not added yet; zero where there was no volume.
    Price mean(Instant now, const Bucket& open) const;

    void fields(auto& archive) {
        for (Bucket& bucket : buckets_) archive(bucket);
    }

private:
    Bucket buckets_[count];
};

// The median of one sample a `period` over `count` periods, missing ones left out; of an even
// number the lower of the two in the middle. Exact for the samples kept. Memory: 8 bytes a period,
// from the first sample on. Samples are positive numbers below 2^64.
class SampledMedian {
public:
    SampledMedian() = default;
    SampledMedian(Duration period, std::uint32_t count) : period_{period}, count_{count} {}

    // The first sample of a period counts; false: there is one already.
    bool add(Instant at, std::uint64_t sample);
    // Zero while fewer than `samples_min` are kept.
    std::uint64_t median(std::uint32_t samples_min) const;
    // Sample by number of the period; zero: none.
    std::uint64_t sample(std::int64_t number) const;
    std::int64_t newest() const { return newest_; }
    std::int64_t count() const { return static_cast<std::int64_t>(count_); }

    void fields(auto& archive) { archive(period_, count_, newest_, samples_); }

private:
    Duration period_;
    std::uint64_t count_{0};
    std::int64_t newest_{0};
    std::vector<std::uint64_t> samples_;  // zero: none
};

void add_wide(limbs::Wide& sum, const limbs::Wide& value);

}  // namespace grekko::market
