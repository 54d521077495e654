#include "io/sqlite/views.hpp"

#include <gtest/gtest.h>

#include "io/sqlite/projector.hpp"
#include "io/sqlite/query.hpp"
#include "unit/io/sqlite/open_journal.hpp"
#include "unit/io/sqlite/story.hpp"

// covers: views.cpp, views_schema.cpp, views_rules.cpp, projector.cpp, query.cpp
// covers: field_visitor.hpp, decimal_functions.cpp
namespace grekko::sqlite {
namespace {

using tests::Story;
using tests::TemporaryFolder;

Views open(const TemporaryFolder& folder) {
    auto views = Views::open(folder / "views.db", KeepJson::yes);
    EXPECT_TRUE(views.has_value()) << views.error().message;
    return std::move(*views);
}

std::string answer(const TemporaryFolder& folder, std::string_view sql) {
    const auto table = query(folder / "views.db", sql);
    if (!table) return table.error().message;
    std::string text;
    for (const auto& row : table->rows) {
        for (const auto& value : row)
            text += value.value_or("NULL") + "|";
        text += "\n";
    }
    return text;
}

TemporaryFolder& told(TemporaryFolder& folder) {
    EXPECT_TRUE(open(folder).project(Story{}.batch().payload));
    return folder;
}

TEST(Views, TellTheStoryOfAnOrder) {
    TemporaryFolder folder;
    told(folder);
    EXPECT_EQ(answer(folder, "SELECT name, mode, status, allocation FROM agents"),
              "momentum|balanced|idle|1000|\ncareful|balanced|idle|1000|\n");
    EXPECT_EQ(answer(folder, "SELECT intent, side, delta, limit_price, state, filled, signal, fees "
                             "FROM intents"),
              "4|buy|0.5|101|closed|0.5|4|0.3|\n19|sell|-1|0|proposed|NULL|NULL|NULL|\n");
    EXPECT_EQ(answer(folder, "SELECT round, outcome, approval, threshold FROM rounds"),
              "4|passed|0.61|0.55|\n");
    EXPECT_EQ(answer(folder, "SELECT agent, ballot, confidence, after_ns FROM votes"),
              "1|approve|0.7|1000000|\n2|reject|0.7|2000000|\n");
    EXPECT_EQ(answer(folder, "SELECT id, status, filled, client_id, venue_order_id FROM orders"),
              "13|filled|0.5|abc-13|venue-9|\n");
    EXPECT_EQ(answer(folder, "SELECT order_id, price, quantity, fee, own FROM fills"),
              "13|100|0.5|0.3|1|\n");
    EXPECT_EQ(answer(folder, "SELECT agent, quantity, bought, sold, fees FROM positions"),
              "1|0.5|50|0|0.3|\n");
    EXPECT_EQ(answer(folder, "SELECT nav FROM equity"), "2004|\n");
    EXPECT_EQ(answer(folder, "SELECT sequence, stage, intent, reason FROM denials"),
              "20|risk|19|2|\n");
    EXPECT_EQ(answer(folder, "SELECT sequence, at, type, category, correlation FROM events "
                             "WHERE sequence = 13"),
              "13|2023-11-14T22:13:20.013Z|order.submitted|trading|4|\n");
}

TEST(Views, PassOverWhatTheyHaveAndRefuseAGap) {
    const TemporaryFolder folder;
    const Story story;
    {
        Views views = open(folder);
        ASSERT_TRUE(views.project(story.batch().payload));
        ASSERT_TRUE(views.project(story.batch().payload));
        EXPECT_EQ(views.last(), Sequence{Story::last});
        const auto gap = views.project(tests::make_batch(Story::last + 2, 1).payload);
        EXPECT_EQ(gap.error().code, ErrorCode::invalid_argument);
    }
    EXPECT_EQ(open(folder).last(), Sequence{Story::last});
    EXPECT_EQ(answer(folder, "SELECT quantity FROM positions"), "0.5|\n");
}

TEST(Views, GoOnWhereAnotherProcessHasCaughtThemUp) {
    TemporaryFolder folder;
    const Story story;
    const auto journal = tests::open_journal(folder);
    ASSERT_TRUE(journal->append(story.batch().view(), false));
    ASSERT_TRUE(journal->sync(Sequence{Story::last}));
    Views of_book = open(folder), of_query = open(folder);
    ASSERT_TRUE(of_query.catch_up(folder / "journal.db"));
    const auto behind = of_book.catch_up(folder / "journal.db");
    ASSERT_TRUE(behind) << behind.error().message;
    EXPECT_EQ(of_book.last(), Sequence{Story::last});
    EXPECT_EQ(answer(folder, "SELECT quantity FROM positions"), "0.5|\n");
}

TEST(Views, RebuiltFromTheJournalEqualThoseMadeAlongTheWay) {
    TemporaryFolder folder, other;
    const Story story;
    std::string alive;
    const char* all = "SELECT * FROM events UNION ALL "
                      "SELECT agent, instrument, quantity, bought, sold, fees, mark FROM positions";
    {
        const auto journal = tests::open_journal(folder);
        Projector projector{folder / "journal.db", open(folder)};
        ASSERT_TRUE(journal->append(story.batch().view(), false));
        ASSERT_TRUE(journal->sync(Sequence{Story::last}));
        ASSERT_TRUE(projector.wait_for(Sequence{Story::last}));
        for (std::uint64_t i = Story::last + 1; i <= 200; ++i) {
            ASSERT_TRUE(journal->append(tests::make_batch(i, 1).view(), false));
            projector.notify();
        }
        ASSERT_TRUE(journal->sync(Sequence{200}));
        ASSERT_TRUE(projector.wait_for(Sequence{200}));
        EXPECT_EQ(projector.last(), Sequence{200});
        alive = answer(folder, all);
    }
    EXPECT_EQ(std::ranges::count(alive, '\n'), 201);
    ASSERT_TRUE(open(other).catch_up(folder / "journal.db"));
    EXPECT_EQ(answer(other, all), alive);
}

TEST(Views, RefuseAnotherJournalAndANewerVersion) {
    TemporaryFolder folder;
    told(folder);
    tests::append(*tests::open_journal(folder), 1, 3);
    EXPECT_EQ(open(folder).catch_up(folder / "journal.db").error().code, ErrorCode::check_failed);
    {
        auto connection = Connection::open(folder / "views.db", OpenMode::write);
        ASSERT_TRUE(connection->execute("PRAGMA user_version = 99"));
    }
    EXPECT_EQ(Views::open(folder / "views.db", KeepJson::no).error().code,
              ErrorCode::unsupported_version);
}

TEST(Views, AnswerEveryExampleOfTheirPage) {
    TemporaryFolder folder;
    told(folder);
    const auto page = std::filesystem::path{GREKKO_SOURCE_DIR} / "docs/reference/views.md";
    const std::string text = tests::read_file(page);
    int examples = 0;
    for (auto at = text.find("```sql\n"); at != text.npos; at = text.find("```sql\n", at + 1)) {
        const std::string sql = text.substr(at + 7, text.find("```", at + 7) - at - 7);
        const auto table = query(folder / "views.db", sql);
        ASSERT_TRUE(table.has_value()) << sql << table.error().message;
        EXPECT_GT(table->columns.size(), 1U);
        ++examples;
    }
    EXPECT_EQ(examples, 6);
    EXPECT_EQ(answer(folder, "WITH RECURSIVE bits(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM bits "
                             "WHERE n < 41) SELECT n, count(*) FROM assessments JOIN bits "
                             "ON (blocked >> n) & 1 GROUP BY n"),
              "2|1|\n5|1|\n");
}

TEST(Query, ChangesNothing) {
    TemporaryFolder folder;
    told(folder);
    const auto code = [&](const char* sql) { return query(folder / "views.db", sql).error().code; };
    for (const char* sql :
         {"DELETE FROM orders", "UPDATE orders SET status = 'filled'", "DROP TABLE orders",
          "ATTACH 'other.db' AS other", "PRAGMA user_version = 3", "BEGIN",
          "VACUUM INTO 'copy.db'"}) {
        EXPECT_EQ(code(sql), ErrorCode::invalid_argument) << sql;
    }
    EXPECT_EQ(code("SELECT 1; DELETE FROM orders"), ErrorCode::invalid_input);
    EXPECT_FALSE(query(folder / "views.db", "CREATE TABLE t(x)").has_value());
    EXPECT_EQ(code("SELECT nothing"), ErrorCode::invalid_input);
    EXPECT_EQ(query(folder / "none.db", "SELECT 1").error().code, ErrorCode::not_found);
}

TEST(Query, EndsByItself) {
    TemporaryFolder folder;
    told(folder);
    const char* endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
                          "SELECT x FROM n";
    const auto cut = query(folder / "views.db", endless, {5, 1'000'000});
    ASSERT_TRUE(cut.has_value());
    EXPECT_EQ(cut->rows.size(), 5U);
    EXPECT_TRUE(cut->cut);
    const std::string count = "SELECT count(*) FROM (" + std::string{endless} + ")";
    EXPECT_EQ(query(folder / "views.db", count, {5, 1'000'000}).error().code,
              ErrorCode::limit_exceeded);
}

TEST(Query, AddsAmountsExactly) {
    TemporaryFolder folder;
    told(folder);
    EXPECT_EQ(answer(folder, "SELECT decimal_add('0.1', '0.2'), decimal_subtract('1', NULL)"),
              "0.3|1|\n");
    EXPECT_EQ(answer(folder, "SELECT decimal_sum(x) FROM (SELECT '0.1' AS x UNION ALL "
                             "SELECT '99999999999999999999' UNION ALL SELECT '-0.1')"),
              "99999999999999999999|\n");
    EXPECT_EQ(answer(folder, "SELECT decimal_sum(x) FROM (SELECT 1 AS x) WHERE x > 1"), "0|\n");
    EXPECT_FALSE(query(folder / "views.db", "SELECT decimal_add('a', '1')").has_value());
    EXPECT_FALSE(
        query(folder / "views.db", "SELECT decimal_add('99999999999999999999', '1')").has_value());
}

} // namespace
} // namespace grekko::sqlite
