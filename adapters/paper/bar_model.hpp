// BarModel: fills on replayed bars. It is given each bar at its opening, works the orders that
// arrive near the opening at once and the others from the next bar on, and puts what the bar
// decides on the agenda, to happen at its close. Prices are bar_rules.hpp's, money is the desk's.
// The venue owns one and calls it in time order.
#pragma once

#include <vector>

#include "paper/bar_rules.hpp"
#include "paper/desk.hpp"
#include "paper/rules.hpp"
#include "paper/statistics.hpp"

namespace grekko::paper {

class BarModel {
public:
    explicit BarModel(Desk& desk);

    void record(const grekko_market_head& head);
    // Why an order that has just arrived cannot be taken, by the market alone.
    Refusal check(std::size_t listing, const grekko_request& request, grekko_time at) const;
    // An order that was accepted or has changed its price.
    void work(Order& order, grekko_time at);
    // An agenda entry of this model is due.
    void happen(const Entry& entry, Order& order);
    // The last opening; zero: none.
    Decimal last_price(std::size_t listing) const;

private:
    struct Track {
        bool any{false};
        grekko_bar bar{};
        Decimal range_before; // of the bar before
        Decimal left[3]; // base quantity the bar still gives a side, by Direction
        Statistics statistics;
        explicit Track(Decimal sigma) : statistics{sigma} {}
        grekko_time end() const { return bar.head.exchange_at + bar.interval; }
        BarPrices prices() const { return {bar.open, bar.high, bar.low}; }
    };

    void bar(std::size_t listing, const grekko_bar& bar);
    void open_bar(std::size_t listing, bool gap);
    grekko_duration tolerance(const Track& track) const;
    Decimal opening_price(const Order& order, Decimal quantity) const;
    Decimal available(const Order& order, Decimal wanted) const;
    void at_open(Order& order, grekko_time at);
    void wait_for_open(Order& order, grekko_time at);
    void within(Order& order);
    void stop_within(Order& order);
    void trail(Order& order, bool start);
    void limit_within(Order& order);
    bool dormant(const Order& order);
    bool scheduled(const Order& order) const;
    void schedule(Order& order, Decimal price, Liquidity liquidity, bool triggers);

    Desk& desk_;
    std::vector<Track> tracks_;
};

} // namespace grekko::paper
