#include "runtime/boot.hpp"

#include <algorithm>

#include "core/engine/frame.hpp"

namespace grekko::runtime {
namespace {

Error unreadable(Sequence at) {
    return make_error(ErrorCode::corrupt,
                      "the journal has a record after " + std::to_string(at.value()) +
                          " that this version cannot read; run the version that wrote it, or "
                          "`grekko journal verify` to see where it breaks");
}

Result<void> replay(engine::Engine& engine, ports::Journal& journal, Recovery& recovery) {
    return journal.read(
        Sequence{recovery.last.value() + 1}, [&](const ports::Batch& batch) -> Result<void> {
            bool ok = true;
            const bool whole = engine::for_each_record(batch.payload, [&](const RecordHead& head) {
                if (!ok || head.sequence <= recovery.last) return;
                ok =
                    head.sequence.value() == recovery.last.value() + 1 && engine.apply_record(head);
                if (!ok) return;
                recovery.last = head.sequence;
                recovery.at = head.at;
                ++recovery.records;
                if (category(head.tag) == Category::input) {
                    recovery.position = TapePosition{head.causation.value()};
                }
            });
            if (!ok || !whole) return unreadable(recovery.last);
            return {};
        });
}

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

Result<void> start_agent(Driver& driver, engine::Engine& engine, const Enrolment& enrolment,
                         Instant at) {
    const ports::AgentDescription& description = enrolment.agent->description();
    const agents::Agent* known = agents::find(engine.state().agents, description.name.view());
    AgentId id = known == nullptr ? AgentId{} : known->id;
    if (known == nullptr) {
        events::AgentRegistered registered;
        registered.name = description.name;
        registered.mode = description.mode;
        registered.native = description.native;
        registered.group = enrolment.group;
        registered.risk_tolerance = enrolment.risk_tolerance.is_zero()
                                        ? agents::default_risk_tolerance(description.mode)
                                        : enrolment.risk_tolerance;
        registered.participation = enrolment.participation;
        registered.allocation = enrolment.allocation;
        id = engine.register_agent(registered, at);
        if (id.is_none()) {
            return make_error(ErrorCode::already_exists,
                              "agent \"" + description.name.string() +
                                  "\" cannot be registered: the name is taken, empty or a value "
                                  "is out of range; rename the agent or mend its agent.toml");
        }
    }
    driver.bind(id, *enrolment.agent);
    GenerationCut cut;
    cut.agent = id;
    cut.kind = CutKind::start;
    cut.generation = Generation{(known == nullptr ? 0 : known->live.value()) + 1};
    cut.code_hash = Text<72>{description.code_hash};
    cut.parameters_hash = Text<72>{description.parameters_hash};
    TRY(driver.input(Input{at, cut}));
    engine.subscribe(id, subscriptions_of(description), at);
    return {};
}

} // namespace

Result<Recovery> recover(engine::Engine& engine, ports::Journal& journal) {
    Recovery recovery;
    TRY(snapshot, journal.read_snapshot(Sequence{}));
    if (!snapshot.sequence.is_none() && snapshot.version == engine::state_version) {
        if (!engine.restore(snapshot.payload) || engine.digest() != snapshot.digest) {
            return make_error(ErrorCode::corrupt,
                              "the snapshot after record " +
                                  std::to_string(snapshot.sequence.value()) +
                                  " does not match its digest; delete it with `grekko journal "
                                  "verify --drop-snapshots` and start again to replay instead");
        }
        recovery.snapshot = snapshot.sequence;
        recovery.last = snapshot.sequence;
        recovery.at = snapshot.at;
    }
    TRY(replay(engine, journal, recovery));
    return recovery;
}

Result<void> open_book(Driver& driver, engine::Engine& engine, const Opening& opening, Instant at) {
    driver.start(at);
    // Not by an empty journal: the host may have died between its first record and the money.
    const bool fresh = engine.state().portfolio.units.is_zero();
    IncarnationOpened opened;
    opened.incarnation = opening.incarnation;
    opened.epoch = engine.epoch() + 1;
    opened.version = Text<40>{opening.version};
    opened.config_hash = Text<72>{opening.config_hash};
    TRY(driver.input(Input{at, opened}));
    if (fresh) {
        for (const Deposit& deposit : opening.deposits) {
            engine.deposit(deposit.venue, deposit.currency, deposit.amount, at);
        }
    }
    for (const Enrolment& enrolment : opening.agents) {
        TRY(start_agent(driver, engine, enrolment, at));
    }
    return driver.flush();
}

} // namespace grekko::runtime
