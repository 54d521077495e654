#include "io/sqlite/render.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/golden.hpp"
#include "unit/io/sqlite/open_journal.hpp"
#include "unit/io/sqlite/story.hpp"

namespace grekko::sqlite {
namespace {

using tests::Story;
using tests::TemporaryFolder;

std::string exported(const TemporaryFolder& folder, std::uint64_t from) {
    std::string text;
    const auto done = export_json(folder / "journal.db", Sequence{from},
                                  [&](std::string_view line) -> Result<void> {
                                      text += line;
                                      return {};
                                  });
    EXPECT_TRUE(done.has_value()) << done.error().message;
    return text;
}

void tell(const TemporaryFolder& folder) {
    ASSERT_TRUE(tests::open_journal(folder)->append(Story{}.batch().view(), false));
}

TEST(Render, GivesEqualBytesForEqualJournals) {
    const TemporaryFolder a, b;
    tell(a);
    tell(b);
    const std::string text = exported(a, 1);
    EXPECT_EQ(text, exported(b, 1));
    EXPECT_EQ(static_cast<std::uint64_t>(std::ranges::count(text, '\n')), Story::last);
    EXPECT_TRUE(tests::matches_golden("io/sqlite/export.jsonl", text));
}

TEST(Render, MakesJsonOfEveryLine) {
    const TemporaryFolder folder;
    tell(folder);
    std::istringstream lines{exported(folder, Story::intent)};
    std::string line;
    std::getline(lines, line);
    const auto json = nlohmann::json::parse(line);
    EXPECT_EQ(json.at("sequence"), 4);
    EXPECT_EQ(json.at("type"), "intent.proposed");
    EXPECT_EQ(json.at("category"), "coordination");
    EXPECT_EQ(json.at("book"), "book");
    EXPECT_EQ(json.at("correlation"), nullptr);
    EXPECT_EQ(json.at("causation"), 3);
    EXPECT_EQ(json.at("data").at("increase"), true);
    EXPECT_EQ(json.at("data").at("intent").at("delta"), "0.5");
    EXPECT_EQ(json.at("data").at("intent").at("reason"), "breakout \"above\" the range");
    EXPECT_EQ(json.at("data").at("intent").at("working").at("urgency"), "normal");
    for (; std::getline(lines, line);)
        EXPECT_TRUE(nlohmann::json::accept(line)) << line;
}

TEST(Render, KeepsRecordsOfUnknownTypesAndBytesThatAreNoText) {
    events::MandateEnded ended;
    ended.reason = "\xFF\n\x01";
    std::vector<std::byte> bytes;
    tests::add_record(bytes, {}, ended);
    const auto& head = *reinterpret_cast<const RecordHead*>(bytes.data());
    const auto body = std::span{bytes}.subspan(sizeof head);
    const auto json = nlohmann::json::parse(render_data({head, body}));
    EXPECT_EQ(json.at("reason"), "\xEF\xBF\xBD\n\x01");
    RecordHead unknown = head;
    unknown.tag = 999;
    const auto other = nlohmann::json::parse(render({unknown, body}, "b", 1));
    EXPECT_EQ(other.at("type"), "unknown");
    EXPECT_EQ(other.at("data").at("tag"), 999);
}

} // namespace
} // namespace grekko::sqlite
