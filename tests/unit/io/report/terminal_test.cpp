#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/report/report.hpp"
#include "support/golden.hpp"
#include "unit/io/report/sample.hpp"

namespace grekko::report {
namespace {

std::size_t columns(const std::string& line) {
    std::size_t count = 0;
    for (const char byte : line) {
        if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80U) ++count;
    }
    return count;
}

TEST(Terminal, IsTheTableInTheGoldenFile) {
    EXPECT_TRUE(tests::matches_golden("report/terminal.txt", terminal(tests::sample_report())));
}

ports::Report wide_report() {
    ports::Report report = tests::sample_report();
    report.header.title = std::string(300, 'x');
    report.header.tape_hashes = {std::string(300, 'y')};
    report.risk.faults = {{tests::sample_start(), std::string(300, 'z')}};
    report.consensus.agents[0].agent = "é" + std::string(200, 'w');
    return report;
}

TEST(Terminal, NoLineIsWiderThanAsked) {
    for (const std::size_t width : {60U, 80U, 100U}) {
        std::istringstream lines{terminal(wide_report(), width)};
        for (std::string line; std::getline(lines, line);)
            EXPECT_LE(columns(line), width) << line;
    }
}

TEST(Terminal, IsBetweenSixtyAndAHundredColumnsWideWhateverIsAsked) {
    const ports::Report report = wide_report();
    EXPECT_EQ(terminal(report, 10), terminal(report, 60));
    EXPECT_EQ(terminal(report, 500), terminal(report));
}

TEST(Terminal, AHashIsWrappedAndNotCut) {
    ports::Report report = tests::sample_report();
    report.header.tape_hashes = {"BTC-USD sha256:" + std::string(64, '~')};
    const std::string text = terminal(report, 80);
    EXPECT_EQ(std::count(text.begin(), text.end(), '~'), 64);
}

TEST(Terminal, AnEmptyReportIsStillWhole) {
    const std::string text = terminal(ports::Report{});
    EXPECT_THAT(text, testing::HasSubstr("! Paper results are not live results."));
    EXPECT_THAT(text, testing::HasSubstr("Skill or luck"));
    EXPECT_TRUE(text.ends_with('\n'));
}

} // namespace
} // namespace grekko::report
