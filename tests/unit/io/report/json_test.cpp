#include "io/report/json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "io/report/report.hpp"
#include "unit/io/report/sample.hpp"

namespace grekko::report {
namespace {

TEST(Json, HoldsFiguresWithIntervalsAndReasons) {
    ports::Report report = tests::sample_report();
    report.returns.calmar = {{}, {}, {}, "no drawdown"};
    const auto document = nlohmann::json::parse(json(report));
    EXPECT_EQ(document["returns"]["sharpe"]["value"], 0.61);
    EXPECT_EQ(document["returns"]["sharpe"]["interval_90"][1], 1.7);
    EXPECT_TRUE(document["returns"]["calmar"]["value"].is_null());
    EXPECT_EQ(document["returns"]["calmar"]["why"], "no drawdown");
    EXPECT_EQ(document["round_trips"][0]["net"], "47.5"); // amounts stay exact
    EXPECT_EQ(document["consensus"]["outcomes"]["passed"], 120);
    EXPECT_EQ(document["header"]["from"], "2024-01-01T00:00:00Z");
}

TEST(Json, BytesThatAreNoTextDoNotStopIt) {
    ports::Report report;
    report.header.title = "bad \xFF byte";
    EXPECT_TRUE(nlohmann::json::accept(json(report)));
}

TEST(Json, TheDataOfChartsHoldsNoMarkup) {
    ports::Report report = tests::sample_report();
    report.prices[0].instrument = "<!--";
    EXPECT_EQ(chart_data(report).find('<'), std::string::npos);
}

} // namespace
} // namespace grekko::report
