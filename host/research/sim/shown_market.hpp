// ShownMarket: what the market has shown per venue, kept from the records alone: the books, when
// they last changed, whether they can be traded on. The feed makes a new start of a book from it,
// the checks ask it whether an order was fit to leave. It shares no code with core/market.
#pragma once

#include <map>
#include <vector>

#include "domain/instrument.hpp"
#include "domain/market.hpp"

namespace grekko::sim {

class ShownMarket {
public:
    void on(const MarketHead& record);
    // Two sides, not crossed, no gap open, and younger than `age_max`.
    bool fit(VenueId venue, InstrumentId instrument, Instant now, Duration age_max) const;
    // The book from nothing: reset, levels, commit. Heads carry `at` as both times.
    struct Record {
        alignas(8) std::byte bytes[market_record_bytes_max];
        const MarketHead& head() const { return *reinterpret_cast<const MarketHead*>(bytes); }
        MarketHead& head() { return *reinterpret_cast<MarketHead*>(bytes); }
    };
    std::vector<Record> snapshot(VenueId venue, InstrumentId instrument, Instant at) const;

    struct Book {
        std::map<Price, Quantity> bids, asks;
        Price bid, ask; // of the last commit or quote
        Instant at;
        bool gapped{false};
        std::uint64_t update_id{0};
    };
    using Key = std::pair<VenueId, InstrumentId>;
    const std::map<Key, Book>& books() const { return books_; }

private:
    std::map<Key, Book> books_;
};

} // namespace grekko::sim
