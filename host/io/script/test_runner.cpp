#include "io/script/test_runner.hpp"

#include <algorithm>

#include "io/script/build.hpp"
#include "io/script/libraries.hpp"
#include "io/script/snapshot.hpp"
#include "io/script/test_run.hpp"

namespace grekko::script {

namespace {

constexpr std::int64_t test_instructions = 2'000'000'000;

VmLimits test_limits() {
    VmLimits limits;
    limits.memory = limits::script_memory_max;
    return limits;
}

int prepare(lua_State* state) {
    push_globals(state);
    open_test_api(state);
    for (const char* name : {"test", "print"}) {
        lua_pushstring(state, name);
        lua_insert(state, -2);
        lua_rawset(state, name[0] == 't' ? -4 : -3);
    }
    return 1;
}

int run_case(lua_State* state) {
    lua_rawgeti(state, LUA_REGISTRYINDEX, lua_tointeger(state, 1));
    push_test_tools(state);
    lua_call(state, 1, 0);
    return 0;
}

} // namespace

TestRun::TestRun(const Setup& the_setup) : setup{the_setup}, vm{test_limits(), this} {}

std::size_t TestReport::failed() const {
    return static_cast<std::size_t>(std::ranges::count(cases, false, &TestCase::passed));
}

std::string TestReport::tap() const {
    std::string text = output + "1.." + std::to_string(cases.size()) + "\n";
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const TestCase& one = cases[i];
        text += (one.passed ? "ok " : "not ok ") + std::to_string(i + 1) + " - " + one.name + "\n";
        if (!one.passed) text += "  # " + one.message + "\n";
    }
    return text;
}

Result<TestReport> run_agent_tests(const Setup& setup) {
    const std::string shown = setup.folder.filename().string() + "/agent_test.lua";
    TRY(source, read_source(setup.folder / "agent_test.lua", shown));
    TestRun run{setup};
    lua_State* const state = run.vm.state();
    if (state == nullptr) return make_error(ErrorCode::limit_exceeded, "no memory for a Lua state");
    const auto failure = [&] {
        return make_error(ErrorCode::script_error, run.vm.failure().message);
    };
    lua_pushcfunction(state, prepare);
    if (!run.vm.call(0, 1, test_instructions)) return failure();
    TRY(compile(state, source));
    if (!run.vm.call(0, 0, test_instructions)) return failure();
    for (std::size_t i = 0; i < run.bodies.size(); ++i) {
        lua_pushcfunction(state, run_case);
        lua_pushinteger(state, run.bodies[i]);
        TestCase& one = run.report.cases[i];
        one.passed = run.vm.call(1, 0, test_instructions);
        if (!one.passed) one.message = run.vm.failure().message;
        run.hosts.clear();
        run.vm.collect();
    }
    return std::move(run.report);
}

} // namespace grekko::script
