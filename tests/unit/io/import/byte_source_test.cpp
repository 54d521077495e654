// covers: file_source.cpp, gzip_source.cpp, zstd_source.cpp, zip_source.cpp, zip_directory.cpp
#include "io/import/byte_source.hpp"

#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"
#include "unit/io/import/packing.hpp"

namespace grekko::importing {
namespace {

using grekko::tests::TemporaryFolder;

std::string long_text() {
    std::string text;
    for (int i = 0; i < 60'000; ++i)
        text += std::to_string(i * 7919) + (i % 5 == 0 ? "\n" : ",");
    return text;
}

TEST(ByteSource, GivesAFileThatIsNotPackedAsItIs) {
    const TemporaryFolder folder;
    EXPECT_EQ(*tests::unpack(folder.write("a.gz", "plain, whatever its name")),
              "plain, whatever its name");
    EXPECT_EQ(*tests::unpack(folder.write("empty", "")), "");
}

TEST(ByteSource, UnpacksGzipOfSeveralMembers) {
    const TemporaryFolder folder;
    const auto text = long_text();
    const auto packed = tests::gzip(text) + tests::gzip("second");
    EXPECT_EQ(*tests::unpack(folder.write("a", packed)), text + "second");
}

TEST(ByteSource, UnpacksZstdOfSeveralFrames) {
    const TemporaryFolder folder;
    const auto text = long_text();
    const auto packed = tests::zstd(text) + tests::zstd("second");
    EXPECT_EQ(*tests::unpack(folder.write("a", packed)), text + "second");
}

TEST(ByteSource, UnpacksTheMembersOfAZipInTheOrderOfTheirNames) {
    const TemporaryFolder folder;
    const auto text = long_text();
    tests::ZipWriter zip;
    zip.add("b.csv", text, tests::ZipMethod::deflated);
    zip.add("folder/", "", tests::ZipMethod::stored);
    zip.add("a.csv", "stored as it is", tests::ZipMethod::stored);
    const auto inputs = list_inputs(folder.write("a.zip", zip.finish()));
    ASSERT_TRUE(inputs);
    ASSERT_EQ(inputs->size(), 2U);
    EXPECT_EQ((*inputs)[0].member, "a.csv");
    EXPECT_EQ((*inputs)[1].name(), (folder / "a.zip").string() + "!b.csv");
    EXPECT_EQ(*tests::drain(**open_bytes((*inputs)[0])), "stored as it is");
    EXPECT_EQ(*tests::drain(**open_bytes((*inputs)[1])), text);
}

TEST(ByteSource, RefusesEveryStreamThatIsCutShort) {
    const TemporaryFolder folder;
    tests::ZipWriter zip;
    zip.add("a.csv", long_text(), tests::ZipMethod::deflated);
    for (const auto& packed : {tests::gzip(long_text()), tests::zstd(long_text()), zip.finish()}) {
        for (const std::size_t size : {packed.size() - 1, packed.size() / 2, std::size_t{30}}) {
            const auto result = tests::unpack(folder.write("cut", packed.substr(0, size)));
            ASSERT_FALSE(result) << size;
            EXPECT_EQ(result.error().code, ErrorCode::corrupt) << result.error().message;
        }
    }
}

TEST(ByteSource, RefusesAStreamWithAFlippedBit) {
    const TemporaryFolder folder;
    tests::ZipWriter zip;
    zip.add("a.csv", long_text(), tests::ZipMethod::deflated);
    tests::ZipWriter plain;
    plain.add("a.csv", long_text(), tests::ZipMethod::stored);
    for (auto packed : {tests::gzip(long_text()), zip.finish(), plain.finish()}) {
        packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x10);
        const auto result = tests::unpack(folder.write("flipped", packed));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, ErrorCode::corrupt) << result.error().message;
    }
}

TEST(ByteSource, NamesAFileThatDoesNotExistAndAFolder) {
    const TemporaryFolder folder;
    const auto missing = list_inputs(folder / "no_such");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
    EXPECT_NE(missing.error().message.find("no_such"), std::string::npos);
    const auto inside = list_inputs(folder.path());
    ASSERT_FALSE(inside);
    EXPECT_EQ(inside.error().code, ErrorCode::invalid_input);
}

TEST(ByteSource, RefusesAMemberThatIsNotThere) {
    const TemporaryFolder folder;
    tests::ZipWriter zip;
    zip.add("a.csv", "x", tests::ZipMethod::stored);
    const auto path = folder.write("a.zip", zip.finish());
    const auto opened = open_bytes({path, "b.csv", 0});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::invalid_input);
}

TEST(ByteSource, CountsTheBytesOnDisk) {
    const TemporaryFolder folder;
    const auto packed = tests::gzip(long_text());
    const auto inputs = list_inputs(folder.write("a.gz", packed));
    ASSERT_TRUE(inputs);
    EXPECT_EQ((*inputs)[0].bytes, packed.size());
    const auto source = open_bytes((*inputs)[0]);
    ASSERT_TRUE(tests::drain(**source));
    EXPECT_EQ((*source)->consumed(), packed.size());
}

} // namespace
} // namespace grekko::importing
