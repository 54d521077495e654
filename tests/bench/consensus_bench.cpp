// PERF-8: the count of five votes (decide) and a whole round with all of its events applied,
// beside a bare weighted loop over five votes.
#include "bench/bare.hpp"
#include "core/consensus/tally.hpp"
#include "unit/core/consensus/table.hpp"

namespace grekko::bench {
namespace {

constexpr std::uint64_t rounds = 20'000;

consensus::Round voted_round() {
    consensus::Table table{5};
    const IntentId id = table.propose(table.increase(1));
    for (std::uint16_t agent = 2; agent <= 5; ++agent)
        table.cast(id, agent, Ballot::approve);
    return *consensus::find_round(table.state, id);
}

double tally() {
    const consensus::Round round = voted_round();
    const consensus::Law law = consensus::Settings{}.law;
    consensus::Ballots ballots = consensus::ballots(round);
    std::uint64_t passed = 0;
    const double ns = cost(10 * rounds, [&] {
        for (std::uint64_t i = 0; i < 10 * rounds; ++i) {
            keep(ballots);
            const bool pass =
                consensus::tally(ballots, law).outcome == consensus::RoundOutcome::passed;
            passed += pass ? 1 : 0;
        }
    });
    require(passed == 10 * rounds, "a count did not pass");
    return ns;
}

double round() {
    consensus::Table table{5};
    table.keep = false;
    std::uint64_t passed = 0;
    const double ns = cost(rounds, [&] {
        for (std::uint64_t i = 0; i < rounds; ++i) {
            table.pass(Duration::seconds(10));
            const IntentId id = table.propose(table.increase(1));
            for (std::uint16_t agent = 2; agent <= 5; ++agent)
                table.cast(id, agent, Ballot::approve);
            const auto closed = table.close(id);
            passed += closed && closed->outcome == consensus::RoundOutcome::passed ? 1 : 0;
            table.emit(events::IntentClosed{.intent = id});
        }
    });
    require(passed == rounds, "a round did not pass");
    return ns;
}

double bare() {
    constexpr std::uint64_t times = 1'000 * rounds;
    BareVotes votes;
    std::uint64_t passed = 0;
    const double ns = cost(times, [&] {
        for (std::uint64_t i = 0; i < times; ++i) {
            keep(votes);
            passed += votes.pass() ? 1 : 0;
        }
    });
    require(passed == times, "the bare loop did not pass");
    return ns;
}

constexpr Case cases[]{{"tally", tally}, {"round", round}, {"bare", bare}};

} // namespace
} // namespace grekko::bench

int main(int count, char** arguments) {
    return grekko::bench::run_cases(count, arguments, grekko::bench::cases);
}
