#include "core/risk/check.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace grekko::risk {
namespace {

using events::AssessmentKind;

TEST(Check, HasANameAndARemedyForEachNumber) {
    std::set<std::string_view> names;
    for (int n = 1; n <= check_count; ++n) {
        const auto check = static_cast<Check>(n);
        names.insert(name(check));
        EXPECT_FALSE(remedy(check).empty()) << n;
    }
    EXPECT_EQ(names.size(), static_cast<std::size_t>(check_count));
    EXPECT_EQ(name(static_cast<Check>(42)), "unknown");
    EXPECT_EQ(name(Check::score), "score");
}

TEST(Check, IsDescribedInTheReferenceWithItsRemedy) {
    std::ifstream file{std::filesystem::path{GREKKO_SOURCE_DIR} / "docs/reference/risk-checks.md"};
    std::stringstream text;
    text << file.rdbuf();
    const std::string page = text.str();
    for (int n = 1; n <= check_count; ++n) {
        const auto check = static_cast<Check>(n);
        const std::string title = "## " + std::to_string(n) + " " + std::string(name(check)) + "\n";
        EXPECT_NE(page.find(title), std::string::npos) << title;
        EXPECT_NE(page.find(remedy(check)), std::string::npos) << remedy(check);
    }
}

TEST(Check, GivesTheLowestOfASet) {
    EXPECT_EQ(lowest(bit(Check::heat) | bit(Check::collar)), Check::collar);
    EXPECT_EQ(lowest(0), Check::none);
}

TEST(Check, AppliesByTheColumnsOfTheTable) {
    const CheckSet exit = applicable(AssessmentKind::reduce, Purpose::reduce);
    EXPECT_FALSE(has(exit, Check::breaker)) << "leaving is never stopped by a breaker";
    EXPECT_FALSE(has(exit, Check::rate));
    EXPECT_TRUE(has(exit, Check::self_trade));
    const CheckSet stop = applicable(AssessmentKind::stop, Purpose::stop);
    EXPECT_FALSE(has(stop, Check::collar)) << "a stop's escalation is its own collar";
    const CheckSet flatten = exit & ~bit(Check::collar);
    EXPECT_EQ(applicable(AssessmentKind::flatten, Purpose::flatten), flatten) << "its own collar";
    EXPECT_EQ(applicable(AssessmentKind::child, Purpose::flatten), flatten);
    const CheckSet replace = applicable(AssessmentKind::replace, Purpose::increase);
    EXPECT_TRUE(has(replace, Check::replace_rate));
    EXPECT_FALSE(has(replace, Check::edge));
    EXPECT_FALSE(has(applicable(AssessmentKind::increase, Purpose::increase),
                     Check::replace_rate));
    EXPECT_EQ(applicable(AssessmentKind::child, Purpose::reduce), exit);
    EXPECT_TRUE(has(applicable(AssessmentKind::replace, Purpose::reduce), Check::replace_rate));
    EXPECT_EQ(applicable(AssessmentKind::replace, Purpose::disaster_stop),
              applicable(AssessmentKind::child, Purpose::disaster_stop));
    for (const AssessmentKind kind : {AssessmentKind::mandate, AssessmentKind::replace}) {
        const CheckSet quote = applicable(kind, Purpose::mandate);
        EXPECT_FALSE(has(quote, Check::repetition)) << "quoting repeats itself";
        EXPECT_FALSE(has(quote, Check::stop_sane)) << "it was voted";
        EXPECT_TRUE(has(quote, Check::agent_gross));
    }
}

}  // namespace
}  // namespace grekko::risk
