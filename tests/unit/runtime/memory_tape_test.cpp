#include "runtime/memory_tape.hpp"

#include <gtest/gtest.h>

namespace grekko::runtime {
namespace {

Trade trade(std::uint64_t id) {
    Trade record{market_head<Trade, MarketKind::trade>(), 5_price, 1_quantity, id};
    record.head.venue = VenueId{1};
    record.head.instrument = InstrumentId{1};
    return record;
}

TEST(MemoryTape, GivesRecordsInTheOrderTheyCame) {
    MemoryTape tape;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        EXPECT_EQ(tape.append(trade(i).head).value(), TapePosition{i});
    }
    MemoryTapeReader reader{tape};
    for (std::uint64_t i = 1; i <= 3; ++i) {
        const MarketHead* head = reader.next().value();
        ASSERT_NE(head, nullptr);
        EXPECT_EQ(reinterpret_cast<const Trade*>(head)->trade_id, i);
        EXPECT_EQ(reader.position(), TapePosition{i});
    }
    EXPECT_EQ(reader.next().value(), nullptr);
}

TEST(MemoryTape, SeeksToAfterAPosition) {
    MemoryTape tape;
    for (std::uint64_t i = 1; i <= 3; ++i)
        ASSERT_TRUE(tape.append(trade(i).head).has_value());
    MemoryTapeReader reader{tape};
    ASSERT_TRUE(reader.seek(TapePosition{2}).has_value());
    EXPECT_EQ(reinterpret_cast<const Trade*>(reader.next().value())->trade_id, 3U);
    EXPECT_FALSE(reader.seek(TapePosition{4}).has_value());
}

} // namespace
} // namespace grekko::runtime
