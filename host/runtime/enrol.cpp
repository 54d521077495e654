#include "runtime/enrol.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace grekko::runtime {
namespace {

events::AgentSubscribed subscription_of(const ports::Subscription& wanted, bool votes) {
    events::AgentSubscribed out;
    out.instrument = wanted.instrument;
    out.trades = wanted.trades;
    out.quotes = wanted.quotes;
    out.books = wanted.books;
    out.votes = votes;
    for (std::size_t i = 0; i < wanted.bars.size() && i < std::size(out.bars); ++i) {
        out.bars[i] = wanted.bars[i];
    }
    return out;
}

std::vector<events::AgentSubscribed> subscriptions_of(const ports::AgentDescription& agent) {
    std::vector<events::AgentSubscribed> out;
    std::vector<InstrumentId> votes = agent.votes;
    for (const ports::Subscription& wanted : agent.subscriptions) {
        const auto vote = std::ranges::find(votes, wanted.instrument);
        out.push_back(subscription_of(wanted, vote != votes.end()));
        if (vote != votes.end()) votes.erase(vote);
    }
    for (const InstrumentId instrument : votes) {
        ports::Subscription none;
        none.instrument = instrument;
        out.push_back(subscription_of(none, true));
    }
    return out;
}

Rate tolerance_of(const Enrolment& enrolment) {
    if (!enrolment.risk_tolerance.is_zero()) return enrolment.risk_tolerance;
    return agents::default_risk_tolerance(enrolment.agent->description().mode);
}

Result<AgentId> register_new(engine::Engine& engine, const Enrolment& enrolment, Instant at) {
    const ports::AgentDescription& description = enrolment.agent->description();
    events::AgentRegistered registered;
    registered.name = description.name;
    registered.mode = description.mode;
    registered.native = description.native;
    registered.group = enrolment.group;
    registered.risk_tolerance = tolerance_of(enrolment);
    registered.participation = enrolment.participation;
    registered.allocation = enrolment.allocation;
    const AgentId id = engine.register_agent(registered, at);
    if (!id.is_none()) return id;
    return make_error(ErrorCode::already_exists,
                      "agent \"" + description.name.string() +
                          "\" cannot be registered: the name is taken, empty or a value "
                          "is out of range; rename the agent or mend its agent.toml");
}

// What the configuration says at a start counts from then on, also for an agent that is known.
Result<void> renew_terms(Driver& driver, const agents::Agent& known, const Enrolment& wanted,
                         Instant at) {
    const std::array<std::tuple<CommandKind, Decimal, Decimal>, 3> terms{
        {{CommandKind::agent_risk_tolerance, known.risk_tolerance.decimal(),
          tolerance_of(wanted).decimal()},
         {CommandKind::agent_participation, known.participation.decimal(),
          wanted.participation.decimal()},
         {CommandKind::agent_allocation, known.allocation.decimal(), wanted.allocation.decimal()}}};
    const AgentId id = known.id;
    for (const auto& [kind, before, now] : terms) {
        if (before == now) continue;
        Command change;
        change.kind = kind;
        change.agent = id;
        change.value = Rate{now};
        change.principal = "configuration";
        change.reason = "as configured at this start";
        TRY(driver.input(Input{at, change}));
    }
    return {};
}

bool named(std::span<const Enrolment> kept, const AgentName& name) {
    return std::ranges::any_of(kept, [&](const Enrolment& enrolment) {
        return enrolment.agent->description().name == name;
    });
}

} // namespace

Result<void> enrol(Driver& driver, engine::Engine& engine, const Enrolment& enrolment, Instant at) {
    const ports::AgentDescription& description = enrolment.agent->description();
    const agents::Agent* known = agents::find(engine.state().agents, description.name.view());
    GenerationCut cut;
    cut.kind = CutKind::start;
    cut.mode = description.mode;
    cut.code_hash = Text<72>{description.code_hash};
    cut.parameters_hash = Text<72>{description.parameters_hash};
    cut.state_hash = Text<72>{enrolment.state_hash};
    if (known == nullptr) {
        TRY(id, register_new(engine, enrolment, at));
        cut.agent = id;
        cut.generation = Generation{1};
    } else {
        cut.agent = known->id;
        cut.generation = Generation{std::max(known->live.value(), known->previous.value()) + 1};
        TRY(renew_terms(driver, *known, enrolment, at));
    }
    driver.bind(cut.agent, *enrolment.agent);
    TRY(driver.input(Input{at, cut}));
    engine.subscribe(cut.agent, subscriptions_of(description), at);
    return {};
}

Result<void> retire_others(Driver& driver, engine::Engine& engine, std::span<const Enrolment> kept,
                           Instant at) {
    std::vector<AgentId> ending;
    for (const agents::Agent& agent : engine.state().agents.roster) {
        if (!agent.id.is_none() && !agent.live.is_none() && !named(kept, agent.name))
            ending.push_back(agent.id);
    }
    for (const AgentId agent : ending) {
        GenerationCut cut;
        cut.agent = agent;
        cut.kind = CutKind::stop;
        TRY(driver.input(Input{at, cut}));
    }
    return {};
}

} // namespace grekko::runtime
