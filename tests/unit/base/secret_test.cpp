#include "base/secret.hpp"

#include <array>
#include <cstring>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace grekko {
namespace {

template <class T>
concept printable = requires(std::ostream& stream, const T& value) { stream << value; };
template <class T>
concept comparable = requires(const T& a, const T& b) { a == b; };

static_assert(!printable<Secret<std::string>> && !comparable<Secret<std::string>>);
static_assert(!std::is_copy_constructible_v<Secret<std::string>>);
static_assert(!std::is_convertible_v<std::string, Secret<std::string>>);
static_assert(!std::is_convertible_v<Secret<std::string>, std::string>);
static_assert(!std::is_constructible_v<Secret<std::string>, const std::string&>);
static_assert(std::is_nothrow_move_constructible_v<Secret<std::vector<std::byte>>>);

TEST(Secret, WipesItsBytesWhenItIsGone) {
    using Key = std::array<unsigned char, 32>;
    alignas(Secret<Key>) std::array<unsigned char, sizeof(Secret<Key>)> memory{};
    Key key;
    key.fill(0xAB);
    auto* secret = std::construct_at(reinterpret_cast<Secret<Key>*>(memory.data()), std::move(key));
    EXPECT_EQ(secret->expose()[31], 0xAB);
    EXPECT_EQ(key, Key{}); // where it came from is wiped at once
    std::destroy_at(secret);
    EXPECT_EQ(memory, (decltype(memory){}));
}

TEST(Secret, WipesTheSourceOfShortTextToo) {
    std::string text = "short";
    const char* inside = text.data(); // kept in the string object itself
    const Secret<std::string> secret{std::move(text)};
    EXPECT_EQ(secret.expose(), "short");
    EXPECT_EQ(std::memcmp(inside, "\0\0\0\0\0", 5), 0);
}

TEST(Secret, MovesAndLeavesNothingBehind) {
    Secret<std::string> first{std::string("a rather long api secret, beyond any buffer")};
    Secret<std::string> second{std::move(first)};
    EXPECT_TRUE(first.expose().empty()); // NOLINT: the moved-from state is what is tested
    EXPECT_EQ(second.expose().size(), 43U);
    Secret<std::string> third{std::string("old")};
    third = std::move(second);
    EXPECT_TRUE(third.equals(third.duplicate()));
    EXPECT_TRUE(second.expose().empty()); // NOLINT
}

TEST(Secret, ComparesContent) {
    const Secret<std::string> a{std::string("token-1")};
    const Secret<std::string> b{std::string("token-1")};
    const Secret<std::string> c{std::string("token-2")};
    const Secret<std::string> d{std::string("token")};
    EXPECT_TRUE(a.equals(b));
    EXPECT_FALSE(a.equals(c));
    EXPECT_FALSE(a.equals(d));
    EXPECT_TRUE(equal_in_constant_time({}, {}));
}

TEST(Secret, WipesMemory) {
    std::array<std::byte, 5> bytes;
    bytes.fill(std::byte{9});
    wipe(bytes);
    EXPECT_EQ(bytes, (std::array<std::byte, 5>{}));
}

} // namespace
} // namespace grekko
