#include "core/risk/check.hpp"

#include <array>
#include <bit>

namespace grekko::risk {

namespace {

struct Entry {
    std::string_view name, remedy;
};

constexpr std::array<Entry, check_count + 1> entries{{
    {"none", ""},
    {"state", "Resume the book, or wait for the end of REDUCING; in HALTED only an operator acts."},
    {"breaker", "Wait until the breaker closes, or reset it with a reason."},
    {"authority", "Propose again: the decision is missing, expired, used or smaller."},
    {"venue_ready", "Wait for the venue to reconnect and reconcile; check the machine's clock."},
    {"permission", "Allow the agent this instrument, side and type, or wait out the blackout."},
    {"tradable", "The venue does not take this order now; choose another type or venue."},
    {"price_form", "Name a price above zero, inside the venue's bands."},
    {"size_form", "Name a size between the venue's minimum and maximum."},
    {"notional", "Trade more than the venue's minimum notional, or leave the rest as dust."},
    {"data_age", "Wait for fresh market data."},
    {"book_sane", "Wait for a book with two sides and an ordinary spread."},
    {"collar", "Bring the limit nearer to the mark; if the mark is in doubt, wait."},
    {"slippage", "Trade less, slice it, or rest at the touch."},
    {"participation", "Trade less at once: slice it with TWAP."},
    {"volatility", "Wait until volatility is nearer to its median."},
    {"order_value", "Split the order; set an absolute cap before trading live."},
    {"trade_risk", "Trade less, or set a nearer stop."},
    {"stop_sane", "Set a stop outside the noise and within 20 %."},
    {"edge", "Trade only where the expected move pays for the costs: a longer horizon, less cost."},
    {"repetition", "The agent repeats itself: look for a loop in it."},
    {"self_trade", "Cancel the own resting order first, or let the book cross it internally."},
    {"agent_gross", "Close another position of the agent, or raise its allocation."},
    {"instrument", "Trade a smaller position, or another instrument."},
    {"book_gross", "Close something first: the book is full."},
    {"virtual_gross", "Agents hold opposite positions here: let one of them close."},
    {"cluster", "Trade something that moves differently."},
    {"leverage", "Trade within the capital; margin must be configured."},
    {"balance", "Free or deposit funds; stops and orders hold what they would sell."},
    {"heat", "Close or tighten a position first."},
    {"venue_share", "Move assets to another venue."},
    {"quote_currency", "Wait until the stable currency is back at par, or quote in another."},
    {"open_orders", "Cancel orders that are not needed."},
    {"rate", "Send fewer orders a second."},
    {"message_ratio", "Re-price less often: too many messages for the fills they bring."},
    {"replace_rate", "Replace an order at most once a second and ten times in all."},
    {"turnover", "Wait: the book has traded or paid its limit of the last 24 hours."},
    {"agent_loss", "The agent has lost its limit: wait for the day's end, or review and reset it."},
    {"day_loss", "Wait for 00:00 UTC; a halt is resumed by an operator."},
    {"drawdown", "Trade smaller until recovered; a halt is resumed by an operator."},
    {"losing_run", "Review the agent: it has lost too many times in a row."},
    {"score", "Follow the mitigation that stands beside the score."},
}};

}  // namespace

std::string_view name(Check check) {
    const auto index = static_cast<std::size_t>(check);
    return index < entries.size() ? entries[index].name : "unknown";
}

std::string_view remedy(Check check) {
    const auto index = static_cast<std::size_t>(check);
    return index < entries.size() ? entries[index].remedy : std::string_view{};
}

Check lowest(CheckSet set) {
    return set == 0 ? Check::none : static_cast<Check>(std::countr_zero(set));
}

CheckSet applicable(events::AssessmentKind kind, Purpose purpose) {
    using events::AssessmentKind;
    constexpr CheckSet voted = bit(Check::trade_risk) | bit(Check::stop_sane) | bit(Check::edge) |
                               bit(Check::repetition);
    switch (kind) {
        case AssessmentKind::increase: return increase_checks;
        case AssessmentKind::mandate: return increase_checks & ~voted;
        case AssessmentKind::reduce: return reduce_checks;
        case AssessmentKind::flatten: return flatten_checks;
        case AssessmentKind::stop: return stop_checks;
        case AssessmentKind::replace:
            // Its limit lies far from the mark as it must, and until it covers nothing is bought;
            // stops.disaster_debounce paces it.
            if (purpose == Purpose::disaster_stop) return stop_checks | bit(Check::authority);
            if (purpose == Purpose::mandate) return replace_checks & ~voted;
            return reduces(purpose) ? reduce_checks | bit(Check::replace_rate) : replace_checks;
        case AssessmentKind::child: break;
    }
    if (purpose == Purpose::stop || purpose == Purpose::disaster_stop) {
        return stop_checks | bit(Check::authority);  // of a child: not beyond its parent
    }
    if (purpose == Purpose::flatten) return flatten_checks;
    return reduces(purpose) ? reduce_checks : child_checks;
}

}  // namespace grekko::risk
