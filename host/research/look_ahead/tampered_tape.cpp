#include "research/look_ahead/tampered_tape.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/random.hpp"

namespace grekko::research {
namespace {

constexpr Price tick = Price::from_raw(10'000'000'000'000'000); // 0.01

// Another level for the whole future, and a shake for each record.
class Noise {
public:
    explicit Noise(std::uint64_t seed) : random_{seed, 0xA0153} { level_ = 0.7 + 0.6 * uniform(); }

    void shake(MarketHead& head) {
        factor_ = level_ * (0.98 + 0.04 * uniform());
        visit_market(head, [&](const auto& record) {
            auto& changed = const_cast<std::remove_cvref_t<decltype(record)>&>(record);
            change(changed);
        });
    }

private:
    double uniform() { return random_.uniform(); }
    Rate rate(double value) {
        return Rate{Decimal::from_units(static_cast<std::int64_t>(value * 1e6), -6)};
    }
    Price moved(Price price) {
        const Price made = multiply(price, rate(factor_), Rounding::half_even);
        return std::max(round_to(made, tick, Rounding::half_even), tick);
    }
    Quantity moved(Quantity quantity) {
        if (quantity.is_zero()) return quantity; // an empty level or bar stays one
        const Rate by = rate(0.25 + 2 * uniform());
        return Quantity{multiply(quantity.decimal(), by.decimal(), Rounding::half_even)};
    }
    void change(Bar& bar) {
        const double half = 0.01 * uniform();
        bar.open = moved(bar.open);
        bar.close = multiply(bar.open, rate(0.99 + 0.02 * uniform()), Rounding::half_even);
        bar.high = multiply(std::max(bar.open, bar.close), rate(1 + half), Rounding::half_even);
        bar.low = multiply(std::min(bar.open, bar.close), rate(1 - half), Rounding::half_even);
        bar.volume = moved(bar.volume);
    }
    void change(Trade& trade) {
        trade.price = moved(trade.price);
        trade.quantity = moved(trade.quantity);
    }
    void change(Quote& quote) {
        const Price spread = quote.ask - quote.bid;
        quote.bid = moved(quote.bid);
        quote.ask = quote.bid + spread;
    }
    void change(BookLevel& level) {
        factor_ = level_; // all levels together: the book keeps its order
        level.price = moved(level.price);
        level.quantity = moved(level.quantity);
    }
    template <class Other>
    void change(Other&) {}

    Random random_;
    double level_{1}, factor_{1};
};

struct alignas(8) Slot {
    std::byte bytes[market_record_bytes_max];
};

} // namespace

std::vector<Instant> instants_of(const runtime::MemoryTape& tape) {
    std::vector<Instant> out;
    for (std::size_t i = 1; i <= tape.size(); ++i) {
        const Instant at = tape.at(TapePosition{i}).received_at;
        if (out.empty() || at > out.back()) out.push_back(at);
    }
    return out;
}

runtime::MemoryTape cut_after(const runtime::MemoryTape& tape, Instant last, Instant next) {
    runtime::MemoryTape out;
    for (std::size_t i = 1; i <= tape.size(); ++i) {
        const MarketHead& record = tape.at(TapePosition{i});
        if (record.received_at > last) break;
        ASSERT(out.append(record).has_value());
    }
    ClockTick tick_of_clock{market_head<ClockTick, MarketKind::clock>()};
    tick_of_clock.head.received_at = tick_of_clock.head.exchange_at = next;
    ASSERT(out.append(tick_of_clock.head).has_value());
    return out;
}

runtime::MemoryTape noise_after(const runtime::MemoryTape& tape, Instant last, std::uint64_t seed) {
    runtime::MemoryTape out;
    Noise noise{seed};
    for (std::size_t i = 1; i <= tape.size(); ++i) {
        const MarketHead& record = tape.at(TapePosition{i});
        Slot copy;
        std::memcpy(copy.bytes, &record, record.size);
        auto& head = *reinterpret_cast<MarketHead*>(copy.bytes);
        if (head.received_at > last) noise.shake(head);
        ASSERT(out.append(head).has_value());
    }
    return out;
}

} // namespace grekko::research
