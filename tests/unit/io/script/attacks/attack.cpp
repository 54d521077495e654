#include "unit/io/script/attacks/attack.hpp"

namespace grekko::script {
namespace {

FaultKind kind_of(Ends ends) {
    switch (ends) {
    case Ends::killed: return FaultKind::budget;
    case Ends::out_of_time: return FaultKind::timeout;
    case Ends::out_of_memory: return FaultKind::memory;
    case Ends::over_quota: return FaultKind::quota;
    default: return FaultKind::error;
    }
}

TEST_P(Attacks, EndsAsTheCatalogueSaysAndTheHostGoesOn) {
    const Attack& attack = GetParam();
    Setup setup = small_setup();
    if (attack.ends == Ends::out_of_time) {
        setup.limits.instructions = 1'000'000'000'000;
        setup.limits.time = Duration::milliseconds(1);
    }
    ScriptHost host{script_of(attack.body), setup};
    ASSERT_TRUE(host.loaded()) << host.error;
    const bool good = host.trade();
    EXPECT_EQ(good, attack.ends == Ends::contained) << host.fault();
    EXPECT_TRUE(host->last.empty());
    if (host->fault) {
        EXPECT_EQ(host->fault->kind, kind_of(attack.ends)) << host.fault();
        EXPECT_TRUE(names_line(host.fault())) << host.fault();
        EXPECT_NE(host.fault().find(attack.says), std::string::npos) << host.fault();
        if (attack.ends != Ends::over_quota) { // which is no error of the interpreter
            EXPECT_NE(host->agent->last_stack().find("tried/agent.lua:"), std::string::npos);
        }
    }
    ASSERT_TRUE(host.trade()) << host.fault();
    ASSERT_EQ(host->last.size(), 1U);
    EXPECT_EQ(host->last[0].kind, ActionKind::close);
    // Closing the state asserts that all of its memory came back.
}

TEST_P(BadSources, AreRefusedAndNamed) {
    const BadSource& source = GetParam();
    const ScriptHost host{source.text, small_setup()};
    ASSERT_FALSE(host.loaded());
    EXPECT_NE(host.error.find("tried/agent.lua"), std::string::npos) << host.error;
    EXPECT_NE(host.error.find(source.says), std::string::npos) << host.error;
}

} // namespace
} // namespace grekko::script
