#include "contract/venue/paper_case.hpp"

#include <map>

#include <gtest/gtest.h>

namespace grekko::tests {
namespace {

const Instant start = Instant::from_nanoseconds(1'000'000'000'000'000'000);
Instant after(int seconds) {
    return start + Duration::seconds(seconds);
}

struct Told {
    Instant at;
    VenueReport report;
};

class VenueContract : public testing::TestWithParam<VenueCase> {
protected:
    VenueContract() : venue_{GetParam().make()} {
        opening_ = take(start);
        GetParam().quote(*venue_, start, 99, 101);
    }

    Order order(Side side, OrderType type, Quantity quantity, int limit) {
        Order made;
        made.id = OrderId{++orders_};
        made.instrument = InstrumentId{1};
        made.venue = VenueId{1};
        made.side = side;
        made.type = type;
        made.quantity = quantity;
        if (limit > 0) made.limit = Price{Decimal::whole(limit)};
        made.client_id = ClientOrderId{"contract" + std::to_string(orders_)};
        return made;
    }
    Order limit(Side side, int price, Quantity quantity = 1_quantity) {
        return order(side, OrderType::limit, quantity, price);
    }
    Order place(Instant at, Order made) {
        venue_->place(PlaceOrder{made}, at);
        return made;
    }
    void cancel(Instant at, const Order& made) {
        venue_->cancel(CancelOrder{made.id, made.venue, made.instrument, made.client_id}, at);
    }

    // As the host takes reports: at the times the venue announces, never before.
    std::vector<Told> take(Instant until) {
        std::vector<Told> told;
        for (auto next = venue_->next_report(); next && *next <= until;
             next = venue_->next_report()) {
            Told one;
            const bool taken = venue_->take_report(*next, one.report, one.at);
            EXPECT_TRUE(taken) << "announced and not there";
            if (!taken) break;
            EXPECT_LE(one.at, *next);
            EXPECT_TRUE(told.empty() || told.back().at <= one.at);
            told.push_back(one);
        }
        return told;
    }
    std::vector<ReportKind> kinds(Instant until) {
        std::vector<ReportKind> found;
        for (const Told& one : take(until))
            found.push_back(one.report.kind);
        return found;
    }

    std::unique_ptr<ports::Venue> venue_;
    std::vector<Told> opening_;
    std::uint64_t orders_{0};
};

using Kinds = std::vector<ReportKind>;

TEST_P(VenueContract, SaysThatItIsConnectedBeforeAnythingElse) {
    ASSERT_GE(opening_.size(), 2U);
    EXPECT_EQ(opening_[0].report.kind, ReportKind::connected);
    EXPECT_EQ(opening_[1].report.kind, ReportKind::private_restored);
}

TEST_P(VenueContract, AcceptsARestingOrderUnderItsNames) {
    const Order made = place(start, limit(Side::buy, 90));
    const std::vector<Told> told = take(after(60));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].report.kind, ReportKind::accepted);
    EXPECT_EQ(told[0].report.order, made.id);
    EXPECT_EQ(told[0].report.client_id, made.client_id);
    EXPECT_FALSE(told[0].report.venue_order_id.empty());
    EXPECT_GE(told[0].at, start);
}

TEST_P(VenueContract, FillsAMarketableOrderAfterItsAcceptance) {
    const Order made = place(start, limit(Side::buy, 105));
    const std::vector<Told> told = take(after(60));
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].report.kind, ReportKind::accepted);
    const VenueReport& filled = told[1].report;
    EXPECT_EQ(filled.kind, ReportKind::filled);
    EXPECT_EQ(filled.fill.order, made.id);
    EXPECT_EQ(filled.fill.price, 101_price);
    EXPECT_EQ(filled.fill.quantity, 1_quantity);
    EXPECT_EQ(filled.cumulative, 1_quantity);
    EXPECT_EQ(filled.fill.liquidity, Liquidity::taker);
    EXPECT_EQ(filled.fill.side, Side::buy);
    EXPECT_FALSE(filled.fill.trade_id.empty());
    EXPECT_FALSE(filled.fill.fee_currency.empty());
}

