// covers: stops_parts.hpp
#include "core/risk/stops.hpp"

#include <gtest/gtest.h>

#include "unit/core/risk/journal.hpp"

namespace grekko::risk::tests {
namespace {

constexpr InstrumentId btc{1};
constexpr AgentId agent{1};

events::StopArmed armed(Side side, Price stop, Price take = {}, Rate trail = {}) {
    events::StopArmed event;
    event.agent = agent;
    event.instrument = btc;
    event.position_side = side;
    event.quantity = 1_quantity;
    event.stop = stop;
    event.take = take;
    event.trail = trail;
    event.mark = 100_price;
    return event;
}

TEST(Stops, GiveTheNearestPricesOfBothSidesAsTheBand) {
    Journal journal;
    EXPECT_EQ(band(journal.state.stops, btc), PriceBand{});
    EXPECT_EQ(band(journal.state.stops, InstrumentId{99}), PriceBand{});
    const StopId first{journal.emit(armed(Side::buy, 95_price, 120_price))};
    EXPECT_EQ(band(journal.state.stops, btc), (PriceBand{95_price, 120_price}));
    const StopId second{journal.emit(armed(Side::sell, 110_price, 90_price))};
    EXPECT_EQ(band(journal.state.stops, btc), (PriceBand{95_price, 110_price}));
    journal.emit(armed(Side::buy, 97_price, {}, 0.03_rate));
    EXPECT_EQ(band(journal.state.stops, btc), (PriceBand{97_price, 100.01_price}))
        << "a trailing stop wants to see the next extreme";
    journal.emit(events::StopClosed{second, events::StopEnd::filled, {}});
    journal.emit(events::StopMoved{first, 98_price, 100_price, 1_quantity});
    EXPECT_EQ(band(journal.state.stops, btc), (PriceBand{98_price, 100.01_price}));
    EXPECT_EQ(band(journal.state.stops, InstrumentId{2}), PriceBand{}) << "of its own alone";
    EXPECT_TRUE(journal.replays());
}

TEST(Stops, LeaveTheBandWhileTheyExitAndReturnWhenTheExitFails) {
    Journal journal;
    const StopId id{journal.emit(armed(Side::buy, 95_price))};
    events::ParentOpened opened;
    opened.parent.stop = id;
    opened.parent.purpose = Purpose::stop;
    const ParentId exit{journal.emit(opened)};
    EXPECT_EQ(band(journal.state.stops, btc), PriceBand{});
    EXPECT_TRUE(unprotected(journal.state.stops, agent, btc, 1_quantity).is_zero())
        << "an exit at work protects";
    events::ParentClosed closed;
    closed.parent = exit;
    journal.emit(closed);
    EXPECT_EQ(band(journal.state.stops, btc).low, 95_price);
    EXPECT_EQ(journal.state.stops.all.at(id).tried_at, journal.now);
    EXPECT_TRUE(journal.replays());
}

TEST(Stops, SayHowMuchOfAPositionIsNotProtected) {
    Journal journal;
    EXPECT_EQ(unprotected(journal.state.stops, agent, btc, -2_quantity), 2_quantity);
    journal.emit(armed(Side::sell, 110_price));
    EXPECT_EQ(unprotected(journal.state.stops, agent, btc, -2_quantity), 1_quantity);
    EXPECT_EQ(unprotected(journal.state.stops, agent, btc, 2_quantity), 2_quantity)
        << "a stop of the other side protects nothing";
    EXPECT_TRUE(unprotected(journal.state.stops, agent, btc, -0.5_quantity).is_zero());
    journal.emit(armed(Side::buy, Price{}));
    EXPECT_EQ(unprotected(journal.state.stops, agent, btc, 1_quantity), 1_quantity)
        << "a stop without a price is none";
}

TEST(Stops, IgnoreEventsAboutStopsThatAreGone) {
    Journal journal;
    journal.emit(events::StopClosed{StopId{9}, events::StopEnd::filled, {}});
    journal.emit(events::StopMoved{StopId{9}, 1_price, 1_price, 1_quantity});
    journal.emit(events::StopTriggered{StopId{9}, {}, 1, {}, 1_price});
    EXPECT_TRUE(journal.state.stops.all.empty());
    EXPECT_TRUE(journal.replays());
}

}  // namespace
}  // namespace grekko::risk::tests
