// covers: core/execution/apply_venues.cpp
#include "core/execution/reconcile.hpp"

#include "unit/core/execution/venues.hpp"

namespace grekko::execution {
namespace {

struct Books {
    Desk desk;
    Run run;
    VenueSpec venue;
    std::vector<ExpectedBalance> expected{{"USD", 1000_d, 0.01_d}};

    Books() {
        run.venue = venue.id = venue_a;
        report(ReportKind::connected);
        report(ReportKind::private_restored);
    }
    Outcome give(const VenueReport& report) {
        desk.report(report);
        const Outcome outcome =
            on_venue_report(desk.state, desk.settings, run, report, expected, desk.now);
        desk.run(outcome);
        return outcome;
    }
    Outcome report(ReportKind kind) {
        VenueReport report;
        report.kind = kind;
        report.venue = venue_a;
        return give(report);
    }
    void balance(Decimal total) {
        VenueReport report;
        report.kind = ReportKind::balance;
        report.venue = venue_a;
        report.currency = "USD";
        report.total = total;
        give(report);
    }
    events::Reconciled snapshot(Decimal total, const std::vector<VenueReport>& orders = {}) {
        report(ReportKind::snapshot_begin);
        for (const VenueReport& order : orders)
            give(order);
        balance(total);
        return std::get<events::Reconciled>(report(ReportKind::snapshot_end).events.back());
    }
};

TEST(Reconciliation, BeginsWhenTheVenueConnectsAndReturnsEveryHalfMinute) {
    Books books;
    EXPECT_GE(count_effects<QuerySnapshot>(books.desk.effects), 1U);
    EXPECT_EQ(books.run.phase, RunPhase::asked);
    const auto result = books.snapshot(1000_d);
    EXPECT_TRUE(result.orders_agree && result.fills_agree && result.balances_agree);
    EXPECT_TRUE(books.desk.state.venues[venue_a].reconciled);
    const Instant due =
        reconcile_due(books.desk.state, books.desk.settings, books.run, books.venue);
    EXPECT_EQ(due, books.desk.now + Duration::seconds(30));
    EXPECT_TRUE(on_reconcile_timer(books.desk.state, books.desk.settings, books.run, books.venue,
                                   books.desk.now)
                    .empty());
    books.desk.now = due;
    EXPECT_EQ(on_reconcile_timer(books.desk.state, books.desk.settings, books.run, books.venue,
                                 books.desk.now)
                  .effects.size(),
              1U);
    EXPECT_TRUE(books.desk.replays());
}

// A hundred ids or ten minutes before the newest fill, whichever reaches further back.
TEST(Reconciliation, AsksForFillsFromBeforeTheNewestThatIsBooked) {
    Books books;
    EXPECT_TRUE(std::get<QuerySnapshot>(books.desk.effects.front()).fills_from.is_none());
    const Instant start = books.desk.now;
    const auto foreign = [&](int number, Duration after) {
        VenueReport report;
        report.kind = ReportKind::filled;
        report.venue = venue_a;
        report.instrument = InstrumentId{1};
        report.foreign = true;
        report.fill.venue = venue_a;
        report.fill.instrument = InstrumentId{1};
        report.fill.price = 100_price;
        report.fill.quantity = 1_quantity;
        report.fill.trade_id = TradeId{"t" + std::to_string(number)};
        report.fill.exchange_at = start + after;
        books.give(report);
    };
    const auto asked_from = [&] {
        books.report(ReportKind::connected);
        return std::get<QuerySnapshot>(books.desk.effects.back()).fills_from;
    };
    for (int i = 0; i < 5; ++i)
        foreign(i, Duration::minutes(i));
    EXPECT_EQ(asked_from(), start + Duration::minutes(4) - Duration::minutes(10));
    for (int i = 5; i < 120; ++i)
        foreign(i, Duration::minutes(i));
    EXPECT_EQ(asked_from(), start + Duration::minutes(20)) << "the hundredth before the newest";
    for (int i = 120; i < 400; ++i)
        foreign(i, Duration::minutes(120) + Duration::seconds(i));
    EXPECT_EQ(asked_from(),
              start + Duration::minutes(120) + Duration::seconds(399) - Duration::minutes(10));
}

TEST(Reconciliation, StaysWithinATenthOfTheRequestRate) {
    Books books;
    books.snapshot(1000_d);
    books.venue.rate_per_second = 1;
    EXPECT_EQ(reconcile_due(books.desk.state, books.desk.settings, books.run, books.venue),
              books.desk.now + Duration::seconds(40));
}

TEST(Reconciliation, AsksAgainWhereASnapshotDoesNotEnd) {
    Books books;
    books.report(ReportKind::snapshot_begin);
    books.desk.wait(Duration::seconds(10));
    EXPECT_EQ(on_reconcile_timer(books.desk.state, books.desk.settings, books.run, books.venue,
                                 books.desk.now)
                  .effects.size(),
              1U);
    EXPECT_EQ(books.run.phase, RunPhase::asked);
    EXPECT_TRUE(books.report(ReportKind::snapshot_end).empty());
}

TEST(Reconciliation, AsksAboutAMissingOrderAndLeavesAYoungOneAlone) {
    Books books;
    const OrderId old = books.desk.submit_accepted(limit_order());
    books.desk.wait(Duration::seconds(5));
    const OrderId young = books.desk.submit_accepted(limit_order());
    books.desk.effects.clear();
    const auto result = books.snapshot(1000_d);
    EXPECT_FALSE(result.orders_agree);
    EXPECT_EQ(result.open_orders, 2U);
    EXPECT_EQ(books.desk.status(old), OrderStatus::unknown);
    EXPECT_EQ(books.desk.status(young), OrderStatus::accepted);
    EXPECT_EQ(count_effects<QueryOrder>(books.desk.effects), 1U);
    EXPECT_EQ(reconcile_due(books.desk.state, books.desk.settings, books.run, books.venue),
              books.desk.now + Duration::seconds(5));
}

TEST(Reconciliation, RecoversFillsThatHappenedWhileAway) { // F11
    Books books;
    const OrderId id = books.desk.submit_accepted(limit_order());
    books.report(ReportKind::disconnected);
    EXPECT_FALSE(books.desk.state.venues[venue_a].connected);
    books.desk.wait(Duration::seconds(30));
    books.report(ReportKind::connected);
    const auto first = books.desk.fill_report(id, 4_quantity, "t1", 4_quantity);
    const auto second = books.desk.fill_report(id, 6_quantity, "t2", 10_quantity);
    const auto result = books.snapshot(1000_d, {first, second, first});
    EXPECT_EQ(books.desk.status(id), OrderStatus::filled);
    EXPECT_TRUE(result.orders_agree && result.fills_agree);
    EXPECT_EQ(books.desk.count<events::OrderFilled>(), 2U);
}

TEST(Reconciliation, DoesNotAgreeWhileAFillIsOnlyInferred) {
    Books books;
    const OrderId id = books.desk.submit_accepted(limit_order());
    VenueReport state = books.desk.about(id, ReportKind::order_state);
    state.status = OrderStatus::filled;
    EXPECT_FALSE(books.snapshot(1000_d, {state}).fills_agree);
    EXPECT_TRUE(
        books.snapshot(1000_d, {books.desk.fill_report(id, 10_quantity, "t1")}).fills_agree);
}

TEST(Reconciliation, CountsOrdersOfOthersAndLeavesThemAlone) { // F32
    Books books;
    VenueReport other;
    other.kind = ReportKind::order_state;
    other.venue = venue_a;
    other.foreign = true;
    EXPECT_EQ(books.snapshot(1000_d, {other}).foreign, 1U);
}

TEST(Reconciliation, DoesNotAgreeWhileAnOrderThatHasEndedIsOpenAtTheVenue) {
    Books books;
    const OrderId id = books.desk.submit_accepted(limit_order());
    books.desk.report(id, ReportKind::cancelled);
    VenueReport alive = books.desk.about(id, ReportKind::order_state);
    alive.status = OrderStatus::accepted;
    EXPECT_TRUE(books.snapshot(1000_d, {alive}).orders_agree) << "the list may be older";
    books.desk.wait(Duration::seconds(30));
    books.desk.effects.clear();
    EXPECT_FALSE(books.snapshot(1000_d, {alive}).orders_agree);
    EXPECT_FALSE(books.desk.state.venues[venue_a].reconciled);
    EXPECT_EQ(count_effects<CancelOrder>(books.desk.effects), 1U);
    EXPECT_EQ(count_effects<AlertOperator>(books.desk.effects), 1U);
    EXPECT_TRUE(books.snapshot(1000_d).orders_agree);
}

TEST(Balances, WaitForAPriceBeforeTheyAreATransfer) {
    Books books;
    books.expected.front().valued = false;
    EXPECT_FALSE(books.snapshot(1500_d).balances_agree);
    books.desk.wait(Duration::seconds(5));
    EXPECT_FALSE(books.snapshot(1500_d).balances_agree);
    EXPECT_EQ(books.desk.count<events::TransferBooked>(), 0U);
    books.expected.front().valued = true; // the opening, as soon as it can be valued
    books.desk.wait(Duration::seconds(5));
    EXPECT_TRUE(books.snapshot(1500_d).balances_agree);
    EXPECT_EQ(books.desk.count<events::TransferBooked>(), 1U);
}

TEST(Balances, OfTheFirstLookAreTheOpening) {
    Books books;
    books.expected.clear();
    EXPECT_TRUE(books.snapshot(5000_d).balances_agree);
    EXPECT_EQ(books.desk.count<events::TransferBooked>(), 1U);
}

TEST(Balances, ThatDifferForAMinuteWithoutAFillAreATransfer) {
    Books books;
    EXPECT_TRUE(books.snapshot(1000_d).balances_agree);
    books.desk.wait(Duration::seconds(61));
    EXPECT_FALSE(books.snapshot(1500_d).balances_agree);
    books.desk.wait(Duration::seconds(59));
    EXPECT_FALSE(books.snapshot(1500_d).balances_agree);
    books.desk.wait(Duration::seconds(1));
    EXPECT_TRUE(books.snapshot(1500_d).balances_agree);
    ASSERT_EQ(books.desk.count<events::TransferBooked>(), 1U);
}

TEST(Balances, AreNoTransferWhileAFillIsYoungOrAnOrderInDoubt) {
    Books books;
    books.snapshot(1000_d);
    const OrderId id = books.desk.submit_accepted(limit_order());
    books.desk.wait(Duration::seconds(61));
    books.snapshot(900_d);
    books.desk.wait(Duration::seconds(30));
    books.desk.fill(id, 1_quantity, "t1", 1_quantity);
    books.desk.wait(Duration::seconds(31));
    EXPECT_FALSE(books.snapshot(900_d).balances_agree);
    EXPECT_EQ(books.desk.count<events::TransferBooked>(), 0U);
}

TEST(Clocks, AreRecordedWhenTheyMoveByTenMilliseconds) {
    Books books;
    VenueReport clock;
    clock.kind = ReportKind::clock;
    clock.venue = venue_a;
    clock.total = 1.28_d;
    books.give(clock);
    EXPECT_EQ(books.desk.state.venues[venue_a].clock_offset, Duration::milliseconds(1'280));
    clock.total = 1.285_d;
    EXPECT_TRUE(books.give(clock).empty());
    clock.total = Decimal::max();
    books.give(clock);
    EXPECT_EQ(books.desk.state.venues[venue_a].clock_offset, Duration::hours(24));
}

} // namespace
} // namespace grekko::execution
