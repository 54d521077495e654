// covers: exposure.cpp, exposure_orders.cpp, exposure_parents.cpp, exposure_stops.cpp
// covers: exposure_parts.hpp
#include "core/risk/exposure.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "unit/core/risk/scene.hpp"

namespace grekko::risk::tests {
namespace {

struct Leg {
    Side side;
    Quantity quantity;
};

class ExposureTest : public testing::Test {
protected:
    const Sums& sums() const { return row(scene.state.exposure, btc).sums; }
    const Cell& own() const { return cell(scene.state.exposure, agent_one, btc); }
    OrderId child(ParentId parent, Leg leg, OrderId linked = {}) {
        Order order = scene.order(leg.side, leg.quantity, 90_price);
        order.parent = parent;
        order.linked = linked;
        return scene.submit(order);
    }
    void fill(OrderId order, ParentId parent, Leg leg, OrderStatus status) {
        events::OrderFilled filled;
        filled.fill.order = order;
        filled.fill.quantity = leg.quantity;
        filled.status = status;
        scene.emit(filled);
        events::FillAllocated share;
        share.order = order;
        share.parent = parent;
        share.agent = agent_one;
        share.instrument = btc;
        share.side = leg.side;
        share.purpose = leg.side == Side::buy ? Purpose::increase : Purpose::reduce;
        share.quantity = leg.quantity;
        scene.emit(share);
    }
    template <class Event>
    void end(OrderId order) {
        Event event;
        event.order = order;
        scene.emit(event);
    }
    void close(ParentId parent) {
        events::ParentClosed event;
        event.parent = parent;
        scene.emit(event);
    }
    Scene scene;
};

TEST_F(ExposureTest, ReservesTheWholeParentWhateverOfItIsSent) {
    const ParentId parent = scene.open_parent(agent_one, Side::buy, Purpose::increase, 10_quantity);
    EXPECT_EQ(sums().worst(), 10_quantity);
    child(parent, {Side::buy, 4_quantity});
    EXPECT_EQ(sums().worst(), 10_quantity);
    EXPECT_EQ(own().sums.worst(), 10_quantity);
    EXPECT_EQ(scene.state.exposure.parents.find(parent)->unsent(), 6_quantity);
}

TEST_F(ExposureTest, KeepsTheSameWorstCaseWhileAnOrderFills) {
    const ParentId parent = scene.open_parent(agent_one, Side::buy, Purpose::increase, 10_quantity);
    const OrderId order = child(parent, {Side::buy, 10_quantity});
    fill(order, parent, {Side::buy, 3_quantity}, OrderStatus::partly_filled);
    EXPECT_EQ(sums().position, 3_quantity);
    EXPECT_EQ(sums().worst(), 10_quantity);
    fill(order, parent, {Side::buy, 7_quantity}, OrderStatus::filled);
    close(parent);
    EXPECT_EQ(own().sums.worst(), 10_quantity);
    EXPECT_EQ(own().open_orders, 0U);
    EXPECT_EQ(scene.state.exposure.parents.size(), 0U);
}

TEST_F(ExposureTest, CountsAnOrderOfAClosedParentUntilItEnds) {
    const ParentId parent = scene.open_parent(agent_one, Side::buy, Purpose::increase, 10_quantity);
    const OrderId order = child(parent, {Side::buy, 4_quantity});
    close(parent);
    EXPECT_EQ(sums().worst(), 4_quantity) << "an unknown or pending cancel may still fill";
    EXPECT_EQ(own().sums.worst(), 4_quantity);
    end<events::OrderCancelled>(order);
    EXPECT_TRUE(sums().worst().is_zero());
    EXPECT_TRUE(own().sums.worst().is_zero());
}

TEST_F(ExposureTest, CountsTheLargerVersionOfAnAtomicReplace) {
    const OrderId order = scene.submit(scene.order(Side::buy, 10_quantity, 90_price));
    events::ReplaceRequested replace;
    replace.order = order;
    replace.replacement = scene.order(Side::buy, 6_quantity, 91_price);
    replace.atomic = true;
    scene.emit(replace);
    EXPECT_EQ(sums().worst(), 10_quantity);
    end<events::OrderReplaced>(order);
    EXPECT_EQ(sums().worst(), 6_quantity);
    EXPECT_EQ(own_best(scene.state.exposure, btc, venue_one, Side::buy), 91_price);
}

TEST_F(ExposureTest, CountsBothVersionsWhereAReplaceIsNotAtomic) {
    const OrderId order = scene.submit(scene.order(Side::buy, 10_quantity, 90_price));
    events::ReplaceRequested replace;
    replace.order = order;
    replace.replacement = scene.order(Side::buy, 6_quantity, 91_price);
    scene.emit(replace);
    EXPECT_EQ(sums().worst(), 16_quantity);
    end<events::ReplaceRejected>(order);
    EXPECT_EQ(sums().worst(), 10_quantity);
    EXPECT_EQ(own_best(scene.state.exposure, btc, venue_one, Side::buy), 90_price);
}

TEST_F(ExposureTest, CountsTheLargerLegOfAPair) {
    scene.position(agent_one, btc, 10_quantity);
    const OrderId take = child({}, {Side::sell, 10_quantity});
    const OrderId other = child({}, {Side::sell, 12_quantity}, take);
    EXPECT_EQ(sums().open[1], 12_quantity);
    end<events::OrderCancelled>(other);
    EXPECT_EQ(sums().open[1], 10_quantity);
}

TEST_F(ExposureTest, CountsProtectiveSellsUpToThePosition) {
    scene.position(agent_one, btc, 10_quantity);
    Order stop = scene.order(Side::sell, 25_quantity, 80_price);
    stop.purpose = Purpose::disaster_stop;
    scene.submit(stop);
    EXPECT_EQ(sums().worst(), 10_quantity);
    EXPECT_EQ(sums().short_end(), 0_quantity);
    scene.submit(scene.order(Side::sell, 15_quantity, 110_price));
    EXPECT_EQ(sums().short_end(), -15_quantity);
    EXPECT_EQ(sums().worst(), 15_quantity);
}

TEST_F(ExposureTest, TakesFeesInTheReceivedAssetFromThePosition) {
    events::FillAllocated share;
    share.agent = agent_one;
    share.instrument = btc;
    share.side = Side::buy;
    share.quantity = 10_quantity;
    share.fee = 0.01_d;
    share.fee_currency = "BTC";
    scene.emit(share);
    EXPECT_EQ(sums().position, 9.99_quantity);
    share.fee_currency = "USD";
    scene.emit(share);
    EXPECT_EQ(sums().position, 19.99_quantity);
}

TEST_F(ExposureTest, MovesVirtualPositionsOnlyWhereAgentsCross) {
    events::InternalCross cross;
    cross.buyer = agent_one;
    cross.seller = agent_two;
    cross.instrument = btc;
    cross.quantity = 5_quantity;
    scene.emit(cross);
    EXPECT_TRUE(sums().position.is_zero());
    EXPECT_EQ(row(scene.state.exposure, btc).virtual_gross, 10_quantity);
}

TEST_F(ExposureTest, ForgetsAStopThatIsClosed) {
    scene.arm_stop(agent_one, 10_quantity, 95_price);
    const StopId id{scene.sequence};
    EXPECT_EQ(row(scene.state.exposure, btc).stop_value[0], 950_notional);
    events::StopMoved moved;
    moved.id = id;
    moved.stop = 96_price;
    moved.quantity = 5_quantity;
    scene.emit(moved);
    EXPECT_EQ(row(scene.state.exposure, btc).stop_value[0], 480_notional);
    events::StopClosed closed;
    closed.id = id;
    scene.emit(closed);
    EXPECT_TRUE(row(scene.state.exposure, btc).stop_value[0].is_zero());
    EXPECT_EQ(scene.state.exposure.stops.size(), 0U);
}

// Checks 29 and 41: a stop that has triggered and could not leave is a loss to come like any other.
TEST_F(ExposureTest, CountsAStopButForTheTimeThatItsExitIsAtWork) {
    scene.position(agent_one, btc, 10_quantity);
    scene.arm_stop(agent_one, 10_quantity, 95_price);
    const StopId id{scene.sequence};
    const auto value = [&] { return row(scene.state.exposure, btc).stop_value[0]; };
    events::StopTriggered triggered;
    triggered.id = id;
    scene.emit(triggered);
    EXPECT_EQ(value(), 950_notional) << "its exit may be refused";
    const ParentId exit = scene.open_parent(agent_one, Side::sell, Purpose::stop, 10_quantity, id);
    EXPECT_TRUE(value().is_zero());
    events::StopMoved part;
    part.id = id;
    part.stop = 95_price;
    part.quantity = 4_quantity;
    scene.emit(part);
    EXPECT_TRUE(value().is_zero());
    close(exit);
    EXPECT_EQ(value(), 380_notional) << "the exit has failed, the stop stands";
}

TEST_F(ExposureTest, ReservesForAParentThatEndsOnlyWhatItsOrdersCouldStillFill) {
    scene.position(agent_one, btc, 10_quantity);
    const ParentId parent = scene.open_parent(agent_one, Side::sell, Purpose::reduce, 10_quantity);
    const OrderId order = child(parent, {Side::sell, 4_quantity});
    EXPECT_EQ(own().reducing[1], 10_quantity);
    events::CancelRequested cancel;
    cancel.order = order;
    cancel.why = events::ParentEnd::superseded;
    scene.emit(cancel);
    EXPECT_EQ(own().reducing[1], 4_quantity);
    EXPECT_EQ(own().ending[1], 4_quantity);
    end<events::OrderCancelled>(order);
    close(parent);
    EXPECT_TRUE(own().reducing[1].is_zero());
    EXPECT_TRUE(own().ending[1].is_zero());
}

// The reference: plain lists of everything that happened, summed anew for each question.
struct SlowOrder {
    OrderId id;
    ParentId parent;
    AgentId agent;
    Side side;
    Purpose purpose;
    Quantity quantity, filled;
    bool replacing, atomic;
    Quantity next;
    Quantity fillable() const {
        const Quantity rest = std::max(quantity - filled, Quantity{});
        if (!replacing) return rest;
        return atomic ? std::max(rest, std::max(next - filled, Quantity{})) : rest + next;
    }
};
struct SlowParent {
    ParentId id;
    AgentId agent;
    Side side;
    Purpose purpose;
    Quantity quantity, filled;
    bool open;
};
struct Slow {
    std::vector<SlowOrder> orders;
    std::vector<SlowParent> parents;
    std::map<AgentId, Quantity> positions;

