// covers: core/execution/job.cpp core/execution/work_urgency.cpp core/execution/work_schedule.cpp
// covers: core/execution/work_iceberg.cpp core/execution/work_exit.cpp
#include "core/execution/work.hpp"

#include <rapidcheck.h>

#include "unit/core/execution/venues.hpp"

namespace grekko::execution {
namespace {

// Plays the engine for one parent: carries out plans, cancels at once.
struct Worker {
    Desk desk;
    Market market{1};
    ParentId parent;
    std::uint32_t trades{0};

    explicit Worker(const ParentRequest& request, std::size_t venues = 1) : market{venues} {
        parent = desk.open(request);
    }
    Plan plan() { return work(desk.state, desk.settings, parent, market.at(desk.now)); }

    std::vector<OrderId> carry_out(const Plan& made) {
        std::vector<OrderId> placed;
        for (const OrderId id : made.cancel) {
            desk.run(cancel(desk.state, id, {}));
            desk.report(id, ReportKind::cancelled);
        }
        for (const Repricing& each : made.replace) {
            Listing listing;
            listing.replace_is_atomic = true;
            const auto approved = risk::Gate::pass(each.replacement);
            desk.run(replace(desk.state, desk.settings, each.order, approved, listing));
            VenueReport done = desk.about(each.order, ReportKind::replaced);
            done.client_id = ClientOrderId{};
            desk.report(done);
        }
        for (const Order& order : made.place)
            placed.push_back(desk.submit_accepted(order));
        if (made.end != events::ParentEnd{}) {
            const auto closed = close_parent(desk.state, parent, made.end, {});
            EXPECT_TRUE(closed.has_value());
            if (closed) desk.emit(*closed);
        }
        return placed;
    }
    std::vector<OrderId> step() { return carry_out(plan()); }
    void fill(OrderId id, Quantity quantity) {
        const std::string trade = "w" + std::to_string(++trades);
        desk.fill(id, quantity, trade.c_str(), desk.order(id).filled + quantity);
    }
    void end(OrderId id) { desk.report(id, ReportKind::expired); }
    const ParentRecord& record() { return desk.parent(parent); }
};

ParentRequest algorithm(Quantity quantity, Algorithm kind, Duration over) {
    ParentRequest request = request_of(quantity, Urgency::normal);
    request.parent.working.algorithm = kind;
    request.parent.working.over = over;
    return request;
}

TEST(Urgent, TakesAtOnceAndTriesTheRestTwiceMore) {
    Worker worker{request_of(10_quantity, Urgency::urgent)};
    for (int round = 0; round < 3; ++round) {
        const auto placed = worker.step();
        ASSERT_EQ(placed.size(), 1U) << round;
        const Order& order = worker.desk.order(placed[0]).order;
        EXPECT_EQ(order.time_in_force, TimeInForce::ioc);
        EXPECT_EQ(order.limit, 100.12_price);
        worker.fill(placed[0], 1_quantity);
        worker.end(placed[0]);
    }
    EXPECT_TRUE(worker.step().empty());
    EXPECT_TRUE(worker.record().closed);
    EXPECT_EQ(worker.record().ending, events::ParentEnd::no_route);
    EXPECT_EQ(worker.record().filled, 3_quantity);
}

// A limit at the very touch would meet nobody: the order itself moves the price.
TEST(Urgent, LeavesRoomForWhatItMovesThePriceItself) {
    Worker worker{request_of(10_quantity, Urgency::urgent)};
    worker.market.context.impact = 0.002_rate;
    const auto placed = worker.step();
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(worker.desk.order(placed[0]).order.limit, 100.22_price); // 20.002 cents, up to a tick
}

TEST(Urgent, ReachesTenPointsWhateverItIsExpectedToMove) {
    Worker worker{request_of(10_quantity, Urgency::urgent)};
    const auto placed = worker.step();
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(worker.desk.order(placed[0]).order.limit, 100.12_price);
}

TEST(Urgent, LeavesNoRoomBeyondTheProtection) {
    Worker worker{request_of(10_quantity, Urgency::urgent)};
    worker.market.context.impact = 0.02_rate;
    const auto placed = worker.step();
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(worker.desk.order(placed[0]).order.limit, 100.5_price);
}

TEST(Urgent, LeavesNoRoomToMeetAnOwnOrder) { // check 21
    Worker worker{request_of(10_quantity, Urgency::urgent)};
    worker.market.venues[0].own_ask = 100.05_price;
    const auto placed = worker.step();
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(worker.desk.order(placed[0]).order.limit, 100.04_price);
}

TEST(Urgent, ASaleLeavesRoomBelow) {
    Worker worker{request_of(10_quantity, Urgency::urgent, Purpose::reduce)};
    worker.market.context.impact = 0.002_rate;
    const auto placed = worker.step();
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(worker.desk.order(placed[0]).order.limit, 99.79_price);
}

TEST(Urgent, NeverPaysMoreThanTheProtection) {
    Worker worker{request_of(10_quantity, Urgency::urgent)};
    worker.market.asks[0] = {{100.45_price, 5_quantity}, {100.60_price, 50_quantity}};
    const auto placed = worker.step();
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(worker.desk.order(placed[0]).order.limit, 100.50_price);
    EXPECT_EQ(worker.desk.order(placed[0]).order.quantity, 3.5_quantity);
}

TEST(Normal, TakesWithinTenPointsThenRestsTenSecondsThenTakes) {
    Worker worker{request_of(10_quantity, Urgency::normal)};
    worker.market.asks[0] = {{100_price, 4_quantity}, {100.2_price, 1000_quantity}};
    auto placed = worker.step();
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(worker.desk.order(placed[0]).order.quantity, 2.8_quantity); // 0.2 % away is too far
    worker.fill(placed[0], 2.8_quantity);
    placed = worker.step();
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_TRUE(worker.desk.order(placed[0]).order.post_only);
    EXPECT_EQ(worker.desk.order(placed[0]).order.limit, 99.99_price);
    EXPECT_EQ(worker.plan().next, worker.desk.now + Duration::seconds(10));
    worker.desk.wait(Duration::seconds(10));
    EXPECT_TRUE(worker.step().empty()); // cancels
    placed = worker.step();
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(worker.desk.order(placed[0]).order.time_in_force, TimeInForce::ioc);
    worker.fill(placed[0], 7.2_quantity);
    worker.step();
    EXPECT_EQ(worker.record().ending, events::ParentEnd::filled);
    EXPECT_TRUE(worker.desk.replays());
}

TEST(Passive, IsRepricedFiveTimesAtMostAndEndsAfterAMinute) {
    Worker worker{request_of(10_quantity, Urgency::passive)};
    const OrderId id = worker.step().at(0);
    std::size_t repricings = 0;
    for (int second = 1; second < 60; ++second) {
        worker.desk.wait(Duration::seconds(1));
        const Price bid = 99.99_price + Price{Decimal::from_units(second, -2)};
        worker.market.bids[0] = {{bid, 10_quantity}};
        worker.market.asks[0] = {{bid + 0.02_price, 10_quantity}};
        const Plan plan = worker.plan();
        repricings += plan.replace.size();
        worker.carry_out(plan);
    }
    EXPECT_EQ(repricings, 5U);
    EXPECT_EQ(worker.desk.order(id).order.limit, 100.04_price);
    worker.desk.wait(Duration::seconds(1));
    worker.step();
    worker.step();
    EXPECT_EQ(worker.record().ending, events::ParentEnd::timed_out);
}

TEST(Passive, WaitsUntilTheTouchHasMovedForASecond) {
    Worker worker{request_of(10_quantity, Urgency::passive)};
    worker.step();
    worker.desk.wait(Duration::seconds(5));
    worker.market.bids[0] = {{100_price, 10_quantity}};
    worker.market.venues[0].bid_since = worker.desk.now;
    EXPECT_TRUE(worker.plan().replace.empty());
    EXPECT_EQ(worker.plan().next, worker.desk.now + Duration::seconds(1));
    worker.desk.wait(Duration::seconds(1));
    EXPECT_EQ(worker.plan().replace.size(), 1U);
}

TEST(Passive, OnBarsLooksAgainWithTheNextBar) {
    ParentRequest request = request_of(10_quantity, Urgency::passive);
    request.parent.working.passive_for = Duration::hours(6);
    Worker worker{request};
    MarketView& view = worker.market.context.view;
    view.bars_only = true;
    view.bar_interval = Duration::hours(1);
    view.last_bar_close = worker.desk.now;
    worker.step();
    EXPECT_EQ(worker.plan().next, worker.desk.now + Duration::seconds(3'601));
    worker.desk.wait(Duration::seconds(3'601)); // the bar is late
    EXPECT_EQ(worker.plan().next, worker.desk.now + Duration::seconds(60));
}

TEST(Passive, CrossesInTheEndWhereTheIntentSaysSo) {
    ParentRequest request = request_of(10_quantity, Urgency::passive);
    request.parent.working.on_timeout = OnTimeout::cross;
    Worker worker{request};
    worker.step();
    worker.desk.wait(Duration::seconds(60));
    worker.step();
    const auto placed = worker.step();
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(worker.desk.order(placed[0]).order.time_in_force, TimeInForce::ioc);
}

TEST(Passive, APostOnlyRejectionIsOneStepAndNoLoop) { // F29
    Worker worker{request_of(10_quantity, Urgency::passive)};
    std::size_t sent = 0;
    for (int i = 0; i < 50; ++i) {
        for (const Order& order : worker.plan().place) {
            const OrderId id = worker.desk.submit(order);
            VenueReport report = worker.desk.about(id, ReportKind::rejected);
            report.reject = RejectReason::post_only_would_take;
            worker.desk.report(report);
            ++sent;
        }
    }
    EXPECT_EQ(sent, 6U); // the first and five re-pricings
}

TEST(Twap, SpreadsTheOrderOverItsTimeAndCancelsTheRest) {
    Worker worker{algorithm(10_quantity, Algorithm::twap, Duration::minutes(4))}; // 8 slices
    const Instant begin = worker.desk.now;
    while (!worker.record().closed) {
        const Plan plan = worker.plan();
        for (const OrderId id : worker.carry_out(plan)) {
            const Order& order = worker.desk.order(id).order;
            EXPECT_LE(order.quantity, 2.5_quantity);
            if (!order.post_only) worker.fill(id, order.quantity);
        }
        if (!worker.desk.state.parents.find(worker.parent)->children.empty() ||
            plan.cancel.empty()) {
            const Plan next = worker.plan();
            if (!next.next.is_none() && next.next > worker.desk.now) worker.desk.now = next.next;
        }
        const Duration elapsed = worker.desk.now - begin;
        const Quantity by_now =
            multiply_divide(10_quantity, Quantity::whole(elapsed.count() / 1'000'000),
                            Quantity::whole(240'000), Rounding::half_even);
        EXPECT_LE(worker.record().filled, by_now + 1.25_quantity);
        ASSERT_LE(elapsed, Duration::minutes(5));
    }
    EXPECT_GE(worker.record().filled, 8.7_quantity);
    EXPECT_TRUE(worker.desk.replays());
}

TEST(Twap, StaysBelowATenthOfWhatTradesAndWaitsWhilePaused) {
    Worker worker{algorithm(10_quantity, Algorithm::twap, Duration::minutes(4))};
    worker.desk.wait(Duration::minutes(1));
    worker.market.context.paused = true;
    EXPECT_TRUE(worker.plan().place.empty());
    EXPECT_EQ(worker.plan().next, worker.desk.now + Duration::seconds(1));
    worker.market.context.paused = false;
    worker.market.context.traded = 5_quantity;
    std::size_t sent = 0;
    for (int i = 0; i < 60; ++i) {
        for (const OrderId id : worker.step()) {
            EXPECT_LE(worker.desk.order(id).order.quantity, 0.5_quantity);
            ++sent;
        }
        EXPECT_LE(open_quantity(worker.desk.state, agent_1, btc).buys, 10_quantity);
        worker.desk.wait(Duration::seconds(1));
    }
    EXPECT_GT(sent, 0U);
}

TEST(Vwap, FollowsTheExpectedVolumeAndSaysWhenItCannot) {
    VolumeProfile profile;
    profile.volume.fill(1_quantity);
    Worker worker{algorithm(100_quantity, Algorithm::vwap, Duration::hours(1))};
    worker.desk.wait(Duration::minutes(30));
    EXPECT_TRUE(worker.plan().profile_missing);
    profile.days = 7;
    worker.market.context.profile = &profile;
    EXPECT_FALSE(worker.plan().profile_missing);
    const auto number = static_cast<std::size_t>(
        (worker.record().opened_at.nanoseconds() / Duration::minutes(15).count() + 3 * 96) %
        static_cast<std::int64_t>(VolumeProfile::quarters));
    for (std::size_t i = 0; i < 3; ++i)
        profile.volume[number + i] = Quantity{};
    EXPECT_TRUE(worker.plan().place.empty()); // all of the volume is expected later
    profile.volume[number] = 1000_quantity;
    EXPECT_FALSE(worker.plan().place.empty());
}

TEST(Iceberg, ShowsATenthAndRefreshesAfterItHasFilled) {
    Worker worker{algorithm(100_quantity, Algorithm::iceberg, {})};
    std::set<Quantity> sizes;
    for (int i = 0; i < 5; ++i) {
        const auto placed = worker.step();
        ASSERT_EQ(placed.size(), 1U);
        const Quantity quantity = worker.desk.order(placed[0]).order.quantity;
        EXPECT_GE(quantity, 8_quantity);
        EXPECT_LE(quantity, 12_quantity);
        sizes.insert(quantity);
        worker.fill(placed[0], quantity);
        const Plan waiting = worker.plan();
        EXPECT_TRUE(waiting.place.empty());
        EXPECT_GE(waiting.next - worker.desk.now, Duration::milliseconds(200));
        EXPECT_LE(waiting.next - worker.desk.now, Duration::seconds(1));
        worker.desk.now = waiting.next;
    }
    EXPECT_GT(sizes.size(), 1U);
}

TEST(Iceberg, IsTheVenuesOwnWhereItHasOne) {
    Worker worker{algorithm(100_quantity, Algorithm::iceberg, {})};
    worker.market.venues[0].listing.has_iceberg = true;
    const Plan plan = worker.plan();
    ASSERT_EQ(plan.place.size(), 1U);
    EXPECT_EQ(plan.place[0].quantity, 100_quantity);
    EXPECT_GE(plan.place[0].shown, 8_quantity);
    EXPECT_LE(plan.place[0].shown, 12_quantity);
}

TEST(Stops, EscalateFromOnePercentToTheMarket) {
    Worker worker{request_of(10_quantity, Urgency::urgent, Purpose::stop)};
    for (const Price limit : {99_price, 98_price, 96_price}) {
        const auto placed = worker.step();
        ASSERT_EQ(placed.size(), 1U);
        const Order& order = worker.desk.order(placed[0]).order;
        EXPECT_EQ(order.type, OrderType::limit);
        EXPECT_EQ(order.time_in_force, TimeInForce::ioc);
        EXPECT_GE(order.limit, limit - 0.02_price);
        EXPECT_LE(order.limit, limit + 0.02_price);
        worker.end(placed[0]);
        EXPECT_TRUE(worker.step().empty());
        worker.desk.wait(Duration::seconds(2));
    }
    const auto placed = worker.step();
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(worker.desk.order(placed[0]).order.type, OrderType::market);
    worker.fill(placed[0], 10_quantity);
    worker.step();
    EXPECT_EQ(worker.record().ending, events::ParentEnd::filled);
}

TEST(Stops, OnBarsWaitForTheOpeningOfTheNextBarBeforeTheyEscalate) {
    Worker worker{request_of(10_quantity, Urgency::urgent, Purpose::stop)};
    MarketView& view = worker.market.context.view;
    view.bars_only = true;
    view.bar_interval = Duration::hours(1);
    view.last_bar_close = worker.desk.now;
    ASSERT_EQ(worker.step().size(), 1U);
    worker.desk.wait(Duration::seconds(2));
    const Plan waiting = worker.plan();
    EXPECT_TRUE(waiting.cancel.empty());
    EXPECT_EQ(waiting.next, view.last_bar_close + Duration::seconds(3'602));
    worker.desk.now = waiting.next;
    EXPECT_EQ(worker.plan().cancel.size(), 1U) << "the bar did not come";
}

TEST(Stops, LeaveEvenWithoutABook) {
    Worker worker{request_of(10_quantity, Urgency::urgent, Purpose::stop)};
    worker.market.bids[0].clear();
    worker.market.venues[0].ready = false;
    const auto placed = worker.step();
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(worker.desk.order(placed[0]).order.quantity, 10_quantity);
    EXPECT_EQ(worker.desk.order(placed[0]).order.limit, 99_price);
}

TEST(Stops, FreeTheBaseThatTheDisasterStopHolds) {
    Worker worker{request_of(10_quantity, Urgency::urgent, Purpose::stop)};
    Order disaster = limit_order(8_quantity, Purpose::disaster_stop);
    const OrderId id = worker.desk.submit_accepted(disaster);
    worker.market.venues[0].free_base = 2_quantity;
    const Plan plan = worker.plan();
    ASSERT_EQ(plan.place.size(), 1U);
    EXPECT_EQ(plan.place[0].quantity, 2_quantity); // free base first
    ASSERT_EQ(plan.cancel.size(), 1U);
    EXPECT_EQ(plan.cancel[0], id);
    for (const Order& order : plan.place) {
        worker.fill(worker.desk.submit_accepted(order), order.quantity);
    }
    worker.market.venues[0].free_base = Quantity{};
    worker.desk.run(cancel(worker.desk.state, id, {}));
    EXPECT_TRUE(worker.plan().query.empty());
    worker.desk.wait(Duration::seconds(1));
    EXPECT_EQ(worker.plan().query.size(), 1U); // no confirmation within a second
    worker.desk.report(id, ReportKind::cancelled);
    worker.market.venues[0].free_base = 8_quantity;
    worker.desk.wait(Duration::seconds(1));
    const Plan rest = worker.plan();
    ASSERT_EQ(rest.place.size(), 1U);
    EXPECT_EQ(rest.place[0].quantity, 8_quantity);
}

TEST(Stops, LowerTheDisasterStopWhereTheVenueReplacesInOneStep) {
    Worker worker{request_of(3_quantity, Urgency::urgent, Purpose::reduce)};
    worker.desk.submit_accepted(limit_order(8_quantity, Purpose::disaster_stop));
    worker.market.venues[0].free_base = Quantity{};
    worker.market.venues[0].listing.replace_is_atomic = true;
    const Plan plan = worker.plan();
    ASSERT_EQ(plan.replace.size(), 1U);
    EXPECT_EQ(plan.replace[0].replacement.quantity, 5_quantity);
    EXPECT_EQ(plan.end, events::ParentEnd{});
}

TEST(Exits, GoInSlicesWhereTheChecksSaySo) {
    Worker worker{request_of(10_quantity, Urgency::urgent, Purpose::flatten)};
    worker.market.context.slice_max = 4_quantity;
    Quantity sold;
    for (int i = 0; i < 3; ++i) {
        const auto placed = worker.step();
        ASSERT_EQ(placed.size(), 1U);
        const Quantity quantity = worker.desk.order(placed[0]).order.quantity;
        EXPECT_LE(quantity, 4_quantity);
        worker.fill(placed[0], quantity);
        sold += quantity;
        worker.desk.wait(Duration::seconds(2));
    }
    EXPECT_EQ(sold, 10_quantity);
}

TEST(Plans, EndWithAParentThatMustStop) {
    Worker worker{request_of(10_quantity, Urgency::passive)};
    worker.step();
    worker.desk.run(end_parent(worker.desk.state, worker.parent, events::ParentEnd::halted, {}));
    EXPECT_TRUE(worker.plan().place.empty());
    const OrderId child = worker.record().children.front();
    worker.desk.report(child, ReportKind::cancelled);
    EXPECT_EQ(worker.plan().end, events::ParentEnd::halted);
}

TEST(Plans, LeaveWhatNoVenueWouldTake) { // F23
    ParentRequest request = request_of(0.009_quantity, Urgency::urgent);
    Worker worker{request};
    EXPECT_EQ(worker.plan().end, events::ParentEnd::rest_too_small);
}

TEST(Plans, NeverHaveMoreOutThanWasDecided) {
    EXPECT_TRUE(rc::check([] {
        ParentRequest request = request_of(Quantity::whole(*rc::gen::inRange(1, 50)),
                                           static_cast<Urgency>(*rc::gen::inRange(1, 4)),
                                           static_cast<Purpose>(*rc::gen::inRange(1, 3)));
        request.parent.working.algorithm = static_cast<Algorithm>(*rc::gen::inRange(0, 4));
        request.parent.working.over = Duration::seconds(*rc::gen::inRange(1, 200));
        request.parent.working.on_timeout = static_cast<OnTimeout>(*rc::gen::inRange(1, 3));
        Worker worker{request, 2};
        for (int i = 0; i < 60 && !worker.record().closed; ++i) {
            const Plan plan = worker.plan();
            RC_ASSERT(plan.place.empty() || may_place(worker.record()));
            Quantity out = worker.record().filled;
            for (const Order& order : plan.place)
                out += order.quantity;
            for (const OrderId id : worker.record().children) {
                out += worker.desk.order(id).fillable();
            }
            RC_ASSERT(out <= worker.record().parent.quantity);
            for (const OrderId id : worker.carry_out(plan)) {
                if (*rc::gen::arbitrary<bool>()) continue;
                const OrderRecord& order = worker.desk.order(id);
                const auto most =
                    static_cast<std::int64_t>(order.rest().raw() / Quantity::whole(1).raw());
                if (most > 0)
                    worker.fill(id, Quantity::whole(*rc::gen::inRange<std::int64_t>(1, most + 1)));
                if (worker.desk.order(id).open() && *rc::gen::arbitrary<bool>()) worker.end(id);
            }
            worker.desk.wait(Duration::milliseconds(*rc::gen::inRange(0, 9'000)));
        }
        RC_ASSERT(worker.desk.replays());
    }));
}

} // namespace
} // namespace grekko::execution
