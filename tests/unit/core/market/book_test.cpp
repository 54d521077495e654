#include "core/market/book.hpp"

#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "unit/core/market/feed.hpp"

namespace grekko::market::test {
namespace {

using namespace literals;

constexpr std::uint32_t many = 1'000;

void stage(Book& book, Side side, Price price, Quantity quantity) {
    book.stage(level(0, side, price, quantity), many);
}

TEST(Book, ShowsLevelsOnlyAfterTheCommit) {
    Book book;
    book.reset();
    stage(book, Side::buy, 99_price, 1_quantity);
    stage(book, Side::buy, 98_price, 2_quantity);
    stage(book, Side::sell, 101_price, 3_quantity);
    EXPECT_TRUE(book.empty());
    ASSERT_TRUE(book.commit(many));
    EXPECT_EQ(book.side(Side::buy).back().price, 99_price);
    EXPECT_EQ(book.side(Side::sell).back().quantity, 3_quantity);
    stage(book, Side::buy, 99_price, 0_quantity);
    EXPECT_EQ(book.side(Side::buy).size(), 2U);
    ASSERT_TRUE(book.commit(many));
    EXPECT_EQ(book.side(Side::buy).back().price, 98_price);
}

TEST(Book, IsLostUntilTheFirstReset) {
    Book book;
    EXPECT_FALSE(book.stage(level(0, Side::buy, 99_price, 1_quantity), many));
    EXPECT_FALSE(book.commit(many));
    book.reset();
    EXPECT_TRUE(book.commit(many));
}

TEST(Book, ForgetsTheWorstLevelsBeyondItsDepth) {
    Book book;
    book.reset();
    for (int i = 1; i <= 5; ++i) stage(book, Side::sell, Price::whole(100 + i), 1_quantity);
    ASSERT_TRUE(book.commit(3));
    EXPECT_EQ(book.side(Side::sell).front().price, 103_price);
    stage(book, Side::sell, 100_price, 1_quantity);
    stage(book, Side::sell, 120_price, 1_quantity);
    ASSERT_TRUE(book.commit(3));
    EXPECT_EQ(book.side(Side::sell).size(), 3U);
    EXPECT_EQ(book.side(Side::sell).front().price, 102_price);
    EXPECT_EQ(book.side(Side::sell).back().price, 100_price);
}

TEST(Book, IsLostWhenTooMuchWaits) {
    Book book;
    book.reset();
    EXPECT_TRUE(book.stage(level(0, Side::buy, 1_price, 1_quantity), 1));
    EXPECT_FALSE(book.stage(level(0, Side::buy, 2_price, 1_quantity), 1));
    EXPECT_TRUE(book.lost());
    EXPECT_FALSE(book.commit(many));
}

// The same with maps, the obvious way.
struct NaiveBook {
    std::map<Price, Quantity> sides[2], shown[2];

    void stage(Side side, Price price, Quantity quantity) {
        auto& levels = sides[side == Side::buy ? 0 : 1];
        if (quantity.is_zero()) levels.erase(price);
        else levels[price] = quantity;
    }
};

void expect_same(const Book& book, const NaiveBook& naive) {
    const auto bids = book.side(Side::buy);
    const auto asks = book.side(Side::sell);
    RC_ASSERT(bids.size() == naive.shown[0].size());
    RC_ASSERT(asks.size() == naive.shown[1].size());
    std::size_t i = 0;
    for (const auto& [price, quantity] : naive.shown[0]) {
        RC_ASSERT(bids[i].price == price);
        RC_ASSERT(bids[i++].quantity == quantity);
    }
    i = asks.size();
    for (const auto& [price, quantity] : naive.shown[1]) {
        RC_ASSERT(asks[--i].price == price);
        RC_ASSERT(asks[i].quantity == quantity);
    }
}

TEST(BookProperty, AgreesWithAMapUnderAnySequence) {
    EXPECT_TRUE(rc::check([] {
        Book book;
        NaiveBook naive;
        book.reset();
        const int steps = *rc::gen::inRange(1, 400);
        for (int i = 0; i < steps; ++i) {
            const int kind = *rc::gen::inRange(0, 40);
            if (kind == 0) {
                book.reset();
                naive.sides[0].clear();
                naive.sides[1].clear();
            } else if (kind < 8) {
                RC_ASSERT(book.commit(many));
                naive.shown[0] = naive.sides[0];
                naive.shown[1] = naive.sides[1];
            } else {
                const Side side = *rc::gen::element(Side::buy, Side::sell);
                const Price price = Price::whole(*rc::gen::inRange(1, 40));
                const Quantity quantity = Quantity::whole(*rc::gen::inRange(0, 4));
                stage(book, side, price, quantity);
                naive.stage(side, price, quantity);
            }
            expect_same(book, naive);
        }
    }));
}

}  // namespace
}  // namespace grekko::market::test
