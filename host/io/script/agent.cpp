#include "io/script/agent.hpp"

#include "io/script/build.hpp"
#include "io/script/events.hpp"
#include "io/script/save.hpp"

namespace grekko::script {

namespace {

constexpr int memory_faults_max = 3;

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
    bool good = dispatch(runtime);
    if (!good) [[unlikely]] {
        const Vm::Failure& failure = runtime.vm.failure();
        const bool invalid = runtime.invalid_output && failure.kind == FaultKind::error;
        fail(answer, fault, invalid ? FaultKind::invalid_output : failure.kind, failure.message);
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
    return save_state(*runtime_);
}
Result<void> Agent::load(std::string_view state) {
    return load_state(*runtime_, state);
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
