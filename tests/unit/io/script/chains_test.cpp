#include "io/script/chains.hpp"

#include <string>

#include <gtest/gtest.h>

namespace grekko::script {
namespace {

TEST(Chains, CountsIndexesThatFollowOneAnother) {
    EXPECT_EQ(longest_chain(""), 0U);
    EXPECT_EQ(longest_chain("return a"), 0U);
    EXPECT_EQ(longest_chain("return a.b[\"c\"][i].d"), 4U);
    EXPECT_EQ(longest_chain("x = a.b.c y = d.e.f.g"), 3U);
    EXPECT_EQ(longest_chain("a . b -- c.d.e.f.g\n . c [ [=[ .x.y.z.w ]=] ]"), 3U);
    EXPECT_EQ(longest_chain("((a.b).c).d"), 3U);
    EXPECT_EQ(longest_chain("(a.b --[[ ] ]] .c)[(i.j)].d"), 5U); // the key counts too
}

TEST(Chains, EndsAtCallsOperatorsAndStatements) {
    std::string calls;
    for (int i = 0; i < 1000; ++i)
        calls += "self.a:push(b.c)\nx.y = z.w + u.v .. 1.5e-3 .. 2..3\nf.g{ h.i, j.k }\nl.m'n'\n";
    EXPECT_LE(longest_chain(calls), 3U);
    EXPECT_EQ(longest_chain("a.b().c.d:e().f"), 2U);
    EXPECT_EQ(longest_chain("f(...).x, {...}"), 1U);
    EXPECT_EQ(longest_chain("'\\'.a.b.c' .. \"\\\".a\""), 0U);
}

TEST(Chains, TakesAnyBytes) {
    for (const char* text :
         {")", "]]}", "[", "[==[", "'", "'\\", "--", "--[[", "..", "...", "a.", "("})
        EXPECT_LE(longest_chain(text), 1U) << text;
}

} // namespace
} // namespace grekko::script
