// PERF-1: a venue's message in, an order's bytes out, through parser, engine and five agents,
// beside the same work written bare: no records of state, no refusals, no replay, but the same
// message parsed, the same votes, comparisons, order text and as many journal bytes.
// PERF-2: what a Lua agent adds to a native one on a tick, beside lua_pcall of the same script.
#include <cstring>

#include "bench/bare.hpp"
#include "bench/lua_load.hpp"
#include "bench/wire.hpp"

namespace grekko::bench {
namespace {

using Cross = NativeAgent<EmaCross>;
using Toggle = NativeAgent<EveryTick>;
using Voter = NativeAgent<Approves>;

constexpr std::uint64_t warm_up = 2'000, orders = 4'000, ticks = 100'000;

struct FiveAgents {
    Toggle proposer{"proposer", Toggle::Wants::trades, EveryTick{warm_up}};
    Voter voters[4]{{"b", Voter::Wants::votes, {}},
                    {"c", Voter::Wants::votes, {}},
                    {"d", Voter::Wants::votes, {}},
                    {"e", Voter::Wants::votes, {}}};
    std::vector<ports::Agent*> all() {
        return {&proposer, &voters[0], &voters[1], &voters[2], &voters[3]};
    }
};

MadeTape::Shape slow() {
    MadeTape::Shape shape;
    shape.step = Duration::seconds(10);
    shape.quotes = true;
    shape.jump = 40_price;
    return shape;
}

double host() {
    FiveAgents agents;
    EngineLoad load{slow()};
    load.open(agents.all());
    load.run(warm_up);
    const std::uint64_t before = load.venue.orders;
    Messages messages{load.tape};
    std::string out;
    const double ns = cost(orders, [&] {
        for (std::uint64_t i = 0; i < orders; ++i) {
            const Price price = messages.next();
            load.run(1);
            write_order(i, Side::buy, 0.05_quantity, price, out);
        }
    });
    require((load.venue.orders - before) * 100 >= orders * 99, "a tick did not become an order");
    return ns;
}

// The journal of the host, and how many bytes of it an order costs.
std::vector<std::byte> journal_bytes(std::size_t& an_order) {
    constexpr std::uint64_t some = 400;
    FiveAgents agents;
    EngineLoad load{slow(), EngineLoad::Keep::everything};
    load.open(agents.all());
    load.run(warm_up);
    const std::uint64_t before = load.journal.bytes();
    load.run(some);
    an_order = (load.journal.bytes() - before) / some;
    std::vector<std::byte> all;
    const auto read = load.journal.read(Sequence{1}, [&](const ports::Batch& batch) {
        all.insert(all.end(), batch.payload.begin(), batch.payload.end());
        return Result<void>{};
    });
    require(read.has_value(), "the journal cannot be read");
    return all;
}

double bare() {
    std::size_t an_order = 0;
    const std::vector<std::byte> records = journal_bytes(an_order);
    std::vector<std::byte> journal(std::size_t{1} << 20U);
    std::size_t from = 0, at = 0;
    const MadeTape prices{slow(), Instant::from_seconds(1'700'000'000)};
    Messages messages{prices};
    BareBook book;
    std::string out;
    const double ns = cost(orders, [&] {
        for (std::uint64_t i = 0; i < orders; ++i) {
            const Price price = messages.next();
            book.averages.update(price.to_double());
            book.trade(price, i % 2 == 0 ? 0.05_quantity : 0_quantity);
            write_order(i, Side::buy, 0.05_quantity, price, out);
            if (from + an_order > records.size()) from = 0;
            if (at + an_order > journal.size()) at = 0;
            std::memcpy(journal.data() + at, records.data() + from, an_order);
            keep(journal[at]);
            from += an_order;
            at += an_order;
        }
    });
    require(book.orders == orders, "the bare book did not trade");
    return ns;
}

double native_asked() {
    Cross agent{"ema", Cross::Wants::trades, EmaCross{false}};
    return asked_about_trades(agent, ticks);
}
double lua_asked(script::Guard guard) {
    const tests::TemporaryFolder folder;
    const auto agent = lua_agent(folder, guard);
    return asked_about_trades(*agent, ticks);
}

constexpr Case cases[]{
    {"host", host},
    {"bare", bare},
    {"native_asked", native_asked},
    {"lua_asked", [] { return lua_asked(script::Guard::external); }},
    {"lua_asked_hook", [] { return lua_asked(script::Guard::count_hook); }},
    {"lua_pcall", [] { return bare_pcall(ticks); }},
};

} // namespace
} // namespace grekko::bench

int main(int count, char** arguments) {
    return grekko::bench::run_cases(count, arguments, grekko::bench::cases);
}
