// RandomBook: one whole book on the generated market, with agents that enter and leave by the toss
// of a coin: proposals, votes, risk, execution, the paper venue and its fees are real, only the
// wish to trade is not. It returns what the session earned and what it paid. `foresight` loads the
// coin with what the market is about to do: an edge of known size, to show that one would be seen.
// Not a strategy, and no check of the bookkeeping. The null test runs many of them.
#pragma once

#include <cstdint>

namespace grekko::tests {

struct RandomBookRequest {
    std::uint64_t seed{1};
    bool fees{true};     // 10 bp a side, else none
    double foresight{0}; // 0 … 1: how much likelier an entry is before a rise than before a fall
    int minutes{120};
};

// Base currency. `costs` are fees and, for each fill, its price against the mark when the host
// heard of it: what execution took. What is left of the profit is what the market gave.
struct RandomBookResult {
    double profit{0};
    double fees{0};
    double costs{0};
    double bought{0};  // value of what was bought: a round trip each
    double planted{0}; // what the foresight is worth: the coming moves of all that was bought
    int fills{0};
    int votes{0};
};

RandomBookResult run_random_book(const RandomBookRequest& request);

} // namespace grekko::tests
