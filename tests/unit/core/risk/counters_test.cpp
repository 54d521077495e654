#include "core/risk/counters.hpp"

#include <gtest/gtest.h>

namespace grekko::risk {
namespace {

constexpr Instant start = Instant::from_seconds(1'700'000'000);

TEST(Counters, AdmitABurstAndThenTheRate) {
    Bucket bucket;
    const Duration depth = token_interval(2'000) * 5;
    int admitted = 0;
    for (; admitted < 8 && bucket.has(start, 2'000, depth); ++admitted) {
        bucket.take(start, 2'000);
    }
    EXPECT_EQ(admitted, 5);
    EXPECT_FALSE(bucket.has(start + Duration::milliseconds(499), 2'000, depth));
    EXPECT_TRUE(bucket.has(start + Duration::milliseconds(500), 2'000, depth));
    EXPECT_TRUE(bucket.has(start, 0, Duration{})) << "no rate, no limit";
}

TEST(Counters, EqualCountedTokensOverALongRun) {
    Bucket bucket;
    const Duration depth = token_interval(10'000) * 20;
    std::int64_t thousandths = 20'000;  // of a token; 10 a second, burst 20
    Instant now = start;
    for (int i = 0; i < 5'000; ++i) {
        const std::int64_t pause = (i * 37) % 131;  // milliseconds
        now = now + Duration::milliseconds(pause);
        thousandths = std::min<std::int64_t>(20'000, thousandths + pause * 10);
        const bool expected = thousandths >= 1'000;
        ASSERT_EQ(bucket.has(now, 10'000, depth), expected) << i;
        if (!expected) continue;
        thousandths -= 1'000;
        bucket.take(now, 10'000);
    }
}

TEST(Counters, ForgetMessagesAfterAnHour) {
    Counters counters;
    const AgentId agent{1};
    count_message(counters, {agent, VenueId{1}, true}, start);
    count_message(counters, {agent, VenueId{1}, false}, start + Duration::minutes(30));
    count_fill(counters, agent, start + Duration::minutes(30));
    const AgentRow& row = agent_row(counters, agent);
    EXPECT_EQ(message_ratio(row, start + Duration::minutes(59)).messages, 2U);
    EXPECT_EQ(message_ratio(row, start + Duration::minutes(61)).messages, 1U);
    EXPECT_EQ(message_ratio(row, start + Duration::minutes(61)).fills, 1U);
    EXPECT_EQ(message_ratio(row, start + Duration::minutes(95)).messages, 0U);
    EXPECT_TRUE(row.increases.full_at.is_none()) << "no assessment has named a rate";
}

TEST(Counters, KeepTheDialAndCapitalOfAnAgent) {
    Counters counters;
    events::AgentRegistered registered;
    registered.agent = AgentId{1};
    registered.risk_tolerance = 0.8_rate;
    registered.allocation = 10_notional;
    apply(counters, registered, {});
    events::AgentSettingChanged changed;
    changed.agent = AgentId{1};
    changed.setting = CommandKind::agent_allocation;
    changed.to = 20_d;
    apply(counters, changed, {});
    EXPECT_EQ(agent_row(counters, AgentId{1}).tolerance, 0.8_rate);
    EXPECT_EQ(agent_row(counters, AgentId{1}).allocation, 20_notional);
    EXPECT_TRUE(agent_row(counters, operator_agent).allocation.is_zero());
}

TEST(Counters, TakeSizeFactorsFromEvents) {
    Counters counters;
    events::SizeFactorChanged changed;
    changed.factor = 0.5_rate;
    apply(counters, changed, {});
    changed.agent = AgentId{3};
    apply(counters, changed, {});
    EXPECT_EQ(counters.book_factor, 0.5_rate);
    EXPECT_EQ(agent_row(counters, AgentId{3}).size_factor, 0.5_rate);
    EXPECT_EQ(agent_row(counters, AgentId{2}).size_factor, 1_rate);
}

}  // namespace
}  // namespace grekko::risk
