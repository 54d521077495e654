// Book: resting orders of one instrument in price-time priority. Each level is a list in order of
// arrival threaded through the orders; a handle leads to its order directly, so a cancel costs the
// same with one order and with a million. It is pure structure: prices are ticks, sizes are lots,
// and who owns an order, what it costs and what a trade means is the caller's (matching.hpp over
// its own flow, the venue over replayed books and bars). Small and inline: PERF-4 measures it.
#pragma once

#include <algorithm>
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
    Tick tick{0};
    Side side{};
};

class Book {
public:
    // At the back of its level. tick in 1 … ticks_max - 1, shown > 0, hidden >= 0; the tick and
    // side of `order` are not read.
    Handle add(Side side, Tick tick, const Resting& order);
    // False where the order has left the book; handles are never used twice.
    bool cancel(Handle handle) {
        if (!contains(handle)) return false;
        leave(slot_of(handle));
        return true;
    }
    bool contains(Handle handle) const {
        const std::uint32_t slot = slot_of(handle);
        return slot < nodes_.size() && nodes_[slot].shown > 0 &&
               nodes_[slot].use == static_cast<std::uint32_t>(handle >> 32);
    }
    // Of an order that the book contains.
    Resting describe(Handle handle) const;
    std::uint64_t tag(Handle handle) const { return nodes_[slot_of(handle)].tag; }
    Lots shown(Handle handle) const { return nodes_[slot_of(handle)].shown; }
    std::uint32_t owner(Handle handle) const { return more(slot_of(handle)).owner; }

    Tick best(Side side) const { return side == Side::buy ? best_bid_ : best_ask_; }
    // The next level behind `tick`, away from the other side; no_tick: none.
    Tick behind(Side side, Tick tick) const {
        return side == Side::buy ? bids_.below(tick) : asks_.above(tick);
    }
    Lots total(Side side, Tick tick) const { // shown at a price
        const Level* level = in_range(tick) ? ladder(side).find(tick) : nullptr;
        return level == nullptr ? 0 : level->total;
    }
    // The first at a price and the one after another; 0: none.
    Handle front(Side side, Tick tick) const {
        const Level* level = in_range(tick) ? ladder(side).find(tick) : nullptr;
        return level == nullptr || level->head == 0 ? 0 : handle_of(level->head);
    }
    Handle after(Handle handle) const {
        const std::uint32_t next = nodes_[slot_of(handle)].next;
        return next == 0 ? 0 : handle_of(next);
    }
    std::size_t size() const { return size_; }

    // Takes `lots` from the shown part of an order, 0 < lots <= shown. An iceberg shows its next
    // part at the back of its level; an order with nothing left leaves. True where it left.
    bool take(Handle handle, Lots lots);
    // Makes an order smaller where it stands: hidden lots first. 0 < lots < what is left.
    void shrink(Handle handle, Lots lots);
    // Room for so many orders at once, so that none of them waits for memory.
    void reserve(std::size_t orders);

private:
    // What every step touches, half a cache line. shown 0: the slot is unused.
    struct Node {
        Lots shown{0};
        std::uint64_t tag{0};
        std::uint32_t next{0}, previous{0};
        std::uint32_t use{0};
        std::uint32_t place{0}; // tick, side, and whether more_ says something
        Tick tick() const { return place & tick_mask; }
        Side side() const { return (place & sell_bit) != 0 ? Side::sell : Side::buy; }
        bool has_more() const { return (place & more_bit) != 0; }
    };
    struct More { // of icebergs and orders with an owner
        Lots hidden{0}, peak{0};
        std::uint32_t owner{0};
    };
    static constexpr std::uint32_t tick_mask = (1U << 30) - 1;
    static constexpr std::uint32_t sell_bit = 1U << 30;
    static constexpr std::uint32_t more_bit = 1U << 31;
    static_assert(sizeof(Node) == 32 && ticks_max <= (Tick{1} << 30));

