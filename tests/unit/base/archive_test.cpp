#include "base/archive.hpp"

#include <gtest/gtest.h>

namespace grekko {
namespace {

struct Inner {
    std::uint32_t a{0}, b{0};
    bool operator==(const Inner&) const = default;
};
struct Outer {
    std::map<std::uint64_t, Inner> inner;
    std::vector<std::string> names;
    std::optional<std::uint64_t> last;
    std::deque<Inner> queue;
    std::set<std::uint32_t> seen;
    void fields(auto& archive) { archive(inner, names, last, queue, seen); }
    bool operator==(const Outer&) const = default;
};

Outer example() {
    return {{{7, {1, 2}}, {9, {3, 4}}}, {"one", "", "three"}, 42, {{5, 6}}, {8, 9}};
}

TEST(Archive, RestoresWhatItSaved) {
    Outer restored;
    ASSERT_TRUE(archive_load(restored, archive_save(example())));
    EXPECT_EQ(restored, example());
}

TEST(Archive, RefusesEveryTruncation) {
    const std::vector<std::byte> bytes = archive_save(example());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        Outer restored;
        EXPECT_FALSE(archive_load(restored, std::span(bytes).first(size))) << size;
    }
}

TEST(Archive, RefusesTrailingBytes) {
    std::vector<std::byte> bytes = archive_save(example());
    bytes.push_back(std::byte{0});
    Outer restored;
    EXPECT_FALSE(archive_load(restored, bytes));
}

TEST(Archive, RefusesACountLargerThanTheInput) {
    const std::uint64_t huge = ~0ULL;
    std::vector<std::byte> bytes(sizeof huge);
    std::memcpy(bytes.data(), &huge, sizeof huge);
    std::vector<std::uint64_t> values;
    EXPECT_FALSE(archive_load(values, bytes));
}

}  // namespace
}  // namespace grekko
