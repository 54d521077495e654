// Runs an agent's agent_test.lua: each test("…", function(t) … end) in the sandbox, against hosts
// made up by the test (FakeHost). The result is a list of cases to print as TAP or to count; this
// prints nothing. `grekko test` and the unit tests of the shipped agents call it.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "io/script/settings.hpp"

namespace grekko::script {

struct TestCase {
    std::string name;
    bool passed{false};
    std::string message; // file:line and what was expected, where it failed
};

struct TestReport {
    std::vector<TestCase> cases; // in the order of the file
    std::string output;          // what the tests printed, as TAP comments
    std::size_t failed() const;
    std::string tap() const; // "1..2\nok 1 - …\nnot ok 2 - …\n  # …\n"
};

// `setup.folder` holds agent.lua and agent_test.lua; its parameters and symbols are what a test's
// host begins with. Error: the file is missing or does not compile; a failed test is no error.
Result<TestReport> run_agent_tests(const Setup& setup);

} // namespace grekko::script
