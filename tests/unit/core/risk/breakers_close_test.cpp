#include <gtest/gtest.h>

#include "unit/core/risk/journal.hpp"

namespace grekko::risk::tests {
namespace {

using events::BreakerScope;
using events::BreakerState;

constexpr InstrumentId btc{1};
constexpr VenueId coin{1};
constexpr AgentId agent{1};
const BreakerSettings settings;
const BreakerKey btc_key{BreakerScope::instrument, 0, {}, btc, {}};

struct Desk : Journal {
    const Breakers& all() const { return state.breakers; }
    const Breaker& one(const BreakerKey& key) const { return breaker(all(), key); }
    void gap() { emit_all(on_data(all(), settings, {btc, {}, {}, {}, true}, now)); }
    bool try_half_open(const BreakerKey& key, const CleanConditions& conditions) {
        const auto event = due(all(), settings, key, conditions, now);
        if (event) emit(*event);
        return one(key).state == BreakerState::half_open;
    }
    ParentId increase() {
        events::ParentOpened opened;
        opened.parent.agent = agent;
        opened.parent.instrument = btc;
        opened.parent.quantity = 1_quantity;
        return ParentId{emit(opened)};
    }
    void finish(ParentId parent, Completion how) {
        events::ParentClosed closed;
        closed.parent = parent;
        emit(closed);
        emit_all(on_completion(all(), settings, {parent, coin, btc, agent}, how, now));
    }
    void half_open() {
        gap();
        wait(one(btc_key).retry_at - now);
        CleanConditions clean;
        clean.data_clean = true;
        EXPECT_TRUE(try_half_open(btc_key, clean));
    }
};

TEST(BreakersClose, HalfOpensAfterThirtySecondsOfCleanData) {
    Desk desk;
    desk.gap();
    EXPECT_EQ(next_due(desk.all(), desk.now), desk.now + Duration::seconds(30));
    EXPECT_EQ(waiting(desk.all()), std::vector<BreakerKey>{btc_key});
    CleanConditions clean;
    clean.data_clean = true;
    desk.wait(Duration::seconds(29));
    EXPECT_FALSE(desk.try_half_open(btc_key, clean)) << "one second early";
    desk.wait(Duration::seconds(1));
    EXPECT_FALSE(desk.try_half_open(btc_key, {})) << "not clean: the reset moves on";
    EXPECT_EQ(desk.one(btc_key).retry_at, desk.now + Duration::seconds(30));
    desk.wait(Duration::seconds(30));
    EXPECT_TRUE(desk.try_half_open(btc_key, clean));
    EXPECT_TRUE(waiting(desk.all()).empty());
    EXPECT_TRUE(desk.replays());
}

TEST(BreakersClose, AdmitsOneIncreaseAtATimeWhileHalfOpen) {
    Desk desk;
    desk.half_open();
    BreakerView seen = view(desk.all(), coin, btc, agent);
    EXPECT_TRUE(seen.half_open);
    EXPECT_TRUE(seen.admits);
    const ParentId first = desk.increase();
    EXPECT_FALSE(view(desk.all(), coin, btc, AgentId{2}).admits);
    EXPECT_TRUE(view(desk.all(), coin, btc, agent, first).admits) << "its own children go on";
    EXPECT_TRUE(view(desk.all(), coin, InstrumentId{2}, agent).admits);
    desk.finish(first, Completion::clean);
    EXPECT_TRUE(view(desk.all(), coin, btc, agent).admits);
}

TEST(BreakersClose, ClosesAfterThreeCleanCompletions) {
    Desk desk;
    desk.half_open();
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(desk.one(btc_key).state, BreakerState::half_open);
        desk.finish(desk.increase(), Completion::clean);
    }
    EXPECT_EQ(desk.one(btc_key).state, BreakerState::closed);
    EXPECT_EQ(desk.one(btc_key).causes, 0U);
    EXPECT_EQ(desk.one(btc_key).opened_today, 1) << "the day's count stays";
    EXPECT_TRUE(desk.replays());
}

TEST(BreakersClose, AFailureReopensWithTwiceTheWaitAndTheThirdOpeningIsManual) {
    Desk desk;
    desk.half_open();
    desk.finish(desk.increase(), Completion::clean);
    desk.finish(desk.increase(), Completion::failed);
    EXPECT_EQ(desk.one(btc_key).state, BreakerState::open);
    EXPECT_EQ(desk.one(btc_key).wait, Duration::seconds(60));
    EXPECT_EQ(desk.one(btc_key).opened_today, 2);
    EXPECT_EQ(desk.one(btc_key).clean, 0U);
    desk.wait(Duration::seconds(60));
    CleanConditions clean;
    clean.data_clean = true;
    ASSERT_TRUE(desk.try_half_open(btc_key, clean));
    desk.finish(desk.increase(), Completion::failed);
    EXPECT_TRUE(desk.one(btc_key).manual);
    desk.wait(Duration::days(2));
    EXPECT_FALSE(desk.try_half_open(btc_key, clean)) << "an operator must";
    EXPECT_TRUE(desk.replays());
}

TEST(BreakersClose, CountsOpeningsAnewOnANewDayAndWaitsAnHourAtMost) {
    Desk desk;
    BreakerSettings patient;
    patient.manual_from = 0;
    Duration wait;
    for (int i = 0; i < 12; ++i) {
        desk.emit_all(on_data(desk.all(), patient, {btc, {}, {}, {}, true}, desk.now));
        wait = desk.one(btc_key).wait;
        desk.wait(wait);
        CleanConditions clean;
        clean.data_clean = true;
        ASSERT_TRUE(desk.try_half_open(btc_key, clean));
    }
    EXPECT_EQ(wait, Duration::hours(1));
    desk.wait(Duration::days(1));
    desk.gap();
    EXPECT_EQ(desk.one(btc_key).opened_today, 1);
    EXPECT_FALSE(desk.one(btc_key).manual);
}

TEST(BreakersClose, AWorkThatBeganBeforeDoesNotCountAsACompletion) {
    Desk desk;
    const ParentId old = desk.increase();
    desk.half_open();
    desk.finish(old, Completion::clean);
    EXPECT_EQ(desk.one(btc_key).clean, 0U);
}

TEST(BreakersClose, AVenueAndAnAccountReturnAfterTwoReconciliationsThatAgree) {
    Desk desk;
    const BreakerKey venue{BreakerScope::venue, 0, coin, {}, {}};
    const BreakerKey account{BreakerScope::account, 0, coin, {}, {}};
    const auto reconcile = [&](bool agrees) {
        events::Reconciled event;
        event.venue = coin;
        event.orders_agree = event.fills_agree = true;
        event.balances_agree = agrees;
        desk.emit(event);
    };
    reconcile(true);
    reconcile(true);
    desk.emit_all(on_venue(desk.all(), settings, {coin, false, false, false, {}}, desk.now));
    desk.emit_all(on_foreign_fill(desk.all(), settings, coin, desk.now));
    CleanConditions well;
    well.venue = {coin, true, true, true, {}};
    EXPECT_FALSE(desk.try_half_open(venue, well)) << "those before do not count";
    reconcile(true);
    reconcile(false);
    reconcile(true);
    EXPECT_FALSE(desk.try_half_open(account, well)) << "one of two";
    reconcile(true);
    CleanConditions away = well;
    away.venue.private_alive = false;
    EXPECT_FALSE(desk.try_half_open(venue, away));
    CleanConditions differs = well;
    differs.account_agrees = false;
    EXPECT_FALSE(desk.try_half_open(account, differs));
    EXPECT_TRUE(desk.try_half_open(venue, well));
    EXPECT_TRUE(desk.try_half_open(account, well));
    EXPECT_TRUE(desk.replays());
}

TEST(BreakersClose, ASingleRejectReopensWhatIsHalfOpen) {
    Desk desk;
    const BreakerKey pair{BreakerScope::agent_instrument, 0, {}, btc, agent};
    const auto reject = [&] {
        events::OrderSubmitted order;
        order.order.agent = agent;
        order.order.instrument = btc;
        order.order.venue = coin;
        order.order.quantity = 1_quantity;
        const OrderId id{desk.emit(order)};
        desk.emit(events::OrderRejected{id, RejectReason::other, {}, {}});
        desk.emit_all(on_venue_reject(desk.all(), settings, agent, btc, desk.now));
    };
    for (int i = 0; i < 5; ++i) reject();
    EXPECT_EQ(desk.one(pair).wait, Duration::minutes(5));
    desk.wait(Duration::minutes(5));
    ASSERT_TRUE(desk.try_half_open(pair, {}));
    reject();
    EXPECT_EQ(desk.one(pair).state, BreakerState::open);
    EXPECT_EQ(desk.one(pair).wait, Duration::minutes(30));
}

TEST(BreakersClose, PeopleOpenAndResetWithAPrincipalAndAReason) {
    Desk desk;
    Command command;
    command.kind = CommandKind::open_breaker;
    command.scope = static_cast<std::uint8_t>(BreakerScope::agent);
    command.agent = agent;
    EXPECT_FALSE(on_command(desk.all(), settings, command, desk.now).event);
    command.principal = "ada";
    EXPECT_FALSE(on_command(desk.all(), settings, command, desk.now).event);
    command.reason = "looks odd";
    const BreakerDecision opened = on_command(desk.all(), settings, command, desk.now);
    ASSERT_TRUE(opened.event);
    EXPECT_TRUE(opened.event->manual);
    EXPECT_EQ(opened.event->principal, "ada");
    desk.emit(*opened.event);
    EXPECT_TRUE(view(desk.all(), coin, btc, agent).open);
    EXPECT_FALSE(view(desk.all(), coin, btc, AgentId{2}).open);
    EXPECT_FALSE(on_command(desk.all(), settings, command, desk.now).event) << "open already";

    command.kind = CommandKind::reset_breaker;
    const BreakerDecision reset = on_command(desk.all(), settings, command, desk.now);
    ASSERT_TRUE(reset.event);
    EXPECT_EQ(reset.event->to, BreakerState::closed);
    EXPECT_EQ(reset.event->reason, "looks odd");
    desk.emit(*reset.event);
    EXPECT_FALSE(view(desk.all(), coin, btc, agent).open);
    EXPECT_EQ(on_command(desk.all(), settings, command, desk.now).refusal,
              "this breaker is closed");
    for (const auto scope : {BreakerScope::venue, BreakerScope::account, BreakerScope::instrument,
                             BreakerScope::agent_instrument}) {
        command.scope = static_cast<std::uint8_t>(scope);
        EXPECT_FALSE(on_command(desk.all(), settings, command, desk.now).event) << "no id";
    }
    command.scope = 99;
    EXPECT_FALSE(on_command(desk.all(), settings, command, desk.now).event);
    EXPECT_TRUE(desk.replays());
}

TEST(BreakersClose, AResumeClosesTheGlobalBreakerAndThoseOfAccounts) {
    Desk desk;
    desk.gap();
    desk.emit_all(on_disk(desk.all(), settings, DiskReserve::low, desk.now));
    desk.emit_all(on_foreign_fill(desk.all(), settings, coin, desk.now));
    Command command;
    command.principal = "ada";
    desk.emit_all(on_resume(desk.all(), command));
    EXPECT_EQ(desk.one(BreakerKey{}).state, BreakerState::closed);
    EXPECT_TRUE(view(desk.all(), coin, btc, agent).account_trusted);
    EXPECT_EQ(desk.one(btc_key).state, BreakerState::open) << "not the book's";
}

}  // namespace
}  // namespace grekko::risk::tests
