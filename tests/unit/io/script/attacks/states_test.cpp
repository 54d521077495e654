// What outlives a call: votes with metatables, saved states, the order of actions, timers.
#include <array>
#include <cstring>
#include <span>

#include "base/crc32c.hpp"
#include "base/random.hpp"
#include "unit/io/script/attacks/attack.hpp"

namespace grekko::script {
namespace {

// An agent of BTC-USD with this on_proposal.
std::string on_proposal(std::string_view body) {
    return "local agent = grekko.agent { symbols = { 'BTC-USD' } }\n"
           "function agent:on_proposal(p)\n" +
           std::string(body) + "\nend\nreturn agent\n";
}

TEST(States, A52ResultsAreReadRaw) {
    for (const char* body :
         {"return setmetatable({}, {__index=function() while true do end end})",
          "return 'approve', setmetatable({}, {__lt=error, __le=error})", "return 'approve', 0/0",
          "return 'approve', 1, setmetatable({}, {__tostring=error})",
          "return 'approve', 1, 'x', setmetatable({}, {__index=error, __pairs=error})",
          "return 'approve', 1, 'x', { max = 1/0 }", "return 5", "return {}", "error({})"}) {
        ScriptHost host{on_proposal(body), small_setup()};
        ASSERT_TRUE(host.loaded()) << host.error;
        Proposal proposal;
        proposal.instrument = host->instrument("BTC-USD");
        EXPECT_FALSE(host->proposal(proposal)) << body;
        EXPECT_TRUE(host->last.empty());
        EXPECT_FALSE(host.fault().empty());
        EXPECT_TRUE(host.trade()) << host.fault();
    }
}

TEST(States, A59WhatCannotBeSavedIsNamedWithItsPath) {
    const std::pair<const char*, const char*> cases[] = {
        {"self.state.a = self.state", "state.a"},
        {"local t = self.state for i=1,1000 do t.t = {} t = t.t end", "deeper than 32 tables"},
        {"self.state.f = print", "state.f: a function cannot be saved"},
        {"self.state.m = setmetatable({}, {__index=error})", "state.m: has a metatable"},
        {"self.state[print] = 1", "has no order"},
        {"self.state.a = {} for i=1,30000 do self.state.a[i] = ('x'):rep(40) end", "1 MiB"},
        {"self.state = setmetatable({}, {__len=error})", "state: has a metatable"},
        {"self.state = nil self.save = nil", ""},
    };
    for (const auto& [body, says] : cases) {
        Setup setup;
        ScriptHost host{on_trade(body), setup};
        ASSERT_TRUE(host.trade()) << host.fault();
        const auto saved = host->agent->save();
        if (says[0] == '\0') continue;
        ASSERT_FALSE(saved) << body;
        EXPECT_NE(saved.error().message.find(says), std::string::npos) << saved.error().message;
        EXPECT_TRUE(host.trade()) << host.fault();
    }
}

// The bytes with a head that fits them, so that what is inside is read.
std::string with_checksum(std::string bytes) {
    constexpr std::size_t head = 16; // magic, version, size, checksum
    const auto body = std::as_bytes(std::span{bytes}).subspan(head);
    const std::array<std::uint32_t, 2> words = {static_cast<std::uint32_t>(body.size()),
                                                crc32c(body)};
    std::memcpy(bytes.data() + 8, words.data(), sizeof words);
    return bytes;
}

// Bytes by chance, and a good state with bytes changed, cut or added under a right checksum.
TEST(States, A60HostileStatesAreRefusedOrLoaded) {
    const char* const script = "local agent = grekko.agent { symbols = { 'BTC-USD' } }\n"
                               "function agent:on_start() self:every('1h')\n"
                               "self.state.a = { b = { 1, 2, c = 'x' }, d = 'BTC-USD' } end\n"
                               "function agent:save() return { { 'own' } } end\n"
                               "function agent:load(saved) local own = saved[1][1] end\n"
                               "function agent:on_trade() end return agent\n";
    ScriptHost host{script, small_setup()};
    ASSERT_TRUE(host.loaded()) << host.error;
    const std::string good = *host->agent->save();
    Random random{60};
    int loaded = 0;
    for (int i = 0; i < 600; ++i) {
        std::string bytes = good;
        if (i % 3 == 1) bytes.resize(16 + random.below(good.size()), '\xFF');
        for (int change = 0; change < 1 + i % 4; ++change) {
            const std::size_t at = 16 + random.below(bytes.size() - 16 + (bytes.size() == 16));
            if (at < bytes.size()) bytes[at] = static_cast<char>(random.between(-128, 127));
        }
        ScriptHost fresh{script, small_setup()};
        loaded += fresh->agent->load(i % 3 == 0 ? bytes : with_checksum(bytes)) ? 1 : 0;
        ASSERT_TRUE(fresh.trade()) << fresh.fault();
    }
    EXPECT_GT(loaded, 10);
    EXPECT_LT(loaded, 500);
    EXPECT_TRUE(host->agent->load(good));
}

TEST(States, A60ATimerWithoutAPeriodIsLeftOut) {
    ScriptHost host{on_trade("if not self.on then self.on = self:every('1h') end"), small_setup()};
    ASSERT_TRUE(host.trade());
    const std::int64_t hour = Duration::hours(1).count();
    std::string period(sizeof hour, '\0');
    std::memcpy(period.data(), &hour, sizeof hour);
    std::string bytes = *host->agent->save();
    const std::size_t at = bytes.find(period);
    ASSERT_NE(at, bytes.npos);
    bytes.replace(at, sizeof hour, sizeof hour, '\0');
    EXPECT_TRUE(host->agent->load(with_checksum(bytes)));
    EXPECT_TRUE(host->advance(Duration::hours(3))) << host.fault();
}

TEST(States, A62TheOrderOfATableIsTheSameInEveryRun) {
    const auto run = [] {
        ScriptHost host{on_trade("local set = {} for i = 1, 200 do set['k' .. i * 7919 % 211] = i "
                                 "end for k, v in pairs(set) do self:log(k, v) end")};
        EXPECT_TRUE(host.trade()) << host.fault();
        return host.log;
    };
    EXPECT_EQ(run(), run());
}

TEST(States, A56TimersOfAFailedEventAreForgottenAndThoseThatRepeatGoOn) {
    ScriptHost host{"local agent = grekko.agent { symbols = { 'BTC-USD' } }\n"
                    "function agent:on_start() self:every('1h') end\n"
                    "function agent:on_trade() self:after('1m') error('failed') end\n"
                    "function agent:on_timer(t) self.n = (self.n or 0) + 1 self:log(t.name)\n"
                    "if self.n == 1 then error('once') end end\n"
                    "function agent:on_signal() end\nreturn agent\n"};
    ASSERT_TRUE(host.loaded()) << host.error;
    for (int i = 0; i < 100; ++i)
        EXPECT_NE((host.trade(), host.fault()).find("failed"), std::string::npos) << host.fault();
    EXPECT_FALSE(host->advance(Duration::hours(1)));
    EXPECT_TRUE(host->signal("s", ""));
    EXPECT_TRUE(host->advance(Duration::hours(2)));
    std::size_t fired = 0;
    for (std::size_t at = 0; (at = host.log.find("every\n", at)) != std::string::npos; ++at)
        ++fired;
    EXPECT_EQ(fired, 3U) << host.log;
}

} // namespace
} // namespace grekko::script
