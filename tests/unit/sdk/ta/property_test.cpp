// What must hold of every entry of the registry, whatever its formula: warm-up, smallest window,
// constant input, poisoned input, save and load, and no drift over a million updates.
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>

#include <gtest/gtest.h>

#include "unit/sdk/ta/series.hpp"

namespace grekko::tests {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

void expect_warm_up(ta::Any any, const std::vector<Step>& steps) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        ASSERT_TRUE(feed(any, steps[i])) << any.name();
        ASSERT_EQ(any.ready(), i + 1 >= any.warmup()) << any.name() << " at " << i;
        for (const double output : any.outputs()) {
            ASSERT_EQ(std::isfinite(output), any.ready()) << any.name() << " at " << i;
            ASSERT_EQ(std::isnan(output), !any.ready()) << any.name() << " at " << i;
        }
    }
}

TEST(EveryIndicator, IsNanUntilItsWarmUpAndFiniteAfter) {
    const auto steps = drawn_steps(300, 1);
    for (const auto& entry : ta::entries()) {
        expect_warm_up(made(std::string{entry.name}), steps);
    }
}

TEST(EveryIndicator, WorksWithItsSmallestParameters) {
    const auto steps = drawn_steps(100, 2);
    for (const auto& entry : ta::entries()) {
        expect_warm_up(made(std::string{entry.name}, smallest_arguments(entry)), steps);
    }
}

TEST(EveryIndicator, WorksWithPricesThatStandAtZero) {
    std::vector<Step> steps(300);
    for (const auto& entry : ta::entries()) {
        expect_warm_up(made(std::string{entry.name}), steps);
    }
}

TEST(EveryIndicator, HasADefinedValueOnAConstantSeries) {
    // What does not follow from a price of 100.1 in the obvious way.
    const std::map<std::string, std::vector<double>, std::less<>> expected{
        {"trix", {0}},
        {"obv", {5}},
        {"mfi", {50}},
        {"momentum", {0}},
        {"roc", {0}},
        {"rsi", {50}},
        {"cmo", {0}},
        {"macd", {0, 0, 0}},
        {"stochastic", {50, 50}},
        {"williams_r", {-50}},
        {"cci", {0}},
        {"aroon", {0, 100, 100}},
        {"true_range", {0}},
        {"atr", {0}},
        {"bbands", {100.1, 100.1, 100.1, 0, 0.5}},
        {"realised_volatility", {0}},
        {"adx", {0, 0, 0}},
        {"supertrend", {100.1, -1}},
        {"psar", {100.1, 1}},
        {"variance", {0}},
        {"stddev", {0}},
        {"zscore", {0}},
        {"percent_rank", {100}},
        {"linreg", {100.1, 0, 100.1, 0}},
        {"correlation", {0}},
        {"crossover", {0}},
        {"crossunder", {0}}};
    // An odd number of bars, because a parabolic stop turns on each bar that touches it.
    const auto steps = constant_steps(301, 100.1);
    for (const auto& entry : ta::entries()) {
        auto any = made(std::string{entry.name});
        for (const auto& step : steps) {
            feed(any, step);
        }
        const auto found = expected.find(entry.name);
        for (std::size_t i = 0; i < any.outputs().size(); ++i) {
            const double want = found == expected.end() ? 100.1 : found->second[i];
            EXPECT_NEAR(any.outputs()[i], want, 1e-10) << entry.name << " output " << i;
        }
    }
}

std::vector<Step> poisons() {
    std::vector<Step> steps;
    for (const double x : {ta::not_ready, infinity, -infinity, 1.1e100, -1e300}) {
        steps.push_back({{x, x, x, x, x}, x});
    }
    return steps;
}

TEST(EveryIndicator, IgnoresAndCountsNonFiniteInput) {
    const auto steps = drawn_steps(250, 3);
    for (const auto& entry : ta::entries()) {
        auto clean = made(std::string{entry.name});
        auto fed = made(std::string{entry.name});
        std::uint64_t poisoned = 0;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (i % 3 == 0) {
                for (const auto& poison : poisons()) {
                    EXPECT_FALSE(feed(fed, poison)) << entry.name;
                    ++poisoned;
                }
            }
            feed(clean, steps[i]);
            feed(fed, steps[i]);
            ASSERT_TRUE(same_bits(clean.outputs(), fed.outputs())) << entry.name << " at " << i;
        }
        EXPECT_EQ(fed.ignored(), poisoned) << entry.name;
        EXPECT_EQ(clean.ignored(), 0U) << entry.name;
    }
}

TEST(EveryIndicator, RefusesABarWithOnePoisonedField) {
    for (const auto& entry : ta::entries()) {
        if (entry.input != ta::Input::bar) continue;
        for (double ta::Bar::* field :
             {&ta::Bar::open, &ta::Bar::high, &ta::Bar::low, &ta::Bar::close, &ta::Bar::volume}) {
            auto any = made(std::string{entry.name});
            ta::Bar bar{1, 2, 0.5, 1, 1};
            bar.*field = ta::not_ready;
            EXPECT_FALSE(any.update(bar)) << entry.name;
            EXPECT_EQ(any.ignored(), 1U) << entry.name;
        }
    }
}

