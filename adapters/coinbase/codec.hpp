// Codec: the bytes of one frame of Coinbase Advanced Trade's public WebSocket → a Message, or a
// refusal with its reason. It has no memory of frames before and no side effect: the session has
// those. Snapshots of 5 MB in one frame are usual. The decoder and the tests call it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "coinbase/message.hpp"

namespace grekko::coinbase {

enum class Refusal : std::uint8_t {
    none = 0,
    too_large, // above frame_bytes_max
    cut_short, // the JSON ends early
    not_json,
    missing_field, // of a kind that is known
    wrong_type,
    bad_amount, // no number, or out of the range of an amount
    bad_time
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
    // One sentence about the last refusal: "bad_amount: \"price_level\" is \"x\"".
    const std::string& reason() const;

private:
    struct Work;
    std::unique_ptr<Work> work_;
};

} // namespace grekko::coinbase
