// Codec: the bytes of one frame of Binance's public streams (raw or combined) or of a book snapshot
// → a Message, or a refusal with its reason. It has no memory of frames before and no side effect:
// the session has those. The decoder and the tests call it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "binance/message.hpp"

namespace grekko::binance {

enum class Refusal : std::uint8_t {
    none = 0,
    too_large, // above frame_bytes_max
    cut_short, // the JSON ends early
    not_json,
    missing_field, // of a kind that is known
    wrong_type,
    bad_amount // no number, or out of the range of an amount
};
const char* name(Refusal refusal);

class Codec {
public:
    static constexpr std::size_t frame_bytes_max = 16U << 20U;

    Codec();
    ~Codec();
    Codec(Codec&&) noexcept;
    Codec& operator=(Codec&&) noexcept;

    // Fills `message` whole or not at all (then it is not to be read). `readable` bytes behind the
    // frame may be read; with fewer than 64 the frame is copied first.
    Refusal decode(std::string_view frame, std::size_t readable, Message& message);
    // One sentence about the last refusal: "missing_field: no \"u\" in a depthUpdate".
    const std::string& reason() const;

private:
    struct Work;
    std::unique_ptr<Work> work_;
};

} // namespace grekko::binance
