// PERF-5: a market record of a backtest with a native agent, fees, latency and every check, beside
// a bare loop over the same records: two averages and, where they cross, a fill with its fee.
// PERF-6: a trade of a backtest with a Lua agent, beside lua_pcall of the same handler.
#include "bench/bare.hpp"
#include "bench/lua_load.hpp"

namespace grekko::bench {
namespace {

using Cross = NativeAgent<EmaCross>;

constexpr std::uint64_t warm_up = 5'000, steps = 20'000, trades = 200'000;

// Every 50 ms a quote and a trade; the averages cross in about one of twenty.
MadeTape::Shape shape() {
    MadeTape::Shape made;
    made.step = Duration::milliseconds(50);
    made.quotes = true;
    made.jump = 40_price;
    return made;
}

double host() {
    Cross agent{"ema", Cross::Wants::trades, EmaCross{}};
    EngineLoad load{shape()};
    load.open({&agent});
    load.run(warm_up);
    const std::uint64_t before = load.driver.market_records();
    const double ns = cost(1, [&] { load.run(steps); });
    return ns / static_cast<double>(load.driver.market_records() - before);
}

// The same, slow enough in time that half of all crossings become orders.
double host_trading() {
    MadeTape::Shape slow = shape();
    slow.step = Duration::seconds(10);
    Cross agent{"ema", Cross::Wants::trades, EmaCross{}};
    EngineLoad load{slow};
    load.open({&agent});
    load.run(warm_up);
    const std::uint64_t records = load.driver.market_records(), orders = load.venue.orders;
    const double ns = cost(1, [&] { load.run(steps); });
    require((load.venue.orders - orders) * 100 >= steps, "hardly an order");
    return ns / static_cast<double>(load.driver.market_records() - records);
}

double bare() {
    MadeTape tape{shape(), Instant::from_seconds(1'700'000'000)};
    BareBook book;
    const auto run = [&](std::uint64_t more) {
        tape.extend(more);
        std::uint64_t records = 0;
        for (;;) {
            const auto record = tape.next();
            if (!record || *record == nullptr) return records;
            ++records;
            if ((*record)->kind != MarketKind::trade) continue;
            const Price price = reinterpret_cast<const Trade*>(*record)->price;
            if (!book.averages.update(price.to_double())) continue;
            book.trade(price, book.averages.above ? 0.05_quantity : 0_quantity);
        }
    };
    run(warm_up);
    std::uint64_t records = 0;
    const double ns = cost(1, [&] { records = run(10 * steps); });
    require(book.orders > 0, "the bare loop did not trade");
    keep(book);
    return ns / static_cast<double>(records);
}

double lua() {
    const tests::TemporaryFolder folder;
    const auto agent = lua_agent(folder, script::Guard::external);
    return asked_about_trades(*agent, trades);
}

constexpr Case cases[]{
    {"host", host},
    {"host_trading", host_trading},
    {"bare", bare},
    {"lua", lua},
    {"lua_pcall", [] { return bare_pcall(trades); }},
};

} // namespace
} // namespace grekko::bench

int main(int count, char** arguments) {
    return grekko::bench::run_cases(count, arguments, grekko::bench::cases);
}
