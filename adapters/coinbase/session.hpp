// Session: the state of one connection to Coinbase Advanced Trade's public channels: the count of
// its frames, which product is which instrument, which books are in step, trades seen, the candle
// that forms. Messages in, market records and requests out. It reads no bytes and opens no
// connection: codec and host do. The decoder owns it.
#pragma once

#include <grekko/market_decoder.h>
#include <grekko/record_buffer.hpp>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "coinbase/message.hpp"

namespace grekko::coinbase {

// Best prices of the ticker channel come before or after the book's own. A reader that takes both
// sees the book step back; so they stand in for a book that is not in step unless all are wanted.
enum class Quotes : std::uint8_t { without_book = 1, all };

struct Options {
    std::uint16_t venue{1};
    std::vector<std::string> products; // "BTC-USD": instrument first_instrument, then the next
    std::uint16_t first_instrument{1};
    bool discover{false}; // take in every product that shows up
    Quotes quotes{Quotes::without_book};
};

class Session {
public:
    explicit Session(Options options);

    void on_message(const Message& message, grekko_time at, sdk::RecordBuffer& records);
    // The connection has ended or begins anew: every book in step is lost, frames count anew.
    void on_disconnected(grekko_time at, sdk::RecordBuffer& records);
    // False: nothing is to be asked.
    bool take_request(grekko_market_request& request);

    const std::vector<std::string>& products() const { return options_.products; }
    std::uint16_t instrument(std::size_t index) const {
        return static_cast<std::uint16_t>(options_.first_instrument + index);
    }
    bool in_step(std::size_t index) const { return states_[index].in_step; }
    const grekko_market_statistics& statistics() const { return statistics_; }

private:
    struct State {
        bool in_step{false};
        std::uint64_t trade_id{0};
        Candle forming; // start 0: none. Its product is not kept
    };
    static constexpr std::size_t unknown = SIZE_MAX;

    // Whether the frame is the next one; after a jump all books are lost.
    bool count_frame(const Message& message, grekko_time at, sdk::RecordBuffer& records);
    void lose_books(std::uint64_t missing, grekko_time at, sdk::RecordBuffer& records);
    std::size_t index_of(std::string_view product);
    sdk::Stamp stamp(std::size_t index, grekko_time exchange_at, grekko_time at) const {
        return {options_.venue, instrument(index), exchange_at, at};
    }
    void on_book(const Message& message, const BookEvent& event, grekko_time at,
                 sdk::RecordBuffer& records);
    void on_trades(const Message& message, grekko_time at, sdk::RecordBuffer& records);
    void on_ticker(const Ticker& ticker, const Message& message, grekko_time at,
                   sdk::RecordBuffer& records);
    void on_candle(const Candle& candle, grekko_time at, sdk::RecordBuffer& records);

    Options options_;
    std::map<std::string, std::size_t, std::less<>> by_product_;
    std::vector<State> states_;
    std::size_t latest_{unknown}; // the index found last
    std::deque<std::size_t> to_ask_;
    std::uint64_t expected_{0};
    bool counting_{false}; // a frame of this connection has come
    grekko_market_statistics statistics_{};
};

} // namespace grekko::coinbase
