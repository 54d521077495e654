#include "app/report/output.hpp"

#include <gtest/gtest.h>

#include "unit/io/report/sample.hpp"

namespace grekko::app {
namespace {

TEST(ReportOutput, TheTableFitsATerminalOrIsAsWideAsItMayBe) {
    EXPECT_GT(terminal_width(), 0U);
    testing::internal::CaptureStdout();
    print_report(grekko::tests::sample_report());
    EXPECT_NE(testing::internal::GetCapturedStdout().find("Skill or luck"), std::string::npos);
}

} // namespace
} // namespace grekko::app
