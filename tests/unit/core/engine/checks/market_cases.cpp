// 10-15: whether the market can be believed and can bear the order.
#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

constexpr Duration instant = Duration::nanoseconds(1);

RiskAssessed one_coin(Desk& desk) {
    return buy(desk, 1_d);
}
std::function<RiskAssessed(Desk&)> old_by(Duration age) {
    return [age](Desk& desk) {
        desk.price(btc, 100_price);
        desk.advance(age);
        return one_coin(desk);
    };
}
std::function<RiskAssessed(Desk&)> between(Price bid, Price ask) {
    return [=](Desk& desk) {
        desk.quote(btc, bid, ask);
        return one_coin(desk);
    };
}
std::function<RiskAssessed(Desk&)> up_to(Price limit) {
    return [=](Desk& desk) {
        return buy(desk, 1_d, [&](Action& action) {
            action.limit = limit;
            action.stop = 85_price;
        });
    };
}
// The mean of the last minute, and M at 100.
std::function<RiskAssessed(Desk&)> mean(Price traded) {
    return [=](Desk& desk) {
        desk.advance(Duration::minutes(2));
        desk.trade(btc, traded, 1'000'000_quantity);
        desk.advance(Duration::seconds(1));
        desk.refresh();
        return one_coin(desk);
    };
}
std::function<RiskAssessed(Desk&)> elsewhere(Price mid) {
    return [=](Desk& desk) {
        desk.price(btc, mid, second);
        return one_coin(desk);
    };
}
// Exits: 2 % collar.
std::function<RiskAssessed(Desk&)> sold_down_to(Price limit) {
    return
        [=](Desk& desk) { return leave(desk, 0_d, [&](Action& action) { action.limit = limit; }); };
}
void ten_held(Desk& desk) {
    take_position(desk, one, btc, 10_d, 100_price, 99_price);
}

