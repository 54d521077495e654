// covers: io/report/document.cpp, io/report/definitions.cpp
// covers: io/report/sections_money.cpp, io/report/sections_trades.cpp
#include "io/report/document.hpp"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/golden.hpp"
#include "unit/io/report/sample.hpp"

namespace grekko::report {
namespace {

TEST(Document, HasTheNinePartsInOrder) {
    std::vector<std::string> ids;
    for (const Section& section : document(tests::sample_report()).sections) {
        ids.push_back(section.id);
    }
    EXPECT_THAT(ids, testing::ElementsAre("run", "returns", "benchmarks", "exposure", "costs",
                                          "luck", "trades", "consensus", "risk"));
}

TEST(Document, WhatMustBeSaidCannotBeLeftOut) {
    ports::Report report = tests::sample_report();
    EXPECT_THAT(document(report).warnings,
                testing::ElementsAre("Paper results are not live results."));
    report.header.origin = ports::DataOrigin::synthetic;
    report.header.without_funding = true;
    report.header.disabled_checks = {"19 edge"};
    report.rows_left_out = 3;
    EXPECT_THAT(document(report).warnings,
                testing::ElementsAre("Synthetic market: profit on it proves nothing.",
                                     "Paper results are not live results.",
                                     testing::StartsWith("Funding was left out"),
                                     "Risk checks were switched off: 19 edge.",
                                     testing::StartsWith("3 fills")));
    report = {};
    report.header.kind = ports::RunKind::live;
    EXPECT_TRUE(document(report).warnings.empty());
}

TEST(Document, AnUnstatedHeaderFieldIsShownAsUnstated) {
    const Document shown = document(ports::Report{});
    const Section& run = shown.sections.front();
    const auto value = [&](const std::string& label) {
        const auto found = std::find_if(run.lines.begin(), run.lines.end(),
                                        [&](const Line& line) { return line.label == label; });
        return found == run.lines.end() ? "missing" : found->value;
    };
    EXPECT_EQ(value("Tape"), "not stated");
    EXPECT_EQ(value("Look-ahead tests"), "not run");
    EXPECT_EQ(value("Fills on"), "not stated");
    EXPECT_EQ(value("Trials so far"), "1");
}

TEST(Document, EveryRowHasTheCellsOfItsHead) {
    for (const Section& section : document(tests::sample_report()).sections) {
        for (const Table& table : section.tables) {
            for (const auto& row : table.rows)
                EXPECT_EQ(row.size(), table.head.size());
            EXPECT_FALSE(table.rows.empty()) << table.caption;
        }
    }
}

TEST(Document, EveryDefinitionNamesSomethingShownAndIsInTheReference) {
    std::set<std::string> shown{"90 %"};
    for (const Section& section : document(tests::sample_report()).sections) {
        for (const Line& line : section.lines)
            shown.insert(line.label);
        for (const Table& table : section.tables) {
            shown.insert(table.caption);
            for (const auto& row : table.rows)
                shown.insert(row.front());
        }
    }
    const std::string reference =
        tests::read_file(std::filesystem::path{GREKKO_SOURCE_DIR} / "docs/reference/report.md");
    for (const Definition& definition : definitions()) {
        EXPECT_TRUE(shown.contains(definition.label)) << definition.label;
        EXPECT_THAT(reference, testing::HasSubstr("**" + definition.label + "**"));
    }
}

} // namespace
} // namespace grekko::report
