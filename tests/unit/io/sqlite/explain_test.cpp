#include "io/sqlite/explain.hpp"

#include <gtest/gtest.h>

#include "support/golden.hpp"
#include "unit/io/sqlite/open_journal.hpp"
#include "unit/io/sqlite/story.hpp"

// covers: explain.cpp, explain_text.cpp, text_table.cpp, text_table.hpp
namespace grekko::sqlite {
namespace {

using tests::Story;
using tests::TemporaryFolder;

class Explain : public testing::Test {
protected:
    void SetUp() override {
        const auto journal = tests::open_journal(folder_);
        ASSERT_TRUE(journal->append(Story{}.batch().view(), false));
    }
    std::vector<std::uint64_t> sequences(std::uint64_t id) {
        std::vector<std::uint64_t> found;
        const auto explanation = collect(folder_ / "journal.db", Sequence{id});
        EXPECT_TRUE(explanation.has_value()) << explanation.error().message;
        for (const auto& record : explanation->records) {
            found.push_back(record.head().sequence.value());
        }
        return found;
    }
    TemporaryFolder folder_;
};

TEST_F(Explain, CollectsTheWholeChainFromAnyOfItsRecords) {
    const std::vector<std::uint64_t> chain{3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18};
    EXPECT_EQ(sequences(Story::order), chain);
    EXPECT_EQ(sequences(Story::intent), chain);
    EXPECT_EQ(sequences(Story::fill), chain);
}

TEST_F(Explain, CollectsADenial) {
    const std::vector<std::uint64_t> chain{3, Story::denied_intent, Story::denial};
    EXPECT_EQ(sequences(Story::denial), chain);
    EXPECT_EQ(sequences(Story::denied_intent), chain);
}

TEST_F(Explain, SaysWhereThereIsNoSuchRecord) {
    const auto explanation = collect(folder_ / "journal.db", Sequence{99});
    ASSERT_FALSE(explanation.has_value());
    EXPECT_EQ(explanation.error().code, ErrorCode::not_found);
}

TEST_F(Explain, PrintsItForATerminal) {
    ExplainNames names;
    names.checks = 6;
    names.check = [](unsigned n) { return "check-" + std::to_string(n); };
    names.agent = [](AgentId id) { return "agent-" + std::to_string(id.value()); };
    names.instrument = [](InstrumentId) { return std::string{"BTC-USD"}; };
    names.venue = [](VenueId) { return std::string{"paper"}; };
    std::string text;
    for (const std::uint64_t id : {Story::order, Story::denial}) {
        const auto explanation = collect(folder_ / "journal.db", Sequence{id});
        ASSERT_TRUE(explanation.has_value());
        text += explain_text(*explanation, names) + "\n";
    }
    EXPECT_TRUE(tests::matches_golden("io/sqlite/explain.txt", text));
}

} // namespace
} // namespace grekko::sqlite
