// What an agent asks for: an intent is a target for its own virtual position, not an order. It
// becomes orders only through consensus and risk. Votes judge it. Trading rules §2.1, §2.3.
// Agents produce these, core/consensus decides them.
#pragma once

#include <cstdint>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/ids.hpp"
#include "domain/instrument.hpp"
#include "domain/market.hpp"

namespace grekko {

enum class Urgency : std::uint8_t { passive = 1, normal, urgent };
enum class Algorithm : std::uint8_t { none = 0, twap, vwap, iceberg };
enum class Sizing : std::uint8_t { quantity = 1, notional, weight, risk };
enum class OnTimeout : std::uint8_t { cancel = 1, cross };
enum class Mode : std::uint8_t { aggressive = 1, balanced, conservative };

// How an order, or the children of an intent, shall be worked.
struct Working {
    Urgency urgency{Urgency::normal};
    Algorithm algorithm{Algorithm::none};
    OnTimeout on_timeout{OnTimeout::cancel};  // passive rest after its ttl; finish of TWAP, VWAP
    std::uint8_t slices{0};                   // 0: by rule
    std::uint32_t reserved{0};
    Duration passive_for;                     // 0: by rule (normal 10 s, passive 60 s)
    Duration over;                            // T of TWAP and VWAP
    bool operator==(const Working&) const = default;
};
// TWAP and VWAP: slices at times that are laid out beforehand.
inline bool is_scheduled(const Working& working) {
    return working.algorithm == Algorithm::twap || working.algorithm == Algorithm::vwap;
}

// The target of an agent's virtual position (signed quantity), after sizing by the host.
struct Intent {
    AgentId agent;
    InstrumentId instrument;
    Generation generation;
    Quantity target;          // signed
    Quantity delta;           // signed: target - (position + remaining working quantity)
    Price reference;          // M at the proposal
    Price limit;              // worst price, zero: none
    Price stop;               // on the losing side, zero: none given
    Price take;               // zero: none
    Duration horizon;
    Duration ttl{Duration::seconds(2)};
    Rate confidence;          // 0..1
    Rate trail;               // trailing stop distance as a fraction of price, zero: fixed stop
    Working working;
    Reason reason;
    Side side() const { return delta.is_negative() ? Side::sell : Side::buy; }
    Quantity size() const { return delta.abs(); }
};

// A veto is a rejection by a holder the operator named; from anyone else it is a rejection.
enum class Ballot : std::uint8_t { approve = 1, reject, abstain, veto };

struct Vote {
    AgentId agent;
    Ballot ballot{Ballot::abstain};
    std::uint8_t reserved[5]{};
    Rate confidence;          // 0..1, relative: the host recalibrates each agent
    Rate max;                 // approve up to this fraction of the size, 1 = all
    Reason reason;
};

// An agent that may vote in a round: its group (equal code, or put together by the operator) and
// its weight before grouping, participation × attendance × skill > 0. core/agents lists them,
// core/consensus weighs them.
struct Elector {
    AgentId agent;
    std::uint16_t group{0};   // from 1
    std::uint32_t reserved{0};
    Rate weight;
};

// A quoting agent's standing permission: voted once as an intent of its full inventory.
struct MandateTerms {
    AgentId agent;
    InstrumentId instrument;
    Generation generation;
    bool buys{true}, sells{true};
    std::uint8_t reserved[6]{};
    Quantity inventory_min;   // signed, lower bound of the virtual position
    Quantity inventory_max;   // signed, upper bound
    Quantity order_max;
    Instant expires_at;       // at most 24 h ahead
    Price stop;
    Rate confidence;
    Reason reason;
};

}  // namespace grekko
