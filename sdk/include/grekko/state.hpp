// StateWriter and StateReader: an instance's memory as bytes and back, little-endian, without
// padding, so that equal states give equal bytes. Not a format with names: the schema number says
// what the bytes mean. Strategies use them in save and load.
#pragma once

#include <grekko/decimal.hpp>
#include <grekko/ext/state.h>
#include <grekko/guard.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace grekko::sdk {

class StateWriter {
public:
    void put(std::uint64_t value) {
        for (int shift = 0; shift < 64; shift += 8)
            bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
    }
    void put(Decimal value) {
        const grekko_decimal words = value;
        put(words.low);
        put(static_cast<std::uint64_t>(words.high));
    }
    std::span<const std::uint8_t> bytes() const { return bytes_; }

private:
    std::vector<std::uint8_t> bytes_;
};

class StateReader {
public:
    explicit StateReader(std::span<const std::uint8_t> bytes) : bytes_{bytes} {}

    // Throw Refusal where the bytes end before.
    std::uint64_t number() {
        if (bytes_.size() < 8) throw Refusal{GREKKO_ERROR_INVALID, "the state ends too early"};
        std::uint64_t value = 0;
        for (std::size_t i = 8; i-- > 0;)
            value = (value << 8U) | bytes_[i];
        bytes_ = bytes_.subspan(8);
        return value;
    }
    Decimal decimal() {
        const std::uint64_t low = number();
        return grekko_decimal{low, static_cast<std::int64_t>(number())};
    }
    // A count of what follows, each of at least bytes_each bytes: no more than could be there.
    std::size_t count(std::size_t bytes_each) {
        const std::uint64_t value = number();
        if (value > bytes_.size() / bytes_each)
            throw Refusal{GREKKO_ERROR_INVALID, "the state counts more than it holds"};
        return static_cast<std::size_t>(value);
    }
    bool empty() const { return bytes_.empty(); }

private:
    std::span<const std::uint8_t> bytes_;
};

} // namespace grekko::sdk
