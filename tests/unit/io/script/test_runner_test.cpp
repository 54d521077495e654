// covers: test_runner.cpp, test_api.cpp, test_run.hpp
#include "io/script/test_runner.hpp"

#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"

namespace grekko::script {
namespace {

class ShippedAgent : public testing::TestWithParam<const char*> {};

TEST_P(ShippedAgent, PassesItsOwnTests) {
    script::Setup setup;
    setup.folder = std::string(GREKKO_SOURCE_DIR "/scripts/agents/") + GetParam();
    setup.library = GREKKO_SOURCE_DIR "/scripts/lib";
    const auto report = run_agent_tests(setup);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_GE(report->cases.size(), 4U);
    EXPECT_EQ(report->failed(), 0U) << report->tap();
}

INSTANTIATE_TEST_SUITE_P(All, ShippedAgent,
                         testing::Values("ema_cross", "aggressive", "balanced", "conservative"),
                         [](const auto& one) { return std::string(one.param); });

TEST(TestRunner, ReportsWhatFailedAndWhere) {
    tests::TemporaryFolder folder;
    folder.write("a/agent.lua", "return grekko.agent { symbols = { 'BTC-USD' } }");
    folder.write(
        "a/agent_test.lua",
        "test('one', function(t) print('hello', 1) t:equal(1, 1) end)\n"
        "test('two', function(t) t:equal(1, 2) end)\n"
        "test('three', function(t) t:host { symbols = { 'NO' } , params = { x = 1 } } end)\n");
    script::Setup setup;
    setup.folder = folder / "a";
    const auto report = run_agent_tests(setup);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->failed(), 2U);
    EXPECT_EQ(report->cases[1].message, "a/agent_test.lua:2: equal: expected 2, got 1");
    EXPECT_NE(report->cases[2].message.find("no such parameter"), std::string::npos);
    EXPECT_TRUE(report->tap().starts_with("# hello 1\n1..3\nok 1 - one\nnot ok 2 - two\n"))
        << report->tap();
}

TEST(TestRunner, NeedsATestFile) {
    tests::TemporaryFolder folder;
    folder.write("a/agent.lua", "return 1");
    script::Setup setup;
    setup.folder = folder / "a";
    const auto report = run_agent_tests(setup);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::not_found);
}

} // namespace
} // namespace grekko::script
