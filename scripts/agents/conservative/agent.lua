-- Slow trend in calm markets: holds little, trades rarely and only passively, halves when the
-- market is wild. As a voter it guards the others. See README.md for when it loses.

local bars = require "bars"

local agent = grekko.agent {
    mode = "conservative",
    symbols = { "BTC-USD" },
    bars = function(p) return { p.interval } end,
    warmup = function(p) return p.slow + 8 end,
    params = {
        interval = { default = "1h", choices = bars.choices, fixed = true },
        fast = { default = 480, min = 12, max = 960, step = 12 },
        slow = { default = 1200, min = 36, max = 2400, step = 12 },
        every = { default = 24, min = 1, max = 168 },
        stop = { default = 5.0, min = 2, max = 10 },
        volatility = { default = 0.08, min = 0.02, max = 0.3 },
        weight_max = { default = 0.15, min = 0.01, max = 0.3 },
    },
    check = function(p) return p.fast < p.slow, "fast must be below slow" end,
}

local decisions_kept = 180

function agent:on_start()
    local p = self.params
    self.of = self:each(function(symbol)
        local h = self:series(symbol)
        return {
            series = h,
            fast = h:sma(p.fast),
            slow = h:sma(p.slow),
            atr = h:atr(24),
            deviation = h:stddev(p.fast, h:roc(1)),
        }
    end)
    self.state.count = {}
    self.state.seen = {}
end

local function is_up(i)
    return i.series.close[0] > i.slow[0] and i.fast[0] > i.slow[0]
end

local function annual(self, i) return bars.annual(i.deviation[0], self.params.interval) end

-- Whether the volatility is above the 90th percentile of the last decisions; false until there are
-- ten of them.
local function is_wild(self, symbol, i)
    local seen = self.state.seen[symbol] or {}
    if #seen < 10 then return false end
    local sorted = table.move(seen, 1, #seen, 1, {})
    table.sort(sorted)
    return annual(self, i) > sorted[math.ceil(0.9 * #sorted)]
end

local function remember(self, symbol, value)
    local seen = self.state.seen[symbol] or {}
    self.state.seen[symbol] = seen
    seen[#seen + 1] = value
    if #seen > decisions_kept then table.remove(seen, 1) end
end

local function decide(self, symbol, i)
    local p, position, volatility = self.params, self:position(symbol), annual(self, i)
    local wild = is_wild(self, symbol, i)
    if volatility > 0 then remember(self, symbol, volatility) end
    if not is_up(i) then
        if not position.flat then self:close(symbol, "trend over", { urgency = "passive" }) end
        return
    end
    if not (volatility > 0) then return end
    local weight = math.min(p.weight_max, p.volatility / volatility)
    if wild then weight = weight / 2 end
    if math.abs(weight - self:exposure(symbol)) <= weight / 4 then return end
    self:target {
        symbol = symbol,
        weight = weight,
        stop = i.series.close[0] - p.stop * i.atr[0],
        urgency = "passive",
        passive_for = bars.wait(6, p.interval),
        on_timeout = "cancel",
        horizon = bars.horizon(240, p.interval),
        confidence = 0.2,
        reason = wild and "slow trend up, wild market" or "slow trend up",
    }
end

function agent:on_bar(bar)
    local count = (self.state.count[bar.symbol] or 0) + 1
    self.state.count[bar.symbol] = count
    if (count - 1) % self.params.every == 0 then decide(self, bar.symbol, self.of[bar.symbol]) end
end

function agent:on_proposal(p)
    local i = self.of[p.symbol]
    if not p.stop then return "reject", 0.6, "no stop" end
    if is_wild(self, p.symbol, i) then return "reject", 0.6, "the market is wild" end
    if p.weight_after > 0.20 then return "reject", 0.6, "too large" end
    local move = self:volatility(p.symbol, p.horizon)
    if p.take and p.ref > 0 then move = math.abs(p.take - p.ref) / p.ref end
    if 3 * p.cost > move then return "reject", 0.6, "the move does not pay the costs" end
    if p.side == "buy" and is_up(i) then
        return "approve", 0.2, "slow trend up", { max = 0.5 }
    end
    return "abstain", 0, "no view"
end

return agent
