local small = { fast = 8, slow = 60, every = 24 }

local function rising(i) return 50000 + 40 * i + (i % 2) * 100, 1, 50 end
local function falling(i) return 50000 - 40 * i + (i % 2) * 100, 1, 50 end

test("holds a weight that its volatility target allows", function(t)
    local host = t:host { params = small }
    local actions = host:bars("BTC-USD", 245, rising)
    t:equal(#actions, 1)
    t:equal(actions[1].urgency, "passive")
    t:ok(actions[1].weight > 0 and actions[1].weight <= 0.25)
    t:ok(actions[1].confidence >= 0.1 and actions[1].confidence <= 0.6)
end)

test("does not trade again while the weight is about right", function(t)
    local host = t:host { params = small }
    host:bars("BTC-USD", 270, rising)
    t:ok(host:fill("BTC-USD"))
    t:equal(#host:bars("BTC-USD", 48, function(i) return rising(i + 270) end), 0)
end)

test("leaves when the trend is over, at its next decision", function(t)
    local host = t:host { params = small }
    host:bars("BTC-USD", 270, rising)
    host:fill("BTC-USD")
    local actions = host:bars("BTC-USD", 120, function(i) return 60000 - 100 * i end)
    t:equal(actions[#actions].action, "close")
end)

test("votes by its trend and by the costs", function(t)
    local host = t:host { params = small }
    host:bars("BTC-USD", 300, rising)
    t:equal(host:proposal({ symbol = "BTC-USD", side = "buy" }).verdict, "approve")
    t:equal(host:proposal({ symbol = "BTC-USD", side = "sell" }).verdict, "reject")
    t:equal(host:proposal({ symbol = "BTC-USD", side = "buy", cost = 0.5 }).verdict, "reject")
    local half = host:proposal { symbol = "BTC-USD", side = "buy", weight_after = 0.5 }
    t:ok(half.max <= 0.5)
end)

test("holds nothing in a falling market", function(t)
    local host = t:host { params = small }
    t:equal(#host:bars("BTC-USD", 400, falling), 0)
end)
