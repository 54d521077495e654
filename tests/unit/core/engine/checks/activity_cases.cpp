// 32-36: how much is sent, replaced and traded.
#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

void mandate(Desk& desk, AgentId agent) {
    Action ask;
    ask.kind = ActionKind::mandate;
    ask.instrument = btc;
    ask.inventory_min = Quantity{};
    ask.inventory_max = 100_quantity;
    ask.side = Side::buy;
    ask.amount = 1_d;
    ask.at = desk.now + Duration::hours(10);
    ask.stop = 97_price;
    ask.confidence = 0.5_rate;
    ask.reason = "quotes";
    desk.answer(agent, {ask});
    const IntentId round = desk.all<events::IntentProposed>().back().id;
    for (const AgentId voter : {one, two, three}) {
        if (voter == agent) continue;
        Action vote;
        vote.kind = ActionKind::vote;
        vote.ballot = Ballot::approve;
        vote.round = round;
        vote.amount = 1_d;
        vote.confidence = 0.5_rate;
        desk.answer(voter, {vote});
    }
    ASSERT(desk.engine.state().consensus.mandates.contains({agent, btc}));
}
Action quoted(Price at) {
    Action action;
    action.kind = ActionKind::quote;
    action.instrument = btc;
    action.side = Side::buy;
    action.amount = 0.1_d;
    action.limit = at;
    return action;
}
// Quotes rest one below the other, `apart` in time; the last one is what is looked at.
RiskAssessed quotes(Desk& desk, AgentId agent, int count, Duration apart) {
    mandate(desk, agent);
    for (int i = 0; i < count; ++i) {
        if (i > 0) desk.advance(apart);
        desk.refresh();
        desk.answer(agent, {quoted(99.9_price - 0.01_price * i)});
    }
    return desk.assessed(AssessmentKind::mandate);
}
std::function<RiskAssessed(Desk&)> quoting(int count, Duration apart) {
    return [=](Desk& desk) { return quotes(desk, one, count, apart); };
}
// So many quotes are taken back, and another is made.
RiskAssessed again_after_cancels(Desk& desk, int count) {
    quotes(desk, one, count, Duration{});
    Action cancel;
    cancel.kind = ActionKind::cancel_quotes;
    cancel.instrument = btc;
    desk.answer(one, {cancel});
    desk.answer(one, {quoted(99.9_price)});
    return desk.assessed(AssessmentKind::mandate);
}
std::function<void(Desk&)> resting(AgentId agent, int count) {
    return [=](Desk& desk) {
        quotes(desk, agent, count, Duration::milliseconds(1));
        desk.live(Duration::seconds(10)); // the book's tokens are back
    };
}
RiskAssessed one_coin(Desk& desk) {
    return buy(desk, 1_d);
}

// `count` messages without a fill: orders of agent one and their cancels.
std::function<void(Desk&)> messages(int count) {
    return [=](Desk& desk) {
        mandate(desk, one);
        for (int sent = 0; sent < count;) {
            desk.refresh();
            desk.answer(one, {quoted(99.9_price)});
            ++sent;
            if (sent == count) {
                desk.end(desk.placed.back().id, ReportKind::expired);
                continue;
            }
            Action cancel;
            cancel.kind = ActionKind::cancel_quotes;
            cancel.instrument = btc;
            desk.answer(one, {cancel});
            ++sent;
            desk.advance(Duration::milliseconds(700));
        }
        desk.advance(Duration::seconds(10));
    };
}

// A resting order follows the touch after `apart`, and then again.
RiskAssessed follows(Desk& desk, Duration apart, int times) {
    Action action = Desk::target(btc, 1_d);
    action.working.urgency = Urgency::passive;
    action.working.passive_for = Duration::minutes(5);
    desk.answer(one, {action});
    // The last look is the one that counts: what it refuses is tried again a little later.
    const auto looks = [&] {
        const auto all = desk.all<RiskAssessed>();
        return std::ranges::count(all, AssessmentKind::replace, &RiskAssessed::kind);
    };
    for (int i = 1; i <= times; ++i) {
        desk.price(btc, 100_price + 0.02_price * i);
        for (Duration waited; waited < apart && looks() < times;
             waited = waited + Duration::milliseconds(100)) {
            desk.advance(Duration::milliseconds(100));
        }
        desk.price(btc, 100_price + 0.02_price * i);
    }
    return desk.assessed(AssessmentKind::replace);
}

// Agent two buys and sells `value` in all.
void turn_over(Desk& desk, Decimal each, int legs) {
    for (int i = 0; i < legs; ++i) {
        desk.refresh();
        take_position(desk, two, btc, i % 2 == 0 ? each : 0_d, 100_price, 99_price);
    }
}

