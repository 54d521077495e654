#include "runtime/boot.hpp"

#include <optional>
#include <set>

#include "base/assert.hpp"
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

std::optional<AgentName> named_twice(const std::vector<Enrolment>& agents) {
    std::set<std::string> names;
    for (const Enrolment& enrolment : agents) {
        const AgentName& name = enrolment.agent->description().name;
        if (!names.insert(name.string()).second) return name;
    }
    return std::nullopt;
}

} // namespace

Result<Recovery> recover(engine::Engine& engine, ports::Journal& journal) {
    Recovery recovery;
    TRY(snapshot, journal.read_snapshot(Sequence{}));
    if (!snapshot.sequence.is_none() && snapshot.version == engine::state_version) {
        const std::vector<std::byte> empty = engine.save();
        if (engine.restore(snapshot.payload) && engine.digest() == snapshot.digest) {
            recovery.snapshot = snapshot.sequence;
            recovery.last = snapshot.sequence;
            recovery.at = snapshot.at;
        } else {
            recovery.refused = snapshot.sequence;
            ASSERT(engine.restore(empty));
        }
    }
    TRY(replay(engine, journal, recovery));
    return recovery;
}

Result<void> open_book(Driver& driver, engine::Engine& engine, const Opening& opening, Instant at) {
    driver.start(at);
    engine.live_from(opening.live_from);
    // Not by an empty journal: the host may have died between its first record and the money.
    const bool fresh = engine.state().portfolio.units.is_zero();
    IncarnationOpened opened;
    opened.incarnation = opening.incarnation;
    opened.epoch = engine.epoch() + 1;
    opened.version = Text<40>{opening.version};
    opened.config_hash = Text<72>{opening.config_hash};
    TRY(driver.open(opened));
    if (fresh) {
        for (const Deposit& deposit : opening.deposits) {
            engine.deposit(deposit.venue, deposit.currency, deposit.amount, at);
        }
    }
    if (const auto twice = named_twice(opening.agents)) {
        return make_error(ErrorCode::already_exists,
                          "two agents are named \"" + twice->string() + "\"; rename one");
    }
    TRY(retire_others(driver, engine, opening.agents, at));
    for (const Enrolment& enrolment : opening.agents)
        TRY(enrol(driver, engine, enrolment, at));
    return driver.flush();
}

} // namespace grekko::runtime
