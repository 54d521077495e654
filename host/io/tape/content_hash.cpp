#include "io/tape/content_hash.hpp"

#include <openssl/evp.h>

#include "base/assert.hpp"

namespace grekko::tape {

void ContentHasher::Free::operator()(evp_md_ctx_st* context) const noexcept {
    EVP_MD_CTX_free(context);
}

ContentHasher::ContentHasher() : context_{EVP_MD_CTX_new()} {
    const bool begun = EVP_DigestInit_ex2(context_.get(), EVP_sha256(), nullptr) == 1;
    ASSERT(begun);
}

void ContentHasher::add(std::span<const std::byte> bytes) {
    const bool added = EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1;
    ASSERT(added);
}

ContentHash ContentHasher::finish() {
    ContentHash hash{};
    unsigned size = 0;
    auto* const out = reinterpret_cast<unsigned char*>(hash.data());
    const bool ended = EVP_DigestFinal_ex(context_.get(), out, &size) == 1;
    ASSERT(ended);
    ASSERT(size == hash.size());
    return hash;
}

std::string hex(const ContentHash& hash) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const std::byte byte : hash) {
        text.push_back(digits[std::to_integer<unsigned>(byte) >> 4U]);
        text.push_back(digits[std::to_integer<unsigned>(byte) & 15U]);
    }
    return text;
}

} // namespace grekko::tape
