// Book: one venue's price levels of one instrument. Level records wait until their commit, so that
// nobody sees half an update; after it the best price is the last of a sorted flat array, where
// most changes are cheap. It keeps no time and judges no quality: that is the slot's business.
// Market feeds it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "domain/market.hpp"
#include "domain/market_view.hpp"

namespace grekko::market {

struct PendingLevel {
    Price price;
    Quantity quantity;  // zero removes
    Side side{Side::buy};
    std::uint8_t reserved[7]{};
};

class Book {
public:
    // Forgets what waits; the next commit replaces all levels by those staged from here on.
    void reset();
    // False: more than `pending_max` wait, the book is lost until the next reset.
    bool stage(const BookLevel& level, std::uint32_t pending_max);
    // Makes what waits visible; a side keeps its `levels_max` best. False: the book is lost.
    bool commit(std::uint32_t levels_max);
    // Drops everything and refuses commits until a reset.
    void lose();

    // Worst first: the best is back().
    std::span<const Level> side(Side side) const { return side == Side::buy ? bids_ : asks_; }
    bool empty() const { return bids_.empty() && asks_.empty(); }
    bool lost() const { return lost_; }

    void fields(auto& archive) { archive(bids_, asks_, pending_, resetting_, lost_); }

private:
    void replace_all();

    std::vector<Level> bids_;  // rising
    std::vector<Level> asks_;  // falling
    std::vector<PendingLevel> pending_;
    bool resetting_{false};
    bool lost_{true};          // nothing is known before the first reset
};

}  // namespace grekko::market
