// What an agent is told when it is asked: the question with all it is about. Pointers are borrowed
// until the call returns; the same content crosses a ring as bytes. core/engine fills it, the
// runtime hands it to inline agents, io/plugin encodes it for others.
#pragma once

#include <span>
#include <string_view>

#include "domain/effect.hpp"
#include "domain/event.hpp"
#include "domain/market_view.hpp"
#include "domain/position.hpp"

namespace grekko {

// Another agent's intent, as a voter sees it. No votes of others.
struct Proposal {
    IntentId round;
    AgentId agent;
    InstrumentId instrument;
    Side side{Side::buy};
    Mode mode{Mode::balanced};
    Quantity quantity;
    Rate weight_after;   // |position of the proposer afterwards| × M / N
    Price reference, stop, take;
    Duration horizon;
    Rate confidence;
    Rate cost;           // round trip, fraction of price
    Instant deadline;
    AgentName name;
    Reason reason;
};

enum class DecisionStatus : std::uint8_t {
    accepted = 1, refused, rejected, denied, expired, superseded, cancelled
};

// What became of an agent's own intent, once consensus and risk have spoken.
struct Decision {
    IntentId intent;
    InstrumentId instrument;
    DecisionStatus status{};
    Side side{Side::buy};
    std::uint16_t approvals{0}, rejections{0}, abstentions{0};
    Quantity requested, quantity;   // asked for, allowed
    Text<64> reason;                // enum name of the refusal, outcome or check
};

// A change of one of the agent's orders.
struct OrderUpdate {
    Order order;
    OrderStatus status{};
    Quantity filled;
    Text<64> reason;
};

struct Ask {
    AskAgent head;
    const MarketHead* market{nullptr};           // trade, quote, book
    std::span<const Bar> bars;                   // all bars that closed at this instant
    const Proposal* proposal{nullptr};
    const Decision* decision{nullptr};
    const OrderUpdate* order{nullptr};
    const events::FillAllocated* fill{nullptr};
    std::string_view signal, payload;            // of a signal: its name and its text
};

}  // namespace grekko
