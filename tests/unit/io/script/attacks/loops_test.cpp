// Scripts that do not come back: plain loops, and loops that catch what would stop them.
#include "unit/io/script/attacks/attack.hpp"

namespace grekko::script {
namespace {

const Attack loops[] = {
    {"A01PlainLoop", Ends::killed, "while true do end"},
    {"A02PcallSwallow", Ends::killed, "while true do pcall(function() while true do end end) end"},
    {"A03GotoPcall", Ends::killed, "::a:: pcall(spin) goto a"},
    {"A04XpcallHandlerSpin", Ends::killed, "xpcall(spin, spin)"},
    {"A04XpcallHandlerOfAnError", Ends::killed, "xpcall(error, spin)"},
    {"A05HandlerRecursion", Ends::error,
     "xpcall(error, function() error() end) error('the host is here')", "the host is here"},
    {"A06PcallChain", Ends::killed, "pcall(pcall, pcall, spin)"},
    {"A06PcallOfFailures", Ends::killed, "while true do pcall(pcall, error) end"},
    {"A07PcallByMetamethod", Ends::killed,
     "local t t = setmetatable({}, {__index=function() pcall(spin) return t end}) return t.a.b.c"},
    {"A12ShortCoroutines", Ends::killed,
     "while true do coroutine.resume(coroutine.create(function() for i=1,200 do end end)) end"},
    {"A13CoroutineTree", Ends::killed,
     "local function f(d) for i=1,50 do coroutine.resume(coroutine.create(f), d+1) end end f(1)"},
    {"A14KillInsideCoroutine", Ends::killed,
     "coroutine.resume(coroutine.create(function() pcall(spin) spin() end)) spin()"},
    {"A14KillBehindManyCoroutines", Ends::killed,
     "local function f(d) if d == 0 then spin() end "
     "pcall(coroutine.resume, coroutine.create(f), d-1) spin() end f(50)"},
    {"A15NoWrap", Ends::error, "for _ in coroutine.wrap(spin) do end", "wrap"},
    {"A58YieldOut", Ends::error, "coroutine.yield()", "outside a coroutine"},
    {"A58YieldFromCallback", Ends::error,
     "coroutine.resume(coroutine.create(function() ('a'):gsub('.', coroutine.yield) end)) "
     "local ok, why = coroutine.resume(coroutine.create(function() "
     "table.sort({2,1}, coroutine.yield) end)) error(why)",
     "yield"},
    {"A58ResumeSelf", Ends::contained,
     "assert(coroutine.resume(coroutine.running()) == false) local co co = coroutine.create("
     "function() assert(coroutine.resume(co) == false) return 1 end) "
     "assert(coroutine.resume(co)) assert(coroutine.resume(co) == false)"},
    {"A61ClockWait", Ends::killed, "local t = self:now() while self:now() == t do end"},
};
INSTANTIATE_TEST_SUITE_P(Loops, Attacks, testing::ValuesIn(loops), name_of);

// A kill unwinds what the script has open without running more of it than a step each.
TEST(Loops, A11NestedProtectedCallsEndWithTheKill) {
    ScriptHost host{on_trade("if self.after then self:log(self.after) return end self.after = 0 "
                             "local function f(d) while d == 0 do end pcall(f, d - 1) "
                             "self.after = self.after + 1 end f(100)"),
                    small_setup()};
    EXPECT_FALSE(host.trade());
    EXPECT_EQ(host->fault->kind, FaultKind::budget);
    ASSERT_TRUE(host.trade()) << host.fault();
    EXPECT_TRUE(host.log.ends_with("\n0\n")) << host.log;
}

// To unwind an error costs far more than the instruction that raises it, and is charged so.
TEST(Loops, A06FailuresAreChargedByWhatTheyCost) {
    Setup setup = small_setup();
    ScriptHost host{on_trade("if self.n then self:log(self.n) return end self.n = 0 "
                             "while true do self.n = self.n + 1 pcall(error) end"),
                    setup};
    EXPECT_FALSE(host.trade());
    ASSERT_TRUE(host.trade()) << host.fault();
    EXPECT_LT(std::stol(host.log.substr(host.log.rfind('\n', host.log.size() - 2) + 1)),
              setup.limits.instructions / 200);
}

} // namespace
} // namespace grekko::script
