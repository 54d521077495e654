// Message: one frame of Coinbase Advanced Trade's public channels as plain values.
// It is not a market record: the session makes those. The codec fills one, over
// and over.
#pragma once

#include <grekko/decimal.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace grekko::coinbase {

enum class Channel : std::uint8_t {
    other = 1, // status and channels that come later: understood, of no use here
    subscriptions,
    heartbeats,
    l2_data,
    ticker,
    market_trades,
    candles,
    venue_error // {"type":"error","message":…}: no channel, no sequence number
};

struct Level {
    std::uint8_t side{0}; // GREKKO_BUY, GREKKO_SELL
    sdk::Decimal price, quantity;
};

// One event of l2_data: levels [first, first + count) of the message.
struct BookEvent {
    bool snapshot{false};
    std::string_view product;
    grekko_time event_at{0}; // of its last level
    std::size_t first{0}, count{0};
};

struct Trade {
    std::string_view product;
    std::uint64_t trade_id{0};
    sdk::Decimal price, quantity;
    grekko_time traded_at{0};
    std::uint8_t maker_side{0}; // as the venue says it: the taker's is the other one
    bool snapshot{false};       // traded before the subscription
};

struct Ticker {
    std::string_view product;
    sdk::Decimal bid, bid_quantity, ask, ask_quantity;
};

struct Candle {
    std::string_view product;
    grekko_time start{0};
    sdk::Decimal open, high, low, close, volume;
    bool snapshot{false};
};

// Views are good until the next decode.
struct Message {
    Channel channel{Channel::other};
    std::uint64_t sequence{0}; // counts the frames of a connection, all channels together
    grekko_time sent_at{0};
    std::uint64_t heartbeat{0}; // counter of the last heartbeat in it
    std::vector<Level> levels;
    std::vector<BookEvent> books;
    std::vector<Trade> trades;
    std::vector<Ticker> tickers;
    std::vector<Candle> candles;

    void clear() {
        levels.clear();
        books.clear();
        trades.clear();
        tickers.clear();
        candles.clear();
        channel = Channel::other;
        sequence = heartbeat = 0;
        sent_at = 0;
    }
};

} // namespace grekko::coinbase
