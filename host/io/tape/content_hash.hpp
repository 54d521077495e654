// ContentHasher: the SHA-256 that names a tape, fed piece by piece, by OpenSSL. It is no signature:
// it shows that two tapes are equal, not who made them.
// The writer feeds it block by block, verify feeds it again.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "io/tape/format.hpp"

struct evp_md_ctx_st;

namespace grekko::tape {

class ContentHasher {
public:
    ContentHasher();
    void add(std::span<const std::byte> bytes);
    ContentHash finish(); // once

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const noexcept;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

std::string hex(const ContentHash& hash); // lower case

} // namespace grekko::tape
