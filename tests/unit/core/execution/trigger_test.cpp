#include "core/execution/trigger.hpp"

#include "unit/core/execution/venues.hpp"

namespace grekko::execution {
namespace {

using A = OrderAction;
using T = Trigger;

struct Row {
    T trigger;
    A increase, reduce, reduce_algorithm, protective;
};

// The table of the trading rules §7, line by line.
constexpr Row table[]{
    {T::round_ended, A::cancel, A::keep, A::keep, A::keep},
    {T::agent_reloaded, A::keep, A::keep, A::keep, A::keep},
    {T::agent_stopped, A::cancel, A::keep, A::keep, A::keep},
    {T::public_feed_lost, A::cancel, A::keep, A::keep, A::keep},
    {T::private_stream_lost, A::cancel, A::keep, A::keep, A::keep},
    {T::venue_lost, A::unknown, A::query, A::query, A::keep},
    {T::venue_returned, A::query_then_cancel, A::query, A::query, A::keep},
    {T::reducing, A::cancel, A::keep, A::cancel, A::keep},
    {T::halted, A::cancel, A::keep, A::cancel, A::keep},
    {T::breaker_opened, A::cancel, A::keep, A::keep, A::keep},
    {T::clean_stop, A::cancel, A::finish_or_cancel, A::finish_or_cancel, A::keep},
    {T::host_crash, A::keep, A::keep, A::keep, A::keep},
    {T::restart, A::query_then_cancel, A::query_then_cancel, A::query_then_cancel, A::query},
};

TEST(Triggers, DoWithEveryOrderWhatTheTableSays) {
    for (const Row& row : table) {
        for (int s = 1; s <= 11; ++s) {
            const auto status = static_cast<OrderStatus>(s);
            const auto expect = [&](OrderClass order_class, A action) {
                EXPECT_EQ(order_action(row.trigger, order_class, status),
                          terminal(status) ? A::keep : action)
                    << static_cast<int>(row.trigger) << " " << s;
            };
            expect(OrderClass::increase, row.increase);
            expect(OrderClass::reduce, row.reduce);
            expect(OrderClass::reduce_algorithm, row.reduce_algorithm);
            expect(OrderClass::protective, row.protective);
        }
    }
}

struct Orders {
    Desk desk;
    OrderId increase = desk.submit_accepted(limit_order());
    OrderId reduce = desk.submit_accepted(limit_order(5_quantity, Purpose::reduce));
    OrderId stop = desk.submit_accepted(limit_order(9_quantity, Purpose::disaster_stop));
    ParentId waiting = desk.open(request_of(7_quantity, Urgency::normal));
};

TEST(Triggers, AHaltCancelsWhatIncreasesAndLeavesProtection) { // G24
    Orders orders;
    TriggerScope scope;
    scope.why = events::ParentEnd::halted;
    orders.desk.run(on_event(orders.desk.state, T::halted, scope));
    EXPECT_EQ(orders.desk.status(orders.increase), OrderStatus::pending_cancel);
    EXPECT_EQ(orders.desk.status(orders.reduce), OrderStatus::accepted);
    EXPECT_EQ(orders.desk.status(orders.stop), OrderStatus::accepted);
    EXPECT_TRUE(orders.desk.parent(orders.waiting).closed);
    EXPECT_EQ(orders.desk.parent(orders.waiting).ending, events::ParentEnd::halted);
    EXPECT_EQ(count_effects<CancelOrder>(orders.desk.effects), 1U);
    EXPECT_TRUE(orders.desk.replays());
}

TEST(Triggers, ConcernOnlyTheirScope) {
    Orders orders;
    TriggerScope scope;
    scope.agent = agent_2;
    EXPECT_TRUE(on_event(orders.desk.state, T::agent_stopped, scope).empty());
    scope = TriggerScope{};
    scope.venue = venue_b;
    EXPECT_TRUE(on_event(orders.desk.state, T::breaker_opened, scope).empty());
    scope.venue = venue_a;
    orders.desk.run(on_event(orders.desk.state, T::breaker_opened, scope));
    EXPECT_EQ(orders.desk.status(orders.increase), OrderStatus::pending_cancel);
    EXPECT_FALSE(orders.desk.parent(orders.waiting).closed); // another venue can take it
}

TEST(Triggers, LetSchedulesWaitWhereOnlyTheMarketIsUnfit) {
    Desk desk;
    const auto open = [&](Algorithm algorithm) {
        ParentRequest request = request_of(7_quantity, Urgency::normal);
        request.parent.working.algorithm = algorithm;
        return desk.open(request);
    };
    const ParentId plain = open(Algorithm::none);
    const ParentId idle = open(Algorithm::vwap);
    const ParentId busy = open(Algorithm::twap);
    Order order = limit_order(2_quantity);
    order.parent = busy;
    const OrderId child = desk.submit_accepted(order);
    TriggerScope scope;
    scope.why = events::ParentEnd::halted;
    scope.pauses_schedules = true;
    desk.run(on_event(desk.state, T::breaker_opened, scope));
    EXPECT_EQ(desk.status(child), OrderStatus::pending_cancel);
    EXPECT_EQ(desk.parent(busy).ending, events::ParentEnd{});
    EXPECT_FALSE(desk.parent(idle).closed);
    EXPECT_TRUE(desk.parent(plain).closed);
    scope.pauses_schedules = false;
    desk.run(on_event(desk.state, T::halted, scope));
    EXPECT_EQ(desk.parent(busy).ending, events::ParentEnd::halted);
    EXPECT_TRUE(desk.parent(idle).closed);
}

TEST(Triggers, ALostVenueMakesUnknownAndItsReturnAsksThenCancels) {
    Orders orders;
    TriggerScope scope;
    scope.venue = venue_a;
    orders.desk.run(on_event(orders.desk.state, T::venue_lost, scope));
    EXPECT_EQ(orders.desk.status(orders.increase), OrderStatus::unknown);
    EXPECT_EQ(open_quantity(orders.desk.state, agent_1, btc).buys, 17_quantity);
    orders.desk.effects.clear();
    orders.desk.run(on_event(orders.desk.state, T::venue_returned, scope));
    EXPECT_EQ(count_effects<QueryOrder>(orders.desk.effects), 2U);
    EXPECT_EQ(count_effects<CancelOrder>(orders.desk.effects), 1U);
    VenueReport alive = orders.desk.about(orders.increase, ReportKind::order_state);
    orders.desk.report(alive);
    EXPECT_EQ(orders.desk.status(orders.increase), OrderStatus::pending_cancel);
}

TEST(Triggers, ARestartAsksAndNeverSendsAnIncreaseLate) {
    Desk desk;
    const OrderId unsent = desk.submit(limit_order());
    IncarnationOpened again;
    again.incarnation = 5;
    desk.emit(again);
    desk.run(on_event(desk.state, T::restart, {}));
    EXPECT_EQ(count_effects<PlaceOrder>(desk.effects), 0U);
    EXPECT_EQ(count_effects<QueryOrder>(desk.effects), 1U);
    for (int i = 0; i < 3; ++i) {
        desk.report(unsent, ReportKind::not_found);
        desk.wait(Duration::seconds(5));
    }
    EXPECT_EQ(desk.status(unsent), OrderStatus::lapsed);
}

TEST(Triggers, ACleanStopLetsExitsFinishAndThenCancelsThem) {
    Orders orders;
    orders.desk.run(on_event(orders.desk.state, T::clean_stop, {}));
    EXPECT_EQ(orders.desk.status(orders.reduce), OrderStatus::accepted);
    TriggerScope scope;
    scope.grace_over = true;
    orders.desk.run(on_event(orders.desk.state, T::clean_stop, scope));
    EXPECT_EQ(orders.desk.status(orders.reduce), OrderStatus::pending_cancel);
    EXPECT_EQ(orders.desk.status(orders.stop), OrderStatus::accepted);
}

TEST(Triggers, ARestartEndsWhatIncreasesForGoodAndLetsExitsGoOn) {
    Orders orders;
    TriggerScope scope;
    scope.why = events::ParentEnd::cancelled;
    orders.desk.run(on_event(orders.desk.state, T::restart, scope));
    EXPECT_TRUE(orders.desk.parent(orders.waiting).closed);
    EXPECT_EQ(orders.desk.parent(orders.waiting).ending, events::ParentEnd::cancelled);
    Desk desk;
    const ParentId exit = desk.open(request_of(7_quantity, Urgency::normal, Purpose::reduce));
    desk.run(on_event(desk.state, T::restart, scope));
    EXPECT_FALSE(desk.parent(exit).closed);
}

} // namespace
} // namespace grekko::execution
