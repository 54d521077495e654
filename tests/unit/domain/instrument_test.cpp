#include "domain/instrument.hpp"

#include <gtest/gtest.h>

namespace grekko {
namespace {

Universe universe() {
    Universe made;
    made.instruments.resize(3);
    made.instruments[1].id = InstrumentId{1};
    made.instruments[1].symbol = "BTC-USD";
    made.instruments[2].id = InstrumentId{2};
    made.instruments[2].symbol = "ETH-USD";
    made.venues.resize(2);
    made.venues[1].id = VenueId{1};
    made.venues[1].name = "paper";
    made.listings.resize(1);
    made.listings[0].instrument = InstrumentId{2};
    made.listings[0].venue = VenueId{1};
    return made;
}

TEST(Universe, FindsByIdAndBySymbol) {
    const auto all = universe();
    EXPECT_EQ(all.instrument(InstrumentId{2}).symbol, "ETH-USD");
    EXPECT_EQ(all.venue(VenueId{1}).name, "paper");
    ASSERT_NE(all.find("BTC-USD"), nullptr);
    EXPECT_EQ(all.find("BTC-USD")->id, InstrumentId{1});
}

TEST(Universe, HasNoListingForAnInstrumentThatTheVenueDoesNotList) {
    const auto all = universe();
    ASSERT_NE(all.listing(InstrumentId{2}, VenueId{1}), nullptr);
    EXPECT_EQ(all.listing(InstrumentId{1}, VenueId{1}), nullptr);
}

TEST(Universe, DoesNotFindAnUnknownOrEmptySymbol) {
    EXPECT_EQ(universe().find("DOGE-USD"), nullptr);
    EXPECT_EQ(universe().find(""), nullptr);
}

TEST(UniverseDeathTest, TakesAnIdThatDoesNotExistForABug) {
    const auto all = universe();
    EXPECT_DEATH(static_cast<void>(all.instrument(InstrumentId{3})), "assertion failed");
    EXPECT_DEATH(static_cast<void>(all.venue(VenueId{})), "assertion failed");
}

} // namespace
} // namespace grekko
