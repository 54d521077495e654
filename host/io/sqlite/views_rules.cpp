#include "domain/event.hpp"
#include "io/sqlite/views_schema.hpp"

namespace grekko::sqlite {
namespace {

using namespace events;

constexpr ViewRule rules[]{
    {AgentRegistered::tag,
     "INSERT INTO agents(agent, name, mode, native, status, risk_tolerance, participation, "
     "allocation, updated_at) VALUES(:agent, :name, :mode, :native, 'idle', :risk_tolerance, "
     ":participation, :allocation, :at) ON CONFLICT(agent) DO UPDATE SET name = :name, "
     "mode = :mode, native = :native, risk_tolerance = :risk_tolerance, "
     "participation = :participation, allocation = :allocation, updated_at = :at"},
    {AgentStatusChanged::tag,
     "UPDATE agents SET status = :to, reason = :reason, updated_at = :at WHERE agent = :agent"},
    {AgentFaulted::tag,
     "UPDATE agents SET faults = faults + 1, reason = :message, updated_at = :at "
     "WHERE agent = :agent"},
    {GenerationChanged::tag,
     "UPDATE agents SET generation = :to, code_hash = :code_hash, updated_at = :at "
     "WHERE agent = :agent"},
    {AgentSettingChanged::tag,
     "UPDATE agents SET participation = iif(:setting = 'agent_participation', :to, participation), "
     "allocation = iif(:setting = 'agent_allocation', :to, allocation), "
     "risk_tolerance = iif(:setting = 'agent_risk_tolerance', :to, risk_tolerance), "
     "updated_at = :at WHERE agent = :agent"},
    {AttendanceChanged::tag,
     "UPDATE agents SET attendance = :attendance, updated_at = :at WHERE agent = :agent"},
    {AgentMarked::tag, "UPDATE agents SET equity = :equity, updated_at = :at WHERE agent = :agent"},

    {IntentProposed::tag,
     "INSERT INTO intents(intent, at, agent, instrument, side, route, increase, target, delta, "
     "reference, limit_price, stop, take, confidence, reason, state, updated_at) "
     "VALUES(:sequence, :at, :intent_agent, :intent_instrument, "
     "iif(substr(:intent_delta, 1, 1) = '-', 'sell', 'buy'), :route, :increase, :intent_target, "
     ":intent_delta, :intent_reference, :intent_limit, :intent_stop, :intent_take, "
     ":intent_confidence, :intent_reason, 'proposed', :at)"},
    {IntentRefused::tag,
     "INSERT INTO intents(intent, at, agent, instrument, side, target, delta, reference, "
     "limit_price, stop, take, confidence, reason, state, refusal, updated_at) "
     "VALUES(:sequence, :at, :intent_agent, :intent_instrument, "
     "iif(substr(:intent_delta, 1, 1) = '-', 'sell', 'buy'), :intent_target, :intent_delta, "
     ":intent_reference, :intent_limit, :intent_stop, :intent_take, :intent_confidence, "
     ":intent_reason, 'refused', :reason, :at)"},
    {IntentSuperseded::tag,
     "UPDATE intents SET state = 'superseded', updated_at = :at WHERE intent = :id"},
    {RoundOpened::tag,
     "INSERT INTO rounds(round, at, proposer, instrument, members, groups, deadline, value) "
     "VALUES(:round, :at, :proposer, :instrument, :members, :groups, :deadline, :value)"},
    {RoundOpened::tag,
     "UPDATE intents SET state = 'voting', updated_at = :at WHERE intent = :round"},
    {RoundMember::tag,
     "INSERT OR REPLACE INTO members(round, agent, grouping, weight, veto, outside) "
     "VALUES(:round, :agent, :group, :weight, :veto, :outside)"},
    {VoteCast::tag,
     "INSERT INTO votes(sequence, at, round, agent, ballot, confidence, max, reason, after_ns, "
     "late, counted, abstains) VALUES(:sequence, :at, :round, :vote_agent, :vote_ballot, "
     ":vote_confidence, :vote_max, :vote_reason, :after, :late, :counted, :abstains)"},
    {RoundClosed::tag,
     "UPDATE rounds SET outcome = :outcome, closed_at = :at, approvals = :approvals, "
     "rejections = :rejections, abstentions = :abstentions, misses = :misses, "
     "fraction = :fraction, approval = :approval, threshold = :threshold, quorum = :quorum, "
     "quorate = :quorate, vetoed_by = :vetoed_by, quantity = :quantity, mark = :mark, "
     "took_ns = :took WHERE round = :round"},
    {RoundClosed::tag,
     "UPDATE intents SET state = :outcome, updated_at = :at WHERE intent = :round"},
    {IntentClosed::tag,
     "UPDATE intents SET state = 'closed', filled = :filled, mean = :mean, signal = :signal, "
     "delay = :delay, execution = :execution, fees = :fees, funding = :funding, "
     "not_taken = :not_taken, updated_at = :at WHERE intent = :intent"},

    {RiskAssessed::tag,
     "INSERT INTO assessments(sequence, at, correlation, intent, parent, stop, agent, instrument, "
     "venue, kind, verdict, side, reason, blocked, reduced, warned, requested, approved, mark, "
     "limit_price, nav, score) VALUES(:sequence, :at, :correlation, :intent, :parent, :stop, "
     ":agent, :instrument, :venue, :kind, :verdict, :side, :reason, :blocked, :reduced, :warned, "
     ":requested, :approved, :mark, :limit, :nav, :score)"},
    {BreakerChanged::tag,
     "INSERT INTO breakers(sequence, at, scope, before, state, manual, venue, instrument, agent, "
     "cause, retry_at, reason, principal) VALUES(:sequence, :at, :scope, :from, :to, :manual, "
     ":venue, :instrument, :agent, :cause, :retry_at, :reason, :principal)"},
    {BookStateChanged::tag,
     "INSERT INTO states(sequence, at, before, state, cause, manual, frozen, half_size, reason, "
     "principal) VALUES(:sequence, :at, :from, :to, :cause, :manual, :frozen, :half_size, "
     ":reason, :principal)"},
    {LimitChanged::tag,
     "INSERT INTO limits(sequence, at, name, before, value, configured, reason, principal) "
     "VALUES(:sequence, :at, :name, :from, :to, :configured, :reason, :principal)"},

    {OrderSubmitted::tag,
     "INSERT INTO orders(id, at, correlation, parent, intent, stop, agent, instrument, venue, "
     "side, type, time_in_force, purpose, post_only, reduce_only, quantity, limit_price, "
     "trigger_price, reference, client_id, status, updated_at) VALUES(:sequence, :at, "
     ":correlation, :order_parent, :order_intent, :order_stop, :order_agent, :order_instrument, "
     ":order_venue, :order_side, :order_type, :order_time_in_force, :order_purpose, "
     ":order_post_only, :order_reduce_only, :order_quantity, :order_limit, :order_trigger, "
     ":order_reference, :order_client_id, 'submitted', :at)"},
    {OrderAccepted::tag,
     "UPDATE orders SET venue_order_id = :venue_order_id, updated_at = :at, "
     "status = iif(status IN ('submitted', 'unknown'), 'accepted', status) WHERE id = :order"},
    {OrderRejected::tag,
     "UPDATE orders SET status = 'rejected', reason = :reason || iif(:text = '', '', ': ' || :text)"
     ", updated_at = :at WHERE id = :order"},
    {OrderFilled::tag, "UPDATE orders SET status = :status, filled = :filled, updated_at = :at "
                       "WHERE id = :fill_order"},
    {OrderFilled::tag,
     "INSERT INTO fills(sequence, at, correlation, order_id, venue, instrument, side, liquidity, "
     "inferred, own, price, quantity, fee, fee_currency, trade_id, exchange_at) VALUES(:sequence, "
     ":at, :correlation, :fill_order, :fill_venue, :fill_instrument, :fill_side, :fill_liquidity, "
     ":fill_inferred, 1, :fill_price, :fill_quantity, :fill_fee, :fill_fee_currency, "
     ":fill_trade_id, :fill_exchange_at)"},
    {ForeignFill::tag,
     "INSERT INTO fills(sequence, at, correlation, order_id, venue, instrument, side, liquidity, "
     "inferred, own, price, quantity, fee, fee_currency, trade_id, exchange_at) VALUES(:sequence, "
     ":at, :correlation, :fill_order, :fill_venue, :fill_instrument, :fill_side, :fill_liquidity, "
     ":fill_inferred, 0, :fill_price, :fill_quantity, :fill_fee, :fill_fee_currency, "
     ":fill_trade_id, :fill_exchange_at)"},
    {CancelRequested::tag,
     "UPDATE orders SET status = 'pending_cancel', reason = :why, updated_at = :at "
     "WHERE id = :order"},
    {OrderCancelled::tag,
     "UPDATE orders SET status = 'cancelled', updated_at = :at WHERE id = :order"},
    {CancelRejected::tag,
     "UPDATE orders SET status = iif(filled = '0', 'accepted', 'partly_filled'), "
     "updated_at = :at WHERE id = :order AND status = 'pending_cancel'"},
    {OrderExpired::tag, "UPDATE orders SET status = 'expired', updated_at = :at WHERE id = :order"},
    {ReplaceRequested::tag,
     "UPDATE orders SET status = 'pending_replace', updated_at = :at WHERE id = :order"},
    {OrderReplaced::tag,
     "UPDATE orders SET status = iif(filled = '0', 'accepted', 'partly_filled'), "
     "updated_at = :at WHERE id = :order AND status = 'pending_replace'"},
    {ReplaceRejected::tag,
     "UPDATE orders SET status = iif(filled = '0', 'accepted', 'partly_filled'), "
     "updated_at = :at WHERE id = :order AND status = 'pending_replace'"},
    {OrderUnknown::tag, "UPDATE orders SET status = 'unknown', updated_at = :at WHERE id = :order"},
    {OrderLapsed::tag, "UPDATE orders SET status = 'lapsed', updated_at = :at WHERE id = :order"},
    {OrderTriggered::tag, "UPDATE orders SET updated_at = :at WHERE id = :order"},

    {FillAllocated::tag,
     "INSERT INTO allocations(sequence, at, order_id, parent, intent, agent, instrument, venue, "
     "side, purpose, quantity, price, value, fee, fee_currency, fee_quote) VALUES(:sequence, :at, "
     ":order, :parent, :intent, :agent, :instrument, :venue, :side, :purpose, :quantity, :price, "
     ":value, :fee, :fee_currency, :fee_quote)"},
    {FillAllocated::tag,
     "INSERT INTO positions(agent, instrument, quantity, bought, sold, fees, updated_at) "
     "VALUES(:agent, :instrument, iif(:side = 'buy', :quantity, decimal_subtract('0', :quantity)), "
     "iif(:side = 'buy', :value, '0'), iif(:side = 'buy', '0', :value), :fee_quote, :at) "
     "ON CONFLICT DO UPDATE SET quantity = decimal_add(quantity, excluded.quantity), "
     "bought = decimal_add(bought, excluded.bought), sold = decimal_add(sold, excluded.sold), "
     "fees = decimal_add(fees, excluded.fees), updated_at = :at"},
    {InternalCross::tag,
     "INSERT INTO positions(agent, instrument, quantity, bought, updated_at) "
     "VALUES(:buyer, :instrument, :quantity, :value, :at) ON CONFLICT DO UPDATE SET "
     "quantity = decimal_add(quantity, :quantity), bought = decimal_add(bought, :value), "
     "updated_at = :at"},
    {InternalCross::tag,
     "INSERT INTO positions(agent, instrument, quantity, sold, updated_at) "
     "VALUES(:seller, :instrument, decimal_subtract('0', :quantity), :value, :at) "
     "ON CONFLICT DO UPDATE SET quantity = decimal_subtract(quantity, :quantity), "
     "sold = decimal_add(sold, :value), updated_at = :at"},
    {DustSwept::tag,
     "INSERT INTO positions(agent, instrument, quantity, updated_at) "
     "VALUES(:agent, :instrument, decimal_subtract('0', :quantity), :at) ON CONFLICT DO UPDATE "
     "SET quantity = decimal_subtract(quantity, :quantity), updated_at = :at"},
    {DustSwept::tag, "INSERT INTO positions(agent, instrument, quantity, updated_at) "
                     "VALUES(65535, :instrument, :quantity, :at) ON CONFLICT DO UPDATE "
                     "SET quantity = decimal_add(quantity, :quantity), updated_at = :at"},
    {PositionMarked::tag, "UPDATE positions SET mark = :mark, updated_at = :at "
                          "WHERE agent = :agent AND instrument = :instrument"},

    {StopArmed::tag,
     "INSERT INTO stops(stop, at, intent, agent, instrument, position_side, quantity, stop_price, "
     "take, trail, state, updated_at) VALUES(:sequence, :at, :intent, :agent, :instrument, "
     ":position_side, :quantity, :stop, :take, :trail, 'armed', :at)"},
    {StopMoved::tag, "UPDATE stops SET stop_price = :stop, quantity = :quantity, updated_at = :at "
                     "WHERE stop = :id"},
    {StopTriggered::tag,
     "UPDATE stops SET state = 'triggered', cause = :cause, attempt = :attempt, updated_at = :at "
     "WHERE stop = :id"},
    {StopClosed::tag, "UPDATE stops SET state = :end, updated_at = :at WHERE stop = :id"},

    {NavMarked::tag,
     "INSERT INTO equity(sequence, at, nav, cash, units, nav_per_unit, day_start, stale) "
     "VALUES(:sequence, :at, :nav, :cash, :units, :nav_per_unit, :day_start, :stale)"},
    {Command::tag,
     "INSERT INTO commands(sequence, at, kind, principal, reason, agent, instrument, venue, "
     "target) VALUES(:sequence, :at, :kind, :principal, :reason, :agent, :instrument, :venue, "
     ":target)"},
    {CommandHandled::tag,
     "UPDATE commands SET accepted = :accepted, outcome = :outcome WHERE sequence = :causation"},
};

} // namespace

std::span<const ViewRule> view_rules() {
    return rules;
}

} // namespace grekko::sqlite
