// covers: save.cpp, plain.cpp
// A saved agent goes on in a fresh one with the same actions; what cannot be saved is named.
#include "io/script/agent.hpp"

#include <cmath>

#include "base/random.hpp"
#include "unit/io/script/script_host.hpp"

namespace grekko::script {
namespace {

constexpr const char* busy_agent = R"(
local agent = grekko.agent { symbols = { "BTC-USD" }, bars = { "1h" }, warmup = 14, history = 30 }
function agent:on_start()
    local h = self:series("BTC-USD")
    self.h, self.fast, self.slow, self.atr = h, h:ema(3), h:kama(10), h:atr(5)
    self.bands, self.mean, self.rsi = h:bbands(8), h:sma(4, h:roc(1)), h:rsi(7)
    self:every("3h")
    self.odd = 0
end
function agent:on_bar(bar)
    self.state.bars = (self.state.bars or 0) + 1
    self.state.deep = { [1] = { x = self.fast[1] }, name = "n", yes = true }
    self.odd = self.odd + bar.close
    local x = self.fast[0] + self.slow[2] + self.bands.upper[0] + self.mean[0]
              + self.rsi[0] + self:random()
    self:target { symbol = bar.symbol, weight = (x % 1) / 2 + 0.01,
                  stop = bar.close - self.atr[0] - 1,
                  reason = self.state.bars .. " " .. (self.state.deep[1].x % 1) .. " " .. self.odd }
end
function agent:on_trade(trade)
    self:target { symbol = trade.symbol, quantity = self:random(),
                  reason = tostring(self.h:forming().volume) }
end
function agent:on_timer() self.state.fired = (self.state.fired or 0) + 1
    self:close("BTC-USD", "timer " .. self.state.fired) end
function agent:save() return { odd = self.odd } end
function agent:load(saved) self.odd = saved.odd end
return agent)";

std::string bytes_of(const std::vector<Action>& actions) {
    return {reinterpret_cast<const char*>(actions.data()), actions.size() * sizeof(Action)};
}

// The same 120 events; saved and loaded into a fresh agent after `reload_at` of them.
std::string run(int reload_at) {
    script::Setup setup;
    setup.seed = 7;
    ScriptHost host{busy_agent, setup};
    EXPECT_TRUE(host.loaded()) << host.error;
    Random random{42};
    double price = 1000;
    std::string bytes;
    for (int i = 0; i < 120; ++i) {
        if (i == reload_at) {
            const auto again = host->reload();
            EXPECT_TRUE(again) << again.error().message;
        }
        host->actions.clear();
        price += std::floor(random.normal() * 10);
        EXPECT_TRUE(i % 3 == 2 ? host.trade(price) : host.bar(price)) << host.fault();
        EXPECT_TRUE(host->advance(Duration::minutes(7))) << host.fault();
        bytes += bytes_of(host->actions);
    }
    return bytes;
}

TEST(Save, AReloadAnywhereGivesTheSameActions) {
    const std::string plain = run(-1);
    EXPECT_GT(plain.size(), 90 * sizeof(Action));
    EXPECT_TRUE(run(-1) == plain) << "two runs differ";
    for (const int at : {0, 1, 3, 10, 50, 101})
        EXPECT_TRUE(run(at) == plain) << "reloaded at " << at;
}

TEST(Save, NamesWhatCannotBeSaved) {
    const std::pair<const char*, const char*> cases[] = {
        {"self.state.a = { b = function() end }", "state.a.b: a function cannot be saved"},
        {"self.state.h = self:series('BTC-USD')", "state.h: a userdata cannot be saved"},
        {"self.state.self = self.state", "contains itself"},
        {"self.state.m = setmetatable({}, {})", "state.m: has a metatable"},
        {"self.state[true] = 1", "has no order"},
        {"self.state.long = { ('x'):rep(900000), ('y'):rep(900000) }", "larger than 1 MiB"},
    };
    for (const auto& [body, says] : cases) {
        ScriptHost host{on_trade(body)};
        ASSERT_TRUE(host.trade()) << host.fault();
        const auto saved = host->agent->save();
        ASSERT_FALSE(saved) << body;
        EXPECT_NE(saved.error().message.find(says), std::string::npos) << saved.error().message;
        EXPECT_TRUE(host.trade());
    }
}

TEST(Save, RefusesDamagedBytesAndGoesOn) {
    ScriptHost host{busy_agent};
    for (int i = 0; i < 20; ++i)
        ASSERT_TRUE(host.bar(1000 + i));
    const std::string saved = *host->agent->save();
    for (const std::string& bytes :
         {std::string{}, std::string("x"), saved.substr(0, saved.size() - 1), saved + "x",
          std::string(1000, '\xFF'), std::string(saved).replace(40, 1, "\x7F")}) {
        const auto loaded = host->agent->load(bytes);
        ASSERT_FALSE(loaded);
        EXPECT_EQ(loaded.error().code, ErrorCode::corrupt);
    }
    std::string newer = saved;
    newer[4] = 9;
    EXPECT_EQ(host->agent->load(newer).error().code, ErrorCode::unsupported_version);
    EXPECT_TRUE(host.bar(1100)) << host.fault();
}

TEST(Save, AChangedIndicatorWarmsUpAgain) {
    ScriptHost host{busy_agent};
    for (int i = 0; i < 20; ++i)
        ASSERT_TRUE(host.bar(1000 + i));
    const std::string saved = *host->agent->save();
    std::string changed{busy_agent};
    changed.replace(changed.find("h:ema(3)"), 8, "h:ema(4)");
    ScriptHost other{changed};
    ASSERT_TRUE(other->agent->load(saved));
    other->view.at = host->view.at;
    for (int i = 0; i < 14; ++i) {
        ASSERT_TRUE(other.bar(1100)) << other.fault();
        EXPECT_TRUE(other->last.empty());
    }
    ASSERT_TRUE(other.bar(1100));
    EXPECT_FALSE(other->last.empty());
}

} // namespace
} // namespace grekko::script
