// Sources that are refused before an agent is made of them, and what a script may load afterwards.
#include "unit/io/script/attacks/attack.hpp"

namespace grekko::script {
namespace {

std::string many(std::string_view piece, int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += piece;
    return text;
}

// `count` pieces, each with its number where it has a #.
std::string numbered(std::string_view piece, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
        for (const char c : piece)
            text += c == '#' ? std::to_string(i) : std::string(1, c);
    }
    return text;
}

const BadSource sources[] = {
    {"A33Bytecode", "\x1bLuaT", "compiled Lua"},
    {"A35DeepTables", "return " + many("{", 100'000), "overflow"},
    {"A35DeepParentheses", "return " + many("(", 100'000), "overflow"},
    {"A35DeepFunctions", many("return function() ", 5'000), "overflow"},
    {"A35DeepBlocks", many("do ", 50'000), "overflow"},
    {"A35DeepUnary", "return " + many("not ", 3'000) + "x", "overflow"},
    {"A35DeepConcat", "return " + many("x..", 5'000) + "x", "overflow"},
    {"A35ManyLocals", numbered("local a#=1 ", 300), "too many local variables"},
    {"A35ManyLabels", "goto none " + numbered("::a#:: ", 3'000), "no visible label"},
    {"A35ManyConstants", "local t = {" + numbered("#.5,", 30'000) + "} error('loaded')", "loaded"},
    {"A35LongIndexChain", "local x = {} x.x = x (x" + many(".x", 100'000) + ")()",
     "more than 200 indexes"},
    {"A35LongIndexChainInParentheses",
     "local x = {} x.x = x (" + many("(", 100) + "x" + many(many(".x", 3) + ")", 100) + ".x)()",
     "more than 200 indexes"},
    {"A36Large", "return 1 " + std::string(300'000, ' '), "larger than 256 KiB"},
    {"A36ManyUpvalues",
     numbered("local a# = 1 ", 190) + "function f() " + numbered("local b# = 1 ", 190) +
         "return function() return 0" + numbered("+a#+b#", 190) + " end end",
     "too many upvalues"},
    {"A36LongText", "error('n' .. #[[" + many("\n", 200'000) + "]])", "n199999"},
    {"A65Empty", "", "is empty"},
    {"A65HalfWritten", "local agent = grekko.agent { symbols = {", "save it again, whole"},
    {"A65ByteOrderMark", "\xEF\xBB\xBFreturn 1", "byte order mark"},
    {"A65Zeros", std::string("return 1\0", 9), "zero bytes"},
    {"A65NotUtf8", "return '\xFF'", "UTF-8"},
    {"A65Surrogate", "return '\xED\xA0\x80'", "UTF-8"},
    {"A67SpinWhileLoading", "while true do pcall(function() while true do end end) end",
     "agent.lua:1: over the budget"},
    {"A67MemoryWhileLoading", "local s = 'x' while true do s = s .. s end",
     "agent.lua:1: over the memory limit"},
    {"A67OrderWhileLoading",
     "local a = grekko.agent { symbols = { 'BTC-USD' } } a:close('BTC-USD') return a",
     "agent.lua:1: close"},
    {"A67LongTextsInTheDeclaration",
     "local s = ('x'):rep(1e6) local t = {} for i=1,1000 do t[i] = s end "
     "return grekko.agent { symbols = t }",
     "symbols[1]: is longer than 64 bytes"},
    {"A67OrderInOnStart",
     "local a = grekko.agent { symbols = { 'BTC-USD' } } function a:on_start() "
     "self:close('BTC-USD') end return a",
     "not in on_start"},
    {"A67HandlerThatIsNone",
     "local a = grekko.agent { symbols = { 'BTC-USD' } } a.on_trade = 5 return a",
     "on_trade: must be a function"},
};
INSTANTIATE_TEST_SUITE_P(Sources, BadSources, testing::ValuesIn(sources), name_of);

const Attack loading[] = {
    {"A32LoadReader", Ends::error, "load(math.random)", "load"},
    {"A33LoadBytecode", Ends::error, "load('\\27Lua')", "load"},
    {"A33NoDump", Ends::error, "string.dump(spin)", "dump"},
    {"A34LoadEnvironment", Ends::error, "load('return _G', nil, 't', nil)", "load"},
    {"A34EnvironmentSwap", Ends::error, "local _ENV = {} return print('x')", "print"},
    {"A34EnvironmentOfTheHost", Ends::contained,
     "assert(_ENV == _G and _G.io == nil and _G.os == nil and _G.debug == nil)"},
    {"A37NoCollect", Ends::error, "collectgarbage('stop')", "collectgarbage"},
    {"A42NoDebug", Ends::error, "debug.getregistry()", "debug"},
    {"A42NoIo", Ends::error, "io.open('x')", "io"},
    {"A42NoOs", Ends::error, "os.exit()", "os"},
    {"A42NoDofile", Ends::error, "dofile('/etc/passwd')", "dofile"},
    {"A47NoPackage", Ends::error, "package.loadlib('x','y')", "package"},
    {"A47RequireOs", Ends::error, "require('os')", "while loading only"},
    {"A48PathTraversal", Ends::error, "require('../../etc/passwd')", "while loading only"},
};
INSTANTIATE_TEST_SUITE_P(Loading, Attacks, testing::ValuesIn(loading), name_of);

// Loading resolves names in the agent's folder and the library alone.
TEST(Sources, A47RequireFindsNoLibraryOfLua) {
    for (const char* name :
         {"os", "io", "_G", "debug", "string", "../agent", "/etc/passwd", ".", "agent", "a\\0b"}) {
        const ScriptHost host{"require('" + std::string(name) + "')"};
        ASSERT_FALSE(host.loaded()) << name;
        EXPECT_NE(host.error.find("tried/agent.lua:1: require"), std::string::npos) << host.error;
    }
}

TEST(Sources, A66AStormOfReloadsLeavesNothingBehind) {
    ScriptHost host{on_trade("self.state.n = (self.state.n or 0) + 1 self:log(self.state.n)")};
    ASSERT_TRUE(host->reload());
    const std::size_t before = host->agent->memory_used();
    for (int i = 1; i <= 200; ++i) {
        ASSERT_TRUE(host.trade()) << host.fault();
        ASSERT_TRUE(host->reload());
    }
    EXPECT_TRUE(host.log.ends_with("\n200\n")) << host.log;
    EXPECT_LT(host->agent->memory_used(), 2 * before);
}

} // namespace
} // namespace grekko::script
