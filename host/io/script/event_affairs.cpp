// The agent's own affairs: proposals of others and its vote, decisions, orders, fills, timers.
#include "io/script/api.hpp"
#include "io/script/dispatch.hpp"
#include "io/script/fields.hpp"

namespace grekko::script {

namespace {

constexpr std::array<std::string_view, 3> ballots = {"approve", "reject", "abstain"};
constexpr std::array modes = {"", "aggressive", "balanced", "conservative"};

void push_proposal(lua_State* state, const Runtime& runtime, const Proposal& proposal) {
    lua_createtable(state, 0, 16);
    const Universe& universe = runtime.view->universe();
    set_text(state, "symbol", universe.instrument(proposal.instrument).symbol.view());
    set_text(state, "side", text_of(proposal.side));
    set_number(state, "quantity", proposal.quantity.to_double());
    set_number(state, "weight_after", proposal.weight_after.to_double());
    set_number(state, "ref", proposal.reference.to_double());
    if (!proposal.stop.is_zero()) set_number(state, "stop", proposal.stop.to_double());
    if (!proposal.take.is_zero()) set_number(state, "take", proposal.take.to_double());
    set_number(state, "horizon", static_cast<double>(proposal.horizon.count()) / 1e9);
    set_number(state, "confidence", proposal.confidence.to_double());
    set_number(state, "cost", proposal.cost.to_double());
    set_text(state, "agent", proposal.name.view());
    set_text(state, "mode", modes[static_cast<std::size_t>(proposal.mode)]);
    set_text(state, "reason", proposal.reason.view());
}

Rate rate(lua_State* state, double value, const char* name) {
    return Rate{check_decimal(state, value, {}, Rounding::toward_zero, name)};
}

// What on_proposal returned: verdict, confidence, reason, { max = … }, from stack slot `first`.
void read_vote(lua_State* state, int first, Action& vote) {
    if (lua_isnil(state, first)) return;
    vote.ballot =
        static_cast<Ballot>(check_choice(state, first, "on_proposal: verdict", ballots) + 1);
    if (vote.ballot != Ballot::abstain) {
        vote.confidence = rate(
            state, check_number(state, first + 1, "on_proposal: confidence", {0, 1}), "confidence");
    }
    if (!lua_isnil(state, first + 2)) {
        vote.reason = Reason{check_text(state, first + 2, "on_proposal: reason")};
    }
    if (lua_isnil(state, first + 3)) return;
    constexpr std::array<std::string_view, 1> known = {"max"};
    const Fields options{state, first + 3, "on_proposal: options", known};
    vote.amount = rate(state, options.optional_number("max", {0, 1}).value_or(1), "max").decimal();
}

void push_timer(lua_State* state, const Timer& timer, Instant now) {
    lua_createtable(state, 0, 3);
    set_text(state, "name", timer.name);
    set_number(state, "id", static_cast<double>(timer.id));
    set_number(state, "time", seconds(now));
}

} // namespace

void on_proposal(lua_State* state, Runtime& runtime) {
    const Proposal& proposal = *runtime.ask->proposal;
    Action vote;
    vote.kind = ActionKind::vote;
    vote.instrument = proposal.instrument;
    vote.side = proposal.side;
    vote.round = proposal.round;
    vote.amount = Decimal::whole(1);
    const Market* const market = runtime.find_market(proposal.instrument);
    if (!runtime.has(Handler::proposal)) {
        vote.reason = Reason{"has no opinion"};
    } else if (market != nullptr && !market->ready) {
        vote.reason = Reason{"warming up"};
    } else {
        runtime.phase = Phase::voting;
        const int first = lua_gettop(state) + 1;
        begin_handler(state, Handler::proposal);
        push_proposal(state, runtime, proposal);
        call_handler(state, 1, 4);
        runtime.phase = Phase::handling;
        runtime.invalid_output = true; // until the vote is read
        read_vote(state, first, vote);
        runtime.invalid_output = false;
    }
    runtime.answer->actions.push_back(vote);
}

void on_decision(lua_State* state, Runtime& runtime) {
    const Decision& decision = *runtime.ask->decision;
    const auto note = runtime.intents.find(decision.instrument);
    if (note != runtime.intents.end() && decision.status != DecisionStatus::superseded) {
        note->second.status = static_cast<std::uint64_t>(decision.status);
    }
    if (!runtime.has(Handler::decision)) return;
    begin_handler(state, Handler::decision);
    lua_createtable(state, 0, 9);
    set_text(state, "symbol",
             runtime.view->universe().instrument(decision.instrument).symbol.view());
    set_text(state, "status", intent_states[static_cast<std::size_t>(decision.status)]);
    set_text(state, "side", text_of(decision.side));
    set_number(state, "requested", decision.requested.to_double());
    set_number(state, "quantity", decision.quantity.to_double());
    set_text(state, "reason", decision.reason.view());
    lua_createtable(state, 0, 3);
    set_number(state, "approve", decision.approvals);
    set_number(state, "reject", decision.rejections);
    set_number(state, "abstain", decision.abstentions);
    lua_setfield(state, -2, "votes");
    call_handler(state, 1);
}

void on_order(lua_State* state, Runtime& runtime) {
    if (!runtime.has(Handler::order)) return;
    constexpr std::array names = {"none",           "submitted",       "accepted", "partly_filled",
                                  "pending_cancel", "pending_replace", "unknown",  "filled",
                                  "cancelled",      "rejected",        "expired",  "lapsed"};
    const OrderUpdate& update = *runtime.ask->order;
    begin_handler(state, Handler::order);
    lua_createtable(state, 0, 8);
    set_number(state, "id", static_cast<double>(update.order.id.value()));
    set_text(state, "symbol",
             runtime.view->universe().instrument(update.order.instrument).symbol.view());
    set_text(state, "side", text_of(update.order.side));
    set_number(state, "quantity", update.order.quantity.to_double());
    set_number(state, "filled", update.filled.to_double());
    set_number(state, "limit", update.order.limit.to_double());
    set_text(state, "status", names[static_cast<std::size_t>(update.status) % names.size()]);
    set_text(state, "reason", update.reason.view());
    call_handler(state, 1);
}

void on_fill(lua_State* state, Runtime& runtime) {
    if (!runtime.has(Handler::fill)) return;
    const events::FillAllocated& fill = *runtime.ask->fill;
    begin_handler(state, Handler::fill);
    lua_createtable(state, 0, 8);
    set_text(state, "symbol", runtime.view->universe().instrument(fill.instrument).symbol.view());
    set_text(state, "side", text_of(fill.side));
    set_number(state, "quantity", fill.quantity.to_double());
    set_number(state, "price", fill.price.to_double());
    set_number(state, "value", fill.value.to_double());
    set_number(state, "fee", fill.fee_quote.to_double());
    set_flag(state, "reduces", reduces(fill.purpose));
    push_venue(state, runtime, fill.venue);
    lua_setfield(state, -2, "venue");
    call_handler(state, 1);
}

void on_timer(lua_State* state, Runtime& runtime) {
    const std::uint64_t id = runtime.ask->head.subject;
    const Instant now = runtime.now();
    for (std::size_t i = 0; i < runtime.timers.size(); ++i) {
        Timer& timer = runtime.timers[i];
        if (timer.id != id) continue;
        if (now.nanoseconds() < timer.next) return; // asked for twice, after a restart
        const Timer fired = timer;
        const std::int64_t period = timer.kind == 1 ? timer.period : 86'400'000'000'000;
        if (timer.kind == 0) {
            runtime.timers.erase(runtime.timers.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
            timer.next += ((now.nanoseconds() - timer.next) / period + 1) * period;
            Action again;
            again.kind = ActionKind::timer;
            again.at = Instant::from_nanoseconds(timer.next);
            again.name = timer.id;
            runtime.answer->actions.push_back(again);
        }
        if (!runtime.has(Handler::timer)) return;
        begin_handler(state, Handler::timer);
        push_timer(state, fired, now);
        call_handler(state, 1);
        return;
    }
}

} // namespace grekko::script
