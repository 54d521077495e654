// Bytes in and bytes out around a decision: trade messages as a venue sends them with their
// decoder, and an order's text. It sends nothing. engine_bench puts the host between the two, or
// the bare book.
#pragma once

#include <string>

#include "bench/engine_load.hpp"
#include "bench/measure.hpp"
#include "binance/market_decoder.hpp"

namespace grekko::bench {

// One trade message after another, at the prices of a tape, and the price that the adapter's own
// decoder finds in it.
class Messages {
public:
    explicit Messages(const MadeTape& prices) : prices_{prices} {
        binance::Options options;
        options.symbols = {"BTCUSDT"};
        decoder_ = binance::make_market_decoder(options);
    }
    ~Messages() { decoder_.destroy(decoder_.self); }
    Messages(const Messages&) = delete;
    Messages& operator=(const Messages&) = delete;

    Price next() {
        ++id_;
        char price[Decimal::text_size_max];
        const std::size_t size = prices_.price(id_).write(price);
        text_.assign(R"({"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255208,)"
                     R"("s":"BTCUSDT","t":)");
        text_.append(std::to_string(id_)).append(R"(,"p":")").append(price, size);
        text_.append(R"(","q":"1.00000000","T":1723161255207,"m":true,"M":true}})");
        const std::size_t bytes = text_.size();
        text_.append(padding, '\0');
        grekko_frame frame{};
        frame.size = sizeof frame;
        frame.kind = GREKKO_FRAME_STREAM;
        frame.received_at = 1'723'161'255'300'000'000;
        frame.text = text_.data();
        frame.text_bytes = bytes;
        frame.readable = padding;
        decoder_.frame(decoder_.self, &frame);
        const grekko_market_head* record = decoder_.next_record(decoder_.self);
        require(record != nullptr, "a trade message is no record");
        return reinterpret_cast<const Trade*>(record)->price;
    }

private:
    static constexpr std::size_t padding = 64;
    const MadeTape& prices_;
    grekko_market_decoder decoder_{};
    std::uint64_t id_{0};
    std::string text_;
};

// As a venue's interface takes it.
inline void write_order(std::uint64_t id, Side side, Quantity quantity, Price limit,
                        std::string& out) {
    char digits[Decimal::text_size_max];
    out.assign(R"({"symbol":"BTCUSDT","type":"LIMIT","timeInForce":"IOC","side":")");
    out.append(side == Side::buy ? "BUY" : "SELL").append(R"(","newClientOrderId":"g)");
    out.append(std::to_string(id)).append(R"(","quantity":")");
    out.append(digits, quantity.write(digits)).append(R"(","price":")");
    out.append(digits, limit.write(digits)).append("\"}");
    keep(out);
}

} // namespace grekko::bench
