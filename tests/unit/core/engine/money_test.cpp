#include "core/engine/engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko {
namespace {

using test::BookRun;
using test::btc;
using test::holds;
using test::hourly;
using test::ScriptedAgent;

constexpr InstrumentId eth{2};
const portfolio::State& books(const BookRun& run) {
    return run.engine.state().portfolio;
}

BookView view(const BookRun& run) {
    return run.engine.book(run.driver.now());
}

Command buy(Quantity quantity, InstrumentId instrument = btc, Urgency urgency = Urgency::urgent) {
    Command command;
    command.kind = CommandKind::submit_operator_order;
    command.instrument = instrument;
    command.side = Side::buy;
    command.urgency = urgency;
    command.quantity = quantity;
    command.principal = "ann";
    command.reason = "a test";
    return command;
}

risk::CheckSet blocked(BookRun& run) {
    const auto all = run.events<events::RiskAssessed>();
    return all.empty() ? risk::CheckSet{0} : all.back().blocked;
}

TEST(Money, FoundByTheFirstSnapshotIssuesUnits) {
    BookRun run;
    run.open({}, 100'000_d, {});
    EXPECT_EQ(books(run).units, 100'000_d);
    EXPECT_EQ(view(run).nav_per_unit, 1_rate);
    EXPECT_TRUE(run.engine.state().execution.venues.at(VenueId{1}).reconciled);
}

TEST(Money, ThatComesDuringADayIsTheBaseOfItsLimits) {
    BookRun run;
    run.open({}, 0_d, {});
    run.walk(2);
    ASSERT_FALSE(run.events<events::NavMarked>().empty());
    run.venue.deposit(100'000_d);
    run.wait(Duration::minutes(3));
    EXPECT_EQ(view(run).limit_base, 100'000_notional);
    EXPECT_EQ(view(run).nav_per_unit, 1_rate);
}

// A withdrawal once read as a drawdown and halted the book; a deposit raised the peak.
TEST(Money, ThatComesOrGoesIsNeitherProfitNorDrawdown) {
    BookRun run;
    ScriptedAgent holder{"holder", btc, hourly, holds(0.1_d, 40, 1'000)};
    run.open({&holder});
    run.walk(50);
    ASSERT_FALSE(portfolio::position(books(run), AgentId{1}, btc).quantity.is_zero());
    const BookView before = view(run);
    ASSERT_NE(before.nav_per_unit, 1_rate);
    for (const Decimal amount : {-40'000_d, 60'000_d}) {
        const Notional nav = view(run).nav;
        run.venue.deposit(amount);
        run.wait(Duration::minutes(5));
        const BookView after = view(run);
        EXPECT_EQ(after.nav, nav + Notional{amount});
        EXPECT_LT((after.nav_per_unit - before.nav_per_unit).abs(), 0.000000000001_rate);
        EXPECT_LT((after.drawdown - before.drawdown).abs(), 0.000000000001_rate);
    }
    for (const auto& change : run.events<events::BookStateChanged>())
        EXPECT_NE(change.cause, events::StateCause::drawdown);
}

// It was frozen at registration: after a withdrawal of half, a leash of 8 % was 16 % of the book.
TEST(Money, MovesWithItWhatAgentsWereGiven) {
    BookRun run;
    ScriptedAgent holder{"holder", btc, hourly, holds(0.1_d, 40, 1'000)};
    run.open({&holder});
    run.walk(50);
    const AgentBook before =
        portfolio::agent_book(books(run), run.engine.marks(run.driver.now()), AgentId{1});
    const Decimal units = books(run).units;
    run.venue.deposit(-50'000_d);
    run.wait(Duration::minutes(5));
    const AgentBook after =
        portfolio::agent_book(books(run), run.engine.marks(run.driver.now()), AgentId{1});
    EXPECT_EQ(after.allocation.decimal(),
              multiply_divide(100'000_d, books(run).units, units, Rounding::toward_zero));
    EXPECT_LT(after.allocation, 51'000_notional);
    EXPECT_EQ(after.day_pnl, before.day_pnl);
    EXPECT_EQ(after.equity - after.allocation, before.equity - before.allocation);
}

// It was booked again each minute for ever, and limits on loss never moved again.
TEST(Money, OfACoinThatIsNotListedIsBookedOnceAndIsNoPartOfNav) {
    BookRun run;
    ScriptedAgent silent{"silent", btc, hourly, {}};
    run.open({&silent});
    run.walk(2);
    run.venue.drop("XYZ", 1'000'000_d);
    run.wait(Duration::minutes(10));
    const auto booked = run.events<events::TransferBooked>();
    EXPECT_EQ(std::ranges::count(booked, Currency{"XYZ"}, &events::TransferBooked::currency), 1);
    EXPECT_EQ(portfolio::balance(books(run), VenueId{1}, "XYZ"), 1'000'000_d);
    EXPECT_TRUE(run.engine.state().execution.venues.at(VenueId{1}).reconciled);
    EXPECT_EQ(view(run).nav, 100'000_notional);
    EXPECT_FALSE(view(run).stale);
}

// A coin that has a market but no price yet: units that were guessed could never be corrected.
TEST(Money, ThatHasNoPriceYetWaitsForOne) {
    BookRun run;
    run.start = run.start - Duration::hours(4); // all of it on one day
    run.next_bar = run.start + Duration::hours(1);
    run.venue.coins(1_d);
    run.open({}, 50'000_d, {});
    EXPECT_EQ(books(run).units, 50'000_d);
    EXPECT_FALSE(run.engine.state().execution.venues.at(VenueId{1}).reconciled);
    run.walk(1);
    run.wait(Duration::minutes(1));
    EXPECT_EQ(books(run).units, 100'000_d);
    EXPECT_TRUE(run.engine.state().execution.venues.at(VenueId{1}).reconciled);
    EXPECT_EQ(view(run).limit_base, 100'000_notional);
}

TEST(Money, PaidAsAFeeThatHasNoPriceStopsIncreases) {
    BookRun run;
    run.venue.fee_currency = "BNB";
    ScriptedAgent holder{"holder", btc, hourly, holds(0.1_d, 40, 1'000)};
    run.open({&holder});
    run.walk(50);
    ASSERT_FALSE(portfolio::position(books(run), AgentId{1}, btc).quantity.is_zero());
    run.say(buy(0.1_quantity));
    EXPECT_TRUE(risk::has(blocked(run), risk::Check::quote_currency));
}

// Lines belong to the process that held them; a snapshot of the state once restored them.
TEST(Money, IsNotTradedBeforeANewOwnerHasSeenTheVenue) {
    BookRun run;
    ScriptedAgent silent{"silent", btc, hourly, {}};
    run.open({&silent});
    run.walk(50);
    IncarnationOpened opened;
    opened.incarnation = 0x5678;
    opened.epoch = 2;
    ASSERT_TRUE(run.driver.open(opened).has_value());
    run.say(buy(0.1_quantity));
    EXPECT_TRUE(risk::has(blocked(run), risk::Check::venue_ready));
    EXPECT_TRUE(run.venue.placed.empty());
    run.venue.connect(run.driver.now());
    run.wait(Duration::seconds(1));
    EXPECT_TRUE(run.engine.state().execution.venues.at(VenueId{1}).reconciled);
}

// ---- Two instruments, one of them without a mark after a restart ---------------------------

Universe two_markets() {
    Universe universe = test::one_market();
    Instrument other = universe.instruments[1];
    other.id = eth;
    other.symbol = "ETH-USD";
    other.base = "ETH";
    universe.instruments.push_back(other);
    Listing listing = universe.listings[0];
    listing.instrument = eth;
    universe.listings.push_back(listing);
    return universe;
}

void quote(engine::Engine& engine, InstrumentId instrument, Price mid, Instant at) {
    Quote record{market_head<Quote, MarketKind::quote>()};
    record.head.venue = VenueId{1};
    record.head.instrument = instrument;
    record.head.exchange_at = record.head.received_at = at;
    record.bid = mid - 0.01_price;
    record.ask = mid + 0.01_price;
    record.bid_quantity = record.ask_quantity = 10'000_quantity;
    engine.market(record.head, TapePosition{1}, at);
}

risk::CheckSet blocked(const engine::Engine& engine) {
    risk::CheckSet last{0};
    engine::for_each_record(const_cast<engine::Engine&>(engine).frame().bytes(),
                            [&](const RecordHead& head) {
                                visit_record(head, [&](const auto& body, const RecordHead&) {
                                    using Body = std::decay_t<decltype(body)>;
                                    if constexpr (std::is_same_v<Body, events::RiskAssessed>) {
                                        last = body.blocked;
                                    }
                                });
                            });
    return last;
}

TEST(Money, ThatLiesInAnInstrumentWithoutAPriceStopsIncreasesAfterARestart) {
    engine::Engine before{two_markets(), test::paper_settings()};
    Instant now = Instant::from_seconds(1'700'000'000);
    before.deposit(VenueId{1}, "USD", 100'000_d, now);
    quote(before, btc, 100_price, now);
    VenueReport foreign; // how the position came does not matter here
    foreign.kind = ReportKind::filled;
    foreign.venue = VenueId{1};
    foreign.instrument = eth;
    foreign.foreign = true;
    foreign.fill.venue = VenueId{1};
    foreign.fill.instrument = eth;
    foreign.fill.quantity = 100_quantity;
    foreign.fill.price = 100_price;
    foreign.fill.trade_id = "t1";
    foreign.fill.exchange_at = now;
    before.input(Input{now, foreign}, TapePosition{1});

    engine::Engine after{two_markets(), test::paper_settings()};
    ASSERT_TRUE(after.restore(before.save()));
    quote(after, btc, 100_price, now);
    after.input(Input{now, buy(1_quantity)}, TapePosition{1});
    EXPECT_TRUE(risk::has(blocked(after), risk::Check::data_age));
    after.clear_frame();
    quote(after, eth, 100_price, now);
    after.input(Input{now, buy(1_quantity)}, TapePosition{1});
    EXPECT_NE(blocked(after), 0U);
    EXPECT_FALSE(risk::has(blocked(after), risk::Check::data_age));
}

// ---- A fee in the base that the venue tells late --------------------------------------------

struct LateFee : testing::Test {
    static engine::Settings settings() {
        engine::Settings made = test::paper_settings();
        made.risk.disabled = ~risk::bit(risk::Check::instrument);
        return made;
    }
    BookRun run{settings()};

    void SetUp() override {
        run.venue.fills = false;
        run.open({});
        for (int i = 1; i <= 10; ++i)
            run.quote(run.driver.now() + Duration::milliseconds(500) * i, 100_price);
        ASSERT_TRUE(run.run().has_value());
        bought = order(Side::buy);
        VenueReport known = about(bought, ReportKind::order_state); // the fill itself was lost
        known.status = OrderStatus::filled;
        known.cumulative = bought.quantity;
        known.fill.price = 100_price;
        say(known);
        ASSERT_EQ(held(operator_agent), 1_quantity);
    }
    Order order(Side side) {
        Command command = buy(1_quantity);
        command.side = side;
        run.say(command);
        run.wait(Duration::milliseconds(200));
        EXPECT_FALSE(run.venue.placed.empty());
        return run.venue.placed.empty() ? Order{} : run.venue.placed.back();
    }
    static VenueReport about(const Order& order, ReportKind kind) {
        VenueReport report;
        report.kind = kind;
        report.venue = VenueId{1};
        report.instrument = btc;
        report.order = order.id;
        report.client_id = order.client_id;
        report.exchange_at = Instant::from_seconds(1'700'000'400);
        return report;
    }
    void filled(const Order& order, TradeId trade, Decimal fee, Currency currency) {
        VenueReport report = about(order, ReportKind::filled);
        report.cumulative = order.quantity;
        report.fill.order = order.id;
        report.fill.venue = VenueId{1};
        report.fill.instrument = btc;
        report.fill.side = order.side;
        report.fill.price = 100_price;
        report.fill.quantity = order.quantity;
        report.fill.fee = fee;
        report.fill.fee_currency = currency;
        report.fill.trade_id = trade;
        say(report);
    }
    void say(const VenueReport& report) {
        ASSERT_TRUE(run.driver.input(Input{run.driver.now(), report}).has_value());
    }
    Quantity held(AgentId agent) const {
        return portfolio::position(books(run), agent, btc).quantity;
    }
    Quantity covered() const {
        Quantity sum;
        for (const auto& [id, stop] : run.engine.state().risk.stops.all)
            sum += stop.quantity;
        return sum;
    }
    Order bought;
};

// The stop went on protecting what the venue had kept as its fee.
TEST_F(LateFee, LeavesStopsOfWhatIsHeld) {
    ASSERT_EQ(covered(), 1_quantity);
    filled(bought, "t1", 0.001_d, "BTC");
    EXPECT_EQ(held(operator_agent), 0.999_quantity);
    EXPECT_EQ(covered(), 0.999_quantity);
}

// All of it was sold when the fee became known: the agent was short by the fee.
TEST_F(LateFee, OfABaseThatIsSoldIsOwedByTheHouse) {
    filled(order(Side::sell), "t2", 0.1_d, "USD");
    ASSERT_EQ(held(operator_agent), 0_quantity);
    filled(bought, "t1", 0.001_d, "BTC");
    EXPECT_EQ(held(operator_agent), 0_quantity);
    EXPECT_EQ(held(house_agent), -0.001_quantity);
    EXPECT_EQ(portfolio::venue_quantity(books(run), VenueId{1}, btc), -0.001_quantity);
    const auto own = portfolio::position(books(run), operator_agent, btc);
    EXPECT_EQ(own.fees, 0.2_notional) << "both fees are its own to pay";
    EXPECT_EQ(own.realised, 0_notional);
    EXPECT_EQ(covered(), 0_quantity);
}

// ---- An order that is re-priced ------------------------------------------------------------

struct Repricing : testing::Test {
    static engine::Settings settings() {
        engine::Settings made = test::paper_settings();
        made.risk.disabled = ~risk::bit(risk::Check::instrument);
        return made;
    }
    static Universe universe() {
        Universe made = test::one_market();
        made.listings[0].replace_is_atomic = true;
        return made;
    }
    BookRun run{settings(), universe()};

    // Rests at the bid, which then goes up until the order is being replaced.
    void SetUp() override {
        run.venue.fills = false;
        run.open({});
        const Instant from = run.driver.now();
        for (int i = 1; i <= 10; ++i)
            run.quote(from + Duration::milliseconds(500) * i, 100_price);
        ASSERT_TRUE(run.run().has_value());
        run.say(buy(350_quantity, btc, Urgency::passive)); // 70 % of what check 23 allows
        run.wait(Duration::seconds(1));
        ASSERT_EQ(run.venue.open_orders(), 1U);
        for (int i = 1; i <= 4; ++i)
            run.quote(run.driver.now() + Duration::milliseconds(200) * i, 100.5_price);
        ASSERT_TRUE(run.run().has_value());
        for (int i = 0; i < 200 && replaces() == 0; ++i)
            run.wait(Duration::milliseconds(20));
        ASSERT_EQ(replaces(), 1U);
    }
    std::size_t replaces() { return run.events<events::ReplaceRequested>().size(); }
};

// Both versions were counted, though only one of them can ever fill.
TEST_F(Repricing, CountsTheLargerVersionAlone) {
    EXPECT_LT(risk::valued(run.engine.state().risk.valuation, btc).worst, 36'000_notional);
    run.wait(Duration::seconds(1));
    EXPECT_TRUE(run.events<events::BreakerChanged>().empty());
    EXPECT_EQ(run.engine.state().risk.book.state, events::BookState::active);
}

// The cancel named the old version, the venue knew only the new one: it stayed for five seconds.
TEST_F(Repricing, IsOverAtOnceWhenTheBookIsHaltedMeanwhile) {
    Command halt;
    halt.kind = CommandKind::halt;
    halt.principal = "ann";
    halt.reason = "a test";
    run.say(halt);
    run.wait(Duration::milliseconds(500));
    EXPECT_EQ(run.venue.open_orders(), 0U);
    EXPECT_TRUE(run.engine.state().execution.open_parents.empty());
}

TEST(Mandates, PassUnvotedWhereConsensusIsOff) {
    engine::Settings settings = test::paper_settings();
    settings.consensus_mode = engine::ConsensusMode::off;
    BookRun run{settings};
    const auto asks = [asked = 0](const Ask& ask, const ports::AgentView& seen,
                                  std::vector<Action>& out) mutable {
        if (ask.head.kind != AskKind::bars || ++asked != 40) return;
        Action action;
        action.kind = ActionKind::mandate;
        action.instrument = btc;
        action.side = Side::buy;
        action.amount = 0.01_d;
        action.inventory_max = 0.1_quantity;
        action.at = seen.now() + Duration::hours(4);
        action.stop = 45'000_price;
        action.confidence = 0.5_rate;
        action.reason = "a test";
        out.push_back(action);
    };
    ScriptedAgent maker{"maker", btc, hourly, asks};
    ScriptedAgent second{"second", btc, hourly, test::votes(Ballot::reject)};
    ScriptedAgent third{"third", btc, hourly, test::votes(Ballot::reject)};
    run.open({&maker, &second, &third});
    run.walk(50);
    EXPECT_EQ(run.events<events::MandateGranted>().size(), 1U);
    EXPECT_TRUE(run.events<events::RoundOpened>().empty());
}

} // namespace
} // namespace grekko
