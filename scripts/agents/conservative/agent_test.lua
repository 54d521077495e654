local small = { fast = 48, slow = 120, every = 24 }

local function rising(i) return 50000 + 40 * i + (i % 2) * 100, 1, 50 end

test("buys little, passively, in a slow rise", function(t)
    local host = t:host { params = small }
    local actions = host:bars("BTC-USD", 140, rising)
    t:equal(#actions, 1)
    t:equal(actions[1].urgency, "passive")
    t:ok(actions[1].weight > 0 and actions[1].weight <= 0.15)
    t:near(actions[1].confidence, 0.2)
end)

test("leaves when the slow trend is over", function(t)
    local host = t:host { params = small }
    host:bars("BTC-USD", 140, rising)
    host:fill("BTC-USD")
    local actions = host:bars("BTC-USD", 120, function(i) return 55000 - 100 * i end)
    t:equal(actions[#actions].action, "close")
end)

test("halves its weight in a wild market", function(t)
    local host = t:host { params = small }
    host:bars("BTC-USD", 140 + 24 * 12, rising)
    local calm = host:bars("BTC-USD", 24, function(i) return rising(i + 428) end)
    local wild = host:bars("BTC-USD", 48, function(i)
        return rising(i + 452) + (i % 2) * 2500, 1, 50
    end)
    t:ok(#calm > 0 and #wild > 0)
    t:ok(wild[#wild].weight < calm[#calm].weight / 2)
end)

test("guards the others", function(t)
    local host = t:host { params = small }
    host:bars("BTC-USD", 200, rising)
    local function vote(p)
        p.symbol, p.side = "BTC-USD", p.side or "buy"
        return host:proposal(p)
    end
    t:equal(vote({}).reason, "no stop")
    t:equal(vote({ stop = 40000, weight_after = 0.3 }).reason, "too large")
    t:equal(vote({ stop = 40000, cost = 0.5 }).reason, "the move does not pay the costs")
    local good = vote { stop = 40000 }
    t:equal(good.verdict, "approve")
    t:near(good.max, 0.5)
    t:equal(vote({ stop = 70000, side = "sell" }).verdict, "abstain")
end)
