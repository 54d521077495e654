// Events of the trading category: parents and their children, fills and who got them, stops, and
// money. Decided by core/execution and core/portfolio.
// Portfolio counts from the fills alone; io/sqlite projects all of them.
#pragma once

#include "domain/input.hpp"

namespace grekko::events {

struct ParentOpened {
    static constexpr std::uint16_t tag = 400;
    Parent parent;             // parent.id = sequence of this record
};
struct ParentAllocated {       // one per share, after ParentOpened
    static constexpr std::uint16_t tag = 401;
    Allocation allocation;
};
enum class ParentEnd : std::uint8_t {
    filled = 1, cancelled, expired, superseded, denied, halted, rest_too_small, stale_price,
    timed_out, generation_ended, no_route
};
struct ParentClosed {
    static constexpr std::uint16_t tag = 402;
    ParentId parent;
    IntentId intent;
    ParentEnd end{};
    std::uint8_t reserved[7]{};
    Quantity filled, decided;
    Price mean;                // of the fills, zero if none
    Price arrival;             // M1
    Price vwap;                // of the market over its life, zero if unknown
    Notional fees;             // quote currency
    Rate passive_share;        // of the filled quantity
};

struct OrderSubmitted {        // journaled before it is sent: write-ahead
    static constexpr std::uint16_t tag = 410;
    Order order;               // order.id = sequence of this record
};
struct OrderAccepted {
    static constexpr std::uint16_t tag = 411;
    OrderId order;
    VenueOrderId venue_order_id;
    Instant exchange_at;
};
struct OrderRejected {
    static constexpr std::uint16_t tag = 412;
    OrderId order;
    RejectReason reason{};
    std::uint8_t reserved[7]{};
    Text<96> text;
};
struct OrderFilled {
    static constexpr std::uint16_t tag = 413;
    Fill fill;                 // fill.order is ours
    OrderStatus status{};      // afterwards: partly_filled or filled, or what it was if later
    std::uint8_t reserved[7]{};
    Quantity filled;           // cumulative
};
struct CancelRequested {
    static constexpr std::uint16_t tag = 414;
    OrderId order;
    ParentEnd why{};
    std::uint8_t reserved[7]{};
};
struct OrderCancelled {
    static constexpr std::uint16_t tag = 415;
    OrderId order;
};
struct CancelRejected {
    static constexpr std::uint16_t tag = 416;
    OrderId order;
    RejectReason reason{};
    std::uint8_t reserved[7]{};
};
struct OrderExpired {
    static constexpr std::uint16_t tag = 417;
    OrderId order;
};
struct ReplaceRequested {
    static constexpr std::uint16_t tag = 418;
    OrderId order;
    Order replacement;         // same id; new total quantity, limit, trigger and client id
    bool atomic{false};        // the venue's replace is; else old and new may both fill
    std::uint8_t reserved[7]{};
};
struct OrderReplaced {
    static constexpr std::uint16_t tag = 419;
    OrderId order;
};
struct ReplaceRejected {
    static constexpr std::uint16_t tag = 420;
    OrderId order;
    RejectReason reason{};
    std::uint8_t reserved[7]{};
};
struct OrderUnknown {          // the answer was ambiguous: query, never a blind resend
    static constexpr std::uint16_t tag = 421;
    OrderId order;
    std::uint32_t queries{0};
    std::uint32_t reserved{0};
};
struct OrderLapsed {           // an increase decided before a crash: never sent late
    static constexpr std::uint16_t tag = 422;
    OrderId order;
};
struct OrderTriggered {
    static constexpr std::uint16_t tag = 423;
    OrderId order;
};
struct ForeignFill {           // not ours: to the house ledger, opens the account's breaker
    static constexpr std::uint16_t tag = 424;
    Fill fill;
};
struct FillUpgraded {          // an inferred fill became a real one
    static constexpr std::uint16_t tag = 425;
    Fill fill;
    Notional booked;           // what the same quantity was booked for when it was inferred
};

// One agent's share of a fill, money included; Σ shares = the fill, to the last digit.
struct FillAllocated {
    static constexpr std::uint16_t tag = 430;
    OrderId order;
    ParentId parent;
    IntentId intent;
    AgentId agent;
    InstrumentId instrument;
    VenueId venue;
    Side side{Side::buy};
    Purpose purpose{};
    Quantity quantity;
    Price price;
    Notional value;            // price × quantity, exact share
    Decimal fee;               // in fee_currency
    Currency fee_currency;
    Notional fee_quote;        // the fee in the instrument's quote currency
    Price mark;                // M when booked, zero where unknown: splits exits from entries
};
// Two agents' approved intents crossed at M inside the book: no fee.
struct InternalCross {
    static constexpr std::uint16_t tag = 431;
    IntentId buy_intent, sell_intent;
    AgentId buyer, seller;
    InstrumentId instrument;
    std::uint16_t reserved{0};
    Quantity quantity;
    Price price;
    Notional value;
};
struct DustSwept {             // what is less than a lot moved to the house ledger at mark
    static constexpr std::uint16_t tag = 432;
    AgentId agent;
    InstrumentId instrument;
    std::uint32_t reserved{0};
    Quantity quantity;         // signed, taken from the agent
    Price price;
};
// What an intent was worth, split (§4). In the quote currency; its PnL is
// signal − delay − execution − fees − funding. not_taken is a memo, never added.
struct IntentClosed {
    static constexpr std::uint16_t tag = 433;
    IntentId intent;
    AgentId agent;
    InstrumentId instrument;
    Side side{Side::buy};
    std::uint8_t reserved[3]{};
    Quantity requested, filled;
    Price mark_proposed, mark_decided, mean, mark_end;
    Notional signal, delay, execution, fees, funding, not_taken;
};

enum class StopEnd : std::uint8_t { filled = 1, position_closed, replaced, taken };
struct StopArmed {
    static constexpr std::uint16_t tag = 440;
    StopId id;                 // = sequence of this record
    IntentId intent;
    AgentId agent;
    InstrumentId instrument;
    Side position_side{Side::buy};  // buy: protects a long
    std::uint8_t reserved[3]{};
    Quantity quantity;
    Price stop, take;          // take zero: none
    Rate trail;                // zero: fixed
    Price mark;                // M when armed: its distance is measured from it
};
struct StopMoved {             // trailing, resized, or moved by its agent
    static constexpr std::uint16_t tag = 441;
    StopId id;
    Price stop, extreme;
    Quantity quantity;
};
enum class StopTriggerCause : std::uint8_t { stop = 1, take, at_once };
struct StopTriggered {
    static constexpr std::uint16_t tag = 442;
    StopId id;
    StopTriggerCause cause{};
    std::uint8_t attempt{1};
    std::uint8_t reserved[6]{};
    Price mark;
};
struct StopClosed {
    static constexpr std::uint16_t tag = 443;
    StopId id;
    StopEnd end{};
    std::uint8_t reserved[7]{};
};

struct TransferBooked {        // units issued (amount > 0) or redeemed at the NAV per unit now
    static constexpr std::uint16_t tag = 450;
    VenueId venue;
    std::uint16_t reserved[3]{};
    Currency currency;
    Decimal amount;
    Decimal units;             // issued, signed
    Rate nav_per_unit;
    Notional value;            // of the amount, in base currency at that moment
};
struct FundingPaid {
    static constexpr std::uint16_t tag = 451;
    AgentId agent;
    InstrumentId instrument;
    VenueId venue;
    std::uint16_t reserved{0};
    Notional amount;           // quote currency, positive = paid
    Rate rate;
};
// NAV sampled once a minute of event time, at a day's start and when a limit is crossed: peaks and
// day starts follow from these alone.
struct NavMarked {
    static constexpr std::uint16_t tag = 452;
    Notional nav, cash;
    Decimal units;
    Rate nav_per_unit;
    bool day_start{false}, stale{false};
    std::uint8_t reserved[6]{};
};
// Balance at a venue, as last proven by it.
struct BalanceReported {
    static constexpr std::uint16_t tag = 453;
    VenueId venue;
    std::uint16_t reserved[3]{};
    Currency currency;
    Decimal total, held;
};
// Equity of an agent, when the minute's sample is a new peak and at a day's start: its drawdown and
// day follow from these alone.
struct AgentMarked {
    static constexpr std::uint16_t tag = 454;
    AgentId agent;
    bool day_start{false};
    std::uint8_t reserved[5]{};
    Notional equity;           // base currency
};
// A mark, when the minute's sample carries an agent's position beyond its best or worst so far.
struct PositionMarked {
    static constexpr std::uint16_t tag = 455;
    AgentId agent;
    InstrumentId instrument;
    std::uint32_t reserved{0};
    Price mark;
    Notional unrealised;       // quote currency
};

}  // namespace grekko::events