TEST_P(VenueContract, FillsInPartAndKeepsTheRest) {
    const Order made = place(start, limit(Side::buy, 101, 15_quantity));
    EXPECT_EQ(kinds(after(60)), (Kinds{ReportKind::accepted, ReportKind::filled}));
    cancel(after(61), made);
    const std::vector<Told> told = take(after(120));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].report.kind, ReportKind::cancelled);
    EXPECT_EQ(told[0].report.cumulative, 10_quantity);
}

TEST_P(VenueContract, FillsARestingOrderAsAMakerAtItsPrice) {
    place(start, limit(Side::buy, 95));
    EXPECT_EQ(kinds(after(60)), Kinds{ReportKind::accepted});
    GetParam().sell_through(*venue_, after(61), 95);
    const std::vector<Told> told = take(after(120));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].report.fill.price, 95_price);
    EXPECT_EQ(told[0].report.fill.liquidity, Liquidity::maker);
    EXPECT_GE(told[0].at, after(61));
}

TEST_P(VenueContract, CancelsOnceAndSaysSoTheSecondTime) {
    const Order made = place(start, limit(Side::buy, 90));
    cancel(after(10), made);
    cancel(after(20), made);
    EXPECT_EQ(kinds(after(60)),
              (Kinds{ReportKind::accepted, ReportKind::cancelled, ReportKind::cancel_rejected}));
}

TEST_P(VenueContract, ReplacesUnderTheNewClientId) {
    const Order made = place(start, limit(Side::buy, 90));
    (void)take(after(10));
    Order next = made;
    next.limit = 91_price;
    next.quantity = 2_quantity;
    next.client_id = ClientOrderId{"contract1b"};
    venue_->replace(ReplaceOrder{made.id, made.venue, made.client_id, next}, after(11));
    const std::vector<Told> told = take(after(30));
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told[0].report.kind, ReportKind::replaced);
    EXPECT_EQ(told[0].report.order, made.id);
    EXPECT_EQ(told[0].report.client_id, next.client_id);
    GetParam().sell_through(*venue_, after(31), 91);
    const std::vector<Told> filled = take(after(60));
    ASSERT_EQ(filled.size(), 1U);
    EXPECT_EQ(filled[0].report.fill.quantity, 2_quantity);
}

TEST_P(VenueContract, RefusesAReplaceOfAnOrderThatHasEnded) {
    const Order made = place(start, limit(Side::buy, 105));
    (void)take(after(10));
    Order next = made;
    next.client_id = ClientOrderId{"contract1b"};
    venue_->replace(ReplaceOrder{made.id, made.venue, made.client_id, next}, after(11));
    EXPECT_EQ(kinds(after(60)), Kinds{ReportKind::replace_rejected});
}

TEST_P(VenueContract, GivesTheReasonOfARejection) {
    std::map<std::uint64_t, RejectReason> wanted;
    wanted[place(start, limit(Side::buy, 90, 5'000_quantity)).id.value()] =
        RejectReason::insufficient_funds;
    wanted[place(start, limit(Side::sell, 110, 101_quantity)).id.value()] =
        RejectReason::insufficient_funds;
    wanted[place(start, limit(Side::buy, 90, 0.0005_quantity)).id.value()] =
        RejectReason::size_out_of_range;
    wanted[place(start, limit(Side::buy, 90, 0.1_quantity)).id.value()] =
        RejectReason::size_out_of_range; // a value of 9
    Order post = limit(Side::buy, 101);
    post.post_only = true;
    wanted[place(start, post).id.value()] = RejectReason::post_only_would_take;
    Order unknown = limit(Side::buy, 90);
    unknown.instrument = InstrumentId{9};
    wanted[place(start, unknown).id.value()] = RejectReason::unknown_instrument;
    const std::vector<Told> told = take(after(60));
    ASSERT_EQ(told.size(), wanted.size());
    for (const Told& one : told) {
        EXPECT_EQ(one.report.kind, ReportKind::rejected);
        EXPECT_EQ(one.report.reject, wanted[one.report.order.value()]);
        EXPECT_FALSE(one.report.text.empty());
    }
}

TEST_P(VenueContract, RefusesAMarketOrderWithoutAMarket) {
    venue_ = GetParam().make();
    (void)take(start);
    place(start, order(Side::buy, OrderType::market, 1_quantity, 0));
    const std::vector<Told> told = take(after(60));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].report.reject, RejectReason::no_market);
}

TEST_P(VenueContract, TakesAClientIdOnce) {
    const Order made = place(start, limit(Side::buy, 90));
    place(after(10), made);
    const std::vector<Told> told = take(after(60));
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1].report.kind, ReportKind::rejected);
    EXPECT_EQ(told[1].report.reject, RejectReason::duplicate_client_id);
}

