// Book: resting orders of one instrument in price-time priority. Each level is a list in order of
// arrival threaded through the orders; a handle leads to its order directly, so a cancel costs the
// same with one order and with a million. It is pure structure: prices are ticks, sizes are lots,
// and who owns an order, what it costs and what a trade means is the caller's (matching.hpp over
// its own flow, the venue over replayed books and bars).
#pragma once

#include <cstdint>
#include <vector>

#include "paper/book/ladder.hpp"

namespace grekko::paper::book {

enum class Side : std::uint8_t { buy = 1, sell = 2 };
constexpr Side opposite(Side side) {
    return side == Side::buy ? Side::sell : Side::buy;
}

using Handle = std::uint64_t; // slot and the number of its use; 0: none

struct Resting {
    Lots shown{0};        // what can be seen of it, > 0 while it rests
    Lots hidden{0};       // of an iceberg
    Lots peak{0};         // what an iceberg shows at a time, 0: no iceberg
    std::uint64_t tag{0}; // the caller's
    std::uint32_t owner{0};
    std::uint32_t next{0}, previous{0};
    std::uint32_t use{0};
    std::uint32_t tick{0};
    Side side{};
    bool live{false};
};

class Book {
public:
    // At the back of its level. tick in 1 … ticks_max - 1, shown > 0, hidden >= 0.
    Handle add(Side side, Tick tick, const Resting& order);
    // False where the order has left the book; handles are never used twice.
    bool cancel(Handle handle);
    const Resting* find(Handle handle) const;
    // The same for a handle that front() or after() has just given.
    const Resting& at(Handle handle) const { return orders_[slot_of(handle)]; }

    Tick best(Side side) const { return side == Side::buy ? best_bid_ : best_ask_; }
    // The next level behind `tick`, away from the other side; no_tick: none.
    Tick behind(Side side, Tick tick) const {
        return side == Side::buy ? bids_.below(tick) : asks_.above(tick);
    }
    Lots total(Side side, Tick tick) const; // shown at a price
    // The first at a price and the one after another; 0: none.
    Handle front(Side side, Tick tick) const;
    Handle after(Handle handle) const;
    std::size_t size() const { return size_; }

    // Takes `lots` from the shown part of an order, 0 < lots <= shown. An iceberg shows its next
    // part at the back of its level; an order with nothing left leaves. True where it left.
    bool take(Handle handle, Lots lots);
    // Makes an order smaller where it stands: hidden lots first. 0 < lots < what is left.
    void shrink(Handle handle, Lots lots);

private:
    Ladder& ladder(Side side) { return side == Side::buy ? bids_ : asks_; }
    const Ladder& ladder(Side side) const { return side == Side::buy ? bids_ : asks_; }
    static std::uint32_t slot_of(Handle handle) { return static_cast<std::uint32_t>(handle); }
    Handle handle_of(std::uint32_t slot) const {
        return (static_cast<Handle>(orders_[slot].use) << 32) | slot;
    }
    void append(std::uint32_t slot);
    void unlink(std::uint32_t slot);
    void leave(std::uint32_t slot);

    std::vector<Resting> orders_{1}; // slot 0 is none
    std::vector<std::uint32_t> unused_;
    Ladder bids_, asks_;
    Tick best_bid_{no_tick}, best_ask_{no_tick};
    std::size_t size_{0};
};

} // namespace grekko::paper::book
