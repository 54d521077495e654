#include "paper/book/ladder.hpp"

#include <algorithm>

namespace grekko::paper::book {
namespace {

// Bits strictly above or below `bit`.
std::uint64_t bits_above(std::uint64_t word, Tick bit) {
    return bit == 63 ? 0 : word & (~std::uint64_t{0} << (bit + 1));
}
std::uint64_t bits_below(std::uint64_t word, Tick bit) {
    return word & ((std::uint64_t{1} << bit) - 1);
}
int lowest(std::uint64_t word) {
    return std::countr_zero(word);
}
int highest(std::uint64_t word) {
    return 63 - std::countl_zero(word);
}

// The next set bit at or after word `from` among words, as a bit number; npos: none.
std::size_t scan_up(const std::vector<std::uint64_t>& words, std::size_t from) {
    for (std::size_t i = from; i < words.size(); ++i) {
        if (words[i] != 0) return i * 64 + static_cast<std::size_t>(lowest(words[i]));
    }
    return ~std::size_t{0};
}
std::size_t scan_down(const std::vector<std::uint64_t>& words, std::size_t from) {
    for (std::size_t i = from; i-- > 0;) {
        if (words[i] != 0) return i * 64 + static_cast<std::size_t>(highest(words[i]));
    }
    return ~std::size_t{0};
}

} // namespace

void Ladder::add_page(std::size_t page) {
    if (page >= pages_.size()) {
        pages_.resize(std::max(page + 1, pages_.size() * 2));
        used_.resize(pages_.size() / 64 + 1);
        used_high_.resize(used_.size() / 64 + 1);
    }
    pages_[page] = std::make_unique<Page>();
}

void Ladder::set_page(std::size_t page) {
    used_[page / 64] |= std::uint64_t{1} << (page % 64);
    used_high_[page / 4096] |= std::uint64_t{1} << (page / 64 % 64);
}

void Ladder::clear_page(std::size_t page) {
    used_[page / 64] &= ~(std::uint64_t{1} << (page % 64));
    if (used_[page / 64] == 0) used_high_[page / 4096] &= ~(std::uint64_t{1} << (page / 64 % 64));
}

// Three steps: the rest of the page's word, the rest of the high word, then high words; there are
// at most 1 024 high words over the whole range and a handful over any real one.
std::size_t Ladder::next_page(std::size_t page) const {
    const std::size_t word = page / 64;
    if (word >= used_.size()) return npos;
    if (const auto rest = bits_above(used_[word], static_cast<Tick>(page % 64)); rest != 0)
        return word * 64 + static_cast<std::size_t>(lowest(rest));
    const auto high = bits_above(used_high_[word / 64], static_cast<Tick>(word % 64));
    const std::size_t found = high != 0 ? word / 64 * 64 + static_cast<std::size_t>(lowest(high))
                                        : scan_up(used_high_, word / 64 + 1);
    return found == npos ? npos : found * 64 + static_cast<std::size_t>(lowest(used_[found]));
}

std::size_t Ladder::previous_page(std::size_t page) const {
    if (used_.empty()) return npos;
    page = std::min(page, used_.size() * 64 - 1);
    const std::size_t word = page / 64;
    if (const auto rest = bits_below(used_[word], static_cast<Tick>(page % 64)); rest != 0)
        return word * 64 + static_cast<std::size_t>(highest(rest));
    const auto high = bits_below(used_high_[word / 64], static_cast<Tick>(word % 64));
    const std::size_t found = high != 0 ? word / 64 * 64 + static_cast<std::size_t>(highest(high))
                                        : scan_down(used_high_, word / 64);
    return found == npos ? npos : found * 64 + static_cast<std::size_t>(highest(used_[found]));
}

Tick Ladder::above(Tick tick) const {
    auto page = static_cast<std::size_t>(tick >> page_bits);
    if (page < pages_.size() && pages_[page] != nullptr) {
        Tick word = (tick & slot_mask) >> 6;
        std::uint64_t rest = bits_above(pages_[page]->occupied[word], tick & 63);
        while (rest == 0 && ++word < 8)
            rest = pages_[page]->occupied[word];
        if (rest != 0) return (static_cast<Tick>(page) << page_bits) + word * 64 + lowest(rest);
    }
    page = next_page(page);
    if (page == npos) return no_tick;
    Tick word = 0;
    while (pages_[page]->occupied[word] == 0)
        ++word;
    return (static_cast<Tick>(page) << page_bits) + word * 64 +
           lowest(pages_[page]->occupied[word]);
}

Tick Ladder::below(Tick tick) const {
    auto page = static_cast<std::size_t>(tick >> page_bits);
    if (page < pages_.size() && pages_[page] != nullptr) {
        Tick word = (tick & slot_mask) >> 6;
        std::uint64_t rest = bits_below(pages_[page]->occupied[word], tick & 63);
        while (rest == 0 && --word >= 0)
            rest = pages_[page]->occupied[word];
        if (rest != 0) return (static_cast<Tick>(page) << page_bits) + word * 64 + highest(rest);
    }
    page = previous_page(page);
    if (page == npos) return no_tick;
    Tick word = 7;
    while (pages_[page]->occupied[word] == 0)
        --word;
    return (static_cast<Tick>(page) << page_bits) + word * 64 +
           highest(pages_[page]->occupied[word]);
}

} // namespace grekko::paper::book
