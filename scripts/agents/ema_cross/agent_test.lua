local small = { fast = 8, slow = 60 }

-- Down for `bottom` bars, then up: the averages cross once.
local function valley(bottom)
    return function(i)
        return i <= bottom and 60000 - 40 * i or 60000 - 80 * bottom + 40 * i, 1, 100
    end
end

test("buys once when the fast average crosses above the slow one", function(t)
    local host = t:host { params = small }
    local actions = host:bars("BTC-USD", 400, valley(320))
    t:equal(#actions, 1)
    t:equal(actions[1].action, "target")
    t:near(actions[1].risk, 0.005)
    t:equal(actions[1].horizon, 48 * 3600)
    t:ok(actions[1].stop < 60000)
end)

test("does not buy a move that would not pay its costs", function(t)
    local host = t:host { params = small }
    host:market("BTC-USD", { round_trip = 0.2 })
    t:equal(#host:bars("BTC-USD", 400, valley(320)), 0)
end)

test("leaves the question of costs to the host where it is told to", function(t)
    local host = t:host { params = { fast = 8, slow = 60, edge = 0 } }
    host:market("BTC-USD", { round_trip = 0.2 })
    t:equal(#host:bars("BTC-USD", 400, valley(320)), 1)
end)

test("leaves when the averages cross back", function(t)
    local host = t:host { params = small }
    host:bars("BTC-USD", 400, valley(320))
    t:ok(host:fill("BTC-USD"))
    local actions = host:bars("BTC-USD", 80, function(i) return 50000 - 100 * i end)
    t:equal(actions[1].action, "close")
end)

test("votes with the trend, for half of the size", function(t)
    local host = t:host { params = small }
    host:bars("BTC-USD", 300, function(i) return 50000 + 40 * i end)
    local buy = host:proposal { symbol = "BTC-USD", side = "buy" }
    t:equal(buy.verdict, "approve")
    t:near(buy.max, 0.5)
    t:equal(host:proposal({ symbol = "BTC-USD", side = "sell" }).verdict, "reject")
end)

test("goes on after a reload as if nothing had happened", function(t)
    local plain, reloaded = t:host { params = small }, t:host { params = small }
    plain:bars("BTC-USD", 330, valley(320))
    reloaded:bars("BTC-USD", 330, valley(320))
    reloaded:reload()
    local function rest(i) return valley(320)(i + 330) end
    local a, b = plain:bars("BTC-USD", 70, rest), reloaded:bars("BTC-USD", 70, rest)
    t:equal(#a, 1)
    t:equal(#b, 1)
    t:equal(a[1].stop, b[1].stop)
end)
