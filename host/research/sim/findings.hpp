// Findings: what the checks of a run have found to be broken, each with the invariant it breaks.
// The first one ends the run.
// It does not print: the command and the tests do.
#pragma once

#include <string>
#include <vector>

namespace grekko::sim {

struct Finding {
    std::string invariant; // "children", as tests/sim/README.md lists them
    std::string what;
};

class Findings {
public:
    void add(std::string_view invariant, std::string what) {
        all_.push_back({std::string{invariant}, std::move(what)});
    }
    bool empty() const { return all_.empty(); }
    const Finding& first() const { return all_.front(); }
    const std::vector<Finding>& all() const { return all_; }

private:
    std::vector<Finding> all_;
};

} // namespace grekko::sim
