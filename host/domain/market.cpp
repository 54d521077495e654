#include "domain/market.hpp"

#include <cstring>

namespace grekko {
namespace {

template <class T>
T read(const void* bytes) {
    T value;
    std::memcpy(static_cast<void*>(&value), bytes, sizeof(T));
    return value;
}

bool is_side(std::uint8_t flags) { return flags == 1 || flags == 2; }

bool valid_bar(const Bar& bar) {
    const Price top = std::max(bar.open, bar.close);
    const Price bottom = std::min(bar.open, bar.close);
    return bar.interval.count() > 0 && bar.low.is_positive() && bar.high >= top &&
           bar.low <= bottom && !bar.volume.is_negative();
}

bool valid_quote(const Quote& quote) {
    return !quote.bid.is_negative() && !quote.ask.is_negative() &&
           !quote.bid_quantity.is_negative() && !quote.ask_quantity.is_negative();
}

std::size_t size_of(MarketKind kind) {
    switch (kind) {
        case MarketKind::trade: return sizeof(Trade);
        case MarketKind::quote: return sizeof(Quote);
        case MarketKind::book_reset: return sizeof(BookReset);
        case MarketKind::book_level: return sizeof(BookLevel);
        case MarketKind::book_commit: return sizeof(BookCommit);
        case MarketKind::bar: return sizeof(Bar);
        case MarketKind::gap: return sizeof(Gap);
        case MarketKind::status: return sizeof(StatusChange);
        case MarketKind::funding: return sizeof(Funding);
        case MarketKind::clock: return sizeof(ClockTick);
    }
    return 0;
}

}  // namespace

bool valid_market_record(const void* bytes, std::size_t size) {
    if (size < sizeof(MarketHead)) return false;
    const auto head = read<MarketHead>(bytes);
    if (head.size != size || size_of(head.kind) != size || head.venue.is_none()) return false;
    if (head.instrument.is_none() && head.kind != MarketKind::clock) return false;
    switch (head.kind) {
        case MarketKind::trade: {
            const auto trade = read<Trade>(bytes);
            return is_side(head.flags) && trade.price.is_positive() && trade.quantity.is_positive();
        }
        case MarketKind::quote: return valid_quote(read<Quote>(bytes));
        case MarketKind::book_level: {
            const auto level = read<BookLevel>(bytes);
            return is_side(head.flags) && level.price.is_positive() &&
                   !level.quantity.is_negative();
        }
        case MarketKind::bar: return valid_bar(read<Bar>(bytes));
        case MarketKind::status: {
            const auto status = static_cast<std::uint8_t>(read<StatusChange>(bytes).status);
            return status >= 1 && status <= 6;
        }
        case MarketKind::book_reset:
        case MarketKind::book_commit:
        case MarketKind::gap:
        case MarketKind::funding:
        case MarketKind::clock: return true;
    }
    return false;
}

}  // namespace grekko
