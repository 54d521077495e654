// 1-6: who may act now. 20, 21: suspected errors.
#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

RiskAssessed ten(Desk& desk) {
    return buy(desk, 10_d);
}

RiskAssessed after(Desk& desk, CommandKind kind) {
    desk.say(kind);
    return ten(desk);
}

Command breaker(events::BreakerScope scope) {
    Command command;
    command.kind = CommandKind::open_breaker;
    command.scope = static_cast<std::uint8_t>(scope);
    command.venue = first;
    command.instrument = btc;
    command.agent = one;
    return command;
}

Case open_breaker(events::BreakerScope scope, std::string what) {
    return {.check = Check::breaker,
            .what = std::move(what),
            .inside = ten,
            .outside = [scope](Desk& desk) {
                desk.say(breaker(scope));
                return ten(desk);
            }};
}

// A gap opened the instrument's breaker, clean data has brought it to half open.
void half_open(Desk& desk) {
    take_position(desk, two, btc, 1_d, 100_price, 99_price);
    desk.gap(btc);
    for (int i = 0; i < 61; ++i) {
        desk.advance(Duration::seconds(1));
        desk.tick();
    }
    for (int i = 0; i < 150; ++i) {
        desk.advance(Duration::seconds(1));
        desk.book(btc, {{Side::buy, 99.99_price, 100'000_quantity},
                        {Side::sell, 100.01_price, 100'000_quantity}});
        if (i % 30 == 0) desk.trade(btc, 100_price, 1'000'000_quantity);
    }
}

// Decided while the agent's older order is still being cancelled: it goes out when that has ended.
RiskAssessed decided_and_waiting(Desk& desk, const std::function<void(Desk&)>& meanwhile) {
    desk.cancels = false;
    buy(desk, 10_d, [](Action& action) { action.working.urgency = Urgency::passive; });
    desk.advance(Duration::milliseconds(1'100));
    desk.refresh();
    desk.answer(one, {Desk::target(btc, 20_d)});
    meanwhile(desk);
    desk.end(desk.placed.front().id, ReportKind::cancelled);
    return desk.assessed(AssessmentKind::increase);
}

void stopped(Desk& desk) {
    GenerationCut cut;
    cut.agent = one;
    cut.kind = CutKind::stop;
    desk.give(cut);
}

RiskAssessed with_clock(Desk& desk, Decimal offset) {
    desk.venue(ReportKind::clock, offset);
    return ten(desk);
}

RiskAssessed again(Desk& desk, int times) {
    RiskAssessed last;
    for (int i = 0; i < times; ++i) {
        if (i > 0) desk.advance(Duration::seconds(1));
        desk.refresh();
        last = ten(desk);
        desk.expire(one);
        desk.expire(one);
        desk.expire(one);
    }
    return last;
}

// Agent two offers what it holds at 100.05.
void own_offer(Desk& desk) {
    take_position(desk, two, btc, 10_d, 100_price, 99_price);
    Action close = Desk::target(btc, Decimal{});
    close.limit = 100.05_price;
    close.working.urgency = Urgency::passive;
    close.working.passive_for = Duration::hours(1);
    desk.answer(two, {close});
}

RiskAssessed up_to(Desk& desk, Price limit) {
    return buy(desk, 10_d, [&](Action& action) { action.limit = limit; });
}

Cases permissions() {
    return {
        {.check = Check::permission,
         .what = "restricted",
         .inside = [](Desk& desk) { return buy(desk, 10_d, {}, eth); },
         .outside = ten,
         .plan = [](Plan& plan) { plan.settings.restricted = {btc}; }},
        {.check = Check::permission,
         .what = "not_its_instrument",
         .inside = ten,
         .outside = [](Desk& desk) { return buy(desk, 10_d, {}, sol); },
         .plan = [](Plan& plan) { plan.not_of_one = sol; }},
        {.check = Check::permission,
         .what = "blackout",
         .inside =
             [](Desk& desk) {
                 desk.advance(Duration::minutes(10) - Duration::seconds(1) -
                              Duration::nanoseconds(1));
                 desk.refresh();
                 return ten(desk);
             },
         .outside =
             [](Desk& desk) {
                 desk.advance(Duration::minutes(10) - Duration::seconds(1));
                 desk.refresh();
                 return ten(desk);
             },
         .aside = set_of(Check::participation),
         .plan =
             [](Plan& plan) {
                 plan.settings.blackouts = {
                     {btc, desk_start + Duration::minutes(10), desk_start + Duration::minutes(20)}};
             }},
        {.check = Check::permission,
         .what = "short",
         .inside = [](Desk& desk) { return buy(desk, 0.5_d); },
         .outside =
             [](Desk& desk) {
                 return buy(desk, -0.5_d, [](Action& action) {
                     action.stop = 103_price;
                     action.take = 90_price;
                 });
             },
         .aside = set_of(Check::balance)},
    };
}

Cases states() {
    using events::BreakerScope;
    return {
        {.check = Check::state,
         .what = "reducing",
         .inside = ten,
         .outside = [](Desk& desk) { return after(desk, CommandKind::reducing); }},
        {.check = Check::state,
         .what = "first_hour_after_a_resume",
         .effect = Effect::reduces,
         .inside =
             [](Desk& desk) {
                 desk.say(CommandKind::halt);
                 desk.say(CommandKind::resume);
                 desk.advance(Duration::hours(1));
                 desk.refresh();
                 desk.trade(btc, 100_price, 1'000'000_quantity);
                 desk.advance(Duration::minutes(1));
                 desk.refresh();
                 return ten(desk);
             },
         .outside =
             [](Desk& desk) {
                 desk.say(CommandKind::halt);
                 return after(desk, CommandKind::resume);
             },
         .left = 5_quantity},
        open_breaker(BreakerScope::global, "global"),
        open_breaker(BreakerScope::venue, "venue"),
        open_breaker(BreakerScope::instrument, "instrument"),
        open_breaker(BreakerScope::agent, "agent"),
        open_breaker(BreakerScope::agent_instrument, "agent_and_instrument"),
        {.check = Check::breaker,
         .what = "half_open_a_tenth_of_25_percent",
         .effect = Effect::reduces,
         .inside =
             [](Desk& desk) {
                 half_open(desk);
                 return buy(desk, 25_d);
             },
         .outside =
             [](Desk& desk) {
                 half_open(desk);
                 return buy(desk, 25.01_d);
             },
         .left = 25_quantity},
    };
}

Cases venues() {
    return {
        {.check = Check::venue_ready,
         .what = "clock_500_ms",
         .inside = [](Desk& desk) { return with_clock(desk, 0.5_d); },
         .outside = [](Desk& desk) { return with_clock(desk, 0.500000001_d); }},
        {.check = Check::venue_ready,
         .what = "private_stream",
         .inside = ten,
         .outside =
             [](Desk& desk) {
                 desk.reconciles = false;
                 desk.venue(ReportKind::private_lost);
                 return ten(desk);
             },
         .aside = set_of(Check::breaker)},
        {.check = Check::venue_ready,
         .what = "not_reconciled",
         .inside = ten,
         .outside =
             [](Desk& desk) {
                 desk.reconciles = false;
                 desk.venue(ReportKind::connected);
                 return ten(desk);
             }},
        {.check = Check::tradable,
         .what = "cancel_only",
         .inside =
             [](Desk& desk) {
                 desk.status(btc, TradingStatus::limit_only);
                 return ten(desk);
             },
         .outside =
             [](Desk& desk) {
                 desk.status(btc, TradingStatus::cancel_only);
                 return ten(desk);
             }},
        {.check = Check::tradable,
         .what = "post_only",
         .inside =
             [](Desk& desk) {
                 desk.status(btc, TradingStatus::post_only);
                 return buy(desk, 10_d,
                            [](Action& action) { action.working.urgency = Urgency::passive; });
             },
         .outside =
             [](Desk& desk) {
                 desk.status(btc, TradingStatus::post_only);
                 return ten(desk);
             }},
    };
}

Cases errors() {
    return {
        {.check = Check::authority,
         .what = "generation_over",
         .inside = [](Desk& desk) { return decided_and_waiting(desk, [](Desk&) {}); },
         .outside = [](Desk& desk) { return decided_and_waiting(desk, stopped); },
         .aside = set_of(Check::permission)}, // a stopped agent has no symbols either
        {.check = Check::authority,
         .what = "agent_disabled",
         .inside = [](Desk& desk) { return decided_and_waiting(desk, [](Desk&) {}); },
         .outside =
             [](Desk& desk) {
                 return decided_and_waiting(desk, [](Desk& d) {
                     Command disable;
                     disable.kind = CommandKind::agent_disable;
                     disable.agent = one;
                     d.say(disable);
                 });
             }},
        {.check = Check::repetition,
         .what = "fourth_in_10_s",
         .inside = [](Desk& desk) { return again(desk, 3); },
         .outside = [](Desk& desk) { return again(desk, 4); }},
        {.check = Check::self_trade,
         .what = "own_offer",
         .inside = [](Desk& desk) { return up_to(desk, 100.04_price); },
         .outside = [](Desk& desk) { return up_to(desk, 100.05_price); },
         .before = own_offer},
    };
}

} // namespace

Cases authority_cases() {
    Cases cases;
    for (const Cases& some : {states(), permissions(), venues(), errors()}) {
        cases.insert(cases.end(), some.begin(), some.end());
    }
    return cases;
}

} // namespace grekko::test
