#include "core/execution/execution.hpp"
#include "unit/core/execution/desk.hpp"

namespace grekko::execution {
namespace {

TEST(Submitting, GivesEveryOrderAnIdThatNoOtherHas) {
    Desk desk;
    const OrderId first = desk.submit(limit_order());
    const OrderId second = desk.submit(limit_order());
    EXPECT_EQ(desk.order(first).order.client_id, encode({0xABCDEF, 1, 0}));
    EXPECT_EQ(desk.order(second).order.client_id, encode({0xABCDEF, 2, 0}));
    IncarnationOpened again;
    again.incarnation = 77;
    desk.emit(again);
    const OrderId third = desk.submit(limit_order());
    EXPECT_EQ(desk.order(third).order.client_id, encode({77, 3, 0}));
    EXPECT_EQ(place(desk.order(third).order).order.id, third);
    EXPECT_TRUE(desk.replays());
}

TEST(Cancelling, IsHarmlessToRepeatAndNothingForWhatHasEnded) {
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order());
    desk.run(cancel(desk.state, id, {}));
    const Outcome again = cancel(desk.state, id, {});
    EXPECT_TRUE(again.events.empty());
    EXPECT_EQ(again.effects.size(), 1U);
    desk.report(id, ReportKind::cancelled);
    EXPECT_TRUE(cancel(desk.state, id, {}).empty());
    EXPECT_TRUE(cancel(desk.state, OrderId{999}, {}).empty());
}

TEST(Replacing, IsOneStepWhereTheVenueCanAndACancelWhereItCannot) {
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order());
    const Approved smaller = risk::Gate::pass(limit_order(6_quantity));
    Listing listing;
    const Outcome in_two = replace(desk.state, desk.settings, id, smaller, listing);
    EXPECT_EQ(count_effects<CancelOrder>(in_two.effects), 1U);
    listing.replace_is_atomic = true;
    const Outcome in_one = replace(desk.state, desk.settings, id, smaller, listing);
    ASSERT_EQ(count_effects<ReplaceOrder>(in_one.effects), 1U);
    const auto& effect = std::get<ReplaceOrder>(in_one.effects.front());
    EXPECT_EQ(effect.client_id, encode({0xABCDEF, 1, 0}));
    EXPECT_EQ(effect.replacement.client_id, encode({0xABCDEF, 1, 1}));
    EXPECT_TRUE(std::get<events::ReplaceRequested>(in_one.events.front()).atomic)
        << "else risk would count both versions";
    desk.run(in_one);
    EXPECT_TRUE(replace(desk.state, desk.settings, id, smaller, listing).empty());
}

TEST(Replacing, BelowWhatHasFilledIsACancel) {
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order());
    desk.fill(id, 6_quantity, "t1", 6_quantity);
    Listing listing;
    listing.replace_is_atomic = true;
    const Approved smaller = risk::Gate::pass(limit_order(6_quantity));
    const Outcome outcome = replace(desk.state, desk.settings, id, smaller, listing);
    EXPECT_EQ(count_effects<CancelOrder>(outcome.effects), 1U);
}

// Which of its two names the venue knows by then is a race.
TEST(Replacing, IsCancelledAndAskedAboutByBothNames) {
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order());
    Listing listing;
    listing.replace_is_atomic = true;
    desk.run(
        replace(desk.state, desk.settings, id, risk::Gate::pass(limit_order(6_quantity)), listing));
    const Outcome cancelled = cancel(desk.state, id, {});
    ASSERT_EQ(cancelled.effects.size(), 2U);
    EXPECT_EQ(std::get<CancelOrder>(cancelled.effects[0]).client_id, encode({0xABCDEF, 1, 0}));
    EXPECT_EQ(std::get<CancelOrder>(cancelled.effects[1]).client_id, encode({0xABCDEF, 1, 1}));
    desk.wait(Duration::seconds(5));
    const Outcome overdue = check_order(desk.state, desk.settings, id, desk.now);
    EXPECT_EQ(count_effects<QueryOrder>(overdue.effects), 2U);
}

TEST(Checking, AnOrderWithoutAnAnswerBecomesUnknownAndIsAskedAboutEveryFiveSeconds) {
    Desk desk;
    const OrderId id = desk.submit(limit_order());
    const Instant due = next_check(desk.state, desk.settings, id);
    EXPECT_EQ(due, desk.now + Duration::seconds(5));
    EXPECT_TRUE(check_order(desk.state, desk.settings, id, desk.now).empty());
    for (int i = 0; i < 3; ++i) {
        desk.now = next_check(desk.state, desk.settings, id);
        desk.effects.clear();
        desk.run(check_order(desk.state, desk.settings, id, desk.now));
        EXPECT_EQ(desk.status(id), OrderStatus::unknown);
        EXPECT_EQ(count_effects<QueryOrder>(desk.effects), 1U);
    }
    desk.report(id, ReportKind::accepted);
    EXPECT_TRUE(next_check(desk.state, desk.settings, id).is_none());
}

TEST(Checking, AnExpiredOrderIsCancelledByTheHost) {
    Desk desk;
    Order order = limit_order();
    order.time_in_force = TimeInForce::gtd;
    order.expires_at = desk.now + Duration::minutes(1);
    const OrderId id = desk.submit_accepted(order);
    EXPECT_EQ(next_check(desk.state, desk.settings, id), order.expires_at);
    desk.now = order.expires_at;
    desk.run(check_order(desk.state, desk.settings, id, desk.now));
    EXPECT_EQ(desk.status(id), OrderStatus::pending_cancel);
}

} // namespace
} // namespace grekko::execution
