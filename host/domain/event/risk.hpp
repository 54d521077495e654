// Events of the risk category: every assessment with all its checks, breakers, and the state of
// the book. Decided by core/risk. Checks are numbered as in the trading rules §5.2.
// A denial is one of these, never an error. explain and the report read them.
#pragma once

#include "domain/input.hpp"

namespace grekko::events {

enum class AssessmentKind : std::uint8_t {
    increase = 1, reduce, replace, stop, child, mandate, flatten
};
enum class Verdict : std::uint8_t { approved = 1, denied, reduced_to_dust };

// Bit n of a set is check n (1..41). `reason` is the lowest blocking check, 0 if approved.
struct RiskAssessed {
    static constexpr std::uint16_t tag = 300;
    IntentId intent;
    ParentId parent;           // of a child
    StopId stop;
    AgentId agent;
    InstrumentId instrument;
    VenueId venue;             // 0 while not routed
    AssessmentKind kind{};
    Verdict verdict{};
    Side side{Side::buy};
    std::uint8_t reason{0};
    std::uint8_t largest_factor{0};  // of the score, for the mitigation text
    std::uint8_t reserved[5]{};
    std::uint64_t blocked{0}, reduced{0}, warned{0};
    Quantity requested, approved;
    Price mark, limit;
    Notional nav, limit_base;
    Rate score;
    std::uint16_t factors[12]{};  // u of §5.5 in 1/10000, in the table's order; 10 used
    std::uint64_t model{0};    // digest of the score's weights
    // Messages in 1000 s that check 33 grants: with them its buckets follow from the journal alone.
    std::uint32_t agent_rate{0}, book_rate{0}, venue_rate{0};
    std::uint32_t reserved2{0};
};

enum class BreakerScope : std::uint8_t {
    global = 1, venue, account, instrument, agent, agent_instrument
};
enum class BreakerState : std::uint8_t { closed = 1, open, half_open };
// From and to may be equal: closed, an occurrence that counts toward opening; open, the reset moved
// or a cause was added; half open, one clean completion.

struct BreakerChanged {
    static constexpr std::uint16_t tag = 301;
    BreakerScope scope{};
    BreakerState from{BreakerState::closed}, to{BreakerState::closed};
    bool manual{false};        // needs an operator to reset
    VenueId venue;
    InstrumentId instrument;
    AgentId agent;
    std::uint16_t opened_today{0};
    std::uint32_t cause{0};    // which rule of §5.3 opened it
    Instant retry_at;          // of an automatic reset, none if manual
    Reason reason;
    Text<32> principal;        // of a manual change
};

enum class BookState : std::uint8_t { active = 1, reducing, halted };
enum class StateCause : std::uint8_t {
    none = 0, operator_command, day_loss, drawdown, account_mismatch, journal_slow, disk_low,
    quote_currency, new_day, limit_by_price, recovery, half_size_over
};

struct BookStateChanged {
    static constexpr std::uint16_t tag = 302;
    BookState from{BookState::active}, to{BookState::active};
    StateCause cause{};
    bool manual{false};        // this demand ends by an operator alone
    bool frozen{false};        // protection off: only cancels of increases leave
    bool half_size{false};     // first hour after a manual resume
    BookState demanded{BookState::active};       // by this cause; the strictest demand rules
    StateCause released{StateCause::none};       // whose demand ended
    Rate day_return, drawdown;
    Reason reason;
    Text<32> principal;
    bool freezes{false};       // this demand takes protection off; `frozen`: any does
    std::uint8_t reserved[7]{};
};

// A factor on sizes changed: drawdown 5 % (39) or a losing run (40).
struct SizeFactorChanged {
    static constexpr std::uint16_t tag = 303;
    AgentId agent;             // 0: the book
    std::uint16_t check{0};
    std::uint32_t reserved{0};
    Rate factor;
};

// A limit that was set while the book runs, by an operator, or is again what is configured.
// Durations are in seconds.
struct LimitChanged {
    static constexpr std::uint16_t tag = 304;
    Text<48> name;             // of the setting: "heat_max"
    Decimal from, to;
    Reason reason;
    Text<32> principal;        // none: at a start
    bool configured{false};    // `to` is what the configuration says
    std::uint8_t reserved[7]{};
};

}  // namespace grekko::events
