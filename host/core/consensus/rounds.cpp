#include <algorithm>

#include "core/consensus/consensus.hpp"
#include "core/consensus/tally.hpp"
#include "core/consensus/weights.hpp"

namespace grekko::consensus {
namespace {

bool grants(const VetoRight& right, const Intent& intent) {
    const bool here = right.instrument.is_none() || right.instrument == intent.instrument;
    const bool side = intent.side() == Side::buy ? right.buys : right.sells;
    return here && side && right.agent != intent.agent;
}

bool has_veto(const Settings& settings, const Intent& intent, AgentId agent) {
    return std::ranges::any_of(settings.vetoes, [&](const VetoRight& right) {
        return right.agent == agent && grants(right, intent);
    });
}

// What an agent wants itself on the instrument, should it not answer.
void note_undecided(const State& state, const Intent& intent, events::RoundMember& member) {
    const auto own = undecided(state, member.agent, intent.instrument);
    const IntentRecord* record = own ? find_intent(state, *own) : nullptr;
    if (record == nullptr || member.agent == intent.agent) return;
    member.undecided_same = record->intent.side() == intent.side();
    member.undecided_opposite = !member.undecided_same;
    member.undecided_confidence = record->intent.confidence;
}

std::vector<events::RoundMember> freeze(const State& state, const Settings& settings, IntentId id,
                                        const Intent& intent, std::span<const Elector> electorate) {
    std::vector<events::RoundMember> members;
    const std::vector<Rate> weights = shares(electorate, settings.law.group_share_max);
    for (std::size_t i = 0; i < electorate.size(); ++i) {
        if (!electorate[i].weight.is_positive()) continue;
        members.push_back({.round = id,
                           .agent = electorate[i].agent,
                           .group = electorate[i].group,
                           .veto = has_veto(settings, intent, electorate[i].agent),
                           .weight = weights[i]});
    }
    for (const VetoRight& right : settings.vetoes) { // holders that are absent or not listed
        if (!grants(right, intent)) continue;
        const auto same = [&](const auto& member) { return member.agent == right.agent; };
        if (std::ranges::any_of(members, same)) continue;
        members.push_back({.round = id, .agent = right.agent, .veto = true, .outside = true});
    }
    for (events::RoundMember& member : members)
        note_undecided(state, intent, member);
    std::ranges::sort(members, {}, &events::RoundMember::agent);
    return members;
}

bool valid(const Vote& vote) {
    const auto fraction = [](Rate rate) { return !rate.is_negative() && rate <= 1_rate; };
    return vote.ballot >= Ballot::approve && vote.ballot <= Ballot::veto &&
           fraction(vote.confidence) && fraction(vote.max);
}

bool may_veto(const State& state, const Settings& settings, const Member& member, const Vote& vote,
              Instant now) {
    if (!member.veto || vote.reason.empty()) return false;
    const auto used = state.vetoes.find(vote.agent);
    if (used == state.vetoes.end() || used->second.day != now.floor(Duration::days(1))) return true;
    return used->second.count < settings.vetoes_per_day;
}

events::RoundClosed closed(const Round& round, const Count& count, const MarketView& market) {
    return {.round = round.id,
            .outcome = count.outcome,
            .mandate = round.mandate,
            .approvals = count.approvals,
            .rejections = count.rejections,
            .abstentions = count.abstentions,
            .misses = count.misses,
            .eligible = count.eligible,
            .vetoed_by = count.vetoed_by,
            .quorate = count.quorate,
            .took = market.now - round.opened_at,
            .fraction = count.fraction,
            .approval = count.approval,
            .threshold = count.threshold,
            .quorum = count.quorum,
            .mark = market.mark.price};
}

// Until when an approved increase makes opposite ones harder.
Instant guard(const Settings& settings, const Intent& intent, Instant now) {
    return now + std::clamp(intent.horizon / 4, settings.churn_min, settings.churn_max);
}

} // namespace

std::optional<OpenedRound> open_round(const State& state, const Settings& settings, IntentId id,
                                      const OpenContext& context) {
    const IntentRecord* record = find_intent(state, id);
    if (record == nullptr || !record->undecided() || record->route != IntentRoute::vote ||
        state.open.contains(id)) {
        return std::nullopt;
    }
    const Intent& intent = record->intent;
    OpenedRound round;
    round.members = freeze(state, settings, id, intent, context.electorate);
    const auto guarded = state.guards.find({intent.instrument, intent.side()});
    const bool churns = guarded != state.guards.end() && context.now < guarded->second;
    round.opened = {.round = id,
                    .proposer = intent.agent,
                    .instrument = intent.instrument,
                    .members = static_cast<std::uint16_t>(round.members.size()),
                    .groups = count_groups(context.electorate),
                    .deadline = context.now + std::min(settings.round, intent.ttl),
                    .nav = context.nav,
                    .churn = churns ? settings.churn : Rate{},
                    .veto_missing_refuses = settings.veto_missing == VetoMissing::refuse,
                    .proposer_group = context.proposer_group,
                    .value = context.value};
    const auto own = [&](const events::RoundMember& m) { return m.agent == intent.agent; };
    if (std::ranges::any_of(round.members, own)) {
        round.own = events::VoteCast{.round = id,
                                     .vote = {.agent = intent.agent,
                                              .ballot = Ballot::approve,
                                              .confidence = intent.confidence,
                                              .max = 1_rate,
                                              .reason = intent.reason},
                                     .abstains = intent.confidence < settings.law.confidence_min};
    }
    return round;
}

std::optional<events::VoteCast> vote(const State& state, const Settings& settings, IntentId id,
                                     const Vote& vote, Instant now) {
    if (!valid(vote)) return std::nullopt;
    events::VoteCast cast{.round = id,
                          .vote = vote,
                          .counted = false,
                          .abstains = vote.confidence < settings.law.confidence_min};
    const Round* round = find_round(state, id);
    if (round == nullptr) {
        const auto past = std::ranges::find(state.past, id, &PastRound::id);
        if (past == state.past.end()) return std::nullopt;
        cast.after = now - past->opened_at;
        cast.late = now > past->deadline;
        if (cast.vote.ballot == Ballot::veto) cast.vote.ballot = Ballot::reject;
        return cast;
    }
    const auto member = std::ranges::lower_bound(round->members, vote.agent, {}, &Member::agent);
    const bool eligible = member != round->members.end() && member->agent == vote.agent;
    cast.after = now - round->opened_at;
    cast.late = now > round->deadline;
    cast.counted = !cast.late && eligible && !member->answered;
    if (vote.ballot == Ballot::veto &&
        !(cast.counted && may_veto(state, settings, *member, vote, now))) {
        cast.vote.ballot = Ballot::reject;
    }
    return cast;
}

RoundOutcome freshness(const Settings& settings, const IntentRecord& record,
                       const MarketView& market) {
    const Intent& intent = record.intent;
    if (!record.increase) return RoundOutcome::passed;
    if (market.now - record.proposed_at > intent.ttl) return RoundOutcome::expired;
    if (record.mandate) return RoundOutcome::passed; // has two sides: no move is only adverse
    if (!market.mark.known()) return RoundOutcome::stale_price;
    const Rate spread = multiply(market.spread, settings.stale_spreads, Rounding::floor);
    const Rate noise = multiply(market.sigma_1min, settings.stale_sigmas, Rounding::floor);
    const Rate most = std::max({settings.stale_move, spread, noise});
    const auto moved = checked_subtract(market.mark.price, intent.reference);
    const auto allowed = checked_multiply(intent.reference, most, Rounding::floor);
    if (!moved) return RoundOutcome::stale_price;
    const Price adverse = intent.side() == Side::buy ? *moved : -*moved;
    const bool stale = allowed && adverse > *allowed;
    return stale ? RoundOutcome::stale_price : RoundOutcome::passed;
}

std::optional<events::RoundClosed> try_close(const State& state, const Settings& settings,
                                             IntentId id, CloseCause cause,
                                             const MarketView& market) {
    const Round* round = find_round(state, id);
    const IntentRecord* record = find_intent(state, id);
    if (round == nullptr || record == nullptr) return std::nullopt;
    if (front(state, round->instrument) != id) return std::nullopt;
    const Ballots cast = ballots(*round);
    const bool now = cause == CloseCause::finalize || market.now >= round->deadline;
    if (!now && !settled(cast, settings.law)) return std::nullopt;

    Count count = tally(cast, settings.law);
    if (count.outcome == RoundOutcome::passed) {
        count.outcome = freshness(settings, *record, market);
    }
    events::RoundClosed event = closed(*round, count, market);
    if (count.outcome == RoundOutcome::passed) {
        event.quantity = multiply(record->intent.size(), count.fraction, Rounding::toward_zero);
        if (!round->mandate) event.guard_until = guard(settings, record->intent, market.now);
    }
    return event;
}

std::optional<events::RoundClosed> withdraw(const State& state, const Settings& settings,
                                            IntentId id, RoundOutcome outcome,
                                            const MarketView& market) {
    const Round* round = find_round(state, id);
    if (round == nullptr) return std::nullopt;
    Count count = tally(ballots(*round), settings.law);
    count.outcome = outcome == RoundOutcome::superseded ? outcome : RoundOutcome::cancelled;
    count.fraction = Rate{};
    return closed(*round, count, market);
}

events::RoundClosed close_solo(const State& state, const Settings& settings, IntentId id,
                               const MarketView& market) {
    events::RoundClosed event{
        .round = id, .outcome = RoundOutcome::cancelled, .mark = market.mark.price};
    const IntentRecord* record = find_intent(state, id);
    if (record == nullptr || record->route != IntentRoute::solo || !record->undecided()) {
        return event;
    }
    event.outcome = RoundOutcome::solo;
    event.mandate = record->mandate;
    event.fraction = 1_rate;
    event.quantity = record->intent.size();
    if (!record->mandate) event.guard_until = guard(settings, record->intent, market.now);
    return event;
}

} // namespace grekko::consensus
