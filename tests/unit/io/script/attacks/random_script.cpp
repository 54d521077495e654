#include "unit/io/script/attacks/random_script.hpp"

namespace grekko::script {

namespace {

const char* const methods[] = {
    "series",     "each",    "ready",  "target",     "propose", "bracket",  "scale",
    "replace",    "close",   "cancel", "trail",      "mandate", "place",    "cancel_quotes",
    "orders",     "intents", "quote",  "book",       "venues",  "mark",     "cost",
    "instrument", "funding", "borrow", "volatility", "stale",   "position", "exposure",
    "nav",        "now",     "utc",    "every",      "at",      "after",    "cancel_timer",
    "blackout",   "random",  "log",    "metric",     "plot",    "none"};
const char* const functions[] = {"assert",
                                 "error",
                                 "select",
                                 "tonumber",
                                 "tostring",
                                 "type",
                                 "rawequal",
                                 "rawget",
                                 "rawlen",
                                 "rawset",
                                 "pcall",
                                 "xpcall",
                                 "setmetatable",
                                 "getmetatable",
                                 "pairs",
                                 "ipairs",
                                 "next",
                                 "print",
                                 "require",
                                 "grekko.agent",
                                 "string.rep",
                                 "string.format",
                                 "string.find",
                                 "string.match",
                                 "string.gmatch",
                                 "string.gsub",
                                 "string.sub",
                                 "string.byte",
                                 "string.char",
                                 "string.pack",
                                 "string.unpack",
                                 "string.packsize",
                                 "string.lower",
                                 "string.reverse",
                                 "string.len",
                                 "table.concat",
                                 "table.insert",
                                 "table.remove",
                                 "table.move",
                                 "table.pack",
                                 "table.unpack",
                                 "table.sort",
                                 "math.floor",
                                 "math.max",
                                 "math.fmod",
                                 "math.tointeger",
                                 "math.pow",
                                 "math.log",
                                 "math.random",
                                 "math.ult",
                                 "utf8.char",
                                 "utf8.codepoint",
                                 "utf8.codes",
                                 "utf8.len",
                                 "utf8.offset",
                                 "coroutine.create",
                                 "coroutine.resume",
                                 "coroutine.yield",
                                 "coroutine.status",
                                 "coroutine.running",
                                 "coroutine.isyieldable"};
const char* const plain[] = {"nil",
                             "true",
                             "false",
                             "0",
                             "1",
                             "-1",
                             "2",
                             "3.5",
                             "0/0",
                             "1/0",
                             "-1/0",
                             "1e308",
                             "5e-324",
                             "-0.0",
                             "math.maxinteger",
                             "math.mininteger",
                             "1 << 31",
                             "2^53 + 1",
                             "''",
                             "'x'",
                             "'BTC-USD'",
                             "'ETH-USD'",
                             "'1h'",
                             "'07:30'",
                             "'buy'",
                             "'0x10'",
                             "'%d%s%5.2f%q'",
                             "'(a*)(.-)%1[^]]'",
                             "'%b()%f[a]'",
                             "'i4zs1<!8Xi2'",
                             "'\\0\\xff\\n'",
                             "('x'):rep(3000)",
                             "(' '):rep(3000) .. '1'",
                             "a",
                             "b",
                             "c",
                             "self",
                             "self.state",
                             "self.params",
                             "event",
                             "_G",
                             "string",
                             "math",
                             "h",
                             "h.close",
                             "print",
                             "spin",
                             "co",
                             "class",
                             "{}"};
const char* const keys[] = {"symbol",  "quantity",    "weight",     "limit",  "stop",   "side",
                            "price",   "__index",     "__newindex", "__call", "__eq",   "__lt",
                            "__len",   "__concat",    "__tostring", "__name", "__gc",   "__mode",
                            "__close", "__metatable", "reason",     "x",      "levels", "horizon"};
const char* const names[] = {"a", "b", "c", "self.state.x", "self.kept", "event.x", "global"};
const char* const operators[] = {"+", "-",  "*",   "/",  "//", "%", "^", "..", "==",
                                 "<", "<=", "and", "or", "&",  "|", "~", "<<", ">>"};

} // namespace

std::string RandomScript::value(int depth) {
    switch (depth <= 0 ? 0 : random_.below(8)) {
    case 1: return table(depth - 1);
    case 2: return call(depth - 1);
    case 3: return "function(...) " + block(depth - 2) + " end";
    case 4: return "(" + value(depth - 1) + " " + one_of(operators) + " " + value(depth - 1) + ")";
    case 5: return "#" + one_of(names);
    case 6: return one_of(names) + "." + one_of(keys);
    default: return one_of(plain);
    }
}

std::string RandomScript::table(int depth) {
    std::string text = "{ ";
    for (std::uint64_t i = random_.below(4); i > 0; --i)
        text += (random_.chance(0.7) ? one_of(keys) + " = " : "") + value(depth) + ", ";
    return text + "}";
}

std::string RandomScript::arguments(int depth) {
    std::string text;
    for (std::uint64_t i = random_.below(5), first = i; i > 0; --i)
        text += (i == first ? "" : ", ") + value(depth);
    return "(" + text + ")";
}

std::string RandomScript::call(int depth) {
    switch (random_.below(6)) {
    case 0: return "self:" + one_of(methods) + arguments(depth);
    case 1: return "self:" + one_of(methods) + "('BTC-USD', " + value(depth) + ")";
    case 2: return "pcall(self." + one_of(methods) + ", self, " + value(depth) + ")";
    case 3: return "pcall(" + one_of(functions) + ", " + value(depth) + ")";
    case 4: return "setmetatable({}, " + table(depth) + ")";
    default: return one_of(functions) + arguments(depth);
    }
}

std::string RandomScript::statement(int depth) {
    switch (random_.below(depth <= 0 ? 3U : 9U)) {
    case 3: return "for k, v in pairs(" + value(1) + ") do " + block(depth - 1) + " end";
    case 4: return "for i = 1, " + value(1) + " do " + block(depth - 1) + " end";
    case 5: return "if " + value(1) + " then " + block(depth - 1) + " end";
    case 6: return "pcall(function() " + block(depth - 1) + " end)";
    case 7:
        return "co = coroutine.create(function(...) " + block(depth - 1) +
               " end) pcall(coroutine.resume, co, " + value(1) + ")";
    case 8: return "pcall(coroutine.resume, co, " + value(1) + ")";
    case 0: return "local _ = " + call(depth);
    default: return one_of(names) + " = " + value(depth);
    }
}

std::string RandomScript::block(int depth) {
    std::string text;
    for (std::uint64_t i = 1 + random_.below(4); i > 0; --i)
        text += statement(depth) + "\n";
    return text;
}

std::string RandomScript::make() {
    std::string text =
        "local agent = grekko.agent { symbols = { 'BTC-USD', 'ETH-USD' }, bars = { '1h' } }\n"
        "local a, b, c, h, co = 1, 'b', {}, nil, coroutine.create(print)\n"
        "local function spin() while true do end end\n"
        "local class = {} class.__index = class\n"
        "function agent:on_start() h = self:series('BTC-USD') local event = {}\n"
        "pcall(function() h:sma(3) " +
        block(2) + " end) end\n";
    for (const char* handler : {"on_trade", "on_bar", "on_timer", "on_proposal", "on_signal"}) {
        text += "function agent:" + std::string(handler) + "(event)\n" + block(4) +
                (random_.chance(0.5) ? "return " + value(2) : "") + "\nend\n";
    }
    if (random_.chance(0.3)) text += "function agent:save() return " + value(2) + " end\n";
    if (random_.chance(0.3)) text += "function agent:load(event) " + block(2) + " end\n";
    return text + "return agent\n";
}

} // namespace grekko::script
