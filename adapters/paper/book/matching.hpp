// Matching: what happens to an order that arrives at a book: it takes from the other side at the
// makers' prices, best price first and oldest first, and what is left rests, goes or is refused as
// it says. It has no clock, no money, no fees and no stops; those belong to whoever runs a venue on
// it. The fill callback must not call back into the book.
#pragma once

#include "paper/book/book.hpp"

namespace grekko::paper::book {

enum class Lasting : std::uint8_t { until_cancelled = 1, immediate, whole_or_nothing };
enum class SelfMatch : std::uint8_t { allow, cancel_newest, cancel_oldest, cancel_both };

struct Incoming {
    Side side{};
    Lasting lasting{Lasting::until_cancelled};
    bool post_only{false};
    Tick limit{no_tick}; // no_tick: a market order, which never rests
    Lots lots{0};        // > 0
    Lots peak{0};        // of an iceberg, 0: all is shown
    std::uint32_t owner{0};
    std::uint64_t tag{0};
};

struct Match {
    Handle maker{0};
    std::uint64_t maker_tag{0};
    std::uint32_t maker_owner{0};
    Tick price{0};
    Lots lots{0};
    bool maker_left{false}; // nothing of the maker is left
};

enum class Ending : std::uint8_t {
    filled = 1,
    rests,
    rest_cancelled, // immediate, market, or cut short by an own order
    would_take,     // post-only: refused, nothing happened
    not_whole,      // whole-or-nothing: refused, nothing happened
};

struct Result {
    Ending ending{};
    Handle handle{0}; // where it rests
    Lots filled{0};
};

class Matching {
public:
    explicit Matching(SelfMatch self = SelfMatch::allow) : self_{self} {}

    // Calls on_match(const Match&) for each trade, and on_match with lots 0 for an own maker that
    // self-match prevention has cancelled.
    template <class OnMatch>
    Result submit(const Incoming& order, OnMatch&& on_match);
    bool cancel(Handle handle) { return book_.cancel(handle); }
    // The new size of what is left, at the same or another price. Smaller at the same price keeps
    // its place; anything else is a new order at the back, which may take. False: it has left.
    template <class OnMatch>
    bool replace(Handle handle, Tick limit, Lots lots, Result& result, OnMatch&& on_match);

    const Book& book() const { return book_; }
    void reserve(std::size_t orders) { book_.reserve(orders); }

private:
    static bool crosses(const Incoming& order, Tick price) {
        if (order.limit == no_tick) return true;
        return order.side == Side::buy ? price <= order.limit : price >= order.limit;
    }
    bool can_fill_whole(const Incoming& order) const;
    template <class OnMatch>
    Lots take(const Incoming& order, bool& stopped, OnMatch&& on_match);

    Book book_;
    SelfMatch self_;
};

// Hidden lots count: they are there to be met.
inline bool Matching::can_fill_whole(const Incoming& order) const {
    const Side other = opposite(order.side);
    Lots found = 0;
    for (Tick tick = book_.best(other); tick != no_tick && crosses(order, tick);
         tick = book_.behind(other, tick)) {
        for (Handle at = book_.front(other, tick); at != 0; at = book_.after(at)) {
            const Resting maker = book_.describe(at);
            if (self_ != SelfMatch::allow && maker.owner == order.owner) continue;
            found += maker.shown + maker.hidden;
            if (found >= order.lots) return true;
        }
    }
    return false;
}

template <class OnMatch>
Lots Matching::take(const Incoming& order, bool& stopped, OnMatch&& on_match) {
    const Side other = opposite(order.side);
    Lots left = order.lots;
    while (left > 0) {
        const Tick price = book_.best(other);
        if (price == no_tick || !crosses(order, price)) break;
        const Handle handle = book_.front(other, price);
        Match match{handle, book_.tag(handle), book_.owner(handle), price, 0, false};
        if (self_ != SelfMatch::allow && match.maker_owner == order.owner) {
            if (self_ != SelfMatch::cancel_newest) {
                book_.cancel(handle);
                match.maker_left = true;
                on_match(match);
            }
            if (self_ == SelfMatch::cancel_oldest) continue;
            stopped = true;
            break;
        }
        match.lots = std::min(left, book_.shown(handle));
        left -= match.lots;
        match.maker_left = book_.take(handle, match.lots);
        on_match(match);
    }
    return order.lots - left;
}

template <class OnMatch>
Result Matching::submit(const Incoming& order, OnMatch&& on_match) {
    const Tick best = book_.best(opposite(order.side));
    const bool takes = best != no_tick && crosses(order, best);
    if (order.post_only && takes) return {Ending::would_take, 0, 0};
    if (order.lasting == Lasting::whole_or_nothing && !can_fill_whole(order))
        return {Ending::not_whole, 0, 0};
    bool stopped = false;
    const Lots filled = takes ? take(order, stopped, on_match) : 0;
    const Lots left = order.lots - filled;
    if (left == 0) return {Ending::filled, 0, filled};
    const bool rests =
        order.lasting == Lasting::until_cancelled && order.limit != no_tick && !stopped;
    if (!rests) return {Ending::rest_cancelled, 0, filled};
    Resting resting;
    resting.peak = order.peak;
    resting.shown = order.peak > 0 && order.peak < left ? order.peak : left;
    resting.hidden = left - resting.shown;
    resting.tag = order.tag;
    resting.owner = order.owner;
    return {Ending::rests, book_.add(order.side, order.limit, resting), filled};
}

template <class OnMatch>
bool Matching::replace(Handle handle, Tick limit, Lots lots, Result& result, OnMatch&& on_match) {
    if (!book_.contains(handle)) return false;
    const Resting found = book_.describe(handle);
    const Lots now = found.shown + found.hidden;
    if (found.tick == limit && lots <= now) {
        if (lots < now) book_.shrink(handle, now - lots);
        result = {Ending::rests, handle, 0};
        return true;
    }
    Incoming order;
    order.side = found.side;
    order.limit = limit;
    order.lots = lots;
    order.peak = found.peak;
    order.owner = found.owner;
    order.tag = found.tag;
    book_.cancel(handle);
    result = submit(order, on_match);
    return true;
}

} // namespace grekko::paper::book
