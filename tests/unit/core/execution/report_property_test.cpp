#include <rapidcheck.h>

#include "core/execution/execution.hpp"
#include "unit/core/execution/desk.hpp"

namespace grekko::execution {
namespace {

// What really happened to an order at a venue, and every report that could tell of it.
struct Truth {
    OrderStatus end{OrderStatus::cancelled};
    Quantity filled;
    Notional value;
    Decimal fees;
    std::vector<VenueReport> reports;
};

Truth draw_truth(const Desk& desk, OrderId id) {
    Truth truth;
    const bool cumulative = *rc::gen::arbitrary<bool>();
    const int fills = *rc::gen::inRange(0, 5);
    truth.reports.push_back(desk.about(id, ReportKind::accepted));
    for (int i = 0; i < fills; ++i) {
        const Quantity quantity = Quantity::whole(*rc::gen::inRange(1, 3));
        if (truth.filled + quantity > 10_quantity) break;
        truth.filled += quantity;
        VenueReport report = desk.fill_report(id, quantity, ("t" + std::to_string(i)).c_str(),
                                              cumulative ? truth.filled : Quantity{});
        report.fill.price = Price::whole(*rc::gen::inRange(90, 110));
        report.fill.fee = Decimal::from_units(*rc::gen::inRange(0, 1'000), -3);
        truth.value += multiply(report.fill.price, quantity, Rounding::half_even);
        truth.fees += report.fill.fee;
        truth.reports.push_back(report);
        VenueReport state = desk.about(id, ReportKind::order_state);
        state.status = OrderStatus::partly_filled;
        state.cumulative = truth.filled;
        if (*rc::gen::arbitrary<bool>()) truth.reports.push_back(state);
    }
    const bool all = truth.filled == 10_quantity;
    truth.end = all ? OrderStatus::filled : OrderStatus::cancelled;
    VenueReport end = desk.about(id, ReportKind::cancelled);
    end.cumulative = truth.filled;
    if (!all) truth.reports.push_back(end);
    VenueReport answer = desk.about(id, ReportKind::order_state);
    answer.status = truth.end;
    answer.cumulative = truth.filled;
    truth.reports.push_back(answer);
    return truth;
}

// Duplicated, reordered, with answers that mean nothing in between.
std::vector<VenueReport> disturbed(const Desk& desk, OrderId id, const Truth& truth) {
    std::vector<VenueReport> reports = truth.reports;
    const int copies = *rc::gen::inRange(0, 6);
    for (int i = 0; i < copies; ++i) {
        reports.push_back(reports[*rc::gen::inRange<std::size_t>(0, truth.reports.size())]);
    }
    for (const ReportKind kind : {ReportKind::ambiguous, ReportKind::cancel_rejected,
                                  ReportKind::not_found, ReportKind::replaced}) {
        if (*rc::gen::arbitrary<bool>()) reports.push_back(desk.about(id, kind));
    }
    for (std::size_t i = reports.size(); i > 1; --i) {
        std::swap(reports[i - 1], reports[*rc::gen::inRange<std::size_t>(0, i)]);
    }
    return reports;
}

ParentRequest two_agents(Quantity first, Quantity second) {
    ParentRequest request;
    request.parent.instrument = btc;
    request.parent.agent = agent_1;
    request.parent.arrival = 100_price;
    request.allocations = {{{}, IntentId{1}, agent_1, Purpose::increase, {}, first},
                           {{}, IntentId{2}, agent_2, Purpose::increase, {}, second}};
    return request;
}

TEST(ReportProperties, AnyOrderOfReportsEndsWhereTheVenueEnded) {
    EXPECT_TRUE(rc::check([] {
        Desk desk;
        Order order = limit_order();
        order.parent = desk.open(two_agents(7_quantity, 3_quantity));
        const OrderId id = desk.submit(order);
        const Truth truth = draw_truth(desk, id);
        OrderStatus last = desk.status(id);
        Quantity filled;
        for (const VenueReport& report : disturbed(desk, id, truth)) {
            desk.wait(Duration::milliseconds(*rc::gen::inRange(0, 3'000)));
            desk.report(report);
            RC_ASSERT(!terminal(last) || desk.status(id) == last);
            RC_ASSERT(desk.order(id).filled >= filled);
            last = desk.status(id);
            filled = desk.order(id).filled;
        }
        RC_ASSERT(desk.status(id) == truth.end);
        RC_ASSERT(desk.order(id).filled == truth.filled);
        RC_ASSERT(desk.order(id).inferred.is_zero());
        RC_ASSERT(desk.order(id).value == truth.value);
        RC_ASSERT(desk.parent(order.parent).fees == Notional{truth.fees});
        Quantity shares;
        for (const Share& share : desk.parent(order.parent).shares)
            shares += share.filled;
        RC_ASSERT(shares == truth.filled);
        RC_ASSERT(desk.replays());
    }));
}

TEST(ReportProperties, NoReportWhatsoeverBreaksTheState) {
    EXPECT_TRUE(rc::check([] {
        Desk desk;
        std::vector<OrderId> ids;
        for (int i = 0; i < 3; ++i)
            ids.push_back(desk.submit(limit_order()));
        const int steps = *rc::gen::inRange(0, 40);
        for (int step = 0; step < steps; ++step) {
            const OrderId id = ids[*rc::gen::inRange<std::size_t>(0, ids.size())];
            VenueReport report = desk.fill_report(id, Quantity::whole(*rc::gen::inRange(-1, 9)),
                                                  std::to_string(*rc::gen::inRange(0, 9)).c_str(),
                                                  Quantity::whole(*rc::gen::inRange(-2, 14)));
            report.kind = static_cast<ReportKind>(*rc::gen::inRange(0, 22));
            report.status = static_cast<OrderStatus>(*rc::gen::inRange(0, 14));
            report.reject = static_cast<RejectReason>(*rc::gen::inRange(0, 16));
            const OrderStatus before = desk.status(id);
            const Quantity filled = desk.order(id).filled;
            const int what = *rc::gen::inRange(0, 6);
            Listing listing;
            listing.replace_is_atomic = true;
            if (what == 0) {
                desk.run(cancel(desk.state, id, {}));
            } else if (what == 1) {
                const Order other = limit_order(Quantity::whole(*rc::gen::inRange(1, 14)));
                desk.run(replace(desk.state, desk.settings, id, risk::Gate::pass(other), listing));
            } else if (what == 2) {
                desk.run(check_order(desk.state, desk.settings, id, desk.now));
            } else {
                desk.report(report);
            }
            desk.wait(Duration::milliseconds(*rc::gen::inRange(0, 4'000)));
            RC_ASSERT(!terminal(before) || desk.status(id) == before);
            RC_ASSERT(desk.state.open_orders.contains(id) == !terminal(desk.status(id)));
            RC_ASSERT(desk.state.inferred_orders.contains(id) ==
                      desk.order(id).inferred.is_positive());
            RC_ASSERT(desk.order(id).filled >= filled);
            Quantity fillable;
            for (const OrderId each : ids)
                fillable += desk.order(each).fillable();
            RC_ASSERT(open_quantity(desk.state, agent_1, btc).buys == fillable);
        }
        RC_ASSERT(desk.replays());
    }));
}

} // namespace
} // namespace grekko::execution
