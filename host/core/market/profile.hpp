// Volume of the last four weeks by quarter of an hour, and from it what is usual at each quarter of
// the week (VWAP, trading rules §7). Fixed memory: 43 kB an instrument, from the first volume on.
// It never looks at a clock. Market keeps one for every instrument.
#pragma once

#include <cstdint>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/volume_profile.hpp"

namespace grekko::market {

class QuarterVolumes {
public:
    static constexpr Duration quarter = Duration::minutes(15);
    static constexpr std::int64_t quarters_kept = 4 * static_cast<std::int64_t>(
                                                          VolumeProfile::quarters);
    // A silence up to so long is volume of zero; a longer one is no data.
    static constexpr std::int64_t quiet_quarters_max = 96;

    // Volume that traded at an instant.
    void add(Instant at, Quantity volume);
    // Volume of a bar: spread evenly over its quarters where it is longer than one.
    void add(Instant from, Duration length, Quantity volume);

    // The mean over the weeks kept, of quarters that are over and that were seen from their start.
    // Days: of data seen; less than seven while any quarter of the week was never seen.
    VolumeProfile profile(Instant now) const;

    void fields(auto& archive) { archive(newest_, volumes_); }

private:
    void advance(Instant to);
    void put(std::int64_t number, Quantity volume);

    std::int64_t newest_{0};         // number of the newest quarter since 1970
    std::vector<Quantity> volumes_;  // ring by number; negative: not seen, or not from its start
};

}  // namespace grekko::market