// A spike is finite, so it counts; once its window has passed it must be gone, and averages without
// a window must have forgotten it.
TEST(EveryIndicator, RecoversFromAFiniteSpike) {
    auto steps = drawn_steps(8000, 4);
    steps[150] = {{1e99, 1e99, 1e99, 1e99, 1e99}, -1e99};
    for (const auto& entry : ta::entries()) {
        // Totals never forget, and a half-life of 60 bars needs 40 000 for a square of 1e194.
        const bool remembers = entry.name == "obv" || entry.name == "session_vwap" ||
                               entry.name == "realised_volatility";
        auto any = made(std::string{entry.name});
        auto late = made(std::string{entry.name});
        for (std::size_t i = 0; i < steps.size(); ++i) {
            feed(any, steps[i]);
            if (i >= 5000) feed(late, steps[i]);
        }
        for (std::size_t i = 0; i < any.outputs().size(); ++i) {
            const double got = any.outputs()[i];
            const double want = remembers ? got : late.outputs()[i];
            EXPECT_TRUE(std::isfinite(got)) << entry.name << " output " << i;
            EXPECT_NEAR(got, want, 1e-7 * std::max(1.0, std::abs(want)))
                << entry.name << " output " << i;
        }
    }
}

TEST(EveryIndicator, ContinuesBitForBitAfterSaveAndLoad) {
    const auto steps = drawn_steps(400, 5);
    for (const auto& entry : ta::entries()) {
        for (const std::size_t cut : {0U, 1U, 13U, 57U, 200U}) {
            auto original = made(std::string{entry.name});
            for (std::size_t i = 0; i < cut; ++i) {
                feed(original, steps[i]);
            }
            std::vector<std::byte> bytes(original.saved_size());
            ASSERT_TRUE(original.save(bytes));
            auto restored = made(std::string{entry.name});
            ASSERT_TRUE(restored.load(bytes)) << entry.name;
            ASSERT_TRUE(same_bits(original.outputs(), restored.outputs())) << entry.name;
            for (std::size_t i = cut; i < steps.size(); ++i) {
                feed(original, steps[i]);
                feed(restored, steps[i]);
                ASSERT_TRUE(same_bits(original.outputs(), restored.outputs()))
                    << entry.name << " saved at " << cut << ", differs at " << i;
            }
            EXPECT_EQ(original.ignored(), restored.ignored());
        }
    }
}

TEST(EveryIndicator, SurvivesDamagedSavedBytes) {
    const auto steps = drawn_steps(120, 6);
    std::mt19937_64 generator{7};
    for (const auto& entry : ta::entries()) {
        auto any = made(std::string{entry.name});
        for (const auto& step : steps) {
            feed(any, step);
        }
        std::vector<std::byte> bytes(any.saved_size());
        ASSERT_TRUE(any.save(bytes));
        for (int round = 0; round < 60; ++round) {
            auto damaged = bytes;
            for (int flips = 0; flips < 4; ++flips) {
                damaged[generator() % damaged.size()] ^= std::byte{0x41};
            }
            // Damage inside a value cannot be seen here (the host's checksum sees it); what counts
            // is that no damage leads outside the memory of the indicator.
            auto restored = made(std::string{entry.name});
            restored.load(damaged);
            for (const auto& step : steps) {
                feed(restored, step);
            }
        }
    }
}

// The same bits from every compiler and CPU: FNV-1a over all outputs on the golden bars.
TEST(EveryIndicator, GivesTheGoldenBits) {
    std::string text;
    for (const auto& entry : ta::entries()) {
        auto any = made(std::string{entry.name});
        std::uint64_t hash = 0xcbf2'9ce4'8422'2325;
        for (const auto& step : golden_steps()) {
            feed(any, step);
            for (const double output : any.outputs()) {
                const auto bits = any.ready() ? std::bit_cast<std::uint64_t>(output) : 0;
                hash = (hash ^ bits) * 0x100'0000'01b3;
            }
        }
        text += std::string{entry.name} + " " + std::to_string(hash) + "\n";
    }
    EXPECT_TRUE(matches_golden("ta/bits.txt", text));
}

// After a million updates an indicator must agree with a fresh one that saw only the end.
TEST(EveryIndicator, DoesNotDriftOverAMillionUpdates) {
    constexpr std::size_t count = 1'000'000;
    constexpr std::size_t tail = 4000;
    const auto steps = drawn_steps(count, 8);
    for (const std::string name :
         {"sma", "ema", "wma", "hma", "kama", "vwap", "mfi", "rsi", "bbands", "zscore", "variance",
          "stochastic", "atr", "realised_volatility"}) {
        auto old = made(name);
        auto fresh = made(name);
        for (std::size_t i = 0; i < count; ++i) {
            feed(old, steps[i]);
            if (i >= count - tail) feed(fresh, steps[i]);
        }
        for (std::size_t i = 0; i < old.outputs().size(); ++i) {
            const double want = fresh.outputs()[i];
            EXPECT_NEAR(old.outputs()[i], want, 1e-9 * std::abs(want)) << name << " output " << i;
        }
    }
}

TEST(EveryIndicator, SumsWithoutAWindowAreExactAfterAMillionUpdates) {
    const auto steps = drawn_steps(1'000'000, 9);
    auto obv = made("obv");
    auto vwap = made("session_vwap");
    long double turnover = 0.0L;
    long double volume = 0.0L;
    std::int64_t balance = 0;
    double before = -1.0;
    for (const auto& step : steps) {
        obv.update(step.bar);
        vwap.update(step.bar);
        const auto traded = static_cast<std::int64_t>(step.bar.volume);
        balance += step.bar.close > before ? traded : step.bar.close < before ? -traded : 0;
        before = step.bar.close;
        turnover += static_cast<long double>(ta::typical_price(step.bar) * step.bar.volume);
        volume += static_cast<long double>(step.bar.volume);
    }
    EXPECT_EQ(obv.value(), static_cast<double>(balance));
    const auto want = static_cast<double>(turnover / volume);
    EXPECT_NEAR(vwap.value(), want, 1e-13 * want);
}

} // namespace
} // namespace grekko::tests
