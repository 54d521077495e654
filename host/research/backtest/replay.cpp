#include "research/backtest/replay.hpp"

#include <deque>
#include <map>
#include <optional>

#include "core/engine/engine.hpp"
#include "runtime/memory_journal.hpp"

namespace grekko::research {
namespace {

Error gap_after(Sequence last) {
    return make_error(ErrorCode::corrupt, "the journal has no readable record after " +
                                              std::to_string(last.value()) +
                                              "; `grekko journal verify` says where it breaks");
}

Error digest_differs(const ports::Snapshot& snapshot, const std::string& found) {
    return make_error(ErrorCode::check_failed,
                      "replaying up to record " + std::to_string(snapshot.sequence.value()) +
                          " gives digest " + found + ", the snapshot says " + snapshot.digest +
                          ": the journal was written by other code or settings, or was changed");
}

Error ends_before(const ports::Snapshot& snapshot, Sequence last) {
    return make_error(ErrorCode::corrupt, "the journal ends at record " +
                                              std::to_string(last.value()) +
                                              ", but a snapshot was taken after record " +
                                              std::to_string(snapshot.sequence.value()) +
                                              ": its end is missing; restore it from a backup");
}

// The newest snapshot of this version's layout.
Result<ports::Snapshot> comparable_snapshot(ports::Journal& journal) {
    TRY(snapshot, journal.read_snapshot(Sequence{}));
    if (snapshot.version != engine::state_version) return ports::Snapshot{};
    return snapshot;
}

using Records = std::vector<std::vector<std::byte>>;

Result<Records> records_of(ports::Journal& journal) {
    Records out;
    TRY(journal.read(Sequence{1}, [&](const ports::Batch& batch) -> Result<void> {
        engine::for_each_record(batch.payload, [&](const RecordHead& head) {
            const auto* bytes = reinterpret_cast<const std::byte*>(&head);
            out.emplace_back(bytes, bytes + head.size);
        });
        return {};
    }));
    return out;
}

const RecordHead& head_of(const std::vector<std::byte>& record) {
    return *reinterpret_cast<const RecordHead*>(record.data());
}

struct Injected {
    TapePosition position;
    Input input;
};

// What came from outside: what people asked, and how the journal of then fared.
std::deque<Injected> injected_in(const Records& records) {
    std::deque<Injected> out;
    for (const std::vector<std::byte>& record : records) {
        visit_record(head_of(record), [&](const auto& body, const RecordHead& head) {
            using Body = std::remove_cvref_t<decltype(body)>;
            if constexpr (std::is_same_v<Body, Command> || std::is_same_v<Body, JournalReport>) {
                out.push_back({TapePosition{head.causation.value()}, Input{head.at, body}});
            }
        });
    }
    return out;
}

// The session itself asks for the shutdown at its end, and nobody else can.
const Command* shutdown_of(const Input& input) {
    const auto* command = std::get_if<Command>(&input.body);
    return command != nullptr && command->kind == CommandKind::shutdown ? command : nullptr;
}

// What the client ids began with: drawn by chance it is known from the journal alone.
std::optional<std::uint64_t> incarnation_in(const Records& records) {
    std::optional<std::uint64_t> first;
    for (const std::vector<std::byte>& record : records) {
        visit_record(head_of(record), [&](const auto& body, const RecordHead&) {
            using Body = std::remove_cvref_t<decltype(body)>;
            if constexpr (std::is_same_v<Body, IncarnationOpened>) first = body.incarnation;
        });
        if (first) break;
    }
    return first;
}

struct AgentCode {
    std::string name, code, parameters;
};

// The agents as they started, by id.
std::map<AgentId, AgentCode> agents_in(const Records& records) {
    std::map<AgentId, AgentCode> out;
    for (const std::vector<std::byte>& record : records) {
        visit_record(head_of(record), [&](const auto& body, const RecordHead&) {
            using Body = std::remove_cvref_t<decltype(body)>;
            if constexpr (std::is_same_v<Body, events::AgentRegistered>) {
                out[body.agent].name = body.name.string();
            } else if constexpr (std::is_same_v<Body, GenerationCut>) {
                if (body.kind != CutKind::start) return;
                out[body.agent].code = body.code_hash.string();
                out[body.agent].parameters = body.parameters_hash.string();
            }
        });
    }
    return out;
}

// An agent that is not the one of the journal explains every difference after it.
std::optional<Error> other_agent(const Records& expected, const Records& made) {
    const std::map<AgentId, AgentCode> was = agents_in(expected), is = agents_in(made);
    for (const auto& [id, agent] : was) {
        const auto now = is.find(id);
        const bool gone = now == is.end() || now->second.name != agent.name;
        std::string what;
        if (gone) {
            what = "does not run";
        } else if (now->second.code != agent.code) {
            what = "has other code than in the journal: " + now->second.code.substr(0, 12) +
                   ", not " + agent.code.substr(0, 12);
        } else if (now->second.parameters != agent.parameters) {
            what = "has other parameters than in the journal";
        }
        if (what.empty()) continue;
        return make_error(ErrorCode::check_failed, "agent \"" + agent.name + "\" " + what);
    }
    return std::nullopt;
}

Error differs(const std::vector<std::byte>* was, const std::vector<std::byte>* is) {
    const auto words = [](const std::vector<std::byte>* record) -> std::string {
        if (record == nullptr) return "nothing";
        const RecordHead& head = head_of(*record);
        return "record " + std::to_string(head.sequence.value()) + " " +
               std::string{record_name(head.tag)} + " at " + to_string(head.at);
    };
    return make_error(ErrorCode::check_failed,
                      "the second run differs: the journal has " + words(was) + ", the run made " +
                          words(is) +
                          "; tape, agents, settings or code are not those of the first");
}

} // namespace

Result<AuditResult> replay_audit(ports::Journal& journal, const Universe& universe,
                                 const engine::Settings& settings) {
    TRY(snapshot, comparable_snapshot(journal));
    engine::Engine engine{universe, settings};
    AuditResult result;
    std::optional<Error> failed;
    const auto apply = [&](const RecordHead& head) {
        if (failed) return;
        const bool next = head.sequence.value() == result.last.value() + 1;
        if (!next || !engine.apply_record(head)) {
            failed = gap_after(result.last);
            return;
        }
        result.last = head.sequence;
        ++result.records;
        if (head.sequence != snapshot.sequence) return;
        result.snapshot = snapshot.sequence;
        if (const std::string digest = engine.digest(); digest != snapshot.digest) {
            failed = digest_differs(snapshot, digest);
        }
    };
    TRY(journal.read(Sequence{1}, [&](const ports::Batch& batch) -> Result<void> {
        if (!engine::for_each_record(batch.payload, apply)) return gap_after(result.last);
        if (failed) return *failed;
        return {};
    }));
    if (result.snapshot != snapshot.sequence) return ends_before(snapshot, result.last);
    result.digest = engine.digest();
    return result;
}

Result<VerificationResult> replay_verification(ports::Journal& journal, SessionRequest request) {
    TRY(expected, records_of(journal));
    std::deque<Injected> injected = injected_in(expected);
    runtime::MemoryJournal second;
    request.journal = &second;
    request.incarnation = incarnation_in(expected);
    request.recorder = nullptr;
    const std::unique_ptr<Session>* running = nullptr;
    const auto inject = [&]() -> Result<void> {
        runtime::Driver& driver = (*running)->driver();
        while (!injected.empty() && injected.front().position <= driver.position()) {
            if (shutdown_of(injected.front().input) != nullptr) break;
            const Injected next = injected.front();
            injected.pop_front();
            TRY(driver.input(next.input));
        }
        return {};
    };
    std::optional<Error> failed;
    request.hooks = {};
    request.hooks.before_group = [&](Instant) {
        const Result<void> done = inject();
        if (!done) failed = done.error();
        return done.has_value();
    };
    // A person may have asked after the last record, and for the end: the second run stops in the
    // name of the same one.
    request.before_stop = [&]() -> Result<void> {
        TRY(inject());
        if (injected.empty()) return {};
        if (const Command* stop = shutdown_of(injected.front().input)) {
            (*running)->ended_by(stop->principal.view(), stop->reason.view());
            injected.pop_front();
        }
        return {};
    };
    TRY(session, Session::open(std::move(request)));
    running = &session;
    TRY(run, session->run());
    if (failed) return *failed;
    TRY(made, records_of(second));
    if (const auto other = other_agent(expected, made)) return *other;
    VerificationResult result;
    for (std::size_t i = 0; i < std::max(expected.size(), made.size()); ++i) {
        const auto* was = i < expected.size() ? &expected[i] : nullptr;
        const auto* is = i < made.size() ? &made[i] : nullptr;
        if (was == nullptr || is == nullptr || *was != *is) return differs(was, is);
        ++result.records;
        if (head_of(*was).tag == AnswerHead::tag) ++result.answers;
    }
    result.digest = run.digest;
    result.market_digest = run.market_digest;
    return result;
}

} // namespace grekko::research
