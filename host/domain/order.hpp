// Orders as the host means them and as a venue takes them, and their life. Terminal states never
// revert; `unknown` is a state of its own. Not the decision to have one: that is Approved.
// core/execution owns them, adapters translate them. Trading rules §7.
#pragma once

#include <cstdint>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/ids.hpp"
#include "domain/intent.hpp"
#include "domain/market.hpp"

namespace grekko {

enum class OrderType : std::uint8_t {
    limit = 1, market, stop, stop_limit, take_profit, take_profit_limit, trailing_stop
};
enum class TimeInForce : std::uint8_t { gtc = 1, ioc, fok, gtd };

// What the order does to its agent's own virtual position, or whose order it is (§1, §5.2).
enum class Purpose : std::uint8_t {
    increase = 1,
    reduce,          // leaving: reduce, close, take profit
    stop,            // a host stop has triggered
    disaster_stop,   // the resting stop at the venue for the net position
    flatten,         // operator or halted agent
    mandate          // a quote inside a mandate
};
constexpr bool reduces(Purpose p) { return p != Purpose::increase && p != Purpose::mandate; }

enum class OrderStatus : std::uint8_t {
    submitted = 1,   // decided and journaled, the venue has not answered
    accepted, partly_filled, pending_cancel, pending_replace,
    unknown,         // the answer is ambiguous: resolved by query, counted as fillable
    filled, cancelled, rejected, expired,
    lapsed           // decided before a crash, never sent
};
constexpr bool terminal(OrderStatus s) { return s >= OrderStatus::filled; }

struct Order {
    OrderId id;                 // none until execution submits it
    ParentId parent;            // none for an order that stands alone
    IntentId intent;
    StopId stop;                // of a stop order
    OrderId linked;             // the other leg of an OCO or bracket
    AgentId agent;
    InstrumentId instrument;
    VenueId venue;
    Side side{Side::buy};
    OrderType type{OrderType::limit};
    TimeInForce time_in_force{TimeInForce::gtc};
    Purpose purpose{Purpose::increase};
    bool post_only{false};
    bool reduce_only{false};
    std::uint8_t slice{0};      // of an algorithm, or attempt of a stop's escalation
    std::uint8_t reserved[3]{};
    Quantity quantity;          // > 0, in lots
    Quantity shown;             // iceberg, zero: all
    Price limit;                // zero for a bare market order
    Price trigger;              // of stop types
    Price reference;            // M when it was decided
    Instant expires_at;         // GTD
    ClientOrderId client_id;    // empty until execution submits it
};

// A parent: the approved quantity of one decision, worked by child orders. It reserves its whole
// rest in the worst-case exposure; open + filled children never exceed it.
struct Parent {
    ParentId id;
    IntentId intent;            // the deciding intent (first allocation)
    AgentId agent;
    InstrumentId instrument;
    Side side{Side::buy};
    Purpose purpose{Purpose::increase};
    std::uint8_t reserved[2]{};
    Quantity quantity;
    Price limit;                // worst price, zero: none
    Price arrival;              // M at the decision (M1)
    Price protection;           // market-with-protection limit
    Instant decided_at;
    Instant expires_at;         // zero: none
    StopId stop;
    MandateId mandate;
    Working working;
};

// One agent's share of a parent. Fills go pro rata to what is unfilled, largest remainder, ties by
// agent id, reducing shares before increasing ones (§4).
struct Allocation {
    ParentId parent;
    IntentId intent;
    AgentId agent;
    Purpose purpose{Purpose::increase};
    std::uint8_t reserved[5]{};
    Quantity quantity;
};

enum class Liquidity : std::uint8_t { unknown = 0, maker = 1, taker = 2 };

// One execution at a venue, booked once by (venue, instrument, trade id).
struct Fill {
    OrderId order;              // none: a foreign fill
    VenueId venue;
    InstrumentId instrument;
    Side side{Side::buy};
    Liquidity liquidity{Liquidity::unknown};
    bool inferred{false};       // from a cumulative quantity; upgraded when the real one comes
    std::uint8_t reserved{0};
    Price price;
    Quantity quantity;
    Decimal fee;                // in fee_currency, positive = paid
    Currency fee_currency;
    TradeId trade_id;
    Instant exchange_at;
};

}  // namespace grekko
