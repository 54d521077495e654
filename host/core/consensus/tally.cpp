#include "core/consensus/tally.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/limbs.hpp"

namespace grekko::consensus {
namespace {

constexpr UInt128 one = limbs::unit; // 1 in raw units

// a·b ≥ c·d, exact.
bool at_least(UInt128 a, UInt128 b, UInt128 c, UInt128 d) {
    const limbs::Wide left = limbs::multiply(a, b), right = limbs::multiply(c, d);
    return left.high != right.high ? left.high > right.high : left.low >= right.low;
}

UInt128 raw(Rate rate) {
    return rate.is_negative() ? 0 : static_cast<UInt128>(rate.raw());
}

Rate quotient(UInt128 part, UInt128 whole) { // part ≤ whole; rounded down
    if (whole == 0) return Rate{};
    const UInt128 digits = limbs::divide(limbs::multiply(part, one), whole).quotient;
    return Rate::from_raw(static_cast<Int128>(digits));
}

// What a member says in the count.
struct Voice {
    Ballot ballot{Ballot::abstain};
    UInt128 weight{0}, force{0}; // force = weight × confidence
    Decimal max;
    bool other_group{false};
    bool proposer{false};
};

Voice voice(const Member& member, const Ballots& ballots, const Law& law) {
    Voice voice;
    Rate confidence = member.confidence;
    Ballot ballot = member.ballot;
    voice.max = member.max.decimal();
    if (!member.answered) {
        confidence = member.intent_confidence;
        voice.max = 1_d;
        ballot = member.intent_same_side ? Ballot::approve : Ballot::reject;
        if (!member.holds_intent) ballot = Ballot::abstain;
    }
    if (ballot == Ballot::veto) ballot = Ballot::reject;
    if (confidence < law.confidence_min) ballot = Ballot::abstain;
    voice.ballot = ballot;
    voice.weight = raw(member.weight);
    voice.force = voice.weight * raw(confidence);
    voice.proposer = member.agent == ballots.proposer;
    voice.other_group = !voice.proposer && member.group != ballots.proposer_group;
    return voice;
}

// The whole electorate in numbers; `approvals` by falling max.
struct Sums {
    std::vector<Voice> approvals;
    UInt128 eligible{0}, cast{0}; // weights
    UInt128 force{0};             // of approvals and rejections: the same at every fraction
    std::uint16_t rejections{0}, abstentions{0};
    bool others{false}; // someone besides the proposer took a side

