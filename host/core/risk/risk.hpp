// Risk: what may be sent. The state of the pre-trade checks, their assessment, the gate that alone
// makes an Approved, and what a mark alone can pass (trading rules §5). Not execution: an approval
// places nothing. Not the market or the ledger: the engine gives what is needed of both.
// core/engine calls it.
#pragma once

#include "core/risk/assessment.hpp"
#include "core/risk/book_state.hpp"
#include "core/risk/breakers.hpp"
#include "core/risk/check.hpp"
#include "core/risk/context.hpp"
#include "core/risk/counters.hpp"
#include "core/risk/exposure.hpp"
#include "core/risk/limits.hpp"
#include "core/risk/mark.hpp"
#include "core/risk/score.hpp"
#include "core/risk/settings.hpp"
#include "core/risk/stops.hpp"
#include "core/risk/stops_disaster.hpp"
#include "core/risk/valuation.hpp"
#include "domain/event.hpp"

namespace grekko::risk {

struct State {
    Exposure exposure;
    Counters counters;
    Breakers breakers;
    BookStates book;
    Stops stops;
    ChangedLimits limits;
    Valuation valuation;  // derived: not archived, given again by mark()
    void fields(auto& archive) {
        archive(exposure, counters, breakers, book, stops, limits);
        if constexpr (requires { archive.ok(); }) valuation = Valuation{};
    }
};

// A state that knows the instruments: their base currencies, and their clusters (one for all coins
// until set_cluster says more, none for stablecoins). Start replay and a fresh journal from this.
State initial_state(const Universe& universe, const Settings& settings);
// The clusters again, after a snapshot was loaded.
void assign_clusters(State& state, const Universe& universe, const Settings& settings);

// A mark moved: values the instrument's exposure. True where a sum changed and on_mark() is due
// for more than the age of data. Market data, not an event: it leaves the archived state alone.
bool mark(State& state, InstrumentId instrument, const Worth& worth);

void apply(State&, const events::IntentProposed&, const RecordHead&);
void apply(State&, const events::RiskAssessed&, const RecordHead&);
void apply(State&, const events::SizeFactorChanged&, const RecordHead&);
void apply(State&, const events::AgentRegistered&, const RecordHead&);
void apply(State&, const events::AgentSettingChanged&, const RecordHead&);
void apply(State&, const events::ParentOpened&, const RecordHead&);
void apply(State&, const events::ParentAllocated&, const RecordHead&);
void apply(State&, const events::ParentClosed&, const RecordHead&);
void apply(State&, const events::OrderSubmitted&, const RecordHead&);
void apply(State&, const events::OrderRejected&, const RecordHead&);
void apply(State&, const events::OrderFilled&, const RecordHead&);
void apply(State&, const events::CancelRequested&, const RecordHead&);
void apply(State&, const events::OrderCancelled&, const RecordHead&);
void apply(State&, const events::OrderExpired&, const RecordHead&);
void apply(State&, const events::OrderLapsed&, const RecordHead&);
void apply(State&, const events::ReplaceRequested&, const RecordHead&);
void apply(State&, const events::OrderReplaced&, const RecordHead&);
void apply(State&, const events::ReplaceRejected&, const RecordHead&);
void apply(State&, const events::FillAllocated&, const RecordHead&);
void apply(State&, const events::InternalCross&, const RecordHead&);
void apply(State&, const events::ForeignFill&, const RecordHead&);
void apply(State&, const events::DustSwept&, const RecordHead&);
void apply(State&, const events::StopArmed&, const RecordHead&);
void apply(State&, const events::StopMoved&, const RecordHead&);
void apply(State&, const events::StopTriggered&, const RecordHead&);
void apply(State&, const events::StopClosed&, const RecordHead&);
void apply(State&, const events::BreakerChanged&, const RecordHead&);
void apply(State&, const events::BookStateChanged&, const RecordHead&);
void apply(State&, const events::LimitChanged&, const RecordHead&);
void apply(State&, const events::Reconciled&, const RecordHead&);
void apply(State&, const events::OrderUnknown&, const RecordHead&);

}  // namespace grekko::risk
