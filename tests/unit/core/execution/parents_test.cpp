#include "core/execution/execution.hpp"
#include "unit/core/execution/venues.hpp"

namespace grekko::execution {
namespace {

TEST(Parents, AreTheSumOfTheirSharesWithAProtectiveLimit) {
    ParentRequest request = request_of(3_quantity, Urgency::urgent);
    request.allocations.push_back({{}, IntentId{2}, agent_2, Purpose::increase, {}, 4_quantity});
    const auto opened = open_parent(request, Settings{}, Instant::from_seconds(5));
    ASSERT_TRUE(opened.has_value());
    EXPECT_EQ(opened->opened.parent.quantity, 7_quantity);
    EXPECT_EQ(opened->opened.parent.protection, 100.5_price);
    EXPECT_EQ(opened->opened.parent.decided_at, Instant::from_seconds(5));
    EXPECT_EQ(opened->allocated.size(), 2U);
    const auto exit =
        open_parent(request_of(1_quantity, Urgency::urgent, Purpose::reduce), Settings{}, {});
    EXPECT_EQ(exit->opened.parent.protection, 98_price);
}

TEST(Parents, ThatMakeNoSenseAreNotOpened) {
    ParentRequest request = request_of(3_quantity, Urgency::urgent);
    request.parent.arrival = Price{};
    EXPECT_FALSE(open_parent(request, Settings{}, {}).has_value());
    EXPECT_FALSE(open_parent(request_of(0_quantity, Urgency::urgent), Settings{}, {}).has_value());
    request = request_of(3_quantity, Urgency::urgent);
    request.allocations.clear();
    EXPECT_FALSE(open_parent(request, Settings{}, {}).has_value());
}

TEST(Parents, ReportArrivalMeanFeesAndPassiveShare) {
    Desk desk;
    const ParentId parent = desk.open(request_of(10_quantity, Urgency::normal));
    Order child = limit_order(10_quantity);
    child.parent = parent;
    const OrderId id = desk.submit_accepted(child);
    VenueReport fill = desk.fill_report(id, 4_quantity, "t1", 4_quantity);
    fill.fill.price = 99_price;
    fill.fill.liquidity = Liquidity::maker;
    desk.report(fill);
    desk.fill(id, 4_quantity, "t2", 8_quantity);
    EXPECT_FALSE(close_parent(desk.state, parent, events::ParentEnd::timed_out, {}).has_value());
    desk.report(id, ReportKind::cancelled);
    const auto closed = close_parent(desk.state, parent, events::ParentEnd::timed_out, 101_price);
    ASSERT_TRUE(closed.has_value());
    EXPECT_EQ(closed->end, events::ParentEnd::timed_out);
    EXPECT_EQ(closed->filled, 8_quantity);
    EXPECT_EQ(closed->decided, 10_quantity);
    EXPECT_EQ(closed->mean, 99.5_price);
    EXPECT_EQ(closed->arrival, 100_price);
    EXPECT_EQ(closed->vwap, 101_price);
    EXPECT_EQ(closed->fees, 0.2_notional);
    EXPECT_EQ(closed->passive_share, 0.5_rate);
}

} // namespace
} // namespace grekko::execution
