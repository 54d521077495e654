// covers: core/execution/booking.cpp core/execution/requests.cpp core/execution/outcome.cpp
#include <algorithm>
#include <array>

#include "core/execution/execution.hpp"
#include "unit/core/execution/desk.hpp"

namespace grekko::execution {
namespace {

using S = OrderStatus;
using K = ReportKind;

OrderId order_in(Desk& desk, S status) {
    const OrderId id = desk.submit(limit_order());
    switch (status) {
    case S::submitted: break;
    case S::accepted: desk.report(id, K::accepted); break;
    case S::partly_filled:
        desk.report(id, K::accepted);
        desk.fill(id, 4_quantity, "t0", 4_quantity);
        break;
    case S::pending_cancel:
        desk.report(id, K::accepted);
        desk.run(cancel(desk.state, id, {}));
        break;
    case S::pending_replace: {
        desk.report(id, K::accepted);
        Listing listing;
        listing.replace_is_atomic = true;
        const auto smaller = risk::Gate::pass(limit_order(8_quantity));
        desk.run(replace(desk.state, desk.settings, id, smaller, listing));
        break;
    }
    case S::unknown: desk.report(id, K::ambiguous); break;
    case S::filled: desk.fill(id, 10_quantity, "t0", 10_quantity); break;
    case S::cancelled: desk.report(id, K::cancelled); break;
    case S::rejected: desk.report(id, K::rejected); break;
    case S::expired: desk.report(id, K::expired); break;
    case S::lapsed: desk.emit(events::OrderLapsed{id}); break;
    }
    EXPECT_EQ(desk.status(id), status);
    return id;
}

constexpr std::array kinds{K::accepted,  K::rejected,        K::filled,    K::cancelled,
                           K::expired,   K::cancel_rejected, K::replaced,  K::replace_rejected,
                           K::triggered, K::ambiguous,       K::not_found, K::order_state};
constexpr std::array other_kinds{K::balance,          K::snapshot_begin, K::snapshot_end,
                                 K::connected,        K::disconnected,   K::private_lost,
                                 K::private_restored, K::clock};

struct Row {
    S before;
    std::array<S, kinds.size()> after; // in the order of `kinds`
};

constexpr S sub = S::submitted, acc = S::accepted, par = S::partly_filled, unk = S::unknown,
            pca = S::pending_cancel, pre = S::pending_replace, fil = S::filled, can = S::cancelled,
            rej = S::rejected, xpd = S::expired, lap = S::lapsed;

constexpr std::array table{
    //   before acc  rej  fill canc exp  c-rj repl r-rj trig ambi n-fd open
    Row{sub, {{acc, rej, par, can, xpd, sub, sub, sub, acc, unk, unk, acc}}},
    Row{acc, {{acc, rej, par, can, xpd, acc, acc, acc, acc, acc, unk, acc}}},
    Row{par, {{par, unk, par, can, xpd, par, par, par, par, par, unk, par}}},
    Row{pca, {{pca, rej, pca, can, xpd, pca, pca, pca, pca, unk, unk, pca}}},
    Row{pre, {{pre, rej, pre, can, xpd, pre, acc, acc, pre, unk, unk, acc}}},
    Row{unk, {{acc, rej, par, can, xpd, unk, unk, unk, acc, unk, unk, acc}}},
    Row{fil, {{fil, fil, fil, fil, fil, fil, fil, fil, fil, fil, fil, fil}}},
    Row{can, {{can, can, can, can, can, can, can, can, can, can, can, can}}},
    Row{rej, {{rej, rej, rej, rej, rej, rej, rej, rej, rej, rej, rej, rej}}},
    Row{xpd, {{xpd, xpd, xpd, xpd, xpd, xpd, xpd, xpd, xpd, xpd, xpd, xpd}}},
    Row{lap, {{lap, lap, lap, lap, lap, lap, lap, lap, lap, lap, lap, lap}}},
};

VenueReport report_of(const Desk& desk, OrderId id, K kind) {
    if (kind == K::filled) {
        return desk.fill_report(id, 3_quantity, "t1", desk.order(id).filled + 3_quantity);
    }
    VenueReport report = desk.about(id, kind);
    if (kind == K::replaced) report.client_id = ClientOrderId{};
    return report;
}

TEST(Reports, LeadFromEveryStatusWhereTheTableSays) {
    for (const Row& row : table) {
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            Desk desk;
            const OrderId id = order_in(desk, row.before);
            desk.wait(Duration::seconds(6));
            const Quantity before = desk.order(id).filled;
            desk.report(report_of(desk, id, kinds[i]));
            const std::string what = "status " + std::to_string(static_cast<int>(row.before)) +
                                     " kind " + std::to_string(static_cast<int>(kinds[i]));
            EXPECT_EQ(desk.status(id), row.after[i]) << what;
            const Quantity more = kinds[i] == K::filled ? 3_quantity : 0_quantity;
            EXPECT_EQ(desk.order(id).filled, before + more) << what;
            EXPECT_TRUE(desk.replays()) << what;
        }
    }
}

TEST(Reports, ThatAreNotAboutAnOrderComeToNothing) {
    for (const Row& row : table) {
        for (const K kind : other_kinds) {
            Desk desk;
            const OrderId id = order_in(desk, row.before);
            EXPECT_TRUE(desk.report(id, kind).empty());
            EXPECT_EQ(desk.status(id), row.before);
        }
    }
}

TEST(Reports, SaidTwiceChangeNothingTheSecondTime) {
    for (const Row& row : table) {
        for (const K kind : kinds) {
            if (kind == K::not_found) continue; // counted on purpose
            Desk desk;
            const OrderId id = order_in(desk, row.before);
            const VenueReport report = report_of(desk, id, kind);
            desk.report(report);
            const S once = desk.status(id);
            const Quantity filled = desk.order(id).filled;
            desk.report(report);
            EXPECT_EQ(desk.order(id).filled, filled);
            if (kind != K::rejected && !(kind == K::order_state && row.before == pre)) {
                EXPECT_EQ(desk.status(id), once);
            }
        }
    }
}

TEST(Reports, OfEveryOrderStateEndTheOrderOrLeaveIt) {
    const std::array expected{std::pair{sub, acc}, std::pair{acc, acc}, std::pair{par, acc},
                              std::pair{pca, acc}, std::pair{pre, acc}, std::pair{unk, acc},
                              std::pair{fil, fil}, std::pair{can, can}, std::pair{rej, rej},
                              std::pair{xpd, xpd}, std::pair{lap, sub}};
    for (const auto& [told, after] : expected) {
        Desk desk;
        const OrderId id = order_in(desk, sub);
        VenueReport report = desk.about(id, K::order_state);
        report.status = told;
        desk.report(report);
        EXPECT_EQ(desk.status(id), after) << static_cast<int>(told);
    }
}

TEST(Fills, AreBookedOnceByTradeIdFromStreamQueryAndAfterARestart) { // F10, F33
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order());
    const VenueReport fill = desk.fill_report(id, 4_quantity, "t1", 4_quantity);
    desk.report(fill);
    EXPECT_TRUE(desk.report(fill).empty());
    State restored;
    ASSERT_TRUE(archive_load(restored, archive_save(desk.state)));
    EXPECT_TRUE(on_report(restored, desk.settings, fill, desk.now).empty());
    EXPECT_EQ(desk.order(id).filled, 4_quantity);
}

