// The state of the book (trading rules §5.4): ACTIVE, REDUCING or HALTED, and whether protection
// is on. Several causes can hold the book back at once: each is a demand, the strictest rules, and
// the state loosens only when a demand ends as §5.3 and §5.4 say. It cancels and sends nothing
// itself: the engine does that on the change. permits() alone says what may leave in which state.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "core/risk/breakers.hpp"
#include "core/risk/mark.hpp"
#include "core/risk/settings.hpp"
#include "core/risk/valuation.hpp"
#include "domain/command.hpp"
#include "domain/event/risk.hpp"
#include "domain/order.hpp"
#include "domain/position.hpp"
#include "domain/record.hpp"

namespace grekko::risk {

struct StateSettings {
    Duration half_size_for{Duration::hours(1)};  // after a manual resume
    Duration day{Duration::days(1)};             // days begin at 00:00 UTC
};

// ---- The matrix of §5.4 ----------------------------------------------------------------------
enum class Origin : std::uint8_t { agent = 1, person, host };
// Whether an order of this purpose may leave the host. ACTIVE: still checked by assess().
bool permits(events::BookState state, bool frozen, Purpose purpose, Origin origin);
// Whether an open order of this purpose may be cancelled: increases always and by anyone; other
// orders not while frozen, protective ones by host and operator alone.
bool permits_cancel(events::BookState state, bool frozen, Purpose purpose, Origin origin);
// Agents are fed in every state; votes are asked for in ACTIVE and, as a shadow, in REDUCING.
bool asks_agents(events::BookState state);

// ---- State -----------------------------------------------------------------------------------
struct Demand {
    events::BookState state{events::BookState::active};
    bool manual{false};            // ends by an operator's resume alone
    bool frozen{false};            // protection off
    std::uint8_t reserved[5]{};
    Instant since;
};

struct BookStates {
    events::BookState state{events::BookState::active};  // the strictest demand
    bool frozen{false};            // any demand freezes
    bool half_size{false};         // first hour after a manual resume
    std::uint8_t reserved[5]{};
    Instant since, half_size_since;
    std::map<events::StateCause, Demand> demands;
    void fields(auto& archive) {
        archive(state, frozen, half_size, reserved, since, half_size_since, demands);
    }
};
// Any demand waits for an operator.
bool manual(const BookStates& states);
// Of the strictest demand, a manual one first; none while ACTIVE.
events::StateCause cause(const BookStates& states);

// ---- Decisions: none where nothing changes ---------------------------------------------------
using StateEvent = std::optional<events::BookStateChanged>;

// What a mark found: day loss (38), drawdown (39), limits passed by price. Never loosens.
StateEvent on_findings(const BookStates&, const MarkFindings&, const BookView&);
// What global and account breakers demand, and what no longer: journal and disk → REDUCING, a
// quote currency off par → HALTED (manual), an account in doubt → REDUCING and protection off. Call
// it after every BreakerChanged of these scopes until it gives nothing: one demand a call.
StateEvent on_breakers(const BookStates&, const Breakers&, const BookView&);
// Time alone: a day loss that only reduces ends at 00:00 UTC, half size after an hour, and limits
// passed by price when all are kept again. One demand a call, until it gives nothing.
struct TimeConditions {
    bool limits_kept{false};       // limits_kept() below
};
StateEvent on_time(const BookStates&, const StateSettings&, const BookView&, TimeConditions,
                   Instant now);
// Checks 24, 26, 27 and 29 are all within 1.0 × of their bounds at the present marks.
bool limits_kept(const Valuation& valuation, const Bounds& bounds);
// Checks 23 and 25 of one instrument likewise: CleanConditions::below_limits of its breaker.
bool limits_kept(const Valuation& valuation, const Bounds& bounds, const Instrument& instrument);

// A limit was loosened: what was held back because price passed one waits for an operator now, so
// that the change alone lets nothing trade again.
StateEvent on_loosened(const BookStates&, const BookView&);

// halt, halt_freeze, reducing, resume, resume_rebase_peak; else refused. A repeated halt is done
// and changes nothing. A resume ends every manual demand and a doubt about accounts; it is refused
// while such a cause stands: the limits of 38, 39 (rebase: 39 does not count, the peak becomes the
// NAV per unit now), a quote off par, an account that differs. Other automatic demands stay.
struct ResumeConditions {
    BookView book;
    Rate par_deviation;
    Rate par_deviation_max{0.03_rate};  // BreakerSettings::par_deviation
    bool accounts_agree{true};     // no account differs now
};
struct StateDecision {
    StateEvent event;
    std::string_view refusal;      // empty where done
};
StateDecision on_command(const BookStates&, const Settings&, const Command&,
                         const ResumeConditions&);

void apply(BookStates&, const events::BookStateChanged&, const RecordHead&);

}  // namespace grekko::risk
