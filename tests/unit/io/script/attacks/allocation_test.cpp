// Memory that runs out anywhere: each allocation of a run fails once, alone or with the next, as
// Lua tries a second time after collecting. That is how errors of its collector show.
#include <functional>

#include "unit/io/script/attacks/attack.hpp"

namespace grekko::script {
namespace {

constexpr const char* busy = R"lua(
local agent = grekko.agent { symbols = { 'BTC-USD', 'ETH-USD' }, bars = { '1h' },
    params = { n = { default = 3, min = 1, max = 9 }, c = { default = 'x', choices = { 'x' } } } }
function agent:on_start()
    self.of = self:each(function(s) local h = self:series(s) return { h:sma(3), h:macd() } end)
    self:every('1h', 'name')
end
local Class = {} Class.__index = Class
function agent:on_trade(trade)
    local t = setmetatable({}, Class)
    for i = 1, 20 do t[i] = tostring(i) .. 'x' end
    table.sort(t) table.insert(t, 1, 'y') table.remove(t)
    local text = table.concat(t, ','):gsub('%d+', function(d) return d * 2 end):rep(3)
    for word in text:gmatch('[^,]+') do t[word] = string.format('%5.2f %q', #word, word) end
    local co = coroutine.create(function(...) local x = coroutine.yield(...) error({ x }) end)
    coroutine.resume(co, 1, 2) coroutine.resume(co, string.pack('s4', text))
    pcall(error, 'x') xpcall(error, function(m) return m .. '!' end, 'y')
    for k, v in pairs(t) do self.state[k] = v end
    local quote, book = self:quote('BTC-USD'), self:book('BTC-USD', 3)
    self:log(text, utf8.char(228), self:cost('BTC-USD').entry, self.of['BTC-USD'][1][0])
    self:target { symbol = 'BTC-USD', weight = 0.1, stop = trade.price / 2, reason = 'r' }
    local function deep(n) if n > 0 then return deep(n - 1), {} end end deep(60)
end
function agent:save() return { 1, { 'x' } } end
function agent:load(saved) assert(saved[2][1] == 'x') end
return agent)lua";

struct Tally {
    int allocations{0}, failures{0};
};

// Allocations `first` … `last` of the run fail.
Tally run(int first, int last) {
    Tally tally;
    Setup setup = small_setup();
    setup.limits.refuse = [&](std::size_t) {
        ++tally.allocations;
        return tally.allocations >= first && tally.allocations <= last;
    };
    const auto fails = [&](const std::string& message) {
        ++tally.failures;
        EXPECT_NE(message.find("tried/agent.lua"), std::string::npos) << first << " " << message;
        EXPECT_TRUE(message.find("memory") != message.npos ||
                    message.find("stack overflow") != message.npos)
            << first << " " << message;
    };
    ScriptHost host{busy, setup};
    if (!host.loaded()) {
        fails(host.error);
        return tally;
    }
    for (int i = 0; i < 2; ++i) {
        if (host.trade()) continue;
        const bool stack = host.fault().find("stack overflow") != std::string::npos;
        EXPECT_TRUE(host->fault->kind == FaultKind::memory || stack) << host.fault();
        fails(host.fault());
    }
    if (const auto reloaded = host->reload(); !reloaded) fails(reloaded.error().message);
    const bool over = tally.allocations >= last;
    EXPECT_TRUE(host.trade() || !over) << host.fault();
    host->agent.reset(); // asserts that the balance is zero
    return tally;
}

TEST(Allocation, EachThatFailsIsAnErrorWithItsPlaceAndLeavesNothingBehind) {
    const Tally whole = run(0, 0);
    EXPECT_EQ(whole.failures, 0);
    ASSERT_GT(whole.allocations, 1000);
    int failures = 0;
    for (int n = 1; n <= whole.allocations && !testing::Test::HasFailure(); n += 3)
        failures += run(n, n + 1).failures;
    EXPECT_GT(failures, whole.allocations / 6);
}

TEST(Allocation, OneThatFailsAloneIsTriedAgainAfterCollecting) {
    const Tally whole = run(0, 0);
    for (int n = 2; n <= whole.allocations && !testing::Test::HasFailure(); n += 11)
        EXPECT_LE(run(n, n).failures, 1);
}

// Every cap from too small to enough, as the allocator itself refuses.
TEST(Allocation, AnyCapOfMemoryIsAnErrorOrEnough) {
    int good = 0;
    for (std::size_t cap = 1024; cap <= 400'000 && !testing::Test::HasFailure(); cap += 1531) {
        Setup setup = small_setup();
        setup.limits.memory = cap;
        ScriptHost host{busy, setup};
        if (host.loaded() && host.trade()) {
            ++good;
        } else {
            const std::string why = host.loaded() ? host.fault() : host.error;
            EXPECT_NE(why.find("tried/agent.lua"), std::string::npos) << cap << " " << why;
        }
    }
    EXPECT_GT(good, 20);
}

} // namespace
} // namespace grekko::script
