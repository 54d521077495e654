-- Lengths of time counted in bars. Shipped with the host: `local bars = require "bars"`.

local bars = {}

bars.choices = { "5s", "1m", "5m", "15m", "1h", "4h", "1d" }

local seconds = { ["5s"] = 5, ["1m"] = 60, ["5m"] = 300, ["15m"] = 900, ["1h"] = 3600,
                  ["4h"] = 14400, ["1d"] = 86400 }

-- Seconds of `count` bars, as a horizon: from one minute to seven days.
function bars.horizon(count, interval)
    return math.max(60, math.min(count * seconds[interval], 7 * 86400))
end

-- Seconds of `count` bars, as a time to wait passively: from one second to two days.
function bars.wait(count, interval)
    return math.max(1, math.min(count * seconds[interval], 2 * 86400))
end

-- The volatility of a year from the standard deviation of one bar's return in percent.
function bars.annual(deviation_percent, interval)
    return deviation_percent / 100 * math.sqrt(365 * 86400 / seconds[interval])
end

return bars
