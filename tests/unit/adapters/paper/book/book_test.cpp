// covers: adapters/paper/book/ladder.cpp
#include "paper/book/book.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace grekko::paper::book {
namespace {

Resting shown(Lots lots, std::uint64_t tag = 0) {
    Resting order;
    order.shown = lots;
    order.tag = tag;
    return order;
}

TEST(Book, KeepsTimeOrderWithinAPrice) {
    Book book;
    const Handle first = book.add(Side::buy, 100, shown(1));
    const Handle second = book.add(Side::buy, 100, shown(2));
    const Handle third = book.add(Side::buy, 100, shown(3));
    EXPECT_EQ(book.front(Side::buy, 100), first);
    EXPECT_EQ(book.after(first), second);
    EXPECT_EQ(book.total(Side::buy, 100), 6);
    EXPECT_TRUE(book.cancel(second));
    EXPECT_EQ(book.after(first), third);
    EXPECT_EQ(book.after(third), 0U);
}

TEST(Book, NeverGivesAHandleTwice) {
    Book book;
    const Handle first = book.add(Side::sell, 5, shown(1));
    EXPECT_TRUE(book.cancel(first));
    EXPECT_FALSE(book.cancel(first));
    const Handle second = book.add(Side::sell, 5, shown(1));
    EXPECT_NE(first, second);
    EXPECT_FALSE(book.contains(first));
    EXPECT_FALSE(book.cancel(0));
    EXPECT_FALSE(book.cancel(999));
}

TEST(Book, SendsAnIcebergToTheBackWithItsNextPart) {
    Book book;
    Resting iceberg = shown(2);
    iceberg.peak = 2;
    iceberg.hidden = 3;
    const Handle ice = book.add(Side::buy, 10, iceberg);
    const Handle plain = book.add(Side::buy, 10, shown(1));
    EXPECT_FALSE(book.take(ice, 2));
    EXPECT_EQ(book.front(Side::buy, 10), plain);
    EXPECT_EQ(book.describe(ice).shown, 2);
    EXPECT_EQ(book.describe(ice).hidden, 1);
    EXPECT_EQ(book.total(Side::buy, 10), 3);
    EXPECT_FALSE(book.take(ice, 2));
    EXPECT_TRUE(book.take(ice, 1));
    EXPECT_FALSE(book.contains(ice));
}

TEST(Book, ShrinksWhereItStandsHiddenLotsFirst) {
    Book book;
    Resting iceberg = shown(2);
    iceberg.peak = 2;
    iceberg.hidden = 3;
    const Handle ice = book.add(Side::sell, 10, iceberg);
    book.add(Side::sell, 10, shown(1));
    book.shrink(ice, 4);
    EXPECT_EQ(book.front(Side::sell, 10), ice);
    EXPECT_EQ(book.describe(ice).shown, 1);
    EXPECT_EQ(book.describe(ice).hidden, 0);
    EXPECT_EQ(book.total(Side::sell, 10), 2);
}

// Best and next levels against an ordered map, at prices near and very far from one another.
RC_GTEST_PROP(Book, FindsLevelsAsAnOrderedMapDoes, ()) {
    Book book;
    std::map<Tick, std::multiset<Handle>> bids;
    std::vector<std::pair<Handle, Tick>> live;
    const int steps = *rc::gen::inRange(1, 300);
    for (int i = 0; i < steps; ++i) {
        if (live.empty() || *rc::gen::inRange(0, 3) > 0) {
            const int scale = *rc::gen::inRange(0, 4);
            const Tick range = scale == 0   ? 20
                               : scale == 1 ? 2'000
                               : scale == 2 ? 500'000
                                            : 50'000'000;
            const Tick tick = *rc::gen::inRange<Tick>(1, range);
            const Handle handle = book.add(Side::buy, tick, shown(1));
            bids[tick].insert(handle);
            live.emplace_back(handle, tick);
        } else {
            const auto at = *rc::gen::inRange<std::size_t>(0, live.size());
            const auto [handle, tick] = live[at];
            live.erase(live.begin() + static_cast<std::ptrdiff_t>(at));
            RC_ASSERT(book.cancel(handle));
            bids[tick].erase(handle);
            if (bids[tick].empty()) bids.erase(tick);
        }
        RC_ASSERT(book.size() == live.size());
        RC_ASSERT(book.best(Side::buy) == (bids.empty() ? no_tick : bids.rbegin()->first));
    }
    Tick tick = book.best(Side::buy);
    for (auto level = bids.rbegin(); level != bids.rend(); ++level) {
        RC_ASSERT(tick == level->first);
        RC_ASSERT(book.total(Side::buy, tick) == static_cast<Lots>(level->second.size()));
        tick = book.behind(Side::buy, tick);
    }
    RC_ASSERT(tick == no_tick);
}

RC_GTEST_PROP(Ladder, FindsTheNeighboursOfAnyTick, ()) {
    Ladder ladder;
    std::set<Tick> occupied;
    const auto ticks = *rc::gen::container<std::vector<Tick>>(
        rc::gen::oneOf(rc::gen::inRange<Tick>(1, 1'500), rc::gen::inRange<Tick>(1, 40'000'000)));
    for (const Tick tick : ticks) {
        ladder.at(tick);
        if (occupied.insert(tick).second) {
            ladder.occupy(tick);
        } else {
            ladder.vacate(tick);
            occupied.erase(tick);
        }
    }
    for (const Tick tick : ticks) {
        for (const Tick from : {tick - 1, tick, tick + 1}) {
            const auto above = occupied.upper_bound(from);
            RC_ASSERT(ladder.above(from) == (above == occupied.end() ? no_tick : *above));
            const auto below = occupied.lower_bound(from);
            RC_ASSERT(ladder.below(from) ==
                      (below == occupied.begin() ? no_tick : *std::prev(below)));
        }
    }
}

} // namespace
} // namespace grekko::paper::book
