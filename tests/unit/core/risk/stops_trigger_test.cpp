#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/core/risk/journal.hpp"

namespace grekko::risk::tests {
namespace {

using events::StopTriggerCause;

constexpr InstrumentId btc{1};
const StopSettings settings;

struct Desk : Journal {
    MarketView view;
    Price low, high;

    Desk() {
        view.instrument = btc;
        book(99.99_price, 100.01_price);
    }
    // A fresh, sane book at this touch; its mid is the mark.
    void book(Price bid, Price ask) {
        view.now = now;
        view.best.bid = bid;
        view.best.ask = ask;
        view.best.two_sided = true;
        view.best.at = now;
        view.spread = 0.0002_rate;
        mark(Price{divide((bid + ask).decimal(), 2_d, Rounding::half_even)});
    }
    void mark(Price price) {
        view.mark = {price, MarkSource::book, false, now};
    }
    StopId arm(Side side, Price stop, Price take = {}, Rate trail = {}) {
        events::StopArmed event;
        event.agent = AgentId{1};
        event.instrument = btc;
        event.position_side = side;
        event.quantity = 1_quantity;
        event.stop = stop;
        event.take = take;
        event.trail = trail;
        event.mark = 100_price;
        const StopId id{emit(event)};
        wait(Duration::seconds(1));
        view.now = now;
        view.best.at = now;
        return id;
    }
    StopLook look() const { return {view, low, high, 0.01_price}; }
    StopFindings findings() const { return triggered(state.stops, settings, look()); }
    // The cause, zero: not triggered.
    StopTriggerCause cause_of(StopId id) const {
        for (const auto& event : findings().triggered) {
            if (event.id == id) return event.cause;
        }
        return StopTriggerCause{};
    }
    void trail() { emit_all(trailed(state.stops, settings, look())); }
    Price stop_of(StopId id) const { return state.stops.all.at(id).stop; }
};

constexpr StopTriggerCause not_yet{};

TEST(StopsTrigger, ALongExitsWhenTheBidReachesItsStop) {
    Desk desk;
    const StopId id = desk.arm(Side::buy, 95_price);
    desk.book(95.01_price, 95.02_price);
    EXPECT_EQ(desk.cause_of(id), not_yet);
    desk.book(95_price, 95.03_price);
    EXPECT_EQ(desk.cause_of(id), StopTriggerCause::stop);
    EXPECT_EQ(desk.findings().triggered.front().attempt, 1);
    EXPECT_EQ(desk.findings().triggered.front().mark, 95.015_price);
}

TEST(StopsTrigger, AShortExitsWhenTheAskReachesItsStop) {
    Desk desk;
    const StopId id = desk.arm(Side::sell, 105_price);
    desk.book(104.97_price, 104.99_price);
    EXPECT_EQ(desk.cause_of(id), not_yet);
    desk.book(104.98_price, 105_price);
    EXPECT_EQ(desk.cause_of(id), StopTriggerCause::stop);
}

TEST(StopsTrigger, ATradeAtOrBeyondTheStopTriggersWhateverTheBook) {
    Desk desk;
    const StopId low = desk.arm(Side::buy, 95_price);
    const StopId high = desk.arm(Side::sell, 105_price);
    desk.view.best.gapped = true;
    desk.low = desk.high = 95_price;
    EXPECT_EQ(desk.cause_of(low), StopTriggerCause::stop);
    EXPECT_EQ(desk.cause_of(high), not_yet);
    desk.low = desk.high = 105.5_price;
    EXPECT_EQ(desk.cause_of(low), not_yet);
    EXPECT_EQ(desk.cause_of(high), StopTriggerCause::stop);
}

TEST(StopsTrigger, ABarsRangeTriggersAndTheStopComesBeforeTheTake) {
    Desk desk;
    const StopId id = desk.arm(Side::buy, 95_price, 110_price);
    desk.view.bars_only = true;
    desk.view.bar_interval = Duration::hours(1);
    desk.low = 96_price;
    desk.high = 110_price;
    EXPECT_EQ(desk.cause_of(id), StopTriggerCause::take);
    desk.low = 94_price;
    EXPECT_EQ(desk.cause_of(id), StopTriggerCause::stop);
}

// §8: a bar that fills a limit entry is over when the entry is known. A market entry at its open is
// known before it ends.
TEST(StopsTrigger, ATakeProfitIsNotLookedAtOnTheBarOfALimitEntry) {
    Desk desk;
    desk.view.bars_only = true;
    desk.view.bar_interval = Duration::hours(1);
    const Instant close = desk.now;
    const StopId id = desk.arm(Side::buy, 95_price, 110_price);
    desk.view.last_bar_close = close;
    desk.low = 96_price;
    desk.high = 111_price;
    EXPECT_EQ(desk.cause_of(id), not_yet);
    desk.low = 94_price;
    EXPECT_EQ(desk.cause_of(id), StopTriggerCause::stop) << "the stop is";
    desk.low = 96_price;
    desk.view.last_bar_close = close + Duration::hours(1);
    EXPECT_EQ(desk.cause_of(id), StopTriggerCause::take);
}

TEST(StopsTrigger, ATakeProfitNeedsTheTouchWhereThereIsOne) {
    Desk desk;
    const StopId long_one = desk.arm(Side::buy, 95_price, 110_price);
    const StopId short_one = desk.arm(Side::sell, 150_price, 109_price);
    desk.book(109.99_price, 110.01_price);
    desk.low = desk.high = 110_price;
    EXPECT_EQ(desk.cause_of(long_one), not_yet) << "a trade cannot promise the touch";
    desk.book(110_price, 110.02_price);
    EXPECT_EQ(desk.cause_of(long_one), StopTriggerCause::take);
    desk.low = desk.high = Price{};
    desk.book(108.98_price, 109_price);
    EXPECT_EQ(desk.cause_of(short_one), StopTriggerCause::take);
}

TEST(StopsTrigger, ABadBookDoesNotTrigger) {
    for (int how = 0; how < 5; ++how) {
        Desk desk;
        const StopId id = desk.arm(Side::buy, 95_price);
        desk.book(90_price, 90.02_price);
        Touch& touch = desk.view.best;
        if (how == 0) touch.crossed = true;
        if (how == 1) touch.gapped = true;
        if (how == 2) touch.two_sided = false;
        if (how == 3) desk.view.spread = 0.0021_rate;
        if (how == 4) desk.view.now = desk.now + Duration::milliseconds(2'001);
        EXPECT_EQ(desk.cause_of(id), not_yet) << how;
        EXPECT_FALSE(desk.findings().blind) << how;
    }
}

TEST(StopsTrigger, AfterTenSilentSecondsOtherVenuesDecideElseItIsBlind) {
    Desk desk;
    const StopId id = desk.arm(Side::buy, 95_price);
    desk.book(100_price, 100.02_price);
    desk.view.mark.stale = true;
    desk.view.now = desk.now + Duration::seconds(10);
    desk.view.median_other_venues = 94_price;
    EXPECT_EQ(desk.cause_of(id), not_yet);
    desk.view.now = desk.now + Duration::milliseconds(10'001);
    EXPECT_EQ(desk.cause_of(id), StopTriggerCause::stop);
    desk.view.median_other_venues = 96_price;
    EXPECT_EQ(desk.cause_of(id), not_yet);
    EXPECT_FALSE(desk.findings().blind);
    desk.view.median_other_venues = Price{};
    EXPECT_TRUE(desk.findings().blind);
    desk.view.instrument = InstrumentId{2};
    EXPECT_FALSE(desk.findings().blind) << "nothing stands there";
}

TEST(StopsTrigger, AStopThatIsPassedWhenArmedExitsAtOnce) {
    Desk desk;
    events::StopArmed event;
    event.instrument = btc;
    event.quantity = 1_quantity;
    event.stop = 101_price;
    event.take = 99_price;
    event.mark = 100_price;
    const StopId id{desk.emit(event)};
    EXPECT_EQ(desk.cause_of(id), StopTriggerCause::at_once);
    const auto all = exit_at_once(desk.state.stops, btc, Side::buy, 100_price);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all.front().cause, StopTriggerCause::at_once);
    EXPECT_TRUE(exit_at_once(desk.state.stops, btc, Side::sell, 100_price).empty());
}

TEST(StopsTrigger, AFailedExitIsTriedAgainWithTheNextAttempt) {
    Desk desk;
    const StopId id = desk.arm(Side::buy, 95_price);
    desk.book(94_price, 94.02_price);
    desk.emit_all(desk.findings().triggered);
    EXPECT_EQ(desk.cause_of(id), not_yet) << "it was refused a moment ago";
    events::ParentOpened opened;
    opened.parent.stop = id;
    opened.parent.purpose = Purpose::stop;
    const ParentId exit{desk.emit(opened)};
    desk.wait(Duration::seconds(8));
    desk.book(94_price, 94.02_price);
    EXPECT_EQ(desk.cause_of(id), not_yet) << "its exit is at work";
    events::ParentClosed closed;
    closed.parent = exit;
    closed.end = events::ParentEnd::no_route;
    desk.emit(closed);
    desk.wait(Duration::seconds(1));
    desk.book(94_price, 94.02_price);
    const StopFindings again = desk.findings();
    ASSERT_EQ(again.triggered.size(), 1U);
    EXPECT_EQ(again.triggered.front().attempt, 2);
    EXPECT_TRUE(desk.replays());
}

// The price that made it leave may be gone when what was in the way has gone.
TEST(StopsTrigger, AStopThatCouldNotLeaveTriesAgainAtAnyPriceByTheClock) {
    Desk desk;
    const StopId id = desk.arm(Side::buy, 95_price, 110_price);
    EXPECT_TRUE(retry_at(desk.state.stops, settings, btc).is_none());
    desk.book(94_price, 94.02_price);
    desk.emit_all(desk.findings().triggered);
    EXPECT_EQ(retry_at(desk.state.stops, settings, btc), desk.now + Duration::seconds(1));
    EXPECT_TRUE(retry_at(desk.state.stops, settings, btc, 1'000'000_quantity).is_none())
        << "a rest that no order can take out waits for nothing";
    desk.wait(Duration::seconds(1));
    desk.book(100_price, 100.02_price);
    EXPECT_EQ(desk.cause_of(id), StopTriggerCause::stop);
    desk.emit_all(desk.findings().triggered);
    EXPECT_EQ(retry_at(desk.state.stops, settings, btc), desk.now + Duration::seconds(2));
    desk.view.bars_only = true; // nothing has traded
    desk.view.best = {};
    desk.wait(Duration::seconds(2));
    desk.view.now = desk.now;
    EXPECT_EQ(desk.cause_of(id), StopTriggerCause::stop);
}

TEST(StopsTrigger, ATakeProfitThatCouldNotLeaveWaitsForItsPrice) {
    Desk desk;
    const StopId id = desk.arm(Side::buy, 95_price, 110_price);
    desk.book(110_price, 110.02_price);
    desk.emit_all(desk.findings().triggered);
    EXPECT_TRUE(retry_at(desk.state.stops, settings, btc).is_none());
    desk.wait(Duration::seconds(5));
    desk.book(109_price, 109.02_price);
    EXPECT_EQ(desk.cause_of(id), not_yet);
}

TEST(StopsTrigger, TriggersTheOldestFirst) {
    Desk desk;
    const StopId first = desk.arm(Side::buy, 95_price);
    const StopId second = desk.arm(Side::buy, 97_price);
    desk.arm(Side::buy, 80_price);
    desk.book(90_price, 90.01_price);
    const StopFindings found = desk.findings();
    ASSERT_EQ(found.triggered.size(), 2U);
    EXPECT_EQ(found.triggered[0].id, first);
    EXPECT_EQ(found.triggered[1].id, second);
}

// ---- Trailing --------------------------------------------------------------------------------

TEST(StopsTrailed, FollowsTheMarkAtItsDistanceAndNeverBack) {
    Desk desk;
    const StopId long_one = desk.arm(Side::buy, 95_price, {}, 0.05_rate);
    const StopId short_one = desk.arm(Side::sell, 105_price, {}, 0.05_rate);
    desk.mark(110_price);
    desk.trail();
    EXPECT_EQ(desk.stop_of(long_one), 104.5_price);
    EXPECT_EQ(desk.stop_of(short_one), 105_price);
    desk.wait(Duration::seconds(2));
    desk.view.now = desk.now;
    desk.mark(90_price);
    desk.trail();
    EXPECT_EQ(desk.stop_of(long_one), 104.5_price);
    EXPECT_EQ(desk.stop_of(short_one), 94.5_price);
    EXPECT_EQ(desk.state.stops.all.at(short_one).extreme, 90_price);
    EXPECT_TRUE(desk.replays());
}

TEST(StopsTrailed, MovesOnceASecondByATickOrMore) {
    Desk desk;
    const StopId id = desk.arm(Side::buy, 95_price, {}, 0.05_rate);
    desk.mark(101_price);
    desk.trail();
    EXPECT_EQ(desk.stop_of(id), 95.95_price);
    desk.wait(Duration::milliseconds(999));
    desk.view.now = desk.now;
    desk.mark(102_price);
    desk.trail();
    EXPECT_EQ(desk.stop_of(id), 95.95_price) << "not yet a second";
    desk.wait(Duration::milliseconds(1));
    desk.view.now = desk.now;
    desk.trail();
    EXPECT_EQ(desk.stop_of(id), 96.9_price);
    desk.wait(Duration::seconds(1));
    desk.view.now = desk.now;
    desk.mark(102.005_price);
    desk.trail();
    EXPECT_EQ(desk.stop_of(id), 96.9_price) << "less than a tick";
}

TEST(StopsTrailed, UsesExtremesFromBeforeItsOwnRecordAndNoStaleMarks) {
    Desk desk;
    const StopId id = desk.arm(Side::buy, 95_price, {}, 0.05_rate);
    desk.view.bars_only = true;
    desk.view.bar_interval = Duration::hours(1);
    desk.low = 100_price;
    desk.high = 110_price;
    EXPECT_TRUE(desk.findings().triggered.empty()) << "104.5 follows from this very bar";
    desk.view.mark.stale = true;
    desk.trail();
    EXPECT_EQ(desk.stop_of(id), 104.5_price) << "a bar that has just closed is no stale mark";
    EXPECT_EQ(desk.cause_of(id), StopTriggerCause::stop) << "the next record meets it";

    Desk stale;
    const StopId other = stale.arm(Side::buy, 95_price, {}, 0.05_rate);
    stale.mark(110_price);
    stale.view.mark.stale = true;
    stale.trail();
    EXPECT_EQ(stale.stop_of(other), 95_price);
}

// Every price that triggers a stop or moves a trailing one lies at or beyond the band, so a market
// that compares with the band alone misses nothing.
RC_GTEST_PROP(StopsTriggerProperty, NothingHappensInsideTheBand, ()) {
    Desk desk;
    const auto price = [](int lowest, int highest) {
        return Price{Decimal::from_units(*rc::gen::inRange(lowest, highest), -1)};
    };
    const int count = *rc::gen::inRange(1, 6);
    for (int i = 0; i < count; ++i) {
        const bool is_long = *rc::gen::arbitrary<bool>();
        const Rate trail = *rc::gen::arbitrary<bool>() ? 0.05_rate : Rate{};
        desk.arm(is_long ? Side::buy : Side::sell,
                 is_long ? price(900, 1'000) : price(1'001, 1'100),
                 is_long ? price(1'001, 1'200) : price(800, 1'000), trail);
    }
    const Price bid = price(700, 1'300);
    const Price ask = bid + 0.1_price;
    desk.book(bid, ask);
    desk.view.spread = 0.001_rate;
    const PriceBand limits = band(desk.state.stops, btc);
    const bool acts = !desk.findings().triggered.empty() ||
                      !trailed(desk.state.stops, settings, desk.look()).empty();
    RC_ASSERT(!acts || bid <= limits.low || ask >= limits.high);
    desk.emit_all(trailed(desk.state.stops, settings, desk.look()));
    desk.emit_all(desk.findings().triggered);
    RC_ASSERT(desk.replays());
}

}  // namespace
}  // namespace grekko::risk::tests
