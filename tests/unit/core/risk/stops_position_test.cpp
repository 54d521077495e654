#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/core/risk/journal.hpp"

namespace grekko::risk::tests {
namespace {

constexpr InstrumentId btc{1};
constexpr AgentId agent{1};

struct Desk : Journal {
    const Stops& stops() const { return state.stops; }
    PositionChange change(Quantity quantity, IntentId intent = IntentId{1}) const {
        PositionChange made;
        made.agent = agent;
        made.instrument = btc;
        made.quantity = quantity;
        made.intent = intent;
        made.mark = 100_price;
        made.default_stop = 0.05_rate;
        made.lot = 0.01_quantity;
        return made;
    }
    void position(const PositionChange& made) { emit_all(on_position(stops(), made)); }
    // The stops of the agent's position, oldest first.
    std::vector<StopRecord> held() const {
        std::vector<StopRecord> all;
        for (const auto& [id, stop] : stops().all) all.push_back(stop);
        return all;
    }
    Quantity cover() const {
        Quantity sum;
        for (const StopRecord& stop : held()) sum += stop.quantity;
        return sum;
    }
    ParentId exit(StopId stop) {
        emit(events::StopTriggered{stop, events::StopTriggerCause::stop, 1, {}, 95_price});
        events::ParentOpened opened;
        opened.parent.stop = stop;
        opened.parent.agent = agent;
        opened.parent.instrument = btc;
        opened.parent.purpose = Purpose::stop;
        return ParentId{emit(opened)};
    }
};

TEST(StopsPosition, ArmsAStopOfTheIntentForANewPosition) {
    Desk desk;
    PositionChange bought = desk.change(2_quantity, IntentId{7});
    bought.stop = 93_price;
    bought.take = 120_price;
    bought.trail = 0.04_rate;
    desk.position(bought);
    ASSERT_EQ(desk.held().size(), 1U);
    const StopRecord stop = desk.held().front();
    EXPECT_EQ(stop.intent, IntentId{7});
    EXPECT_EQ(stop.side, Side::buy);
    EXPECT_EQ(stop.quantity, 2_quantity);
    EXPECT_EQ(stop.stop, 93_price);
    EXPECT_EQ(stop.take, 120_price);
    EXPECT_EQ(stop.trail, 0.04_rate);
    EXPECT_EQ(stop.extreme, 100_price);
}

TEST(StopsPosition, PutsTheDefaultStopWhereTheIntentHasNone) {
    Desk longs, shorts;
    longs.position(longs.change(1_quantity));
    EXPECT_EQ(longs.held().front().stop, 95_price);
    shorts.position(shorts.change(-1_quantity));
    EXPECT_EQ(shorts.held().front().stop, 105_price);
    EXPECT_EQ(shorts.held().front().side, Side::sell);
}

TEST(StopsPosition, GrowsTheStopOfTheSameIntentAndArmsOneForAnother) {
    Desk desk;
    desk.position(desk.change(1_quantity, IntentId{1}));
    desk.position(desk.change(1.5_quantity, IntentId{1}));
    desk.position(desk.change(2_quantity, IntentId{2}));
    desk.position(desk.change(3_quantity, IntentId{}));
    ASSERT_EQ(desk.held().size(), 3U);
    EXPECT_EQ(desk.held()[0].quantity, 1.5_quantity);
    EXPECT_EQ(desk.held()[1].quantity, 0.5_quantity);
    EXPECT_EQ(desk.held()[2].quantity, 1_quantity);
    EXPECT_TRUE(desk.held()[2].intent.is_none());
}

TEST(StopsPosition, AReductionTakesFromTheNewest) {
    Desk desk;
    desk.position(desk.change(1_quantity, IntentId{1}));
    desk.position(desk.change(2_quantity, IntentId{2}));
    desk.position(desk.change(3_quantity, IntentId{3}));
    desk.position(desk.change(1.5_quantity, IntentId{4}));
    ASSERT_EQ(desk.held().size(), 2U);
    EXPECT_EQ(desk.held()[0].quantity, 1_quantity);
    EXPECT_EQ(desk.held()[1].quantity, 0.5_quantity);
}

TEST(StopsPosition, TheFillOfAnExitTakesFromItsOwnStop) {
    Desk desk;
    desk.position(desk.change(1_quantity, IntentId{1}));
    desk.position(desk.change(2_quantity, IntentId{2}));
    const StopId oldest = desk.held()[0].id;
    desk.exit(oldest);
    PositionChange part = desk.change(1.6_quantity, IntentId{});
    part.exit = oldest;
    desk.position(part);
    EXPECT_EQ(desk.held()[0].quantity, 0.6_quantity);
    EXPECT_TRUE(desk.held()[0].exiting()) << "resizing does not arm it";
    // Another order of the agent reduces meanwhile: the one that leaves anyway comes last.
    desk.position(desk.change(1.1_quantity, IntentId{5}));
    EXPECT_EQ(desk.held()[0].quantity, 0.6_quantity);
    EXPECT_EQ(desk.held()[1].quantity, 0.5_quantity);
    PositionChange rest = desk.change(0.5_quantity, IntentId{});
    rest.exit = oldest;
    const auto changes = on_position(desk.stops(), rest);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(std::get<events::StopClosed>(changes.front()).end, events::StopEnd::filled);
    EXPECT_TRUE(desk.replays());
}

TEST(StopsPosition, ClosesAllWhenFlatAndWhatIsLessThanALotIsFlat) {
    Desk desk;
    desk.position(desk.change(1_quantity, IntentId{1}));
    desk.position(desk.change(2_quantity, IntentId{2}));
    const auto changes = on_position(desk.stops(), desk.change(0.009_quantity));
    ASSERT_EQ(changes.size(), 2U);
    for (const StopChange& change : changes) {
        EXPECT_EQ(std::get<events::StopClosed>(change).end, events::StopEnd::position_closed);
    }
    desk.emit_all(changes);
    EXPECT_TRUE(desk.stops().all.empty());
    EXPECT_TRUE(desk.stops().holdings.empty());
    EXPECT_EQ(band(desk.stops(), btc), PriceBand{});
}

TEST(StopsPosition, AFlipCoversTheOtherSideAnew) {
    Desk desk;
    desk.position(desk.change(2_quantity, IntentId{1}));
    desk.position(desk.change(-1_quantity, IntentId{2}));
    ASSERT_EQ(desk.held().size(), 1U);
    EXPECT_EQ(desk.held().front().side, Side::sell);
    EXPECT_EQ(desk.held().front().quantity, 1_quantity);
    EXPECT_EQ(desk.held().front().stop, 105_price);
}

TEST(StopsPosition, AnAgentMayOnlyTightenWithoutAVote) {
    Desk desk;
    desk.position(desk.change(1_quantity, IntentId{1}));
    PositionChange second = desk.change(2_quantity, IntentId{2});
    second.stop = 90_price;
    desk.position(second);
    const auto move = [&](Price price, StopMoveRight right) {
        return move_stop(desk.stops(), {agent, btc, right, price, 110_price});
    };
    StopMoveDecision decision = move(92_price, StopMoveRight::tighter_only);
    ASSERT_EQ(decision.moved.size(), 1U) << "95 stays, 90 follows";
    EXPECT_EQ(decision.moved.front().stop, 92_price);
    EXPECT_EQ(decision.moved.front().extreme, 110_price);
    EXPECT_EQ(move(80_price, StopMoveRight::tighter_only).refusal.substr(0, 6), "looser");
    EXPECT_EQ(move(80_price, StopMoveRight::voted).moved.size(), 2U);
    EXPECT_EQ(move({}, StopMoveRight::voted).refusal, "no price");
    EXPECT_EQ(move_stop(desk.stops(), {AgentId{9}, btc, {}, 1_price, 1_price}).refusal,
              "no position");
    desk.emit_all(decision.moved);
    EXPECT_EQ(desk.held()[1].stop, 92_price);
    EXPECT_TRUE(desk.replays());
}

// Whatever fills, exits and flips come, the stops of a position sum to exactly its quantity, none
// is empty, and a replay gives the same bytes.
RC_GTEST_PROP(StopsPositionProperty, CoverExactlyThePosition, ()) {
    Desk desk;
    const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(-300, 300), rc::gen::inRange(0, 5)));
    for (const auto& [cents, what] : steps) {
        desk.wait(Duration::seconds(1));
        PositionChange change =
            desk.change(Quantity{Decimal::from_units(cents, -2)},
                        IntentId{static_cast<std::uint64_t>(what)});
        const auto held = desk.held();
        if (what == 4 && !held.empty() && !held.front().exiting()) desk.exit(held.front().id);
        if (what >= 3 && !held.empty()) change.exit = held.front().id;
        if (what == 2) change.trail = 0.03_rate;
        desk.position(change);
        RC_ASSERT(desk.cover() == change.quantity.abs());
        RC_ASSERT(unprotected(desk.stops(), agent, btc, change.quantity).is_zero());
        for (const StopRecord& stop : desk.held()) {
            RC_ASSERT(stop.quantity.is_positive());
            RC_ASSERT((stop.side == Side::sell) == change.quantity.is_negative());
        }
    }
    RC_ASSERT(desk.replays());
}

}  // namespace
}  // namespace grekko::risk::tests
