// covers: snapshot.cpp, declaration.cpp, parameters.cpp, suggest.cpp, build.cpp
#include <algorithm>

#include "io/script/agent.hpp"

#include "io/script/fake_host.hpp"
#include "io/script/suggest.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace grekko::script {
namespace {

class Loading : public testing::Test {
protected:
    // The message of loading the folder "a", empty where it loaded.
    std::string message(script::Setup setup = {}) {
        setup.folder = folder_ / "a";
        setup.library = folder_ / "lib";
        auto loaded = Agent::load(std::move(setup), universe_);
        code_ = loaded ? ErrorCode{} : loaded.error().code;
        agent_ = loaded ? std::move(*loaded) : nullptr;
        return agent_ ? std::string{} : loaded.error().message;
    }
    std::string message_of(std::string_view script, script::Setup setup = {}) {
        folder_.write("a/agent.lua", script);
        return message(std::move(setup));
    }
    static bool has(const std::string& text, std::string_view part) {
        return text.find(part) != text.npos;
    }

    tests::TemporaryFolder folder_;
    Universe universe_{fake_universe({})};
    std::unique_ptr<Agent> agent_;
    ErrorCode code_{};
};

constexpr const char* good = "return grekko.agent { symbols = { 'BTC-USD' } }";

TEST_F(Loading, SaysWhatIsMissing) {
    EXPECT_TRUE(has(message(), "a/agent.lua is not there"));
    EXPECT_EQ(code_, ErrorCode::not_found);
}

TEST_F(Loading, RefusesWhatIsNoScriptText) {
    EXPECT_TRUE(has(message_of(""), "is empty"));
    EXPECT_TRUE(has(message_of("\x1bLuaT"), "compiled Lua"));
    EXPECT_TRUE(has(message_of("\xEF\xBB\xBFreturn 1"), "byte order mark"));
    EXPECT_TRUE(has(message_of(std::string_view("a\0b", 3)), "zero bytes"));
    EXPECT_TRUE(has(message_of("return '\xFF'"), "UTF-8"));
    EXPECT_TRUE(has(message_of(std::string(300'000, ' ')), "larger than 256 KiB"));
    EXPECT_EQ(code_, ErrorCode::limit_exceeded);
}

TEST_F(Loading, SaysThatAFileEndsTooEarly) {
    const std::string why = message_of("local agent = grekko.agent { symbols = {");
    EXPECT_TRUE(has(why, "a/agent.lua:1:")) << why;
    EXPECT_TRUE(has(why, "save it again, whole")) << why;
    EXPECT_EQ(code_, ErrorCode::script_error);
}

TEST_F(Loading, RefusesWhatWouldBlowUpTheParser) {
    EXPECT_TRUE(has(message_of("return " + std::string(100'000, '{')), "overflow"));
    std::string locals;
    for (int i = 0; i < 300; ++i)
        locals += "local a" + std::to_string(i) + " = 1 ";
    EXPECT_TRUE(has(message_of(locals), "too many local variables"));
}

TEST_F(Loading, StopsAScriptThatSpinsWhileLoading) {
    script::Setup setup;
    setup.limits.start_instructions = 100'000;
    EXPECT_TRUE(has(message_of("while true do end", setup), "over the budget"));
}

TEST_F(Loading, NeedsADeclarationThatIsReturned) {
    EXPECT_TRUE(has(message_of("return {}"), "must call grekko.agent"));
    EXPECT_TRUE(
        has(message_of("grekko.agent { symbols = { 'BTC-USD' } } return {}"), "return agent"));
    EXPECT_TRUE(
        has(message_of(std::string(good) + ", grekko.agent { symbols = { 'X' } }"), "twice"));
}

TEST_F(Loading, ChecksEveryFieldOfTheDeclaration) {
    const std::pair<const char*, const char*> cases[] = {
        {"symbol = { 'BTC-USD' }", "did you mean 'symbols'?"},
        {"symbols = {}", "symbols: must name at least one"},
        {"symbols = { 'BTC-US' }", "did you mean 'BTC-USD'?"},
        {"symbols = { 5 }", "symbols[1]: must be a text"},
        {"symbols = { 'BTC-USD' }, mode = 'agressive'", "did you mean 'aggressive'?"},
        {"symbols = { 'BTC-USD' }, bars = { '1x' }", "'1x' is no interval"},
        {"symbols = { 'BTC-USD' }, bars = { '1h' }, warmup = -1",
         "warmup[\"1h\"]: must be a number"},
        {"symbols = { 'BTC-USD' }, params = { a = { default = 1 } }",
         "params.a.min: must be a number"},
        {"symbols = { 'BTC-USD' }, params = { a = { default = 5, min = 1, max = 4 } }",
         "from 1 to 4"},
        {"symbols = { 'BTC-USD' }, params = { a = { default = 'x', choices = { 'y' } } }",
         "one of y"},
        {"symbols = { 'BTC-USD' }, "
         "params = { a = { default = 2, min = 0, max = 4, type = 'log' } }",
         "above 0"},
        {"symbols = { 'BTC-USD' }, check = function(p) return false, 'never' end", "params: never"},
        {"symbols = { 'BTC-USD' }, votes = { 'NONE-USD' }", "votes: 'NONE-USD'"},
        {"symbols = { 'BTC-USD' }, history = 0", "history: must be a number from 1"},
    };
    for (const auto& [declaration, says] : cases) {
        const std::string why =
            message_of("return grekko.agent { " + std::string(declaration) + " }");
        EXPECT_TRUE(has(why, says)) << declaration << "\n" << why;
    }
}

TEST_F(Loading, ChecksParametersGivenFromOutside) {
    const std::string script =
        "return grekko.agent { symbols = { 'BTC-USD' },"
        "bars = function(p) return { p.interval } end,"
        "params = { fast = { default = 48, min = 8, max = 120, step = 4 }, on = { default = true },"
        "interval = { default = '1h', choices = { '1h', '5s' }, fixed = true } } }";
    const auto with = [&](const char* name, ParameterValue value) {
        script::Setup setup;
        setup.parameters[name] = std::move(value);
        return message_of(script, setup);
    };
    EXPECT_EQ(with("fast", std::int64_t{12}), "");
    EXPECT_EQ(agent_->parameters()[0].value, ParameterValue{std::int64_t{12}});
    EXPECT_EQ(with("interval", std::string("5s")), "");
    EXPECT_EQ(agent_->description().subscriptions[0].bars, std::vector{Duration::seconds(5)});
    EXPECT_TRUE(has(with("fats", std::int64_t{12}), "did you mean 'fast'?"));
    EXPECT_TRUE(has(with("fast", std::int64_t{13}), "plus a multiple of 4"));
    EXPECT_TRUE(has(with("fast", 12.5), "whole number"));
    EXPECT_TRUE(has(with("fast", std::string("a")), "whole number"));
    EXPECT_TRUE(has(with("on", std::int64_t{1}), "true or false"));
    EXPECT_TRUE(has(with("interval", std::string("2h")), "one of 1h, 5s"));
}

TEST_F(Loading, FindsHandlersByNameAndNotices) {
    const std::string head = "local agent = " + std::string(good).substr(7) + "\n";
    EXPECT_TRUE(has(message_of(head + "function agent:on_tarde() end return agent"),
                    "did you mean 'on_trade'?"));
    EXPECT_TRUE(has(message_of(head + "agent.on_trade = 5 return agent"), "must be a function"));
}

TEST_F(Loading, RequiresModulesOfTheFolderAndTheLibrary) {
    folder_.write("a/own.lua", "return { value = 1 }");
    folder_.write("lib/shipped.lua", "return { value = require('other').value }");
    folder_.write("lib/other.lua", "return { value = 2 }");
    EXPECT_EQ(message_of("assert(require('own').value == 1 and require('shipped').value == 2)\n"
                         "assert(require('own') == require('own'))\n" +
                         std::string(good)),
              "");
    const std::string hash = agent_->description().code_hash;
    folder_.write("lib/other.lua", "return { value = 2 } ");
    EXPECT_EQ(message(), "");
    EXPECT_NE(agent_->description().code_hash, hash);
}

TEST_F(Loading, RequiresNothingElse) {
    folder_.write("secret.lua", "return 1");
    std::filesystem::create_symlink(folder_ / "secret.lua", folder_ / "link.lua");
    std::filesystem::create_directories(folder_ / "a");
    std::filesystem::create_symlink(folder_ / "secret.lua", folder_ / "a/linked.lua");
    for (const char* name : {"../secret", "linked", "os", "a/b", ""}) {
        const std::string why = message_of("require('" + std::string(name) + "')");
        EXPECT_TRUE(has(why, "is neither beside agent.lua nor in the library")) << why;
    }
    folder_.write("a/one.lua", "return require('two')");
    folder_.write("a/two.lua", "return require('one')");
    EXPECT_TRUE(has(message_of("require('one')"), "requires itself"));
}

TEST(Suggestion, NamesTheNearestWordOrAll) {
    const std::string_view words[] = {"quantity", "limit", "stop"};
    EXPECT_EQ(suggestion("quanity", words), "; did you mean 'quantity'?");
    EXPECT_EQ(suggestion("limti", words), "; did you mean 'limit'?");
    EXPECT_EQ(suggestion("zzz", words), "; known: quantity, limit, stop");
    EXPECT_EQ(suggestion("x", {}), "");
}

} // namespace
} // namespace grekko::script
