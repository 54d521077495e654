-- Breakout: buys what closes above its highest high on more than usual volume, follows it with a
-- trailing stop, and leaves below the lowest low. See README.md for when it loses.

local bars = require "bars"

local agent = grekko.agent {
    mode = "aggressive",
    symbols = { "BTC-USD" },
    bars = function(p) return { p.interval } end,
    warmup = function(p) return p.channel + 24 end,
    params = {
        interval = { default = "1h", choices = bars.choices, fixed = true },
        channel = { default = 96, min = 24, max = 480, step = 12 },
        exit = { default = 48, min = 12, max = 240, step = 12 },
        stop = { default = 3.0, min = 1, max = 8 },
        trail = { default = 5.0, min = 2, max = 12 },
        risk = { default = 0.01, min = 0.001, max = 0.02 },
        weight_max = { default = 0.25, min = 0.01, max = 0.5 },
    },
    check = function(p)
        if p.exit > p.channel then return false, "exit must not be longer than channel" end
        return p.stop <= p.trail, "stop must not be wider than trail"
    end,
}

function agent:on_start()
    local p = self.params
    self.of = self:each(function(symbol)
        local h = self:series(symbol)
        return {
            series = h,
            channel = h:donchian(p.channel),
            exit = h:lowest(p.exit, "low"),
            volume = h:sma(p.channel, "volume"),
            atr = h:atr(24),
        }
    end)
    self.state.highest = {}
end

local function enter(self, bar, i)
    local p, atr = self.params, i.atr[0]
    local beyond = bar.close - i.channel.upper[1]
    if not (beyond > 0 and bar.volume > i.volume[1] and atr > 0) then return end
    self.state.highest[bar.symbol] = bar.high
    self:target {
        symbol = bar.symbol,
        weight = math.min(p.weight_max, p.risk * bar.close / (p.stop * atr)),
        stop = bar.close - p.stop * atr,
        urgency = "urgent",
        horizon = bars.horizon(48, p.interval),
        confidence = math.min(0.7, 0.3 + 0.1 * beyond / atr),
        reason = "close above the channel",
    }
end

local function follow(self, bar, i)
    local highest = math.max(self.state.highest[bar.symbol] or bar.high, bar.high)
    self.state.highest[bar.symbol] = highest
    if bar.close < i.exit[1] then
        self:close(bar.symbol, "close below the channel", { urgency = "urgent" })
    else
        local stop = highest - self.params.trail * i.atr[0]
        if stop > 0 and stop < bar.close then self:trail(bar.symbol, stop) end
    end
end

function agent:on_bar(bar)
    local i, position = self.of[bar.symbol], self:position(bar.symbol)
    if not position.flat then
        follow(self, bar, i)
    elseif not position.pending then
        enter(self, bar, i)
    end
end

function agent:on_proposal(p)
    local i = self.of[p.symbol]
    if p.side ~= "buy" or self:stale(p.symbol) or not i.channel:ready() then
        return "abstain", 0, "no view"
    end
    if i.series.close[0] > i.channel.middle[0] then
        return "approve", 0.4, "above the middle of the channel", { max = 1 }
    end
    return "reject", 0.3, "below the middle of the channel"
end

return agent
