#include "io/sqlite/connection.hpp"

#include <gtest/gtest.h>

#include "io/sqlite/statement.hpp"
#include "support/temporary_folder.hpp"

// covers: connection.cpp, statement.cpp
namespace grekko::sqlite {
namespace {

using tests::TemporaryFolder;

Connection open(const TemporaryFolder& folder) {
    auto connection = Connection::open(folder / "a.db", OpenMode::create);
    EXPECT_TRUE(connection.has_value());
    EXPECT_TRUE(connection->execute("CREATE TABLE t(n INTEGER, s TEXT, b BLOB)"));
    return std::move(*connection);
}

TEST(Connection, GivesBackWhatWasBound) {
    const TemporaryFolder folder;
    Connection connection = open(folder);
    const std::byte blob[]{std::byte{0}, std::byte{255}};
    auto insert = connection.prepare("INSERT INTO t VALUES(?1, ?2, ?3)");
    ASSERT_TRUE(insert->bind(1, std::int64_t{-5})
                    .bind(2, std::string_view{"é\0x", 4})
                    .bind(3, std::span{blob})
                    .run());
    ASSERT_TRUE(insert->bind_null(1)
                    .bind(2, std::string_view{""})
                    .bind(3, std::span<const std::byte>{})
                    .run());
    auto select = connection.prepare("SELECT n, s, b FROM t");
    ASSERT_TRUE(select->step().value());
    EXPECT_EQ(select->integer(0), -5);
    EXPECT_EQ(select->text(1), (std::string_view{"é\0x", 4}));
    EXPECT_TRUE(std::ranges::equal(select->blob(2), blob));
    EXPECT_TRUE(select->is_integer(0));
    EXPECT_TRUE(select->is_blob(2));
    EXPECT_EQ(select->columns(), 3);
    EXPECT_EQ(select->column_name(1), "s");
    EXPECT_TRUE(select->read_only());
    EXPECT_FALSE(insert->read_only());
    ASSERT_TRUE(select->step().value());
    EXPECT_TRUE(select->is_null(0));
    EXPECT_FALSE(select->is_null(2));
    EXPECT_FALSE(select->step().value());
}

TEST(Connection, RollsBackATransactionThatIsNotCommitted) {
    const TemporaryFolder folder;
    Connection connection = open(folder);
    {
        auto transaction = Transaction::begin(connection);
        ASSERT_TRUE(transaction.has_value());
        ASSERT_TRUE(connection.execute("INSERT INTO t(n) VALUES(1)"));
        EXPECT_TRUE(connection.in_transaction());
    }
    EXPECT_EQ(connection.number("SELECT count(*) FROM t").value(), 0);
    auto transaction = Transaction::begin(connection);
    ASSERT_TRUE(connection.execute("INSERT INTO t(n) VALUES(1)"));
    ASSERT_TRUE(transaction->commit());
    EXPECT_EQ(connection.number("SELECT count(*) FROM t").value(), 1);
}

TEST(Connection, SaysWhatIsWrong) {
    const TemporaryFolder folder;
    EXPECT_EQ(Connection::open(folder / "none.db", OpenMode::read).error().code,
              ErrorCode::not_found);
    Connection connection = open(folder);
    EXPECT_EQ(connection.prepare("SELECT nothing FROM t").error().code, ErrorCode::invalid_input);
    EXPECT_EQ(connection.prepare("").error().code, ErrorCode::invalid_input);
    auto reader = Connection::open(folder / "a.db", OpenMode::read);
    ASSERT_TRUE(reader.has_value());
    EXPECT_EQ(reader->execute("DELETE FROM t").error().code, ErrorCode::invalid_argument);
    auto text = Connection::open(folder.write("text.db", std::string(4'096, 'x')), OpenMode::read);
    ASSERT_TRUE(text.has_value());
    const auto number = text->number("SELECT count(*) FROM sqlite_master");
    ASSERT_FALSE(number.has_value());
    EXPECT_EQ(number.error().code, ErrorCode::corrupt);
    EXPECT_NE(number.error().message.find("text.db"), std::string::npos);
}

} // namespace
} // namespace grekko::sqlite
