#include "io/script/agent.hpp"

#include <algorithm>

#include "io/script/build.hpp"
#include "io/script/events.hpp"
#include "io/script/save.hpp"

namespace grekko::script {

namespace {

constexpr int memory_faults_max = 3;

// The message with the agent's file before it where no line of a script was running.
std::string named(const Runtime& runtime, std::string message) {
    if (message.find(".lua:") != message.npos) return message;
    return message.insert(0, runtime.description.name.string() + "/agent.lua: ");
}

// What a handler returned is read after it returned, so it is called by where the handler is.
std::string message_of(const Runtime& runtime, bool invalid) {
    const std::string& message = runtime.vm.failure().message;
    return named(runtime, invalid ? runtime.vote_place + message : message);
}

} // namespace

Agent::Agent(std::unique_ptr<Runtime> runtime) : runtime_{std::move(runtime)} {}
Agent::~Agent() = default;

Result<std::unique_ptr<Agent>> Agent::load(Setup setup, const Universe& universe) {
    TRY(snapshot, Snapshot::take(setup.folder, setup.library));
    if (setup.name.empty()) setup.name = AgentName{setup.folder.filename().string()};
    auto runtime = std::make_unique<Runtime>(std::move(setup), universe);
    runtime->snapshot = std::move(snapshot);
    runtime->description.name = runtime->setup.name;
    TRY(build(*runtime));
    return std::unique_ptr<Agent>{new Agent{std::move(runtime)}};
}

const ports::AgentDescription& Agent::description() const {
    return runtime_->description;
}

bool Agent::ask(const Ask& ask, const ports::AgentView& view, Answer& answer, AgentFault& fault) {
    Runtime& runtime = *runtime_;
    answer.actions.clear();
    if (ask.head.kind == AskKind::bars && view.now() < silent_until_) {
        take_bars(runtime, ask.bars);
        return true;
    }
    if (runtime.memory_faults >= memory_faults_max) [[unlikely]] {
        return fail(answer, fault, FaultKind::memory,
                    "disabled after three faults of memory in a row; reload the agent");
    }
    runtime.view = &view;
    runtime.answer = &answer;
    runtime.ask = &ask;
    answer.actions.swap(runtime.unasked);
    const std::uint64_t first_new = runtime.next_timer;
    bool good = dispatch(runtime);
    if (!good) [[unlikely]] {
        std::erase_if(runtime.timers, [&](const Timer& one) { return one.id >= first_new; });
        const Vm::Failure& failure = runtime.vm.failure();
        const bool invalid = runtime.invalid_output && failure.kind == FaultKind::error;
        fail(answer, fault, invalid ? FaultKind::invalid_output : failure.kind,
             message_of(runtime, invalid));
    } else if (!runtime.quota_breach.empty()) [[unlikely]] {
        good = fail(answer, fault, FaultKind::quota, runtime.quota_breach);
    } else {
        runtime.memory_faults = 0;
    }
    runtime.quota_breach.clear();
    runtime.invalid_output = false;
    runtime.vm.collect();
    runtime.view = nullptr;
    runtime.answer = nullptr;
    runtime.ask = nullptr;
    return good;
}

bool Agent::fail(Answer& answer, AgentFault& fault, FaultKind kind, std::string_view message) {
    // A timer that repeats goes on: it is asked for again with the next answer.
    for (const Action& action : answer.actions) {
        const bool lives = std::ranges::any_of(
            runtime_->timers, [&](const Timer& one) { return one.id == action.name; });
        if (action.kind == ActionKind::timer && lives) runtime_->unasked.push_back(action);
    }
    answer.actions.clear();
    fault = AgentFault{};
    fault.kind = kind;
    fault.message = Text<200>{message};
    runtime_->memory_faults = kind == FaultKind::memory ? runtime_->memory_faults + 1 : 0;
    std::string line{message};
    if (kind != FaultKind::quota) line += "\n" + runtime_->vm.failure().stack;
    runtime_->log(LogLevel::error, line);
    return false;
}

Result<std::string> Agent::save() {
    auto saved = save_state(*runtime_);
    if (saved) return saved;
    return make_error(saved.error().code, named(*runtime_, saved.error().message));
}
Result<void> Agent::load(std::string_view state) {
    const auto loaded = load_state(*runtime_, state);
    if (loaded || loaded.error().code != ErrorCode::script_error) return loaded;
    return make_error(loaded.error().code, named(*runtime_, loaded.error().message));
}

Duration Agent::warm_up() const {
    Duration longest;
    for (const DeclaredBars& bars : runtime_->declaration.bars)
        longest = std::max(longest, bars.interval * bars.warmup);
    return longest;
}
Duration Agent::finest_bar() const {
    const std::vector<DeclaredBars>& bars = runtime_->declaration.bars;
    return bars.empty() ? Duration{} : bars.front().interval; // in order of interval
}

std::span<const Parameter> Agent::parameters() const {
    return runtime_->declaration.parameters;
}
const std::string& Agent::last_stack() const {
    return runtime_->vm.failure().stack;
}
std::size_t Agent::memory_used() const {
    return runtime_->vm.memory_used();
}
void Agent::interrupt() {
    runtime_->vm.interrupt();
}

} // namespace grekko::script
