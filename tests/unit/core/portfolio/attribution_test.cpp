// covers: invariants.cpp
#include "core/portfolio/portfolio.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "unit/core/portfolio/world.hpp"

namespace grekko::portfolio::test {
namespace {

using namespace literals;

void expect_exact(const Attribution& a) {
    EXPECT_EQ(a.nav, a.transfers + a.closed + a.open + a.loose);
    EXPECT_TRUE(a.currency.is_zero());
}

TEST(Attribution, SplitsATradeIntoSignalDelayExecutionAndFees) {
    World world;
    world.deposit(1'000_d);
    const IntentId entry = world.propose(alice, btc, 2_quantity);
    world.price(btc, 101_price);
    world.decide(entry, 101_price);
    world.fill({alice, btc, 2_quantity, 102_price, entry, 0.4_d});
    world.price(btc, 110_price);
    const IntentId exit = world.propose(alice, btc, -2_quantity);
    world.fill({alice, btc, -2_quantity, 109_price, exit, 0.5_d});
    const auto closed = world.close_intents();
    ASSERT_EQ(closed.size(), 2U);
    EXPECT_EQ(closed[0].signal, 20_notional);
    EXPECT_EQ(closed[0].delay, 2_notional);
    EXPECT_EQ(closed[0].execution, 2_notional);
    EXPECT_EQ(closed[0].fees, 0.4_notional);
    EXPECT_EQ(closed[0].mean, 102_price);
    EXPECT_EQ(net(closed[0]), 15.6_notional);
    EXPECT_EQ(closed[1].execution, 2_notional);
    EXPECT_EQ(net(closed[1]), -2.5_notional);
    EXPECT_EQ(world.view().nav, 1'013.1_notional);
    expect_exact(attribution(world.state, world.marks()));
}

TEST(Attribution, ValuesTheOpenPartAtTheHorizon) {
    World world;
    world.deposit(1'000_d);
    const IntentId id = world.propose(alice, btc, 3_quantity, Duration::minutes(5));
    world.fill({alice, btc, 2_quantity, 100_price, id});
    world.price(btc, 105_price);
    EXPECT_TRUE(world.close_intents().empty());
    EXPECT_EQ(next_horizon(world.state), world.now + Duration::minutes(5));
    world.now = world.now + Duration::minutes(5);
    const auto closed = world.close_intents();
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_EQ(closed[0].signal, 10_notional);
    EXPECT_EQ(closed[0].not_taken, 5_notional);
    world.price(btc, 103_price);
    const Attribution a = attribution(world.state, world.marks());
    EXPECT_EQ(a.closed, 10_notional);
    EXPECT_EQ(a.loose, -4_notional);
    expect_exact(a);
}

TEST(Attribution, WaitsForWorkingParents) {
    World world;
    world.deposit(1'000_d);
    const IntentId entry = world.propose(alice, btc, 1_quantity);
    world.fill({alice, btc, 1_quantity, 100_price, entry});
    const IntentId exit = world.propose(alice, btc, -1_quantity);
    events::ParentAllocated allocated;
    allocated.allocation.parent = ParentId{77};
    allocated.allocation.intent = exit;
    world.emit(allocated);
    world.fill({alice, btc, -1_quantity, 100_price, exit});
    EXPECT_EQ(world.close_intents().size(), 1U);
    events::ParentClosed closed;
    closed.parent = ParentId{77};
    world.emit(closed);
    EXPECT_EQ(world.close_intents().size(), 1U);
    EXPECT_TRUE(world.state.intents.empty());
    EXPECT_TRUE(world.state.parents.empty());
}

TEST(Attribution, NamesWhatCurrenciesDid) {
    World world;
    world.deposit(100_d, "EUR");
    world.fill({alice, eth_eur, 1_quantity, 8_price, world.propose(alice, eth_eur, 1_quantity),
                {}, "EUR"});
    world.price(eur, 1.5_price);
    const Attribution a = attribution(world.state, world.marks());
    EXPECT_EQ(a.nav, 150_notional);
    EXPECT_EQ(a.transfers, 125_notional);
    EXPECT_EQ(a.currency, 25_notional);
}

// A step of a random history in one currency: prices with eighteen decimals, so that every product
// has to be rounded.
class History {
public:
    void step() {
        world_.now = world_.now + Duration::seconds(*rc::gen::inRange(0, 90));
        switch (*rc::gen::inRange(0, 10)) {
            case 0: move(); break;
            case 1: world_.deposit(amount()); break;
            case 2: dust(); break;
            case 3: cross(); break;
            case 4: funding(); break;
            case 5: foreign(); break;
            case 6: world_.sample_all(); break;
            case 7: world_.close_intents(); break;
            default: fill(); break;
        }
    }
    World& world() { return world_; }

private:
    Price any_price() {
        return Price::from_raw(*rc::gen::inRange<std::int64_t>(1'000'000'000'000'000'000,
                                                               9'000'000'000'000'000'000));
    }
    Decimal amount() {
        return Decimal::from_raw(*rc::gen::inRange<std::int64_t>(1, 3'000'000'000'000'000'000));
    }
    AgentId agent() { return *rc::gen::element(alice, bob, operator_agent); }
    InstrumentId instrument() { return *rc::gen::element(btc, eth, perp); }
    void move() { world_.price(instrument(), any_price()); }

    Quantity bounded(AgentId who, InstrumentId id, Quantity wanted) {
        if (id == perp || !wanted.is_negative()) return wanted;
        return std::max(wanted, -position(world_.state, who, id).quantity);
    }
    void fill() {
        const AgentId who = agent();
        const InstrumentId id = instrument();
        const Quantity sign{*rc::gen::element(1_d, -1_d)};
        Quantity quantity = bounded(who, id, Quantity{multiply(amount(), sign.decimal(),
                                                              Rounding::half_even)});
        if (*rc::gen::inRange(0, 3) == 0) quantity = -position(world_.state, who, id).quantity;
        if (id != perp && quantity.is_negative()) quantity = bounded(who, id, quantity);
        if (quantity.is_zero()) return;
        const bool intended = *rc::gen::arbitrary<bool>();
        const IntentId intent = intended ? world_.propose(who, id, quantity, Duration::minutes(2))
                                         : IntentId{};
        if (intended && *rc::gen::arbitrary<bool>()) world_.decide(intent, any_price());
        World::FillOf f{who, id, quantity, any_price(), intent};
        f.fee = multiply(quantity.abs().decimal(), 0.001_d, Rounding::half_even);
        const bool in_base = id != perp && !quantity.is_negative() && *rc::gen::arbitrary<bool>();
        if (in_base) {
            f.fee_currency = universe().instruments[id.value()].base;
            f.fee_quote = Notional{multiply(f.fee, f.price.decimal(), Rounding::half_even)};
        }
        f.venue = *rc::gen::element(first, second);
        world_.fill(f);
    }
    void dust() {
        const AgentId who = agent();
        const InstrumentId id = instrument();
        Listing listing;
        listing.instrument = id;
        listing.lot = 0.5_quantity;
        if (const auto swept = sweep(world_.state, who, listing, world_.marks().of(id))) {
            world_.emit(*swept);
        }
    }
    void cross() {
        const InstrumentId id = instrument();
        events::InternalCross cross;
        cross.buyer = bob;
        cross.seller = alice;
        cross.instrument = id;
        cross.price = world_.mark(id);
        cross.quantity = Quantity{amount()};
        if (id != perp) {
            cross.quantity = std::min(cross.quantity, position(world_.state, alice, id).quantity);
        }
        if (!cross.quantity.is_positive()) return;
        cross.value = multiply(cross.price, cross.quantity, Rounding::half_even);
        cross.buy_intent = world_.propose(bob, id, cross.quantity, Duration::minutes(1));
        cross.sell_intent = world_.propose(alice, id, -cross.quantity, Duration::minutes(1));
        world_.emit(cross);
    }
    void funding() {
        events::FundingPaid funding;
        funding.agent = agent();
        funding.instrument = perp;
        funding.venue = first;
        funding.amount = Notional{amount() - 1_d};
        world_.emit(funding);
    }
    void foreign() {
        events::ForeignFill foreign;
        foreign.fill.venue = second;
        foreign.fill.instrument = instrument();
        foreign.fill.side = *rc::gen::element(Side::buy, Side::sell);
        foreign.fill.price = any_price();
        foreign.fill.quantity = Quantity{amount()};
        foreign.fill.fee = 0.01_d;
        foreign.fill.fee_currency = "USD";
        world_.emit(foreign);
    }

    World world_;
};

TEST(AttributionProperty, ExplainsNavToTheLastDigitWhateverHappens) {
    EXPECT_TRUE(rc::check([] {
        History history;
        history.world().deposit(1'000_d);
        const int steps = *rc::gen::inRange(1, 60);
        for (int i = 0; i < steps; ++i) {
            history.step();
            World& world = history.world();
            const Attribution a = attribution(world.state, world.marks());
            RC_ASSERT(a.nav == a.transfers + a.closed + a.open + a.loose);
            RC_ASSERT(a.currency.is_zero());
            RC_ASSERT(world.check() == Broken::none);
        }
    }));
}

TEST(AttributionProperty, ReplaysToTheSameBytes) {
    EXPECT_TRUE(rc::check([] {
        History history;
        const int steps = *rc::gen::inRange(1, 40);
        history.world().deposit(1'000_d);
        for (int i = 0; i < steps; ++i) history.step();
        const auto bytes = archive_save(history.world().state);
        RC_ASSERT(archive_save(history.world().replay()) == bytes);
        State restored;
        RC_ASSERT(archive_load(restored, bytes));
        RC_ASSERT(archive_save(restored) == bytes);
    }));
}

TEST(AttributionProperty, TakesATransferForNeitherProfitNorDrawdown) {
    EXPECT_TRUE(rc::check([] {
        History history;
        history.world().deposit(1'000_d);
        const int steps = *rc::gen::inRange(0, 25);
        for (int i = 0; i < steps; ++i) history.step();
        World& world = history.world();
        const Rate before = world.view().nav_per_unit;
        const Decimal amount = *rc::gen::element(500_d, -3_d, 0.01_d, -0.000001_d);
        const auto booked = transfer(world.state, world.marks(), {first, "USD", amount});
        if (!booked) return;
        world.emit(*booked);
        const Rate after = world.view().nav_per_unit;
        RC_ASSERT((after - before).abs() <= 0.00000000000001_rate);
    }));
}

}  // namespace
}  // namespace grekko::portfolio::test
