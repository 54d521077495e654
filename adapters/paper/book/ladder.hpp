// Ladder: the occupied price levels of one side of a book. A level is found by its tick in two
// steps (page, slot), the next occupied one by bitmaps, so neither depends on how many orders or
// levels there are. It holds no orders: a level is only the ends of a list that book.hpp threads.
// Pages are made when a price is first used, 8 KB for 512 ticks, and are kept.
#pragma once

#include <bit>
#include <cstdint>
#include <memory>
#include <vector>

namespace grekko::paper::book {

using Tick = std::int64_t;
using Lots = std::int64_t;

inline constexpr Tick ticks_max = Tick{1} << 30; // prices are 1 … ticks_max - 1 ticks
inline constexpr Tick no_tick = -1;

struct Level {
    std::uint32_t head{0}, tail{0}; // slots of orders, 0: none
    Lots total{0};                  // of what is shown
};

class Ladder {
public:
    // The level at a tick in range, made where it is new; occupied or not.
    Level& at(Tick tick) {
        const auto page = static_cast<std::size_t>(tick >> page_bits);
        if (page >= pages_.size() || pages_[page] == nullptr) [[unlikely]]
            add_page(page);
        return pages_[page]->levels[tick & slot_mask];
    }
    // The level, or null where its page was never used.
    const Level* find(Tick tick) const {
        const auto page = static_cast<std::size_t>(tick >> page_bits);
        if (page >= pages_.size() || pages_[page] == nullptr) return nullptr;
        return &pages_[page]->levels[tick & slot_mask];
    }
    void occupy(Tick tick) {
        Page& page = *pages_[static_cast<std::size_t>(tick >> page_bits)];
        page.occupied[(tick & slot_mask) >> 6] |= std::uint64_t{1} << (tick & 63);
        if (page.count++ == 0) set_page(static_cast<std::size_t>(tick >> page_bits));
    }
    void vacate(Tick tick) {
        Page& page = *pages_[static_cast<std::size_t>(tick >> page_bits)];
        page.occupied[(tick & slot_mask) >> 6] &= ~(std::uint64_t{1} << (tick & 63));
        if (--page.count == 0) clear_page(static_cast<std::size_t>(tick >> page_bits));
    }
    // The nearest occupied tick strictly above or below; no_tick: none.
    Tick above(Tick tick) const;
    Tick below(Tick tick) const;

private:
    static constexpr int page_bits = 9;
    static constexpr Tick slot_mask = (Tick{1} << page_bits) - 1;
    struct Page {
        Level levels[std::size_t{1} << page_bits];
        std::uint64_t occupied[8]{};
        std::uint32_t count{0};
    };

    void add_page(std::size_t page);
    void set_page(std::size_t page);
    void clear_page(std::size_t page);
    std::size_t next_page(std::size_t page) const;     // npos: none
    std::size_t previous_page(std::size_t page) const; // npos: none

    static constexpr std::size_t npos = ~std::size_t{0};
    std::vector<std::unique_ptr<Page>> pages_;
    std::vector<std::uint64_t> used_;      // one bit a page with occupied levels
    std::vector<std::uint64_t> used_high_; // one bit a word of used_
};

} // namespace grekko::paper::book
