// PERF-16: what a unit of work costs as things grow: a market record by symbols that nobody asked
// for, an order's life by open orders, a record applied by the length of the journal before it.
// run.py fits the exponent.
#include "bench/bare.hpp"
#include "unit/core/risk/scene.hpp"

namespace grekko::bench {
namespace {

using Toggle = NativeAgent<EveryTick>;

template <std::uint16_t symbols>
double by_symbols() {
    constexpr std::uint64_t records = 200'000;
    MadeTape::Shape shape;
    shape.instruments = symbols;
    shape.step = Duration::microseconds(100);
    EngineLoad load{shape};
    load.open({});
    load.run(records);
    return cost(records, [&] { load.run(records); });
}

// Comes and goes while `open` others rest: both events applied to the exposure.
template <std::uint64_t open>
double by_orders() {
    constexpr std::uint64_t lives = 50'000;
    risk::tests::Scene scene;
    const auto order = [&](std::uint64_t i) {
        Order made = scene.order(Side::buy, 0.0000001_quantity, 50_price);
        made.limit += Price::from_raw(static_cast<Int128>(i % 1'000) * 10'000'000'000'000'000);
        made.agent = AgentId{static_cast<std::uint16_t>(2 + i % 100)};
        return made;
    };
    for (std::uint64_t i = 0; i < open; ++i)
        scene.submit(order(i));
    return cost(lives, [&] {
        for (std::uint64_t i = 0; i < lives; ++i) {
            events::OrderCancelled cancelled;
            cancelled.order = scene.submit(order(i));
            scene.emit(cancelled);
        }
    });
}

// The last 20 000 records of a journal in which `orders` orders came before.
template <std::uint64_t orders>
double by_journal() {
    MadeTape::Shape slow;
    slow.step = Duration::seconds(10);
    slow.quotes = true;
    slow.jump = 40_price;
    Toggle proposer{"proposer", Toggle::Wants::trades, EveryTick{1'000}};
    EngineLoad load{slow, EngineLoad::Keep::everything};
    load.open({&proposer});
    load.run(1'000 + orders + 600);
    constexpr std::uint64_t measured = 10'000;
    const std::uint64_t last = load.engine.last_sequence().value();
    engine::Engine replayed{make_universe(1), make_settings()};
    double begin = 0, ns = 0;
    std::uint64_t applied = 0;
    const auto read = load.journal.read(Sequence{1}, [&](const ports::Batch& batch) {
        engine::for_each_record(batch.payload, [&](const RecordHead& head) {
            if (head.sequence.value() == last - measured) begin = cpu_nanoseconds();
            replayed.apply_record(head);
            if (++applied == last) ns = (cpu_nanoseconds() - begin) / measured;
        });
        return Result<void>{};
    });
    require(read.has_value() && applied == last, "the journal cannot be read");
    return ns;
}

constexpr Case cases[]{
    {"symbols_1", by_symbols<1>},
    {"symbols_10", by_symbols<10>},
    {"symbols_100", by_symbols<100>},
    {"symbols_1000", by_symbols<1'000>},
    {"symbols_10000", by_symbols<10'000>},
    {"orders_1", by_orders<1>},
    {"orders_1000", by_orders<1'000>},
    {"orders_30000", by_orders<30'000>},
    {"orders_1000000", by_orders<1'000'000>},
    {"journal_100", by_journal<100>},
    {"journal_1000", by_journal<1'000>},
    {"journal_10000", by_journal<10'000>},
    {"journal_30000", by_journal<30'000>},
};

} // namespace
} // namespace grekko::bench

int main(int count, char** arguments) {
    return grekko::bench::run_cases(count, arguments, grekko::bench::cases);
}
