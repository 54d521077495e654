// Nanoseconds a value of four indicators, each beside the plainest loop that gives the same values,
// and through the registry's Any, which is what a script pays on top.
#include <grekko/ta/registry.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

namespace grekko {
namespace {

constexpr std::size_t count = 100'000;

const std::vector<double>& closes() {
    static const std::vector<double> drawn = [] {
        std::mt19937_64 generator{1};
        std::vector<double> series;
        double price = 100.0;
        for (std::size_t i = 0; i < count; ++i) {
            price += static_cast<double>(generator() >> 11U) * 0x1p-53 - 0.5;
            series.push_back(price);
        }
        return series;
    }();
    return drawn;
}

void finish(benchmark::State& state) {
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
    const double values = static_cast<double>(state.iterations()) * static_cast<double>(count);
    state.counters["per_value"] =
        benchmark::Counter{values, benchmark::Counter::kIsRate | benchmark::Counter::kInvert};
}

template <class Indicator>
void run(benchmark::State& state) {
    for (auto _ : state) {
        Indicator indicator{static_cast<std::size_t>(state.range(0))};
        for (const double x : closes()) {
            indicator.update(x);
            benchmark::DoNotOptimize(indicator.value());
        }
    }
    finish(state);
}

void run_any(benchmark::State& state, const char* name) {
    for (auto _ : state) {
        auto any = std::move(ta::make(name).any).value();
        for (const double x : closes()) {
            any.update(x);
            benchmark::DoNotOptimize(any.value());
        }
    }
    finish(state);
}

void ema_loop(benchmark::State& state) {
    for (auto _ : state) {
        double average = closes().front();
        for (const double x : closes()) {
            average += 2.0 / 21.0 * (x - average);
            benchmark::DoNotOptimize(average);
        }
    }
    finish(state);
}

void rsi_loop(benchmark::State& state) {
    for (auto _ : state) {
        double rise = 0.0;
        double fall = 0.0;
        double before = closes().front();
        for (const double x : closes()) {
            rise += (std::max(x - before, 0.0) - rise) / 14.0;
            fall += (std::max(before - x, 0.0) - fall) / 14.0;
            before = x;
            double value = 100.0 * rise / (rise + fall);
            benchmark::DoNotOptimize(value);
        }
    }
    finish(state);
}

void bbands_loop(benchmark::State& state) {
    for (auto _ : state) {
        for (std::size_t i = 20; i <= count; ++i) {
            const auto begin = closes().begin() + static_cast<std::ptrdiff_t>(i - 20);
            double mean = 0.0;
            double squares = 0.0;
            std::for_each(begin, begin + 20, [&](double x) { mean += x / 20.0; });
            std::for_each(begin, begin + 20, [&](double x) { squares += (x - mean) * (x - mean); });
            double upper = mean + 2.0 * std::sqrt(squares / 20.0);
            benchmark::DoNotOptimize(upper);
        }
    }
    finish(state);
}

void highest_loop(benchmark::State& state) {
    for (auto _ : state) {
        for (std::size_t i = 20; i <= count; ++i) {
            const auto begin = closes().begin() + static_cast<std::ptrdiff_t>(i - 20);
            double highest = *std::max_element(begin, begin + 20);
            benchmark::DoNotOptimize(highest);
        }
    }
    finish(state);
}

BENCHMARK(ema_loop);
BENCHMARK(run<ta::Ema>)->Arg(20);
BENCHMARK_CAPTURE(run_any, ema, "ema");
BENCHMARK(rsi_loop);
BENCHMARK(run<ta::Rsi>)->Arg(14);
BENCHMARK_CAPTURE(run_any, rsi, "rsi");
BENCHMARK(bbands_loop);
BENCHMARK(run<ta::Bbands>)->Arg(20);
BENCHMARK_CAPTURE(run_any, bbands, "bbands");
BENCHMARK(highest_loop);
BENCHMARK(run<ta::Highest>)->Arg(20)->Arg(1000);
BENCHMARK_CAPTURE(run_any, highest, "highest");

} // namespace
} // namespace grekko
