#include "unit/io/tape/make_tape.hpp"

#include "io/tape/content_hash.hpp"

// covers: reader.cpp, writer.cpp, format.cpp, content_hash.cpp
namespace grekko::tape {
namespace {

using tests::gives;
using tests::make_tape;
using tests::TemporaryFolder;

constexpr std::uint64_t many = 20'000; // some twenty-five blocks, two segments

TEST(Tape, GivesBackEveryRecordInOrder) {
    const TemporaryFolder folder;
    auto reader = open_tape(make_tape(folder, many));
    ASSERT_TRUE(reader.has_value()) << reader.error().message;
    for (std::uint64_t i = 1; i <= many; ++i)
        ASSERT_TRUE(gives(**reader, i));
    const auto end = (*reader)->next();
    ASSERT_TRUE(end.has_value());
    EXPECT_EQ(*end, nullptr);
}

TEST(Tape, SaysWhatItHolds) {
    const TemporaryFolder folder;
    const auto info = tape_info(make_tape(folder, 21));
    ASSERT_TRUE(info.has_value()) << info.error().message;
    EXPECT_TRUE(info->finished);
    EXPECT_EQ(info->records, 21U);
    EXPECT_EQ(info->kinds[static_cast<int>(MarketKind::bar)], 3U);
    EXPECT_EQ(info->kinds[static_cast<int>(MarketKind::quote)], 6U);
    EXPECT_EQ(info->kinds[static_cast<int>(MarketKind::trade)], 12U);
    EXPECT_EQ(info->first_at, tests::record_at(1).head().received_at);
    EXPECT_EQ(info->latest_at, tests::record_at(21).head().received_at);
    EXPECT_EQ(info->hash.size(), 64U);
    EXPECT_TRUE(info->metadata.synthetic);
    EXPECT_EQ(info->metadata.universe.find("ETH-USD")->id, InstrumentId{2});
}

TEST(Tape, SeeksByPosition) {
    const TemporaryFolder folder;
    auto reader = open_tape(make_tape(folder, many));
    for (const std::uint64_t position : {0U, 1U, 799U, 800U, 10'000U, 19'999U, 5U}) {
        ASSERT_TRUE((*reader)->seek(TapePosition{position}));
        EXPECT_EQ((*reader)->position(), TapePosition{position});
        EXPECT_TRUE(gives(**reader, position + 1));
    }
    ASSERT_TRUE((*reader)->seek(TapePosition{many}));
    EXPECT_EQ((*reader)->next().value(), nullptr);
    const auto beyond = (*reader)->seek(TapePosition{many + 1});
    ASSERT_FALSE(beyond.has_value());
    EXPECT_EQ(beyond.error().code, ErrorCode::invalid_argument);
}

TEST(Tape, SeeksByTime) {
    const TemporaryFolder folder;
    auto reader = open_tape(make_tape(folder, many));
    for (const std::uint64_t position : {1U, 800U, 12'345U, 20'000U}) {
        const Instant at = tests::record_at(position).head().received_at;
        ASSERT_TRUE((*reader)->seek(at));
        EXPECT_TRUE(gives(**reader, position));
        ASSERT_TRUE((*reader)->seek(at - Duration::microseconds(1)));
        EXPECT_TRUE(gives(**reader, position));
    }
    ASSERT_TRUE((*reader)->seek(Instant::from_seconds(1)));
    EXPECT_TRUE(gives(**reader, 1));
    ASSERT_TRUE((*reader)->seek(Instant::from_seconds(1'800'000'000)));
    EXPECT_EQ((*reader)->position(), TapePosition{many});
    EXPECT_EQ((*reader)->next().value(), nullptr);
}

TEST(Tape, HasTheSameHashForTheSameContent) {
    const TemporaryFolder folder;
    const auto first = tape_info(make_tape(folder, 2'000, "a.tape"));
    const auto second = tape_info(make_tape(folder, 2'000, "b.tape"));
    const auto other = tape_info(make_tape(folder, 1'999, "c.tape"));
    EXPECT_EQ(first->hash, second->hash);
    EXPECT_NE(first->hash, other->hash);
}

TEST(Tape, VerifiesWhatIsWhole) {
    const TemporaryFolder folder;
    const auto info = verify(make_tape(folder, 5'000));
    ASSERT_TRUE(info.has_value()) << info.error().message;
    EXPECT_EQ(info->records, 5'000U);
    EXPECT_TRUE(verify(make_tape(folder, 0, "empty.tape")).has_value());
}

TEST(Tape, FindsEveryFlippedByte) {
    const TemporaryFolder folder;
    const auto path = make_tape(folder, 30);
    const std::string whole = tests::read_file(path);
    std::uint64_t metadata = 0;
    std::memcpy(&metadata, whole.data() + 16, 4);
    std::fstream file{path, std::ios::binary | std::ios::in | std::ios::out};
    const auto put = [&](std::size_t at, char byte) {
        file.seekp(static_cast<std::streamoff>(at));
        file.put(byte).flush();
    };
    const auto flip = [&](std::size_t at) {
        put(at, static_cast<char>(whole[at] ^ 4));
        EXPECT_FALSE(verify(path).has_value()) << "byte " << at;
        put(at, whole[at]);
    };
    for (std::size_t at = 0; at < 32 + metadata; at += at < 40 ? 1 : 97)
        flip(at);
    std::uint32_t used = 0;
    std::memcpy(&used, whole.data() + block_bytes + 4, 4);
    for (std::size_t at = 0; at < used; ++at)
        flip(block_bytes + at);
    for (std::size_t at = 0; at < offsetof(Footer, reserved); ++at)
        flip(2 * block_bytes + at);
    EXPECT_TRUE(verify(path).has_value());
}

TEST(Tape, ReadsTheGoodPartOfATruncatedOneOnRequest) {
    const TemporaryFolder folder;
    const auto path = make_tape(folder, many);
    const std::string whole = tests::read_file(path);
    const auto cut = folder.write("cut.tape", whole.substr(0, block_bytes * 5 + 1'000));
    const auto refused = open_tape(cut);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::corrupt);
    auto reader = open_tape(cut, {TapeCheck::all, Unfinished::read_good_part});
    ASSERT_TRUE(reader.has_value()) << reader.error().message;
    const std::uint64_t records = (*reader)->info().records;
    EXPECT_GT(records, 2'000U);
    EXPECT_LT(records, many);
    for (std::uint64_t i = 1; i <= records; ++i)
        ASSERT_TRUE(gives(**reader, i));
    EXPECT_EQ((*reader)->next().value(), nullptr);
}

TEST(Tape, ReadsTheGoodPartOfOneThatWasNeverClosed) {
    const TemporaryFolder folder;
    const auto path = folder / "open.tape";
    auto writer = Writer::create(path, tests::small_metadata());
    for (std::uint64_t i = 1; i <= 3'000; ++i) {
        ASSERT_TRUE((*writer)->append(tests::record_at(i).head()));
    }
    auto reader = open_tape(path, {TapeCheck::all, Unfinished::read_good_part});
    ASSERT_TRUE(reader.has_value()) << reader.error().message;
    EXPECT_FALSE((*reader)->info().finished);
    const std::uint64_t records = (*reader)->info().records;
    EXPECT_GT(records, 2'000U); // all but the open block
    for (std::uint64_t i = 1; i <= records; ++i)
        ASSERT_TRUE(gives(**reader, i));
}

TEST(Tape, StopsBeforeADamagedBlock) {
    const TemporaryFolder folder;
    std::string bytes = tests::read_file(make_tape(folder, many));
    bytes[block_bytes * 3 + 500] ^= 1;
    auto reader = open_tape(folder.write("damaged.tape", bytes));
    ASSERT_TRUE(reader.has_value());
    std::uint64_t good = 0;
    for (;; ++good) {
        const auto record = (*reader)->next();
        if (!record) {
            EXPECT_EQ(record.error().code, ErrorCode::corrupt);
            break;
        }
        ASSERT_NE(*record, nullptr);
    }
    EXPECT_EQ((*reader)->position(), TapePosition{good});
    EXPECT_GT(good, 1'000U);
}

TEST(Tape, RefusesARecordThatIsNotValid) {
    const TemporaryFolder folder;
    const auto path = folder / "foreign.tape";
    {
        auto writer = Writer::create(path, tests::small_metadata());
        Trade trade; // no price
        ASSERT_TRUE((*writer)->append(tests::any(trade, 1).head()));
    }
    auto reader = open_tape(path);
    const auto record = (*reader)->next();
    ASSERT_FALSE(record.has_value());
    EXPECT_EQ(record.error().code, ErrorCode::corrupt);
    EXPECT_TRUE(open_tape(path, {TapeCheck::checksum}).value()->next().has_value());
}

TEST(Tape, RefusesANewerFormatAndOtherFiles) {
    const TemporaryFolder folder;
    std::string bytes = tests::read_file(make_tape(folder, 3));
    bytes[8] = 2;
    EXPECT_EQ(open_tape(folder.write("newer.tape", bytes)).error().code,
              ErrorCode::unsupported_version);
    EXPECT_EQ(open_tape(folder.write("text.tape", "hello")).error().code, ErrorCode::invalid_input);
    EXPECT_EQ(open_tape(folder / "none.tape").error().code, ErrorCode::not_found);
}

TEST(Tape, IsNeverOverwritten) {
    const TemporaryFolder folder;
    const auto path = make_tape(folder, 3);
    EXPECT_EQ(Writer::create(path, tests::small_metadata()).error().code,
              ErrorCode::already_exists);
}

TEST(ContentHasher, IsSha256) {
    ContentHasher hasher;
    hasher.add(std::as_bytes(std::span{"abc", 3}));
    EXPECT_EQ(hex(hasher.finish()),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

} // namespace
} // namespace grekko::tape
