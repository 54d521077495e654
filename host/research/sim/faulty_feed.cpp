#include "research/sim/faulty_feed.hpp"

#include <cstring>

namespace grekko::sim {
namespace {

ShownMarket::Record copy(const MarketHead& record) {
    ShownMarket::Record out{};
    std::memcpy(out.bytes, &record, record.size);
    return out;
}

} // namespace

FaultyFeed::FaultyFeed(const Plan& plan, std::unique_ptr<ports::TapeReader> market)
    : plan_{plan},
      market_{std::move(market)},
      now_{plan.start} {}

bool FaultyFeed::troubled(FeedFault kind, VenueId venue) const {
    for (const FeedTrouble& trouble : plan_.feed) {
        const bool here = trouble.kind == kind && trouble.venue == venue;
        if (here && trouble.span.covers(true_now_ - plan_.start)) return true;
    }
    return false;
}

Result<const MarketHead*> FaultyFeed::next() {
    while (ready_.empty()) {
        TRY(record, market_->next());
        if (record == nullptr || record->received_at >= plan_.end()) {
            return static_cast<const MarketHead*>(nullptr);
        }
        receive(*record);
    }
    given_ = ready_.front();
    ready_.pop_front();
    MarketHead& head = given_.head();
    for (const FeedTrouble& trouble : plan_.feed) {
        const bool jumped =
            trouble.kind == FeedFault::jump && trouble.span.covers(head.received_at - plan_.start);
        if (jumped) head.received_at = head.received_at + trouble.jump;
    }
    now_ = std::max(now_, head.received_at);
    head.received_at = now_;
    position_ = TapePosition{position_.value() + 1};
    return &head;
}

Result<void> FaultyFeed::seek(TapePosition) {
    return make_error(ErrorCode::invalid_argument, "the simulated market only goes on");
}

void FaultyFeed::receive(const MarketHead& record) {
    true_now_ = record.received_at;
    for (std::size_t venue = 1; venue < plan_.universe.venues.size(); ++venue) {
        deliver(record, plan_.universe.venues[venue].id);
    }
}

void FaultyFeed::deliver(const MarketHead& record, VenueId venue) {
    ShownMarket::Record own = copy(record);
    own.head().venue = venue;
    real_.on(own.head());
    bool& blind = blind_[{venue, record.instrument}];
    if (troubled(FeedFault::silence, venue)) {
        blind = true;
        return;
    }
    if (troubled(FeedFault::gap, venue)) {
        if (!blind) {
            Gap gap{market_head<Gap, MarketKind::gap>()};
            gap.head.venue = venue;
            gap.head.instrument = record.instrument;
            gap.head.exchange_at = gap.head.received_at = true_now_;
            put(copy(gap.head));
        }
        blind = true;
        return;
    }
    if (troubled(FeedFault::crossed, venue) && record.kind == MarketKind::book_commit) {
        crossed_touch(own.head(), venue);
        blind = true;
        return;
    }
    const bool crossed = troubled(FeedFault::crossed, venue);
    if (blind && !crossed && record.kind == MarketKind::book_commit) {
        blind = false;
        return whole_book(venue, record.instrument);
    }
    if (blind && record.kind == MarketKind::quote) return;
    put(own);
}

// A bid above the best ask: what a venue shows when its own feed is broken.
void FaultyFeed::crossed_touch(const MarketHead& commit, VenueId venue) {
    const auto found = real_.books().find({venue, commit.instrument});
    if (found == real_.books().end() || found->second.asks.empty()) return put(copy(commit));
    const auto& [price, quantity] = *found->second.asks.begin();
    BookLevel level{market_head<BookLevel, MarketKind::book_level>()};
    level.head.venue = venue;
    level.head.instrument = commit.instrument;
    level.head.exchange_at = level.head.received_at = commit.received_at;
    level.head.flags = static_cast<std::uint8_t>(Side::buy);
    level.price = multiply(price, 1.001_rate, Rounding::half_even);
    level.price = round_to(level.price, 0.01_price, Rounding::ceiling);
    level.quantity = quantity;
    put(copy(level.head));
    put(copy(commit));
}

void FaultyFeed::whole_book(VenueId venue, InstrumentId instrument) {
    for (const ShownMarket::Record& record : real_.snapshot(venue, instrument, true_now_))
        put(record);
}

void FaultyFeed::start_anew() {
    ready_.clear();
    for (const auto& [key, book] : real_.books())
        whole_book(key.first, key.second);
}

} // namespace grekko::sim
