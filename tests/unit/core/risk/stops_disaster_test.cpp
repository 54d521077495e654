#include "core/risk/stops_disaster.hpp"

#include <gtest/gtest.h>

#include "unit/core/risk/journal.hpp"

namespace grekko::risk::tests {
namespace {

constexpr InstrumentId btc{1};

struct Desk : Journal {
    StopSettings settings;
    Listing listing;
    DisasterContext context{btc, 2_quantity, {}, {}, listing, true, false, {}};

    Desk() {
        listing.instrument = btc;
        listing.venue = VenueId{1};
        listing.lot = 0.01_quantity;
        listing.tick = 0.01_price;
    }
    StopId arm(Side side, Price stop, Quantity quantity = 1_quantity) {
        events::StopArmed event;
        event.instrument = btc;
        event.agent = AgentId{1};
        event.position_side = side;
        event.quantity = quantity;
        event.stop = stop;
        event.mark = 100_price;
        return StopId{emit(event)};
    }
    DisasterPlan plan() {
        context.now = now;
        return disaster(state.stops, settings, context);
    }
    DisasterPlan settled() {
        wait(Duration::seconds(1));
        return plan();
    }
    // As if the plan had been carried out.
    void rests(const DisasterPlan& plan) {
        context.resting = DisasterOrder{OrderId{1}, plan.side, plan.quantity, plan.trigger};
        events::OrderSubmitted order;
        order.order.instrument = btc;
        order.order.agent = house_agent;
        order.order.purpose = Purpose::disaster_stop;
        order.order.quantity = plan.quantity;
        order.order.limit = plan.limit;
        emit(order);
    }
};

TEST(StopsDisaster, LiesAtTwiceTheWidestStopWithinFourAndFifteenPercent) {
    const struct {
        Price stop, trigger, limit;
    } rows[] = {{99_price, 96_price, 91.2_price},     // 2 % -> 4 %
                {95_price, 90_price, 85.5_price},     // 10 %
                {93_price, 86_price, 81.7_price},     // 14 %
                {90_price, 85_price, 80.75_price},    // 20 % -> 15 %
                {82_price, 81.18_price, 77.12_price}};  // never inside the host's own stop
    for (const auto& row : rows) {
        Desk desk;
        desk.arm(Side::buy, 99.5_price);
        desk.arm(Side::buy, row.stop);
        const DisasterPlan plan = desk.settled();
        EXPECT_EQ(plan.action, DisasterAction::place);
        EXPECT_EQ(plan.side, Side::sell);
        EXPECT_EQ(plan.type, OrderType::stop_limit);
        EXPECT_EQ(plan.quantity, 2_quantity) << "the whole net position";
        EXPECT_EQ(plan.trigger, row.trigger) << row.stop.to_string();
        EXPECT_EQ(plan.limit, row.limit) << row.stop.to_string();
    }
}

TEST(StopsDisaster, MirrorsAShortAndUsesAPlainStopWhereToldTo) {
    Desk desk;
    desk.arm(Side::sell, 105_price);
    desk.context.net = -2_quantity;
    desk.settings.disaster_market = {VenueId{1}};
    const DisasterPlan plan = desk.settled();
    EXPECT_EQ(plan.side, Side::buy);
    EXPECT_EQ(plan.trigger, 110_price);
    EXPECT_EQ(plan.type, OrderType::stop);
    EXPECT_TRUE(plan.limit.is_zero());
}

TEST(StopsDisaster, IsOnWhenLiveAndOffElseUnlessConfigured) {
    const struct {
        DisasterMode mode;
        bool live, wanted;
    } rows[] = {{DisasterMode::automatic, true, true}, {DisasterMode::automatic, false, false},
                {DisasterMode::on, false, true},       {DisasterMode::off, true, false}};
    for (const auto& row : rows) {
        Desk desk;
        desk.arm(Side::buy, 95_price);
        desk.settings.disaster = row.mode;
        desk.context.live = row.live;
        EXPECT_EQ(desk.settled().action,
                  row.wanted ? DisasterAction::place : DisasterAction::none);
    }
    Desk desk;
    desk.arm(Side::buy, 95_price);
    desk.listing.has_stop_orders = false;
    EXPECT_EQ(desk.settled().action, DisasterAction::none);
}

TEST(StopsDisaster, GrowsAfterAQuietMomentAndWithinASecond) {
    Desk desk;
    desk.arm(Side::buy, 95_price);
    DisasterPlan plan = desk.plan();
    EXPECT_EQ(plan.action, DisasterAction::wait);
    EXPECT_EQ(plan.at, desk.now + Duration::milliseconds(250));
    EXPECT_EQ(plan.uncovered, 2_quantity) << "increases wait for it";
    for (int i = 0; i < 4; ++i) {  // never quiet for 250 ms
        desk.wait(Duration::milliseconds(200));
        EXPECT_EQ(desk.plan().action, DisasterAction::wait);
        desk.arm(Side::buy, 95_price);
    }
    desk.wait(Duration::milliseconds(200));
    plan = desk.plan();
    EXPECT_EQ(plan.action, DisasterAction::place) << "a second has passed";
    desk.rests(plan);
    EXPECT_EQ(desk.plan().action, DisasterAction::none);
    EXPECT_TRUE(desk.plan().uncovered.is_zero());
    desk.context.net = 3_quantity;
    desk.arm(Side::buy, 95_price);
    EXPECT_EQ(desk.plan().action, DisasterAction::wait);
    desk.wait(Duration::milliseconds(250));
    EXPECT_EQ(desk.plan().action, DisasterAction::replace);
    EXPECT_EQ(desk.plan().quantity, 3_quantity);
    EXPECT_EQ(desk.plan().uncovered, 1_quantity);
}

TEST(StopsDisaster, GivesTheBaseOfAnExitFreeAtOnceOnSpot) {
    Desk desk;
    desk.arm(Side::buy, 95_price);
    desk.rests(desk.settled());
    desk.context.exiting = 0.5_quantity;
    DisasterPlan plan = desk.plan();
    EXPECT_EQ(plan.action, DisasterAction::replace);
    EXPECT_EQ(plan.quantity, 1.5_quantity);
    desk.context.exiting = 2_quantity;
    EXPECT_EQ(desk.plan().action, DisasterAction::cancel);
    desk.context.on_margin = true;
    EXPECT_EQ(desk.plan().action, DisasterAction::none) << "nothing is held there";
}

TEST(StopsDisaster, GoesWithThePositionAndTurnsWithIt) {
    Desk desk;
    desk.arm(Side::buy, 95_price);
    desk.rests(desk.settled());
    desk.context.net = {};
    EXPECT_EQ(desk.plan().action, DisasterAction::cancel);
    desk.context.net = -1_quantity;
    desk.arm(Side::sell, 105_price);
    DisasterPlan plan = desk.settled();
    EXPECT_EQ(plan.action, DisasterAction::cancel) << "the old side first";
    EXPECT_EQ(plan.uncovered, 1_quantity);
    desk.context.resting.reset();
    EXPECT_EQ(desk.settled().side, Side::buy);
}

TEST(StopsDisaster, StaysForSmallMovesAndNeverInsideAHostStop) {
    Desk desk;
    const StopId stop = desk.arm(Side::buy, 95_price);
    desk.rests(desk.settled());
    desk.emit(events::StopMoved{stop, 95.2_price, 100_price, 1_quantity});
    EXPECT_EQ(desk.settled().action, DisasterAction::none) << "90.4 wanted, 90 rests";
    desk.emit(events::StopMoved{stop, 96_price, 100_price, 1_quantity});
    DisasterPlan plan = desk.settled();
    EXPECT_EQ(plan.action, DisasterAction::replace);
    EXPECT_EQ(plan.trigger, 92_price);
    desk.rests(plan);
    desk.emit(events::StopMoved{stop, 90_price, 100_price, 1_quantity});
    EXPECT_EQ(desk.settled().action, DisasterAction::replace) << "92 would fire first";
}

TEST(StopsDisaster, IsNotForWhatTheVenueCannotTake) {
    Desk desk;
    desk.arm(Side::buy, 95_price);
    desk.context.net = 0.009_quantity;
    EXPECT_EQ(desk.settled().action, DisasterAction::none) << "less than a lot";
    desk.context.net = 0.029_quantity;
    EXPECT_EQ(desk.plan().quantity, 0.02_quantity) << "rounded down";
    desk.listing.notional_min = 10_notional;
    EXPECT_EQ(desk.plan().action, DisasterAction::none);
    EXPECT_TRUE(desk.replays());
}

}  // namespace
}  // namespace grekko::risk::tests
