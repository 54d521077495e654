#include "paper/book/matching.hpp"

#include <algorithm>
#include <list>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace grekko::paper::book {
namespace {

struct Trade {
    std::uint64_t maker{0}, taker{0};
    Tick price{0};
    Lots lots{0};
    bool operator==(const Trade&) const = default;
};

class Market {
public:
    explicit Market(SelfMatch self = SelfMatch::allow) : matching{self} {}
    Result submit(const Incoming& order) {
        return matching.submit(order, [&](const Match& match) { note(match, order.tag); });
    }
    bool replace(Handle handle, Tick limit, Lots lots, Result& result) {
        return matching.replace(handle, limit, lots, result,
                                [&](const Match& match) { note(match, 0); });
    }
    void note(const Match& match, std::uint64_t taker) {
        trades.push_back({match.maker_tag, taker, match.price, match.lots});
    }
    Matching matching;
    std::vector<Trade> trades;
};

Incoming limit(Side side, Tick price, Lots lots, std::uint64_t tag, std::uint32_t owner = 0) {
    Incoming order;
    order.side = side;
    order.limit = price;
    order.lots = lots;
    order.tag = tag;
    order.owner = owner;
    return order;
}

TEST(Matching, TakesBestPriceFirstThenOldestAtTheMakersPrice) {
    Market market;
    market.submit(limit(Side::sell, 102, 5, 1));
    market.submit(limit(Side::sell, 101, 5, 2));
    market.submit(limit(Side::sell, 101, 5, 3));
    const Result result = market.submit(limit(Side::buy, 102, 12, 4));
    EXPECT_EQ(result.ending, Ending::filled);
    EXPECT_EQ(market.trades, (std::vector<Trade>{{2, 4, 101, 5}, {3, 4, 101, 5}, {1, 4, 102, 2}}));
    EXPECT_EQ(market.matching.book().total(Side::sell, 102), 3);
}

TEST(Matching, RestsWhatALimitDoesNotReach) {
    Market market;
    market.submit(limit(Side::sell, 101, 5, 1));
    const Result result = market.submit(limit(Side::buy, 101, 8, 2));
    EXPECT_EQ(result.ending, Ending::rests);
    EXPECT_EQ(result.filled, 5);
    EXPECT_EQ(market.matching.book().best(Side::buy), 101);
    EXPECT_EQ(market.matching.book().total(Side::buy, 101), 3);
}

TEST(Matching, CancelsTheRestOfMarketAndImmediateOrders) {
    Market market;
    market.submit(limit(Side::sell, 101, 5, 1));
    Incoming order = limit(Side::buy, 101, 8, 2);
    order.lasting = Lasting::immediate;
    EXPECT_EQ(market.submit(order).ending, Ending::rest_cancelled);
    order = limit(Side::buy, no_tick, 8, 3);
    EXPECT_EQ(market.submit(order).ending, Ending::rest_cancelled);
    EXPECT_EQ(market.matching.book().size(), 0U);
}

TEST(Matching, FillsWholeOrNothing) {
    Market market;
    market.submit(limit(Side::sell, 101, 5, 1));
    Incoming order = limit(Side::buy, 101, 6, 2);
    order.lasting = Lasting::whole_or_nothing;
    EXPECT_EQ(market.submit(order).ending, Ending::not_whole);
    EXPECT_TRUE(market.trades.empty());
    order.lots = 5;
    EXPECT_EQ(market.submit(order).ending, Ending::filled);
}

TEST(Matching, RefusesAPostOnlyOrderThatWouldTake) {
    Market market;
    market.submit(limit(Side::sell, 101, 5, 1));
    Incoming order = limit(Side::buy, 101, 1, 2);
    order.post_only = true;
    EXPECT_EQ(market.submit(order).ending, Ending::would_take);
    order.limit = 100;
    EXPECT_EQ(market.submit(order).ending, Ending::rests);
}

TEST(Matching, KeepsThePlaceOfASmallerOrderAndMovesOthersToTheBack) {
    Market market;
    const Handle first = market.submit(limit(Side::buy, 100, 5, 1)).handle;
    market.submit(limit(Side::buy, 100, 5, 2));
    Result result;
    EXPECT_TRUE(market.replace(first, 100, 3, result));
    EXPECT_EQ(market.matching.book().front(Side::buy, 100), first);
    EXPECT_TRUE(market.replace(first, 100, 4, result));
    EXPECT_NE(market.matching.book().front(Side::buy, 100), result.handle);
    EXPECT_FALSE(market.replace(first, 100, 1, result));
    market.submit(limit(Side::sell, 105, 1, 3));
    EXPECT_TRUE(market.replace(result.handle, 105, 2, result));
    EXPECT_EQ(market.trades.back(), (Trade{3, 0, 105, 1}));
}

TEST(Matching, PreventsSelfMatchesEachWay) {
    for (const SelfMatch self :
         {SelfMatch::cancel_newest, SelfMatch::cancel_oldest, SelfMatch::cancel_both}) {
        Market market{self};
        market.submit(limit(Side::sell, 101, 5, 1, 7));
        market.submit(limit(Side::sell, 101, 5, 2, 8));
        const Result result = market.submit(limit(Side::buy, 101, 5, 3, 7));
        const bool oldest = self == SelfMatch::cancel_oldest;
        EXPECT_EQ(result.ending, oldest ? Ending::filled : Ending::rest_cancelled);
        EXPECT_EQ(market.matching.book().size(), self == SelfMatch::cancel_newest ? 2U
                                                 : oldest                         ? 0U
                                                                                  : 1U);
    }
}

// A book as one would write it on a napkin: a list, sorted by price and then by arrival.
class Naive {
public:
    struct Order {
        std::uint64_t tag;
        Side side;
        Tick price;
        Lots shown, hidden, peak;
        std::uint64_t turn;
    };
    std::vector<Trade> submit(const Incoming& in) {
        std::vector<Trade> trades;
        Lots left = in.lots;
        if (in.post_only && best(in) != orders.end()) return trades;
        if (in.lasting == Lasting::whole_or_nothing) {
            Lots all = 0;
            for (const Order& order : orders) {
                if (crosses(in, order)) all += order.shown + order.hidden;
            }
            if (all < in.lots) return trades;
        }
        for (auto at = best(in); left > 0 && at != orders.end(); at = best(in)) {
            const Lots lots = std::min(left, at->shown);
            trades.push_back({at->tag, in.tag, at->price, lots});
            left -= lots;
            at->shown -= lots;
            if (at->shown == 0 && at->hidden > 0) {
                at->shown = std::min(at->peak, at->hidden);
                at->hidden -= at->shown;
                at->turn = ++turns;
            } else if (at->shown == 0) {
                orders.erase(at);
            }
        }
        if (left > 0 && in.limit != no_tick && in.lasting == Lasting::until_cancelled) {
            const Lots shown = in.peak > 0 ? std::min(in.peak, left) : left;
            orders.push_back({in.tag, in.side, in.limit, shown, left - shown, in.peak, ++turns});
        }
        return trades;
    }
    bool cancel(std::uint64_t tag) {
        return std::erase_if(orders, [&](const Order& order) { return order.tag == tag; }) > 0;
    }
    static bool crosses(const Incoming& in, const Order& order) {
        if (order.side == in.side) return false;
        if (in.limit == no_tick) return true;
        return in.side == Side::buy ? order.price <= in.limit : order.price >= in.limit;
    }
    std::list<Order>::iterator best(const Incoming& in) {
        auto found = orders.end();
        for (auto at = orders.begin(); at != orders.end(); ++at) {
            if (!crosses(in, *at)) continue;
            const bool better =
                found == orders.end() ||
                (in.side == Side::buy ? at->price < found->price : at->price > found->price) ||
                (at->price == found->price && at->turn < found->turn);
            if (better) found = at;
        }
        return found;
    }
    std::list<Order> orders;
    std::uint64_t turns{0};
};

RC_GTEST_PROP(Matching, MatchesAsANaiveBookDoes, ()) {
    Market market;
    Naive naive;
    std::map<std::uint64_t, Handle> handles;
    const int steps = *rc::gen::inRange(1, 200);
    for (int i = 1; i <= steps; ++i) {
        const int kind = *rc::gen::inRange(0, 10);
        if (kind < 3 && !handles.empty()) {
            const auto at = std::next(
                handles.begin(),
                *rc::gen::inRange<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(handles.size())));
            RC_ASSERT(market.matching.cancel(at->second) == naive.cancel(at->first));
            handles.erase(at);
            continue;
        }
        Incoming order;
        order.side = *rc::gen::inRange(0, 2) == 0 ? Side::buy : Side::sell;
        order.limit = *rc::gen::inRange(0, 12) == 0 ? no_tick : *rc::gen::inRange<Tick>(95, 106);
        order.lots = *rc::gen::inRange<Lots>(1, 30);
        order.peak = *rc::gen::inRange(0, 4) == 0 ? *rc::gen::inRange<Lots>(1, 6) : 0;
        order.lasting = static_cast<Lasting>(std::max(1, *rc::gen::inRange(-3, 4)));
        order.post_only = *rc::gen::inRange(0, 8) == 0;
        order.tag = static_cast<std::uint64_t>(i);
        market.trades.clear();
        const Result result = market.submit(order);
        RC_ASSERT(market.trades == naive.submit(order));
        if (result.handle != 0) handles[order.tag] = result.handle;
        RC_ASSERT(market.matching.book().size() == naive.orders.size());
    }
    const Book& book = market.matching.book();
    if (book.best(Side::buy) != no_tick && book.best(Side::sell) != no_tick)
        RC_ASSERT(book.best(Side::buy) < book.best(Side::sell));
}

} // namespace
} // namespace grekko::paper::book
