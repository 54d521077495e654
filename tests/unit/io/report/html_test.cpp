#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "io/report/report.hpp"
#include "unit/io/report/sample.hpp"

namespace grekko::report {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string data_of(const std::string& page) {
    const std::string open = "id=\"data\">";
    const auto from = page.find(open) + open.size();
    return page.substr(from, page.find("</script>", from) - from);
}

TEST(Html, AsksForNothingFromOutside) {
    const std::string page = html(tests::sample_report());
    EXPECT_FALSE(std::regex_search(page, std::regex{"(src|href)=\"(?!#)"}));
    EXPECT_THAT(page, Not(HasSubstr("@import")));
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
    EXPECT_THAT(page, HasSubstr("uPlot=function"));
    EXPECT_THAT(page, Not(HasSubstr("{{")));
}

TEST(Html, EveryLinkHasItsTarget) {
    const std::string page = html(tests::sample_report());
    const std::regex link{"href=\"#([^\"]*)\""};
    int links = 0;
    for (std::sregex_iterator found{page.begin(), page.end(), link}, end; found != end; ++found) {
        EXPECT_THAT(page, HasSubstr("id=\"" + (*found)[1].str() + "\""));
        ++links;
    }
    EXPECT_GT(links, 40);
}

TEST(Html, NamesCannotBecomeMarkupOrScript) {
    ports::Report report = tests::sample_report();
    const std::string evil = "</script><script>alert('x')</script>";
    report.header.title = evil;
    report.consensus.agents[0].agent = evil;
    report.fills[0].agent = evil;
    report.prices[0].instrument = evil;
    report.fills[0].instrument = evil;
    const std::string page = html(report);
    EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
    const auto data = nlohmann::json::parse(data_of(page));
    EXPECT_EQ(data["prices"][0]["instrument"], evil);
    EXPECT_EQ(data["prices"][0]["fills"].size(), 1U);
}

TEST(Html, CarriesTheCurvesAndTheFills) {
    const ports::Report report = tests::sample_report();
    const auto data = nlohmann::json::parse(data_of(html(report)));
    EXPECT_EQ(data["equity"]["t"].size(), report.equity.size());
    EXPECT_EQ(data["equity"]["hold"].size(), report.equity.size());
    EXPECT_EQ(data["prices"][0]["fills"].size(), report.fills.size());
}

TEST(Html, AnEmptyReportHasNoChartsAndAllSections) {
    const std::string page = html(ports::Report{});
    EXPECT_THAT(page, Not(HasSubstr("id=\"chart-equity\"")));
    EXPECT_THAT(page, HasSubstr("<section id=\"risk\">"));
}

} // namespace
} // namespace grekko::report
