// Collector: reads a run's records batch by batch, and the market it ran on, and keeps what the
// report needs. It changes nothing and is never part of a decision; one thread at a time.
// backtest, run and report call it: DriverHooks::on_records feeds add(), the tape's reader
// market(). build() of report.hpp makes the report from it.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "domain/event.hpp"
#include "domain/instrument.hpp"
#include "ports/report.hpp"
#include "research/report/ballots.hpp"
#include "research/report/prices.hpp"
#include "research/report/trips.hpp"

namespace grekko::report {

inline constexpr std::size_t rows_max = 1'000'000; // fills kept for the table and the charts

// Words that live in the core, which research may not know: pass risk::name and its kind. An
// empty function gives the number.
struct Names {
    std::function<std::string_view(int check)> check;
    std::function<std::string_view(std::uint32_t cause)> breaker;
    std::function<std::string_view(events::RoundOutcome)> outcome;
    std::function<std::string_view(events::IntentRefusal)> refusal;
};

struct NavSample {
    Instant at;
    double nav{0}, nav_per_unit{0};
    double gross{0}, net{0}; // exposure / NAV
};

struct CheckTally {
    std::uint64_t denied{0}, reduced{0}, warned{0};
};

// Base currency.
struct CostSums {
    double spread{0}, impact{0}, delay{0}, fees{0}, funding{0};
    double traded{0}, passive{0};
};

class Collector {
public:
    explicit Collector(Universe universe, Names names = {});

    // Records of one batch, as the journal holds them; what it does not know is left out. False
    // where the bytes do not divide into records: the rest of the batch is lost.
    bool add(std::span<const std::byte> records);
    // A record of the tape, in order: bars, quotes and trades count, the rest does not.
    void market(const MarketHead& record);
    // A mark where no tape is at hand.
    void mark(InstrumentId instrument, Instant at, Price price);
    // What came before is warm-up and not in the report; the next NAV sample is its start.
    void start_at(Instant at) { start_ = at; }

    // ---- What has been collected.
    const Universe& universe() const { return universe_; }
    std::string agent_name(AgentId id) const;
    std::string symbol(InstrumentId id) const;
    const Names& names() const { return names_; }
    const std::vector<NavSample>& samples() const { return samples_; }
    const std::vector<ports::ReportFill>& fills() const { return fills_; }
    std::uint64_t fills_left_out() const { return fills_left_out_; }
    const Trips& trips() const { return trips_; }
    const Ballots& ballots() const { return ballots_; }
    const CostSums& costs() const { return costs_; }
    const Prices& prices(InstrumentId id) const { return markets_[id.value()].prices; }
    const std::map<int, CheckTally>& checks() const { return checks_; }
    const ports::ReportRisk& risk() const { return risk_; } // counts and incidents, not checks
    const std::map<AgentId, ports::AgentResult>& agents() const { return agents_; }
    double transfers() const { return transfers_; } // after the first sample
    // Units of base currency for one of `currency` at the last prices; 1 where no price leads
    // there.
    double rate(const Currency& currency) const;

private:
    struct Market {
        Prices prices;
        double half_spread{0}; // fraction of price, last known
        Quantity book;         // Σ of all ledgers
    };
    struct Asked { // an intent while its fills may come
        Price reference, stop;
        Side side{Side::buy};
    };
    template <class Event>
    void on(const Event&, const RecordHead&) {}
    void on(const events::AgentRegistered& e, const RecordHead& head);
    void on(const events::AgentFaulted& e, const RecordHead& head);
    void on(const events::IntentProposed& e, const RecordHead& head);
    void on(const events::RiskAssessed& e, const RecordHead& head);
    void on(const events::BreakerChanged& e, const RecordHead& head);
    void on(const events::BookStateChanged& e, const RecordHead& head);
    void on(const events::OrderFilled& e, const RecordHead& head);
    void on(const events::ForeignFill& e, const RecordHead& head);
    void on(const events::FillAllocated& e, const RecordHead& head);
    void on(const events::InternalCross& e, const RecordHead& head);
    void on(const events::DustSwept& e, const RecordHead& head);
    void on(const events::IntentClosed& e, const RecordHead& head);
    void on(const events::TransferBooked& e, const RecordHead& head);
    void on(const events::FundingPaid& e, const RecordHead& head);
    void on(const events::NavMarked& e, const RecordHead& head);
    void on(const events::PositionMarked& e, const RecordHead& head);
    void on(const events::StopArmed& e, const RecordHead& head);
    void keep_fill(const events::FillAllocated& e, Instant at);
    void count_costs(const events::FillAllocated& e);
    Price stop_of(IntentId intent) const;
    double exposure_price(InstrumentId instrument, Instant at) const;
    Quantity in_base_units(InstrumentId instrument, Quantity quantity) const;
    Market& market_of(InstrumentId id) { return markets_[id.value()]; }
    const Instrument& facts(InstrumentId id) const { return universe_.instruments[id.value()]; }
    bool knows(InstrumentId id) const { return id.value() < markets_.size() && id; }
    void price(InstrumentId instrument, Instant at, double value);

    Universe universe_;
    Names names_;
    Instant start_;
    std::vector<Market> markets_;
    std::map<IntentId, Asked> asked_;
    std::map<AgentId, std::string> agent_names_;
    std::vector<NavSample> samples_;
    std::vector<ports::ReportFill> fills_;
    std::uint64_t fills_left_out_{0};
    Trips trips_;
    Ballots ballots_;
    CostSums costs_;
    std::map<int, CheckTally> checks_;
    ports::ReportRisk risk_;
    std::map<AgentId, ports::AgentResult> agents_;
    double transfers_{0};
    OrderId filled_order_; // of the last OrderFilled
    Liquidity liquidity_{Liquidity::unknown};
};

} // namespace grekko::report
