// Finalizers, weak tables and close handlers, which run where no hook reaches, and metatables of
// the host that a script would like to change.
#include "unit/io/script/attacks/attack.hpp"

namespace grekko::script {
namespace {

const Attack metatables[] = {
    {"A08GcSpin", Ends::error, "setmetatable({}, {__gc=spin})", "__gc is not allowed"},
    {"A09GcPlaceholder", Ends::error, "local mt={__gc=true} setmetatable({}, mt) mt.__gc=spin",
     "__gc is not allowed"},
    {"A09GcAddedLater", Ends::contained,
     "local mt={} local o=setmetatable({}, mt) mt.__gc=spin o=nil"},
    {"A09GcByRawset", Ends::contained,
     "local mt={} local o=setmetatable({}, mt) rawset(getmetatable(o), '__gc', spin) o=nil"},
    {"A10CloseSpin", Ends::error, "local x <close> = setmetatable({},{__close=spin}) spin()",
     "__close is not allowed"},
    {"A10CloseAddedLater", Ends::error,
     "local mt = {} local o = setmetatable({}, mt) mt.__close = spin local x <close> = o",
     "non-closable value"},
    {"A11NestedClose", Ends::error,
     "local function f(d) if d == 0 then spin() end "
     "local x <close> = setmetatable({}, {__close = function() pcall(spin) end}) f(d-1) end f(100)",
     "__close is not allowed"},
    {"A16CloseBomb", Ends::error,
     "local last for i=1,1000 do local before = last last = coroutine.create(function() "
     "local x <close> = setmetatable({}, {__close=function() coroutine.close(before) end}) "
     "coroutine.yield() end) local ok, why = coroutine.resume(last) if not ok then error(why) end "
     "end",
     "__close is not allowed"},
    {"A16NoCoroutineClose", Ends::error, "coroutine.close(coroutine.create(spin))", "close"},
    {"A17WeakMetatable", Ends::error,
     "local t = {} for i=1,1000 do pcall(setmetatable, {}, setmetatable({__newindex={}}, "
     "{__mode='v'})) end setmetatable({}, {__mode='k'})",
     "__mode is not allowed"},
    {"A40EqualityLoop", Ends::error,
     "local mt = {} mt.__eq = function(a, b) return a == b end "
     "local a, b = setmetatable({}, mt), setmetatable({}, mt) return a == b"},
    {"A40IndexLoop", Ends::error,
     "local t = {} local u = setmetatable({}, {__index = function(_, k) return t[k] end}) "
     "setmetatable(t, {__index = u}) return t.x",
     "overflow"},
    {"A40IndexChain", Ends::error,
     "local t = {} for i=1,2100 do t = setmetatable({}, {__index=t}) end return t.x",
     "chain too long"},
    {"A43StringMetatable", Ends::error, "getmetatable('').__index = spin", "attempt to index"},
    {"A43StringMetatableHidden", Ends::contained, "assert(getmetatable('') == false)"},
    {"A43StringFunctions", Ends::error, "('').format = spin", ""},
    {"A43StringLibrary", Ends::error, "string.format = spin", "read-only"},
    {"A44BasicTypes", Ends::contained,
     "for _, v in ipairs({1, true, spin, coroutine.create(spin)}) do "
     "assert(getmetatable(v) == nil and not pcall(setmetatable, v, {})) end "
     "assert(not pcall(setmetatable, nil, {}) and not pcall(setmetatable, '', {}))"},
    {"A45LibraryMutation", Ends::error, "math.floor = spin", "read-only"},
    {"A45GlobalMutation", Ends::error, "pairs = spin", "read-only"},
    {"A45GrekkoMutation", Ends::error, "grekko.agent = spin", "read-only"},
    {"A45MethodMutation", Ends::error, "self.target = spin", "function of the host"},
    {"A45ParametersMutation", Ends::error, "self.params.x = 1", "read-only"},
    // The host calls nothing that a script can see, so this fools the script alone.
    {"A45GlobalByRawset", Ends::contained,
     "rawset(_G, 'pairs', spin) rawset(_G, 'error', spin) rawset(self, 'cancel', spin)"},
    {"A46RawsetLibrary", Ends::error, "rawset(math, 'floor', spin)", "read-only"},
    {"A46InsertIntoLibrary", Ends::error, "table.insert(math, spin)", "read-only"},
    {"A46MoveIntoLibrary", Ends::error, "table.move({spin}, 1, 1, 1, string)", "read-only"},
    {"A46MetatableOfLibrary", Ends::error, "setmetatable(math, {})", "protected"},
    {"A46MetatableOfGlobals", Ends::error, "setmetatable(_G, {})", "protected"},
    {"A46MetatableOfSelf", Ends::error, "setmetatable(self, {})", "protected"},
    {"A46NextOfLibrary", Ends::contained,
     "assert(next(math) == nil) for k in pairs(string) do error(k) end"},
    {"A46LibraryAsMetatable", Ends::contained,
     "local t = setmetatable({}, math) assert(t.floor == nil and math.floor(1.5) == 1)"},
};
INSTANTIATE_TEST_SUITE_P(Metatables, Attacks, testing::ValuesIn(metatables), name_of);

// What freed memory twice before Lua 5.4.8, with the cap that makes it collect in between.
TEST(Metatables, A17MetatablesAtTheMemoryCap) {
    Setup setup = small_setup();
    setup.limits.instructions = 10'000'000;
    setup.limits.memory = 400'000;
    ScriptHost host{script_of("while true do pcall(function() local keep = {} for i=1,1e9 do "
                              "keep[i] = setmetatable({}, setmetatable({__newindex={}}, {})) "
                              "keep[i].x = i end end) end"),
                    setup};
    EXPECT_FALSE(host.trade());
    EXPECT_EQ(host->fault->kind, FaultKind::memory) << host.fault();
    EXPECT_TRUE(host.trade()) << host.fault();
}

TEST(Metatables, A68AgentsShareNothing) {
    ScriptHost one{on_trade("secret = 1 rawset(_G, 'pairs', nil) trade.planted = true "
                            "getmetatable(setmetatable({}, {})).planted = true")};
    ScriptHost other{on_trade("assert(secret == nil and trade.planted == nil and pairs({}))")};
    ASSERT_TRUE(one.trade()) << one.fault();
    ASSERT_TRUE(other.trade()) << other.fault();
}

} // namespace
} // namespace grekko::script
