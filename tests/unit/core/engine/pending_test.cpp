#include "core/engine/pending.hpp"

#include <gtest/gtest.h>

namespace grekko::engine {
namespace {

constexpr AgentId agent{3};
constexpr InstrumentId instrument{1};

events::IntentProposed proposed(std::uint64_t id, events::IntentRoute route) {
    events::IntentProposed event;
    event.id = IntentId{id};
    event.route = route;
    event.intent.agent = agent;
    event.intent.instrument = instrument;
    event.intent.delta = 2_quantity;
    return event;
}

TEST(Pending, AReduceWaitsAtOnce) {
    Pending pending;
    apply(pending, proposed(1, events::IntentRoute::reduce), {});
    ASSERT_EQ(waiting(pending, agent, instrument).size(), 1U);
    EXPECT_EQ(waiting(pending, agent, instrument).front().quantity, 2_quantity);
}

TEST(Pending, AnIncreaseWaitsOnceItsRoundHasPassedWithTheDecidedSize) {
    Pending pending;
    apply(pending, proposed(1, events::IntentRoute::vote), {});
    EXPECT_TRUE(waiting(pending, agent, instrument).empty());
    events::RoundClosed closed;
    closed.round = IntentId{1};
    closed.outcome = events::RoundOutcome::passed;
    closed.quantity = 1_quantity;
    apply(pending, closed, {});
    ASSERT_EQ(waiting(pending, agent, instrument).size(), 1U);
    EXPECT_EQ(waiting(pending, agent, instrument).front().quantity, 1_quantity);
}

TEST(Pending, ARejectedIncreaseNeverWaits) {
    Pending pending;
    apply(pending, proposed(1, events::IntentRoute::vote), {});
    events::RoundClosed closed;
    closed.round = IntentId{1};
    closed.outcome = events::RoundOutcome::rejected;
    apply(pending, closed, {});
    EXPECT_TRUE(waiting(pending, agent, instrument).empty());
}

TEST(Pending, AssessmentOrSupersessionEndsTheWait) {
    Pending pending;
    apply(pending, proposed(1, events::IntentRoute::reduce), {});
    apply(pending, proposed(2, events::IntentRoute::reduce), {});
    events::RiskAssessed assessed;
    assessed.intent = IntentId{1};
    apply(pending, assessed, {});
    apply(pending, events::IntentSuperseded{IntentId{2}, IntentId{3}}, {});
    EXPECT_TRUE(waiting(pending, agent, instrument).empty());
}

} // namespace
} // namespace grekko::engine
