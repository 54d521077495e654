#include "paper/shown_book.hpp"

namespace grekko::paper {
namespace {

template <class Levels>
LevelChange set_in(Levels& levels, grekko_side side, Decimal price, Decimal quantity) {
    LevelChange change{side, price, {}, quantity};
    if (const auto found = levels.find(price); found != levels.end()) change.before = found->second;
    if (quantity.is_positive()) {
        levels[price] = ShownLevel{quantity, {}, {}};
    } else {
        levels.erase(price);
    }
    return change;
}

// Every level that a fresh book no longer has counts as changed to nothing.
template <class Levels>
void drop_all(Levels& levels, grekko_side side, std::vector<LevelChange>& changes) {
    for (const auto& [price, level] : levels)
        changes.push_back({side, price, level, {}});
    levels.clear();
}

} // namespace

void ShownBook::reset() {
    reset_waits_ = true;
    waiting_.clear();
}

std::vector<LevelChange> ShownBook::commit() {
    std::vector<LevelChange> changes;
    Bids old_bids;
    Asks old_asks;
    if (reset_waits_ || !has_levels_) {
        old_bids.swap(bids_);
        old_asks.swap(asks_);
        has_levels_ = true;
        reset_waits_ = false;
    }
    for (const grekko_book_level& level : waiting_) {
        const Decimal price{level.price};
        // After a reset a level that shows again is an update of what it was before.
        if (const auto old = old_bids.find(price);
            level.head.flags == GREKKO_BUY && old != old_bids.end()) {
            bids_.insert(*old);
            old_bids.erase(old);
        } else if (const auto ask = old_asks.find(price);
                   level.head.flags == GREKKO_SELL && ask != old_asks.end()) {
            asks_.insert(*ask);
            old_asks.erase(ask);
        }
        changes.push_back(set(level.head.flags, price, level.quantity));
    }
    waiting_.clear();
    drop_all(old_bids, GREKKO_BUY, changes);
    drop_all(old_asks, GREKKO_SELL, changes);
    return changes;
}

std::vector<LevelChange> ShownBook::quote(const grekko_quote& quote) {
    std::vector<LevelChange> changes;
    if (has_levels_) return changes;
    const Decimal bid{quote.bid};
    const Decimal ask{quote.ask};
    Bids old_bids;
    Asks old_asks;
    old_bids.swap(bids_);
    old_asks.swap(asks_);
    if (const auto old = old_bids.find(bid); old != old_bids.end()) {
        bids_.insert(*old);
        old_bids.erase(old);
    }
    if (const auto old = old_asks.find(ask); old != old_asks.end()) {
        asks_.insert(*old);
        old_asks.erase(old);
    }
    drop_all(old_bids, GREKKO_BUY, changes);
    drop_all(old_asks, GREKKO_SELL, changes);
    if (bid.is_positive()) changes.push_back(set(GREKKO_BUY, bid, quote.bid_quantity));
    if (ask.is_positive()) changes.push_back(set(GREKKO_SELL, ask, quote.ask_quantity));
    return changes;
}

void ShownBook::lost() {
    bids_.clear();
    asks_.clear();
    waiting_.clear();
    has_levels_ = reset_waits_ = false;
}

LevelChange ShownBook::set(grekko_side side, Decimal price, Decimal quantity) {
    return side == GREKKO_BUY ? set_in(bids_, side, price, quantity)
                              : set_in(asks_, side, price, quantity);
}

// An aggressor that sells hits the bid.
void ShownBook::traded(grekko_side aggressor, Decimal price, Decimal quantity) {
    if (aggressor == GREKKO_SELL) {
        if (const auto found = bids_.find(price); found != bids_.end())
            found->second.traded += quantity;
    } else if (const auto found = asks_.find(price); found != asks_.end()) {
        found->second.traded += quantity;
    }
}

void ShownBook::take(grekko_side from, Decimal price, Decimal quantity) {
    if (from == GREKKO_BUY) {
        if (const auto found = bids_.find(price); found != bids_.end())
            found->second.taken += quantity;
    } else if (const auto found = asks_.find(price); found != asks_.end()) {
        found->second.taken += quantity;
    }
}

Decimal ShownBook::mid() const {
    if (!two_sided()) return {};
    return multiply(best_bid() + best_ask(), 0.5_dec, Round::half_even);
}

Decimal ShownBook::shown(grekko_side side, Decimal price) const {
    if (side == GREKKO_BUY) {
        const auto found = bids_.find(price);
        return found == bids_.end() ? Decimal{} : found->second.shown;
    }
    const auto found = asks_.find(price);
    return found == asks_.end() ? Decimal{} : found->second.shown;
}

} // namespace grekko::paper
