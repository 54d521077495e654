// covers: breakers_parts.hpp
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

events::OrderSubmitted order(Purpose purpose = Purpose::increase) {
    events::OrderSubmitted event;
    event.order.agent = agent;
    event.order.instrument = btc;
    event.order.venue = coin;
    event.order.purpose = purpose;
    event.order.quantity = 1_quantity;
    event.order.limit = 100_price;
    return event;
}

// What the event says, for a row of the table.
struct Expected {
    BreakerScope scope;
    BreakerCause cause;
    bool manual;
    Duration wait;
};
void expect_opens(const Journal& journal, const BreakerEvents& events, const Expected& expected) {
    ASSERT_EQ(events.size(), 1U) << name(expected.cause);
    const events::BreakerChanged& event = events.front();
    EXPECT_EQ(event.scope, expected.scope) << name(expected.cause);
    EXPECT_EQ(event.to, BreakerState::open);
    EXPECT_EQ(event.from, BreakerState::closed);
    EXPECT_EQ(event.cause, static_cast<std::uint32_t>(expected.cause));
    EXPECT_EQ(event.manual, expected.manual);
    EXPECT_EQ(event.opened_today, 1);
    const Instant retry = expected.manual ? Instant{} : journal.now + expected.wait;
    EXPECT_EQ(event.retry_at, retry) << name(expected.cause);
}

