// Tables, memory and recursion: ranges without end, quadratic work, heaps at their cap, stacks.
#include <pthread.h>

#include "unit/io/script/attacks/attack.hpp"

namespace grekko::script {
namespace {

const Attack tables[] = {
    {"A27MoveWithoutAllocation", Ends::error, "table.move({},1,1<<50,2)", "too many elements"},
    {"A27MoveLong", Ends::killed, "while true do table.move({},1,90000000,2) end"},
    {"A28ConcatByMetamethod", Ends::error,
     "table.concat(setmetatable({},{__index=rawlen}),'',1,1<<40)", "too many elements"},
    {"A29InsertFront", Ends::killed, "local t={} while true do table.insert(t,1,1) end"},
    {"A29RemoveFront", Ends::killed,
     "local t={} for i=1,20000 do t[i]=i end while #t > 0 do table.remove(t,1) end"},
    {"A30UnpackBig", Ends::error, "table.unpack({},1,10000000)", "more than 250"},
    {"A30UnpackExtremes", Ends::error, "table.unpack({}, math.mininteger, math.maxinteger)",
     "more than 250"},
    {"A30UnpackWraps", Ends::error,
     "table.unpack({}, math.maxinteger, math.mininteger) "
     "table.unpack({}, -1, math.maxinteger)",
     "more than 250"},
    {"A31SortBig", Ends::killed,
     "local t={} for i=1,20000 do t[i]=(i*7919)%20011 end table.sort(t) table.sort(t)"},
    {"A31SortSpin", Ends::killed, "table.sort({3,2,1}, spin)"},
    {"A31SortInconsistent", Ends::contained,
     "local t={} for i=1,100 do t[i]=i end table.sort(t, function() return true end)"},
    {"A31SortMixed", Ends::error, "table.sort({1,'a',{}})", "compare"},
    {"A31SortShrinks", Ends::error,
     "local t={} for i=1,100 do t[i]=i end "
     "table.sort(t, function(a, b) for i=1,#t do t[i]=nil end return a < b end)",
     "nil"},
    {"A39Rehash", Ends::killed, "while true do local t={} for i=1,1000 do t[i*7919]=i end end"},
    {"A39InsertAndErase", Ends::killed,
     "local t={} for i=1,4096 do t[i]=i end while true do t[4097]=1 t[4097]=nil t['k']=1 "
     "t['k']=nil end"},
    {"A39WalkOfAnEmptiedTable", Ends::killed,
     "local t={} for i=1,4096 do t['k'..i]=i end for i=1,4096 do t['k'..i]=nil end "
     "while true do next(t) end"},
    {"A40DeepRecursion", Ends::out_of_memory, "local function f() return 1+f() end f()"},
    {"A40DeepRecursionInC", Ends::error, "local function f() ('a'):gsub('.', f) end f()",
     "overflow"},
    {"A40DeepRecursionOfSort", Ends::error, "local function f() table.sort({2,1}, f) end f()",
     "overflow"},
    {"A40DeepCoroutines", Ends::error,
     "local function f() local ok, why = coroutine.resume(coroutine.create(f)) "
     "if not ok then error(why, 0) end end f()",
     "overflow"},
    {"A40DeepToString", Ends::error,
     "local t t = setmetatable({}, {__tostring=function() return tostring(t) end}) tostring(t)",
     "overflow"},
    {"A64CaughtOutOfMemory", Ends::out_of_memory,
     "while true do pcall(function() local s = 'x' while true do s = s..s end end) end"},
    {"A64CaughtHugeRep", Ends::killed, "while true do pcall(string.rep, 'x', 1<<30) end"},
    {"A64HeapFullOfTables", Ends::out_of_memory,
     "local t = {} while true do t = { t, {}, {} } end"},
};
INSTANTIATE_TEST_SUITE_P(Tables, Attacks, testing::ValuesIn(tables), name_of);

TEST(Tables, A63ASawtoothOfMemoryStaysUnderItsCap) {
    Setup setup;
    setup.limits.memory = 4U << 20U;
    ScriptHost host{on_trade("local t = {} for i = 1, 12000 do t[i] = { i, tostring(i) } end"),
                    setup};
    for (int i = 0; i < 60; ++i) {
        ASSERT_TRUE(host.trade()) << host.fault();
        ASSERT_LE(host->agent->memory_used(), setup.limits.memory);
    }
}

TEST(Tables, A64ThreeMemoryFaultsInARowDisableTheAgent) {
    Setup setup;
    setup.limits.memory = 1U << 20U;
    ScriptHost host{on_trade("local t = {} for i = 1, 1e7 do t[i] = {} end"), setup};
    for (int i = 0; i < 3; ++i)
        EXPECT_FALSE(host.trade());
    EXPECT_EQ(host->fault->kind, FaultKind::memory);
    EXPECT_FALSE(host.trade());
    EXPECT_NE(host.fault().find("disabled"), std::string::npos) << host.fault();
}

#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t small_stack = 4U << 20U;
#elif defined(__clang__)
constexpr std::size_t small_stack = 4U << 20U; // its sanitizer widens every frame
#else
constexpr std::size_t small_stack = 1U << 20U;
#endif

// The deepest nesting of C functions that the interpreter allows, on the smallest stack of a thread
// that the host promises.
TEST(Tables, A41RecursionFitsASmallStack) {
    const auto attack = [](void*) -> void* {
        for (const char* body : {"local function f() ('a'):gsub('.', f) end f()",
                                 "local function f() pcall(f) table.sort({2,1}, f) end f()",
                                 "local function f() return 1+f() end f()"}) {
            ScriptHost host{script_of(body), small_setup()};
            EXPECT_FALSE(host.trade()) << body;
            EXPECT_TRUE(host.trade()) << host.fault();
        }
        return nullptr;
    };
    pthread_attr_t attributes;
    ASSERT_EQ(pthread_attr_init(&attributes), 0);
    ASSERT_EQ(pthread_attr_setstacksize(&attributes, small_stack), 0);
    pthread_t thread{};
    ASSERT_EQ(pthread_create(&thread, &attributes, attack, nullptr), 0);
    EXPECT_EQ(pthread_join(thread, nullptr), 0);
    pthread_attr_destroy(&attributes);
}

} // namespace
} // namespace grekko::script
