// One run of an agent_test.lua: its VM, its cases and the hosts that its tests made. It is not the
// public face: that is test_runner.hpp. test_runner.cpp drives it, test_api.cpp gives tests their
// functions.
#pragma once

#include <memory>
#include <vector>

#include "io/script/fake_host.hpp"
#include "io/script/test_runner.hpp"
#include "io/script/vm.hpp"

namespace grekko::script {

struct TestRun {
    explicit TestRun(const Setup& the_setup);

    Setup setup;
    Vm vm;
    std::vector<int> bodies; // registry references, by case
    TestReport report;
    std::vector<std::unique_ptr<FakeHost>> hosts; // of the running test

    static TestRun& of(lua_State* state) { return Vm::owner<TestRun>(state); }
};

// Registers the types of t and of hosts; pushes `print` and `test`. [protected]
void open_test_api(lua_State* state);
// Pushes the t that a test gets.
void push_test_tools(lua_State* state);

} // namespace grekko::script
