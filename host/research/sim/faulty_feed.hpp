// FaultyFeed: the market as one host receives it: the true records of the first venue, told again
// for every other, with silences, gaps, crossed books and jumps of the clock as the plan says. The
// venues match against the same records. It ends when the run does. The driver reads it as a tape.
#pragma once

#include <deque>
#include <memory>

#include "ports/tape.hpp"
#include "research/sim/plan.hpp"
#include "research/sim/shown_market.hpp"

namespace grekko::sim {

class FaultyFeed final : public ports::TapeReader {
public:
    FaultyFeed(const Plan& plan, std::unique_ptr<ports::TapeReader> market);

    Result<const MarketHead*> next() override;
    Result<void> seek(TapePosition position) override;
    TapePosition position() const override { return position_; }
    std::string hash() const override { return "simulated"; }

    // A new host starts with whole books.
    void start_anew();
    // When the record given last was received.
    Instant now() const { return now_; }

private:
    void receive(const MarketHead& record);
    void deliver(const MarketHead& record, VenueId venue);
    void put(const ShownMarket::Record& record) { ready_.push_back(record); }
    void whole_book(VenueId venue, InstrumentId instrument);
    void crossed_touch(const MarketHead& commit, VenueId venue);
    bool troubled(FeedFault kind, VenueId venue) const;

    const Plan& plan_;
    std::unique_ptr<ports::TapeReader> market_;
    ShownMarket real_; // what there is, whatever the host is told
    std::deque<ShownMarket::Record> ready_;
    std::map<ShownMarket::Key, bool> blind_; // was silent, gapped or crossed: a new start is due
    ShownMarket::Record given_{};
    Instant now_, true_now_;
    TapePosition position_;
};

} // namespace grekko::sim
