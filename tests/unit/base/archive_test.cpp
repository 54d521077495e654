#include "base/archive.hpp"

#include <gtest/gtest.h>

namespace grekko {
namespace {

struct Inner {
    std::int32_t number{0};
    std::string text;
    void fields(auto& archive) { archive(number, text); }
    bool operator==(const Inner&) const = default;
};

struct Outer {
    std::vector<Inner> list;
    std::deque<std::uint64_t> line;
    std::map<std::uint32_t, Inner> table;
    std::set<std::uint16_t> members;
    std::optional<Inner> maybe;
    std::pair<std::uint32_t, std::string> both{};
    double level{0};
    void fields(auto& archive) { archive(list, line, table, members, maybe, both, level); }
    bool operator==(const Outer&) const = default;
};

struct Pairs {
    std::map<std::pair<std::uint16_t, std::uint32_t>, Inner> map;
    void fields(auto& archive) { archive(map); }
};

Outer sample() {
    return {{{1, "one"}, {2, ""}}, {3, 4}, {{5, {6, "six"}}}, {7, 8}, Inner{9, "nine"},
            {10, "ten"},           0.5};
}

TEST(Archive, ReadsBackEveryKindOfField) {
    const std::vector<std::byte> bytes = archive_save(sample());
    Outer read;
    EXPECT_TRUE(archive_load(read, bytes));
    EXPECT_EQ(read, sample());
    EXPECT_EQ(archive_save(read), bytes);
    EXPECT_TRUE(archive_load(read, archive_save(Outer{}))); // what was there before is gone
    EXPECT_EQ(read, Outer{});
}

TEST(Archive, RefusesEveryShorterAndLongerInput) {
    std::vector<std::byte> bytes = archive_save(sample());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        Outer read;
        ASSERT_FALSE(archive_load(read, std::span{bytes}.first(size))) << size;
    }
    bytes.push_back(std::byte{0});
    Outer read;
    EXPECT_FALSE(archive_load(read, bytes));
}

TEST(Archive, TakesPairsAsKeys) {
    const Pairs saved{{{{1, 2}, {3, "four"}}}};
    Pairs read;
    ASSERT_TRUE(archive_load(read, archive_save(saved)));
    EXPECT_EQ(read.map, saved.map);
}

TEST(Archive, RefusesCountsThatCannotBe) {
    std::vector<std::byte> bytes = archive_save(sample());
    for (std::size_t i = 0; i < 8; ++i)
        bytes[i] = std::byte{0xFF}; // the first list's length
    Outer read;
    EXPECT_FALSE(archive_load(read, bytes));
}

} // namespace
} // namespace grekko
