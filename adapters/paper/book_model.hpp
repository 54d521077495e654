// BookModel: fills on a replayed or generated book. Taking walks the levels shown and uses them up;
// resting orders wait in an estimated queue; stops trigger on trades. The recorded market does not
// react to us: the price of size is a floor under the mean price instead. Money is the desk's. The
// venue owns one and calls it in time order.
#pragma once

#include <map>
#include <vector>

#include "paper/desk.hpp"
#include "paper/rules.hpp"
#include "paper/shown_book.hpp"
#include "paper/statistics.hpp"

namespace grekko::paper {

class BookModel {
public:
    explicit BookModel(Desk& desk);

    void record(const grekko_market_head& head);
    // Why an order that has just arrived cannot be taken, by the market alone.
    Refusal check(std::size_t listing, const grekko_request& request) const;
    // An order that was accepted or has changed its price.
    void work(Order& order, grekko_time at);
    // The best price a buyer (else a seller) can take; zero: none.
    Decimal touch(std::size_t listing, bool buys) const {
        const ShownBook& book = tracks_[listing].book;
        return buys ? book.best_ask() : book.best_bid();
    }
    // The mid, else the last trade; zero: none.
    Decimal last_price(std::size_t listing) const;

private:
    struct Track {
        ShownBook book;
        Statistics statistics;
        Decimal last_trade;
        // Stops by the price that sets them off: upward ones fire at or above it.
        std::multimap<Decimal, std::uint64_t> up, down;
        std::vector<std::uint64_t> trailing;
        explicit Track(Decimal sigma) : statistics{sigma} {}
    };
    // How much may be taken, and the price below which no part of it is bought (sold above).
    struct Taking {
        Decimal quantity, floor;
    };

    void trade(std::size_t listing, const grekko_trade& trade);
    void changed(std::size_t listing, const std::vector<LevelChange>& changes, grekko_time at);
    void touched(std::size_t listing, grekko_time at);
    void queue_trades(std::size_t listing, book::Side side, const grekko_trade& trade);
    void fill_beyond(std::size_t listing, book::Side side, Decimal price, grekko_time at);
    void set_off(std::size_t listing, Decimal price, grekko_time at);
    void follow(std::size_t listing, Decimal price);
    void wait(Order& order);
    void forget_ended(std::size_t listing);
    bool waits_at(std::uint64_t number, Decimal trigger);
    Taking plan(const Order& order, grekko_time at) const;
    Decimal reachable(const Order& order, Decimal wanted) const;
    Decimal natural_value(const Order& order, Decimal quantity) const;
    void take(Order& order, const Taking& taking, grekko_time at);
    void settle_rest(Order& order, grekko_time at);
    void make(Order& order, Decimal quantity, grekko_time at);
    bool credible(const Order& order, Decimal level, grekko_time at) const;

    Desk& desk_;
    std::vector<Track> tracks_;
};

} // namespace grekko::paper