TEST(Fills, InferredFromACumulativeQuantityAreUpgradedByTheRealOne) { // F09
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order());
    VenueReport state = desk.about(id, K::order_state);
    state.status = par;
    state.cumulative = 4_quantity;
    state.fill.price = 99_price;
    desk.report(state);
    EXPECT_EQ(desk.order(id).filled, 4_quantity);
    EXPECT_EQ(desk.order(id).value, 396_notional);
    desk.fill(id, 4_quantity, "t1", 4_quantity);
    EXPECT_EQ(desk.count<events::OrderFilled>(), 1U);
    EXPECT_EQ(desk.count<events::FillUpgraded>(), 1U);
    EXPECT_EQ(desk.order(id).filled, 4_quantity);
    EXPECT_EQ(desk.order(id).value, 400_notional);
    EXPECT_EQ(desk.order(id).inferred, 0_quantity);
}

TEST(Fills, ThatComeInTheWrongOrderLeaveNoGap) {
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order());
    desk.fill(id, 3_quantity, "t2", 7_quantity);
    EXPECT_EQ(desk.order(id).filled, 7_quantity);
    EXPECT_EQ(desk.order(id).inferred, 4_quantity);
    desk.fill(id, 4_quantity, "t1", 4_quantity);
    EXPECT_EQ(desk.order(id).filled, 7_quantity);
    EXPECT_EQ(desk.order(id).inferred, 0_quantity);
}

