#include "core/risk/book_state.hpp"

#include <algorithm>

#include "core/risk/breakers_parts.hpp"

namespace grekko::risk {

using events::BookState;
using events::BookStateChanged;
using events::BreakerScope;
using events::BreakerState;
using events::StateCause;

// ---- The matrix ------------------------------------------------------------------------------

bool permits(BookState state, bool frozen, Purpose purpose, Origin origin) {
    if (frozen) return false;
    switch (purpose) {
        case Purpose::increase:
        case Purpose::mandate: return state == BookState::active;
        case Purpose::stop:
        case Purpose::disaster_stop: return origin != Origin::agent;
        case Purpose::reduce:
        case Purpose::flatten: return state != BookState::halted || origin != Origin::agent;
    }
    return false;
}

bool permits_cancel(BookState, bool frozen, Purpose purpose, Origin origin) {
    if (!reduces(purpose)) return true;
    if (frozen) return false;
    const bool protective = purpose == Purpose::stop || purpose == Purpose::disaster_stop;
    return !protective || origin != Origin::agent;
}

bool asks_agents(BookState state) { return state != BookState::halted; }

// ---- State -----------------------------------------------------------------------------------

bool manual(const BookStates& states) {
    return std::any_of(states.demands.begin(), states.demands.end(),
                       [](const auto& entry) { return entry.second.manual; });
}

StateCause cause(const BookStates& states) {
    StateCause found = StateCause::none;
    const Demand* strictest = nullptr;
    for (const auto& [why, demand] : states.demands) {
        const bool wins = strictest == nullptr || demand.state > strictest->state ||
                          (demand.state == strictest->state && demand.manual &&
                           !strictest->manual);
        if (!wins) continue;
        found = why;
        strictest = &demand;
    }
    return found;
}

namespace {

using Demands = std::map<StateCause, Demand>;

BookState strictest(const Demands& demands) {
    BookState state = BookState::active;
    for (const auto& [why, demand] : demands) state = std::max(state, demand.state);
    return state;
}

bool any_frozen(const Demands& demands) {
    return std::any_of(demands.begin(), demands.end(),
                       [](const auto& entry) { return entry.second.frozen; });
}

// By a resume: what waits for an operator, and a doubt about an account that he answers for.
void end_by_resume(Demands& demands) {
    std::erase_if(demands, [](const auto& entry) {
        return entry.second.manual || entry.first == StateCause::account_mismatch;
    });
}

// What the demands are once `event` is applied: for deciding and for applying, so both agree.
Demands after(const BookStates& states, const BookStateChanged& event, Instant at) {
    Demands demands = states.demands;
    if (event.released != StateCause::none) {
        demands.erase(event.released);
    } else if (event.demanded != BookState::active) {
        demands[event.cause] = {event.demanded, event.manual, event.freezes, {}, at};
    } else if (event.cause == StateCause::operator_command) {
        end_by_resume(demands);
    }
    return demands;
}

BookStateChanged blank(const BookStates& states, const BookView& book) {
    BookStateChanged event;
    event.from = states.state;
    event.half_size = states.half_size;
    event.day_return = book.day_return;
    event.drawdown = book.drawdown;
    return event;
}

// What the book will be, once what `event` says of its demand is applied.
void settle(const BookStates& states, BookStateChanged& event) {
    const Demands demands = after(states, event, Instant{});
    event.to = strictest(demands);
    event.frozen = any_frozen(demands);
}

struct Ask {
    BookState state{BookState::reducing};
    StateCause cause{};
    bool manual{false};
    bool frozen{false};
    std::string_view reason;
};

// None where the same cause demands as much already.
StateEvent demand(const BookStates& states, const BookView& book, const Ask& ask) {
    const auto held = states.demands.find(ask.cause);
    BookStateChanged event = blank(states, book);
    event.cause = ask.cause;
    event.demanded = ask.state;
    event.manual = ask.manual;
    event.freezes = ask.frozen;
    if (held != states.demands.end()) {
        event.demanded = std::max(event.demanded, held->second.state);
        event.manual = event.manual || held->second.manual;
        event.freezes = event.freezes || held->second.frozen;
        const Demand& old = held->second;
        if (event.demanded == old.state && event.manual == old.manual &&
            event.freezes == old.frozen) {
            return std::nullopt;
        }
    }
    settle(states, event);
    event.reason = ask.reason;
    return event;
}

StateEvent release(const BookStates& states, const BookView& book, StateCause released,
                   StateCause cause, std::string_view reason) {
    if (!states.demands.contains(released)) return std::nullopt;
    BookStateChanged event = blank(states, book);
    event.cause = cause;
    event.released = released;
    settle(states, event);
    event.reason = reason;
    return event;
}

}  // namespace

void apply(BookStates& states, const BookStateChanged& event, const RecordHead& head) {
    states.demands = after(states, event, head.at);
    if (event.to != states.state) states.since = head.at;
    states.state = strictest(states.demands);
    states.frozen = any_frozen(states.demands);
    if (event.half_size && !states.half_size) states.half_size_since = head.at;
    states.half_size = event.half_size;
}

// ---- Decisions -------------------------------------------------------------------------------

StateEvent on_findings(const BookStates& states, const MarkFindings& findings,
                       const BookView& book) {
    if (findings.wanted == BookState::active || findings.cause == StateCause::none) {
        return std::nullopt;
    }
    return demand(states, book,
                  {findings.wanted, findings.cause, findings.manual, false,
                   findings.cause == StateCause::day_loss   ? "day loss"
                   : findings.cause == StateCause::drawdown ? "drawdown from the peak"
                                                            : "a limit was passed by price"});
}

StateEvent on_breakers(const BookStates& states, const Breakers& breakers, const BookView& book) {
    const Breaker& global = breaker(breakers, BreakerKey{});
    const std::uint32_t causes = global.state == BreakerState::open ? global.causes : 0;
    bool doubt = false;
    for (const auto& [key, one] : breakers.all) {
        doubt = doubt ||
                (key.scope == BreakerScope::account && one.state == BreakerState::open);
    }
    const struct {
        bool stands;
        Ask ask;
        bool ends_by_itself;
    } rows[] = {
        {(causes & bit(BreakerCause::journal_slow)) != 0,
         {BookState::reducing, StateCause::journal_slow, false, false, "the journal is slow"},
         true},
        {(causes & bit(BreakerCause::disk_low)) != 0,
         {BookState::reducing, StateCause::disk_low, false, false, "the disk is below its reserve"},
         true},
        {(causes & bit(BreakerCause::quote_par)) != 0,
         {BookState::halted, StateCause::quote_currency, true, false,
          "a quote currency is off par"},
         false},
        {doubt,
         {BookState::reducing, StateCause::account_mismatch, false, true,
          "an account differs from the ledger: protection is off"},
         true},
    };
    for (const auto& row : rows) {
        StateEvent event = row.stands ? demand(states, book, row.ask)
                           : row.ends_by_itself
                               ? release(states, book, row.ask.cause, StateCause::recovery,
                                         "its breaker is no longer open")
                               : std::nullopt;
        if (event) return event;
    }
    return std::nullopt;
}

StateEvent on_time(const BookStates& states, const StateSettings& settings, const BookView& book,
                   TimeConditions conditions, Instant now) {
    const auto day_loss = states.demands.find(StateCause::day_loss);
    if (day_loss != states.demands.end() && !day_loss->second.manual &&
        now.floor(settings.day) > day_loss->second.since.floor(settings.day)) {
        return release(states, book, StateCause::day_loss, StateCause::new_day, "a new day, UTC");
    }
    const auto passed = states.demands.find(StateCause::limit_by_price);
    if (conditions.limits_kept && passed != states.demands.end() && !passed->second.manual) {
        StateEvent kept = release(states, book, StateCause::limit_by_price, StateCause::recovery,
                                  "all limits are kept again");
        if (kept) return kept;
    }
    if (!states.half_size || now - states.half_size_since < settings.half_size_for) {
        return std::nullopt;
    }
    BookStateChanged event = blank(states, book);
    event.cause = StateCause::half_size_over;
    event.half_size = false;
    settle(states, event);
    event.reason = "the hour after a resume is over";
    return event;
}

StateEvent on_loosened(const BookStates& states, const BookView& book) {
    const auto held = states.demands.find(StateCause::limit_by_price);
    if (held == states.demands.end() || held->second.manual) return std::nullopt;
    return demand(states, book,
                  {held->second.state, StateCause::limit_by_price, true, false,
                   "a limit was loosened: an operator resumes"});
}

bool limits_kept(const Valuation& valuation, const Bounds& bounds) {
    const Notional net =
        std::max(valuation.long_net, Notional{} - valuation.short_net);
    return valuation.gross <= bounds.gross.limit && net <= bounds.net.limit &&
           valuation.gross <= bounds.leverage.limit && valuation.heat <= bounds.heat.limit &&
           std::all_of(valuation.clusters.begin(), valuation.clusters.end(),
                       [&](Notional gross) { return gross <= bounds.cluster.limit; });
}

bool limits_kept(const Valuation& valuation, const Bounds& bounds, const Instrument& instrument) {
    const Valued& own = valued(valuation, instrument.id);
    const unsigned major = instrument.major ? 1 : 0;
    return own.worst <= bounds.instrument[major].limit &&
           own.virtual_gross <= bounds.virtual_gross[major].limit;
}

// ---- Commands --------------------------------------------------------------------------------

namespace {

std::string_view still_stands(const BookStates& states, const Settings& settings,
                              const Command& command, const ResumeConditions& conditions) {
    const BookView& book = conditions.book;
    const auto demanded = [&](StateCause why) {
        const auto found = states.demands.find(why);
        const bool waits = found != states.demands.end() && found->second.manual;
        return waits ? found->second.state : BookState::active;
    };
    if (demanded(StateCause::day_loss) != BookState::active &&
        book.day_return <= -settings.day_loss_halted) {
        return "the day's loss stands: wait for 00:00 UTC";
    }
    const BookState drawdown = demanded(StateCause::drawdown);
    const Rate most = drawdown == BookState::halted ? settings.drawdown_halted
                                                    : settings.drawdown_reducing;
    if (drawdown != BookState::active && command.kind != CommandKind::resume_rebase_peak &&
        book.drawdown >= most) {
        return "the drawdown stands: resume with --rebase-peak makes the present value the peak";
    }
    if (states.demands.contains(StateCause::account_mismatch) && !conditions.accounts_agree) {
        return "an account still differs from the ledger";
    }
    if (states.demands.contains(StateCause::quote_currency) &&
        conditions.par_deviation.abs() >= conditions.par_deviation_max) {
        return "the quote currency is still off par";
    }
    return {};
}

StateDecision resume(const BookStates& states, const Settings& settings, const Command& command,
                     const ResumeConditions& conditions) {
    if (!manual(states) && !states.demands.contains(StateCause::account_mismatch)) {
        if (states.state == BookState::active &&
            command.kind == CommandKind::resume_rebase_peak) {
            return {};
        }
        return {{}, states.state == BookState::active
                        ? "the book is active"
                        : "nothing here waits for an operator: it ends by itself"};
    }
    const std::string_view standing = still_stands(states, settings, command, conditions);
    if (!standing.empty()) return {{}, standing};
    BookStateChanged event = blank(states, conditions.book);
    event.cause = StateCause::operator_command;
    event.half_size = true;
    settle(states, event);
    return {event, {}};
}

}  // namespace

StateDecision on_command(const BookStates& states, const Settings& settings,
                         const Command& command, const ResumeConditions& conditions) {
    if (command.principal.empty()) return {{}, "say who asks: the principal is missing"};
    StateDecision decision;
    const auto ask = [&](BookState state, bool frozen) {
        decision.event = demand(states, conditions.book,
                                {state, StateCause::operator_command, true, frozen, {}});
    };
    switch (command.kind) {
        case CommandKind::halt: ask(BookState::halted, false); break;
        case CommandKind::halt_freeze: ask(BookState::halted, true); break;
        case CommandKind::reducing:
            if (states.state == BookState::halted) return {{}, "the book is halted: resume it"};
            ask(BookState::reducing, false);
            break;
        case CommandKind::resume:
        case CommandKind::resume_rebase_peak:
            if (command.reason.empty()) return {{}, "say why: the reason is missing"};
            decision = resume(states, settings, command, conditions);
            break;
        default: return {{}, "not about the state of the book"};
    }
    if (decision.event) {
        decision.event->reason = command.reason;
        decision.event->principal = command.principal;
    }
    return decision;
}

}  // namespace grekko::risk
