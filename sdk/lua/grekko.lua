---@meta grekko
-- Editor types of the Lua API: lua-language-server reads them for completion and checks. They hold
-- no code. The reference with an example of each function is docs/reference/lua-api.md.

grekko = {}

---@alias Symbol string "BTC-USD"
---@alias Span string|number "48h", "90s", or seconds
---@alias Side "buy"|"sell"
---@alias Urgency "passive"|"normal"|"urgent"
---@alias Feed Series|Values|Indicator|"open"|"high"|"low"|"close"|"volume"

---@class ParameterSpec
---@field default number|string|boolean
---@field min? number
---@field max? number
---@field step? number values are min + a multiple of it
---@field type? "int"|"float"|"log"|"choice"|"bool" follows from the default where left out
---@field choices? string[]
---@field fixed? boolean searches leave it alone

---@class AgentSpec
---@field symbols string[]|fun(p: table): string[]
---@field mode? "aggressive"|"balanced"|"conservative"
---@field bars? string[]|fun(p: table): string[]
---@field warmup? number|table<string, number>|fun(p: table): number|table<string, number>
---@field params? table<string, ParameterSpec>
---@field check? fun(p: table): boolean, string?
---@field votes? string[]|fun(p: table): string[] default: symbols
---@field history? integer bars and values kept for [n], default 64
---@field gap_reset? integer missing bars after which indicators begin anew, default never

---Declares the agent; once a script, which returns what this gives.
---@param spec AgentSpec
---@return Agent
function grekko.agent(spec) end

---@class Values Numbers by bars back: [0] is of the last closed bar; NaN where not known yet.
---@field [integer] number

---@class Indicator: Values
local Indicator = {}
---@return boolean
function Indicator:ready() end

---@class Bar
---@field symbol Symbol
---@field interval string
---@field open number
---@field high number
---@field low number
---@field close number
---@field volume number
---@field time number opening, seconds since 1970
---@field gap integer intervals missing before it
---@field empty boolean no trade happened

---@class Series Closed bars, newest first.
---@field [integer] Bar?
---@field open Values
---@field high Values
---@field low Values
---@field close Values
---@field volume Values
---@field time Values
---@field gap Values
---@field empty Values
local Series = {}
---The bar that is not closed yet, from the trades seen so far.
---@return Bar
function Series:forming() end
---@return boolean
function Series:ready() end

---@class Trade
---@field symbol Symbol
---@field price number
---@field quantity number
---@field side Side of the aggressor
---@field time number
---@field venue string

---@class Quote
---@field symbol Symbol
---@field bid number
---@field ask number
---@field bid_quantity number
---@field ask_quantity number
---@field time number
---@field venue string

---@class BarBatch
---@field interval string
---@field time number
---@field bars table<Symbol, Bar>
---@field missing Symbol[]

---@class Proposal
---@field symbol Symbol
---@field side Side
---@field quantity number
---@field weight_after number
---@field ref number
---@field stop? number
---@field take? number
---@field horizon number seconds
---@field confidence number
---@field cost number round trip, fraction of price
---@field agent string
---@field mode string
---@field reason string

---@class Decision
---@field symbol Symbol
---@field status "accepted"|"refused"|"rejected"|"denied"|"expired"|"superseded"|"cancelled"
---@field side Side
---@field requested number
---@field quantity number
---@field reason string
---@field votes { approve: number, reject: number, abstain: number }

---@class Position
---@field quantity number signed
---@field flat boolean less than a lot or the minimum: test this, never quantity == 0
---@field pending boolean an undecided intent or a working order exists
---@field target number
---@field entry number mean price
---@field since number
---@field unrealised number
---@field realised number
---@field fees number
---@field mae number
---@field mfe number
---@field stop number 0: none

---@class TargetFields
---@field symbol Symbol
---@field quantity? number signed; give one of quantity, notional, weight and risk
---@field notional? number
---@field weight? number fraction of NAV
---@field risk? number fraction of NAV lost at the stop
---@field limit? number worst price
---@field stop? number
---@field take? number
---@field trail? number distance as a fraction of price
---@field horizon? Span
---@field confidence? number 0 to 1, default 0.5
---@field ttl? Span
---@field reason? string
---@field urgency? Urgency
---@field algo? "none"|"twap"|"vwap"|"iceberg"
---@field over? Span of twap and vwap
---@field slices? integer
---@field passive_for? Span
---@field on_timeout? "cancel"|"cross"

---@alias Verdict "approve"|"reject"|"abstain"

---@class VoteOptions
---@field max number approve up to this fraction of the size

---@class BracketFields: TargetFields
---@field entry number worst price
---@field stop number
---@field take number

---@class ScaleFields
---@field symbol Symbol
---@field levels { at: number, weight: number }[]
---@field when? "below"|"above"
---@field stop? number
---@field take? number
---@field trail? number
---@field horizon? Span
---@field confidence? number
---@field ttl? Span
---@field urgency? Urgency
---@field reason? string

---@class Changes
---@field quantity? number
---@field limit? number
---@field stop? number
---@field take? number
---@field ttl? Span
---@field urgency? Urgency
---@field confidence? number
---@field reason? string

---@class MandateFields
---@field symbol Symbol
---@field inventory_min number 0 or below
---@field inventory_max number 0 or above
---@field order_max number
---@field lasts? Span default 1h, at most 24h
---@field stop? number
---@field confidence? number
---@field reason? string

