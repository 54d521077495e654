#include "io/tape/metadata.hpp"

#include "unit/io/tape/make_tape.hpp"

namespace grekko::tape {
namespace {

TEST(TapeMetadata, ComesBackAsItWas) {
    const Metadata metadata = tests::small_metadata();
    const std::string json = to_json(metadata);
    const auto parsed = parse_metadata(json);
    ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
    EXPECT_EQ(to_json(*parsed), json);
    EXPECT_EQ(parsed->source, "made for a test");
    ASSERT_EQ(parsed->universe.instruments.size(), 3U);
    EXPECT_EQ(parsed->universe.instruments[1].finest_bar, Duration::hours(1));
    EXPECT_EQ(parsed->universe.listing(InstrumentId{2}, VenueId{1})->taker_fee, 0.006_rate);
}

TEST(TapeMetadata, RefusesWhatIsNotOne) {
    const std::string good = to_json(tests::small_metadata());
    const auto refused = [](std::string_view json) {
        const auto parsed = parse_metadata(json);
        return !parsed && parsed.error().code == ErrorCode::invalid_input;
    };
    EXPECT_TRUE(refused(""));
    EXPECT_TRUE(refused("{}"));
    EXPECT_TRUE(refused(good.substr(0, good.size() - 1)));
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string json = good;
        json.replace(json.find(from), from.size(), to);
        return json;
    };
    EXPECT_TRUE(refused(with("\"id\":2", "\"id\":3")));
    EXPECT_TRUE(refused(with("\"id\":1", "\"id\":-1")));
    EXPECT_TRUE(refused(with("\"tick\":\"0.01\"", "\"tick\":\"abc\"")));
    EXPECT_TRUE(refused(with("\"tick\":\"0.01\"", "\"tick\":0.01")));
    EXPECT_TRUE(refused(with("\"status\":1", "\"status\":9")));
    EXPECT_TRUE(refused(with("\"venue\":1", "\"venue\":7")));
    EXPECT_FALSE(refused(with("\"source\":", "\"later\":1,\"source\":")));
}

} // namespace
} // namespace grekko::tape
