// Market: books, last trades, bars, marks, volatility and volumes of every instrument, built from
// market records alone, the one state of the core that events do not rebuild. It decides nothing
// and knows no position. core/engine feeds it record by record and reads marks, views and costs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/market/settings.hpp"
#include "core/market/state.hpp"
#include "domain/instrument.hpp"
#include "domain/intent.hpp"
#include "domain/market.hpp"
#include "domain/market_view.hpp"

namespace grekko::market {

// Records must come in order of receive time; one that is older counts as received with the
// newest. A record of an unknown venue or instrument is counted and ignored.
class Market {
public:
    Market(const Universe& universe, Settings settings);

    // Bars of `interval` are built and kept from now on. Refused: an interval that is not whole
    // seconds, or no multiple of the instrument's finest loaded bar (known once one has come).
    enum class Subscribed : std::uint8_t { yes = 1, already, unknown_instrument, bad_interval };
    Subscribed subscribe(InstrumentId instrument, Duration interval);

    // The prices that matter for the instrument: a touch, trade or bar at or beyond one of them
    // makes `on` return true. A new band replaces the old one; the default is never left.
    void set_band(InstrumentId instrument, Band band);

    // True where the record's touch (of a valid book), trade or bar has reached the band: look at
    // stops and limits now. A few ns for a trade or quote; the first record of a minute, of a
    // closing bar and of a day costs more. Bars of a tape are held until a later record, or a
    // ClockTick at their own instant, says that all bars of the instant are in: whoever feeds bars
    // sends that tick.
    bool on(const Trade& trade);
    bool on(const Quote& quote);
    bool on(const BookReset& reset);
    bool on(const BookLevel& level);
    bool on(const BookCommit& commit);
    bool on(const Bar& bar);
    bool on(const Gap& gap);
    bool on(const StatusChange& change);
    bool on(const Funding& funding);
    bool on(const ClockTick& tick);

    // The bars that the last `on` closed, in the order in which agents see them: by instant
    // (received_at), then shorter interval, then symbol. All series hold them already.
    std::span<const Bar> closed() const { return state_.closed; }
    // When the next bar or minute is due: a ClockTick then keeps silent markets moving.
    Instant next_due() const { return state_.next_due; }
    // Whether a ClockTick at `at`, the instant of the last record or later, would change anything.
    bool waits_for(Instant at) const {
        return at >= state_.next_due || at > state_.now || !state_.pending.empty() ||
               !state_.closed.empty();
    }

    // M (§1) over all venues: the first venue, by id, with a valid book, else the newest trade,
    // else the last bar, else what it was, stale. A few comparisons.
    Mark mark(InstrumentId instrument, Instant now) const;
    // All that agents and checks read; venue none: of the one that gives the mark. Unknown: zero.
    MarketView view(InstrumentId instrument, VenueId venue, Instant now) const;
    Touch touch(InstrumentId instrument, VenueId venue) const;
    // Since when the best bid or ask has had its price; none: no such side.
    Instant touch_since(InstrumentId instrument, VenueId venue, Side side) const;
    // Fills `out`, best first, and says how many: the committed book, or the one of a quote.
    std::size_t levels(InstrumentId instrument, VenueId venue, Side side,
                       std::span<Level> out) const;
    // §1: what one side and a round trip of |quantity| cost at the listing's venue and fees;
    // quantity > 0 buys first. The exit is a taker's.
    CostEstimate cost(const Listing& listing, Quantity quantity, Urgency urgency,
                      Instant now) const;

    History history(InstrumentId instrument, Duration interval) const;  // empty: not subscribed
    std::optional<Bar> forming(InstrumentId instrument, Duration interval) const;
    Quantity traded(InstrumentId instrument) const;  // all volume ever seen: differences count
    VolumeProfile profile(InstrumentId instrument, Instant now) const;  // looks at 2 688 numbers
    Heard heard(InstrumentId instrument) const;  // over all venues, to tell a silence
    TradingStatus status(InstrumentId instrument, VenueId venue) const;
    Rate funding_rate(InstrumentId instrument) const;  // the latest, zero where none came
    // Max of exchange - receive time over 10 min: how far the venue is ahead; zero: unknown.
    Duration clock_offset(VenueId venue) const;
    // The instrument that names the cluster of this one (check 26): equal names move together.
    InstrumentId cluster(InstrumentId instrument) const;
    const Counters& counters() const { return state_.counters; }

    void fields(auto& archive) {
        archive(state_);
        ++version_;
    }

private:
    MarketView make_view(InstrumentId instrument, VenueId venue, Instant now) const;
    bool begin(const MarketHead& head);
    bool touched(const InstrumentState& instrument, const Slot& slot) const;
    const Slot* find_slot(InstrumentId instrument, VenueId venue) const;
    const Series* find_series(InstrumentId instrument, Duration interval) const;
    Price other_venues(InstrumentId instrument, VenueId except, Instant now) const;
    Rate half_spread_of_bars(InstrumentId instrument, VenueId venue, Price price) const;
    Rate impact(const MarketView& view, Quantity quantity) const;

    // The last view of an instrument at the venue that gives its mark: a step asks many times.
    struct Seen {
        std::uint64_t version{0};
        MarketView view;
    };

    Universe universe_;
    Settings settings_;
    State state_;
    std::uint64_t version_{1};         // of what views show; zero: never
    mutable std::vector<Seen> seen_;   // by instrument
};

}  // namespace grekko::market
