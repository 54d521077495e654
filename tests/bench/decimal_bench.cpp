// Nanoseconds of the money type beside plain 128-bit integers: what exactness costs.
// Every operation runs over a table of realistic amounts, so that branches and caches see what
// they would see in the engine; the cost of the loop itself is the first line.
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "base/decimal.hpp"
#include "base/random.hpp"

namespace grekko {
namespace {

constexpr std::size_t table_size = 1024;

struct Table {
    std::vector<Decimal> prices;
    std::vector<Decimal> quantities;
    std::vector<std::string> texts;
};

const Table& table() {
    static const Table made = [] {
        Table result;
        Random random{1};
        for (std::size_t i = 0; i < table_size; ++i) {
            result.prices.push_back(Decimal::from_units(random.between(1'000'000, 9'999'999), -2));
            const std::int64_t size = random.between(1, 500'000'000);
            result.quantities.push_back(Decimal::from_units(size, -8));
            result.texts.push_back(result.prices.back().to_string());
        }
        return result;
    }();
    return made;
}

template <class Operation>
void over_table(benchmark::State& state, Operation&& operation) {
    const Table& rows = table();
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(operation(rows.prices[i], rows.quantities[i], i));
        i = (i + 1) % table_size;
    }
}

void loop_alone(benchmark::State& state) {
    over_table(state, [](const Decimal&, const Decimal&, std::size_t i) { return i; });
}

void int128_add(benchmark::State& state) {
    over_table(state, [](Decimal a, Decimal b, std::size_t) { return a.raw() + b.raw(); });
}
void int128_compare(benchmark::State& state) {
    over_table(state, [](Decimal a, Decimal b, std::size_t) { return a.raw() < b.raw(); });
}
void int128_multiply(benchmark::State& state) { // 128 bits of the product, no scale, no rounding
    over_table(state, [](Decimal a, Decimal b, std::size_t) {
        return static_cast<UInt128>(a.raw()) * static_cast<UInt128>(b.raw());
    });
}
void int128_divide(benchmark::State& state) { // truncated, no scale
    over_table(state, [](Decimal a, Decimal b, std::size_t) { return a.raw() / b.raw(); });
}

void decimal_add(benchmark::State& state) {
    over_table(state, [](Decimal a, Decimal b, std::size_t) { return a + b; });
}
void decimal_compare(benchmark::State& state) {
    over_table(state, [](Decimal a, Decimal b, std::size_t) { return a < b; });
}
void decimal_multiply(benchmark::State& state) {
    over_table(state, [](Decimal a, Decimal b, std::size_t) {
        return multiply(a, b, Rounding::half_even);
    });
}
void decimal_divide(benchmark::State& state) {
    over_table(state,
               [](Decimal a, Decimal b, std::size_t) { return divide(a, b, Rounding::half_even); });
}
void decimal_divide_by_large(benchmark::State& state) { // divisors beyond 64 bits
    over_table(state,
               [](Decimal a, Decimal b, std::size_t) { return divide(b, a, Rounding::half_even); });
}
void decimal_multiply_divide(benchmark::State& state) {
    over_table(state, [](Decimal a, Decimal b, std::size_t) {
        return multiply_divide(a, b, a, Rounding::half_even);
    });
}
void decimal_round_to(benchmark::State& state) {
    constexpr Decimal tick = Decimal::from_units(5, -2);
    over_table(state,
               [](Decimal a, Decimal, std::size_t) { return round_to(a, tick, Rounding::floor); });
}
void decimal_square_root(benchmark::State& state) {
    over_table(state, [](Decimal a, Decimal, std::size_t) { return square_root(a); });
}
void decimal_parse(benchmark::State& state) {
    const std::vector<std::string>& texts = table().texts;
    over_table(state, [&](Decimal, Decimal, std::size_t i) { return *Decimal::parse(texts[i]); });
}
void decimal_print(benchmark::State& state) {
    std::array<char, Decimal::text_size_max> text{};
    over_table(state, [&](Decimal a, Decimal, std::size_t) {
        const std::size_t size = a.write(text.data());
        benchmark::ClobberMemory();
        return size;
    });
}
void decimal_to_double(benchmark::State& state) {
    over_table(state, [](Decimal a, Decimal, std::size_t) { return a.to_double(); });
}
void decimal_from_double(benchmark::State& state) {
    over_table(state, [](Decimal a, Decimal, std::size_t i) {
        return Decimal::from_double(static_cast<double>(i) * 0.37 + (a.is_zero() ? 1 : 0));
    });
}

BENCHMARK(loop_alone);
BENCHMARK(int128_add);
BENCHMARK(decimal_add);
BENCHMARK(int128_compare);
BENCHMARK(decimal_compare);
BENCHMARK(int128_multiply);
BENCHMARK(decimal_multiply);
BENCHMARK(int128_divide);
BENCHMARK(decimal_divide);
BENCHMARK(decimal_divide_by_large);
BENCHMARK(decimal_multiply_divide);
BENCHMARK(decimal_round_to);
BENCHMARK(decimal_square_root);
BENCHMARK(decimal_parse);
BENCHMARK(decimal_print);
BENCHMARK(decimal_to_double);
BENCHMARK(decimal_from_double);

} // namespace
} // namespace grekko
