// covers: core/execution/apply_parents.cpp core/execution/count.cpp
#include <rapidcheck.h>

#include "core/execution/execution.hpp"
#include "unit/core/execution/venues.hpp"

namespace grekko::execution {
namespace {

Allocation share_of(AgentId agent, Quantity quantity, Purpose purpose = Purpose::increase) {
    return {{}, IntentId{agent.value()}, agent, purpose, {}, quantity};
}

events::OrderFilled fill_of(OrderId order, Quantity quantity, Price price, Decimal fee) {
    events::OrderFilled event;
    event.fill.order = order;
    event.fill.venue = venue_a;
    event.fill.instrument = btc;
    event.fill.quantity = quantity;
    event.fill.price = price;
    event.fill.fee = fee;
    return event;
}

struct Shared {
    Desk desk;
    ParentId parent;
    OrderId order;

    explicit Shared(std::vector<Allocation> allocations) {
        ParentRequest request = request_of(1_quantity, Urgency::normal);
        request.allocations = std::move(allocations);
        parent = desk.open(request);
        Order child = limit_order(desk.parent(parent).parent.quantity);
        child.parent = parent;
        order = desk.submit_accepted(child);
    }
};

TEST(Allocation, FillsReducingSharesFirstThenProRataByLots) {
    Shared shared{{share_of(agent_1, 6_quantity), share_of(agent_2, 3_quantity),
                   share_of(AgentId{3}, 2_quantity, Purpose::reduce)}};
    const AllocateContext lots{.lot = 1_quantity, .fee_to_quote = 1_rate};
    const auto shares =
        allocate(shared.desk.state, fill_of(shared.order, 7_quantity, 100_price, 0.7_d), lots);
    ASSERT_EQ(shares.size(), 3U);
    EXPECT_EQ(shares[0].quantity, 3_quantity); // 5 × 6/9 = 3.33
    EXPECT_EQ(shares[1].quantity, 2_quantity); // 5 × 3/9 = 1.67: the larger remainder
    EXPECT_EQ(shares[2].quantity, 2_quantity);
    EXPECT_EQ(shares[0].value, 300_notional);
    EXPECT_EQ(shares[0].fee, 0.3_d);
}

TEST(Allocation, GivesWhatFilledTooMuchToAll) {
    Shared shared{{share_of(agent_1, 2_quantity), share_of(agent_2, 2_quantity)}};
    const auto shares =
        allocate(shared.desk.state, fill_of(shared.order, 6_quantity, 100_price, {}),
                 {1_quantity, 1_rate});
    ASSERT_EQ(shares.size(), 2U);
    EXPECT_EQ(shares[0].quantity, 3_quantity);
    EXPECT_EQ(shares[1].quantity, 3_quantity);
}

TEST(Allocation, OfAnOrderAloneIsItsAgentsAndOfADisasterStopAllHolders) {
    Desk desk;
    const OrderId alone = desk.submit_accepted(limit_order());
    const auto one =
        allocate(desk.state, fill_of(alone, 1_quantity, 100_price, 1_d), {{}, 2_rate});
    ASSERT_EQ(one.size(), 1U);
    EXPECT_EQ(one[0].agent, agent_1);
    EXPECT_EQ(one[0].fee_quote, 2_notional);
    Order disaster = limit_order(4_quantity, Purpose::disaster_stop);
    const OrderId stop = desk.submit_accepted(disaster);
    const std::array holders{Holder{agent_1, 3_quantity}, Holder{agent_2, 1_quantity}};
    const auto all = allocate(desk.state, fill_of(stop, 4_quantity, 90_price, {}),
                              {1_quantity, 1_rate, 1_quantity, holders});
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].quantity, 3_quantity);
    EXPECT_EQ(all[1].quantity, 1_quantity);
}

TEST(Allocation, CountsMoneyByTheContract) {
    Shared shared{{share_of(agent_1, 6_quantity), share_of(agent_2, 4_quantity)}};
    const auto shares =
        allocate(shared.desk.state, fill_of(shared.order, 10_quantity, 100_price, 1_d),
                 {{}, 1_rate, 0.1_quantity});
    ASSERT_EQ(shares.size(), 2U);
    EXPECT_EQ(shares[0].value, 60_notional) << "6 contracts of a tenth at 100";
    EXPECT_EQ(shares[1].value, 40_notional);
}