TEST(BreakersOpen, OpensOnBadDataOfAnInstrumentOrAVenue) {
    const Journal journal;
    const Breakers& none = journal.state.breakers;
    const auto ms = [](std::int64_t n) { return Duration::milliseconds(n); };
    const Duration wait = Duration::seconds(30);
    EXPECT_TRUE(on_data(none, settings, {btc, {}, ms(5'000), ms(1'000), false}, journal.now)
                    .empty());
    expect_opens(journal, on_data(none, settings, {btc, {}, ms(5'001), {}, false}, journal.now),
                 {BreakerScope::instrument, BreakerCause::data_stale, false, wait});
    expect_opens(journal, on_data(none, settings, {btc, {}, {}, ms(1'001), false}, journal.now),
                 {BreakerScope::instrument, BreakerCause::data_crossed, false, wait});
    expect_opens(journal, on_data(none, settings, {{}, coin, {}, {}, true}, journal.now),
                 {BreakerScope::venue, BreakerCause::data_gap, false, wait});
    EXPECT_TRUE(on_data(none, settings, {{}, {}, {}, {}, true}, journal.now).empty());
}

TEST(BreakersOpen, MovesTheResetOnWhileDataStaysBadButNotWithEveryRecord) {
    Journal journal;
    const DataCondition stale{btc, {}, Duration::seconds(6), {}, false};
    journal.emit_all(on_data(journal.state.breakers, settings, stale, journal.now));
    journal.wait(Duration::seconds(4));
    EXPECT_TRUE(on_data(journal.state.breakers, settings, stale, journal.now).empty());
    journal.wait(Duration::seconds(1));
    const BreakerEvents later = on_data(journal.state.breakers, settings, stale, journal.now);
    ASSERT_EQ(later.size(), 1U);
    EXPECT_EQ(later.front().from, BreakerState::open);
    EXPECT_EQ(later.front().opened_today, 1);
    EXPECT_EQ(later.front().retry_at, journal.now + Duration::seconds(30));
}

TEST(BreakersOpen, OpensTheVenueAfterThreeOrdersInDoubtWithinAMinute) {
    Journal journal;
    std::vector<OrderId> orders;
    for (int i = 0; i < 3; ++i) orders.push_back(OrderId{journal.emit(order())});
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(
            on_unknown_outcome(journal.state.breakers, settings, coin, journal.now).empty());
        journal.emit(events::OrderUnknown{orders[static_cast<std::size_t>(i)], 0, 0});
        journal.emit(events::OrderUnknown{orders[static_cast<std::size_t>(i)], 1, 0});
        journal.wait(Duration::seconds(20));
    }
    expect_opens(journal, on_unknown_outcome(journal.state.breakers, settings, coin, journal.now),
                 {BreakerScope::venue, BreakerCause::unknown_outcomes, false, {}});
    journal.wait(Duration::seconds(1));
    EXPECT_TRUE(on_unknown_outcome(journal.state.breakers, settings, coin, journal.now).empty())
        << "the first is more than a minute old";
    EXPECT_TRUE(journal.replays());
}

TEST(BreakersOpen, OpensTheVenueWhenItIsLostOrItsClockIsOff) {
    const Journal journal;
    const Breakers& none = journal.state.breakers;
    const auto opens = [&](VenueCondition condition, BreakerCause cause) {
        expect_opens(journal, on_venue(none, settings, condition, journal.now),
                     {BreakerScope::venue, cause, false, {}});
    };
    EXPECT_TRUE(
        on_venue(none, settings, {coin, true, true, true, Duration::seconds(1)}, journal.now)
            .empty());
    opens({coin, false, true, true, {}}, BreakerCause::venue_lost);
    opens({coin, true, true, false, {}}, BreakerCause::venue_lost);
    opens({coin, true, false, true, {}}, BreakerCause::private_lost);
    opens({coin, true, true, true, Duration::milliseconds(1'001)}, BreakerCause::clock);
    opens({coin, true, true, true, Duration::milliseconds(-1'001)}, BreakerCause::clock);
}

TEST(BreakersOpen, OpensTheAccountOnlyForALastingDifferenceWithNothingInFlight) {
    const Journal journal;
    const Breakers& none = journal.state.breakers;
    AccountCondition off{coin, -0.02_quantity, 0.01_quantity, Duration::seconds(10), false};
    expect_opens(journal, on_account_mismatch(none, settings, off, journal.now),
                 {BreakerScope::account, BreakerCause::account_mismatch, false, {}});
    AccountCondition one_lot = off;
    one_lot.difference = 0.01_quantity;
    EXPECT_TRUE(on_account_mismatch(none, settings, one_lot, journal.now).empty());
    AccountCondition young = off;
    young.lasted = Duration::milliseconds(9'999);
    EXPECT_TRUE(on_account_mismatch(none, settings, young, journal.now).empty());
    off.order_in_flight = true;
    EXPECT_TRUE(on_account_mismatch(none, settings, off, journal.now).empty());
    expect_opens(journal, on_foreign_fill(none, settings, coin, journal.now),
                 {BreakerScope::account, BreakerCause::foreign_fill, false, {}});
}

TEST(BreakersOpen, OpensAgentAndInstrumentAfterFiveRejectsThatAreNotPostOnly) {
    Journal journal;
    const auto reject = [&](RejectReason reason) {
        const OrderId id{journal.emit(order())};
        journal.emit(events::OrderRejected{id, reason, {}, {}});
    };
    for (int i = 0; i < 9; ++i) reject(RejectReason::post_only_would_take);
    for (int i = 0; i < 4; ++i) reject(RejectReason::other);
    EXPECT_TRUE(
        on_venue_reject(journal.state.breakers, settings, agent, btc, journal.now).empty());
    reject(RejectReason::other);
    expect_opens(journal,
                 on_venue_reject(journal.state.breakers, settings, agent, btc, journal.now),
                 {BreakerScope::agent_instrument, BreakerCause::rejects, false,
                  Duration::minutes(5)});
    journal.wait(Duration::seconds(61));
    EXPECT_TRUE(
        on_venue_reject(journal.state.breakers, settings, agent, btc, journal.now).empty());
    EXPECT_TRUE(journal.replays());
}

TEST(BreakersOpen, OpensAgentAndInstrumentAfterThreeFillsFarWorseThanEstimated) {
    Journal journal;
    // 3 × 5 bp + 10 bp = 25 bp of 100.
    const auto fill = [&](Side side, Price price) {
        return on_fill(journal.state.breakers, settings,
                       {agent, btc, side, price, 100_price, 0.0005_rate}, journal.now);
    };
    EXPECT_TRUE(fill(Side::buy, 100.25_price).empty());
    EXPECT_TRUE(fill(Side::buy, 99_price).empty()) << "better than expected";
    for (int i = 0; i < 2; ++i) {
        const BreakerEvents strike = fill(Side::sell, 99.74_price);
        ASSERT_EQ(strike.size(), 1U);
        EXPECT_EQ(strike.front().to, BreakerState::closed);
        journal.emit_all(strike);
    }
    expect_opens(journal, fill(Side::buy, 100.26_price),
                 {BreakerScope::agent_instrument, BreakerCause::bad_fills, false,
                  Duration::minutes(5)});
    journal.wait(Duration::minutes(61));
    EXPECT_EQ(fill(Side::buy, 101_price).front().to, BreakerState::closed);
    EXPECT_TRUE(journal.replays());
}

TEST(BreakersOpen, OpensTheAgentForGoodOnRepetitionLossAndLosingRun) {
    const Journal journal;
    const struct {
        Check check;
        BreakerCause cause;
    } rows[] = {{Check::repetition, BreakerCause::repetition},
                {Check::agent_loss, BreakerCause::agent_loss},
                {Check::losing_run, BreakerCause::losing_run}};
    for (const auto& row : rows) {
        expect_opens(journal,
                     on_checks(journal.state.breakers, settings, agent, bit(row.check),
                               journal.now),
                     {BreakerScope::agent, row.cause, true, {}});
    }
    EXPECT_TRUE(on_checks(journal.state.breakers, settings, agent, bit(Check::heat), journal.now)
                    .empty());
}

TEST(BreakersOpen, OpensTheAgentAfterFiveFaultsAndItReturnsByItself) {
    const Journal journal;
    EXPECT_TRUE(on_faults(journal.state.breakers, settings, agent, 4, journal.now).empty());
    expect_opens(journal, on_faults(journal.state.breakers, settings, agent, 5, journal.now),
                 {BreakerScope::agent, BreakerCause::faults, false, Duration::minutes(5)});
}

TEST(BreakersOpen, OpensAllForAPriceMoveASlowJournalALowDiskAndAQuoteOffPar) {
    const Journal journal;
    const Breakers& none = journal.state.breakers;
    const Instant now = journal.now;
    EXPECT_TRUE(on_price_move(none, settings, {107.9_price, 100_price}, now).empty());
    EXPECT_TRUE(on_price_move(none, settings, {107.9_price, {}}, now).empty());
    for (const Price price : {108_price, 92_price}) {
        expect_opens(journal, on_price_move(none, settings, {price, 100_price}, now),
                     {BreakerScope::global, BreakerCause::price_move, false,
                      Duration::minutes(15)});
    }
    const auto journal_at = [&](std::int64_t p99, std::int64_t lasted) {
        return on_journal_latency(
            none, settings, {Duration::milliseconds(p99), Duration::seconds(lasted)}, now);
    };
    EXPECT_TRUE(journal_at(100, 60).empty());
    EXPECT_TRUE(journal_at(101, 9).empty());
    expect_opens(journal, journal_at(101, 10),
                 {BreakerScope::global, BreakerCause::journal_slow, false, Duration::seconds(10)});
    EXPECT_TRUE(on_disk(none, settings, DiskReserve::enough, now).empty());
    expect_opens(journal, on_disk(none, settings, DiskReserve::low, now),
                 {BreakerScope::global, BreakerCause::disk_low, false, Duration::seconds(10)});
    EXPECT_TRUE(on_par(none, settings, 0.0299_rate, now).empty());
    expect_opens(journal, on_par(none, settings, 0.03_rate, now),
                 {BreakerScope::global, BreakerCause::quote_par, true, {}});
}

TEST(BreakersOpen, OpensTheScopeOfALimitPassedByPrice) {
    const Journal journal;
    const Breakers& none = journal.state.breakers;
    const Duration wait = Duration::minutes(1);
    EXPECT_TRUE(on_limit_by_price(none, settings, btc, bit(Check::heat), journal.now).empty());
    expect_opens(journal,
                 on_limit_by_price(none, settings, btc, bit(Check::instrument), journal.now),
                 {BreakerScope::instrument, BreakerCause::limit_by_price, false, wait});
    expect_opens(journal, on_agent_limit_by_price(none, settings, agent, journal.now),
                 {BreakerScope::agent, BreakerCause::limit_by_price, false, wait});
}

TEST(BreakersOpen, AnOpenBreakerTakesAnotherCauseAndAManualOneWins) {
    Journal journal;
    journal.emit_all(on_disk(journal.state.breakers, settings, DiskReserve::low, journal.now));
    journal.emit_all(on_par(journal.state.breakers, settings, 0.05_rate, journal.now));
    const Breaker& global = breaker(journal.state.breakers, BreakerKey{});
    EXPECT_TRUE(global.manual);
    EXPECT_EQ(global.opened_today, 1);
    EXPECT_EQ(global.causes, bit(BreakerCause::disk_low) | bit(BreakerCause::quote_par));
    EXPECT_TRUE(on_par(journal.state.breakers, settings, 0.05_rate, journal.now).empty());
    EXPECT_TRUE(
        on_disk(journal.state.breakers, settings, DiskReserve::low, journal.now).empty());
}

}  // namespace
}  // namespace grekko::risk::tests
