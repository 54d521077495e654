// Sha256: the hash of the journal's chain, by OpenSSL. It is not a signature: whoever can write the
// file can make a new chain; what it shows is that nothing changed by itself or by halves.
// Rows of the journal use it.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

struct evp_md_ctx_st;
struct evp_md_st;

namespace grekko::sqlite {

using Hash = std::array<std::byte, 32>;

class Sha256 {
public:
    Sha256();
    // Begins, adds and ends in one: the hash of the pieces one after another.
    Hash of(std::initializer_list<std::span<const std::byte>> pieces);

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const noexcept;
        void operator()(evp_md_st* algorithm) const noexcept;
    };
    std::unique_ptr<evp_md_st, Free> algorithm_; // fetched once: a lookup costs more than a row
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

std::string hex(std::span<const std::byte> bytes); // lower case

} // namespace grekko::sqlite
