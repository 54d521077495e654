// covers: intent.hpp position.hpp
#include "domain/order.hpp"

#include "domain/intent.hpp"
#include "domain/position.hpp"

#include <gtest/gtest.h>

namespace grekko {
namespace {

TEST(OrderStatus, IsTerminalOnlyWhereNothingCanFillAnyMore) {
    for (const auto live :
         {OrderStatus::submitted, OrderStatus::accepted, OrderStatus::partly_filled,
          OrderStatus::pending_cancel, OrderStatus::pending_replace, OrderStatus::unknown}) {
        EXPECT_FALSE(terminal(live)) << static_cast<int>(live);
    }
    for (const auto ended : {OrderStatus::filled, OrderStatus::cancelled, OrderStatus::rejected,
                             OrderStatus::expired, OrderStatus::lapsed}) {
        EXPECT_TRUE(terminal(ended)) << static_cast<int>(ended);
    }
}

TEST(Purpose, ReducesUnlessItIncreasesOrQuotes) {
    EXPECT_FALSE(reduces(Purpose::increase));
    EXPECT_FALSE(reduces(Purpose::mandate));
    EXPECT_TRUE(reduces(Purpose::reduce));
    EXPECT_TRUE(reduces(Purpose::stop));
    EXPECT_TRUE(reduces(Purpose::disaster_stop));
    EXPECT_TRUE(reduces(Purpose::flatten));
}

TEST(Intent, HasTheSideAndSizeOfItsDelta) {
    Intent intent;
    intent.delta = -3_quantity;
    EXPECT_EQ(intent.side(), Side::sell);
    EXPECT_EQ(intent.size(), 3_quantity);
    intent.delta = 2_quantity;
    EXPECT_EQ(intent.side(), Side::buy);
    EXPECT_EQ(intent.size(), 2_quantity);
}

TEST(Position, HasAnAveragePriceOfEitherSideAndNoneWhenFlat) {
    Position position;
    EXPECT_EQ(position.average(), 0_price);
    position.quantity = 4_quantity;
    position.cost = 10_notional;
    EXPECT_EQ(position.average(), 2.5_price);
    position.quantity = -4_quantity;
    position.cost = -10_notional;
    EXPECT_EQ(position.average(), 2.5_price);
}

} // namespace
} // namespace grekko