---@class Touch
---@field bid number
---@field ask number
---@field bid_quantity number
---@field ask_quantity number
---@field mid number
---@field spread number fraction of mid
---@field time number
---@field crossed boolean
---@field gapped boolean

---@class Level
---@field price number
---@field quantity number

---@class Cost
---@field entry number fraction of price, as all here
---@field exit number
---@field round_trip number
---@field fee number
---@field half_spread number
---@field impact number

---@class Utc
---@field year integer
---@field month integer
---@field day integer
---@field hour integer
---@field minute integer
---@field second integer
---@field weekday integer 1 is Monday

---@class TestBar
---@field close number
---@field open? number
---@field high? number
---@field low? number
---@field volume? number
---@field interval? Span

---@class Agent
---@field params table read-only values of the declared parameters
---@field state table plain values, saved by the host
---@field name string
---@field mode string
---@field on_start? fun(self: Agent)
---@field on_stop? fun(self: Agent)
---@field on_trade? fun(self: Agent, trade: Trade)
---@field on_quote? fun(self: Agent, quote: Quote)
---@field on_book? fun(self: Agent, book: { symbol: Symbol, venue: string, time: number })
---@field on_bar? fun(self: Agent, bar: Bar)
---@field on_bars? fun(self: Agent, batch: BarBatch)
---@field on_signal? fun(self: Agent, name: string, payload: string)
---@field on_proposal? fun(self: Agent, p: Proposal): Verdict?, number?, string?, VoteOptions?
---@field on_decision? fun(self: Agent, decision: Decision)
---@field on_order? fun(self: Agent, order: table)
---@field on_fill? fun(self: Agent, fill: table)
---@field on_timer? fun(self: Agent, timer: { name: string, id: number, time: number })
---@field save? fun(self: Agent): any
---@field load? fun(self: Agent, saved: any)
local Agent = {}

---@param symbol Symbol
---@param interval? string may be left out where one is declared
---@return Series
function Agent:series(symbol, interval) end
---@generic T
---@param make fun(symbol: Symbol): T
---@return table<Symbol, T>
function Agent:each(make) end
---@param symbol? Symbol
---@return boolean
function Agent:ready(symbol) end

---@param fields TargetFields
function Agent:target(fields) end
---@param fields { symbol: Symbol, side: Side, quantity: number, stop?: number, horizon?: Span }
function Agent:propose(fields) end
---@param fields BracketFields
function Agent:bracket(fields) end
---@param fields ScaleFields
---@return number? weight that was asked for
function Agent:scale(fields) end
---@param symbol Symbol
---@param changes Changes
function Agent:replace(symbol, changes) end
---@param symbol Symbol
---@param reason? string
---@param how? { urgency?: Urgency, limit?: number }
function Agent:close(symbol, reason, how) end
---@param symbol? Symbol
function Agent:cancel(symbol) end
---@param symbol Symbol
---@param stop number
---@return boolean tightened
function Agent:trail(symbol, stop) end
---@param fields MandateFields
function Agent:mandate(fields) end
---@param fields { symbol: Symbol, side: Side, price: number, quantity: number }
function Agent:place(fields) end
---@param symbol Symbol
function Agent:cancel_quotes(symbol) end
---@return table[]
function Agent:orders() end
---@return table[]
function Agent:intents() end

---@param symbol Symbol
---@param venue? string
---@return Touch?
function Agent:quote(symbol, venue) end
---@param symbol Symbol
---@param depth integer
---@param venue? string
---@return { bids: Level[], asks: Level[] }
function Agent:book(symbol, depth, venue) end
---@param symbol Symbol
---@return string[]
function Agent:venues(symbol) end
---@param symbol Symbol
---@return number?
function Agent:mark(symbol) end
---@param symbol Symbol
---@param quantity? number
---@param urgency? Urgency
---@return Cost
function Agent:cost(symbol, quantity, urgency) end
---@param symbol Symbol
---@param venue? string
---@return table
function Agent:instrument(symbol, venue) end
---@param symbol Symbol
---@return number
function Agent:funding(symbol) end
---@param symbol Symbol
---@return number
function Agent:borrow(symbol) end
---@param symbol Symbol
---@param horizon Span
---@return number
function Agent:volatility(symbol, horizon) end
---@param symbol Symbol
---@return boolean
function Agent:stale(symbol) end

---@param symbol Symbol
---@return Position
---@overload fun(self: Agent, whole: "book", symbol: Symbol): Position
function Agent:position(symbol) end
---@param symbol Symbol
---@return number
function Agent:exposure(symbol) end
---@return number
function Agent:nav() end

---@return number seconds since 1970
function Agent:now() end
---@param time? number
---@return Utc
function Agent:utc(time) end
---@param interval Span
---@param name? string
---@return integer
function Agent:every(interval, name) end
---@param time string "00:05", UTC
---@param name? string
---@return integer
function Agent:at(time, name) end
---@param delay Span
---@param name? string
---@return integer
function Agent:after(delay, name) end
---@param id integer
---@return boolean
function Agent:cancel_timer(id) end
---@param from string "21:55", UTC
---@param to string
---@return boolean
function Agent:blackout(from, to) end
---@param low? integer
---@param high? integer
---@return number
function Agent:random(low, high) end

---@param ... any
function Agent:log(...) end
---@param name string
---@param value number
function Agent:metric(name, value) end
---@param series string
---@param value number
function Agent:plot(series, value) end
