#include "base/crc32c.hpp"

#include <random>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace grekko {
namespace {

using Bytes = std::vector<std::byte>;

std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span{text});
}

Bytes random_bytes(std::size_t size) {
    std::mt19937 engine{static_cast<std::uint32_t>(size)};
    Bytes data(size);
    for (std::byte& byte : data)
        byte = static_cast<std::byte>(engine() & 0xFFU);
    return data;
}

// The frame checksum written as its definition reads.
std::uint32_t frame_by_definition(std::span<const std::byte> frame) {
    Bytes lanes[4];
    const std::size_t blocks = frame.size() / 32;
    for (std::size_t i = 0; i < blocks * 32; ++i)
        lanes[i / 8 % 4].push_back(frame[i]);
    Bytes last;
    const auto append = [&last](std::uint64_t value, int size) {
        for (int i = 0; i < size; ++i)
            last.push_back(static_cast<std::byte>(value >> (8 * i)));
    };
    for (const Bytes& lane : lanes)
        append(crc32c_portable(lane), 4);
    last.insert(last.end(), frame.begin() + static_cast<std::ptrdiff_t>(blocks * 32), frame.end());
    append(frame.size(), 8);
    return crc32c_portable(last);
}

TEST(Crc32c, GivesThePublishedValues) { // RFC 3720, B.4
    EXPECT_EQ(crc32c(bytes("123456789")), 0xE3069283U);
    EXPECT_EQ(crc32c(Bytes(32, std::byte{0})), 0x8A9136AAU);
    EXPECT_EQ(crc32c(Bytes(32, std::byte{0xFF})), 0x62A8AB43U);
    Bytes rising(32);
    for (std::size_t i = 0; i < rising.size(); ++i)
        rising[i] = static_cast<std::byte>(i);
    EXPECT_EQ(crc32c(rising), 0x46DD794EU);
    EXPECT_EQ(crc32c({}), 0U);
}

TEST(Crc32c, HardwareAndTableAgreeAtEveryLength) {
    for (std::size_t size = 0; size < 300; ++size) {
        const Bytes data = random_bytes(size);
        ASSERT_EQ(crc32c(data), crc32c_portable(data)) << size;
        ASSERT_EQ(frame_checksum(data), frame_checksum_portable(data)) << size;
        ASSERT_EQ(frame_checksum(data), frame_by_definition(data)) << size;
    }
}

TEST(Crc32c, ContinuesAfterAPiece) {
    const Bytes data = random_bytes(100);
    const std::span all{data};
    for (std::size_t cut = 0; cut <= data.size(); ++cut) {
        ASSERT_EQ(crc32c(all.subspan(cut), crc32c(all.first(cut))), crc32c(all)) << cut;
    }
}

TEST(Crc32c, FrameChecksumSeesEveryFlippedBitAndEveryCut) {
    Bytes data = random_bytes(150);
    const std::uint32_t whole = frame_checksum(data);
    for (std::size_t bit = 0; bit < data.size() * 8; ++bit) {
        const std::byte mask{static_cast<unsigned char>(1U << (bit % 8))};
        data[bit / 8] ^= mask;
        ASSERT_NE(frame_checksum(data), whole) << bit;
        data[bit / 8] ^= mask;
    }
    for (std::size_t size = 0; size < data.size(); ++size) {
        ASSERT_NE(frame_checksum(std::span{data}.first(size)), whole) << size;
    }
    EXPECT_NE(frame_checksum(Bytes(64)), frame_checksum(Bytes(96)));
}

} // namespace
} // namespace grekko
