local small = { channel = 24, exit = 12 }

local function flat(_) return 50000, 1, 50 end

test("buys a close above the channel on high volume, urgently", function(t)
    local host = t:host { params = small }
    t:equal(#host:bars("BTC-USD", 60, flat), 0)
    local actions = host:bar("BTC-USD", { close = 50400, volume = 5 })
    t:equal(#actions, 1)
    t:equal(actions[1].urgency, "urgent")
    t:ok(actions[1].weight <= 0.25)
    t:ok(actions[1].confidence > 0.3 and actions[1].confidence <= 0.7)
    t:ok(actions[1].stop < 50400)
end)

test("does not buy a breakout on little volume", function(t)
    local host = t:host { params = small }
    host:bars("BTC-USD", 60, flat)
    t:equal(#host:bar("BTC-USD", { close = 50400, volume = 0.5 }), 0)
end)

test("trails its stop and leaves below the channel", function(t)
    local host = t:host { params = small }
    host:bars("BTC-USD", 60, flat)
    host:bar("BTC-USD", { close = 50400, volume = 5 })
    t:ok(host:fill("BTC-USD"))
    local raised = host:bars("BTC-USD", 10, function(i) return 50400 + 200 * i, 1, 20 end)
    t:equal(raised[#raised].action, "stop")
    t:ok(raised[#raised].stop > 50400)
    local left = host:bar("BTC-USD", { close = 49000 })
    t:equal(left[1].action, "close")
end)

test("approves longs above the middle of the channel only", function(t)
    local host = t:host { params = small }
    host:bars("BTC-USD", 60, function(i) return 50000 + 10 * i end)
    t:equal(host:proposal({ symbol = "BTC-USD", side = "buy" }).verdict, "approve")
    t:equal(host:proposal({ symbol = "BTC-USD", side = "sell" }).verdict, "abstain")
    host:bars("BTC-USD", 24, function(i) return 50600 - 20 * i end)
    t:equal(host:proposal({ symbol = "BTC-USD", side = "buy" }).verdict, "reject")
end)

test("abstains while it warms up", function(t)
    local host = t:host()
    t:equal(host:proposal({ symbol = "BTC-USD", side = "buy" }).verdict, "abstain")
end)
