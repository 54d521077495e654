// covers: apply.cpp, access.cpp, access.hpp, state.hpp
#include <gtest/gtest.h>

#include "base/limits.hpp"
#include "unit/core/consensus/table.hpp"

namespace grekko::consensus {
namespace {

void a_busy_day(Table& table) {
    table.settings.vetoes = {{.agent = AgentId{3}}};
    for (int i = 0; i < 12; ++i) {
        table.pass(Duration::seconds(2));
        const auto proposer = static_cast<std::uint16_t>(1 + i % 2);
        const Quantity target = i % 3 == 0 ? -10_quantity : 10_quantity;
        const IntentId id = table.propose(table.increase(proposer, target));
        table.pass(Duration::milliseconds(100));
        table.cast(id, static_cast<std::uint16_t>(3 - proposer),
                   i % 4 == 0 ? Ballot::reject : Ballot::approve, 0.3_rate, 0.5_rate);
        if (i % 5 != 0) table.cast(id, 3, i % 5 == 1 ? Ballot::veto : Ballot::approve);
        if (i % 6 == 5) continue; // superseded by a later one
        table.close(id, CloseCause::finalize);
        table.cast(id, 2, Ballot::approve);
    }
}

TEST(Apply, EventsAloneRebuildTheState) {
    Table table;
    a_busy_day(table);
    EXPECT_GT(table.state.figures.rounds, 8U);
    EXPECT_FALSE(table.state.open.empty());
    EXPECT_EQ(archive_save(table.folded()), archive_save(table.state));
}

TEST(Apply, ASnapshotHoldsEverything) {
    Table table;
    a_busy_day(table);
    State restored;
    ASSERT_TRUE(archive_load(restored, archive_save(table.state)));
    EXPECT_EQ(archive_save(restored), archive_save(table.state));
}

TEST(Apply, AFinishedIntentIsForgotten) {
    Table table;
    table.context.position = 4_quantity;
    const IntentId id = table.propose(table.increase(1, 1_quantity));
    ASSERT_NE(find_intent(table.state, id), nullptr);
    EXPECT_EQ(find_intent(table.state, id)->decided, 3_quantity) << "leaving is decided at once";
    table.emit(events::IntentClosed{.intent = id});
    EXPECT_EQ(find_intent(table.state, id), nullptr);
}

TEST(Apply, DecidedIntentsAndPastRoundsAreBounded) {
    Table table;
    for (std::size_t i = 0; i < limits::past_rounds_max + 10; ++i) {
        table.pass(Duration::seconds(1));
        table.close(table.propose(table.increase(1)), CloseCause::finalize);
    }
    EXPECT_EQ(table.state.past.size(), limits::past_rounds_max);
    State state;
    RecordHead head;
    for (std::uint64_t id = 1; id <= limits::intents_kept_max + 5; ++id) {
        apply(state, events::IntentProposed{.id = IntentId{id}, .route = IntentRoute::reduce},
              head);
    }
    EXPECT_EQ(state.intents.size(), limits::intents_kept_max);
    EXPECT_EQ(state.intents.begin()->first, IntentId{6}) << "the oldest go first";
}

TEST(Access, NamesEveryOutcomeAndRefusal) {
    for (int i = 1; i <= static_cast<int>(RoundOutcome::solo); ++i) {
        EXPECT_NE(name(static_cast<RoundOutcome>(i)), "UNDECIDED");
    }
    for (int i = 0; i <= static_cast<int>(events::IntentRefusal::solo_refused); ++i) {
        EXPECT_NE(name(static_cast<events::IntentRefusal>(i)), "UNKNOWN");
    }
    EXPECT_EQ(name(RoundOutcome::stale_price), "STALE_PRICE");
}

TEST(Access, SuccessIsAboutQuorumAndNotAboutApproval) { // G324
    Table table;
    const IntentId refused = table.propose(table.increase(1));
    table.cast(refused, 2, Ballot::reject, 1_rate);
    table.cast(refused, 3, Ballot::reject, 1_rate);
    EXPECT_EQ(table.close(refused)->outcome, RoundOutcome::rejected);
    EXPECT_EQ(success_rate(table.state), 1_rate);
    table.pass(Duration::seconds(1));
    table.close(table.propose(table.increase(1)), CloseCause::finalize);
    EXPECT_EQ(success_rate(table.state), 0.5_rate);
}

} // namespace
} // namespace grekko::consensus
