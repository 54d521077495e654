// What a script gives the host: errors, numbers, tables, handles, actions, states.
#include "unit/io/script/attacks/attack.hpp"

namespace grekko::script {
namespace {

const Attack values[] = {
    {"A49AddressByTostring", Ends::contained,
     "assert(tostring({}) == 'table' and tostring(print) == 'function') "
     "assert(tostring(coroutine.create(spin)) == 'thread')"},
    {"A49AddressByFormat", Ends::error, "string.format('%p', {})", "not available"},
    {"A49AddressByFormatText", Ends::contained,
     "assert(string.format('%s %q', {}, spin) == 'table function')"},
    {"A50ErrorWithTostring", Ends::error, "error(setmetatable({}, {__tostring=spin}))", "a table"},
    {"A50ErrorWithName", Ends::error, "error(setmetatable({}, {__name='\\n\\n'}))", "a table"},
    {"A50LogWithTostring", Ends::killed, "self:log(setmetatable({}, {__tostring=spin}))"},
    {"A51ErrorHuge", Ends::error, "error(('x'):rep(900000))", "xxx"},
    {"A51ErrorWithoutPlace", Ends::error, "error('no place', 0)", "no place"},
    {"A51ErrorOfALine", Ends::error, "error('one\\nERROR forged line\\27[31m')",
     "one ERROR forged line [31m"},
    {"A51ErrorNotUtf8", Ends::error, "error('a\\xff\\0b')", "a? b"},
    {"A51ErrorNil", Ends::error, "error(nil)", "a nil"},
    {"A51NestedTables", Ends::error, "local t = {} t.t = t error(t)", "a table"},
    {"A51ForgedKill", Ends::error, "error({killed=true})", "a table"},
    {"A51KillIsNotToBeHad", Ends::killed,
     "local all = {} xpcall(spin, function(e) all[1] = e end) error('caught')"},
    {"A53SeriesConfusion", Ends::error, "local h = self:series('BTC-USD') h.forming(trade)",
     "colon"},
    {"A53IndicatorConfusion", Ends::error, "local h = self:series('BTC-USD') h.sma(h.close, 5)",
     "colon"},
    {"A53SelfConfusion", Ends::error, "self.close('BTC-USD')", "colon"},
    {"A53SeriesMetatable", Ends::error, "getmetatable(self:series('BTC-USD')).__index = spin",
     "index a boolean"},
    {"A53WriteSeries", Ends::error, "self:series('BTC-USD').close = 1", "read-only"},
    {"A53RawsetSeries", Ends::error, "rawset(self:series('BTC-USD'), 1, 2)", "table expected"},
    {"A53IndexOfSeries", Ends::error, "return self:series('BTC-USD')[-1]", "counts bars back"},
    {"A53HugeIndexOfSeries", Ends::error, "return self:series('BTC-USD')[math.maxinteger]",
     "are kept"},
    {"A54PoisonedEvent", Ends::contained,
     "setmetatable(trade, {__newindex=spin, __index=spin}) trade.price=nil"},
    {"A54EventKeptForTheNext", Ends::contained, "self.kept = trade kept = trade"},
    {"A54BigEvent", Ends::out_of_memory, "for i=1,1e7 do trade[i] = i end"},
    {"A55NotANumber", Ends::error, "self:target{ symbol='BTC-USD', quantity=0/0 }", "NaN"},
    {"A55Infinity", Ends::error, "self:target{ symbol='BTC-USD', quantity=1/0 }", "inf"},
    {"A55NumberInAText", Ends::error, "self:target{ symbol='BTC-USD', quantity='0x10' }", "0x10"},
    {"A55Huge", Ends::error, "self:target{ symbol='BTC-USD', quantity=1e308 }", "1e+308"},
    {"A55Mininteger", Ends::error, "self:target{ symbol='BTC-USD', quantity=math.mininteger }",
     "must be a number from"},
    {"A55NegativeZero", Ends::error,
     "self:place{ symbol='BTC-USD', side='buy', price=1, "
     "quantity=-0.0 }",
     "must be a number from"},
    {"A55Denormal", Ends::error,
     "self:place{ symbol='BTC-USD', side='buy', price=1, "
     "quantity=5e-324 }",
     "must be a number from"},
    {"A55NegativeQuantity", Ends::error,
     "self:place{ symbol='BTC-USD', side='buy', price=1, "
     "quantity=-1 }",
     "must be a number from"},
    {"A55UnknownSymbol", Ends::error, "self:close(('x'):rep(900000))", "none of this agent"},
    {"A55UnknownField", Ends::error, "self:target{ [('x'):rep(600000)] = 1 }", "target.xxx"},
    {"A55EmptyVote", Ends::error, "self:close('BTC-USD', {})", "must be a text"},
    {"A56ActionFlood", Ends::error, "for i=1,1000000 do self:cancel('BTC-USD') end",
     "actions in one event"},
    {"A56FloodCaught", Ends::over_quota, "for i=1,300 do pcall(self.cancel, self, 'BTC-USD') end",
     "actions in one event"},
    {"A56TimerFlood", Ends::error, "for i=1,1000 do self:after('1h') end", "64 timers"},
    {"A56TimerNames", Ends::error, "self:after('1h', ('x'):rep(900000))", "longer than 64 bytes"},
    {"A56LogFlood", Ends::over_quota, "for i=1,2000 do self:log('x') end", "log: more than"},
    {"A56PlotFlood", Ends::over_quota, "for i=1,11000 do self:plot('x', i) end", "plot: more than"},
    {"A57NoReentry", Ends::error, "self:replay()", "replay"},
    {"A57OwnHandler", Ends::error,
     "local function f() self.done = nil self:on_trade(trade) end self:on_trade(trade) f()",
     "actions in one event"},
    {"A62OrderOfTables", Ends::error, "for k in pairs({[{}]=1}) do end", "has no order"},
    {"A62NextWithKey", Ends::error, "next({a=1}, 'a')", "pairs"},
    {"A62NoRandom", Ends::error, "math.random()", "self:random()"},
    {"A62NoRandomSeed", Ends::error, "math.randomseed(1)", "randomseed"},
    // Only a worker process can contain these; an agent has no way to ask for them.
    {"A69SpinInC", Ends::error, "grekko._test.spin_c()", "_test"},
    {"A70CrashOfTheInterpreter", Ends::error, "grekko._test.segv()", "_test"},
};
INSTANTIATE_TEST_SUITE_P(Values, Attacks, testing::ValuesIn(values), name_of);

} // namespace
} // namespace grekko::script
