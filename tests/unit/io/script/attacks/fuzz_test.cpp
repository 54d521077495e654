// Scripts made by chance: whatever they do, the host goes on, each failure is an error that names
// the script and a line, the memory stays under its cap and comes back when the agent is closed.
#include "unit/io/script/attacks/attack.hpp"
#include "unit/io/script/attacks/random_script.hpp"

namespace grekko::script {
namespace {

constexpr std::uint64_t seeds = 500;

Setup fuzz_setup() {
    Setup setup;
    setup.limits.instructions = 20'000;
    setup.limits.start_instructions = 50'000;
    setup.limits.memory = 1U << 20U;
    setup.limits.block = 128U << 10U;
    return setup;
}

void check(bool good, ScriptHost& host) {
    EXPECT_EQ(good, !host->fault);
    EXPECT_LE(host->agent->memory_used(), fuzz_setup().limits.memory);
    if (good) return;
    EXPECT_TRUE(host->last.empty());
    const std::string message = host.fault();
    EXPECT_TRUE(names_line(message) || message.starts_with("disabled after")) << message;
    EXPECT_NE(host->fault->kind, FaultKind::crash);
    EXPECT_NE(host->fault->kind, FaultKind::timeout);
}

// All events that there are, twice, then a state and a fresh generation from it.
void play(ScriptHost& host) {
    for (int i = 0; i < 2; ++i) {
        check(host.trade(60'000 + i), host);
        check(host.bar(60'000 + i), host);
        Proposal proposal;
        proposal.instrument = host->instrument("BTC-USD");
        check(host->proposal(proposal), host);
        check(host->signal("\xff", std::string(1000, '\0')), host);
        check(host->advance(Duration::seconds(2)), host);
    }
    if (const auto saved = host->agent->save(); saved) {
        (void)host->agent->load(*saved);
        check(host.trade(), host);
        (void)host->reload();
    } else {
        EXPECT_FALSE(saved.error().message.empty());
    }
    host->agent.reset(); // asserts that the balance is zero
}

TEST(Fuzz, ScriptsByChanceEndInAnswersOrNamedErrors) {
    int loaded = 0;
    for (std::uint64_t seed = 1; seed <= seeds && !testing::Test::HasFailure(); ++seed) {
        const std::string script = RandomScript{seed}.make();
        ScriptHost host{script, fuzz_setup()};
        if (host.loaded()) {
            ++loaded;
            play(host);
        } else {
            EXPECT_NE(host.error.find("tried/agent.lua"), std::string::npos) << host.error;
        }
        if (testing::Test::HasFailure()) ADD_FAILURE() << "seed " << seed << "\n" << script;
    }
    EXPECT_GT(loaded, static_cast<int>(seeds) / 2);
}

TEST(Fuzz, TheSameSeedEndsTheSame) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const auto run = [&] {
            ScriptHost host{RandomScript{seed}.make(), fuzz_setup()};
            if (!host.loaded()) return host.error;
            const bool first = host.trade();
            const std::string message = first ? "" : host.fault();
            return message + std::to_string(host->last.size()) + host.log;
        };
        ASSERT_EQ(run(), run()) << seed;
    }
}

// A source that is cut or changed anywhere is an error or an agent, never more.
TEST(Fuzz, SourcesWithBytesChanged) {
    const std::string good = RandomScript{1}.make();
    Random random{2};
    for (int i = 0; i < 400; ++i) {
        std::string source = good.substr(0, random.below(good.size()) + 1);
        for (int change = i % 4; change > 0; --change)
            source[random.below(source.size())] = static_cast<char>(random.between(1, 126));
        const ScriptHost host{source, fuzz_setup()};
        ASSERT_TRUE(host.loaded() || host.error.find("tried/agent.lua") != host.error.npos)
            << host.error << "\n"
            << source;
    }
}

} // namespace
} // namespace grekko::script
