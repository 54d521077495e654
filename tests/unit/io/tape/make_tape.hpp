// Tapes for the tests of this folder: trades, quotes and bars whose content follows from their
// position, so that a test knows what it must read back.
// It is not a market generator: prices mean nothing.
#pragma once

#include <cstring>

#include <gtest/gtest.h>

#include "io/tape/reader.hpp"
#include "io/tape/writer.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::tests {

struct AnyRecord {
    alignas(8) std::byte bytes[market_record_bytes_max]{};
    const MarketHead& head() const { return *reinterpret_cast<const MarketHead*>(bytes); }
};

template <class T>
AnyRecord any(T record, std::uint64_t position) {
    record.head = market_head<T, T::kind>();
    record.head.venue = VenueId{1};
    record.head.instrument = InstrumentId{static_cast<std::uint16_t>(1 + position % 2)};
    record.head.flags = T::kind == MarketKind::trade ? 1 : 0;
    record.head.received_at = Instant::from_seconds(1'700'000'000) +
                              Duration::milliseconds(static_cast<std::int64_t>(position));
    record.head.exchange_at = record.head.received_at;
    AnyRecord result;
    std::memcpy(result.bytes, &record, sizeof record);
    return result;
}

inline AnyRecord record_at(std::uint64_t position) {
    const auto n = static_cast<std::int64_t>(position);
    if (position % 7 == 0) {
        Bar bar;
        bar.interval = Duration::minutes(1);
        bar.open = bar.high = bar.low = bar.close = Price::whole(n);
        return any(bar, position);
    }
    if (position % 3 == 0) {
        Quote quote;
        quote.bid = Price::whole(n);
        quote.ask = Price::whole(n + 1);
        return any(quote, position);
    }
    Trade trade;
    trade.price = Price::whole(n);
    trade.quantity = Quantity::whole(2);
    trade.trade_id = position;
    return any(trade, position);
}

inline tape::Metadata small_metadata() {
    tape::Metadata metadata;
    metadata.source = "made for a test";
    metadata.created = "2026-01-01T00:00:00Z";
    metadata.synthetic = true;
    Universe& universe = metadata.universe;
    universe.instruments.resize(3);
    universe.venues.resize(2);
    for (std::uint16_t i = 1; i <= 2; ++i) {
        Instrument& instrument = universe.instruments[i];
        instrument.id = InstrumentId{i};
        instrument.base = i == 1 ? "BTC" : "ETH";
        instrument.quote = "USD";
        instrument.symbol = Symbol{instrument.base.string() + "-USD"};
        Listing listing;
        listing.instrument = instrument.id;
        listing.venue = VenueId{1};
        listing.taker_fee = 0.006_rate;
        universe.listings.push_back(listing);
    }
    universe.venues[1].id = VenueId{1};
    universe.venues[1].name = "coinbase";
    return metadata;
}

// A closed tape of `count` records.
inline std::filesystem::path make_tape(const TemporaryFolder& folder, std::uint64_t count,
                                       const char* name = "a.tape") {
    const auto path = folder / name;
    auto writer = tape::Writer::create(path, small_metadata());
    EXPECT_TRUE(writer.has_value()) << writer.error().message;
    for (std::uint64_t i = 1; i <= count; ++i) {
        const auto position = (*writer)->append(record_at(i).head());
        EXPECT_EQ(position.value(), TapePosition{i});
    }
    EXPECT_TRUE((*writer)->close().has_value());
    return path;
}

// Whether the next record is the one of this position.
inline testing::AssertionResult gives(tape::Reader& reader, std::uint64_t position) {
    const auto record = reader.next();
    if (!record) return testing::AssertionFailure() << record.error().message;
    if (*record == nullptr) return testing::AssertionFailure() << "the tape ended";
    const AnyRecord expected = record_at(position);
    if ((*record)->size != expected.head().size ||
        std::memcmp(*record, expected.bytes, (*record)->size) != 0 ||
        reader.position() != TapePosition{position}) {
        return testing::AssertionFailure()
               << "another record, at " << reader.position().value() << " not " << position;
    }
    return testing::AssertionSuccess();
}

} // namespace grekko::tests
