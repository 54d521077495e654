#include "paper/book/book.hpp"

#include <algorithm>

namespace grekko::paper::book {

Handle Book::add(Side side, Tick tick, const Resting& order) {
    std::uint32_t slot = 0;
    if (unused_.empty()) {
        slot = static_cast<std::uint32_t>(orders_.size());
        orders_.emplace_back();
    } else {
        slot = unused_.back();
        unused_.pop_back();
    }
    const std::uint32_t use = orders_[slot].use + 1;
    orders_[slot] = order;
    orders_[slot].use = use;
    orders_[slot].tick = static_cast<std::uint32_t>(tick);
    orders_[slot].side = side;
    orders_[slot].live = true;
    append(slot);
    ++size_;
    return handle_of(slot);
}

void Book::append(std::uint32_t slot) {
    Resting& order = orders_[slot];
    Level& level = ladder(order.side).at(order.tick);
    order.next = 0;
    order.previous = level.tail;
    if (level.tail == 0) {
        level.head = slot;
        ladder(order.side).occupy(order.tick);
        if (order.side == Side::buy) {
            best_bid_ = std::max<Tick>(best_bid_, order.tick);
        } else if (best_ask_ == no_tick || order.tick < best_ask_) {
            best_ask_ = order.tick;
        }
    } else {
        orders_[level.tail].next = slot;
    }
    level.tail = slot;
    level.total += order.shown;
}

void Book::unlink(std::uint32_t slot) {
    const Resting& order = orders_[slot];
    Level& level = ladder(order.side).at(order.tick);
    (order.previous == 0 ? level.head : orders_[order.previous].next) = order.next;
    (order.next == 0 ? level.tail : orders_[order.next].previous) = order.previous;
    level.total -= order.shown;
    if (level.head != 0) return;
    ladder(order.side).vacate(order.tick);
    Tick& best = order.side == Side::buy ? best_bid_ : best_ask_;
    if (best == static_cast<Tick>(order.tick)) best = behind(order.side, order.tick);
}

void Book::leave(std::uint32_t slot) {
    unlink(slot);
    orders_[slot].live = false;
    unused_.push_back(slot);
    --size_;
}

const Resting* Book::find(Handle handle) const {
    const std::uint32_t slot = slot_of(handle);
    if (slot == 0 || slot >= orders_.size()) return nullptr;
    const Resting& order = orders_[slot];
    return order.live && order.use == static_cast<std::uint32_t>(handle >> 32) ? &order : nullptr;
}

bool Book::cancel(Handle handle) {
    if (find(handle) == nullptr) return false;
    leave(slot_of(handle));
    return true;
}

Lots Book::total(Side side, Tick tick) const {
    const Level* level = ladder(side).find(tick);
    return level == nullptr ? 0 : level->total;
}

Handle Book::front(Side side, Tick tick) const {
    const Level* level = tick <= 0 || tick >= ticks_max ? nullptr : ladder(side).find(tick);
    return level == nullptr || level->head == 0 ? 0 : handle_of(level->head);
}

Handle Book::after(Handle handle) const {
    const std::uint32_t next = orders_[slot_of(handle)].next;
    return next == 0 ? 0 : handle_of(next);
}

bool Book::take(Handle handle, Lots lots) {
    const std::uint32_t slot = slot_of(handle);
    Resting& order = orders_[slot];
    if (lots < order.shown) {
        order.shown -= lots;
        ladder(order.side).at(order.tick).total -= lots;
        return false;
    }
    if (order.hidden == 0) {
        leave(slot);
        return true;
    }
    unlink(slot);
    order.shown = std::min(order.peak, order.hidden);
    order.hidden -= order.shown;
    append(slot);
    return false;
}

void Book::shrink(Handle handle, Lots lots) {
    Resting& order = orders_[slot_of(handle)];
    const Lots hidden = std::min(order.hidden, lots);
    order.hidden -= hidden;
    order.shown -= lots - hidden;
    ladder(order.side).at(order.tick).total -= lots - hidden;
}

} // namespace grekko::paper::book
