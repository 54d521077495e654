// Message: one public market message of Binance Spot as plain values, whichever stream it
// came by. It is not a market record: the session makes those. The codec fills one, over
// and over.
#pragma once

#include <grekko/decimal.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace grekko::binance {

enum class MessageKind : std::uint8_t {
    ignored = 1, // well formed, of no use here: other streams, partial books
    acknowledgement,
    venue_error, // {"code":…,"msg":…}
    depth_update,
    depth_snapshot, // the answer to GET /api/v3/depth
    book_ticker,
    trade,
    agg_trade,
    kline
};

struct Level {
    sdk::Decimal price, quantity; // quantity zero: the level is gone
};

struct Kline {
    grekko_time open_at{0}, close_at{0}; // close_at: the last millisecond inside
    sdk::Decimal open, high, low, close, volume;
    std::uint32_t trades{0};
    bool closed{false};
};

// Of the fields below `symbol` only those of the kind hold something.
struct Message {
    MessageKind kind{MessageKind::ignored};
    bool buyer_is_maker{false};
    std::string_view symbol;    // "BTCUSDT"; empty in a snapshot. Good until the next decode
    grekko_time exchange_at{0}; // 0: the message does not say
    std::uint64_t first_id{0};  // U of an update
    std::uint64_t last_id{0};   // u; lastUpdateId of a snapshot
    std::uint64_t trade_id{0};
    sdk::Decimal price, quantity; // of a trade
    sdk::Decimal bid, bid_quantity, ask, ask_quantity;
    Kline kline;
    std::vector<Level> bids, asks;
};

} // namespace grekko::binance
