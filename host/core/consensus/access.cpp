#include "core/consensus/access.hpp"

namespace grekko::consensus {

std::optional<IntentId> front(const State& state, InstrumentId instrument) {
    for (const auto& [id, round] : state.open) {
        if (round.instrument == instrument) return id;
    }
    return std::nullopt;
}

std::vector<IntentId> up_to(const State& state, IntentId last) {
    std::vector<IntentId> ids;
    const Round* round = find_round(state, last);
    if (round == nullptr) return ids;
    for (const auto& [id, other] : state.open) {
        if (id <= last && other.instrument == round->instrument) ids.push_back(id);
    }
    return ids;
}

std::vector<IntentId> overdue(const State& state, Instant now) {
    std::vector<IntentId> ids;
    for (const auto& [id, round] : state.open) {
        if (now >= round.deadline) ids.push_back(id);
    }
    return ids;
}

const IntentRecord* find_intent(const State& state, IntentId id) {
    const auto found = state.intents.find(id);
    return found == state.intents.end() ? nullptr : &found->second;
}

const Round* find_round(const State& state, IntentId id) {
    const auto found = state.open.find(id);
    return found == state.open.end() ? nullptr : &found->second;
}

const events::MandateGranted* find_mandate(const State& state, AgentId agent,
                                           InstrumentId instrument) {
    const auto found = state.mandates.find({agent, instrument});
    return found == state.mandates.end() ? nullptr : &found->second;
}

std::optional<IntentId> undecided(const State& state, AgentId agent, InstrumentId instrument) {
    for (const auto& [id, round] : state.open) {
        if (round.proposer == agent && round.instrument == instrument && !round.mandate) return id;
    }
    return std::nullopt;
}

std::vector<IntentId> undecided(const State& state, AgentId agent) {
    std::vector<IntentId> ids;
    for (const auto& [id, round] : state.open) {
        if (round.proposer == agent) ids.push_back(id);
    }
    return ids;
}

Rate success_rate(const State& state) {
    const Figures& figures = state.figures;
    if (figures.rounds == 0) return 1_rate;
    return Rate{divide(Decimal::whole(static_cast<std::int64_t>(figures.succeeded)),
                       Decimal::whole(static_cast<std::int64_t>(figures.rounds)),
                       Rounding::half_even)};
}

std::string_view name(RoundOutcome outcome) {
    switch (outcome) {
    case RoundOutcome::passed: return "PASSED";
    case RoundOutcome::rejected: return "REJECTED";
    case RoundOutcome::no_quorum: return "NO_QUORUM";
    case RoundOutcome::vetoed: return "VETOED";
    case RoundOutcome::veto_missing: return "VETO_MISSING";
    case RoundOutcome::expired: return "EXPIRED";
    case RoundOutcome::stale_price: return "STALE_PRICE";
    case RoundOutcome::superseded: return "SUPERSEDED";
    case RoundOutcome::cancelled: return "CANCELLED";
    case RoundOutcome::solo: return "SOLO";
    }
    return "UNDECIDED";
}

std::string_view name(events::IntentRefusal refusal) {
    using enum events::IntentRefusal;
    switch (refusal) {
    case none: return "NONE";
    case nothing_to_do: return "NOTHING_TO_DO";
    case reentrant: return "REENTRANT";
    case busy: return "BUSY";
    case too_frequent: return "TOO_FREQUENT";
    case unknown_instrument: return "UNKNOWN_INSTRUMENT";
    case invalid: return "INVALID";
    case no_electorate: return "NO_ELECTORATE";
    case no_mark: return "NO_MARK";
    case mandate_outside: return "MANDATE_OUTSIDE";
    case agent_inactive: return "AGENT_INACTIVE";
    case halted: return "HALTED";
    case solo_refused: return "SOLO_REFUSED";
    }
    return "UNKNOWN";
}

} // namespace grekko::consensus
