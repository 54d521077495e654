// From a decision to orders: every approved quantity passes risk, is netted with what else was
// approved in the step, and becomes a parent. There is no other way to one.
#include "core/engine/emit.hpp"

namespace grekko::engine {

// Older work of the agent on the instrument must have ended: until then the decision waits.
void Engine::execute_waiting(AgentId agent, InstrumentId instrument) {
    const std::vector<PendingIntent> all = waiting(state_.pending, agent, instrument);
    for (const PendingIntent& pending : all) {
        // One intent per agent and instrument: of several that waited the newest is meant.
        if (pending.intent != all.back().intent) {
            emit(events::IntentSuperseded{pending.intent, all.back().intent},
                 Sequence{pending.intent.value()});
            ask_decision(pending.intent, DecisionStatus::superseded, "a newer intent");
            continue;
        }
        const consensus::IntentRecord* record =
            consensus::find_intent(state_.consensus, pending.intent);
        if (record == nullptr) continue;
        if (record->retarget && has_ending_work(agent, instrument)) continue;
        execute(pending);
    }
}

bool Engine::has_ending_work(AgentId agent, InstrumentId instrument) const {
    for (const ParentId id : state_.execution.open_parents) {
        const execution::ParentRecord& record = *state_.execution.parents.find(id);
        if (record.parent.agent == agent && record.parent.instrument == instrument &&
            record.ending != events::ParentEnd{}) {
            return true;
        }
    }
    return false;
}

void Engine::execute(const PendingIntent& pending) {
    const consensus::IntentRecord record =
        *consensus::find_intent(state_.consensus, pending.intent);
    const Intent& intent = record.intent;
    if (record.increase) {
        const MarketView view = market_.view(intent.instrument, VenueId{}, at_);
        const events::RoundOutcome fresh = consensus::freshness(settings_.consensus, record, view);
        if (fresh != events::RoundOutcome::passed) {
            emit(events::IntentSuperseded{pending.intent, IntentId{}},
                 Sequence{pending.intent.value()});
            return ask_decision(pending.intent, DecisionStatus::expired, consensus::name(fresh));
        }
    }
    execution::ParentRequest request;
    Parent& parent = request.parent;
    parent.intent = pending.intent;
    parent.agent = intent.agent;
    parent.instrument = intent.instrument;
    parent.side = intent.side();
    parent.purpose = record.increase ? Purpose::increase : Purpose::reduce;
    parent.quantity = pending.quantity;
    parent.limit = intent.limit;
    parent.working = intent.working;
    request.allocations.push_back(
        {ParentId{}, pending.intent, intent.agent, parent.purpose, {}, pending.quantity});
    approve(request,
            record.increase ? events::AssessmentKind::increase : events::AssessmentKind::reduce);
}

// What was approved earlier in the step counts in limits and positions from its parent on. Before
// another of the same agent, or another increase, is assessed on the same side, it is opened.
bool Engine::must_open_first(const Parent& parent) const {
    return std::ranges::any_of(approved_, [&](const execution::ParentRequest& earlier) {
        const Parent& other = earlier.parent;
        return other.instrument == parent.instrument && other.side == parent.side &&
               (other.agent == parent.agent || !reduces(parent.purpose));
    });
}

// The checks of one request; what passes waits for the end of the step.
std::string_view Engine::approve(execution::ParentRequest request, events::AssessmentKind kind) {
    Parent& parent = request.parent;
    if (must_open_first(parent)) open_parents();
    const Mark mark = market_.mark(parent.instrument, at_);
    const risk::Assessment assessment = assess(request_of(parent, kind), VenueId{});
    emit(assessment.event(), Sequence{parent.intent.value()});
    breakers_of(assessment, parent.agent);
    if (!assessment.approved()) {
        if (assessment.dust()) sweep_dust(parent.agent, parent.instrument);
        const bool small = assessment.event().verdict == events::Verdict::reduced_to_dust;
        const std::string_view why = small ? dust : risk::name(assessment.reason());
        ask_decision(parent.intent, DecisionStatus::denied, why);
        return why;
    }
    parent.quantity = assessment.event().approved;
    parent.limit = parent.limit.is_zero() ? Price{} : assessment.event().limit;
    parent.arrival = mark.price;
    parent.decided_at = at_;
    request.allocations.front().quantity = parent.quantity;
    approved_.push_back(request);
    ask_decision(parent.intent, DecisionStatus::accepted, "approved");
    return {};
}

// Opposite sides of one instrument cross inside the book first; the rests become parents (§4).
void Engine::open_parents() {
    std::vector<execution::ParentRequest> all;
    all.swap(approved_);
    std::map<InstrumentId, std::vector<execution::ParentRequest>> by_instrument;
    for (execution::ParentRequest& request : all) {
        by_instrument[request.parent.instrument].push_back(std::move(request));
    }
    for (auto& [instrument, requests] : by_instrument) {
        const Mark mark = market_.mark(instrument, at_);
        const execution::Netting netting =
            execution::cross(requests, mark, at_, universe_.instrument(instrument).contract_size);
        for (const events::InternalCross& cross : netting.crosses)
            crossed(cross);
        for (const execution::ParentRequest& request : netting.parents)
            open_parent(request);
    }
}

ParentId Engine::open_parent(const execution::ParentRequest& request) {
    auto opened = execution::open_parent(request, settings_.execution, at_);
    if (!opened) return {};
    const Sequence correlation{request.parent.intent.value()};
    const ParentId id{emit(opened->opened, correlation).value()};
    for (events::ParentAllocated& allocated : opened->allocated) {
        allocated.allocation.parent = id;
        emit(allocated, correlation);
    }
    traded_at_open_[id] = market_.traded(request.parent.instrument);
    dirty_parents_.insert(id);
    listen(request.parent.instrument);
    // On spot the stop at the venue holds what an exit sells: it is lowered first (§6).
    if (reduces(request.parent.purpose)) dirty_stops_.insert(request.parent.instrument);
    return id;
}

void Engine::crossed(const events::InternalCross& cross) {
    emit(cross, Sequence{cross.buy_intent.value()});
    cover(cross.buyer, cross.instrument, cross.buy_intent, StopId{}, cross.price);
    cover(cross.seller, cross.instrument, cross.sell_intent, StopId{}, cross.price);
}

} // namespace grekko::engine
