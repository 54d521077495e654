// Makes scripts by chance out of the whole surface that an agent sees: functions of self,
// libraries, metatables, coroutines, loops, with arguments that are mostly wrong. Equal seeds give
// equal scripts. It checks nothing: fuzz_test.cpp runs them.
#pragma once

#include <string>

#include "base/random.hpp"

namespace grekko::script {

class RandomScript {
public:
    explicit RandomScript(std::uint64_t seed) : random_{seed} {}

    // A whole agent.lua of BTC-USD and ETH-USD with most handlers.
    std::string make();

private:
    std::string block(int depth);
    std::string statement(int depth);
    std::string value(int depth);
    std::string call(int depth);
    std::string arguments(int depth);
    std::string table(int depth);
    template <std::size_t N>
    std::string one_of(const char* const (&words)[N]) {
        return words[random_.below(N)];
    }

    Random random_;
};

} // namespace grekko::script
