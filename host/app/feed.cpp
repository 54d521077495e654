#include "app/feed.hpp"

#include <algorithm>

#include "core/engine/frame.hpp"
#include "core/risk/breakers.hpp"
#include "core/risk/check.hpp"
#include "domain/names.hpp"

namespace grekko::app {

std::string clock_text(Instant at) {
    const std::string text = to_string(at);
    const std::size_t t = text.find('T');
    return t == std::string::npos ? text : text.substr(t + 1, 8);
}

std::string short_text(Decimal value, int decimals) {
    const Decimal step = Decimal::from_units(1, -decimals);
    return round_to(value, step, Rounding::half_even).to_string();
}

std::vector<std::string> Feed::add(std::span<const std::byte> bytes) {
    fresh_.clear();
    engine::for_each_record(bytes, [&](const RecordHead& head) {
        visit_record(head, [&](const auto& body, const RecordHead& h) { take(body, h); });
    });
    return fresh_;
}

std::string Feed::agent(AgentId id) const {
    if (id == operator_agent) return "operator";
    if (id == house_agent) return "house";
    const auto found = agents_.find(id);
    return found == agents_.end() ? "agent " + std::to_string(id.value()) : found->second;
}

std::string Feed::symbol(InstrumentId id) const {
    return id.is_none() || id.value() >= universe_.instruments.size()
               ? std::string{"-"}
               : universe_.instruments[id.value()].symbol.string();
}

std::string Feed::outcome(std::uint64_t command) const {
    const auto found = handled_.find(command);
    return found == handled_.end() ? std::string{} : found->second.outcome.string();
}

bool Feed::accepted(std::uint64_t command) const {
    const auto found = handled_.find(command);
    return found != handled_.end() && found->second.accepted;
}

void Feed::put(std::deque<std::string>& where, const RecordHead& head, const std::string& line) {
    where.push_back(clock_text(head.at) + "  " + line);
    fresh_.push_back(where.back());
    if (where.size() > kept) where.pop_front();
}

void Feed::take(const events::AgentRegistered& event, const RecordHead&) {
    agents_[event.agent] = event.name.string();
}

void Feed::take(const events::IntentProposed& event, const RecordHead&) {
    const Intent& intent = event.intent;
    Round round{intent.agent, intent.instrument, {}, {}};
    round.what = agent(intent.agent) + " " + std::string{name(intent.side())} + " " +
                 short_text(intent.size().decimal(), 6) + " " + symbol(intent.instrument);
    if (event.route == events::IntentRoute::vote) {
        open_[event.id] = round;
        if (open_.size() > 256) open_.erase(open_.begin());
    }
}

void Feed::take(const events::VoteCast& event, const RecordHead&) {
    const auto round = open_.find(event.round);
    if (round == open_.end() || !event.counted) return;
    const Vote& vote = event.vote;
    round->second.votes += (round->second.votes.empty() ? "" : ", ") + agent(vote.agent) + " " +
                           std::string{name(vote.ballot)} + " " +
                           short_text(vote.confidence.decimal(), 2);
}

void Feed::take(const events::RoundClosed& event, const RecordHead& head) {
    const auto round = open_.find(event.round);
    if (round == open_.end()) return;
    std::string line = round->second.what + ": " + std::string{name(event.outcome)};
    if (event.outcome == events::RoundOutcome::passed && event.fraction < 1_rate) {
        line += " at " + short_text(multiply(event.fraction.decimal(), 100), 0) + " %";
    }
    if (!round->second.votes.empty()) line += " (" + round->second.votes + ")";
    put(rounds_, head, line);
    open_.erase(round);
}

void Feed::take(const events::RiskAssessed& event, const RecordHead& head) {
    if (event.verdict == events::Verdict::approved) return;
    const bool dust = event.verdict == events::Verdict::reduced_to_dust;
    const auto check = static_cast<risk::Check>(event.reason);
    put(rounds_, head,
        agent(event.agent) + " " + std::string{name(event.side)} + " " + symbol(event.instrument) +
            ": denied by risk, " +
            (dust
                 ? "nothing is left of the size"
                 : "check " + std::to_string(event.reason) + " " + std::string{risk::name(check)}));
}

void Feed::take(const events::FillAllocated& event, const RecordHead& head) {
    const int digits = event.price < 10_price ? 6 : 2;
    put(fills_, head,
        agent(event.agent) + " " + std::string{name(event.side)} + " " +
            short_text(event.quantity.decimal(), 6) + " " + symbol(event.instrument) + " at " +
            short_text(event.price.decimal(), digits) + ", fee " +
            short_text(event.fee_quote.decimal(), 2));
}

void Feed::take(const events::BreakerChanged& event, const RecordHead& head) {
    if (event.from == event.to) return;
    std::string line = "breaker " + std::string{name(event.scope)};
    if (!event.instrument.is_none()) line += " " + symbol(event.instrument);
    if (!event.agent.is_none()) line += " " + agent(event.agent);
    line += " " + std::string{name(event.to)};
    const std::string_view why = risk::name(static_cast<risk::BreakerCause>(event.cause));
    if (event.cause != 0) line += ": " + std::string{why};
    put(incidents_, head, line);
}

void Feed::take(const events::BookStateChanged& event, const RecordHead& head) {
    std::string line = "book " + std::string{name(event.to)};
    if (!event.reason.empty()) line += ": " + event.reason.string();
    put(incidents_, head, line);
}

void Feed::take(const events::LimitChanged& event, const RecordHead& head) {
    std::string line = "limit " + event.name.string() + " " + event.from.to_string() + " → " +
                       event.to.to_string();
    if (!event.principal.empty()) line += " by " + event.principal.string();
    put(incidents_, head, line + ": " + event.reason.string());
}

void Feed::take(const events::AgentFaulted& event, const RecordHead& head) {
    put(incidents_, head, agent(event.agent) + " failed: " + event.message.string());
}

void Feed::take(const events::CommandHandled& event, const RecordHead&) {
    handled_[event.id] = event;
    if (handled_.size() > 64) handled_.erase(handled_.begin());
}

} // namespace grekko::app