Cases open_orders() {
    const auto other = [](Desk& desk) { return buy(desk, 1_d, {}, eth); };
    return {
        {.check = Check::open_orders,
         .what = "10_of_an_agent",
         .inside = quoting(10, Duration::seconds(1)),
         .outside = quoting(11, Duration::seconds(1)),
         .aside = set_of(Check::participation)},
        {.check = Check::open_orders,
         .what = "50_on_an_account",
         .inside =
             [other](Desk& desk) {
                 desk.end(desk.open_orders.begin()->first, ReportKind::expired);
                 return other(desk);
             },
         .outside = other,
         .before = resting(two, 50)},
        {.check = Check::open_orders,
         .what = "80_percent_of_the_venues_limit",
         .inside = quoting(4, Duration::seconds(1)),
         .outside = quoting(5, Duration::seconds(1)),
         .plan =
             [](Plan& plan) {
                 plan.listing = [](Listing& listing) { listing.open_orders_max = 5; };
             }},
    };
}

Cases rates() {
    return {
        {.check = Check::rate,
         .what = "agent_burst_of_5",
         .inside = quoting(5, Duration{}),
         .outside = quoting(6, Duration{})},
        {.check = Check::rate,
         .what = "cancels_take_no_token",
         .inside = [](Desk& desk) { return again_after_cancels(desk, 4); },
         .outside = [](Desk& desk) { return again_after_cancels(desk, 5); }},
        {.check = Check::rate,
         .what = "agent_2_a_second",
         .inside =
             [](Desk& desk) {
                 quotes(desk, one, 5, Duration{});
                 desk.advance(Duration::milliseconds(500));
                 desk.refresh();
                 desk.answer(one, {quoted(99_price)});
                 return desk.assessed(AssessmentKind::mandate);
             },
         .outside =
             [](Desk& desk) {
                 quotes(desk, one, 5, Duration{});
                 desk.advance(Duration::milliseconds(499));
                 desk.refresh();
                 desk.answer(one, {quoted(99_price)});
                 return desk.assessed(AssessmentKind::mandate);
             }},
        {.check = Check::rate,
         .what = "book_burst_of_20",
         .inside = quoting(20, Duration{}),
         .outside = quoting(21, Duration{}),
         .aside = set_of(Check::open_orders),
         .plan = [](Plan& plan) { plan.settings.risk.agent_burst = 100; }},
        // Half of 6 a second, of which 30 % are kept for exits: two at once.
        {.check = Check::rate,
         .what = "half_of_the_venues_budget_less_30_percent",
         .inside = quoting(2, Duration{}),
         .outside = quoting(3, Duration{}),
         .plan =
             [](Plan& plan) {
                 plan.universe = [](Universe& all) { all.venues[1].rate_per_second = 6; };
             }},
    };
}

} // namespace

Cases activity_cases() {
    Cases cases{
        {.check = Check::message_ratio,
         .what = "200_messages_without_a_fill",
         .inside = [](Desk& desk) { return one_coin(desk); },
         .outside =
             [](Desk& desk) {
                 quotes(desk, one, 1, Duration{});
                 desk.advance(Duration::seconds(5));
                 desk.refresh();
                 return buy(desk, 1_d, {}, eth);
             },
         .before = messages(200)},
        {.check = Check::replace_rate,
         .what = "once_a_second",
         .inside = [](Desk& desk) { return follows(desk, Duration::milliseconds(1'000), 2); },
         .outside = [](Desk& desk) { return follows(desk, Duration::milliseconds(900), 2); },
         .plan =
             [](Plan& plan) {
                 plan.settings.execution.reprice_after = Duration::milliseconds(100);
                 plan.settings.execution.reprices_max = 50;
                 plan.listing = [](Listing& listing) { listing.replace_is_atomic = true; };
             }},
        {.check = Check::replace_rate,
         .what = "ten_times",
         .inside = [](Desk& desk) { return follows(desk, Duration::seconds(2), 10); },
         .outside = [](Desk& desk) { return follows(desk, Duration::seconds(2), 11); },
         .plan =
             [](Plan& plan) {
                 plan.settings.execution.reprice_after = Duration::seconds(1);
                 plan.settings.execution.reprices_max = 50;
                 plan.listing = [](Listing& listing) { listing.replace_is_atomic = true; };
             }},
        // 9.9 N are traded: another 10 % of N makes ten.
        {.check = Check::turnover,
         .what = "10_n_in_24_h",
         .inside = [](Desk& desk) { return buy(desk, 100_d); },
         .outside = [](Desk& desk) { return buy(desk, 100.01_d); },
         .before = [](Desk& desk) { turn_over(desk, 990_d, 10); }},
        // Ten legs of 25 000 at 20 bp are 500 of fees, paid in again: half a percent of N.
        {.check = Check::turnover,
         .what = "fees_half_a_percent_in_24_h",
         .inside = one_coin,
         .outside =
             [](Desk& desk) {
                 desk.engine.deposit(first, "USD", -1_d, desk.now);
                 return one_coin(desk);
             },
         .plan = [](Plan& plan) { plan.fee = 0.002_rate; },
         .before =
             [](Desk& desk) {
                 turn_over(desk, 250_d, 10);
                 desk.engine.deposit(first, "USD", 500_d, desk.now);
             }},
    };
    for (const Cases& more : {open_orders(), rates()}) {
        cases.insert(cases.end(), more.begin(), more.end());
    }
    return cases;
}

} // namespace grekko::test
