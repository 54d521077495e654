-- Trend with a volatility target: decides once in 24 bars how much to hold, less when the market is
-- wild, nothing when the trend is down. See README.md for when it loses.

local bars = require "bars"

local agent = grekko.agent {
    mode = "balanced",
    symbols = { "BTC-USD" },
    bars = function(p) return { p.interval } end,
    warmup = function(p) return 4 * p.slow end,
    params = {
        interval = { default = "1h", choices = bars.choices, fixed = true },
        fast = { default = 48, min = 8, max = 120, step = 4 },
        slow = { default = 192, min = 24, max = 480, step = 12 },
        every = { default = 24, min = 1, max = 168 },
        stop = { default = 4.0, min = 1, max = 8 },
        volatility = { default = 0.20, min = 0.05, max = 0.6 },
        weight_max = { default = 0.25, min = 0.01, max = 0.5 },
    },
    check = function(p) return p.fast < p.slow, "fast must be below slow" end,
}

function agent:on_start()
    local p = self.params
    self.of = self:each(function(symbol)
        local h = self:series(symbol)
        return {
            series = h,
            fast = h:ema(p.fast),
            slow = h:ema(p.slow),
            atr = h:atr(24),
            deviation = h:stddev(p.slow, h:roc(1)),
        }
    end)
    self.state.count = {}
end

local function gap(i) return i.fast[0] - i.slow[0] end

local function is_up(i) return gap(i) > 0 and i.series.close[0] > i.slow[0] end

-- The weight it wants to hold now.
local function wanted(self, i)
    if not is_up(i) then return 0 end
    local annual = bars.annual(i.deviation[0], self.params.interval)
    if not (annual > 0) then return 0 end
    return math.min(self.params.weight_max, self.params.volatility / annual)
end

local function decide(self, symbol, i)
    local p, position = self.params, self:position(symbol)
    local weight, close, atr = wanted(self, i), i.series.close[0], i.atr[0]
    if weight == 0 then
        if not position.flat then self:close(symbol, "trend over") end
        return
    end
    if math.abs(weight - self:exposure(symbol)) <= weight / 4 then return end
    self:target {
        symbol = symbol,
        weight = weight,
        stop = close - p.stop * atr,
        urgency = "passive",
        passive_for = "60s",
        on_timeout = "cross",
        horizon = bars.horizon(96, p.interval),
        confidence = math.max(0.1, math.min(0.6, gap(i) / (4 * atr))),
        reason = "trend up",
    }
end

function agent:on_bar(bar)
    local count = (self.state.count[bar.symbol] or 0) + 1
    self.state.count[bar.symbol] = count
    if (count - 1) % self.params.every == 0 then decide(self, bar.symbol, self.of[bar.symbol]) end
end

function agent:on_proposal(p)
    local i = self.of[p.symbol]
    local distance, atr = gap(i), i.atr[0]
    if not (math.abs(distance) >= 0.5 * atr) then return "abstain", 0, "no clear trend" end
    local confidence = math.max(0.1, math.min(0.6, math.abs(distance) / (4 * atr)))
    if 2 * p.cost > self:volatility(p.symbol, p.horizon) then
        return "reject", confidence, "the move does not pay the costs"
    end
    if (distance > 0) ~= (p.side == "buy") then return "reject", confidence, "against the trend" end
    local max = 1
    if p.side == "buy" and p.weight_after > 0 then
        max = math.min(1, wanted(self, i) / p.weight_after)
    end
    return "approve", confidence, "with the trend", { max = max }
end

return agent
