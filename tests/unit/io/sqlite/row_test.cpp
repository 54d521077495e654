#include "io/sqlite/row.hpp"

#include <gtest/gtest.h>

#include "base/crc32c.hpp"
#include "support/records.hpp"

// covers: row.cpp, sha256.cpp
namespace grekko::sqlite {
namespace {

TEST(Sha256, IsThatOfTheStandard) {
    Sha256 sha;
    const auto abc = std::as_bytes(std::span{"abc", 3});
    const char* expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    EXPECT_EQ(hex(sha.of({abc})), expected);
    EXPECT_EQ(hex(sha.of({abc.first(1), abc.subspan(1)})), expected);
}

struct Chained {
    RowHeader header;
    std::vector<std::byte> payload;
    std::uint32_t checksum{0};
    Hash chain{};
};

Chained chained(const Hash& before, std::uint64_t first) {
    const auto batch = tests::make_batch(first, 3);
    Chained row{header_of(batch.view()), batch.payload, 0, {}};
    row.checksum = row_checksum(row.header, row.payload);
    Sha256 sha;
    row.chain = next_link(sha, before, row.header, row.payload);
    return row;
}

TEST(Row, ComesBackAsTheBatchItWas) {
    const auto batch = tests::make_batch(7, 3);
    const ports::Batch back = batch_of(header_of(batch.view()), batch.payload);
    EXPECT_EQ(back.first, Sequence{7});
    EXPECT_EQ(back.last, Sequence{9});
    EXPECT_EQ(back.at, tests::OwnedBatch::at(9));
    EXPECT_EQ(back.epoch, 1U);
    EXPECT_EQ(back.payload.data(), batch.payload.data());
}

TEST(Row, IsAcceptedInItsPlaceOnly) {
    Sha256 sha;
    const Hash start = first_link(sha, "book", "2026-01-01T00:00:00Z");
    EXPECT_NE(start, first_link(sha, "other", "2026-01-01T00:00:00Z"));
    const Chained first = chained(start, 1);
    const Chained second = chained(first.chain, 4);
    ChainCheck check{0, start};
    EXPECT_FALSE(check.accept(second.header, second.payload, second.checksum, second.chain));
    EXPECT_TRUE(check.accept(first.header, first.payload, first.checksum, first.chain));
    EXPECT_FALSE(check.accept(first.header, first.payload, first.checksum, first.chain));
    EXPECT_TRUE(check.accept(second.header, second.payload, second.checksum, second.chain));
    EXPECT_EQ(check.last(), 6U);
    EXPECT_EQ(check.link(), second.chain);
}

TEST(Row, IsRefusedWithAnyByteChanged) {
    Sha256 sha;
    const Hash start = first_link(sha, "book", "");
    const Chained good = chained(start, 1);
    const auto refused = [&](const Chained& row) {
        ChainCheck check{0, start};
        const auto accepted = check.accept(row.header, row.payload, row.checksum, row.chain);
        return !accepted && accepted.error().code == ErrorCode::corrupt &&
               accepted.error().message.find("record 1") != std::string::npos;
    };
    EXPECT_FALSE(refused(good));
    for (std::size_t i = 0; i < sizeof(RowHeader); ++i) {
        Chained row = good;
        reinterpret_cast<std::byte*>(&row.header)[i] ^= std::byte{1};
        EXPECT_TRUE(refused(row)) << "header byte " << i;
    }
    for (std::size_t i = 0; i < good.payload.size(); ++i) {
        Chained row = good;
        row.payload[i] ^= std::byte{128};
        EXPECT_TRUE(refused(row)) << "payload byte " << i;
    }
    for (std::size_t i = 0; i < good.chain.size(); ++i) {
        Chained row = good;
        row.chain[i] ^= std::byte{1};
        EXPECT_TRUE(refused(row)) << "chain byte " << i;
    }
    Chained row = good;
    row.checksum ^= 1U;
    EXPECT_TRUE(refused(row));
}

TEST(Row, BreaksTheChainWhereItsChecksumWasMadeToFit) {
    Sha256 sha;
    const Hash start = first_link(sha, "book", "");
    Chained row = chained(start, 1);
    row.payload[50] ^= std::byte{1};
    row.checksum = row_checksum(row.header, row.payload);
    ChainCheck check{0, start};
    const auto accepted = check.accept(row.header, row.payload, row.checksum, row.chain);
    ASSERT_FALSE(accepted.has_value());
    EXPECT_NE(accepted.error().message.find("chain"), std::string::npos);
}

} // namespace
} // namespace grekko::sqlite
