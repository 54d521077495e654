// covers: agent.cpp, runtime.cpp, runtime.hpp, build.cpp, events.cpp, dispatch.hpp
// covers: event_market.cpp, event_affairs.cpp, fake_host.cpp, fake_host.hpp
#include "io/script/agent.hpp"

#include "unit/io/script/script_host.hpp"

namespace grekko::script {
namespace {

TEST(ScriptAgent, AnswersATradeWithATarget) {
    ScriptHost host{on_trade("self:target{ symbol = trade.symbol, weight = 0.1, stop = 50000 }")};
    ASSERT_TRUE(host.loaded()) << host.error;
    ASSERT_TRUE(host.trade()) << host.fault();
    ASSERT_EQ(host->last.size(), 1U);
    EXPECT_EQ(host->last[0].kind, ActionKind::target);
    EXPECT_EQ(host->last[0].sizing, Sizing::weight);
    EXPECT_EQ(host->last[0].amount, 0.1_d);
    EXPECT_EQ(host->last[0].stop, 50'000_price);
}

TEST(ScriptAgent, DescribesWhatItWantsToBeAskedAbout) {
    ScriptHost host{on_trade("")};
    ASSERT_TRUE(host.loaded()) << host.error;
    const ports::AgentDescription& description = host->agent->description();
    ASSERT_EQ(description.subscriptions.size(), 1U);
    EXPECT_TRUE(description.subscriptions[0].trades);
    EXPECT_FALSE(description.subscriptions[0].quotes);
    EXPECT_EQ(description.subscriptions[0].bars, std::vector{Duration::hours(1)});
    EXPECT_EQ(description.votes.size(), 1U);
    EXPECT_EQ(description.code_hash.size(), 64U);
    EXPECT_EQ(description.name, "tried");
}

TEST(ScriptAgent, SaysFileLineAndStackOfAnError) {
    ScriptHost host{on_trade("local t = nil; return t.x")};
    ASSERT_TRUE(host.loaded()) << host.error;
    EXPECT_FALSE(host.trade());
    EXPECT_EQ(host->fault->kind, FaultKind::error);
    EXPECT_NE(host.fault().find("tried/agent.lua:3: attempt to index a nil value"),
              std::string::npos)
        << host.fault();
    EXPECT_NE(host->agent->last_stack().find("tried/agent.lua:3"), std::string::npos);
    EXPECT_TRUE(host->last.empty());
}

} // namespace
} // namespace grekko::script
