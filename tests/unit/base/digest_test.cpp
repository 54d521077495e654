#include "base/digest.hpp"

#include <gtest/gtest.h>

namespace grekko {
namespace {

using namespace literals;

std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span{text});
}

TEST(Digest, GivesThePublishedValuesOfMurmurHash3) {
    EXPECT_EQ(Digest{}.hex(), "00000000000000000000000000000000");
    EXPECT_EQ(Digest{}.add(bytes("hello")).hex(), "cbd8a7b341bd9b025b1e906a48ae1d19");
    EXPECT_EQ(Digest{}.add(bytes("The quick brown fox jumps over the lazy dog")).hex(),
              "e34bbc7bbc071b6c7a433ca9c49a9347");
}

TEST(Digest, TakesBytesInAnyPieces) {
    const std::string text = "an order is placed, then filled in part, then cancelled";
    const DigestValue whole = Digest{}.add(bytes(text)).value();
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        Digest digest;
        digest.add(bytes(text).first(cut)).add(bytes(text).subspan(cut));
        ASSERT_EQ(digest.value(), whole) << cut;
    }
}

TEST(Digest, NumbersAreEightBytesLowestFirst) {
    const std::string_view plain{"\x08\x07\x06\x05\x04\x03\x02\x01", 8};
    const DigestValue expected = Digest{}.add(bytes(plain)).value();
    EXPECT_EQ(Digest{}.add(std::uint64_t{0x0102030405060708U}).value(), expected);
    const std::string_view minus_one{"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8};
    EXPECT_EQ(Digest{}.add(-1).value(), Digest{}.add(bytes(minus_one)).value());
    for (std::size_t offset = 0; offset < 16; ++offset) { // the same at every place in a block
        const std::string before(offset, 'x');
        Digest words;
        words.add(bytes(before)).add(std::uint64_t{0x0102030405060708U}).add(bytes("tail"));
        Digest plain_bytes;
        plain_bytes.add(bytes(before + std::string(plain) + "tail"));
        ASSERT_EQ(words.value(), plain_bytes.value()) << offset;
    }
}

TEST(Digest, TellsValuesOrderAndTextBordersApart) {
    EXPECT_NE(Digest{}.add(1).add(2).value(), Digest{}.add(2).add(1).value());
    EXPECT_NE(Digest{}.add("ab").add("c").value(), Digest{}.add("a").add("bc").value());
    EXPECT_NE(Digest{}.add("").value(), Digest{}.value());
    EXPECT_NE(Digest{}.add(1.5_d).value(), Digest{}.add(-1.5_d).value());
    EXPECT_NE(Digest{}.add(0.1).value(), Digest{}.add(0.2).value());
}

TEST(Digest, TakesTheVocabularyTypesByTheirNumber) {
    enum class Color : std::uint8_t { red = 3 };
    EXPECT_EQ(Digest{}.add(1.5_price).value(), Digest{}.add(1.5_d).value());
    EXPECT_EQ(Digest{}.add(Color::red).value(), Digest{}.add(3).value());
    EXPECT_EQ(Digest{}.add(StrongId<struct Tag, std::uint32_t>{7}).value(),
              Digest{}.add(7).value());
    EXPECT_EQ(Digest{}.add(Instant::from_nanoseconds(5)).value(), Digest{}.add(5).value());
    EXPECT_EQ(Digest{}.add(Duration::nanoseconds(5)).value(), Digest{}.add(5).value());
    EXPECT_EQ(Digest{}.add(Text<8>{"BTC"}).value(), Digest{}.add("BTC").value());
}

TEST(Digest, GoesOnAfterItsValueWasTaken) {
    Digest digest;
    digest.add(1);
    static_cast<void>(digest.value());
    EXPECT_EQ(digest.add(2).value(), Digest{}.add(1).add(2).value());
}

} // namespace
} // namespace grekko
