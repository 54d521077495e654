---@meta
-- Editor types of what agent_test.lua may use, and it alone.

---@class TestHost
local TestHost = {}
---@param symbol Symbol
---@param bar TestBar
---@return table[] actions
function TestHost:bar(symbol, bar) end
---@param symbol Symbol
---@param count integer
---@param make fun(i: integer): number, number?, number? close, volume, distance of high and low
---@return table[] actions
function TestHost:bars(symbol, count, make) end
---@param symbol Symbol
---@param price number
---@param quantity? number
---@param side? Side
---@return table[] actions
function TestHost:trade(symbol, price, quantity, side) end
---@param fields table
---@return { verdict: string, confidence: number, reason: string, max: number }
function TestHost:proposal(fields) end
---@param time Span
---@return table[] actions
function TestHost:advance(time) end
---@param symbol Symbol
---@param quantity number
---@param entry? number
---@param stop? number
function TestHost:position(symbol, quantity, entry, stop) end
---@param symbol Symbol
---@return boolean
function TestHost:fill(symbol) end
---@param symbol Symbol
---@param values { mark?: number, volatility_1m?: number, round_trip?: number }
function TestHost:market(symbol, values) end
function TestHost:reload() end

---@class TestTools
local TestTools = {}
---@param options? { params?: table, symbols?: Symbol[], nav?: number }
---@return TestHost
function TestTools:host(options) end
---@param got any
---@param expected any
---@param what? string
function TestTools:equal(got, expected, what) end
---@param got number
---@param expected number
---@param tolerance? number
function TestTools:near(got, expected, tolerance) end
---@param condition any
---@param what? string
function TestTools:ok(condition, what) end

---@param name string
---@param body fun(t: TestTools)
function test(name, body) end