    static bool in_range(Tick tick) { return tick > 0 && tick < ticks_max; }
    static std::uint32_t slot_of(Handle handle) { return static_cast<std::uint32_t>(handle); }
    Handle handle_of(std::uint32_t slot) const {
        return (static_cast<Handle>(nodes_[slot].use) << 32) | slot;
    }
    Ladder& ladder(Side side) { return side == Side::buy ? bids_ : asks_; }
    const Ladder& ladder(Side side) const { return side == Side::buy ? bids_ : asks_; }
    More more(std::uint32_t slot) const { return nodes_[slot].has_more() ? more_[slot] : More{}; }
    std::uint32_t unused_slot();
    void append(std::uint32_t slot);
    void unlink(std::uint32_t slot);
    void leave(std::uint32_t slot) {
        unlink(slot);
        nodes_[slot].shown = 0;
        nodes_[slot].next = unused_;
        unused_ = slot;
        --size_;
    }

    std::vector<Node> nodes_{1}; // slot 0 is none
    std::vector<More> more_;
    std::uint32_t unused_{0}; // the first of a list of slots that were used before
    std::uint32_t fresh_{1};  // the first slot that never was
    Ladder bids_, asks_;
    Tick best_bid_{no_tick}, best_ask_{no_tick};
    std::size_t size_{0};
};

inline std::uint32_t Book::unused_slot() {
    if (unused_ != 0) {
        const std::uint32_t slot = unused_;
        unused_ = nodes_[slot].next;
        return slot;
    }
    if (fresh_ == nodes_.size()) [[unlikely]]
        reserve(nodes_.size() * 2);
    return fresh_++;
}

inline Handle Book::add(Side side, Tick tick, const Resting& order) {
    const std::uint32_t slot = unused_slot();
    Node& node = nodes_[slot];
    node.shown = order.shown;
    node.tag = order.tag;
    ++node.use;
    node.place = static_cast<std::uint32_t>(tick) | (side == Side::sell ? sell_bit : 0);
    if ((order.hidden | order.peak) != 0 || order.owner != 0) {
        node.place |= more_bit;
        if (more_.size() < nodes_.size()) more_.resize(nodes_.size());
        more_[slot] = {order.hidden, order.peak, order.owner};
    }
    append(slot);
    ++size_;
    return handle_of(slot);
}

inline void Book::append(std::uint32_t slot) {
    Node& node = nodes_[slot];
    const Tick tick = node.tick();
    const Side side = node.side();
    Level& level = ladder(side).at(tick);
    node.next = 0;
    node.previous = level.tail;
    if (level.tail != 0) {
        nodes_[level.tail].next = slot;
    } else {
        level.head = slot;
        ladder(side).occupy(tick);
        if (side == Side::buy) {
            best_bid_ = std::max(best_bid_, tick);
        } else if (best_ask_ == no_tick || tick < best_ask_) {
            best_ask_ = tick;
        }
    }
    level.tail = slot;
    level.total += node.shown;
}

inline void Book::unlink(std::uint32_t slot) {
    const Node& node = nodes_[slot];
    const Tick tick = node.tick();
    const Side side = node.side();
    Level& level = ladder(side).at(tick);
    (node.previous == 0 ? level.head : nodes_[node.previous].next) = node.next;
    (node.next == 0 ? level.tail : nodes_[node.next].previous) = node.previous;
    level.total -= node.shown;
    if (level.head != 0) return;
    ladder(side).vacate(tick);
    Tick& best = side == Side::buy ? best_bid_ : best_ask_;
    if (best == tick) best = behind(side, tick);
}

inline bool Book::take(Handle handle, Lots lots) {
    const std::uint32_t slot = slot_of(handle);
    Node& node = nodes_[slot];
    if (lots < node.shown) {
        node.shown -= lots;
        ladder(node.side()).at(node.tick()).total -= lots;
        return false;
    }
    if (!node.has_more() || more_[slot].hidden == 0) {
        leave(slot);
        return true;
    }
    unlink(slot);
    More& iceberg = more_[slot];
    node.shown = std::min(iceberg.peak, iceberg.hidden);
    iceberg.hidden -= node.shown;
    append(slot);
    return false;
}

} // namespace grekko::paper::book
