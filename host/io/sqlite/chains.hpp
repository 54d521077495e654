// Chains: what each order and each denial of a story stands on, link by link: mark, intent, votes,
// checks, order, fills. A link that the journal should have and does not have is a hole. It reads
// what was recorded and decides nothing. `grekko explain --all` prints them.
#pragma once

#include <string>
#include <vector>

#include "io/sqlite/explain.hpp"

namespace grekko::sqlite {

enum class ChainEnd : std::uint8_t {
    order = 1,
    denied, // by a risk check
    voted_down,
    stale,      // too old, or the price ran away before the decision was carried out
    superseded, // by a newer intent of the agent, or withdrawn
    refused     // before any vote
};

struct Chain {
    Sequence id; // of the order, the assessment, the round's intent or the refused intent
    ChainEnd end{ChainEnd::order};
    std::uint32_t fills{0};
    bool open{false};               // an order that had not ended when the journal did
    std::string links;              // "mark 4012.5 → intent 2031 buy 0.3 … → filled 0.3 of 0.3"
    std::vector<std::string> holes; // empty: every link is there
};

// Every order and denial of the story, by sequence. Stories that share a parent share its orders.
std::vector<Chain> chains(const Explanation& story, const ExplainNames& names);

std::string_view name(ChainEnd end);

} // namespace grekko::sqlite
