#include "io/sqlite/chains.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/sqlite/stories.hpp"
#include "unit/io/sqlite/open_journal.hpp"
#include "unit/io/sqlite/story.hpp"

// covers: chains.cpp, stories.cpp
namespace grekko::sqlite {
namespace {

using testing::ElementsAre;
using tests::Story;
using tests::TemporaryFolder;

class Chains : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(tests::open_journal(folder_)->append(Story{}.batch().view(), false));
        auto read = Stories::read(folder_ / "journal.db");
        ASSERT_TRUE(read.has_value()) << read.error().message;
        stories_ = std::move(*read);
        names_.checks = 6;
        names_.check = [](unsigned n) { return "check-" + std::to_string(n); };
        names_.agent = [](AgentId id) { return "agent-" + std::to_string(id.value()); };
        names_.instrument = [](InstrumentId) { return std::string{"BTC-USD"}; };
        names_.venue = [](VenueId) { return std::string{"paper"}; };
    }
    Chain chain_of(std::uint64_t intent) {
        const auto found = chains(stories_.story(Sequence{intent}), names_);
        EXPECT_EQ(found.size(), 1U);
        return found.empty() ? Chain{} : found.front();
    }
    TemporaryFolder folder_;
    Stories stories_;
    ExplainNames names_;
};

TEST_F(Chains, HaveAStoryForEachIntent) {
    EXPECT_THAT(stories_.roots(),
                ElementsAre(Sequence{Story::intent}, Sequence{Story::denied_intent}));
    EXPECT_EQ(stories_.root_of(Sequence{Story::fill}), Sequence{Story::intent});
    EXPECT_EQ(stories_.root_of(Sequence{Story::denial}), Sequence{Story::denied_intent});
    EXPECT_TRUE(stories_.root_of(Sequence{1}).is_none());
}

TEST_F(Chains, SayEveryLinkOfAnOrderInOneLine) {
    const Chain chain = chain_of(Story::intent);
    EXPECT_EQ(chain.id, Sequence{Story::order});
    EXPECT_EQ(chain.end, ChainEnd::order);
    EXPECT_EQ(chain.fills, 1U);
    EXPECT_FALSE(chain.open);
    EXPECT_EQ(chain.links,
              "mark 100 → intent 4 buy 0.5 BTC-USD by agent-1 → votes 1 for, 1 against, 0 "
              "abstained, 0 missed: passed → order buy 0.5 limit at 101 → filled, 0.5 in 1 fill");
}

// The story was written without a parent's id and without an assessment of the child.
TEST_F(Chains, NameTheLinksThatAnOrderLacks) {
    EXPECT_THAT(chain_of(Story::intent).holes,
                ElementsAre("its parent is missing", "no approval of its own stands before it"));
}

TEST_F(Chains, NameTheLinksThatADenialLacks) {
    const Chain chain = chain_of(Story::denied_intent);
    EXPECT_EQ(chain.id, Sequence{Story::denial});
    EXPECT_EQ(chain.end, ChainEnd::denied);
    EXPECT_TRUE(chain.links.ends_with("denied by check-2, failed: check-2, check-5"))
        << chain.links;
    EXPECT_THAT(chain.holes, ElementsAre("no mark", "the round was never opened",
                                         "the round was never closed", "no NAV at the assessment"));
}

} // namespace
} // namespace grekko::sqlite
