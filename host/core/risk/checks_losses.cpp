// Checks 37-40: what has been lost. The states of the book follow from on_mark(); here an increase
// meets the same limits, so that none slips through between two marks.
#include "core/risk/draft.hpp"

namespace grekko::risk {

namespace {

Quantity share(const Draft& draft, Rate factor) {
    return scaled(draft.requested, factor, Rounding::toward_zero);
}

void check_agent(Draft& draft) {
    const Settings& settings = draft.settings;
    const AgentBook& agent = draft.context.agent;
    const Notional most = scaled(scaled(draft.base, settings.agent_day_loss_max, Rounding::floor),
                                 draft.context.terms.tolerance, Rounding::floor);
    draft.block(Check::agent_loss, agent.day_pnl.is_negative() && -agent.day_pnl >= most);
    // Its fall in money, against the book that bears it.
    const Notional fall = scaled(agent.allocation, agent.drawdown, Rounding::half_even);
    const Notional leash = scaled(scaled(draft.base, settings.agent_drawdown_max, Rounding::floor),
                                  draft.context.terms.tolerance, Rounding::floor);
    if (fall.is_zero() || fall < leash || !draft.on(Check::agent_loss)) return;
    draft.block(Check::agent_loss, true);
    draft.agent_breakers |= bit(Check::agent_loss);
}

void check_drawdown(Draft& draft) {
    const Settings& settings = draft.settings;
    const Rate drawdown = draft.context.book.drawdown;
    draft.block(Check::drawdown, drawdown >= settings.drawdown_reducing);
    Rate factor = draft.state.counters.book_factor;
    if (drawdown >= settings.drawdown_half) factor = std::min(factor, settings.half);
    if (factor < Rate::whole(1)) draft.reduce(Check::drawdown, share(draft, factor));
}

void check_losing_run(Draft& draft) {
    const Settings& settings = draft.settings;
    const std::uint32_t run = draft.context.agent.losing_run;
    Rate factor = agent_row(draft.state.counters, draft.request.agent).size_factor;
    if (run >= settings.losing_run_half) factor = std::min(factor, settings.half);
    if (factor < Rate::whole(1)) draft.reduce(Check::losing_run, share(draft, factor));
    if (run < settings.losing_run_breaker || !draft.on(Check::losing_run)) return;
    draft.block(Check::losing_run, true);
    draft.agent_breakers |= bit(Check::losing_run);
}

}  // namespace

void check_losses(Draft& draft) {
    check_agent(draft);
    draft.block(Check::day_loss,
                draft.context.book.day_return <= -draft.settings.day_loss_reducing);
    check_drawdown(draft);
    check_losing_run(draft);
}

}  // namespace grekko::risk
