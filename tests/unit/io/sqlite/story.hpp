// A short story as records: an agent registers, proposes, is voted on, judged, ordered, filled and
// accounted for; a second intent is denied by risk. For tests of views and explain.
// It is not what an engine would write to the byte: amounts are chosen to be told apart.
#pragma once

#include "support/records.hpp"

namespace grekko::tests {

class Story {
public:
    Story() {
        register_agents();
        propose();
        judge_and_trade();
        deny();
    }
    const OwnedBatch& batch() const { return batch_; }

    static constexpr std::uint64_t intent = 4, round_closed = 10, order = 13, fill = 15,
                                   denied_intent = 19, denial = 20, last = 21;

private:
    template <class Body>
    std::uint64_t add(const Body& body, std::uint64_t correlation, std::uint64_t causation) {
        RecordHead head;
        head.sequence = Sequence{batch_.last + 1};
        head.at = OwnedBatch::at(batch_.last + 1);
        head.correlation = Sequence{correlation};
        head.causation = Sequence{causation};
        add_record(batch_.payload, head, body);
        batch_.first = 1;
        return ++batch_.last;
    }

    void register_agents() {
        for (std::uint16_t i = 1; i <= 2; ++i) {
            events::AgentRegistered agent;
            agent.agent = AgentId{i};
            agent.name = i == 1 ? "momentum" : "careful";
            agent.allocation = Notional::whole(1'000);
            add(agent, 0, 0);
        }
        MarketStep step;
        step.position = TapePosition{77};
        step.instrument = InstrumentId{1};
        step.kind = MarketKind::trade;
        add(step, 0, 0);
    }
    void propose() {
        events::IntentProposed proposed;
        proposed.id = IntentId{intent};
        proposed.increase = true;
        Intent& asked = proposed.intent;
        asked.agent = AgentId{1};
        asked.instrument = InstrumentId{1};
        asked.target = asked.delta = 0.5_quantity;
        asked.reference = Price::whole(100);
        asked.limit = Price::whole(101);
        asked.confidence = 0.8_rate;
        asked.reason = "breakout \"above\" the range";
        add(proposed, 0, 3);
        events::RoundOpened opened;
        opened.round = IntentId{intent};
        opened.members = opened.groups = 2;
        add(opened, intent, intent);
        for (std::uint16_t i = 1; i <= 2; ++i) {
            events::RoundMember member;
            member.round = IntentId{intent};
            member.agent = AgentId{i};
            member.weight = i == 1 ? 0.6_rate : 0.4_rate;
            add(member, intent, 5);
        }
        for (std::uint16_t i = 1; i <= 2; ++i) {
            events::VoteCast cast;
            cast.round = IntentId{intent};
            cast.vote.agent = AgentId{i};
            cast.vote.ballot = i == 1 ? Ballot::approve : Ballot::reject;
            cast.vote.confidence = 0.7_rate;
            cast.vote.max = 1_rate;
            cast.vote.reason = i == 1 ? "own proposal" : "too late in the day";
            cast.after = Duration::milliseconds(i);
            add(cast, intent, 5);
        }
        events::RoundClosed closed;
        closed.round = IntentId{intent};
        closed.outcome = events::RoundOutcome::passed;
        closed.approvals = closed.rejections = 1;
        closed.eligible = 2;
        closed.approval = 0.61_rate;
        closed.threshold = 0.55_rate;
        closed.fraction = 1_rate;
        closed.quantity = 0.5_quantity;
        closed.mark = Price::whole(100);
        add(closed, intent, 5);
    }
    events::RiskAssessed assessed(std::uint64_t about, events::Verdict verdict) {
        events::RiskAssessed judged;
        judged.intent = IntentId{about};
        judged.agent = AgentId{1};
        judged.instrument = InstrumentId{1};
        judged.kind = events::AssessmentKind::increase;
        judged.verdict = verdict;
        judged.requested = 0.5_quantity;
        judged.mark = Price::whole(100);
        return judged;
    }
    void judge_and_trade() {
        auto judged = assessed(intent, events::Verdict::approved);
        judged.approved = 0.5_quantity;
        judged.warned = 1U << 3U;
        add(judged, intent, round_closed);
        events::ParentOpened parent;
        parent.parent.intent = IntentId{intent};
        add(parent, intent, 11);
        events::OrderSubmitted submitted;
        submitted.order.id = OrderId{order};
        submitted.order.intent = IntentId{intent};
        submitted.order.agent = AgentId{1};
        submitted.order.instrument = InstrumentId{1};
        submitted.order.venue = VenueId{1};
        submitted.order.quantity = 0.5_quantity;
        submitted.order.limit = Price::whole(101);
        submitted.order.client_id = "abc-13";
        add(submitted, intent, 12);
        add(events::OrderAccepted{OrderId{order}, "venue-9", {}}, intent, order);
        events::OrderFilled filled;
        filled.fill.order = OrderId{order};
        filled.fill.venue = VenueId{1};
        filled.fill.instrument = InstrumentId{1};
        filled.fill.price = Price::whole(100);
        filled.fill.quantity = filled.filled = 0.5_quantity;
        filled.fill.fee = Decimal::from_units(3, -1);
        filled.fill.fee_currency = "USD";
        filled.fill.trade_id = "t-1";
        filled.status = OrderStatus::filled;
        add(filled, intent, 14);
        events::FillAllocated share;
        share.order = OrderId{order};
        share.intent = IntentId{intent};
        share.agent = AgentId{1};
        share.instrument = InstrumentId{1};
        share.quantity = 0.5_quantity;
        share.price = Price::whole(100);
        share.value = Notional::whole(50);
        share.fee_quote = 0.3_notional;
        add(share, intent, fill);
        events::IntentClosed ended;
        ended.intent = IntentId{intent};
        ended.agent = AgentId{1};
        ended.requested = ended.filled = 0.5_quantity;
        ended.signal = Notional::whole(4);
        ended.fees = 0.3_notional;
        add(ended, intent, fill);
        events::NavMarked nav;
        nav.nav = Notional::whole(2'004);
        add(nav, 0, fill);
    }
    void deny() {
        events::IntentProposed proposed;
        proposed.id = IntentId{denied_intent};
        proposed.intent.agent = AgentId{1};
        proposed.intent.instrument = InstrumentId{1};
        proposed.intent.delta = -1_quantity;
        add(proposed, 0, 3);
        auto judged = assessed(denied_intent, events::Verdict::denied);
        judged.reason = 2;
        judged.blocked = (1U << 2U) | (1U << 5U);
        add(judged, denied_intent, denied_intent);
        add(events::StopMoved{}, 0, 0);
    }

    OwnedBatch batch_;
};

} // namespace grekko::tests
