#include "research/sim/actor.hpp"

namespace grekko::sim {
namespace {

constexpr std::uint64_t actor_stream = 501;

Rate rate(std::int64_t per_mille) {
    return Rate{Decimal::from_units(per_mille, -3)};
}

} // namespace

Actor::Actor(const ActorPlan& plan, const Universe& universe, std::uint64_t seed,
             std::uint64_t number)
    : plan_{plan},
      random_{seed, actor_stream + number} {
    description_.name = AgentName{plan.name};
    description_.mode = plan.mode;
    description_.code_hash = plan.name;
    description_.parameters_hash = "none";
    for (const Instrument& instrument : universe.instruments) {
        if (instrument.id.is_none()) continue;
        ports::Subscription wanted;
        wanted.instrument = instrument.id;
        wanted.trades = true;
        description_.subscriptions.push_back(wanted);
        description_.votes.push_back(instrument.id);
    }
}

bool Actor::ask(const Ask& ask, const ports::AgentView& view, Answer& answer, AgentFault& fault) {
    if (character() == Character::faulting && random_.chance(0.02)) {
        fault.kind = FaultKind::error;
        fault.message = "agent.lua:1: it fails now and then";
        return false;
    }
    if (ask.proposal != nullptr) {
        if (character() == Character::slow && random_.chance(0.7)) {
            late_.push_back(*ask.proposal);
        } else {
            vote(*ask.proposal, answer.actions);
        }
    }
    const bool hostile = character() == Character::hostile;
    if (hostile && random_.chance(0.05)) {
        nonsense(ask.head.instrument, view.market(InstrumentId{1}, VenueId{}).mark.price,
                 answer.actions);
    }
    if (ask.head.kind != AskKind::trade) return true;
    while (!late_.empty()) {
        vote(late_.front(), answer.actions);
        late_.pop_front();
    }
    if (random_.chance(plan_.eagerness)) act(view, ask.head.instrument, answer.actions);
    return true;
}

void Actor::vote(const Proposal& proposal, std::vector<Action>& out) {
    Action action;
    action.kind = ActionKind::vote;
    action.round = proposal.round;
    action.instrument = proposal.instrument;
    action.ballot = random_.chance(0.85)  ? Ballot::approve
                    : random_.chance(0.5) ? Ballot::reject
                                          : Ballot::abstain;
    action.amount = random_.chance(0.8) ? 1_d : Decimal::from_units(random_.between(1, 10), -1);
    action.confidence = rate(random_.between(100, 900));
    action.reason = "drawn";
    out.push_back(action);
}

Working Actor::working() {
    Working out;
    out.urgency = static_cast<Urgency>(1 + random_.below(3));
    if (random_.chance(0.25)) out.algorithm = static_cast<Algorithm>(1 + random_.below(3));
    out.on_timeout = random_.chance(0.5) ? OnTimeout::cross : OnTimeout::cancel;
    if (random_.chance(0.5)) out.over = Duration::seconds(random_.between(5, 40));
    return out;
}

// What the market can give at once and what is worth its costs: that nothing is traded is then the
// host's doing, not that of the draw.
void Actor::make_tradable(Action& action, Price mark) {
    action.limit = Price{};
    action.stop = round_to(multiply(mark, rate(970), Rounding::floor), 0.01_price, Rounding::floor);
    action.take =
        round_to(multiply(mark, rate(1'200), Rounding::floor), 0.01_price, Rounding::floor);
    action.confidence = rate(900);
    action.horizon = Duration::hours(2);
    action.working = Working{};
    action.working.urgency = Urgency::urgent;
}

Action Actor::target(InstrumentId instrument, Price mark) {
    Action action;
    action.kind = ActionKind::target;
    action.instrument = instrument;
    const Decimal value =
        multiply(plan_.value, Decimal::from_units(random_.between(0, 100), -2), Rounding::floor);
    const Decimal quantity = divide(value, mark.decimal(), Rounding::floor);
    action.amount = round_to(quantity, 0.0001_d, Rounding::floor);
    if (random_.chance(0.2)) {
        action.sizing = Sizing::weight;
        action.amount = Decimal::from_units(random_.between(0, 20), -2);
    }
    const std::int64_t below = random_.chance(0.2) ? 999 : random_.between(960, 990);
    action.stop =
        round_to(multiply(mark, rate(below), Rounding::floor), 0.01_price, Rounding::floor);
    if (random_.chance(0.3)) {
        action.take =
            round_to(multiply(mark, rate(1'000 + random_.between(1, 200)), Rounding::floor),
                     0.01_price, Rounding::floor);
    }
    if (random_.chance(0.2)) action.trail = rate(random_.between(5, 40));
    if (random_.chance(0.2)) {
        action.limit = round_to(multiply(mark, rate(random_.between(995, 1'004)), Rounding::floor),
                                0.01_price, Rounding::floor);
    }
    action.horizon = Duration::minutes(random_.between(1, 120));
    action.confidence = rate(random_.between(200, 900));
    action.working = working();
    action.reason = "drawn";
    if (healed_ && random_.chance(0.5)) make_tradable(action, mark);
    return action;
}

void Actor::act(const ports::AgentView& view, InstrumentId instrument, std::vector<Action>& out) {
    const Mark mark = view.market(instrument, VenueId{}).mark;
    if (!mark.known()) return;
    const std::uint64_t drawn = random_.below(100);
    if (drawn < 65) return out.push_back(target(instrument, mark.price));
    Action action;
    action.instrument = instrument;
    if (drawn < 85) {
        action.kind = ActionKind::close;
        action.working = working();
    } else if (drawn < 93) {
        action.kind = ActionKind::cancel;
    } else if (drawn < 97) {
        action.kind = ActionKind::stop;
        action.stop =
            round_to(multiply(mark.price, rate(random_.between(980, 999)), Rounding::floor),
                     0.01_price, Rounding::floor);
    } else {
        action.kind = ActionKind::timer;
        action.name = random_.below(8);
        action.at = view.now() + Duration::seconds(random_.between(1, 30));
    }
    out.push_back(action);
}

// Amounts at and beyond the edges of what an amount can be.
Decimal Actor::any_amount() {
    switch (random_.below(7)) {
    case 0: return Decimal::max();
    case 1: return Decimal::min();
    case 2: return Decimal::from_raw(1);
    case 3: return -1_d;
    case 4: return 1000000000000000000_d;
    case 5: return Decimal{};
    default: return Decimal::whole(random_.between(-1'000'000, 1'000'000));
    }
}

void Actor::nonsense(InstrumentId instrument, Price mark, std::vector<Action>& out) {
    const std::int64_t count = random_.chance(0.02) ? 1'000 : random_.between(1, 4);
    for (std::int64_t i = 0; i < count; ++i) {
        Action action;
        action.kind = static_cast<ActionKind>(1 + random_.below(10));
        action.sizing = static_cast<Sizing>(1 + random_.below(4));
        action.side = random_.chance(0.5) ? Side::buy : Side::sell;
        action.ballot = static_cast<Ballot>(1 + random_.below(4));
        action.instrument = random_.chance(0.7)
                                ? instrument
                                : InstrumentId{static_cast<std::uint16_t>(random_.below(65'536))};
        action.round = IntentId{random_.below(5'000)};
        action.amount = any_amount();
        action.limit = random_.chance(0.5) ? mark : Price{any_amount()};
        action.stop = random_.chance(0.5) ? mark : Price{any_amount()};
        action.take = Price{any_amount()};
        action.trail = Rate{any_amount()};
        action.confidence = Rate{any_amount()};
        action.horizon = Duration::nanoseconds(random_.between(-1'000'000'000'000, INT64_MAX / 2));
        action.ttl = Duration::nanoseconds(random_.between(-1'000'000'000, 1'000'000'000'000));
        action.working = working();
        action.working.slices = static_cast<std::uint8_t>(random_.below(256));
        action.working.over = Duration::nanoseconds(random_.between(-1, 1'000'000'000'000));
        action.inventory_min = Quantity{any_amount()};
        action.inventory_max = Quantity{any_amount()};
        action.at = Instant::from_nanoseconds(random_.between(0, INT64_MAX / 2));
        action.name = random_.bits();
        out.push_back(action);
    }
}

std::vector<std::unique_ptr<Actor>> make_actors(const Plan& plan) {
    std::vector<std::unique_ptr<Actor>> out;
    for (std::size_t i = 0; i < plan.actors.size(); ++i) {
        out.push_back(std::make_unique<Actor>(plan.actors[i], plan.universe, plan.seed, i));
    }
    return out;
}

} // namespace grekko::sim
