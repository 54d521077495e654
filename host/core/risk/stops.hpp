// Host stops (trading rules §6): every open position of an agent is covered by stops of exactly
// its quantity, one an intent, with its take profit and trail. They decide when to leave, not how:
// the engine opens the exit, execution escalates it. The stop that rests at the venue is
// stops_disaster.hpp. State comes from events alone. core/engine calls it.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/event/trading.hpp"
#include "domain/ids.hpp"
#include "domain/instrument.hpp"
#include "domain/market_view.hpp"
#include "domain/record.hpp"

namespace grekko::risk {

enum class DisasterMode : std::uint8_t { automatic = 1, on, off };  // automatic: live on, else off

struct StopSettings {
    // Triggers.
    Duration book_age_max{Duration::seconds(2)};   // fresh, as check 10
    Rate bar_age_max{1.5_rate};                    // intervals, on bar tapes
    Rate spread_max{0.0020_rate};                  // sane, as check 11
    Rate spread_median_factor{5_rate};
    Duration blind_after{Duration::seconds(10)};   // then the median of other venues, else alert
    Duration retry_after{Duration::seconds(1)};    // a failed exit is tried again, then each two

    // Trailing.
    Duration trail_each{Duration::seconds(1)};     // moves at most once in

    // The stop at the venue (stops_disaster.hpp).
    DisasterMode disaster{DisasterMode::automatic};
    Rate disaster_factor{2_rate};                  // x the widest stop distance, within
    Rate disaster_min{0.04_rate}, disaster_max{0.15_rate};
    Rate disaster_beyond{0.01_rate};               // of price, beyond every host stop
    Rate disaster_drift{0.01_rate};                // of price: nearer to the wanted one it stays
    Rate disaster_limit{0.05_rate};                // limit through the trigger
    std::vector<VenueId> disaster_market;          // venues with a plain stop: no limit there
    Duration disaster_debounce{Duration::milliseconds(250)};
    Duration disaster_within{Duration::seconds(1)};
};
// A trailing stop moves only when the extreme has moved by this share of price.
inline constexpr Rate trail_step{0.0001_rate};

struct StopRecord {
    StopId id;
    IntentId intent;               // none: adopted
    AgentId agent;
    InstrumentId instrument;
    Side side{Side::buy};          // buy: protects a long
    events::StopTriggerCause cause{events::StopTriggerCause::stop};  // of the last trigger
    std::uint8_t attempts{0};      // triggers so far, at most 255
    std::uint8_t reserved{0};
    Quantity quantity;
    Price stop, take;              // take zero: none
    Price extreme;                 // best mark since armed if trailing, else M when armed or moved
    Rate trail;                    // zero: fixed
    ParentId exit;                 // at work; none: armed
    Instant armed_at, moved_at;    // moved: its price
    Instant tried_at;              // last trigger, or end of its exit
    bool exiting() const { return !exit.is_none(); }
};

// A price that matters to a stop.
enum class LineKind : std::uint8_t { stop = 1, take, trail };
struct Line {
    Price at;
    StopId id;
    LineKind kind{LineKind::stop};
    std::uint8_t reserved[7]{};
    auto operator<=>(const Line&) const = default;
};

// At or beyond these prices a stop of the instrument wants to be looked at.
struct PriceBand {
    Price low{Price::min()}, high{Price::max()};
    bool operator==(const PriceBand&) const = default;
};

struct InstrumentStops {
    std::set<Line> below, above;   // reached by falling, by rising prices; armed stops alone
    PriceBand band;
    Instant changed_first;         // of changes that the venue's stop does not cover yet
    Instant changed_last;
    void fields(auto& archive) {
        archive(below, above, band.low, band.high, changed_first, changed_last);
    }
};

using Holding = std::pair<AgentId, InstrumentId>;

struct Stops {
    std::map<StopId, StopRecord> all;
    std::map<Holding, std::vector<StopId>> holdings;   // oldest first
    std::map<ParentId, StopId> exits;
    std::vector<InstrumentStops> instruments;          // by id
    void fields(auto& archive) { archive(all, holdings, exits, instruments); }
};

// ---- Positions -------------------------------------------------------------------------------
// A position of an agent after a fill, cross, sweep or adoption.
struct PositionChange {
    AgentId agent;
    InstrumentId instrument;
    Quantity quantity;             // signed, now
    IntentId intent;               // that changed it, none: none
    StopId exit;                   // whose exit changed it, none: another order
    Price stop, take;              // of the intent; zero: the default, none
    Rate trail;                    // of the intent; zero: fixed
    Price mark;                    // M, or the fill's price where none is known; > 0
    Rate default_stop;             // fraction of price
    Quantity lot;                  // |quantity| below it is flat
};
using StopChange = std::variant<events::StopArmed, events::StopMoved, events::StopClosed>;

// Changes after which the stops of the position sum to exactly |quantity| (none if flat). Growth
// goes to the intent that caused it: its stop grows, or a new one is armed. A reduction takes first
// from the stop whose exit it is, then from the newest (last in, first out; exiting ones last). A
// flip closes all and covers the other side anew. Emit all, then set the band and call triggered():
// a stop that is already passed exits at once.
std::vector<StopChange> on_position(const Stops&, const PositionChange&);
// How much of |quantity| no stop covers; zero: all is well. For the invariant (§12).
Quantity unprotected(const Stops&, AgentId, InstrumentId, Quantity quantity);

// ---- Prices ----------------------------------------------------------------------------------
// The nearest prices; the widest band where there is none. A flat lookup, kept by apply. Give it to
// the market after every stop event: it then says when to call triggered() and trailed().
PriceBand band(const Stops&, InstrumentId);

// One look at a market: the view, and what has just traded (a trade's price as both, or a bar's
// range; zero: nothing now).
struct StopLook {
    const MarketView& view;
    Price traded_low, traded_high;
    Price tick;
};
struct StopFindings {
    std::vector<events::StopTriggered> triggered;  // oldest stop first
    bool blind{false};             // stops stand here and no price can trigger them: alert
};
// Long: bid ≤ stop on a fresh, sane book, or a trade (a bar's range) at or beyond it; take: bid ≥
// take, a trade or range only where no fresh book says otherwise, never in the step that armed it;
// short mirrored. Both in one look: the stop. A stale book does not trigger; blind_after later the
// median of other venues does. A stop whose exit failed or was refused triggers again, attempt + 1,
// at retry_at() whatever the price: it has decided to leave. Only a take profit asks for its price
// again; on bars it is not looked at on the bar of its entry. Call it when the band is reached,
// after stops changed, and on timers while a stop stands, since a silent market cannot call; not
// while protection is off (permits()).
StopFindings triggered(const Stops&, const StopSettings&, const StopLook&);
// When triggered() must be called because a stop of the instrument tries again; none: no such stop.
// One of less than `least` cannot leave by itself, whenever it tries.
Instant retry_at(const Stops&, const StopSettings&, InstrumentId, Quantity least = {});
// After triggered(): trailing stops whose extreme this mark (or bar's range) moved. So a trigger
// only ever meets extremes from before its own record.
std::vector<events::StopMoved> trailed(const Stops&, const StopSettings&, const StopLook&);

// ---- Exits and requests ----------------------------------------------------------------------
// Every stop of this side of the instrument exits now: the venue refused its stop because it would
// trigger immediately.
std::vector<events::StopTriggered> exit_at_once(const Stops&, InstrumentId, Side position_side,
                                                Price mark);

// An agent moves the stop of its position. Each of its stops that this would loosen stays where it
// is, unless it was voted.
enum class StopMoveRight : std::uint8_t { tighter_only = 1, voted };
struct StopMoveRequest {
    AgentId agent;
    InstrumentId instrument;
    StopMoveRight right{StopMoveRight::tighter_only};
    Price stop;                    // > 0, in ticks
    Price mark;
};
struct StopMoveDecision {
    std::vector<events::StopMoved> moved;
    std::string_view refusal;      // where nothing moved: "no position", "looser", "no price"
};
StopMoveDecision move_stop(const Stops&, const StopMoveRequest&);

void apply(Stops&, const events::StopArmed&, const RecordHead&);
void apply(Stops&, const events::StopMoved&, const RecordHead&);
void apply(Stops&, const events::StopTriggered&, const RecordHead&);
void apply(Stops&, const events::StopClosed&, const RecordHead&);
void apply(Stops&, const events::ParentOpened&, const RecordHead&);   // an exit begins
// It ended: what it left is armed again and can trigger a next attempt.
void apply(Stops&, const events::ParentClosed&, const RecordHead&);
// A stop at the venue was placed or changed: what has changed until now is covered by it.
void apply(Stops&, const events::OrderSubmitted&, const RecordHead&);
void apply(Stops&, const events::ReplaceRequested&, const RecordHead&);

}  // namespace grekko::risk
