// ShownBook: one instrument's market as the tape shows it: levels with what our own taking has used
// up since each was last updated, or the best quote where the tape has no levels. The recorded book
// itself is never changed. It does not match: the book model asks it.
#pragma once

#include <grekko/events.h>

#include <functional>
#include <map>
#include <vector>

#include "paper/config.hpp"

namespace grekko::paper {

struct ShownLevel {
    Decimal shown;  // as last told
    Decimal taken;  // by us since then
    Decimal traded; // on the tape since then
    Decimal left() const { return shown > taken ? shown - taken : Decimal{}; }
};

// What became of a level: for the queue models.
struct LevelChange {
    grekko_side side{0};
    Decimal price;
    ShownLevel before;
    Decimal after;
};

class ShownBook {
public:
    using Bids = std::map<Decimal, ShownLevel, std::greater<>>;
    using Asks = std::map<Decimal, ShownLevel>;

    // Resets and levels wait for their commit; quotes count only where there are no levels.
    void reset();
    void level(const grekko_book_level& level) { waiting_.push_back(level); }
    std::vector<LevelChange> commit();
    std::vector<LevelChange> quote(const grekko_quote& quote);
    void lost(); // a gap: nothing is known until the next reset or quote
    void traded(grekko_side aggressor, Decimal price, Decimal quantity);
    void take(grekko_side from, Decimal price, Decimal quantity);

    bool two_sided() const { return !bids_.empty() && !asks_.empty(); }
    Decimal best_bid() const { return bids_.empty() ? Decimal{} : bids_.begin()->first; }
    Decimal best_ask() const { return asks_.empty() ? Decimal{} : asks_.begin()->first; }
    Decimal mid() const; // zero unless two-sided
    Decimal shown(grekko_side side, Decimal price) const;
    const Bids& bids() const { return bids_; }
    const Asks& asks() const { return asks_; }

private:
    LevelChange set(grekko_side side, Decimal price, Decimal quantity);

    Bids bids_;
    Asks asks_;
    bool has_levels_{false};
    bool reset_waits_{false};
    std::vector<grekko_book_level> waiting_;
};

} // namespace grekko::paper
