// 2: breakers that time and the market open and close without an order. Their rules are in
// core/risk.
#include <algorithm>

#include "core/engine/emit.hpp"

namespace grekko::engine {

// Several times a second of event time: what opens and closes breakers without an order.
void Engine::watch_breakers() {
    watch_.next = at_ + Watch::each;
    check_data();
    watch_moves();
    check_par();
    retry_breakers();
}

// The lowest and the highest mark of the last five minutes of what is held, of those ten seconds
// apart, against M now. Where a market is only known by longer bars, five minutes have no price of
// their own. What has opened the breaker counts once, so that its wait begins with the move.
void Engine::watch_moves() {
    constexpr Duration window = Duration::minutes(5);
    constexpr Duration apart = Duration::seconds(10);
    for (const auto& [key, ledger] : state_.portfolio.venues) {
        const Mark mark = market_.mark(key.second, at_);
        if (mark.stale || mark.source == MarkSource::bar) continue;
        Watch::Past& past = watch_.marks[key.second];
        while (!past.empty() && at_ - past.front().first > window)
            past.pop_front();
        if (!ledger.quantity.is_zero() && !past.empty()) {
            const auto [low, high] =
                std::ranges::minmax_element(past, {}, [](const auto& seen) { return seen.second; });
            auto moved = risk::on_price_move(state_.risk.breakers, settings_.breakers,
                                             {mark.price, high->second}, at_);
            if (moved.empty()) {
                moved = risk::on_price_move(state_.risk.breakers, settings_.breakers,
                                            {mark.price, low->second}, at_);
            }
            if (!moved.empty()) past.clear();
            breakers_changed(moved);
        }
        if (past.empty() || at_ - past.back().first >= apart) past.emplace_back(at_, mark.price);
    }
}

// Data of held or worked instruments that has gone stale, crossed or gapped opens their breaker.
void Engine::check_data() {
    if (!watch_.silent.empty()) heard_again();
    std::vector<InstrumentId>& wanted = watch_.wanted;
    wanted.clear();
    for (const auto& [key, ledger] : state_.portfolio.venues) {
        if (!ledger.quantity.is_zero()) wanted.push_back(key.second);
    }
    for (const auto& [key, open] : state_.execution.open) {
        if (!open.buys.is_zero() || !open.sells.is_zero()) wanted.push_back(key.instrument);
    }
    std::ranges::sort(wanted);
    const auto repeated = std::ranges::unique(wanted);
    wanted.erase(repeated.begin(), repeated.end());
    for (const InstrumentId id : wanted) {
        const MarketView view = market_.view(id, VenueId{}, at_);
        if (view.bars_only || !view.mark.known()) continue;
        risk::DataCondition condition;
        condition.instrument = id;
        condition.gapped = view.best.gapped;
        // A book is as old as its last change; where there is none, trades are all there is.
        const bool booked = !view.best.at.is_none();
        if (booked && is_silent(id)) condition.stale_for = at_ - view.best.at;
        if (!booked && view.mark.stale) condition.stale_for = at_ - view.mark.at;
        if (!view.best.crossed) watch_.crossed_since.erase(id);
        if (view.best.crossed) {
            condition.crossed_for = at_ - watch_.crossed_since.try_emplace(id, at_).first->second;
        }
        breakers_changed(risk::on_data(state_.risk.breakers, settings_.breakers, condition, at_));
    }
}

// A stable quote currency that has left par, by a mark that is not stale (§5.3).
void Engine::check_par() {
    for (const Currency& quote : watch_.pegged) {
        const Rate deviation = par_deviation(quote);
        if (deviation < settings_.breakers.par_deviation) continue;
        const portfolio::Conversion& way = state_.portfolio.conversions.at(quote);
        if (market_.mark(way.instruments[0], at_).stale) continue;
        breakers_changed(risk::on_par(state_.risk.breakers, settings_.breakers, deviation, at_));
    }
}

void Engine::retry_breakers() {
    if (state_.risk.breakers.all.empty()) return;
    for (const risk::BreakerKey& key : risk::waiting(state_.risk.breakers)) {
        const risk::CleanConditions clean = clean_conditions(key);
        if (const auto change =
                risk::due(state_.risk.breakers, settings_.breakers, key, clean, at_)) {
            breakers_changed({*change});
        }
    }
}

risk::CleanConditions Engine::clean_conditions(const risk::BreakerKey& key) const {
    risk::CleanConditions clean;
    clean.resources_good = !journal_.full && journal_slow_since_.is_none();
    clean.account_agrees = accounts_agree();
    clean.below_limits = risk::limits_kept(state_.risk.valuation, bounds());
    if (!key.agent.is_none()) {
        clean.below_limits = risk::limits_kept(state_.risk, settings_.risk, limit_base_, key.agent);
    }
    if (!key.instrument.is_none()) {
        clean.below_limits = risk::limits_kept(state_.risk.valuation, bounds(),
                                               universe_.instrument(key.instrument));
        const MarketView view = market_.view(key.instrument, key.venue, at_);
        clean.data_clean = !view.mark.stale && !view.best.gapped && !view.best.crossed &&
                           !is_silent(key.instrument);
    }
    const auto venue = state_.execution.venues.find(key.venue);
    if (venue != state_.execution.venues.end()) {
        clean.venue = {key.venue, venue->second.connected, venue->second.private_alive,
                       venue->second.connected, venue->second.clock_offset};
        if (key.instrument.is_none()) clean.data_clean = venue->second.connected;
    }
    return clean;
}

} // namespace grekko::engine
