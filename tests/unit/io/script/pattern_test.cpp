#include "io/script/pattern.hpp"

#include <gtest/gtest.h>

namespace grekko::script {
namespace {

void count(void* context, std::int64_t steps) {
    *static_cast<std::int64_t*>(context) += steps;
}

struct Case {
    const char* subject;
    const char* pattern;
    std::size_t end; // of a match at 0
};

TEST(Pattern, MatchesAsTheManualSays) {
    const Case cases[] = {
        {"hello", "h.l", 3},     {"hello", "h.*l", 4},
        {"hello", "h.-l", 3},    {"aaa", "a?a?a", 3},
        {"", "a*", 0},           {"", "a+", Pattern::none},
        {"x1", "%a%d$", 2},      {"x12", "%a%d$", Pattern::none},
        {"]]", "[]]+", 2},       {"a-z", "[a%-z]+", 3},
        {"abc", "[^c]+", 2},     {"((a)b)c", "%b()", 6},
        {"abab", "(ab)%1", 4},   {"  x", "%s*", 2},
        {"A_1", "[%w_]+", 3},    {"a.b", "a%.b", 3},
        {"THE", "%f[%u]%u+", 3}, {"x", "%", Pattern::none},
    };
    for (const auto& [subject, pattern, end] : cases) {
        std::int64_t steps = 0;
        Pattern one{subject, pattern, count, &steps};
        EXPECT_EQ(one.match_at(0), end) << subject << " ~ " << pattern;
    }
}

TEST(Pattern, SaysWhatIsWrongWithIt) {
    const std::pair<const char*, const char*> cases[] = {
        {"%", "malformed pattern (ends with '%')"}, {"[a", "malformed pattern (missing ']')"},
        {"[a%", "malformed pattern (missing ']')"}, {"%f", "missing '[' after '%f' in pattern"},
        {"%b", "missing arguments to '%b'"},        {"%1", "invalid capture index in pattern"},
        {")", "invalid pattern capture"},
    };
    for (const auto& [pattern, error] : cases) {
        std::int64_t steps = 0;
        Pattern one{"a", pattern, count, &steps};
        EXPECT_EQ(one.match_at(0), Pattern::none);
        EXPECT_STREQ(one.error(), error) << pattern;
    }
}

TEST(Pattern, CountsItsSteps) {
    std::int64_t steps = 0;
    const std::string subject(1000, 'a');
    Pattern one{subject, "a-a-b", count, &steps};
    EXPECT_EQ(one.match_at(0), Pattern::none);
    EXPECT_GT(steps, 400'000);
}

} // namespace
} // namespace grekko::script
