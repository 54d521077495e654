#include "io/sqlite/sha256.hpp"

#include <openssl/evp.h>

#include "base/assert.hpp"

namespace grekko::sqlite {

void Sha256::Free::operator()(evp_md_ctx_st* context) const noexcept {
    EVP_MD_CTX_free(context);
}
void Sha256::Free::operator()(evp_md_st* algorithm) const noexcept {
    EVP_MD_free(algorithm);
}

Sha256::Sha256()
    : algorithm_{EVP_MD_fetch(nullptr, "SHA256", nullptr)},
      context_{EVP_MD_CTX_new()} {
    ASSERT(algorithm_ != nullptr);
    ASSERT(context_ != nullptr);
}

Hash Sha256::of(std::initializer_list<std::span<const std::byte>> pieces) {
    Hash hash{};
    unsigned size = 0;
    bool good = EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1;
    for (const auto piece : pieces) {
        good = good && EVP_DigestUpdate(context_.get(), piece.data(), piece.size()) == 1;
    }
    auto* const out = reinterpret_cast<unsigned char*>(hash.data());
    good = good && EVP_DigestFinal_ex(context_.get(), out, &size) == 1;
    ASSERT(good);
    ASSERT(size == hash.size());
    return hash;
}

std::string hex(std::span<const std::byte> bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::byte byte : bytes) {
        text.push_back(digits[std::to_integer<unsigned>(byte) >> 4U]);
        text.push_back(digits[std::to_integer<unsigned>(byte) & 15U]);
    }
    return text;
}

} // namespace grekko::sqlite
