#include <algorithm>

#include "core/agents/agents.hpp"

namespace grekko::agents {
namespace {

Decimal product(Decimal a, Decimal b) {
    return multiply(a, b, Rounding::half_even);
}

// r̃ = clamp(r / 2σ(horizon), −1, 1), r = s·(M(exit)/M(t) − 1) − cost.
Decimal outcome(const events::RoundObserved& round, Price exit) {
    const auto grown = checked_ratio(exit, round.mark, Rounding::half_even);
    if (!grown) return Decimal::whole(sign(round.side)); // beyond any scale
    const Decimal move = multiply(grown->decimal() - 1_d, sign(round.side));
    const auto scaled = checked_divide(move - round.cost.decimal(),
                                       multiply(round.sigma.decimal(), 2), Rounding::half_even);
    if (!scaled) return move.is_negative() ? -1_d : 1_d;
    return std::clamp(*scaled, -1_d, 1_d);
}

// One vote's event: what it adds to the sums of its agent, and what that makes of its skill.
events::VoteScored judge(const State& state, const Settings& settings,
                         const events::RoundObserved& round, const StatedVote& vote,
                         const Mark& exit) {
    const Skill& before = state.roster[vote.agent.value()].skill;
    const Decimal stated = vote.stated.decimal();
    events::VoteScored event{.round = round.round,
                             .agent = vote.agent,
                             .instrument = round.instrument,
                             .stated = vote.stated};
    Skill after = before;
    if (exit.known()) {
        const auto pending = state.unresolved.find({vote.agent, round.instrument});
        const std::int64_t overlapping = pending == state.unresolved.end() ? 1 : pending->second;
        const Decimal share = divide(1_d, Decimal::whole(std::max<std::int64_t>(overlapping, 1)),
                                     Rounding::half_even);
        const Decimal result = outcome(round, exit.price);
        const Decimal predicted = product(slope(settings, before), stated);
        after.numerator = product(settings.skill_decay, before.numerator) +
                          product(share, product(stated, result));
        after.denominator = product(settings.skill_decay, before.denominator) +
                            product(share, product(stated, stated));
        event.outcome = Rate{result};
        event.share = Rate{share};
        event.quadratic =
            Rate{product(multiply(predicted, 2), result) - product(predicted, predicted)};
    }
    event.numerator = Rate{after.numerator};
    event.denominator = Rate{after.denominator};
    event.slope = Rate{slope(settings, after)};
    event.skill = skill(settings, after);
    event.decay = Rate{settings.skill_decay};
    return event;
}

} // namespace

Decimal slope(const Settings& settings, const Skill& skill) {
    const Decimal prior = product(settings.prior_weight, settings.prior_slope);
    return divide(prior + skill.numerator, settings.prior_weight + skill.denominator,
                  Rounding::half_even);
}

Rate skill(const Settings& settings, const Skill& record) {
    const Decimal ratio =
        divide(slope(settings, record), settings.prior_slope, Rounding::half_even);
    return std::clamp(Rate{ratio}, settings.skill_min, settings.skill_max);
}

// t = β / √(s² / (200 + d)), s² = (Σu·r̃² − 2β·n + β²·d) / Σu: the mean squared miss of β·x.
Figures figures(const Settings& settings, const Skill& record) {
    Figures figures{.slope = slope(settings, record),
                    .skill = skill(settings, record),
                    .effective = record.effective,
                    .votes = record.votes};
    if (record.votes == 0) return figures;
    const Decimal votes = Decimal::whole(static_cast<std::int64_t>(record.votes));
    const Decimal hits = Decimal::whole(static_cast<std::int64_t>(record.hits));
    figures.hit_rate = Rate{divide(hits, votes, Rounding::half_even)};
    figures.quadratic = divide(record.quadratic, votes, Rounding::half_even);
    if (record.effective < 2_d) return figures;
    const Decimal misses = record.outcome_square -
                           product(multiply(figures.slope, 2), record.numerator) +
                           product(product(figures.slope, figures.slope), record.denominator);
    if (!misses.is_positive()) return figures;
    const Decimal variance = divide(misses, record.effective, Rounding::half_even);
    const Decimal error = square_root(
        divide(variance, settings.prior_weight + record.denominator, Rounding::half_even));
    if (error.is_zero()) return figures;
    figures.t_value = checked_divide(figures.slope, error, Rounding::half_even).value_or(Decimal{});
    return figures;
}

std::optional<events::RoundObserved> observe(const State& state, IntentId round,
                                             const Intent& intent, const ObserveContext& context) {
    const Rate sigma = context.market.sigma(intent.horizon);
    if (!context.market.mark.known() || !context.market.mark.price.is_positive() ||
        !sigma.is_positive() || state.observed.size() >= limits::observed_rounds_max) {
        return std::nullopt;
    }
    return events::RoundObserved{.round = round,
                                 .instrument = intent.instrument,
                                 .side = intent.side(),
                                 .mark = context.market.mark.price,
                                 .stop = intent.stop,
                                 .exit_at = context.now + intent.horizon,
                                 .cost = context.cost,
                                 .sigma = sigma};
}

bool touched(const State& state, InstrumentId instrument, Price mark) {
    if (instrument.value() >= state.triggers.size()) return false;
    const Triggers& triggers = state.triggers[instrument.value()];
    return mark <= triggers.below || mark >= triggers.above;
}

std::vector<IntentId> due(const State& state, InstrumentId instrument, Price mark) {
    std::vector<Exit> exits;
    if (!touched(state, instrument, mark)) return {};
    const Triggers& triggers = state.triggers[instrument.value()];
    const auto add = [&](const Trigger& trigger) {
        exits.push_back({state.observed.at(trigger.round).round.exit_at, trigger.round});
    };
    for (auto i = triggers.buys.rbegin(); i != triggers.buys.rend() && i->stop >= mark; ++i)
        add(*i);
    for (auto i = triggers.sells.begin(); i != triggers.sells.end() && i->stop <= mark; ++i)
        add(*i);
    std::ranges::sort(exits);
    std::vector<IntentId> rounds;
    for (const Exit& exit : exits)
        rounds.push_back(exit.round);
    return rounds;
}

std::vector<IntentId> due(const State& state, Instant now) {
    std::vector<IntentId> rounds;
    for (const Exit& exit : state.exits) {
        if (exit.at > now) break;
        rounds.push_back(exit.round);
    }
    return rounds;
}

Instant next_exit(const State& state) {
    return state.exits.empty() ? Instant{} : state.exits.begin()->at;
}

std::vector<events::VoteScored> score(const State& state, const Settings& settings, IntentId round,
                                      const Mark& exit) {
    std::vector<events::VoteScored> events;
    const auto observed = state.observed.find(round);
    if (observed == state.observed.end()) return events;
    for (const StatedVote& vote : observed->second.votes) {
        events.push_back(judge(state, settings, observed->second.round, vote, exit));
    }
    return events;
}

} // namespace grekko::agents
