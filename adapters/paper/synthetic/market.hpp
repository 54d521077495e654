// SyntheticMarket: an endless market of generated instruments as market records in order of receive
// time: a book of a few levels, trades, quotes. Equal configuration gives equal bytes. It is a
// record, not a venue: our own orders do not move it, the book model prices their size. Profit on
// it proves nothing, and whoever shows its data says that it is synthetic.
#pragma once

#include <grekko/events.h>

#include <deque>
#include <vector>

#include "paper/synthetic/flow.hpp"

namespace grekko::paper::synthetic {

struct WarmUp {
    grekko_duration interval{5 * second}; // > 0
    std::uint32_t count{0};               // bars of it before the start
};

class SyntheticMarket {
public:
    // Throws std::invalid_argument where an instrument makes no sense. The longest warm-up decides
    // when time begins; the market proper begins at config.start.
    explicit SyntheticMarket(const Config& config, const std::vector<WarmUp>& warm_up = {});

    // Closed bars before the start, all intervals, in order of receive time; shorter intervals
    // first. Every interval's bars are of the same trades.
    const std::vector<grekko_bar>& history() const { return history_; }
    // The next record, at or after the one before it in receive time. There is always one.
    void next(grekko_market_record_buffer& record);

private:
    struct Level {
        std::int64_t price{0}, size{0}; // ticks, lots
    };
    struct Live {
        Instrument instrument;
        Flow flow;
        Random book_random;
        grekko_time next_update{0};
        std::vector<Level> bids, asks; // best first
        std::uint64_t trades{0}, updates{0};
        grekko_time next_at() const {
            return flow.next_at() < next_update ? flow.next_at() : next_update;
        }
    };

    void make_history(Live& live, const std::vector<WarmUp>& warm_up, grekko_time begin);
    void open(Live& live);
    void turn(Live& live);
    void show_trade(Live& live, FlowTrade trade);
    void requote(Live& live, grekko_time at);
    void requote_side(Live& live, std::vector<Level>& levels, grekko_side side, std::int64_t best,
                      grekko_time at);
    void update_size(Live& live, grekko_time at);
    void arrange_update(Live& live, grekko_time from);
    std::int64_t level_size(Live& live);
    void put_level(Live& live, grekko_side side, const Level& level, grekko_time at);
    void put_commit_and_quote(Live& live, grekko_time at);
    void put(const grekko_market_record_buffer& record) { waiting_.push_back(record); }
    grekko_market_head head(const Live& live, std::size_t size, std::uint8_t kind,
                            std::uint8_t flags, grekko_time at) const;

    Config config_;
    std::vector<Live> live_;
    std::vector<grekko_bar> history_;
    std::deque<grekko_market_record_buffer> waiting_;
};

} // namespace grekko::paper::synthetic
