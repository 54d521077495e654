#include "bench/scenarios.hpp"

#include <cstdio>
#include <cstdlib>

#include "bench/engine_load.hpp"
#include "unit/core/consensus/table.hpp"
#include "unit/core/risk/scene.hpp"

namespace grekko::bench {
namespace {

using Cross = NativeAgent<EmaCross>;
using Toggle = NativeAgent<EveryTick>;
using Voter = NativeAgent<Approves>;

// A scenario that does not do what it says must not be counted.
void require(bool done, const char* what) {
    if (done) return;
    std::fprintf(stderr, "scenario: %s\n", what);
    std::exit(1);
}

void market_idle(std::uint64_t steps) {
    EngineLoad load{{}};
    load.open({});
    load.run(steps);
}

void quote_idle(std::uint64_t steps) {
    MadeTape::Shape shape;
    shape.quotes = true;
    EngineLoad load{shape};
    load.open({});
    load.run(steps);
}

void market_asked(std::uint64_t steps) {
    Cross agent{"ema", Cross::Wants::trades, EmaCross{false}};
    EngineLoad load{{}};
    load.open({&agent});
    load.run(steps);
    require(agent.asked >= steps, "the agent was not asked about every trade");
}

MadeTape::Shape slow_with_quotes() {
    MadeTape::Shape shape;
    shape.step = Duration::seconds(10);
    shape.quotes = true;
    shape.jump = 40_price;
    return shape;
}

void backtest(std::uint64_t steps) {
    Cross agent{"ema", Cross::Wants::trades, EmaCross{}};
    EngineLoad load{slow_with_quotes()};
    load.open({&agent});
    load.run(steps);
    require(load.venue.orders * 100 >= steps, "fewer orders than one in a hundred trades");
}

constexpr std::uint64_t chain_warm_up = 1'000;

void chain(std::uint64_t steps) {
    Toggle proposer{"proposer", Toggle::Wants::trades, EveryTick{chain_warm_up}};
    Voter voters[]{{"b", Voter::Wants::votes, {}},
                   {"c", Voter::Wants::votes, {}},
                   {"d", Voter::Wants::votes, {}},
                   {"e", Voter::Wants::votes, {}}};
    EngineLoad load{slow_with_quotes()};
    load.open({&proposer, &voters[0], &voters[1], &voters[2], &voters[3]});
    load.run(chain_warm_up + 2 * steps);
    require(load.venue.orders * 100 >= 2 * steps * 99, "an intent did not become an order");
}

void risk_assess(std::uint64_t steps) {
    risk::tests::Scene scene;
    std::uint64_t approved = 0;
    for (std::uint64_t i = 0; i < steps; ++i)
        approved += scene.assessed().approved() ? 1 : 0;
    require(approved == steps, "an assessment did not approve");
}

void consensus_round(std::uint64_t steps) {
    consensus::Table table{5};
    table.keep = false;
    std::uint64_t passed = 0;
    for (std::uint64_t i = 0; i < steps; ++i) {
        table.pass(Duration::seconds(10));
        const IntentId round = table.propose(table.increase(1));
        for (std::uint16_t agent = 2; agent <= 5; ++agent)
            table.cast(round, agent, Ballot::approve);
        const auto closed = table.close(round);
        passed += closed && closed->outcome == consensus::RoundOutcome::passed ? 1 : 0;
        table.emit(events::IntentClosed{.intent = round});
    }
    require(passed == steps, "a round did not pass");
}

// The records of a run of `chain` applied again, as often as it takes; the first time they are
// made, which is the same for every number of steps.
void replay(std::uint64_t steps) {
    Toggle proposer{"proposer", Toggle::Wants::trades, EveryTick{chain_warm_up}};
    EngineLoad load{slow_with_quotes(), EngineLoad::Keep::everything};
    load.open({&proposer});
    load.run(chain_warm_up + 200);
    std::uint64_t applied = 0;
    while (applied < steps) {
        engine::Engine replayed{make_universe(1), make_settings()};
        const auto read = load.journal.read(Sequence{1}, [&](const ports::Batch& batch) {
            engine::for_each_record(batch.payload, [&](const RecordHead& head) {
                if (applied < steps && replayed.apply_record(head)) ++applied;
            });
            return Result<void>{};
        });
        require(read.has_value(), "the journal cannot be read");
    }
}

constexpr Scenario all[]{
    {"market_idle", "trade nobody asked for", 20'000, market_idle},
    {"quote_idle", "quote and trade nobody asked for", 20'000, quote_idle},
    {"market_asked", "trade, agent asked, no intent", 20'000, market_asked},
    {"backtest", "trade and quote, EMA agent", 4'000, backtest},
    {"chain", "entry by five votes, and its exit", 200, chain},
    {"risk_assess", "assessment, every check", 2'000, risk_assess},
    {"consensus_round", "round of five agents", 1'000, consensus_round},
    {"replay", "record applied", 20'000, replay},
};

} // namespace

std::span<const Scenario> scenarios() {
    return all;
}

} // namespace grekko::bench
