// RandomBook: one whole book on the generated market, with agents that enter and leave at random:
// proposals, votes, risk, execution, the paper venue and its fees are all real, only the wish to
// trade is a coin. It returns what the session earned and what it paid. Not a strategy and not a
// check of the engine's bookkeeping (the invariants are). The null test runs many of them.
#pragma once

#include <cstdint>
#include <vector>

namespace grekko::tests {

struct RandomBookRequest {
    std::uint64_t seed{1};
    bool fees{true}; // 10 bp a side, else none
    int minutes{30};
};

// Base currency. `costs` are fees and, for each fill, its price against the mark at the moment it
// was reported: what execution took. What is left of the profit is what the market gave.
struct RandomBookResult {
    double profit{0};
    double fees{0};
    double costs{0};
    int fills{0};
    int votes{0};
    std::vector<double> mids; // of the touch, at the end of each minute
};

RandomBookResult run_random_book(const RandomBookRequest& request);

} // namespace grekko::tests
