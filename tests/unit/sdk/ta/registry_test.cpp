#include <grekko/ta/registry.hpp>

#include <set>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

std::string error_of(std::string_view name, std::initializer_list<double> arguments) {
    return make(name, std::span{arguments.begin(), arguments.size()}).error;
}

TEST(Registry, HasEachNameOnceWithLegalDefaults) {
    std::set<std::string_view> names;
    for (const Entry& entry : entries()) {
        EXPECT_TRUE(names.insert(entry.name).second) << entry.name;
        EXPECT_FALSE(entry.outputs().empty()) << entry.name;
        EXPECT_FALSE(entry.summary.empty()) << entry.name;
        const auto made = make(entry.name);
        ASSERT_TRUE(made.any.has_value()) << made.error;
        EXPECT_EQ(made.any->outputs().size(), entry.outputs().size()) << entry.name;
        EXPECT_EQ(made.any->name(), entry.name);
    }
    EXPECT_EQ(names.size(), 42U);
}

TEST(Registry, NamesWhatThereIsWhenANameIsUnknown) {
    const auto error = error_of("emaa", {});
    EXPECT_TRUE(error.starts_with("there is no indicator 'emaa'; there are sma, ema, ")) << error;
}

TEST(Registry, SaysTheLegalRangeOfAParameter) {
    EXPECT_EQ(error_of("ema", {0}), "ema: window must be a whole number from 1 to 10000, got 0");
    EXPECT_EQ(error_of("ema", {2.5}),
              "ema: window must be a whole number from 1 to 10000, got 2.5");
    EXPECT_EQ(error_of("linreg", {1}),
              "linreg: window must be a whole number from 2 to 10000, got 1");
    EXPECT_EQ(error_of("bbands", {20, -1}),
              "bbands: multiplier must be a number from 0 to 100, got -1");
    EXPECT_EQ(error_of("ema", {not_ready}),
              "ema: window must be a whole number from 1 to 10000, got nan");
    EXPECT_EQ(error_of("ema", {10'000}), "");
    EXPECT_FALSE(error_of("ema", {10'001}).empty());
}

TEST(Registry, SaysWhichParametersMustBeOrdered) {
    EXPECT_EQ(error_of("macd", {26, 12, 9}), "macd: fast must be below slow, got 26 and 12");
    EXPECT_EQ(error_of("kama", {10, 30, 30}), "kama: fast must be below slow, got 30 and 30");
    EXPECT_EQ(error_of("psar", {0.3, 0.2}),
              "psar: acceleration must be at most maximum, got 0.3 and 0.2");
    EXPECT_EQ(error_of("psar", {0.2, 0.2}), "");
}

TEST(Registry, SaysHowManyParametersThereAre) {
    EXPECT_EQ(error_of("ema", {1, 2}), "ema takes (window), got 2 parameters");
    EXPECT_EQ(error_of("obv", {1}), "obv takes no parameters, got 1");
}

TEST(Registry, TakesArgumentsByName) {
    const NamedArgument arguments[] = {{"slow", 30}, {"fast", 10}};
    const auto macd = make_named("macd", arguments);
    ASSERT_TRUE(macd.any.has_value()) << macd.error;
    EXPECT_EQ(macd.any->arguments(), (Arguments{10, 30, 9}));
    const NamedArgument wrong[] = {{"length", 30}};
    EXPECT_EQ(make_named("ema", wrong).error, "ema has no parameter 'length'; it has window");
    EXPECT_EQ(make_named("obv", wrong).error, "obv has no parameter 'length'; it has none");
    EXPECT_EQ(make_named("nothing", wrong).error, make("nothing").error);
}

} // namespace
} // namespace grekko::ta
