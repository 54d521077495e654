// A table of agents around one State: proposes, votes and closes as the engine would, and keeps
// every event so that a test can fold them again. It checks nothing by itself.
// The tests of core/consensus use it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/archive.hpp"
#include "core/consensus/consensus.hpp"

namespace grekko::consensus {

inline constexpr InstrumentId btc{1}, eth{2};

class Table {
public:
    Settings settings;
    State state;
    ProposalContext context;
    MarketView market;
    Notional nav{1'000'000_notional};
    std::vector<Elector> electors;
    bool keep{true}; // every event, for folded()

    // Agents 1..count, each a group of its own with weight 1.
    explicit Table(std::uint16_t count = 3) {
        for (std::uint16_t i = 1; i <= count; ++i) {
            electors.push_back({.agent = AgentId{i}, .group = i, .weight = 1_rate});
        }
        context.lot = 0.001_quantity;
        context.tick = 0.01_price;
        context.notional_min = 1_notional;
        context.agents_configured = count;
        context.mark = {.price = 100_price, .source = MarkSource::book, .stale = false};
        market.mark = context.mark;
        at(Instant::from_seconds(1'000'000));
    }

    void at(Instant now) {
        now_ = now;
        context.now = now;
        market.now = now;
    }
    void pass(Duration time) { at(now_ + time); }
    Instant now() const { return now_; }
    void move_mark(Price price) {
        market.mark.price = price;
        context.mark.price = price;
    }

    template <class Event>
    void emit(Event event) {
        RecordHead head{.sequence = Sequence{++sequence_}, .at = now_};
        if constexpr (requires { event.id = IntentId{}; } &&
                      std::is_same_v<Event, events::IntentProposed>) {
            event.id = IntentId{sequence_};
        }
        if constexpr (std::is_same_v<Event, events::MandateGranted>) {
            event.id = MandateId{sequence_};
        }
        apply(state, event, head);
        if (keep) folds_.push_back([event, head](State& to) { apply(to, event, head); });
    }

    Intent increase(std::uint16_t agent, Quantity target = 10_quantity,
                    Rate confidence = 0.5_rate) const {
        return {.agent = AgentId{agent},
                .instrument = btc,
                .target = target,
                .stop = target.is_negative() ? 105_price : 95_price,
                .horizon = Duration::hours(1),
                .confidence = confidence};
    }
    ProposalOutcome ask(const Intent& intent) {
        context.electorate = electors;
        return consensus::propose(state, settings, intent, context);
    }
    // Proposes and, where it is to be voted, opens the round; none if it was refused.
    IntentId propose(const Intent& intent) {
        const ProposalOutcome outcome = ask(intent);
        if (!outcome.accepted) return {};
        emit(outcome.proposed);
        const IntentId id{sequence_};
        if (!outcome.supersedes.is_none()) {
            emit(events::IntentSuperseded{.id = outcome.supersedes, .by = id});
            emit(*withdraw(state, settings, outcome.supersedes, RoundOutcome::superseded, market));
        }
        if (outcome.proposed.route == IntentRoute::vote) open(id);
        return id;
    }
    void open(IntentId id) {
        std::uint16_t group = 0;
        const Intent intent = find_intent(state, id)->intent;
        for (const Elector& elector : electors) {
            if (elector.agent == intent.agent) group = elector.group;
        }
        const Notional value = multiply(intent.reference, intent.size(), Rounding::half_even);
        const auto round = open_round(state, settings, id,
                                      {.now = now_,
                                       .nav = nav,
                                       .value = value,
                                       .electorate = electors,
                                       .proposer_group = group});
        emit(round->opened);
        for (const auto& member : round->members)
            emit(member);
        if (round->own) emit(*round->own);
    }
    // What was recorded; nothing if the vote was not.
    std::optional<events::VoteCast> cast(IntentId round, std::uint16_t agent, Ballot ballot,
                                         Rate confidence = 0.5_rate, Rate max = 1_rate,
                                         const char* reason = "because") {
        const auto event = vote(state, settings, round,
                                {.agent = AgentId{agent},
                                 .ballot = ballot,
                                 .confidence = confidence,
                                 .max = max,
                                 .reason = reason},
                                now_);
        if (event) emit(*event);
        return event;
    }
    std::optional<events::RoundClosed> close(IntentId round, CloseCause cause = CloseCause::vote) {
        const auto event = try_close(state, settings, round, cause, market);
        if (event) emit(*event);
        return event;
    }
    // The same events into a State of its own.
    State folded() const {
        State other;
        for (const auto& fold : folds_)
            fold(other);
        return other;
    }

private:
    Instant now_;
    std::uint64_t sequence_{0};
    std::vector<std::function<void(State&)>> folds_;
};

} // namespace grekko::consensus
