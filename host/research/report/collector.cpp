#include "research/report/collector.hpp"

#include <algorithm>
#include <cmath>

#include "core/engine/frame.hpp"

namespace grekko::report {

Collector::Collector(Universe universe, Names names)
    : universe_{std::move(universe)},
      names_{std::move(names)},
      markets_(universe_.instruments.size()) {
    for (std::size_t id = 1; id < markets_.size(); ++id) {
        markets_[id].half_spread = universe_.instruments[id].major ? 1e-4 : 5e-4;
    }
    agent_names_[operator_agent] = "operator";
    agent_names_[house_agent] = "house";
}

bool Collector::add(std::span<const std::byte> records) {
    return engine::for_each_record(records, [this](const RecordHead& head) {
        visit_record(head, [this](const auto& body, const RecordHead& of) {
            if constexpr (requires { ballots_.add(body); }) ballots_.add(body);
            on(body, of);
        });
    });
}

std::string Collector::agent_name(AgentId id) const {
    const auto found = agent_names_.find(id);
    return found == agent_names_.end() ? "agent " + std::to_string(id.value()) : found->second;
}

std::string Collector::symbol(InstrumentId id) const {
    return knows(id) ? facts(id).symbol.string() : "instrument " + std::to_string(id.value());
}

double Collector::rate(const Currency& currency) const {
    if (currency == universe_.base_currency || currency.empty()) return 1.0;
    for (std::size_t id = 1; id < markets_.size(); ++id) {
        const double last = markets_[id].prices.last();
        if (last <= 0.0) continue;
        const Instrument& instrument = universe_.instruments[id];
        const bool direct =
            instrument.base == currency && instrument.quote == universe_.base_currency;
        const bool inverse =
            instrument.quote == currency && instrument.base == universe_.base_currency;
        if (direct) return last;
        if (inverse) return 1.0 / last;
    }
    return 1.0;
}

Price Collector::stop_of(IntentId intent) const {
    const auto found = asked_.find(intent);
    return found == asked_.end() ? Price{} : found->second.stop;
}

Quantity Collector::in_base_units(InstrumentId instrument, Quantity quantity) const {
    const Quantity contract = facts(instrument).contract_size;
    if (contract == 1_quantity) return quantity;
    return Quantity{multiply(quantity.decimal(), contract.decimal(), Rounding::half_even)};
}

double Collector::exposure_price(InstrumentId instrument, Instant at) const {
    return statistics::value_at(markets_[instrument.value()].prices.points(), at);
}

// ---- The market.

void Collector::price(InstrumentId instrument, Instant at, double value) {
    if (!knows(instrument)) return;
    market_of(instrument).prices.add(at, value);
}

void Collector::mark(InstrumentId instrument, Instant at, Price price_now) {
    if (!knows(instrument)) return;
    const double value = price_now.to_double();
    price(instrument, at, value);
    trips_.range(instrument, at, value, value);
}

void Collector::market(const MarketHead& record) {
    if (!knows(record.instrument)) return;
    const InstrumentId id = record.instrument;
    if (record.kind == MarketKind::bar) {
        const auto& bar = reinterpret_cast<const Bar&>(record);
        if (bar.empty()) return;
        // Shown from its close on; its range touches what was open through all of it.
        price(id, record.received_at, bar.close.to_double());
        trips_.range(id, bar.opened_at(), bar.low.to_double(), bar.high.to_double());
    } else if (record.kind == MarketKind::trade) {
        const auto& trade = reinterpret_cast<const Trade&>(record);
        mark(id, record.received_at, trade.price);
    } else if (record.kind == MarketKind::quote) {
        const auto& quote = reinterpret_cast<const Quote&>(record);
        if (!quote.bid_quantity.is_positive() || !quote.ask_quantity.is_positive()) return;
        const double bid = quote.bid.to_double();
        const double ask = quote.ask.to_double();
        if (bid <= 0.0 || ask < bid) return;
        market_of(id).half_spread = (ask - bid) / (ask + bid);
        const double middle = (ask + bid) / 2.0;
        price(id, record.received_at, middle);
        trips_.range(id, record.received_at, middle, middle);
    }
}

// ---- Records that only keep state or count.

void Collector::on(const events::AgentRegistered& e, const RecordHead&) {
    agent_names_[e.agent] = e.name.string();
}

void Collector::on(const events::AgentFaulted& e, const RecordHead& head) {
    risk_.faults.push_back({head.at, agent_name(e.agent) + ": " + e.message.string()});
}

void Collector::on(const events::IntentProposed& e, const RecordHead&) {
    asked_[e.id] = {e.intent.reference, e.intent.stop, e.intent.side()};
}

void Collector::on(const events::StopArmed& e, const RecordHead&) {
    const auto found = asked_.find(e.intent);
    if (found != asked_.end() && found->second.stop.is_zero()) found->second.stop = e.stop;
}

void Collector::on(const events::OrderFilled& e, const RecordHead&) {
    filled_order_ = e.fill.order;
    liquidity_ = e.fill.liquidity;
}

void Collector::on(const events::TransferBooked& e, const RecordHead&) {
    if (!samples_.empty()) transfers_ += e.value.to_double();
}

void Collector::on(const events::PositionMarked& e, const RecordHead& head) {
    price(e.instrument, head.at, e.mark.to_double());
    trips_.unrealised(e.agent, e.instrument, e.unrealised.to_double());
}

void Collector::on(const events::NavMarked& e, const RecordHead& head) {
    if (head.at < start_) return;
    if (samples_.empty() && !e.nav_per_unit.is_positive()) return; // no money on the book yet
    NavSample sample{head.at, e.nav.to_double(), e.nav_per_unit.to_double()};
    if (sample.nav > 0.0) {
        for (std::size_t id = 1; id < markets_.size(); ++id) {
            if (markets_[id].book.is_zero()) continue;
            const InstrumentId instrument{static_cast<std::uint16_t>(id)};
            const double value = markets_[id].book.to_double() *
                                 exposure_price(instrument, head.at) *
                                 rate(facts(instrument).quote) / sample.nav;
            sample.net += value;
            sample.gross += std::abs(value);
        }
    }
    samples_.push_back(sample);
}

} // namespace grekko::report
