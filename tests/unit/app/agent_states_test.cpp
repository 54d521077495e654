#include "app/agent_states.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "app/universe.hpp"
#include "app/wire.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::app {
namespace {

using grekko::tests::TemporaryFolder;

class AgentStates : public testing::Test {
protected:
    AgentStates() {
        folder.write("counter/agent.lua", "local agent = grekko.agent { symbols = { 'BTC-USD' } }\n"
                                          "agent.state.count = 7\n"
                                          "return agent\n");
        Globals globals;
        globals.set = {"book.folder=" + folder.path().string()};
        config.emplace(*load_config(globals));
        universe = *make_universe(*config, {"BTC-USD"}, config->text("run.venue"));
    }
    Agents agents() {
        AgentRequest request;
        request.capital = 1'000_d;
        request.only = {(folder / "counter").string()};
        return Agents::load(*config, universe, request).value();
    }

    TemporaryFolder folder;
    std::optional<config::Config> config;
    Universe universe;
};

TEST_F(AgentStates, ComeBackWithTheHashOfWhatWasGiven) {
    Agents before = agents();
    ASSERT_TRUE(save_agent_states(folder.path(), before));
    Agents after = agents();
    EXPECT_TRUE(load_agent_states(folder.path(), after).empty());
    EXPECT_EQ(after.enrolments().front().state_hash.size(), 64U);
    EXPECT_EQ(*after.all().front()->save(), *before.all().front()->save());
}

TEST_F(AgentStates, AMissingFileIsAFirstStart) {
    Agents fresh = agents();
    EXPECT_TRUE(load_agent_states(folder.path(), fresh).empty());
    EXPECT_TRUE(fresh.enrolments().front().state_hash.empty());
}

TEST_F(AgentStates, ADamagedFileIsNamedAndTheAgentStartsWithout) {
    folder.write("agents/counter.state", "half of someth");
    Agents fresh = agents();
    const auto problems = load_agent_states(folder.path(), fresh);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_NE(problems.front().find("counter.state: the saved state of the agent is damaged"),
              std::string::npos)
        << problems.front();
    EXPECT_TRUE(fresh.enrolments().front().state_hash.empty());
}

TEST_F(AgentStates, AFolderThatCannotBeMadeIsNamed) {
    folder.write("agents", "a file");
    const auto saved = save_agent_states(folder.path(), agents());
    ASSERT_FALSE(saved);
    EXPECT_NE(saved.error().message.find("agents"), std::string::npos);
}

} // namespace
} // namespace grekko::app