    bool quorate(const Law& law) const {
        return others && eligible > 0 && at_least(cast, one, raw(law.quorum), eligible);
    }
};

Sums sum(const Ballots& ballots, const Law& law) {
    Sums sums;
    for (const Member& member : ballots.members) {
        if (member.outside) continue;
        const Voice said = voice(member, ballots, law);
        sums.eligible += said.weight;
        if (said.ballot == Ballot::abstain) {
            ++sums.abstentions;
            continue;
        }
        sums.cast += said.weight;
        sums.force += said.force;
        sums.others = sums.others || !said.proposer;
        if (said.ballot == Ballot::approve) sums.approvals.push_back(said);
        if (said.ballot == Ballot::reject) ++sums.rejections;
    }
    std::ranges::sort(sums.approvals, std::ranges::greater{}, &Voice::max);
    return sums;
}

// The fraction at which the size is worth `part` of N; none if that is nothing or more than all.
std::optional<Decimal> tier(const Ballots& ballots, Rate part) {
    if (!ballots.nav.is_positive() || !ballots.value.is_positive()) return std::nullopt;
    const auto fraction = checked_multiply_divide(ballots.nav.decimal(), part.decimal(),
                                                  ballots.value.decimal(), Rounding::floor);
    return fraction && *fraction <= 1_d ? fraction : std::nullopt;
}

std::vector<Decimal> candidates(const Ballots& ballots, const Law& law, const Sums& sums) {
    std::vector<Decimal> found{1_d};
    if (const auto small = tier(ballots, law.size_small)) found.push_back(*small);
    if (const auto medium = tier(ballots, law.size_medium)) found.push_back(*medium);
    for (const Voice& approval : sums.approvals)
        found.push_back(approval.max);
    std::erase_if(found, [](Decimal f) { return !f.is_positive() || f > 1_d; });
    std::ranges::sort(found, std::ranges::greater{});
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

// The largest fraction that passes: falling fractions, each adding the approvals that reach it.
struct Search {
    Decimal fraction;     // zero: none passed
    UInt128 approving{0}; // force of the approvals at `fraction`, at 1 if none passed
    std::uint16_t approvals{0};
};

Search search(const Ballots& ballots, const Law& law, const Sums& sums) {
    Search at, first;
    bool other_group = false;
    for (const Decimal fraction : candidates(ballots, law, sums)) {
        for (; at.approvals < sums.approvals.size(); ++at.approvals) {
            const Voice& next = sums.approvals[at.approvals];
            if (next.max < fraction) break;
            at.approving += next.force;
            other_group = other_group || (next.other_group && next.weight > 0);
        }
        const Rate needed = threshold(ballots, law, fraction);
        if (other_group && sums.force > 0 && at_least(at.approving, one, raw(needed), sums.force)) {
            at.fraction = fraction;
            return at;
        }
        if (fraction == 1_d) first = at;
    }
    return first;
}

const Member* who_vetoed(const Ballots& ballots) {
    for (const Member& member : ballots.members) {
        if (member.veto && member.answered && member.ballot == Ballot::veto) return &member;
    }
    return nullptr;
}

bool veto_open(const Ballots& ballots) {
    return std::ranges::any_of(ballots.members,
                               [](const Member& m) { return m.veto && !m.answered; });
}

bool missing(const Member& member) {
    return !member.answered && !member.outside;
}

// The members as if all that are missing had voted so, with full confidence.
std::vector<Member> completed(const Ballots& ballots, Ballot as) {
    std::vector<Member> members(ballots.members.begin(), ballots.members.end());
    for (Member& member : members) {
        if (!missing(member)) continue;
        member.answered = true;
        member.ballot = as;
        member.confidence = member.max = 1_rate;
    }
    return members;
}

Decimal fraction_if(Ballots ballots, const Law& law, Ballot as) {
    const std::vector<Member> members = completed(ballots, as);
    ballots.members = members;
    return search(ballots, law, sum(ballots, law)).fraction;
}

} // namespace

Ballots ballots(const Round& round) {
    return {round.members, round.proposer, round.proposer_group,      round.nav,
            round.value,   round.churn,    round.veto_missing_refuses};
}

Rate threshold(const Ballots& ballots, const Law& law, Decimal fraction) {
    const auto within = [&](Rate part) {
        if (ballots.nav.is_negative()) return false;
        return at_least(raw(part), static_cast<UInt128>(ballots.nav.raw()),
                        static_cast<UInt128>(fraction.raw()), raw(Rate{ballots.value.decimal()}));
    };
    Rate needed = law.approval_large;
    if (within(law.size_medium)) needed = law.approval_medium;
    if (within(law.size_small)) needed = law.approval_small;
    return needed + ballots.churn;
}

Count tally(const Ballots& ballots, const Law& law) {
    const Sums sums = sum(ballots, law);
    const Search found = search(ballots, law, sums);
    Count count;
    for (const Member& member : ballots.members) {
        if (member.outside) continue;
        ++count.eligible;
        if (!member.answered) ++count.misses;
    }
    count.quorate = sums.quorate(law);
    count.quorum = quotient(sums.cast, sums.eligible);
    count.approval = quotient(found.approving, sums.force);
    count.approvals = found.approvals;
    count.rejections =
        static_cast<std::uint16_t>(sums.rejections + sums.approvals.size() - found.approvals);
    count.abstentions = sums.abstentions;
    count.threshold = threshold(ballots, law, found.fraction.is_zero() ? 1_d : found.fraction);

    const Member* holder = who_vetoed(ballots);
    if (holder != nullptr) {
        count.outcome = RoundOutcome::vetoed;
        count.vetoed_by = holder->agent;
    } else if (ballots.veto_missing_refuses && veto_open(ballots)) {
        count.outcome = RoundOutcome::veto_missing;
    } else if (!count.quorate) {
        count.outcome = RoundOutcome::no_quorum;
    } else if (found.fraction.is_zero()) {
        count.outcome = RoundOutcome::rejected;
    } else {
        count.outcome = RoundOutcome::passed;
        count.fraction = Rate{found.fraction};
    }
    return count;
}

// Of all ways to complete a round, full approval gives the largest fraction and full rejection the
// smallest, once the quorum is certain; so the round is settled when these two agree.
bool settled(const Ballots& ballots, const Law& law) {
    if (veto_open(ballots)) return false;
    if (who_vetoed(ballots) != nullptr) return true;
    if (std::ranges::none_of(ballots.members, missing)) return true;

    const std::vector<Member> members = completed(ballots, Ballot::abstain);
    Ballots silent = ballots;
    silent.members = members;
    const Sums certain = sum(silent, law);
    UInt128 possible = certain.cast;
    for (const Member& member : ballots.members)
        possible += missing(member) ? raw(member.weight) : 0;
    if (!at_least(possible, one, raw(law.quorum), certain.eligible)) return true; // never a quorum
    if (!certain.quorate(law)) return false;
    return fraction_if(ballots, law, Ballot::approve) == fraction_if(ballots, law, Ballot::reject);
}

} // namespace grekko::consensus
