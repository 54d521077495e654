// covers: core/engine/guard.cpp core/engine/watch.cpp core/risk/breakers_open.cpp
// covers: core/risk/breakers_close.cpp
// The rows of the trading rules §5.3 through the engine: when a breaker opens, what follows, and
// how it closes.
#include <gtest/gtest.h>

#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

using events::BreakerScope;
using events::BreakerState;
using risk::BreakerCause;
using risk::BreakerKey;

const BreakerKey global{};
const BreakerKey venue{BreakerScope::venue, 0, first, {}, {}};
const BreakerKey account{BreakerScope::account, 0, first, {}, {}};
const BreakerKey coin{BreakerScope::instrument, 0, {}, btc, {}};
const BreakerKey agent{BreakerScope::agent, 0, {}, {}, one};
const BreakerKey pair{BreakerScope::agent_instrument, 0, {}, btc, one};

bool is_open(const Desk& desk, const BreakerKey& key, BreakerCause why) {
    const risk::Breaker& found = desk.breaker(key);
    return found.state == BreakerState::open && (found.causes & risk::bit(why)) != 0;
}

// A bid of agent three that rests, and a coin that agent two holds.
void rest_and_hold(Desk& desk) {
    take_position(desk, two, btc, 1_d, 100_price, 50_price);
    Action bid = Desk::target(btc, 1_d);
    bid.working.urgency = Urgency::passive;
    bid.working.passive_for = Duration::hours(2);
    desk.answer(three, {bid});
    ASSERT_EQ(desk.open_orders.size(), 1U);
}

Plan unlimited() {
    Plan plan;
    plan.settings.risk.disabled = every_check & ~risk::bit(Check::breaker);
    return plan;
}

