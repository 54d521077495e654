// covers: risk.cpp, risk.hpp, settings.hpp
#include "core/risk/risk.hpp"

#include <gtest/gtest.h>

#include "base/archive.hpp"
#include "unit/core/risk/scene.hpp"

namespace grekko::risk::tests {
namespace {

// A day in the life of one order, told to whatever state is given.
void live_through(Scene& scene) {
    events::AgentRegistered registered;
    registered.agent = agent_one;
    registered.allocation = 50'000_notional;
    scene.emit(registered);
    scene.emit(scene.assessed().event());
    const ParentId parent = scene.open_parent(agent_one, Side::buy, Purpose::increase, 10_quantity);
    Order order = scene.order(Side::buy, 10_quantity, 100.05_price);
    order.parent = parent;
    const OrderId id = scene.submit(order);
    events::ReplaceRequested replace;
    replace.order = id;
    replace.replacement = scene.order(Side::buy, 8_quantity, 100.06_price);
    scene.emit(replace);
    events::OrderFilled filled;
    filled.fill.order = id;
    filled.fill.quantity = 3_quantity;
    filled.status = OrderStatus::partly_filled;
    scene.emit(filled);
    scene.position(agent_one, btc, 3_quantity);
    scene.arm_stop(agent_one, 3_quantity, 97_price);
    events::CancelRequested cancel;
    cancel.order = id;
    scene.emit(cancel);
}

TEST(Risk, IsRebuiltFromItsEventsAlone) {
    Scene first;
    live_through(first);
    Scene second;
    second.give_mark(btc, 250_price);
    live_through(second);
    EXPECT_EQ(archive_save(first.state), archive_save(second.state))
        << "marks are no part of the state";
}

TEST(Risk, GoesOnAfterASnapshotAsIfThereWereNone) {
    Scene first;
    live_through(first);
    State loaded;
    ASSERT_TRUE(archive_load(loaded, archive_save(first.state)));
    assign_clusters(loaded, universe(), Settings{});
    mark(loaded, btc, {100_price, 1_rate});
    mark(loaded, eth, {100_price, 1_rate});
    first.request.intent = IntentId{5'000};
    const events::RiskAssessed before = first.assessed().event();
    first.state = loaded;
    const events::RiskAssessed after = first.assessed().event();
    EXPECT_EQ(std::memcmp(&before, &after, sizeof before), 0);
}

TEST(Risk, CountsAnOrderFromItsApprovalOn) {
    Scene scene;
    scene.request.quantity = 200_quantity;
    scene.request.stop = 98.5_price;
    scene.terms.tolerance = 0.8_rate;
    ASSERT_TRUE(scene.assessed().approved());
    scene.open_parent(agent_one, Side::buy, Purpose::increase, 390_quantity);
    const Assessment second = scene.assessed();
    EXPECT_EQ(second.event().approved, 10_quantity) << "nothing was acknowledged by any venue";
    EXPECT_TRUE(has(second.event().reduced, Check::agent_gross));
}

}  // namespace
}  // namespace grekko::risk::tests
