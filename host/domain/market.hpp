// Market data as flat records: one layout for the tape, the plugin ABI and the core, so that a
// record is copied, never translated. Times are exchange time and receive time; the host runs on
// receive time. Not a book: core/market builds that from reset, level and commit records.
// Adapters emit them, the tape stores them, the engine takes them.
#pragma once

#include <cstdint>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/ids.hpp"
#include "domain/instrument.hpp"

namespace grekko {

enum class Side : std::uint8_t { buy = 1, sell = 2 };
constexpr Side opposite(Side side) { return side == Side::buy ? Side::sell : Side::buy; }
constexpr int sign(Side side) { return side == Side::buy ? 1 : -1; }

enum class MarketKind : std::uint8_t {
    trade = 1, quote, book_reset, book_level, book_commit, bar, gap, status, funding, clock
};

// 24 bytes in front of every record. `flags` is the side of a trade (aggressor) or level, or
// bits of a bar: 0 no trade happened in it, 1 data was lost during it.
struct MarketHead {
    std::uint16_t size{0};  // bytes of the whole record
    MarketKind kind{};
    std::uint8_t flags{0};
    VenueId venue;
    InstrumentId instrument;
    Instant exchange_at;
    Instant received_at;
};

template <class T, MarketKind Kind>
constexpr MarketHead market_head() {
    MarketHead head;
    head.size = sizeof(T);
    head.kind = Kind;
    return head;
}

struct Trade {
    static constexpr MarketKind kind = MarketKind::trade;
    MarketHead head;
    Price price;
    Quantity quantity;
    std::uint64_t trade_id{0};
    Side aggressor() const { return static_cast<Side>(head.flags); }
};

// Best bid and ask. A side that is empty has quantity zero.
struct Quote {
    static constexpr MarketKind kind = MarketKind::quote;
    MarketHead head;
    Price bid;
    Quantity bid_quantity;
    Price ask;
    Quantity ask_quantity;
    std::uint64_t update_id{0};
};

// The book is emptied; levels follow; a commit makes them visible at once.
struct BookReset {
    static constexpr MarketKind kind = MarketKind::book_reset;
    MarketHead head;
    std::uint64_t update_id{0};
};

// The whole quantity now shown at a price; zero removes the level.
struct BookLevel {
    static constexpr MarketKind kind = MarketKind::book_level;
    MarketHead head;
    Price price;
    Quantity quantity;
    std::uint64_t update_id{0};
    Side side() const { return static_cast<Side>(head.flags); }
};

struct BookCommit {
    static constexpr MarketKind kind = MarketKind::book_commit;
    MarketHead head;
    std::uint64_t update_id{0};
};

// One closed bar: exchange_at is its opening, received_at when it became visible.
struct Bar {
    static constexpr MarketKind kind = MarketKind::bar;
    MarketHead head;
    Duration interval;
    Price open, high, low, close;
    Quantity volume;             // base units
    std::uint32_t missing{0};    // whole intervals missing before this one: a gap
    std::uint32_t trades{0};     // 0 where the source does not say
    std::uint64_t reserved{0};
    bool empty() const { return (head.flags & 1U) != 0; }
    bool incomplete() const { return (head.flags & 2U) != 0; }
    Instant opened_at() const { return head.exchange_at; }
};

// Data was lost: the book is invalid until the next reset, bars that span it are marked.
struct Gap {
    static constexpr MarketKind kind = MarketKind::gap;
    MarketHead head;
    std::uint64_t missing{0};  // records or updates, 0 where unknown
};

struct StatusChange {
    static constexpr MarketKind kind = MarketKind::status;
    MarketHead head;
    TradingStatus status{TradingStatus::trading};
    std::uint8_t reserved[7]{};
};

struct Funding {
    static constexpr MarketKind kind = MarketKind::funding;
    MarketHead head;
    Rate rate;  // fraction of notional, longs pay shorts if positive
};

// Nothing but time: keeps stale data and timers honest where nothing else arrives.
struct ClockTick {
    static constexpr MarketKind kind = MarketKind::clock;
    MarketHead head;
};

static_assert(sizeof(MarketHead) == 24);
static_assert(sizeof(Trade) == 64);
static_assert(sizeof(Quote) == 96);
static_assert(sizeof(BookLevel) == 64);
static_assert(sizeof(BookReset) == 32);
static_assert(sizeof(Bar) == 128);

inline constexpr std::size_t market_record_bytes_max = 128;

// Reads the head first, then calls `visit` with the record as its type. The record is trusted:
// whoever reads bytes from outside has checked size and kind (valid_market_record).
template <class Visitor>
decltype(auto) visit_market(const MarketHead& head, Visitor&& visit) {
    const void* record = &head;
    switch (head.kind) {
        case MarketKind::trade: return visit(*static_cast<const Trade*>(record));
        case MarketKind::quote: return visit(*static_cast<const Quote*>(record));
        case MarketKind::book_reset: return visit(*static_cast<const BookReset*>(record));
        case MarketKind::book_level: return visit(*static_cast<const BookLevel*>(record));
        case MarketKind::book_commit: return visit(*static_cast<const BookCommit*>(record));
        case MarketKind::bar: return visit(*static_cast<const Bar*>(record));
        case MarketKind::gap: return visit(*static_cast<const Gap*>(record));
        case MarketKind::status: return visit(*static_cast<const StatusChange*>(record));
        case MarketKind::funding: return visit(*static_cast<const Funding*>(record));
        case MarketKind::clock: break;
    }
    return visit(*static_cast<const ClockTick*>(record));
}

// True where `bytes` holds one whole record of a known kind with plausible content
// (positive prices, quantities not negative, a side where one is needed).
bool valid_market_record(const void* bytes, std::size_t size);

}  // namespace grekko