    Quantity counted(const SlowParent& parent) const {
        Quantity children;
        for (const SlowOrder& order : orders) {
            if (order.parent == parent.id) children += order.fillable();
        }
        const Quantity rest = std::max(parent.quantity - parent.filled, Quantity{});
        return std::max(parent.open ? rest : Quantity{}, children);
    }
    // Of one agent, or of all where it is none.
    Quantity worst(AgentId agent) const {
        Sums sums;
        for (const auto& [owner, quantity] : positions) {
            if (agent.is_none() || owner == agent) sums.position += quantity;
        }
        const auto add = [&](AgentId owner, Side side, Purpose purpose, Quantity quantity) {
            if (!agent.is_none() && owner != agent) return;
            (purpose == Purpose::stop ? sums.guard : sums.open)[side_index(side)] += quantity;
        };
        for (const SlowParent& parent : parents) {
            add(parent.agent, parent.side, parent.purpose, counted(parent));
        }
        for (const SlowOrder& order : orders) {
            if (order.parent.is_none()) {
                add(order.agent, order.side, order.purpose, order.fillable());
            }
        }
        return sums.worst();
    }
};

// One random event after another, told to both.
class Pair {
public:
    Scene scene;
    Slow slow;

    void step(std::uint32_t choice, std::uint32_t pick, Quantity size) {
        switch (choice) {
            case 0: return open(pick, size);
            case 1: return submit(pick, size);
            case 2: return fill(pick, size);
            case 3: return cancel(pick);
            case 4: return replace(pick, size);
            case 5: return answer(pick);
            default: return close(pick);
        }
    }
    void check() const {
        for (const AgentId agent : {agent_one, agent_two}) {
            RC_ASSERT(cell(scene.state.exposure, agent, btc).sums.worst() == slow.worst(agent));
        }
        RC_ASSERT(row(scene.state.exposure, btc).sums.worst() == slow.worst(AgentId{}));
        RC_ASSERT(row(scene.state.exposure, btc).virtual_gross ==
                  slow.worst(agent_one) + slow.worst(agent_two));
    }

private:
    static AgentId agent(std::uint32_t pick) { return pick % 2 == 0 ? agent_one : agent_two; }
    static Side side(std::uint32_t pick) { return pick % 4 < 2 ? Side::buy : Side::sell; }