TEST(Fills, AfterACancelAreBookedAndTheStatusStays) { // F19
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order());
    desk.run(cancel(desk.state, id, {}));
    desk.report(id, K::cancelled);
    desk.fill(id, 3_quantity, "t1", 3_quantity);
    EXPECT_EQ(desk.status(id), can);
    EXPECT_EQ(desk.order(id).filled, 3_quantity);
}

TEST(Fills, ThatMakeNoSenseAreNotBooked) {
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order());
    VenueReport report = desk.fill_report(id, 1_quantity, "t1");
    report.fill.price = Price::max();
    report.fill.quantity = Quantity::max();
    EXPECT_TRUE(desk.report(report).empty());
    report.fill.quantity = -1_quantity;
    EXPECT_TRUE(desk.report(report).empty());
    VenueReport state = desk.about(id, K::order_state);
    state.cumulative = Quantity::max();
    desk.report(state);
    EXPECT_EQ(desk.order(id).filled, 10_quantity); // never more than the order without proof
}

TEST(Fills, OlderThanTheMemoryAreNotBookedAgain) {
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order(100000_quantity));
    const VenueReport first = desk.fill_report(id, 1_quantity, "first");
    desk.report(first);
    desk.wait(Duration::seconds(1));
    for (std::size_t i = 0; i < fills_known_max; ++i) {
        desk.fill(id, 1_quantity, ("t" + std::to_string(i)).c_str());
    }
    EXPECT_EQ(desk.state.fills.size(), fills_known_max);
    EXPECT_FALSE(fill_known(desk.state, first.fill));
    const Quantity filled = desk.order(id).filled;
    desk.report(first);
    EXPECT_EQ(desk.order(id).filled, filled);
}

TEST(Doubt, AnAmbiguousAnswerAsksAndNeverSendsAgain) { // F12, F14
    Desk desk;
    const OrderId id = desk.submit(limit_order());
    const Outcome outcome = desk.report(id, K::ambiguous);
    EXPECT_EQ(desk.status(id), unk);
    EXPECT_EQ(count_effects<QueryOrder>(outcome.effects), 1U);
    EXPECT_EQ(count_effects<PlaceOrder>(outcome.effects), 0U);
    EXPECT_EQ(open_quantity(desk.state, agent_1, btc).buys, 10_quantity); // still fillable
}

