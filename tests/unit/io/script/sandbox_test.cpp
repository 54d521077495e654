// covers: vm.cpp, vm.hpp, protected.cpp, metatables.cpp, iteration.cpp, basics.cpp, originals.cpp
// covers: io/script/math/lua_pow.cpp
// covers: globals.cpp, tables.cpp, strings.cpp, patterns.cpp, math_library.cpp, libraries.hpp
// Lua as agents have it does what the manual says, and the same in every run. Scripts that try to
// hang, crash or escape are in attacks/.
#include "unit/io/script/script_host.hpp"

namespace grekko::script {
namespace {

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
