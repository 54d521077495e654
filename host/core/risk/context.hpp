// What an assessment is asked and what it needs of others: the request, and the context that the
// engine fills from market, portfolio, execution, consensus and its own breakers. Only domain
// types, borrowed for one call. Nothing here is kept.
#pragma once

#include <cstdint>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/event/risk.hpp"
#include "domain/instrument.hpp"
#include "domain/intent.hpp"
#include "domain/market_view.hpp"
#include "domain/order.hpp"
#include "domain/position.hpp"

namespace grekko::risk {

// What is to be placed. `kind` is decided by the effect on the agent's own virtual position.
struct Request {
    events::AssessmentKind kind{events::AssessmentKind::increase};
    Purpose purpose{Purpose::increase};
    IntentId intent;
    ParentId parent;          // of a child: its quantity must lie inside the parent's rest
    StopId stop_id;
    OrderId replaces;         // of a replace; the old order still counts
    AgentId agent;
    InstrumentId instrument;
    Side side{Side::buy};
    OrderType type{OrderType::limit};
    TimeInForce time_in_force{TimeInForce::gtc};
    bool post_only{false};
    Working working;          // urgency and algorithm; TWAP and VWAP meet 13 and 14 by the slice
    Quantity quantity;        // > 0
    Price limit;              // worst price; zero: M is taken
    Price stop, take;         // of an increase; zero: none
    Duration horizon;
};

struct VenueStatus {
    bool connected{false}, reconciled{false}, private_alive{false}, rest_alive{false};
    Duration clock_offset;
    std::uint32_t open_orders{0};       // on the account, as the venue last said
    std::uint32_t rate_per_second{0};   // the venue's budget of requests
    std::uint32_t venues{1};            // configured; share of one venue is judged from two on
    Notional assets;                    // on this venue, base currency
};

// The decision behind an increase: a closed round, a mandate or an operator's command.
struct DecisionRecord {
    bool present{false};
    bool generation_live{false};
    Quantity quantity;                  // decided
    Instant expires_at;                 // none: does not expire
    Rate approval{1_rate};              // A of the round, 1 where nothing was voted
    Rate threshold{0.6_rate};           // θ of the round
};

struct Permission {
    bool allowed{false};                // this agent, instrument, side and type
    bool restricted{false};             // the instrument is on the restricted list
    bool shorts{false};                 // off by default
    bool blackout{false};               // the calendar says no
};

struct AgentTerms {
    Mode mode{Mode::balanced};
    Rate tolerance{0.5_rate};           // t
    Rate skill{1_rate};                 // 0.25..4
};

struct BookConditions {
    events::BookState state{events::BookState::active};
    bool frozen{false};                 // protection off: only cancels leave
    bool half_size{false};              // first hour after a manual resume
    bool breaker_open{false};           // on any scope of this order
    bool breaker_half_open{false};      // ... half open, and this is the one increase it admits
};

// Free after holds and after what approved parents have reserved and not yet sent; for a child
// the rest of its own parent is free. In units of the currency.
struct Balances {
    Decimal quote, base;
    bool on_margin{false};              // sells need no base; quote is the free margin
    Price liquidation;                  // after this order, zero: none
};

struct Costs {
    Rate round_trip;                    // fraction of price, at this size and urgency
    Quantity takeable;                  // most that the visible book gives at a mean price within
                                        // slippage_max of M; zero: the depth within 20 bp is taken
};

struct Context {
    Instant now;
    const MarketView& market;
    const Instrument& instrument;
    const Listing* listing{nullptr};    // of the venue it goes to, or would go to; null: none
    const BookView& book;
    const AgentBook& agent;
    AgentTerms terms;
    BookConditions conditions;
    VenueStatus venue;
    DecisionRecord decision;
    Permission permission;
    Balances balances;
    Costs costs;
    Rate quote_in_base{1_rate};         // base currency for one unit of the quote currency
    Rate par_deviation;                 // |1 − price of a stable quote|, zero for real money
    bool live{false};                   // real money: the absolute cap must be set
    bool money_known{true};             // all that is held or was paid as a fee has a price
};

}  // namespace grekko::risk