TEST(Doubt, NotFoundNeedsThreeAnswersOverTenSeconds) { // F13, F15
    Desk desk;
    const OrderId id = desk.submit(limit_order());
    desk.report(id, K::ambiguous);
    for (int i = 0; i < 5; ++i)
        desk.report(id, K::not_found); // at once: only doubt
    EXPECT_EQ(desk.status(id), unk);
    desk.wait(Duration::milliseconds(9'999));
    desk.report(id, K::not_found);
    EXPECT_EQ(desk.status(id), unk);
    desk.wait(Duration::milliseconds(1));
    desk.report(id, K::not_found);
    EXPECT_EQ(desk.status(id), rej);
    EXPECT_TRUE(desk.replays());
}

TEST(Doubt, AnAnswerInBetweenStartsTheCountAgain) {
    Desk desk;
    const OrderId id = desk.submit(limit_order());
    desk.report(id, K::not_found);
    desk.report(id, K::not_found);
    desk.report(id, K::accepted);
    desk.wait(Duration::seconds(20));
    desk.report(id, K::not_found);
    EXPECT_EQ(desk.status(id), unk);
    EXPECT_EQ(desk.order(id).missing, 1U);
}

TEST(Doubt, AnOrderThatWasKnownAndIsGoneIsCancelledNotRejected) {
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order());
    desk.wait(Duration::seconds(6));
    for (int i = 0; i < 3; ++i) {
        desk.report(id, K::not_found);
        desk.wait(Duration::seconds(5));
    }
    EXPECT_EQ(desk.status(id), can);
}

TEST(Doubt, AnIncreaseFromBeforeACrashLapses) { // F32
    Desk desk;
    const OrderId id = desk.submit(limit_order());
    const OrderId exit = desk.submit(limit_order(5_quantity, Purpose::reduce));
    IncarnationOpened again;
    again.incarnation = 0x123456;
    desk.emit(again);
    for (int i = 0; i < 3; ++i) {
        desk.report(id, K::not_found);
        desk.report(exit, K::not_found);
        desk.wait(Duration::seconds(5));
    }
    EXPECT_EQ(desk.status(id), lap);
    EXPECT_EQ(desk.status(exit), rej);
}

TEST(Doubt, ALateAcknowledgementOfAnOrderGivenUpIsCancelledAtTheVenue) { // F17
    Desk desk;
    const OrderId id = order_in(desk, rej);
    const Outcome outcome = desk.report(id, K::accepted);
    EXPECT_EQ(count_effects<CancelOrder>(outcome.effects), 1U);
    EXPECT_EQ(desk.status(id), rej);
}

TEST(Doubt, AnOrderGivenUpAsCancelledIsCancelledAtTheVenueWhenItTurnsUp) {
    for (const K kind : {K::accepted, K::filled}) {
        Desk desk;
        const OrderId id = order_in(desk, S::accepted);
        for (int i = 0; i < 3; ++i) {
            desk.wait(Duration::seconds(6));
            desk.report(id, K::not_found);
        }
        ASSERT_EQ(desk.status(id), S::cancelled);
        desk.effects.clear();
        desk.report(report_of(desk, id, kind));
        EXPECT_EQ(desk.status(id), S::cancelled);
        EXPECT_EQ(count_effects<CancelOrder>(desk.effects), 1U);
    }
}

TEST(Doubt, ARejectionForADuplicateIdMeansTheFirstOneArrived) {
    Desk desk;
    const OrderId id = desk.submit(limit_order());
    VenueReport report = desk.about(id, K::rejected);
    report.reject = RejectReason::duplicate_client_id;
    desk.report(report);
    EXPECT_EQ(desk.status(id), unk);
}

TEST(Matching, AReportBeforeTheAcknowledgementIsFoundByClientId) { // F16
    Desk desk;
    const OrderId id = desk.submit(limit_order());
    VenueReport fill = desk.fill_report(id, 4_quantity, "t1", 4_quantity);
    fill.order = OrderId{};
    desk.report(fill);
    EXPECT_EQ(desk.status(id), par);
    desk.report(id, K::accepted);
    EXPECT_EQ(desk.status(id), par);
    VenueReport by_venue = desk.fill_report(id, 6_quantity, "t2", 10_quantity);
    by_venue.order = OrderId{};
    by_venue.client_id = ClientOrderId{};
    desk.report(by_venue);
    EXPECT_EQ(desk.status(id), fil);
}

TEST(Matching, AnIdOfAnotherIncarnationIsNotOurs) { // F40
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order());
    VenueReport report = desk.about(id, K::cancelled);
    report.order = OrderId{};
    report.venue_order_id = "x";
    report.client_id = encode({0x999, 1, 0});
    EXPECT_TRUE(desk.report(report).empty());
    EXPECT_EQ(desk.status(id), acc);
}

TEST(Foreign, OrdersAreLeftAloneAndFillsGoToTheHouse) {
    Desk desk;
    VenueReport report;
    report.venue = venue_a;
    report.instrument = btc;
    report.foreign = true;
    for (const K kind : kinds) {
        report.kind = kind;
        if (kind == K::filled) continue;
        EXPECT_TRUE(desk.report(report).empty());
    }
    VenueReport fill = desk.fill_report(OrderId{}, 2_quantity, "f1");
    fill.venue = venue_a;
    fill.foreign = true;
    desk.report(fill);
    desk.report(fill);
    EXPECT_EQ(desk.count<events::ForeignFill>(), 1U);
    EXPECT_TRUE(desk.replays());
}

TEST(Cancels, ThatLoseAgainstAFillEndFilled) { // F18
    Desk desk;
    const OrderId id = order_in(desk, pca);
    const Outcome outcome = desk.report(id, K::cancel_rejected);
    EXPECT_EQ(desk.status(id), pca);
    EXPECT_EQ(count_effects<QueryOrder>(outcome.effects), 1U);
    VenueReport answer = desk.about(id, K::order_state);
    answer.status = fil;
    answer.cumulative = 10_quantity;
    desk.report(answer);
    EXPECT_EQ(desk.status(id), fil);
}

TEST(Cancels, AreSentAgainWhenTheOrderTurnsOutAlive) {
    Desk desk;
    const OrderId id = desk.submit(limit_order());
    desk.run(cancel(desk.state, id, {}));
    const Outcome outcome = desk.report(id, K::accepted);
    EXPECT_EQ(desk.status(id), pca);
    EXPECT_EQ(count_effects<CancelOrder>(outcome.effects), 1U);
}

TEST(Replaces, RefusedByTheVenueLeaveTheOrderAsItWas) { // F20, F21
    Desk desk;
    const OrderId id = order_in(desk, pre);
    VenueReport report = desk.about(id, K::rejected);
    report.client_id = desk.order(id).replacement.client_id;
    desk.report(report);
    EXPECT_EQ(desk.status(id), acc);
    EXPECT_EQ(desk.order(id).order.quantity, 10_quantity);
    desk.report(id, K::cancelled); // the venue had taken the old one out all the same
    EXPECT_EQ(desk.status(id), can);
}

