// A small market and an agent for the tests of reports: hourly bars that go up for some days and
// down for some, and an agent that holds a fixed weight in the first half of each hundred bars.
// It proves nothing about trading. The tests of app/report use it.
#pragma once

#include <cmath>
#include <string>

#include "app/report/backtest_run.hpp"
#include "app/session_file.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::tests {

inline constexpr int sample_bars = 600;

inline std::string sample_csv() {
    std::string out = "open_time_s,open,high,low,close,volume_base\n";
    double price = 10'000.0;
    for (int i = 0; i < sample_bars; ++i) {
        const double next = 2.0 * std::round(price * (1.0 + 0.003 * std::sin(i / 20.0)) / 2.0);
        out += std::to_string(1'600'000'000L / 3600 * 3600 + 3600L * i);
        for (const double value :
             {price, std::max(price, next) + 6.0, std::min(price, next) - 6.0, next, 900.0})
            out += "," + std::to_string(value).substr(0, std::to_string(value).size() - 4);
        out += "\n";
        price = next;
    }
    return out;
}

inline constexpr const char* sample_agent = R"lua(
local agent = grekko.agent {
  mode = "balanced", symbols = { "BTC-USD" }, bars = { "1h" }, warmup = { ["1h"] = 50 },
}
function agent:on_start()
  self.of = self:each(function(symbol)
    return { atr = self:series(symbol, "1h"):atr(24), n = 0 }
  end)
end
function agent:on_bar(bar)
  local i, pos = self.of[bar.symbol], self:position(bar.symbol)
  i.n = i.n + 1
  if i.n % 100 == 1 and pos.flat then
    self:target { symbol = bar.symbol, weight = 0.1, stop = bar.close * 0.85, horizon = "48h",
      urgency = "urgent", confidence = 0.5, reason = "first half" }
  elseif i.n % 100 == 51 and not pos.flat then
    self:close(bar.symbol, "second half")
  end
end
return agent
)lua";

// The configuration and options of a backtest of both in a folder. Check 19 (edge) is off: the
// agent trades whatever it costs.
struct SampleRun {
    TemporaryFolder folder;
    app::Globals globals;
    app::BacktestOptions options;
    config::Config config;

    SampleRun() {
        folder.write("bars.csv", sample_csv());
        folder.write("holder/agent.lua", sample_agent);
        folder.write("holder/agent.toml", "symbols = [\"BTC-USD\"]\n");
        globals.config_file =
            folder
                .write("grekko.toml", "risk.disabled = [\"edge\"]\nbook.folder = \"" +
                                          (folder / "data").string() + "\"\n")
                .string();
        options.source.paths = {(folder / "bars.csv").string()};
        options.source.symbols = {"BTC-USD"};
        options.agents = {(folder / "holder").string()};
        config = app::load_config(globals).value();
    }
};

} // namespace grekko::tests
