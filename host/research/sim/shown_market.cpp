#include "research/sim/shown_market.hpp"

#include <cstring>

namespace grekko::sim {
namespace {

void touch(ShownMarket::Book& book, Instant at) {
    book.bid = book.bids.empty() ? Price{} : book.bids.rbegin()->first;
    book.ask = book.asks.empty() ? Price{} : book.asks.begin()->first;
    book.at = at;
}

template <class T>
ShownMarket::Record record_of(T body, VenueId venue, InstrumentId instrument, Instant at) {
    body.head.venue = venue;
    body.head.instrument = instrument;
    body.head.exchange_at = at;
    body.head.received_at = at;
    ShownMarket::Record out{};
    std::memcpy(out.bytes, &body, sizeof body);
    return out;
}

} // namespace

void ShownMarket::on(const MarketHead& record) {
    Book& book = books_[{record.venue, record.instrument}];
    switch (record.kind) {
    case MarketKind::book_reset:
        book.bids.clear();
        book.asks.clear();
        book.gapped = false;
        return;
    case MarketKind::book_level: {
        const auto& level = reinterpret_cast<const BookLevel&>(record);
        auto& side = level.side() == Side::buy ? book.bids : book.asks;
        if (level.quantity.is_zero()) {
            side.erase(level.price);
        } else {
            side[level.price] = level.quantity;
        }
        book.update_id = level.update_id;
        return;
    }
    case MarketKind::book_commit: return touch(book, record.received_at);
    case MarketKind::gap: book.gapped = true; return;
    default: return;
    }
}

bool ShownMarket::fit(VenueId venue, InstrumentId instrument, Instant now, Duration age_max) const {
    const auto found = books_.find({venue, instrument});
    if (found == books_.end()) return false;
    const Book& book = found->second;
    const bool two_sided = book.bid.is_positive() && book.ask.is_positive();
    return two_sided && book.bid < book.ask && !book.gapped && now - book.at <= age_max;
}

std::vector<ShownMarket::Record> ShownMarket::snapshot(VenueId venue, InstrumentId instrument,
                                                       Instant at) const {
    std::vector<Record> out;
    const auto found = books_.find({venue, instrument});
    if (found == books_.end()) return out;
    const Book& book = found->second;
    BookReset reset{market_head<BookReset, MarketKind::book_reset>()};
    reset.update_id = book.update_id;
    out.push_back(record_of(reset, venue, instrument, at));
    const auto levels = [&](const std::map<Price, Quantity>& side, Side which) {
        for (const auto& [price, quantity] : side) {
            BookLevel level{market_head<BookLevel, MarketKind::book_level>()};
            level.head.flags = static_cast<std::uint8_t>(which);
            level.price = price;
            level.quantity = quantity;
            level.update_id = book.update_id;
            out.push_back(record_of(level, venue, instrument, at));
        }
    };
    levels(book.bids, Side::buy);
    levels(book.asks, Side::sell);
    BookCommit commit{market_head<BookCommit, MarketKind::book_commit>()};
    commit.update_id = book.update_id;
    out.push_back(record_of(commit, venue, instrument, at));
    return out;
}

} // namespace grekko::sim