TEST(Replaces, CountTheLargerVersionUntilTheyAreAnswered) {
    Desk desk;
    const OrderId id = order_in(desk, pre);
    EXPECT_EQ(open_quantity(desk.state, agent_1, btc).buys, 10_quantity);
    VenueReport report = desk.about(id, K::replaced);
    report.client_id = desk.order(id).replacement.client_id;
    desk.report(report);
    EXPECT_EQ(open_quantity(desk.state, agent_1, btc).buys, 8_quantity);
    desk.fill(id, 8_quantity, "t1", 8_quantity);
    EXPECT_EQ(desk.status(id), fil);
}

// The venue no longer knows the name that the first cancel named.
TEST(Replaces, ConfirmedAfterACancelAreCancelledByTheirNewName) {
    Desk desk;
    const OrderId id = order_in(desk, S::pending_replace);
    desk.run(cancel(desk.state, id, {}));
    desk.effects.clear();
    VenueReport replaced = desk.about(id, K::replaced);
    replaced.client_id = encode({0xABCDEF, 1, 1});
    desk.report(replaced);
    EXPECT_EQ(desk.status(id), S::pending_cancel);
    ASSERT_EQ(count_effects<CancelOrder>(desk.effects), 1U);
    EXPECT_EQ(std::get<CancelOrder>(desk.effects.back()).client_id, replaced.client_id);
}

TEST(Replaces, ConfirmedAfterTheOrderHasEndedAreCancelledAtTheVenue) {
    Desk desk;
    const OrderId id = order_in(desk, S::pending_replace);
    desk.report(id, K::cancelled);
    desk.effects.clear();
    VenueReport replaced = desk.about(id, K::replaced);
    replaced.client_id = encode({0xABCDEF, 1, 1});
    desk.report(replaced);
    EXPECT_EQ(desk.status(id), S::cancelled);
    ASSERT_EQ(count_effects<CancelOrder>(desk.effects), 1U);
    EXPECT_EQ(std::get<CancelOrder>(desk.effects.back()).client_id, replaced.client_id);
}

// A replace that was refused, its answer lost: the new name was never known, the old order lives.
TEST(Replaces, WhoseNewNameIsUnknownDoNotMakeTheOrderMissing) {
    Desk desk;
    const OrderId id = order_in(desk, S::pending_replace);
    for (int i = 0; i < 5; ++i) {
        desk.wait(Duration::seconds(6));
        VenueReport unknown = desk.about(id, K::not_found);
        unknown.client_id = encode({0xABCDEF, 1, 1});
        desk.report(unknown);
    }
    EXPECT_FALSE(terminal(desk.status(id)));
    VenueReport state = desk.about(id, K::order_state);
    state.status = S::accepted;
    desk.report(state);
    EXPECT_EQ(desk.status(id), S::accepted);
    EXPECT_EQ(desk.order(id).order.quantity, 10_quantity);
}

TEST(Immediate, OrdersThatFindTooLittleEndWithWhatFilled) { // F30, F31
    Desk desk;
    const OrderId id = desk.submit_accepted(limit_order());
    VenueReport end = desk.about(id, K::expired);
    end.cumulative = 4_quantity;
    desk.report(end);
    EXPECT_EQ(desk.status(id), xpd);
    EXPECT_EQ(desk.order(id).filled, 4_quantity);
}

TEST(Linked, LegsCountOnceAndTheOtherGoesWhenOneFills) {
    Desk desk;
    const OrderId stop = desk.submit_accepted(limit_order(10_quantity, Purpose::reduce));
    Order take = limit_order(8_quantity, Purpose::reduce);
    take.linked = stop;
    const OrderId other = desk.submit_accepted(take);
    EXPECT_EQ(open_quantity(desk.state, agent_1, btc).sells, 10_quantity);
    const Outcome outcome = desk.fill(other, 1_quantity, "t1", 1_quantity);
    EXPECT_EQ(count_effects<CancelOrder>(outcome.effects), 1U);
    EXPECT_EQ(desk.status(stop), pca);
    desk.report(stop, K::cancelled);
    EXPECT_EQ(open_quantity(desk.state, agent_1, btc).sells, 7_quantity);
    EXPECT_TRUE(desk.replays());
}

} // namespace
} // namespace grekko::execution
