// What the collector makes of fills, crosses, money paid and risk's records.
#include <algorithm>

#include "research/report/collector.hpp"

namespace grekko::report {
namespace {

std::string_view purpose_name(Purpose purpose) {
    switch (purpose) {
    case Purpose::increase: return "increase";
    case Purpose::reduce: return "reduce";
    case Purpose::stop: return "stop";
    case Purpose::disaster_stop: return "disaster_stop";
    case Purpose::flatten: return "flatten";
    case Purpose::mandate: return "mandate";
    }
    return "unknown";
}

std::string_view liquidity_name(Liquidity liquidity) {
    switch (liquidity) {
    case Liquidity::maker: return "maker";
    case Liquidity::taker: return "taker";
    case Liquidity::unknown: break;
    }
    return "unknown";
}

std::string_view state_name(events::BookState state) {
    switch (state) {
    case events::BookState::active: return "ACTIVE";
    case events::BookState::reducing: return "REDUCING";
    case events::BookState::halted: return "HALTED";
    }
    return "unknown";
}

Quantity signed_by(Side side, Quantity quantity) {
    return side == Side::buy ? quantity : -quantity;
}

template <class Visitor>
void each_check(std::uint64_t set, Visitor&& visit) {
    for (int number = 1; number <= 63; ++number) {
        if ((set >> number & 1U) != 0) visit(number);
    }
}

} // namespace

void Collector::keep_fill(const events::FillAllocated& e, Instant at) {
    if (fills_.size() >= rows_max) {
        ++fills_left_out_;
        return;
    }
    ports::ReportFill row;
    row.at = at;
    row.agent = agent_name(e.agent);
    row.instrument = symbol(e.instrument);
    const bool listed = e.venue && e.venue.value() < universe_.venues.size();
    row.venue = listed ? universe_.venues[e.venue.value()].name.string() : "";
    row.purpose = purpose_name(e.purpose);
    row.liquidity = liquidity_name(e.order == filled_order_ ? liquidity_ : Liquidity::unknown);
    row.buy = e.side == Side::buy;
    row.price = e.price;
    row.mark = e.mark;
    row.quantity = e.quantity;
    row.value = e.value;
    row.fee = e.fee_quote;
    row.order = e.order.value();
    row.intent = e.intent.value();
    fills_.push_back(std::move(row));
}

// Spread and impact: what the fill was worse than M at that moment; delay: what M had moved since
// the proposal. A fill better than M earned the spread.
void Collector::count_costs(const events::FillAllocated& e) {
    const double to_base = rate(facts(e.instrument).quote);
    const double value = e.value.to_double() * to_base;
    costs_.traded += value;
    costs_.fees += e.fee_quote.to_double() * to_base;
    if (e.order == filled_order_ && liquidity_ == Liquidity::maker) costs_.passive += value;
    const double mark = e.mark.to_double();
    const double price_paid = e.price.to_double();
    if (mark <= 0.0 || price_paid <= 0.0) return;
    const double units = value / price_paid; // base units × rate
    const double worse = sign(e.side) * (price_paid - mark) * units;
    const double half_spread = market_of(e.instrument).half_spread * mark * units;
    const double of_spread = std::min(worse, half_spread);
    costs_.spread += of_spread;
    costs_.impact += worse - of_spread;
    const auto intent = asked_.find(e.intent);
    const bool asked_for_it = intent != asked_.end() && intent->second.side == e.side &&
                              e.purpose != Purpose::stop && e.purpose != Purpose::disaster_stop;
    if (!asked_for_it || !intent->second.reference.is_positive()) return;
    costs_.delay += sign(e.side) * (mark - intent->second.reference.to_double()) * units;
}

void Collector::on(const events::FillAllocated& e, const RecordHead& head) {
    if (!knows(e.instrument)) return;
    if (e.mark.is_positive()) price(e.instrument, head.at, e.mark.to_double());
    keep_fill(e, head.at);
    count_costs(e);
    Quantity fee_units;
    if (e.fee_currency == facts(e.instrument).base) fee_units = Quantity{e.fee};
    market_of(e.instrument).book +=
        in_base_units(e.instrument, signed_by(e.side, e.quantity)) - fee_units;
    trips_.trade({e.agent, e.instrument, e.side, in_base_units(e.instrument, e.quantity), e.value,
                  e.fee_quote, fee_units, e.intent, stop_of(e.intent), head.at});
    ports::AgentResult& result = agents_[e.agent];
    const double to_base = rate(facts(e.instrument).quote);
    ++result.fills;
    result.traded += e.value.to_double() * to_base;
    result.fees += e.fee_quote.to_double() * to_base;
}

void Collector::on(const events::ForeignFill& e, const RecordHead& head) {
    if (!knows(e.fill.instrument)) return;
    price(e.fill.instrument, head.at, e.fill.price.to_double());
    market_of(e.fill.instrument).book +=
        in_base_units(e.fill.instrument, signed_by(e.fill.side, e.fill.quantity));
}

void Collector::on(const events::InternalCross& e, const RecordHead& head) {
    if (!knows(e.instrument)) return;
    const Quantity quantity = in_base_units(e.instrument, e.quantity);
    trips_.trade({e.buyer,
                  e.instrument,
                  Side::buy,
                  quantity,
                  e.value,
                  {},
                  {},
                  e.buy_intent,
                  stop_of(e.buy_intent),
                  head.at});
    trips_.trade({e.seller,
                  e.instrument,
                  Side::sell,
                  quantity,
                  e.value,
                  {},
                  {},
                  e.sell_intent,
                  stop_of(e.sell_intent),
                  head.at});
}

void Collector::on(const events::DustSwept& e, const RecordHead& head) {
    if (!knows(e.instrument)) return;
    const Quantity quantity = in_base_units(e.instrument, e.quantity.abs());
    const Notional value = multiply(e.price, quantity, Rounding::half_even);
    const Side side = e.quantity.is_negative() ? Side::buy : Side::sell;
    trips_.trade({e.agent, e.instrument, side, quantity, value, {}, {}, {}, {}, head.at});
}

void Collector::on(const events::IntentClosed& e, const RecordHead&) {
    if (!knows(e.instrument)) return;
    ports::AgentResult& result = agents_[e.agent];
    const double to_base = rate(facts(e.instrument).quote);
    result.signal += e.signal.to_double() * to_base;
    result.delay += e.delay.to_double() * to_base;
    result.execution += e.execution.to_double() * to_base;
    result.intent_fees += e.fees.to_double() * to_base;
    result.funding += e.funding.to_double() * to_base;
    result.not_taken += e.not_taken.to_double() * to_base;
    asked_.erase(e.intent);
}

void Collector::on(const events::FundingPaid& e, const RecordHead&) {
    if (!knows(e.instrument)) return;
    costs_.funding += e.amount.to_double() * rate(facts(e.instrument).quote);
    trips_.fund(e.agent, e.instrument, e.amount);
}

// ---- Risk.

void Collector::on(const events::RiskAssessed& e, const RecordHead&) {
    ++risk_.assessed;
    each_check(e.warned, [&](int number) { ++checks_[number].warned; });
    switch (e.verdict) {
    case events::Verdict::approved:
        ++risk_.approved;
        if (e.approved < e.requested) {
            each_check(e.reduced, [&](int number) { ++checks_[number].reduced; });
        }
        break;
    case events::Verdict::denied:
        ++risk_.denied;
        each_check(e.blocked, [&](int number) { ++checks_[number].denied; });
        break;
    case events::Verdict::reduced_to_dust:
        ++risk_.dust;
        each_check(e.reduced, [&](int number) { ++checks_[number].reduced; });
        break;
    }
}

void Collector::on(const events::BreakerChanged& e, const RecordHead& head) {
    if (e.to != events::BreakerState::open || e.from == events::BreakerState::open) return;
    std::string what =
        names_.breaker ? std::string{names_.breaker(e.cause)} : "cause " + std::to_string(e.cause);
    if (e.agent) what += ", " + agent_name(e.agent);
    if (e.instrument) what += ", " + symbol(e.instrument);
    if (!e.reason.empty()) what += ": " + e.reason.string();
    risk_.breakers.push_back({head.at, what});
}

void Collector::on(const events::BookStateChanged& e, const RecordHead& head) {
    if (e.from == e.to) return;
    std::string what = std::string{state_name(e.from)} + " → " + std::string{state_name(e.to)};
    if (!e.reason.empty()) what += ": " + e.reason.string();
    risk_.states.push_back({head.at, what});
}

} // namespace grekko::report