class Breakers : public ::testing::Test {
protected:
    void show(Duration by) {
        for (Instant end = desk.now + by; desk.now < end;) {
            desk.advance(std::min(Duration::seconds(1), end - desk.now));
            desk.book(btc, {{Side::buy, 99.99_price, 100'000_quantity},
                            {Side::sell, 100.01_price, 100'000_quantity}});
        }
    }
    void clean_fill(AgentId who, Decimal quantity) {
        take_position(desk, who, btc, quantity, 100_price, 50_price);
    }
    Desk desk{unlimited()};
};

TEST_F(Breakers, StaleDataOpensAfterFiveSecondsAndCancelsWhatRests) {
    rest_and_hold(desk);
    desk.price(btc, 100_price);
    desk.advance(Duration::seconds(5));
    desk.tick();
    EXPECT_EQ(desk.breaker(coin).state, BreakerState::closed);
    EXPECT_EQ(desk.open_orders.size(), 1U);
    desk.advance(Duration::milliseconds(250));
    desk.tick();
    EXPECT_TRUE(is_open(desk, coin, BreakerCause::data_stale));
    EXPECT_TRUE(desk.open_orders.empty());
    EXPECT_EQ(desk.held(two, btc), 1_quantity);
}

TEST_F(Breakers, AGapOpensAtOnce) {
    rest_and_hold(desk);
    desk.gap(btc);
    desk.advance(Duration::milliseconds(250));
    desk.tick();
    EXPECT_TRUE(is_open(desk, coin, BreakerCause::data_gap));
    EXPECT_TRUE(desk.open_orders.empty());
}

TEST_F(Breakers, ABookCrossedForMoreThanASecondOpens) {
    rest_and_hold(desk);
    const auto crossed = [&](Duration after) {
        desk.advance(after);
        desk.quote(btc, 100.01_price, 100_price);
    };
    crossed(Duration::seconds(1));
    crossed(Duration::milliseconds(500));
    crossed(Duration::milliseconds(500));
    EXPECT_EQ(desk.breaker(coin).state, BreakerState::closed) << "one second and no more";
    crossed(Duration::milliseconds(250));
    EXPECT_TRUE(is_open(desk, coin, BreakerCause::data_crossed));
}

TEST_F(Breakers, ThirtyCleanSecondsHalfOpenIt) {
    rest_and_hold(desk);
    desk.gap(btc);
    desk.advance(Duration::milliseconds(250));
    desk.tick();
    const Instant opened = desk.now;
    show(Duration::seconds(29));
    EXPECT_EQ(desk.breaker(coin).state, BreakerState::open);
    show(Duration::seconds(2));
    EXPECT_EQ(desk.breaker(coin).state, BreakerState::half_open);
    EXPECT_GE(desk.now - opened, Duration::seconds(30));
}

TEST_F(Breakers, ThreeOrdersInDoubtWithinAMinuteOpenTheVenue) {
    desk.accepts = false;
    const auto doubtful = [&](AgentId who) {
        desk.refresh();
        desk.answer(who, {Desk::target(btc, 1_d)});
        desk.give(desk.about(desk.placed.back().id, ReportKind::ambiguous));
    };
    doubtful(one);
    doubtful(two);
    EXPECT_EQ(desk.breaker(venue).state, BreakerState::closed);
    doubtful(three);
    EXPECT_TRUE(is_open(desk, venue, BreakerCause::unknown_outcomes));
    desk.refresh();
    EXPECT_EQ(buy(desk, 1_d, {}, eth).reason, static_cast<std::uint8_t>(Check::breaker));
}

TEST_F(Breakers, AnOrderInDoubtLongAgoNoLongerCounts) {
    desk.accepts = false;
    const auto doubtful = [&](AgentId who) {
        desk.refresh();
        desk.answer(who, {Desk::target(btc, 1_d)});
        const OrderId id = desk.placed.back().id;
        desk.give(desk.about(id, ReportKind::ambiguous));
        desk.end(id, ReportKind::cancelled);
        for (int i = 0; i < 2; ++i)
            desk.expire(who); // what is left is routed twice more
    };
    doubtful(one);
    doubtful(two);
    desk.advance(Duration::seconds(61));
    doubtful(three);
    EXPECT_EQ(desk.breaker(venue).state, BreakerState::closed);
}

TEST_F(Breakers, ALostStreamOpensTheVenueAndItsBidsAreCancelled) {
    rest_and_hold(desk);
    desk.reconciles = false;
    desk.venue(ReportKind::private_lost);
    EXPECT_TRUE(is_open(desk, venue, BreakerCause::private_lost));
    desk.advance(Duration::seconds(6));
    EXPECT_TRUE(desk.open_orders.empty());
    desk.refresh();
    EXPECT_EQ(buy(desk, 1_d, {}, eth).verdict, Verdict::denied);
}

TEST_F(Breakers, AVenueThatIsGoneOpensAndTwoReconciliationsHalfOpenIt) {
    desk.venue(ReportKind::disconnected);
    EXPECT_TRUE(is_open(desk, venue, BreakerCause::venue_lost));
    desk.advance(Duration::seconds(1));
    desk.venue(ReportKind::connected);
    desk.venue(ReportKind::private_restored);
    desk.live(Duration::seconds(1));
    const std::size_t before = desk.all<events::Reconciled>().size();
    while (desk.breaker(venue).state == BreakerState::open) {
        desk.live(Duration::seconds(1));
        ASSERT_LT(desk.all<events::Reconciled>().size(), before + 4);
    }
    EXPECT_EQ(desk.breaker(venue).state, BreakerState::half_open);
}

TEST_F(Breakers, AClockMoreThanASecondOffOpensTheVenue) {
    desk.venue(ReportKind::clock, 1_d);
    EXPECT_EQ(desk.breaker(venue).state, BreakerState::closed);
    desk.venue(ReportKind::clock, -1.011_d);
    EXPECT_TRUE(is_open(desk, venue, BreakerCause::clock));
}

TEST_F(Breakers, AnAccountThatDiffersForTenSecondsOpensAndTakesProtectionOff) {
    take_position(desk, two, btc, 1_d, 100_price, 50_price);
    desk.unbooked["USD"] = 5_d;
    while (desk.all<events::Reconciled>().back().balances_agree)
        desk.live(Duration::seconds(1));
    const Instant found = desk.now;
    EXPECT_EQ(desk.breaker(account).state, BreakerState::closed) << "seen, but not for 10 s";
    while (desk.breaker(account).state == BreakerState::closed) {
        desk.live(Duration::seconds(1));
        ASSERT_LT(desk.now - found, Duration::seconds(20));
    }
    EXPECT_GE(desk.now - found, Duration::seconds(9));
    EXPECT_TRUE(is_open(desk, account, BreakerCause::account_mismatch));
    EXPECT_EQ(desk.state(), events::BookState::reducing);
    EXPECT_TRUE(desk.engine.state().risk.book.frozen);
}

TEST_F(Breakers, TwoReconciliationsThatAgreeTakeTheDoubtAboutAnAccountAway) {
    take_position(desk, two, btc, 1_d, 100_price, 50_price);
    desk.unbooked["USD"] = 5_d;
    for (int i = 0; i < 120 && desk.breaker(account).state == BreakerState::closed; ++i)
        desk.live(Duration::seconds(1));
    ASSERT_EQ(desk.breaker(account).state, BreakerState::open);
    desk.unbooked.clear();
    const std::size_t before = desk.all<events::Reconciled>().size();
    while (desk.all<events::Reconciled>().size() == before)
        desk.live(Duration::milliseconds(100));
    EXPECT_EQ(desk.breaker(account).state, BreakerState::open) << "one is not enough";
    EXPECT_EQ(desk.state(), events::BookState::reducing);
    while (desk.all<events::Reconciled>().size() == before + 1)
        desk.live(Duration::milliseconds(100));
    EXPECT_EQ(desk.breaker(account).state, BreakerState::half_open);
    EXPECT_EQ(desk.state(), events::BookState::active);
    EXPECT_FALSE(desk.engine.state().risk.book.frozen);
}

// What rests for hours must not hide a difference for hours; what is on its way may explain one.
TEST_F(Breakers, AnAccountIsComparedWhileOrdersRestAndNotWhileOneIsInFlight) {
    for (const bool in_flight : {false, true}) {
        Desk book{unlimited()};
        rest_and_hold(book);
        book.unbooked["USD"] = 5_d;
        while (book.all<events::Reconciled>().back().balances_agree)
            book.live(Duration::seconds(1));
        book.accepts = !in_flight;
        book.answer(one, {Desk::target(eth, 1_d)});
        book.live(Duration::seconds(25));
        EXPECT_FALSE(book.all<events::Reconciled>().back().balances_agree);
        EXPECT_EQ(book.breaker(account).state == BreakerState::open, !in_flight);
    }
}

TEST_F(Breakers, ADifferenceOfNoMoreThanALotIsNone) {
    desk.unbooked["BTC"] = 0.01_d;
    desk.live(Duration::seconds(90));
    EXPECT_EQ(desk.breaker(account).state, BreakerState::closed);
}

TEST_F(Breakers, AForeignFillOpensTheAccount) {
    VenueReport report;
    report.kind = ReportKind::filled;
    report.venue = first;
    report.instrument = btc;
    report.foreign = true;
    report.fill.venue = first;
    report.fill.instrument = btc;
    report.fill.price = 100_price;
    report.fill.quantity = 1_quantity;
    report.fill.trade_id = "foreign";
    report.fill.exchange_at = desk.now;
    desk.give(report);
    EXPECT_TRUE(is_open(desk, account, BreakerCause::foreign_fill));
    EXPECT_EQ(desk.state(), events::BookState::reducing);
}

class Rejects : public Breakers {
protected:
    void reject(RejectReason why) {
        desk.refresh();
        desk.answer(one, {Desk::target(btc, 1_d)});
        desk.end(desk.placed.back().id, ReportKind::rejected, why);
        for (int i = 0; i < 3 && !desk.open_orders.empty(); ++i) {
            desk.end(desk.open_orders.begin()->first, ReportKind::expired);
        }
        desk.advance(Duration::milliseconds(1'100));
    }
};

TEST_F(Rejects, FiveOfAVenueInAMinuteOpenTheAgentOnTheInstrument) {
    while (desk.all<events::OrderRejected>().size() < 4)
        reject(RejectReason::other);
    EXPECT_EQ(desk.breaker(pair).state, BreakerState::closed);
    while (desk.all<events::OrderRejected>().size() < 5)
        reject(RejectReason::other);
    EXPECT_TRUE(is_open(desk, pair, BreakerCause::rejects));
    EXPECT_EQ(desk.breaker(pair).retry_at - desk.breaker(pair).opened_at, Duration::minutes(5));
    EXPECT_EQ(desk.breaker(coin).state, BreakerState::closed);
}

TEST_F(Rejects, CloseByThemselvesAfterFiveMinutesAndAgainAfterThirty) {
    while (desk.breaker(pair).state == BreakerState::closed)
        reject(RejectReason::other);
    const auto half_open_after = [&](Duration wait) {
        desk.live(desk.breaker(pair).opened_at + wait - Duration::seconds(1) - desk.now);
        EXPECT_EQ(desk.breaker(pair).state, BreakerState::open);
        desk.live(Duration::seconds(2));
        EXPECT_EQ(desk.breaker(pair).state, BreakerState::half_open);
    };
    half_open_after(Duration::minutes(5));
    reject(RejectReason::other);
    ASSERT_EQ(desk.breaker(pair).state, BreakerState::open) << "one is enough now";
    half_open_after(Duration::minutes(30));
}

TEST_F(Rejects, LongerThanAMinuteAgoNoLongerCount) {
    while (desk.all<events::OrderRejected>().size() < 4)
        reject(RejectReason::other);
    desk.live(Duration::seconds(61));
    const std::size_t before = desk.all<events::OrderRejected>().size();
    while (desk.all<events::OrderRejected>().size() < before + 1)
        reject(RejectReason::other);
    EXPECT_EQ(desk.breaker(pair).state, BreakerState::closed);
}

TEST_F(Rejects, PostOnlyOrdersThatWouldHaveTakenAreNotCounted) {
    for (int i = 0; i < 8; ++i)
        reject(RejectReason::post_only_would_take);
    EXPECT_EQ(desk.breaker(pair).state, BreakerState::closed);
}

// The estimate is half a spread of 1 bp: 3 x 1 bp + 10 bp over M is the last fill that is not bad.
TEST_F(Breakers, ThreeFillsFarBeyondTheirEstimateOpenTheAgentOnTheInstrument) {
    const auto filled_at = [&](Price at) {
        desk.refresh();
        const Decimal next = desk.held(one, btc).decimal() + 1_d;
        desk.answer(one, {Desk::target(btc, next)});
        desk.fill(desk.placed.back().id, 1_quantity, at);
        desk.advance(Duration::milliseconds(1'100));
    };
    for (int i = 0; i < 4; ++i)
        filled_at(100.13_price);
    EXPECT_EQ(desk.breaker(pair).state, BreakerState::closed);
    filled_at(100.14_price);
    filled_at(100.14_price);
    EXPECT_EQ(desk.breaker(pair).state, BreakerState::closed);
    filled_at(100.14_price);
    EXPECT_TRUE(is_open(desk, pair, BreakerCause::bad_fills));
}

TEST_F(Breakers, FiveFaultsInTenMinutesOpenTheAgentAndCancelItsBids) {
    take_position(desk, two, btc, 1_d, 100_price, 50_price);
    Action bid = Desk::target(btc, 1_d);
    bid.working.urgency = Urgency::passive;
    desk.answer(one, {bid});
    ASSERT_EQ(desk.open_orders.size(), 1U);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(desk.breaker(agent).state, BreakerState::closed);
        AgentFault fault;
        fault.agent = one;
        fault.kind = FaultKind::error;
        fault.generation = Generation{1};
        desk.give(fault);
    }
    EXPECT_TRUE(is_open(desk, agent, BreakerCause::faults));
    EXPECT_FALSE(desk.breaker(agent).manual);
    EXPECT_TRUE(desk.open_orders.empty());
}

TEST(AgentBreaker, TheSixthRepetitionInAMinuteOpensItUntilAnOperatorResets) {
    Plan plan;
    plan.settings.risk.disabled = every_check & ~set_of(Check::breaker, Check::repetition);
    Desk desk{plan};
    const auto again = [&] {
        desk.refresh();
        buy(desk, 1_d);
        desk.expire(one);
        desk.expire(one);
        desk.expire(one);
        desk.advance(Duration::seconds(2));
    };
    for (int i = 0; i < 5; ++i)
        again();
    EXPECT_EQ(desk.breaker(agent).state, BreakerState::closed);
    again();
    EXPECT_TRUE(is_open(desk, agent, BreakerCause::repetition));
    EXPECT_TRUE(desk.breaker(agent).manual);
    desk.live(Duration::hours(1));
    EXPECT_EQ(desk.breaker(agent).state, BreakerState::open);
    Command reset;
    reset.kind = CommandKind::reset_breaker;
    reset.scope = static_cast<std::uint8_t>(BreakerScope::agent);
    reset.agent = one;
    EXPECT_TRUE(desk.say(reset).accepted);
    EXPECT_EQ(desk.breaker(agent).state, BreakerState::closed);
}

// 8 % of an allocation of 5 000 are 400: 40 coins and 10 of price.
TEST(AgentBreaker, ADrawdownOfEightPercentOfTheAllocationOpensItUntilAnOperatorResets) {
    Plan plan;
    plan.settings.risk.disabled = every_check & ~set_of(Check::agent_loss);
    plan.allocation = 5'000_notional;
    Desk desk{plan};
    take_position(desk, one, btc, 40_d, 100_price, 20_price);
    desk.live(Duration::minutes(1));
    const auto asks_at = [&](Price at) {
        desk.price(btc, at);
        desk.live(Duration::seconds(2));
        buy(desk, 1_d, {}, eth);
        for (int i = 0; i < 3; ++i)
            desk.expire(one); // what is left is routed twice more
    };
    asks_at(90.01_price);
    EXPECT_EQ(desk.breaker(agent).state, BreakerState::closed);
    asks_at(90_price);
    EXPECT_TRUE(is_open(desk, agent, BreakerCause::agent_loss));
    EXPECT_TRUE(desk.breaker(agent).manual);
}

TEST(AgentBreaker, TwelveLosingRoundTripsOpenItUntilAnOperatorResets) {
    Plan plan;
    plan.settings.risk.disabled = every_check & ~set_of(Check::losing_run);
    Desk desk{plan};
    const auto loses = [&](int trips) {
        for (int i = 0; i < trips; ++i) {
            desk.answer(one, {Desk::target(btc, 1_d)});
            desk.fill(desk.placed.back().id, desk.placed.back().quantity, 100_price);
            desk.live(Duration::seconds(3));
            desk.answer(one, {Desk::target(btc, 0_d)});
            desk.fill(desk.placed.back().id, desk.placed.back().quantity, 99_price);
            desk.live(Duration::seconds(3));
        }
        buy(desk, 1_d, {}, eth);
        for (int i = 0; i < 3; ++i)
            desk.expire(one);
        desk.live(Duration::seconds(2));
    };
    loses(11);
    EXPECT_EQ(desk.breaker(agent).state, BreakerState::closed);
    loses(1);
    EXPECT_TRUE(is_open(desk, agent, BreakerCause::losing_run));
    EXPECT_TRUE(desk.breaker(agent).manual);
}

TEST(AgentBreaker, KeepsPositionsWithTheirStopsOrFlattensThemAsConfigured) {
    for (const auto what : {engine::OnDisable::keep_with_stops, engine::OnDisable::flatten}) {
        Plan plan = unlimited();
        plan.settings.on_disable = what;
        Desk desk{plan};
        take_position(desk, one, btc, 1_d, 100_price, 50_price);
        Command open;
        open.kind = CommandKind::open_breaker;
        open.scope = static_cast<std::uint8_t>(BreakerScope::agent);
        open.agent = one;
        EXPECT_TRUE(desk.say(open).accepted);
        const bool leaves = what == engine::OnDisable::flatten;
        EXPECT_EQ(desk.placed.back().purpose == Purpose::flatten, leaves);
        EXPECT_TRUE(
            risk::unprotected(desk.engine.state().risk.stops, one, btc, 1_quantity).is_zero());
    }
}

// 8 % in five minutes of what is held: not of what is only looked at.
TEST_F(Breakers, AMoveOfEightPercentInFiveMinutesOpensTheBookFor15Minutes) {
    take_position(desk, two, btc, 1_d, 100_price, 20_price);
    desk.price(eth, 80_price);
    desk.live(Duration::seconds(1));
    EXPECT_EQ(desk.breaker(global).state, BreakerState::closed);
    desk.price(btc, 92.01_price);
    desk.live(Duration::seconds(1));
    EXPECT_EQ(desk.breaker(global).state, BreakerState::closed);
    desk.price(btc, 92_price);
    desk.live(Duration::seconds(1));
    EXPECT_TRUE(is_open(desk, global, BreakerCause::price_move));
    EXPECT_EQ(desk.breaker(global).retry_at - desk.breaker(global).opened_at,
              Duration::minutes(15));
    EXPECT_EQ(desk.state(), events::BookState::active) << "no increases, no more";
    desk.live(Duration::minutes(15) - Duration::seconds(1));
    EXPECT_EQ(desk.breaker(global).state, BreakerState::open);
    desk.live(Duration::seconds(2));
    EXPECT_EQ(desk.breaker(global).state, BreakerState::half_open);
}

// 400 coins: half of N at 125, 1.25 times as much at 156.25.
TEST(PriceAlone, TakesAnInstrumentOrAnAgentBeyondItsLimitAndOpensItsBreaker) {
    const struct {
        Check check;
        BreakerKey key;
    } rows[] = {{Check::instrument, coin}, {Check::agent_gross, agent}};
    for (const auto& row : rows) {
        Plan plan;
        plan.settings.risk.disabled = every_check & ~risk::bit(row.check);
        Desk desk{plan};
        take_position(desk, one, btc, 400_d, 100_price, 20_price);
        desk.price(btc, 156_price);
        EXPECT_EQ(desk.breaker(row.key).state, BreakerState::closed);
        desk.price(btc, 157_price);
        EXPECT_TRUE(is_open(desk, row.key, BreakerCause::limit_by_price));
        desk.live(Duration::minutes(3));
        EXPECT_EQ(desk.breaker(row.key).state, BreakerState::open) << "still above";
        desk.price(btc, 124_price);
        desk.live(Duration::seconds(65));
        EXPECT_EQ(desk.breaker(row.key).state, BreakerState::half_open);
    }
}

TEST_F(Breakers, ASlowMoveOpensNothing) {
    take_position(desk, two, btc, 1_d, 100_price, 20_price);
    for (int i = 1; i <= 8; ++i) {
        desk.price(btc, 100_price - 2_price * i);
        desk.live(Duration::minutes(2));
    }
    EXPECT_EQ(desk.breaker(global).state, BreakerState::closed);
}

TEST(GlobalBreaker, AQuoteCurrencyThreePercentOffParHaltsUntilAnOperatorResumes) {
    Plan plan = unlimited();
    plan.stable_money = 10'000_d;
    Desk desk{plan};
    desk.quote(usdc, 0.9701_price, 0.9701_price + 0.0001_price);
    desk.live(Duration::seconds(1));
    EXPECT_EQ(desk.state(), events::BookState::active);
    desk.quote(usdc, 0.9699_price, 0.9701_price);
    desk.live(Duration::seconds(1));
    EXPECT_TRUE(is_open(desk, global, BreakerCause::quote_par));
    EXPECT_EQ(desk.state(), events::BookState::halted);
    EXPECT_FALSE(desk.say(CommandKind::resume).accepted) << "still off par";
    desk.quote(usdc, 0.9999_price, 1.0001_price);
    desk.live(Duration::seconds(1));
    EXPECT_EQ(desk.state(), events::BookState::halted);
    EXPECT_TRUE(desk.say(CommandKind::resume).accepted);
    EXPECT_EQ(desk.state(), events::BookState::active);
}

class HalfOpen : public Breakers {
protected:
    void open_by_gap() {
        desk.gap(btc);
        desk.advance(Duration::milliseconds(250));
        desk.tick();
        ASSERT_EQ(desk.breaker(coin).state, BreakerState::open);
    }
    void until_half_open() {
        for (int i = 0; i < 8'000 && desk.breaker(coin).state == BreakerState::open; ++i) {
            show(Duration::seconds(1));
        }
        ASSERT_EQ(desk.breaker(coin).state, BreakerState::half_open);
    }
    void SetUp() override { take_position(desk, two, btc, 1_d, 100_price, 50_price); }
};

TEST_F(HalfOpen, AdmitsOneIncreaseAtATime) {
    open_by_gap();
    until_half_open();
    EXPECT_EQ(buy(desk, 1_d).verdict, Verdict::approved);
    EXPECT_EQ(buy(desk, 1_d, {}, btc, three).reason, static_cast<std::uint8_t>(Check::breaker));
    desk.fill(desk.placed.back().id, 1_quantity, 100_price);
    show(Duration::seconds(2));
    EXPECT_EQ(buy(desk, 1_d, {}, btc, three).verdict, Verdict::approved);
}

TEST_F(HalfOpen, ThreeCleanCompletionsCloseIt) {
    open_by_gap();
    until_half_open();
    clean_fill(one, 1_d);
    clean_fill(one, 2_d);
    EXPECT_EQ(desk.breaker(coin).state, BreakerState::half_open);
    clean_fill(one, 3_d);
    EXPECT_EQ(desk.breaker(coin).state, BreakerState::closed);
}

TEST_F(HalfOpen, AFailureOpensItAgainForTwiceAsLong) {
    open_by_gap();
    EXPECT_EQ(desk.breaker(coin).wait, Duration::seconds(30));
    until_half_open();
    buy(desk, 1_d);
    desk.end(desk.placed.back().id, ReportKind::rejected, RejectReason::other);
    EXPECT_EQ(desk.breaker(coin).state, BreakerState::open);
    EXPECT_EQ(desk.breaker(coin).wait, Duration::seconds(60));
}

TEST_F(HalfOpen, TheThirdOpeningOfADayWaitsForAnOperator) {
    open_by_gap();
    for (int i = 0; i < 2; ++i) {
        EXPECT_FALSE(desk.breaker(coin).manual);
        until_half_open();
        open_by_gap();
    }
    EXPECT_TRUE(desk.breaker(coin).manual);
    show(Duration::minutes(70));
    EXPECT_EQ(desk.breaker(coin).state, BreakerState::open);
}

TEST_F(HalfOpen, SurvivesARestart) {
    open_by_gap();
    EXPECT_EQ(desk.replayed(), desk.engine.digest());
    until_half_open();
    clean_fill(one, 1_d);
    EXPECT_EQ(desk.replayed(), desk.engine.digest());
    Desk after{desk.plan, desk};
    EXPECT_EQ(after.breaker(coin).state, BreakerState::half_open);
    EXPECT_EQ(after.breaker(coin).clean, 1U);
}

} // namespace
} // namespace grekko::test
