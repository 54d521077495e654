// Session: the state of one connection to Binance's public streams: which symbol is which
// instrument, the books in step or waiting, the trades seen. Messages in, market records and
// requests out. It reads no bytes and opens no connection: codec and host do. The decoder owns it.
#pragma once

#include <grekko/market_decoder.h>
#include <grekko/record_buffer.hpp>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "binance/book_sync.hpp"
#include "binance/message.hpp"

namespace grekko::binance {

// Best prices of bookTicker come up to 100 ms before the book's own. A reader that takes both sees
// the book step back; so they stand in for a book that is not in step unless all are asked for.
enum class Quotes : std::uint8_t { without_book = 1, all };

struct Options {
    std::uint16_t venue{1};
    std::vector<std::string> symbols; // "BTCUSDT": instrument first_instrument, then the next
    std::uint16_t first_instrument{1};
    bool discover{false}; // take in every symbol that shows up
    Quotes quotes{Quotes::without_book};
};

class Session {
public:
    explicit Session(Options options);

    // A message received at `at`. `symbol`: what a snapshot is of; empty where nobody knows, which
    // is good where a single book waits.
    void on_message(const Message& message, std::string_view symbol, grekko_time at,
                    sdk::RecordBuffer& records);
    // The stream has ended or begins anew: every book in step is lost.
    void on_disconnected(grekko_time at, sdk::RecordBuffer& records);
    // False: nothing is to be fetched.
    bool take_request(grekko_market_request& request);

    const std::vector<std::string>& symbols() const { return options_.symbols; }
    std::uint16_t instrument(std::size_t index) const {
        return static_cast<std::uint16_t>(options_.first_instrument + index);
    }
    bool in_step(std::size_t index) const { return books_[index].sync.synchronised(); }
    const grekko_market_statistics& statistics() const { return statistics_; }

private:
    struct Book {
        BookSync sync;
        bool asked{false}; // a snapshot is on its way
        std::uint64_t trade_id{0};
        MessageKind trade_kind{MessageKind::ignored}; // trade or aggTrade, whichever came first
    };
    static constexpr std::size_t unknown = SIZE_MAX;

    std::size_t index_of(std::string_view symbol);
    std::size_t only_waiting() const;
    sdk::Stamp stamp(std::size_t index, grekko_time exchange_at, grekko_time at) const;
    void ask_snapshot(std::size_t index);
    void on_update(const Message& message, grekko_time at, sdk::RecordBuffer& records);
    void on_snapshot(const Message& message, std::string_view symbol, grekko_time at,
                     sdk::RecordBuffer& records);
    void on_ticker(const Message& message, grekko_time at, sdk::RecordBuffer& records);
    void on_trade(const Message& message, grekko_time at, sdk::RecordBuffer& records);
    void on_kline(const Message& message, grekko_time at, sdk::RecordBuffer& records);
    void add_gap(std::size_t index, std::uint64_t missing, grekko_time at,
                 sdk::RecordBuffer& records);

    Options options_;
    std::map<std::string, std::size_t, std::less<>> by_symbol_;
    std::vector<Book> books_;
    std::size_t latest_{unknown}; // the index found last: messages come in runs
    std::deque<std::size_t> to_ask_;
    grekko_market_statistics statistics_{};
};

} // namespace grekko::binance
