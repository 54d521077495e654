#include "core/risk/mark.hpp"

#include "core/risk/draft.hpp"

namespace grekko::risk {

namespace {

using events::BookState;
using events::StateCause;

Bound bound(const Settings& settings, Notional limit) {
    return {limit, scaled(limit, settings.price_passed_factor, Rounding::floor)};
}

struct Look {
    MarkFindings& found;
    const Settings& settings;
    void at(Check check, Notional value, const Bound& bound) {
        if (value <= bound.limit || !settings.on(check)) return;
        found.failed |= bit(check);
        if (value > bound.passed) found.passed |= bit(check);
    }
};

// Asks for a state if it is stricter than what is asked for already; a manual one wins a tie.
void want(MarkFindings& found, BookState state, StateCause cause, bool manual) {
    if (state < found.wanted || (state == found.wanted && (found.manual || !manual))) return;
    found.wanted = state;
    found.cause = cause;
    found.manual = manual;
}

void look_at_losses(const State& state, const Settings& settings, const BookView& book,
                    MarkFindings& found) {
    found.factor = state.counters.book_factor;
    if (book.stale) return;
    if (settings.on(Check::day_loss) && book.day_return <= -settings.day_loss_reducing) {
        found.failed |= bit(Check::day_loss);
        const bool halts = book.day_return <= -settings.day_loss_halted;
        want(found, halts ? BookState::halted : BookState::reducing, StateCause::day_loss, halts);
    }
    if (!settings.on(Check::drawdown)) return;
    if (book.drawdown >= settings.drawdown_reducing) {
        found.failed |= bit(Check::drawdown);
        const bool halts = book.drawdown >= settings.drawdown_halted;
        want(found, halts ? BookState::halted : BookState::reducing, StateCause::drawdown, true);
    }
    if (book.drawdown >= settings.drawdown_half) found.factor = settings.half;
    if (book.drawdown < settings.drawdown_recovered) found.factor = Rate::whole(1);
    found.factor_changes = found.factor != state.counters.book_factor;
}

Notional agent_limit_of(const State& state, const Settings& settings, Notional base,
                        AgentId agent) {
    const AgentRow& row = agent_row(state.counters, agent);
    AgentTerms terms;
    terms.tolerance = row.tolerance;
    return agent_limit(settings, base, terms, row.allocation);
}

void look_at_agents(const State& state, const Settings& settings, Notional base, const Valued& own,
                    MarkFindings& found) {
    if (!settings.on(Check::agent_gross)) return;
    for (const std::uint32_t index : own.cells) {
        if (state.valuation.cells[index].is_zero()) continue;
        const AgentId agent = state.exposure.cells[index].agent;
        if (agent == operator_agent || agent == house_agent) continue;
        const Notional most = agent_limit_of(state, settings, base, agent);
        const Notional gross = agent_gross(state.valuation, agent);
        if (gross <= most) continue;
        found.failed |= bit(Check::agent_gross);
        found.agents.push_back({agent, gross > bound(settings, most).passed});
    }
}

} // namespace

Bounds bounds(const Settings& settings, Notional limit_base) {
    Bounds made;
    made.limit_base = std::clamp(limit_base, Notional{}, Notional{ceiling_value});
    // What a check that is switched off would hold back is held back nowhere.
    const auto limit_of = [&](Check check, Notional limit) {
        return bound(settings, settings.on(check) ? limit : Notional{ceiling_value});
    };
    const auto of_base = [&](Check check, Rate share) {
        return limit_of(check, scaled(made.limit_base, share, Rounding::floor));
    };
    const Rate single[2] = {settings.instrument_other_max, settings.instrument_major_max};
    for (int i = 0; i < 2; ++i) {
        made.instrument[i] = of_base(Check::instrument, single[i]);
        const Notional most = scaled(made.limit_base, single[i], Rounding::floor);
        made.virtual_gross[i] = limit_of(
            Check::virtual_gross, scaled(most, settings.virtual_gross_factor, Rounding::floor));
    }
    made.gross = of_base(Check::book_gross, settings.book_gross_max);
    made.net = of_base(Check::book_gross, settings.book_net_max);
    made.cluster = of_base(Check::cluster, settings.cluster_max);
    made.leverage = of_base(Check::leverage, settings.leverage_max);
    made.heat = of_base(Check::heat, settings.heat_max);
    return made;
}

CheckSet market_failures(const Settings& settings, const MarketView& market) {
    CheckSet failed = 0;
    const auto look = [&](Check check, bool fails) {
        if (fails && settings.on(check)) failed |= bit(check);
    };
    look(Check::data_age, data_is_old(settings, market, market.now));
    look(Check::book_sane, !book_is_sane(settings, market));
    look(Check::collar, mark_in_doubt(settings, market, market.mark.price));
    return failed;
}

bool limits_kept(const State& state, const Settings& settings, Notional base, AgentId agent) {
    return !settings.on(Check::agent_gross) ||
           agent_gross(state.valuation, agent) <= agent_limit_of(state, settings, base, agent);
}

MarkFindings on_mark(const State& state, const Settings& settings, const MarkContext& context) {
    MarkFindings found;
    look_at_losses(state, settings, context.book, found);
    const Valuation& valuation = state.valuation;
    const Valued& own = valued(valuation, context.instrument.id);
    if (!own.virtual_gross.is_zero() || !own.worst.is_zero()) {
        found.failed |= market_failures(settings, context.market);
        const Bounds& limits = context.bounds;
        const unsigned major = context.instrument.major ? 1 : 0;
        Look look{found, settings};
        look.at(Check::instrument, own.worst, limits.instrument[major]);
        look.at(Check::virtual_gross, own.virtual_gross, limits.virtual_gross[major]);
        look.at(Check::book_gross, valuation.gross, limits.gross);
        look.at(Check::book_gross, std::max(valuation.long_net, Notional{} - valuation.short_net),
                limits.net);
        look.at(Check::leverage, valuation.gross, limits.leverage);
        look.at(Check::heat, valuation.heat, limits.heat);
        if (own.cluster != 0) {
            look.at(Check::cluster, cluster_gross(valuation, own.cluster), limits.cluster);
        }
        look_at_agents(state, settings, limits.limit_base, own, found);
    }
    constexpr CheckSet of_book =
        bit(Check::book_gross) | bit(Check::cluster) | bit(Check::leverage) | bit(Check::heat);
    if ((found.passed & of_book) != 0) {
        want(found, BookState::reducing, StateCause::limit_by_price, false);
    }
    if (found.wanted <= context.state) found.cause = StateCause::none;
    return found;
}

} // namespace grekko::risk
