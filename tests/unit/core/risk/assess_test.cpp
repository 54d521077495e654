// covers: assess.cpp, draft.hpp, checks_authority.cpp, checks_form.cpp, checks_market.cpp
// covers: checks_order.cpp, checks_exposure.cpp, checks_money.cpp, checks_activity.cpp
// covers: checks_losses.cpp, checks_score.cpp
// Every check goes from one tick or lot inside its limit to one outside, and lets pass what it
// denied once it is disabled: a check that did nothing would fail the test of its name.
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "unit/core/risk/scene.hpp"

namespace grekko::risk::tests {
namespace {

using events::BookState;
using events::Verdict;

enum class Effect { block, reduce };

struct Case {
    Check check;
    std::string what;
    Effect effect;
    void (*inside)(Scene&);
    void (*outside)(Scene&);
};

constexpr Duration tick_of_time = Duration::nanoseconds(1);

void repeat(Scene& scene, int count) {
    for (int i = 0; i < count; ++i) {
        events::RiskAssessed past;
        past.kind = events::AssessmentKind::increase;
        past.agent = agent_one;
        past.instrument = btc;
        past.side = Side::buy;
        past.requested = 10_quantity;
        past.limit = 100.05_price;
        scene.emit(past);
    }
}

// `count` open orders of agent one, sent long ago.
void open_orders(Scene& scene, AgentId agent, int count) {
    const Instant now = scene.now;
    scene.now = now - Duration::hours(5);
    for (int i = 0; i < count; ++i) {
        Order order = scene.order(Side::buy, 0.01_quantity, 50_price);
        order.agent = agent;
        scene.submit(order);
        scene.now = scene.now + Duration::seconds(10);
    }
    scene.now = now;
}

// Submissions at this moment that have ended since.
void messages(Scene& scene, int count) {
    scene.emit(scene.assessed().event());  // brings the rates
    for (int i = 0; i < count; ++i) {
        events::OrderCancelled ended;
        ended.order = scene.submit(scene.order(Side::buy, 0.01_quantity, 50_price));
        scene.emit(ended);
    }
}

void cancels_without_fill(Scene& scene, int count) {
    const Instant now = scene.now;
    scene.now = now - Duration::minutes(30);
    events::CancelRequested cancel;
    cancel.order = scene.submit(scene.order(Side::buy, 0.01_quantity, 50_price));
    for (int i = 1; i < count; ++i) scene.emit(cancel);
    events::OrderCancelled ended;
    ended.order = cancel.order;
    scene.emit(ended);
    scene.now = now;
}

// The replace of an order that was replaced `times` before, at last `before` ago.
void replace(Scene& scene, int times, Duration before) {
    const Instant now = scene.now;
    scene.now = now - Duration::hours(1);
    events::ReplaceRequested event;
    event.order = scene.submit(scene.order(Side::buy, 10_quantity, 99_price));
    event.replacement = scene.order(Side::buy, 10_quantity, 99.5_price);
    for (int i = 0; i < times; ++i) {
        if (i + 1 == times) scene.now = now - before;
        scene.emit(event);
        events::OrderReplaced done;
        done.order = event.order;
        scene.emit(done);
    }
    scene.now = now;
    scene.request.kind = events::AssessmentKind::replace;
    scene.request.replaces = event.order;
}

void rest_own_sell(Scene& scene, Price price) {
    Order order = scene.order(Side::sell, 1_quantity, price);
    order.agent = agent_two;
    const Instant now = scene.now;
    scene.now = now - Duration::hours(2);
    scene.submit(order);
    scene.now = now;
}

void hold_eth(Scene& scene, Quantity quantity) { scene.position(agent_two, eth, quantity); }

// The largest quantity in lots that `room` pays for at 100, and `lots` more.
Quantity filling(Notional room, Price unit, int lots) {
    return round_to(divide(room, unit, Rounding::toward_zero), 0.01_quantity,
                    Rounding::toward_zero) +
           0.01_quantity * lots;
}

void sell_short(Scene& scene, Quantity quantity) {
    scene.position(agent_one, btc, 10_quantity);
    scene.request.side = Side::sell;
    scene.request.limit = 99.95_price;
    scene.request.stop = 103_price;
    scene.request.quantity = quantity;
}

void large_order(Scene& scene, Quantity quantity) {
    scene.request.quantity = quantity;
    scene.request.stop = 99_price;
    scene.terms.tolerance = 1_rate;
    scene.market.depth_ask_20bp = 10'000_quantity;
}

void far_heat(Scene& scene, int lots) {
    scene.arm_stop(agent_two, 100_quantity, 60.5_price);
    const Notional room = 4'000_notional - scene.state.valuation.heat;
    scene.request.quantity = filling(room, 3.05_price, lots);
}

void cluster_of_two(Scene& scene, Quantity held, Notional limit, int lots) {
    hold_eth(scene, held);
    scene.request.quantity = filling(limit - scene.state.valuation.gross, 100_price, lots);
}

void pure_score(Scene& scene, Rate intercept) {
    scene.settings.score.weights = {};
    scene.settings.score.intercept = intercept;
}

void nothing(Scene&) {}

const std::vector<Case> all_cases{
    {Check::state, "reducing", Effect::block, nothing,
     [](Scene& s) { s.conditions.state = BookState::reducing; }},
    {Check::state, "half_size", Effect::reduce, nothing,
     [](Scene& s) { s.conditions.half_size = true; }},
    {Check::breaker, "open", Effect::block, nothing,
     [](Scene& s) { s.conditions.breaker_open = true; }},
    {Check::breaker, "half_open", Effect::reduce,
     [](Scene& s) {
         s.conditions.breaker_half_open = true;
         s.request.quantity = 25_quantity;
     },
     [](Scene& s) {
         s.conditions.breaker_half_open = true;
         s.request.quantity = 25.01_quantity;
     }},
    {Check::authority, "quantity", Effect::block,
     [](Scene& s) { s.decision.quantity = 10_quantity; },
     [](Scene& s) { s.decision.quantity = 9.99_quantity; }},
    {Check::authority, "expiry", Effect::block,
     [](Scene& s) { s.decision.expires_at = s.now; },
     [](Scene& s) { s.decision.expires_at = s.now - tick_of_time; }},
    {Check::authority, "generation", Effect::block, nothing,
     [](Scene& s) { s.decision.generation_live = false; }},
    {Check::venue_ready, "clock", Effect::block,
     [](Scene& s) { s.venue.clock_offset = Duration::milliseconds(-500); },
     [](Scene& s) {
         s.venue.clock_offset = Duration::milliseconds(-500) - tick_of_time;
     }},
    {Check::venue_ready, "private_stream", Effect::block, nothing,
     [](Scene& s) { s.venue.private_alive = false; }},
    {Check::permission, "denied", Effect::block, nothing,
     [](Scene& s) { s.permission.allowed = false; }},
    {Check::permission, "short", Effect::block,
     [](Scene& s) { sell_short(s, 10_quantity); },
     [](Scene& s) { sell_short(s, 10.01_quantity); }},
    {Check::tradable, "post_only", Effect::block,
     [](Scene& s) {
         s.listing.status = TradingStatus::post_only;
         s.request.post_only = true;
     },
     [](Scene& s) { s.listing.status = TradingStatus::post_only; }},
    {Check::price_form, "maximum", Effect::block,
     [](Scene& s) { s.listing.price_max = 100.05_price; },
     [](Scene& s) { s.listing.price_max = 100.04_price; }},
    {Check::price_form, "band", Effect::block,
     [](Scene& s) { s.listing.band_up = 0.0005_rate; },
     [](Scene& s) { s.listing.band_up = 0.0004_rate; }},
    {Check::size_form, "maximum", Effect::block,
     [](Scene& s) { s.listing.quantity_max = 10_quantity; },
     [](Scene& s) { s.listing.quantity_max = 9.99_quantity; }},
    {Check::size_form, "lot", Effect::reduce, nothing,
     [](Scene& s) { s.request.quantity = 10.005_quantity; }},
    {Check::notional, "minimum", Effect::block,
     [](Scene& s) { s.listing.notional_min = 980.39_notional; },
     [](Scene& s) { s.listing.notional_min = 980.40_notional; }},
    {Check::data_age, "book", Effect::block,
     [](Scene& s) { s.market.best.at = s.now - Duration::seconds(2); },
     [](Scene& s) { s.market.best.at = s.now - Duration::seconds(2) - tick_of_time; }},
    {Check::data_age, "gap", Effect::block, nothing,
     [](Scene& s) { s.market.best.gapped = true; }},
    {Check::book_sane, "spread", Effect::block,
     [](Scene& s) { s.market.spread = 0.002_rate; },
     [](Scene& s) { s.market.spread = 0.002001_rate; }},
    {Check::book_sane, "crossed", Effect::block, nothing,
     [](Scene& s) { s.market.best.crossed = true; }},
    {Check::collar, "marketable", Effect::block,
     [](Scene& s) { s.request.limit = 100.50_price; },
     [](Scene& s) { s.request.limit = 100.51_price; }},
    {Check::collar, "resting", Effect::block,
     [](Scene& s) {
         s.request.limit = 90.00_price;
         s.request.stop = 85_price;
     },
     [](Scene& s) {
         s.request.limit = 89.99_price;
         s.request.stop = 85_price;
     }},
    {Check::collar, "minute", Effect::block,
     [](Scene& s) { s.market.vwap_1min = 97.09_price; },
     [](Scene& s) { s.market.vwap_1min = 97.08_price; }},
    {Check::collar, "venues", Effect::block,
     [](Scene& s) { s.market.median_other_venues = 99.01_price; },
     [](Scene& s) { s.market.median_other_venues = 99.00_price; }},
    {Check::slippage, "visible_book", Effect::reduce,
     [](Scene& s) { s.costs.takeable = 10_quantity; },
     [](Scene& s) { s.costs.takeable = 9.99_quantity; }},
    {Check::participation, "volume", Effect::reduce,
     [](Scene& s) { s.market.volume_5min = 100_quantity; },
     [](Scene& s) { s.market.volume_5min = 99.9_quantity; }},
    {Check::participation, "depth", Effect::reduce,
     [](Scene& s) { s.market.depth_ask_20bp = 40_quantity; },
     [](Scene& s) { s.market.depth_ask_20bp = 39.96_quantity; }},
    {Check::volatility, "median", Effect::block,
     [](Scene& s) { s.market.sigma_1min_median_7d = 0.0002_rate; },
     [](Scene& s) { s.market.sigma_1min_median_7d = 0.00019999_rate; }},
    {Check::order_value, "share", Effect::block,
     [](Scene& s) { large_order(s, 250_quantity); },
     [](Scene& s) { large_order(s, 250.01_quantity); }},
    {Check::order_value, "cap", Effect::block,
     [](Scene& s) { s.settings.order_value_cap = 1'000_notional; },
     [](Scene& s) { s.settings.order_value_cap = 999.99_notional; }},
    {Check::order_value, "live_without_cap", Effect::block, nothing,
     [](Scene& s) { s.live = true; }},
    {Check::trade_risk, "to_the_stop", Effect::reduce,
     [](Scene& s) { s.request.quantity = 192.30_quantity; },
     [](Scene& s) { s.request.quantity = 192.31_quantity; }},
    {Check::stop_sane, "far", Effect::block,
     [](Scene& s) { s.request.stop = 80.04_price; },
     [](Scene& s) { s.request.stop = 80.03_price; }},
    {Check::stop_sane, "near", Effect::block,
     [](Scene& s) { s.request.stop = 99.85_price; },
     [](Scene& s) { s.request.stop = 99.86_price; }},
    {Check::stop_sane, "missing", Effect::block, nothing,
     [](Scene& s) { s.request.stop = Price{}; }},
    {Check::edge, "take", Effect::block,
     [](Scene& s) { s.request.take = 100.46_price; },
     [](Scene& s) { s.request.take = 100.45_price; }},
    {Check::repetition, "fourth", Effect::block, [](Scene& s) { repeat(s, 2); },
     [](Scene& s) { repeat(s, 3); }},
    {Check::self_trade, "own_sell", Effect::block,
     [](Scene& s) { rest_own_sell(s, 100.06_price); },
     [](Scene& s) { rest_own_sell(s, 100.05_price); }},
    {Check::agent_gross, "tolerance", Effect::reduce,
     [](Scene& s) { s.position(agent_one, btc, 240_quantity); },
     [](Scene& s) { s.position(agent_one, btc, 240.01_quantity); }},
    {Check::agent_gross, "allocation", Effect::reduce,
     [](Scene& s) { s.agent.allocation = 1'000_notional; },
     [](Scene& s) { s.agent.allocation = 999_notional; }},
    {Check::instrument, "major", Effect::reduce,
     [](Scene& s) { s.position(agent_two, btc, 490_quantity); },
     [](Scene& s) { s.position(agent_two, btc, 490.01_quantity); }},
    {Check::instrument, "other", Effect::reduce,
     [](Scene& s) {
         s.instrument.major = false;
         s.position(agent_two, btc, 240_quantity);
     },
     [](Scene& s) {
         s.instrument.major = false;
         s.position(agent_two, btc, 240.01_quantity);
     }},
    {Check::book_gross, "gross", Effect::reduce,
     [](Scene& s) {
         set_cluster(s.state.valuation, eth, 2);
         cluster_of_two(s, -790_quantity, 80'000_notional, 0);
     },
     [](Scene& s) {
         set_cluster(s.state.valuation, eth, 2);
         cluster_of_two(s, -790_quantity, 80'000_notional, 1);
     }},
    {Check::book_gross, "net", Effect::reduce,
     [](Scene& s) {
         s.settings.book_net_max = 0.01_rate;
         s.request.quantity = 10_quantity;
     },
     [](Scene& s) {
         s.settings.book_net_max = 0.01_rate;
         s.request.quantity = 10.01_quantity;
     }},
    {Check::virtual_gross, "opposite_agents", Effect::reduce,
     [](Scene& s) {
         s.position(agent_two, btc, 370_quantity);
         s.position(agent_three, btc, -370_quantity);
     },
     [](Scene& s) {
         s.position(agent_two, btc, 370.01_quantity);
         s.position(agent_three, btc, -370_quantity);
     }},
    {Check::cluster, "two_coins", Effect::reduce,
     [](Scene& s) { cluster_of_two(s, 590_quantity, 60'000_notional, 0); },
     [](Scene& s) { cluster_of_two(s, 590_quantity, 60'000_notional, 1); }},
    {Check::leverage, "whole_book", Effect::reduce,
     [](Scene& s) {
         s.settings.book_gross_max = s.settings.book_net_max = 2_rate;
         set_cluster(s.state.valuation, eth, 2);
         cluster_of_two(s, 990_quantity, 100'000_notional, 0);
     },
     [](Scene& s) {
         s.settings.book_gross_max = s.settings.book_net_max = 2_rate;
         set_cluster(s.state.valuation, eth, 2);
         cluster_of_two(s, 990_quantity, 100'000_notional, 1);
     }},
    {Check::leverage, "liquidation", Effect::block,
     [](Scene& s) {
         s.settings.margin = s.balances.on_margin = true;
         s.balances.liquidation = 90.85_price;
     },
     [](Scene& s) {
         s.settings.margin = s.balances.on_margin = true;
         s.balances.liquidation = 90.86_price;
     }},
    {Check::leverage, "liquidation_unknown", Effect::block,
     [](Scene& s) { s.settings.margin = s.balances.on_margin = true; },
     [](Scene& s) {
         s.settings.margin = s.balances.on_margin = true;
         s.settings.leverage_max = 1.01_rate;
     }},
    {Check::balance, "quote", Effect::reduce,
     [](Scene& s) { s.balances.quote = 1'016.508_d; },
     [](Scene& s) { s.balances.quote = 1'016.507_d; }},
    {Check::balance, "base", Effect::reduce,
     [](Scene& s) {
         sell_short(s, 10_quantity);
         s.balances.base = 10_d;
     },
     [](Scene& s) {
         sell_short(s, 10_quantity);
         s.balances.base = 9.99_d;
     }},
    {Check::heat, "all_stops", Effect::reduce, [](Scene& s) { far_heat(s, 0); },
     [](Scene& s) { far_heat(s, 1); }},
    {Check::venue_share, "assets", Effect::block,
     [](Scene& s) {
         s.venue.venues = 2;
         s.venue.assets = 80'000_notional;
     },
     [](Scene& s) {
         s.venue.venues = 2;
         s.venue.assets = 80'000.01_notional;
     }},
    {Check::quote_currency, "par", Effect::block,
     [](Scene& s) { s.par_deviation = 0.01_rate; },
     [](Scene& s) { s.par_deviation = 0.0101_rate; }},
    {Check::open_orders, "agent", Effect::block,
     [](Scene& s) { open_orders(s, agent_one, 9); },
     [](Scene& s) { open_orders(s, agent_one, 10); }},
    {Check::open_orders, "account", Effect::block,
     [](Scene& s) { s.venue.open_orders = 49; },
     [](Scene& s) { s.venue.open_orders = 50; }},
    {Check::open_orders, "venue", Effect::block,
     [](Scene& s) {
         s.listing.open_orders_max = 50;
         s.venue.open_orders = 39;
     },
     [](Scene& s) {
         s.listing.open_orders_max = 50;
         s.venue.open_orders = 40;
     }},
    {Check::rate, "agent", Effect::block, [](Scene& s) { messages(s, 4); },
     [](Scene& s) { messages(s, 5); }},
    {Check::rate, "venue", Effect::block,
     [](Scene& s) {
         s.venue.rate_per_second = 6;  // 6 x 0.5 = 3 tokens, 0.9 of them for exits
         messages(s, 1);
     },
     [](Scene& s) {
         s.venue.rate_per_second = 6;
         messages(s, 2);
     }},
    {Check::message_ratio, "without_fill", Effect::block,
     [](Scene& s) { cancels_without_fill(s, 200); },
     [](Scene& s) { cancels_without_fill(s, 201); }},
    {Check::replace_rate, "second", Effect::block,
     [](Scene& s) { replace(s, 1, Duration::seconds(1)); },
     [](Scene& s) { replace(s, 1, Duration::seconds(1) - tick_of_time); }},
    {Check::replace_rate, "count", Effect::block,
     [](Scene& s) { replace(s, 9, Duration::minutes(1)); },
     [](Scene& s) { replace(s, 10, Duration::minutes(1)); }},
    {Check::turnover, "traded", Effect::block,
     [](Scene& s) { s.book.traded_24h = 999'000_notional; },
     [](Scene& s) { s.book.traded_24h = 999'000.01_notional; }},
    {Check::turnover, "fees", Effect::block,
     [](Scene& s) { s.book.fees_24h = 500_notional; },
     [](Scene& s) { s.book.fees_24h = 500.01_notional; }},
    {Check::agent_loss, "day", Effect::block,
     [](Scene& s) { s.agent.day_pnl = -1'249.99_notional; },
     [](Scene& s) { s.agent.day_pnl = -1'250_notional; }},
    {Check::agent_loss, "drawdown", Effect::block,
     [](Scene& s) { s.agent.drawdown = 0.0799_rate; },
     [](Scene& s) { s.agent.drawdown = 0.08_rate; }},
    {Check::day_loss, "reducing", Effect::block,
     [](Scene& s) { s.book.day_return = -0.0299_rate; },
     [](Scene& s) { s.book.day_return = -0.03_rate; }},
    {Check::drawdown, "half", Effect::reduce,
     [](Scene& s) { s.book.drawdown = 0.0499_rate; },
     [](Scene& s) { s.book.drawdown = 0.05_rate; }},
    {Check::losing_run, "half", Effect::reduce, [](Scene& s) { s.agent.losing_run = 7; },
     [](Scene& s) { s.agent.losing_run = 8; }},
    {Check::score, "reduce", Effect::reduce, [](Scene& s) { pure_score(s, -0.41_rate); },
     [](Scene& s) { pure_score(s, -0.40_rate); }},
    {Check::score, "block", Effect::block, nothing,
     [](Scene& s) { pure_score(s, 1.11_rate); }},
};

class EachCheck : public testing::TestWithParam<Case> {};

TEST_P(EachCheck, PassesOneStepInsideItsLimit) {
    Scene scene;
    GetParam().inside(scene);
    const Assessment result = scene.assessed();
    EXPECT_TRUE(result.approved()) << name(result.reason());
    EXPECT_EQ(result.event().approved, scene.request.quantity);
    EXPECT_EQ(result.event().reduced, 0U) << name(lowest(result.event().reduced));
}

TEST_P(EachCheck, ActsOneStepOutsideItsLimit) {
    Scene scene;
    GetParam().outside(scene);
    const Assessment result = scene.assessed();
    const CheckSet expected = bit(GetParam().check);
    if (GetParam().effect == Effect::block) {
        EXPECT_EQ(result.event().verdict, Verdict::denied);
        EXPECT_EQ(result.reason(), GetParam().check) << name(result.reason());
        EXPECT_EQ(result.event().blocked, expected);
        EXPECT_TRUE(result.event().approved.is_zero());
    } else {
        EXPECT_EQ(result.event().verdict, Verdict::approved);
        EXPECT_EQ(result.event().reduced, expected);
        EXPECT_LT(result.event().approved, scene.request.quantity);
    }
}

TEST_P(EachCheck, LetsPassWhenDisabledWhatItStopped) {
    Scene scene;
    GetParam().outside(scene);
    scene.settings.disabled = bit(GetParam().check);
    const Assessment result = scene.assessed();
    EXPECT_TRUE(result.approved()) << name(result.reason());
    EXPECT_EQ(result.event().approved, scene.request.quantity);
}

INSTANTIATE_TEST_SUITE_P(Of, EachCheck, testing::ValuesIn(all_cases), [](const auto& made) {
    return std::string(name(made.param.check)) + "_" + made.param.what;
});

TEST(Assess, HasACaseForEveryCheck) {
    std::set<Check> seen;
    for (const Case& each : all_cases) seen.insert(each.check);
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(check_count));
}

// Half size after a resume once cut the children of what had been halved already, and exits.
// A restart with two instruments: what the other is worth is not known yet, so no limit is.
TEST(Assess, AddsNothingWhileSomethingHeldHasNoPrice) {
    Scene scene;
    scene.position(agent_two, eth, 1_quantity);
    ASSERT_TRUE(scene.assessed().approved());
    scene.state.valuation = Valuation{};
    scene.give_mark(btc, 100_price);
    EXPECT_TRUE(has(scene.assessed().event().blocked, Check::data_age));
    scene.position(agent_one, btc, 10_quantity);
    scene.leave(10_quantity);
    EXPECT_TRUE(scene.assessed().approved()) << "leaving needs no limits";
    EXPECT_TRUE(has(scene.assessed().event().warned, Check::data_age));
}

// Every amount would be worth nothing, and every quantity within every limit.
TEST(Assess, AddsNothingInAQuoteCurrencyWithoutAPrice) {
    Scene scene;
    scene.quote_in_base = Rate{};
    scene.settings.disabled = bit(Check::quote_currency);
    const Assessment denied = scene.assessed();
    EXPECT_FALSE(denied.approved());
    EXPECT_EQ(denied.reason(), Check::quote_currency);
    scene.position(agent_one, btc, 10_quantity);
    scene.leave(10_quantity);
    EXPECT_TRUE(scene.assessed().approved());
}

TEST(Assess, AddsNothingWhileMoneyHasNoPrice) {
    Scene scene;
    scene.money_known = false;
    EXPECT_EQ(scene.assessed().reason(), Check::quote_currency);
    scene.position(agent_one, btc, 10_quantity);
    scene.leave(10_quantity);
    EXPECT_TRUE(scene.assessed().approved());
}

TEST(Assess, HalvesAnIncreaseOnceAndNeverAnExit) {
    Scene scene;
    scene.conditions.half_size = true;
    scene.request.kind = events::AssessmentKind::stop;
    scene.request.purpose = Purpose::stop;
    scene.request.side = Side::sell;
    EXPECT_EQ(scene.assessed().event().reduced & bit(Check::state), 0U);
    scene.request.kind = events::AssessmentKind::child;
    scene.request.purpose = Purpose::increase;
    scene.request.side = Side::buy;
    EXPECT_EQ(scene.assessed().event().reduced & bit(Check::state), 0U);
}

}  // namespace
}  // namespace grekko::risk::tests
