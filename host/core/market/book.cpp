#include "core/market/book.hpp"

#include <algorithm>

namespace grekko::market {
namespace {

// Whether a is worse than b on that side: the order of the arrays.
bool worse(Side side, Price a, Price b) { return side == Side::buy ? a < b : a > b; }

void set_level(std::vector<Level>& levels, const PendingLevel& change, std::uint32_t levels_max) {
    const auto before = [&](const Level& level, Price price) {
        return worse(change.side, level.price, price);
    };
    const auto found = std::lower_bound(levels.begin(), levels.end(), change.price, before);
    const bool present = found != levels.end() && found->price == change.price;
    if (change.quantity.is_zero()) {
        if (present) levels.erase(found);
    } else if (present) {
        found->quantity = change.quantity;
    } else if (levels.size() < levels_max) {
        levels.insert(found, {change.price, change.quantity});
    } else if (found != levels.begin()) {  // the worst makes room; worse than all: forgotten
        std::move(levels.begin() + 1, found, levels.begin());
        *(found - 1) = {change.price, change.quantity};
    }
}

// Of equal prices the last staged counts.
void load(std::vector<Level>& levels, Side side, std::span<const PendingLevel> sorted) {
    levels.clear();
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (sorted[i].side != side || sorted[i].quantity.is_zero()) continue;
        levels.push_back({sorted[i].price, sorted[i].quantity});
    }
}

void keep_best(std::vector<Level>& levels, std::uint32_t levels_max) {
    if (levels.size() <= levels_max) return;
    const auto surplus = static_cast<std::ptrdiff_t>(levels.size() - levels_max);
    levels.erase(levels.begin(), levels.begin() + surplus);
}

}  // namespace

void Book::reset() {
    pending_.clear();
    resetting_ = true;
    lost_ = false;
}

bool Book::stage(const BookLevel& level, std::uint32_t pending_max) {
    if (lost_) return false;
    if (pending_.size() >= pending_max) {
        lose();
        return false;
    }
    pending_.push_back({level.price, level.quantity, level.side(), {}});
    return true;
}

bool Book::commit(std::uint32_t levels_max) {
    if (lost_) return false;
    if (resetting_) {
        replace_all();
        keep_best(bids_, levels_max);
        keep_best(asks_, levels_max);
    } else {
        for (const PendingLevel& change : pending_) {
            set_level(change.side == Side::buy ? bids_ : asks_, change, levels_max);
        }
    }
    pending_.clear();
    resetting_ = false;
    return true;
}

void Book::lose() {
    bids_.clear();
    asks_.clear();
    pending_.clear();
    resetting_ = false;
    lost_ = true;
}

// Thousands of levels at once: sorting beats inserting them one by one.
void Book::replace_all() {
    const auto earlier = [](const PendingLevel& a, const PendingLevel& b) {
        if (a.side != b.side) return a.side < b.side;
        return worse(a.side, a.price, b.price);
    };
    std::stable_sort(pending_.begin(), pending_.end(), earlier);
    std::size_t kept = 0;
    for (const PendingLevel& level : pending_) {
        const bool same = kept > 0 && pending_[kept - 1].side == level.side &&
                          pending_[kept - 1].price == level.price;
        if (!same) ++kept;
        pending_[kept - 1] = level;
    }
    pending_.resize(kept);
    load(bids_, Side::buy, pending_);
    load(asks_, Side::sell, pending_);
}

}  // namespace grekko::market