// 50 at 100.01, plenty at 100.30: the mean of q is at most 100.20 up to q = 50 + 95.
std::function<RiskAssessed(Desk&)> walks(Decimal quantity) {
    return [=](Desk& desk) {
        desk.book(btc, {{Side::buy, 99.99_price, 50_quantity},
                        {Side::sell, 100.01_price, 50_quantity},
                        {Side::sell, 100.30_price, 10'000_quantity}});
        return buy(desk, quantity);
    };
}
std::function<RiskAssessed(Desk&)> among(Quantity shown, Quantity traded, Decimal quantity) {
    return [=](Desk& desk) {
        desk.advance(Duration::minutes(10));
        desk.trade(btc, 100_price, traded);
        desk.quote(btc, 99.99_price, 100.01_price, shown);
        return buy(desk, quantity);
    };
}

// An hour of small moves, then one large one: σ now against its median of 7 d.
RiskAssessed after_a_jump(Desk& desk, int ticks) {
    const auto minute_at = [&](Price mid) {
        desk.advance(Duration::seconds(59));
        desk.price(btc, mid);
        desk.advance(Duration::seconds(1));
        desk.price(btc, mid);
    };
    desk.advance(Duration::seconds(59)); // a minute begins
    for (int i = 0; i < 150; ++i)
        minute_at(i % 2 == 0 ? 100.01_price : 99.99_price);
    const Price jumped = 99.99_price + 0.01_price * ticks;
    minute_at(jumped);
    desk.trade(btc, jumped, 1'000'000_quantity);
    return buy(desk, 1_d, [&](Action& action) {
        action.stop = jumped - 3_price;
        action.take = jumped + 10_price;
    });
}
bool beyond_five_medians(Desk& desk) {
    const MarketView view = desk.engine.market_state().view(btc, VenueId{}, desk.now);
    return view.sigma_1min > view.sigma_1min_median_7d * 5;
}
// The largest jump in ticks that the market's own figures still call inside.
int largest_jump(Desk& desk) {
    static const int found = [&] {
        int low = 10, high = 400;
        while (high - low > 1) {
            const int middle = (low + high) / 2;
            Desk trial{desk.plan};
            after_a_jump(trial, middle);
            (beyond_five_medians(trial) ? high : low) = middle;
        }
        return low;
    }();
    return found;
}

Cases ages() {
    return {
        {.check = Check::data_age,
         .what = "book_2_s",
         .inside = old_by(Duration::seconds(2)),
         .outside = old_by(Duration::seconds(2) + instant)},
        {.check = Check::data_age,
         .what = "gap",
         .inside = one_coin,
         .outside =
             [](Desk& desk) {
                 desk.gap(btc);
                 return one_coin(desk);
             },
         .aside = set_of(Check::book_sane)},
        {.check = Check::data_age,
         .what = "bar_1_5_intervals",
         .inside =
             [](Desk& desk) {
                 desk.bar(sol, 100_price, 1'000'000_quantity);
                 desk.advance(Duration::minutes(90));
                 return buy(desk, 1_d, {}, sol);
             },
         .outside =
             [](Desk& desk) {
                 desk.bar(sol, 100_price, 1'000'000_quantity);
                 desk.advance(Duration::minutes(90) + instant);
                 return buy(desk, 1_d, {}, sol);
             },
         .plan = [](Plan& plan) { plan.quoted = {btc, eth}; }},
    };
}

Cases collars() {
    return {
        {.check = Check::collar,
         .what = "marketable_half_a_percent",
         .inside = up_to(100.50_price),
         .outside = up_to(100.51_price)},
        {.check = Check::collar,
         .what = "resting_10_percent",
         .inside = up_to(90_price),
         .outside = up_to(89.99_price)},
        {.check = Check::collar,
         .what = "exit_2_percent",
         .inside = sold_down_to(98_price),
         .outside = sold_down_to(97.99_price),
         .before = ten_held},
        {.check = Check::collar,
         .what = "mean_of_a_minute_3_percent",
         .inside = mean(97.09_price),
         .outside = mean(97.08_price)},
        {.check = Check::collar,
         .what = "other_venues_1_percent",
         .inside = elsewhere(99.01_price),
         .outside = elsewhere(99_price),
         .aside = set_of(Check::venue_share),
         .plan = [](Plan& plan) { plan.venues = 2; }},
    };
}

} // namespace

Cases market_cases() {
    Cases cases{
        {.check = Check::book_sane,
         .what = "20_bp",
         .inside = between(99.90_price, 100.10_price),
         .outside = between(99.89_price, 100.10_price)},
        {.check = Check::book_sane,
         .what = "crossed",
         .inside = between(99.99_price, 100_price),
         .outside = between(100_price, 100_price)},
        {.check = Check::slippage,
         .what = "mean_within_20_bp",
         .effect = Effect::reduces,
         .inside = walks(145_d),
         .outside = walks(145.01_d),
         .left = 145_quantity,
         .aside = set_of(Check::participation, Check::edge)},
        {.check = Check::participation,
         .what = "10_percent_of_5_min",
         .effect = Effect::reduces,
         .inside = among(10'000_quantity, 1'000_quantity, 100_d),
         .outside = among(10'000_quantity, 1'000_quantity, 100.01_d),
         .left = 100_quantity},
        {.check = Check::participation,
         .what = "25_percent_of_the_depth",
         .effect = Effect::reduces,
         .inside = among(400_quantity, 100'000_quantity, 100_d),
         .outside = among(400_quantity, 100'000_quantity, 100.01_d),
         .left = 100_quantity},
        {.check = Check::volatility,
         .what = "5_medians",
         .inside = [](Desk& desk) { return after_a_jump(desk, largest_jump(desk)); },
         .outside = [](Desk& desk) { return after_a_jump(desk, largest_jump(desk) + 1); },
         .aside = set_of(Check::breaker)},
    };
    for (const Cases& more : {ages(), collars()}) {
        cases.insert(cases.end(), more.begin(), more.end());
    }
    return cases;
}

} // namespace grekko::test
