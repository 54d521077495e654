#include "research/look_ahead/tampered_tape.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace grekko::research {
namespace {

constexpr Instant begin = Instant::from_seconds(1'700'000'000);

Instant at(int i) {
    return begin + Duration::seconds(i);
}

template <class Record>
Record record(int i) {
    Record made{market_head<Record, Record::kind>()};
    made.head.venue = VenueId{1};
    made.head.instrument = InstrumentId{1};
    made.head.flags = static_cast<std::uint8_t>(Side::buy);
    made.head.received_at = at(i);
    return made;
}

// A trade and two levels of the book each second.
runtime::MemoryTape make_tape() {
    runtime::MemoryTape tape;
    for (int i = 1; i <= 10; ++i) {
        auto trade = record<Trade>(i);
        trade.price = Price::whole(100 + i);
        trade.quantity = 1_quantity;
        EXPECT_TRUE(tape.append(trade.head).has_value());
        for (const int away : {-1, 1}) {
            auto level = record<BookLevel>(i);
            level.price = Price::whole(100 + i + away);
            level.quantity = i == 10 ? 0_quantity : 2_quantity;
            EXPECT_TRUE(tape.append(level.head).has_value());
        }
    }
    return tape;
}

bool same(const runtime::MemoryTape& a, const runtime::MemoryTape& b, std::size_t position) {
    const MarketHead& one = a.at(TapePosition{position});
    const MarketHead& two = b.at(TapePosition{position});
    return one.size == two.size && std::memcmp(&one, &two, one.size) == 0;
}

TEST(TamperedTape, HasEachInstantOnce) {
    EXPECT_EQ(instants_of(make_tape()).size(), 10U);
}

TEST(TamperedTape, IsTheSameUpToTheCutAndEndsWithATickOfTheClock) {
    const runtime::MemoryTape tape = make_tape();
    const runtime::MemoryTape cut = cut_after(tape, at(4), at(5));
    ASSERT_EQ(cut.size(), 13U);
    for (std::size_t i = 1; i <= 12; ++i)
        EXPECT_TRUE(same(tape, cut, i));
    EXPECT_EQ(cut.at(TapePosition{13}).kind, MarketKind::clock);
    EXPECT_EQ(cut.at(TapePosition{13}).received_at, at(5));
}

TEST(TamperedTape, KeepsThePastAndTheTimesUnderNoise) {
    const runtime::MemoryTape tape = make_tape();
    const runtime::MemoryTape noisy = noise_after(tape, at(4), 7);
    ASSERT_EQ(noisy.size(), tape.size());
    for (std::size_t i = 1; i <= tape.size(); ++i) {
        EXPECT_EQ(same(tape, noisy, i), i <= 12) << i;
        EXPECT_EQ(noisy.at(TapePosition{i}).received_at, tape.at(TapePosition{i}).received_at);
        const MarketHead& head = noisy.at(TapePosition{i});
        EXPECT_TRUE(valid_market_record(&head, head.size)) << i;
    }
    EXPECT_TRUE(same(noisy, noise_after(tape, at(4), 7), 20)) << "noise follows from the seed";
    EXPECT_FALSE(same(noisy, noise_after(tape, at(4), 8), 20));
}

TEST(TamperedTape, KeepsBidsBelowAsksAndEmptyLevelsEmpty) {
    const runtime::MemoryTape noisy = noise_after(make_tape(), at(0), 3);
    for (std::size_t i = 1; i <= noisy.size(); i += 3) {
        const auto& low = reinterpret_cast<const BookLevel&>(noisy.at(TapePosition{i + 1}));
        const auto& high = reinterpret_cast<const BookLevel&>(noisy.at(TapePosition{i + 2}));
        EXPECT_LT(low.price, high.price);
        EXPECT_EQ(low.quantity.is_zero(), i > 27);
    }
}

} // namespace
} // namespace grekko::research
