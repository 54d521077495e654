#include "research/statistics/bootstrap.hpp"

#include <algorithm>
#include <functional>

#include "base/assert.hpp"
#include "base/portable_math.hpp"
#include "research/statistics/drawdown.hpp"
#include "research/statistics/returns.hpp"

namespace grekko::statistics {
namespace {

Interval middle(std::span<const double> draws) {
    const double out = (1.0 - bootstrap_coverage) / 2.0;
    return {quantile(draws, out).value_or(0.0), quantile(draws, 1.0 - out).value_or(0.0)};
}

// Draws samples of a fixed size from one series.
class Sampler {
public:
    Sampler(std::span<const double> source, std::size_t size, std::uint64_t seed)
        : source_{source},
          random_{seed},
          indices_(size),
          sample_(size),
          block_{mean_block(source.size())} {}

    std::span<const double> next() {
        draw_indices(random_, source_.size(), block_, indices_);
        std::transform(indices_.begin(), indices_.end(), sample_.begin(),
                       [&](std::size_t index) { return source_[index]; });
        return sample_;
    }

private:
    std::span<const double> source_;
    Random random_;
    std::vector<std::size_t> indices_;
    std::vector<double> sample_;
    double block_;
};

double share_with_loss(std::span<const double> daily, std::uint64_t seed, double loss) {
    Sampler sampler{daily, static_cast<std::size_t>(days_a_year), seed + 1};
    int losses = 0;
    for (int draw = 0; draw < bootstrap_draws; ++draw) {
        if (depth_of(sampler.next()) >= loss) ++losses;
    }
    return static_cast<double>(losses) / bootstrap_draws;
}

} // namespace

double mean_block(std::size_t n) {
    if (n == 0) return 5.0;
    return std::max(5.0, portable_exp(portable_log(static_cast<double>(n)) / 3.0));
}

void draw_indices(Random& random, std::size_t n, double block, std::span<std::size_t> indices) {
    ASSERT(n > 0);
    ASSERT(block >= 1.0);
    std::size_t present = 0;
    bool first = true;
    for (std::size_t& index : indices) {
        const bool anew = first || random.chance(1.0 / block);
        present = anew ? static_cast<std::size_t>(random.below(n)) : (present + 1) % n;
        index = present;
        first = false;
    }
}

std::optional<Bootstrap> bootstrap(std::span<const double> daily, std::uint64_t seed, double loss) {
    if (daily.size() < bootstrap_days_min) return std::nullopt;
    Sampler sampler{daily, daily.size(), seed};
    std::vector<double> totals;
    std::vector<double> sharpes;
    std::vector<double> depths;
    for (int draw = 0; draw < bootstrap_draws; ++draw) {
        const std::span<const double> sample = sampler.next();
        totals.push_back(compounded(sample));
        depths.push_back(depth_of(sample));
        if (const auto ratio = sharpe_of_period(sample)) sharpes.push_back(annualised(*ratio));
    }
    Bootstrap result;
    result.total = middle(totals);
    result.drawdown = middle(depths);
    if (!sharpes.empty()) result.sharpe = middle(sharpes);
    result.loss_in_a_year = share_with_loss(daily, seed, loss);
    return result;
}

std::optional<Interval> difference_interval(std::span<const double> a, std::span<const double> b,
                                            std::uint64_t seed) {
    ASSERT(a.size() == b.size());
    if (a.size() < bootstrap_days_min) return std::nullopt;
    std::vector<double> difference(a.size());
    std::transform(a.begin(), a.end(), b.begin(), difference.begin(), std::minus<>{});
    Sampler sampler{difference, difference.size(), seed};
    std::vector<double> totals;
    for (int draw = 0; draw < bootstrap_draws; ++draw)
        totals.push_back(sum(sampler.next()));
    return middle(totals);
}

} // namespace grekko::statistics
