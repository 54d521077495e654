-- Trend following with two moving averages, the agent of the tutorial. It buys when the fast
-- average crosses above the slow one, unless the move it hopes for would not pay the costs, and
-- leaves when the averages cross back or the stop is hit.

local agent = grekko.agent {
    mode = "balanced",
    symbols = { "BTC-USD" },
    bars = function(p) return { p.interval } end,
    warmup = function(p) return p.slow + 208 end,
    params = {
        interval = {
            default = "1h", choices = { "5s", "1m", "5m", "15m", "1h", "4h", "1d" }, fixed = true,
        },
        fast = { default = 48, min = 8, max = 120, step = 4 },
        slow = { default = 192, min = 60, max = 480, step = 12 },
        stop = { default = 3.0, min = 1, max = 6 },
        edge = { default = 2.0, min = 0, max = 10, fixed = true },
        horizon = {
            default = "48h", choices = { "5m", "1h", "4h", "12h", "48h", "7d" }, fixed = true,
        },
    },
    check = function(p) return p.fast < p.slow, "fast must be below slow" end,
}

function agent:on_start()
    self.of = self:each(function(symbol)
        local h = self:series(symbol)
        return { fast = h:ema(self.params.fast), slow = h:ema(self.params.slow), atr = h:atr(24) }
    end)
end

function agent:on_bar(bar)
    local i, position = self.of[bar.symbol], self:position(bar.symbol)
    local up = i.fast[0] > i.slow[0]
    if up and i.fast[1] <= i.slow[1] and position.flat and not position.pending then
        local atr = i.atr[0]
        local cost = self:cost(bar.symbol).round_trip * bar.close
        if 4 * atr < self.params.edge * cost then return end
        self:target {
            symbol = bar.symbol,
            risk = 0.005,
            stop = bar.close - self.params.stop * atr,
            horizon = self.params.horizon,
            confidence = 0.4,
            reason = "trend up",
        }
    elseif not up and not position.flat then
        self:close(bar.symbol, "trend over")
    end
end

function agent:on_proposal(p)
    local i = self.of[p.symbol]
    if (i.fast[0] > i.slow[0]) ~= (p.side == "buy") then
        return "reject", 0.4, "against the trend"
    end
    return "approve", 0.3, "with the trend", { max = 0.5 }
end

return agent
