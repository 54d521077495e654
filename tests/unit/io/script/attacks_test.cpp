// covers: vm.cpp, vm.hpp, protected.cpp, metatables.cpp, iteration.cpp, basics.cpp, originals.cpp
// covers: io/script/math/lua_pow.cpp
// covers: globals.cpp, tables.cpp, strings.cpp, patterns.cpp, math_library.cpp, libraries.hpp
// Scripts that try to hang, crash or escape, each with the expected outcome: the agent is killed
// within its budget, gets an ordinary error, or completes; the host goes on in every case.
#include "unit/io/script/script_host.hpp"

namespace grekko::script {
namespace {

enum class Expected { killed, error, completes, refused_at_load };

struct Attack {
    const char* name;
    const char* body;
    Expected expected;
    const char* says; // part of the message, empty: anything
};

constexpr const char* spin = "local function spin() while true do end end\n";

const Attack attacks[] = {
    {"PlainLoop", "while true do end", Expected::killed, ""},
    {"PcallSwallow", "while true do pcall(spin) end", Expected::killed, ""},
    {"GotoPcall", "::a:: pcall(spin) goto a", Expected::killed, ""},
    {"XpcallHandlerSpin", "xpcall(spin, spin)", Expected::killed, ""},
    {"HandlerRecursion", "local ok = xpcall(error, function() error() end) error('handled')",
     Expected::error, "handled"},
    {"PcallChain", "pcall(pcall, pcall, spin)", Expected::killed, ""},
    {"PcallByMetamethod",
     "local t t = setmetatable({}, {__index=function() pcall(spin) return t end}) return t.a.b.c",
     Expected::killed, ""},
    {"GcSpin", "setmetatable({}, {__gc=spin})", Expected::error, "__gc is not allowed"},
    {"GcPlaceholder", "local mt={__gc=true} setmetatable({}, mt) mt.__gc=spin", Expected::error,
     "__gc"},
    {"GcAddedLater", "local mt={} local o=setmetatable({}, mt) mt.__gc=spin o=nil",
     Expected::completes, ""},
    {"CloseSpin", "local x <close> = setmetatable({},{__close=spin})", Expected::error, "__close"},
    {"ShortCoroutines",
     "while true do coroutine.resume(coroutine.create(function() for i=1,200 do end end)) end",
     Expected::killed, ""},
    {"CoroutineTree",
     "local function f(d) for i=1,50 do coroutine.resume(coroutine.create(f), d+1) end end f(1)",
     Expected::killed, ""},
    {"KillInsideCoroutine",
     "coroutine.resume(coroutine.create(function() pcall(spin) spin() end)) spin()",
     Expected::killed, ""},
    {"NoWrap", "coroutine.wrap(spin)()", Expected::error, "wrap"},
    {"NoCoroutineClose", "coroutine.close(coroutine.create(spin))", Expected::error, "close"},
    {"WeakMetatable",
     "for i=1,1000 do pcall(setmetatable, {}, setmetatable({__newindex={}},{__mode='v'})) end "
     "setmetatable({}, {__mode='k'})",
     Expected::error, "__mode"},
    {"FindBacktracking", "(('a'):rep(30000)):find(('a-'):rep(8)..'b')", Expected::killed, ""},
    {"LazyBacktracking", "((' '):rep(200000)):find('.-.-.-x')", Expected::killed, ""},
    {"BalancedAbuse", "local s=('('):rep(100000) for i=1,1e9 do s:find('%b()', i) end",
     Expected::killed, ""},
    {"HugeSet", "local s=('a'):rep(100000) s:find('['..('b'):rep(100000)..']')", Expected::killed,
     ""},
    {"TooManyCaptures", "(('a'):rep(40)):match(('(a)'):rep(33))", Expected::error,
     "too many captures"},
    {"PatternTooDeep", "(('a'):rep(300)):match(('a?'):rep(300)..('a'):rep(300)..'(b')",
     Expected::error, ""},
    {"GsubExpansion", "local s=('a'):rep(900000) while true do s=s:gsub('a','%0%0') end",
     Expected::killed, ""},
    {"GsubCallbackSpin", "pcall(string.gsub, 'abc', '.', spin)", Expected::killed, ""},
    {"RepEmpty", "(''):rep(1<<60)", Expected::error, "larger than"},
    {"RepHuge", "('x'):rep(1<<33)", Expected::error, "larger than"},
    {"RepSeparator", "('x'):rep(1000000, ('y'):rep(1000))", Expected::error, "larger than"},
    {"ConcatDoubling", "local s='x' while true do s=s..s end", Expected::error, "memory"},
    {"MoveWithoutAllocation", "table.move({},1,1<<50,2)", Expected::error, "too many elements"},
    {"MoveLong", "while true do table.move({},1,90000000,2) end", Expected::killed, ""},
    {"ConcatByMetamethod", "table.concat(setmetatable({},{__index=rawlen}),'',1,1<<40)",
     Expected::error, "too many elements"},
    {"InsertFront", "local t={} while true do table.insert(t,1,1) end", Expected::killed, ""},
    {"UnpackBig", "table.unpack({},1,10000000)", Expected::error, ""},
    {"UnpackExtremes", "table.unpack({}, math.mininteger, math.maxinteger)", Expected::error,
     "more than 250"},
    {"SortSpin", "table.sort({3,2,1}, spin)", Expected::killed, ""},
    {"SortInconsistent",
     "local t={} for i=1,100 do t[i]=i end table.sort(t, function() return true end)",
     Expected::completes, ""},
    {"SortMixed", "table.sort({1,'a',{}})", Expected::error, "compare"},
    {"NoLoad", "load('return 1')", Expected::error, "load"},
    {"NoDump", "string.dump(spin)", Expected::error, "dump"},
    {"NoCollect", "collectgarbage('stop')", Expected::error, "collectgarbage"},
    {"NoDebug", "debug.getregistry()", Expected::error, "debug"},
    {"NoIo", "io.open('x')", Expected::error, "io"},
    {"NoOs", "os.exit()", Expected::error, "os"},
    {"NoPackage", "package.loadlib('x','y')", Expected::error, "package"},
    {"RequireOs", "require('os')", Expected::error, "while loading only"},
    {"PathTraversal", "require('../../etc/passwd')", Expected::error, ""},
    {"CompareBigStrings",
     "local a=('a'):rep(1000000) local b=a..'' while true do local c = a < b end", Expected::killed,
     ""},
    {"Rehash", "while true do local t={} for i=1,1000 do t[i*7919]=i end end", Expected::killed,
     ""},
    {"DeepRecursion", "local function f() return 1+f() end f()", Expected::error, ""},
    {"DeepRecursionInC", "local function f() ('a'):gsub('.', f) end f()", Expected::error, ""},
    {"IndexLoop",
     "local t={} setmetatable(t,{__index=t}) setmetatable(t,{__index=setmetatable({},{__index="
     "function(t,k) return t[k] end})}) return t.x",
     Expected::error, "overflow"},
    {"StringMetatable", "getmetatable('').__index = spin", Expected::error, ""},
    {"StringMetatableHidden", "assert(getmetatable('') == false)", Expected::completes, ""},
    {"LibraryMutation", "math.floor = spin", Expected::error, "read-only"},
    {"GlobalMutation", "pairs = spin", Expected::error, "read-only"},
    {"GrekkoMutation", "grekko.agent = spin", Expected::error, "read-only"},
    {"MethodMutation", "self.target = spin", Expected::error, "function of the host"},
    {"RawsetLibrary", "rawset(math, 'floor', spin)", Expected::error, "read-only"},
    {"PairsOfLibrary", "for k in pairs(math) do error(k) end", Expected::completes, ""},
    {"AddressByTostring", "assert(tostring({}) == 'table' and tostring(print) == 'function')",
     Expected::completes, ""},
    {"AddressByFormat", "string.format('%p', {})", Expected::error, "not available"},
    {"AddressByFormatText", "assert(string.format('%s', {}) == 'table')", Expected::completes, ""},
    {"ErrorWithTostring", "error(setmetatable({}, {__tostring=spin}))", Expected::error, "a table"},
    {"ErrorHuge", "error(('x'):rep(900000))", Expected::error, ""},
    {"ForgedKill", "error({killed=true})", Expected::error, "a table"},
    {"YieldOut", "coroutine.yield()", Expected::error, "outside a coroutine"},
    {"SeriesConfusion", "local h = self:series('BTC-USD') h.forming(trade)", Expected::error,
     "colon"},
    {"SeriesMetatable", "getmetatable(self:series('BTC-USD')).__index = spin", Expected::error, ""},
    {"WriteSeries", "self:series('BTC-USD').close = 1", Expected::error, "read-only"},
    {"PoisonedEvent", "setmetatable(trade, {__newindex=spin, __index=spin}) trade.price=nil",
     Expected::completes, ""},
    {"PairsByTable", "for k in pairs({[{}]=1}) do end", Expected::error, "has no order"},
    {"NextWithKey", "next({a=1}, 'a')", Expected::error, "pairs"},
    {"ClockWait", "local t = self:now() while self:now() == t do end", Expected::killed, ""},
    {"ActionFlood", "for i=1,1000000 do self:cancel('BTC-USD') end", Expected::error,
     "actions in one event"},
    {"FloodCaught", "for i=1,300 do pcall(self.cancel, self, 'BTC-USD') end", Expected::error,
     "actions in one event"},
    {"TimerFlood", "for i=1,1000 do self:after('1h') end", Expected::error, "64 timers"},
    {"LogFlood", "for i=1,2000 do self:log('x') end", Expected::error, "log: more than"},
    {"CaughtOutOfMemory",
     "while true do pcall(function() local t = {} for i=1,1e9 do t[i]=i end end) end",
     Expected::killed, ""},
    {"FormatWidth", "string.format('%99999d', 1)", Expected::error, "format"},
    {"PackLong", "string.pack(('i16'):rep(100000), 1)", Expected::error, ""},
    {"PackPadding", "string.pack('c1000000000', 'x')", Expected::error, ""},
    {"Utf8Codepoints", "utf8.codepoint(('x'):rep(900000), 1, -1)", Expected::killed, ""},
    {"NoRandom", "math.random()", Expected::error, "self:random()"},
    {"NoRandomSeed", "math.randomseed(1)", Expected::error, ""},
};

class Attacks : public testing::TestWithParam<Attack> {};

TEST_P(Attacks, EndAsExpectedAndTheHostGoesOn) {
    const Attack& attack = GetParam();
    script::Setup setup;
    setup.limits.instructions = 300'000;
    setup.limits.memory = 8U << 20U;
    const std::string once = std::string("if self.done then self:close('BTC-USD') return end ") +
                             "self.done = true\n" + spin + "do " + attack.body + " end";
    ScriptHost host{on_trade(once), setup};
    ASSERT_TRUE(host.loaded()) << host.error;
    const bool good = host.trade();
    EXPECT_EQ(good, attack.expected == Expected::completes) << host.fault();
    if (attack.expected == Expected::killed) {
        EXPECT_EQ(host->fault ? host->fault->kind : FaultKind::crash, FaultKind::budget)
            << host.fault();
    }
    if (attack.expected == Expected::error && host->fault) {
        EXPECT_NE(host->fault->kind, FaultKind::budget) << host.fault();
        EXPECT_NE(host.fault().find(attack.says), std::string::npos) << host.fault();
    }
    ASSERT_TRUE(host.trade()) << host.fault();
    ASSERT_EQ(host->last.size(), 1U);
    EXPECT_EQ(host->last[0].kind, ActionKind::close);
}

INSTANTIATE_TEST_SUITE_P(All, Attacks, testing::ValuesIn(attacks),
                         [](const auto& one) { return one.param.name; });

TEST(Sandbox, ThreeMemoryFaultsInARowDisableTheAgent) {
    script::Setup setup;
    setup.limits.memory = 1U << 20U;
    ScriptHost host{on_trade("local t = {} for i = 1, 1e7 do t[i] = {} end"), setup};
    for (int i = 0; i < 3; ++i)
        EXPECT_FALSE(host.trade());
    EXPECT_EQ(host->fault->kind, FaultKind::memory);
    EXPECT_FALSE(host.trade());
    EXPECT_NE(host.fault().find("disabled"), std::string::npos) << host.fault();
}

TEST(Sandbox, MemoryComesBackBetweenEvents) {
    script::Setup setup;
    setup.limits.memory = 4U << 20U;
    setup.limits.instructions = 10'000'000;
    ScriptHost host{on_trade("local t = {} for i = 1, 10000 do t[i] = { i } end"), setup};
    for (int i = 0; i < 50; ++i)
        ASSERT_TRUE(host.trade()) << host.fault();
    EXPECT_LT(host->agent->memory_used(), setup.limits.memory);
}

TEST(Sandbox, ClassesWorkAsUsual) {
    ScriptHost host{on_trade(R"lua(
        local Animal = {} Animal.__index = Animal
        function Animal.new(name) return setmetatable({ name = name }, Animal) end
        function Animal:speak() return self.name .. " speaks" end
        local Dog = setmetatable({}, { __index = Animal }) Dog.__index = Dog
        Dog.__eq = function(a, b) return a.name == b.name end
        local d = setmetatable(Animal.new("Rex"), Dog)
        function Dog:bark() return "woof" end
        assert(d:speak() == "Rex speaks" and d:bark() == "woof")
        assert(getmetatable(d) == Dog and d == setmetatable({ name = "Rex" }, Dog))
        Dog.__tostring = function(x) return "dog " .. x.name end
        setmetatable({}, Dog)
        assert(tostring(d) == "dog Rex")
        for k in pairs(Dog) do assert(type(k) == "string") end)lua")};
    EXPECT_TRUE(host.trade()) << host.fault();
}

TEST(Sandbox, PairsGoesUpThroughNumbersThenTexts) {
    ScriptHost host{on_trade(R"lua(
        local t = { b = 1, a = 2, [10] = 3, [2.5] = 4, [-1] = 5, "first", "second" }
        local seen = {}
        for k, v in pairs(t) do seen[#seen + 1] = tostring(k) .. "=" .. tostring(v) end
        local text = table.concat(seen, " ")
        assert(text == "-1=5 1=first 2=second 2.5=4 10=3 a=2 b=1", text)
        for k in pairs(t) do t[k] = nil end
        assert(next(t) == nil and next({ 1 }) == true))lua")};
    EXPECT_TRUE(host.trade()) << host.fault();
}

TEST(Sandbox, PowerIsTheDeterministicOne) {
    ScriptHost host{on_trade("for i = 1, 100 do local x = i * 0.37 "
                             "assert(x ^ 0.3 == math.pow(x, 0.3)) assert(x ^ 2 == x * x) end")};
    EXPECT_TRUE(host.trade()) << host.fault();
}

TEST(Sandbox, LibrariesDoWhatTheManualSays) {
    ScriptHost host{on_trade(R"lua(
        assert(("hello world"):find("o w") == 5 and ("hello"):match("l+") == "ll")
        assert(("key = value"):match("^(%w+)%s*=%s*(%w+)$") == "key")
        assert(("abc"):gsub("%w", "%0%0") == "aabbcc" and ("abc"):gsub("", "-") == "-a-b-c-")
        assert(("a,b,,c"):gsub(",", ";", 2) == "a;b;,c")
        assert(("hello"):gsub("l", { l = "L" }) == "heLLo")
        assert(("THE (quick) fox"):find("%((%a+)%)") == 5)
        assert(("f(a(b)c)d"):match("%b()") == "(a(b)c)")
        assert(("THE END"):gsub("%f[%a]%a+", string.lower) == "the end")
        local words = {} for w in ("one two  three"):gmatch("%a+") do words[#words + 1] = w end
        assert(#words == 3 and table.concat(words, "|") == "one|two|three")
        assert(("[a]b"):match("[]a[]+") == "[a]" and ("x-y"):match("[x%-]+") == "x-")
        assert(("abab"):match("(ab)%1") == "ab" and ("abc"):match("()b()") == 2)
        assert(string.format("%5.2f|%-5s|%05d|%x|%q", 3.14159, "ab", 42, 255, 'a"b') ==
               ' 3.14|ab   |00042|ff|"a\\"b"')
        assert(("ab"):rep(3, "-") == "ab-ab-ab" and ("x"):rep(0) == "")
        local t = { 5, 2, 8, 1 } table.sort(t) assert(table.concat(t, ",") == "1,2,5,8")
        table.sort(t, function(a, b) return a > b end) assert(t[1] == 8 and t[4] == 1)
        table.insert(t, 2, 7) assert(t[2] == 7 and #t == 5 and table.remove(t, 2) == 7 and #t == 4)
        assert(table.remove(t) == 1 and #t == 3 and select("#", table.unpack(t)) == 3)
        assert(table.pack(1, nil, 3).n == 3 and table.move({ 1, 2, 3 }, 1, 3, 2)[3] == 2)
        assert(math.floor(-1.5) == -2 and math.max(1, 2.5) == 2.5 and math.type(1) == "integer")
        assert(math.abs(math.exp(1) - 2.718281828459045) < 1e-15 and math.log(8, 2) == 3)
        assert(pcall(error, "x") == false and select(2, pcall(error, "x", 0)) == "x")
        assert(select(2, xpcall(error, function(m) return m .. "!" end, "boo")) == "boo!")
        local co = coroutine.create(function(a) local b = coroutine.yield(a + 1) return b * 2 end)
        local _, first = coroutine.resume(co, 1) local _, second = coroutine.resume(co, 21)
        assert(first == 2 and second == 42 and coroutine.status(co) == "dead")
        local co2 = coroutine.create(function()
            return pcall(function() return coroutine.yield(1) end) end)
        coroutine.resume(co2)
        local _, ok, value = coroutine.resume(co2, 7) assert(ok and value == 7)
        assert(utf8.len("äb") == 2 and utf8.char(228) == "ä")
        assert(tonumber("0x10") == 16 and tostring(1e15) == "1e+15")
        assert(tostring(10 // 3) == "3"))lua")};
    EXPECT_TRUE(host.trade()) << host.fault();
}

} // namespace
} // namespace grekko::script