TEST(Allocation, OfAnUpgradeCorrectsMoneyAlone) {
    Shared shared{{share_of(agent_1, 6_quantity), share_of(agent_2, 4_quantity)}};
    VenueReport state = shared.desk.about(shared.order, ReportKind::order_state);
    state.status = OrderStatus::partly_filled;
    state.cumulative = 5_quantity;
    state.fill.price = 99_price;
    shared.desk.report(state);
    const Outcome outcome =
        on_report(shared.desk.state, shared.desk.settings,
                  shared.desk.fill_report(shared.order, 5_quantity, "t1"), shared.desk.now);
    ASSERT_EQ(outcome.events.size(), 1U);
    const auto shares = allocate(
        shared.desk.state, std::get<events::FillUpgraded>(outcome.events[0]), {{}, 1_rate});
    ASSERT_EQ(shares.size(), 2U);
    EXPECT_EQ(shares[0].quantity, 0_quantity);
    EXPECT_EQ(shares[0].value, 3_notional);
    EXPECT_EQ(shares[1].value, 2_notional);
    EXPECT_EQ(shares[0].fee + shares[1].fee, 0.1_d);
}

TEST(Allocation, SumsToTheFillToTheLastDigit) {
    EXPECT_TRUE(rc::check([] {
        std::vector<Allocation> allocations;
        for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
            const auto purpose = *rc::gen::arbitrary<bool>() ? Purpose::increase : Purpose::reduce;
            allocations.push_back(share_of(
                AgentId{static_cast<std::uint16_t>(i)},
                Quantity{Decimal::from_units(*rc::gen::inRange(1, 1'000'000), -4)}, purpose));
        }
        Shared shared{allocations};
        for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
            const Decimal quantity = Decimal::from_units(*rc::gen::inRange(1, 1'000'000), -4);
            const Decimal price = Decimal::from_units(*rc::gen::inRange(1, 1'000'000'000), -5);
            const Decimal fee = Decimal::from_units(*rc::gen::inRange(-1'000, 1'000'000), -9);
            VenueReport report = shared.desk.fill_report(shared.order, Quantity{quantity},
                                                         std::to_string(i).c_str());
            report.fill.price = Price{price};
            report.fill.fee = fee;
            const Outcome outcome =
                on_report(shared.desk.state, shared.desk.settings, report, shared.desk.now);
            const auto event = std::get<events::OrderFilled>(outcome.events.at(0));
            shared.desk.emit(event);
            Quantity sum;
            Notional value;
            Decimal fees;
            for (const auto& part :
                 allocate(shared.desk.state, event, {0.0001_quantity, 1_rate})) {
                sum += part.quantity;
                value += part.value;
                fees += part.fee;
                shared.desk.emit(part);
            }
            RC_ASSERT(sum == event.fill.quantity);
            RC_ASSERT(value == multiply(Price{price}, sum, Rounding::half_even));
            RC_ASSERT(fees == fee);
        }
        RC_ASSERT(shared.desk.replays());
    }));
}

TEST(OpenQuantity, OfAParentIsItsUnfilledSharesUntilTheLastChildHasEnded) {
    Shared shared{{share_of(agent_1, 6_quantity), share_of(agent_2, 4_quantity)}};
    const State& state = shared.desk.state;
    EXPECT_EQ(open_quantity(state, agent_1, btc).buys, 6_quantity);
    shared.desk.fill(shared.order, 5_quantity, "t1", 5_quantity);
    EXPECT_EQ(open_quantity(state, agent_1, btc).buys, 3_quantity);
    EXPECT_EQ(open_quantity(state, agent_2, btc).buys, 2_quantity);
    shared.desk.run(end_parent(state, shared.parent, events::ParentEnd::cancelled, Price{}));
    EXPECT_EQ(open_quantity(state, agent_1, btc).buys, 3_quantity); // could still fill
    shared.desk.report(shared.order, ReportKind::cancelled);
    const auto closed = close_parent(state, shared.parent, events::ParentEnd::cancelled, 101_price);
    ASSERT_TRUE(closed.has_value());
    shared.desk.emit(*closed);
    EXPECT_EQ(open_quantity(state, agent_1, btc), OpenQuantity{});
    EXPECT_TRUE(state.open.empty());
}

} // namespace
} // namespace grekko::execution
