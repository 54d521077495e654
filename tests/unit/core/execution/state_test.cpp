// covers: core/execution/memory.cpp core/execution/apply_orders.cpp
#include "core/execution/state.hpp"

#include "unit/core/execution/venues.hpp"

namespace grekko::execution {
namespace {

TEST(States, KeepABoundedHistoryOfWhatHasEnded) {
    Desk desk;
    const OrderId first = desk.submit_accepted(limit_order());
    desk.report(first, ReportKind::cancelled);
    for (std::size_t i = 0; i < ended_orders_max; ++i) {
        desk.report(desk.submit_accepted(limit_order()), ReportKind::cancelled);
    }
    EXPECT_EQ(desk.state.orders.size(), ended_orders_max);
    EXPECT_EQ(desk.state.orders.find(first), nullptr);
    EXPECT_EQ(desk.state.by_venue_id.size(), ended_orders_max);
    EXPECT_EQ(desk.state.by_client.size(), ended_orders_max);
    EXPECT_TRUE(desk.state.open.empty());
    EXPECT_TRUE(desk.state.open_orders.empty());
}

TEST(States, ForgetParentsThatEndedLongAgo) {
    Desk desk;
    for (std::size_t i = 0; i <= ended_parents_max; ++i) {
        const ParentId id = desk.open(request_of(1_quantity, Urgency::normal));
        desk.run(end_parent(desk.state, id, events::ParentEnd::cancelled, {}));
    }
    EXPECT_EQ(desk.state.parents.size(), ended_parents_max);
    EXPECT_TRUE(desk.state.open_parents.empty());
}

TEST(States, AreRestoredFromTheirBytesAndGoOnAsBefore) {
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order());
    desk.fill(id, 4_quantity, "t1", 4_quantity);
    State copy;
    ASSERT_TRUE(archive_load(copy, archive_save(desk.state)));
    EXPECT_EQ(archive_save(copy), archive_save(desk.state));
    const VenueReport next = desk.fill_report(id, 6_quantity, "t2", 10_quantity);
    EXPECT_EQ(on_report(copy, desk.settings, next, desk.now).events.size(), 1U);
    EXPECT_EQ(open_quantity(copy, agent_1, btc).buys, 6_quantity);
}

} // namespace
} // namespace grekko::execution
