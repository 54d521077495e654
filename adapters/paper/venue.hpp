// Venue: requests travel to it with latency, are answered in order of arrival, and market records
// pass through it to the model that fills. It holds no money and prices nothing itself: desk and
// models do. paper.cpp puts it behind the adapter table.
#pragma once

#include <unordered_map>

#include "paper/bar_model.hpp"
#include "paper/book_model.hpp"
#include "paper/random.hpp"

namespace grekko::paper {

class Venue {
public:
    explicit Venue(const Config& config);

    void market(const grekko_market_head& record);
    grekko_status request(const grekko_request& request);
    grekko_time next_report() const;
    bool take_report(grekko_time now, grekko_report& report);

    const Ledger& ledger() { return desk_.ledger(); }

private:
    struct Route { // of one order: its requests keep their order on the way, its reports as well
        grekko_time last_arrival{0};
        grekko_duration response{0};
    };

    void advance(grekko_time now);
    void happen(const Entry& entry);
    void arrive(const Entry& entry);
    void place(const grekko_request& request, grekko_time at, grekko_duration response);
    void cancel(const grekko_request& request, grekko_time at, grekko_duration response);
    void replace(const grekko_request& request, grekko_time at, grekko_duration response);
    void query(const grekko_request& request, grekko_time at, grekko_duration response);
    void snapshot(grekko_time fills_from, grekko_time at, grekko_duration response);
    Refusal refuse(const grekko_request& request, grekko_time at);
    Refusal refuse_replace(const Order& order, const grekko_request& request, grekko_time at);
    Refusal self_trade(const grekko_request& request, std::size_t listing, grekko_time at);
    void start(Order& order, grekko_time at);
    grekko_report state_of(const Order& order, grekko_time at);
    void answer(std::uint8_t kind, const grekko_request& request, Refusal refusal, grekko_time at,
                grekko_duration response);
    Decimal last_price(std::size_t listing) const;
    void work(Order& order, grekko_time at);
    void set_expiry(Order& order);
    Route& route(const grekko_request& request);
    grekko_duration draw(Random& random, const Latency& latency, double sigma);

    Config config_;
    Desk desk_;
    BarModel bars_;
    BookModel books_;
    Random entry_random_, response_random_;
    double entry_sigma_{0}, response_sigma_{0};
    std::unordered_map<std::uint64_t, Route> routes_; // looked up by order, never walked
    std::deque<std::uint64_t> routes_made_;
    Route other_;
};

} // namespace grekko::paper
