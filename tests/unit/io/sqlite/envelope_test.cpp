#include "io/sqlite/envelope.hpp"

#include <regex>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "unit/io/sqlite/open_journal.hpp"
#include "unit/io/sqlite/story.hpp"

namespace grekko::sqlite {
namespace {

using nlohmann::json;
using tests::Story;
using tests::TemporaryFolder;

std::vector<json> exported(const TemporaryFolder& folder) {
    std::vector<json> lines;
    const auto done = export_envelopes(folder / "journal.db", Sequence{1},
                                       [&](std::string_view line) -> Result<void> {
                                           lines.push_back(json::parse(line));
                                           return {};
                                       });
    EXPECT_TRUE(done.has_value()) << done.error().message;
    return lines;
}

class Envelope : public testing::Test {
protected:
    Envelope() {
        EXPECT_TRUE(tests::open_journal(folder)->append(Story{}.batch().view(), false));
        lines = exported(folder);
    }
    const json& of_type(std::string_view type) const {
        return *std::ranges::find_if(lines,
                                     [&](const json& one) { return one.at("event_type") == type; });
    }
    TemporaryFolder folder;
    std::vector<json> lines;
};

TEST_F(Envelope, HasItsFieldsAndNoOthersOnEveryRecord) {
    const std::regex uuid{"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"};
    const std::regex time{R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)"};
    ASSERT_EQ(lines.size(), Story::last);
    for (const json& one : lines) {
        EXPECT_EQ(one.size(), 6U) << one;
        EXPECT_TRUE(std::regex_match(one.at("event_id").get<std::string>(), uuid)) << one;
        EXPECT_NE(one.at("event_type"), "unknown");
        EXPECT_TRUE(std::regex_match(one.at("timestamp").get<std::string>(), time)) << one;
        EXPECT_FALSE(one.at("source_service").get<std::string>().empty());
        EXPECT_TRUE(one.at("payload").is_object());
        const json& metadata = one.at("metadata");
        EXPECT_EQ(metadata.size(), 2U);
        EXPECT_TRUE(std::regex_match(metadata.at("correlation_id").get<std::string>(), uuid));
        EXPECT_EQ(metadata.at("trace_id").get<std::string>().size(), 32U);
    }
}

TEST_F(Envelope, IsTheSameWheneverItIsMadeAndAnotherForEachRecord) {
    EXPECT_EQ(exported(folder), lines);
    std::set<std::string> ids;
    for (const json& one : lines)
        EXPECT_TRUE(ids.insert(one.at("event_id").get<std::string>()).second);
}

TEST_F(Envelope, NamesWhatBeganIt) {
    const json& intent = of_type("intent.proposed");
    const json& order = of_type("order.submitted");
    EXPECT_EQ(order.at("metadata").at("correlation_id"), intent.at("event_id"));
    EXPECT_EQ(order.at("metadata").at("trace_id"), intent.at("metadata").at("trace_id"));
    EXPECT_EQ(intent.at("metadata").at("correlation_id"), intent.at("event_id"));
}

TEST_F(Envelope, NamesTheServiceWhoseDecisionItIs) {
    EXPECT_EQ(of_type("agent.registered").at("source_service"), "strategy-engine");
    EXPECT_EQ(of_type("round.opened").at("source_service"), "agent-coordination");
    EXPECT_EQ(of_type("risk.assessed").at("source_service"), "risk-management");
    EXPECT_EQ(of_type("order.submitted").at("source_service"), "execution-engine");
    EXPECT_EQ(of_type("input.market_step").at("source_service"), "data-ingestion");
}

TEST_F(Envelope, CarriesTheRecordsOwnFields) {
    const json& payload = of_type("order.submitted").at("payload").at("order");
    EXPECT_TRUE(payload.contains("quantity"));
    EXPECT_TRUE(payload.at("quantity").is_string());
}

TEST(EnvelopeIds, DifferFromJournalToJournal) {
    EnvelopeWriter one{{"book", "2026-01-01T00:00:00Z", "test"}};
    EnvelopeWriter other{{"book", "2026-01-02T00:00:00Z", "test"}};
    EXPECT_EQ(one.uuid(Sequence{7}), one.uuid(Sequence{7}));
    EXPECT_NE(one.uuid(Sequence{7}), one.uuid(Sequence{8}));
    EXPECT_NE(one.uuid(Sequence{7}), other.uuid(Sequence{7}));
}

} // namespace
} // namespace grekko::sqlite
