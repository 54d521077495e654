// Throws bytes at the binance codec and session: whatever comes, no crash, no undefined
// behaviour, and nothing but records of a known size, in frames that were taken. The first byte
// chooses how the frame is given, the rest is the frame.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "binance/market_decoder.hpp"
#include "domain/market.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    grekko::binance::Options options;
    options.discover = true;
    options.quotes = grekko::binance::Quotes::all;
    grekko::binance::MarketDecoder decoder{std::move(options)};
    std::string text{reinterpret_cast<const char*>(data) + 1, size - 1};
    const std::string url = (data[0] & 2U) != 0 ? "https://venue/products?x/exchangeInfo" : "";
    const std::size_t frame_bytes = text.size();
    if ((data[0] & 1U) != 0) text.append(64, '\0');
    grekko_frame frame{};
    frame.size = sizeof frame;
    frame.kind = url.empty() ? GREKKO_FRAME_STREAM : GREKKO_FRAME_ANSWER;
    frame.received_at = 1;
    frame.text = text.data();
    frame.text_bytes = frame_bytes;
    frame.readable = text.size() - frame_bytes;
    frame.url = url.data();
    frame.url_bytes = url.size();
    for (int i = 0; i < 2; ++i) { // the second time as a frame that is known
        const bool taken = decoder.frame(frame) == GREKKO_OK;
        while (const grekko_market_head* const head = decoder.next_record()) {
            const bool sound = head->size >= sizeof *head &&
                               head->size <= grekko::market_record_bytes_max && head->kind >= 1 &&
                               head->kind <= GREKKO_MARKET_CLOCK;
            if (!taken || !sound) std::abort();
        }
    }
    return 0;
}
