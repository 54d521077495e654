// emit(): the one place where a fact comes into being: it gets the next sequence, is written into
// the open frame and applied to every part of the state. Also writes the record of the input that
// caused it, once a step, before the first event. Private to the engine.
#pragma once

#include "core/engine/engine.hpp"

namespace grekko::engine {

// What risk leaves of a size that no venue would take.
inline constexpr std::string_view dust = "REDUCED_TO_DUST";

namespace emit_detail {

// Events that carry their own id: it is the sequence of their record.
template <class Body>
void set_id(Body&, Sequence) {}
inline void set_id(events::IntentProposed& e, Sequence s) {
    e.id = IntentId{s.value()};
}
inline void set_id(events::MandateGranted& e, Sequence s) {
    e.id = MandateId{s.value()};
}
inline void set_id(events::ParentOpened& e, Sequence s) {
    e.parent.id = ParentId{s.value()};
}
inline void set_id(events::OrderSubmitted& e, Sequence s) {
    e.order.id = OrderId{s.value()};
}
inline void set_id(events::StopArmed& e, Sequence s) {
    e.id = StopId{s.value()};
}

// What the reserve of a full disk is not for. All else has happened or takes risk away, and it is
// little: nothing that adds risk is decided once the engine knows.
template <class Body>
constexpr bool adds_risk(const Body&) {
    return false;
}
inline bool adds_risk(const events::OrderSubmitted& e) {
    return !reduces(e.order.purpose);
}
inline bool adds_risk(const events::ReplaceRequested& e) {
    return !reduces(e.replacement.purpose);
}

} // namespace emit_detail

template <class Body>
Sequence Engine::emit(Body body, Sequence correlation) {
    if (cause_.is_none() && market_input_ != nullptr) {
        record_input(MarketStep{
            position_, market_input_->instrument, market_input_->venue, market_input_->kind, {}});
    }
    RecordHead head;
    head.sequence = Sequence{state_.identity.last.value() + 1};
    head.at = at_;
    head.correlation = correlation.is_none() ? cause_ : correlation;
    head.causation = cause_;
    emit_detail::set_id(body, head.sequence);
    head.tag = Body::tag;
    head.size = sizeof head + sizeof body;
    frame_.push(head, body);
    frame_reserve_ = frame_reserve_ && !emit_detail::adds_risk(body);
    if constexpr (std::is_same_v<Body, events::BookStateChanged> ||
                  std::is_same_v<Body, events::BreakerChanged>) {
        frame_urgent_ = true;
    }
    apply_all(state_, body, head);
    return head.sequence;
}

// Of an input the causation field holds its tape position: where in the market it came.
template <class Body>
void Engine::record_input(const Body& body) {
    RecordHead head;
    head.sequence = Sequence{state_.identity.last.value() + 1};
    head.at = at_;
    head.correlation = head.sequence;
    head.causation = Sequence{position_.value()};
    head.tag = Body::tag;
    head.size = sizeof head + sizeof body;
    frame_.push(head, body);
    apply_all(state_, body, head);
    if (cause_.is_none()) cause_ = head.sequence;
}

} // namespace grekko::engine
