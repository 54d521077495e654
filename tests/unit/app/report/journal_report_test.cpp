#include "app/report/journal_report.hpp"

#include <gtest/gtest.h>

#include "io/report/report.hpp"
#include "unit/app/report/sample.hpp"

namespace grekko::app {
namespace {

using grekko::tests::SampleRun;

// A backtest kept in folder "kept"; gives its report as JSON.
std::string keep(SampleRun& sample) {
    auto parts = make_backtest(sample.config, sample.options, {});
    EXPECT_TRUE(parts) << parts.error().message;
    const auto path = sample.folder / "kept/journal.db";
    auto journal = open_journal(sample.config, path, Durable::no, (*parts)->source.hash);
    EXPECT_TRUE(journal) << journal.error().message;
    EXPECT_TRUE(
        write_session(sample.folder / "kept", sample.options, sample.config, sample.globals));
    auto outcome = run_backtest(**parts, sample.options, sample.config, journal->get(), {});
    EXPECT_TRUE(outcome) << outcome.error().message;
    return report::json(report::build(outcome->feed->collector(), outcome->header));
}

TEST(JournalReport, IsTheReportThatWasMadeAtOnce) {
    SampleRun sample;
    const std::string at_once = keep(sample);
    const auto journal = sample.folder / "kept/journal.db";
    const auto session = read_session(journal);
    ASSERT_TRUE(session) << session.error().message;
    EXPECT_FALSE(is_paper(*session));
    std::uint64_t read = 0;
    const auto again =
        report_of_journal(journal, *session, {}, [&](std::uint64_t records) { read = records; });
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(report::json(*again), at_once);
    EXPECT_GT(read, 100U);
}

TEST(JournalReport, RefusesDataThatAreNotThoseOfTheRun) {
    SampleRun sample;
    keep(sample);
    const auto journal = sample.folder / "kept/journal.db";
    const auto session = read_session(journal);
    ASSERT_TRUE(session) << session.error().message;
    sample.folder.write("bars.csv", "open_time_s,open,high,low,close,volume_base\n"
                                    "3600,1,2,1,2,5\n7200,2,3,2,3,5\n");
    const auto refused = report_of_journal(journal, *session, {}, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::check_failed);
    EXPECT_NE(refused.error().message.find("bars.csv"), std::string::npos);
}

TEST(JournalReport, ABookWithoutItsTapeIsNamed) {
    SampleRun sample;
    keep(sample);
    const auto journal = sample.folder / "kept/journal.db";
    auto session = read_session(journal);
    ASSERT_TRUE(session) << session.error().message;
    session->options.fill = "synthetic";
    EXPECT_TRUE(is_paper(*session));
    const auto refused = report_of_journal(journal, *session, {}, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::not_found);
    EXPECT_NE(refused.error().message.find("tape-1.tape is missing"), std::string::npos);
}

TEST(JournalReport, FindsTheTapesOfABookInOrder) {
    const grekko::tests::TemporaryFolder folder;
    folder.write("tape-2.tape", "");
    EXPECT_TRUE(book_tapes(folder.path()).empty());
    folder.write("tape-1.tape", "");
    const auto tapes = book_tapes(folder.path());
    ASSERT_EQ(tapes.size(), 2U);
    EXPECT_EQ(tapes[1].filename(), "tape-2.tape");
}

} // namespace
} // namespace grekko::app