TEST_P(VenueContract, AnswersEveryQuery) {
    const Order open = place(start, limit(Side::buy, 90));
    const Order done = place(start, limit(Side::buy, 105));
    (void)take(after(10));
    for (const OrderId id : {open.id, done.id, OrderId{77}}) {
        const ClientOrderId client_id{"contract" + std::to_string(id.value())};
        venue_->query(QueryOrder{id, VenueId{1}, InstrumentId{1}, client_id}, after(11));
    }
    std::map<std::uint64_t, VenueReport> told;
    for (const Told& one : take(after(60)))
        told[one.report.order.value()] = one.report;
    ASSERT_EQ(told.size(), 3U);
    EXPECT_EQ(told[open.id.value()].status, OrderStatus::accepted);
    EXPECT_EQ(told[done.id.value()].status, OrderStatus::filled);
    EXPECT_EQ(told[done.id.value()].cumulative, 1_quantity);
    EXPECT_EQ(told[77].kind, ReportKind::not_found);
}

TEST_P(VenueContract, TellsOpenOrdersFillsAndBalancesInASnapshot) {
    place(start, limit(Side::buy, 90));
    place(start, limit(Side::buy, 105));
    (void)take(after(10));
    venue_->snapshot(QuerySnapshot{VenueId{1}, Instant{}}, after(11));
    const std::vector<Told> told = take(after(60));
    ASSERT_GE(told.size(), 6U);
    EXPECT_EQ(told.front().report.kind, ReportKind::snapshot_begin);
    EXPECT_EQ(told.back().report.kind, ReportKind::snapshot_end);
    std::map<ReportKind, int> count;
    std::map<std::string, Decimal> totals;
    for (const Told& one : told) {
        ++count[one.report.kind];
        if (one.report.kind == ReportKind::balance)
            totals[std::string{one.report.currency.view()}] = one.report.total;
    }
    EXPECT_EQ(count[ReportKind::clock], 1);
    EXPECT_EQ(count[ReportKind::order_state], 1);
    EXPECT_EQ(count[ReportKind::filled], 1);
    EXPECT_EQ(totals["BTC"], 101_d);
    EXPECT_EQ(totals["USD"], 99'899_d);
}

TEST_P(VenueContract, GivesReportsInOrderAndTheSameOnesForTheSameSeed) {
    const auto run = [this] {
        std::vector<std::pair<std::int64_t, ReportKind>> all;
        venue_ = GetParam().make();
        orders_ = 0;
        (void)take(start);
        GetParam().quote(*venue_, start, 99, 101);
        for (int i = 0; i < 100; ++i) {
            const Order made = place(after(i), limit(Side::buy, i % 2 == 0 ? 90 : 105));
            cancel(after(i), made);
        }
        for (const Told& one : take(after(1'000)))
            all.emplace_back(one.at.nanoseconds(), one.report.kind);
        return all;
    };
    const auto first = run();
    EXPECT_GE(first.size(), 200U);
    EXPECT_EQ(first, run());
}

INSTANTIATE_TEST_SUITE_P(Venues, VenueContract, testing::Values(paper_case()),
                         [](const auto& one) { return one.param.name; });

} // namespace
} // namespace grekko::tests