    void open(std::uint32_t pick, Quantity size) {
        constexpr Purpose purposes[]{Purpose::increase, Purpose::reduce, Purpose::stop};
        const Purpose purpose = purposes[pick % 3];
        const ParentId id = scene.open_parent(agent(pick), side(pick), purpose, size);
        slow.parents.push_back({id, agent(pick), side(pick), purpose, size, {}, true});
    }
    void submit(std::uint32_t pick, Quantity size) {
        Order order = scene.order(side(pick), size, 50_price);
        order.agent = agent(pick);
        const bool of_parent = !slow.parents.empty() && pick % 5 != 0;
        if (of_parent) {
            const SlowParent& parent = slow.parents[pick % slow.parents.size()];
            if (!parent.open) return;
            order.parent = parent.id;
            order.agent = parent.agent;
            order.side = parent.side;
            order.purpose = parent.purpose;
        }
        const OrderId id = scene.submit(order);
        slow.orders.push_back({id, order.parent, order.agent, order.side, order.purpose, size,
                               {}, false, false, {}});
    }
    void fill(std::uint32_t pick, Quantity size) {
        if (slow.orders.empty()) return;
        SlowOrder& order = slow.orders[pick % slow.orders.size()];
        const Quantity part = std::min(size, std::max(order.quantity - order.filled, Quantity{}));
        if (part.is_zero()) return;
        order.filled += part;
        const bool ends = order.filled >= order.quantity && !order.replacing;
        events::OrderFilled event;
        event.fill.order = order.id;
        event.fill.quantity = part;
        event.filled = order.filled;
        event.status = ends ? OrderStatus::filled : OrderStatus::partly_filled;
        scene.emit(event);
        events::FillAllocated share;
        share.parent = order.parent;
        share.agent = order.agent;
        share.instrument = btc;
        share.side = order.side;
        share.purpose = order.purpose;
        share.quantity = part;
        scene.emit(share);
        slow.positions[order.agent] += order.side == Side::buy ? part : -part;
        for (SlowParent& parent : slow.parents) {
            if (parent.id == order.parent) parent.filled += part;
        }
        if (ends) slow.orders.erase(slow.orders.begin() + (&order - slow.orders.data()));
    }
    void cancel(std::uint32_t pick) {
        if (slow.orders.empty()) return;
        const std::size_t index = pick % slow.orders.size();
        events::OrderCancelled event;
        event.order = slow.orders[index].id;
        scene.emit(event);
        slow.orders.erase(slow.orders.begin() + static_cast<std::ptrdiff_t>(index));
    }
    void replace(std::uint32_t pick, Quantity size) {
        if (slow.orders.empty()) return;
        SlowOrder& order = slow.orders[pick % slow.orders.size()];
        events::ReplaceRequested event;
        event.order = order.id;
        event.replacement.quantity = order.filled + size;
        event.replacement.limit = 51_price;
        event.atomic = pick % 3 == 0;
        scene.emit(event);
        order.replacing = true;
        order.atomic = event.atomic;
        order.next = event.atomic ? order.filled + size : size;
    }
    void answer(std::uint32_t pick) {
        if (slow.orders.empty()) return;
        SlowOrder& order = slow.orders[pick % slow.orders.size()];
        if (pick % 2 == 0) {
            events::OrderReplaced event;
            event.order = order.id;
            scene.emit(event);
            if (order.replacing) {
                order.quantity = order.atomic ? order.next : order.filled + order.next;
            }
        } else {
            events::ReplaceRejected event;
            event.order = order.id;
            scene.emit(event);
        }
        order.replacing = false;
    }
    void close(std::uint32_t pick) {
        if (slow.parents.empty()) return;
        SlowParent& parent = slow.parents[pick % slow.parents.size()];
        events::ParentClosed event;
        event.parent = parent.id;
        scene.emit(event);
        parent.open = false;
    }
};

RC_GTEST_PROP(Exposure, EqualsASlowSumOverEverythingThatCouldFill, ()) {
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int>>>(
        rc::gen::tuple(rc::gen::inRange(0, 7), rc::gen::inRange(0, 1'000),
                       rc::gen::inRange(1, 50)));
    Pair pair;
    for (const auto& [choice, pick, size] : steps) {
        pair.step(static_cast<std::uint32_t>(choice), static_cast<std::uint32_t>(pick),
                  Quantity::whole(size));
        pair.check();
    }
}

TEST(Exposure, ReturnsToZeroAfterTwoHundredThousandOrders) {
    Scene scene;
    Order order = scene.order(Side::buy, 0.01_quantity, 50_price);
    OrderId last;
    for (int i = 0; i < 200'000; ++i) last = scene.submit(order);
    EXPECT_EQ(row(scene.state.exposure, btc).sums.worst(), 2'000_quantity);
    events::OrderCancelled ended;
    for (std::uint64_t id = last.value(); id > last.value() - 200'000; --id) {
        ended.order = OrderId{id};
        scene.emit(ended);
    }
    EXPECT_TRUE(row(scene.state.exposure, btc).sums.worst().is_zero());
}

}  // namespace
}  // namespace grekko::risk::tests
