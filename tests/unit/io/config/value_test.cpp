// Each type of value: what it takes, what it keeps, and what it says of anything else. And the two
// readers beside it: agent.toml and secrets by reference.
// covers: agent_file.cpp, secret.cpp
#include "io/config/value.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/config/agent_file.hpp"
#include "io/config/keys.hpp"
#include "io/config/secret.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::config {
namespace {

using grekko::tests::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Raw raw(Raw::Kind kind, std::string text) {
    return {kind, std::move(text), {}};
}

// The canonical text, or the error's sentence.
std::string taken(const Key& key, Raw::Kind kind, const std::string& text) {
    const Result<Value> value = check(key, key.path, raw(kind, text));
    return value ? value->text : value.error().message;
}

std::string word(const Key& key, const std::string& text) {
    return taken(key, Raw::Kind::untyped, text);
}

TEST(Value, TakesWholeNumbersInTheirRangeAndUnquoted) {
    const Key key = keys::whole("a.b", "5", {"1", "10", "bars"}, "Doc.");
    EXPECT_EQ(taken(key, Raw::Kind::whole, "1"), "1");
    EXPECT_EQ(word(key, " 10 "), "10");
    EXPECT_EQ(word(key, "007"), "7");
    for (const char* bad : {"0", "11", "-1", "99999999999999999999"}) {
        EXPECT_THAT(word(key, bad), HasSubstr("legal: 1 … 10 bars")) << bad;
    }
    for (const char* bad : {"", "5.0", "5 bars", "0x5", "1e1", "five"}) {
        EXPECT_THAT(word(key, bad), HasSubstr("needs a whole number")) << bad;
    }
    EXPECT_THAT(taken(key, Raw::Kind::text, "5"), HasSubstr("a.b = \"5\": needs a whole number"));
    EXPECT_THAT(taken(key, Raw::Kind::real, "5"), HasSubstr("without quotes"));
}

TEST(Value, TakesSharesAsFractionsPercentAndBasisPoints) {
    const Key key = keys::share("a.b", "0", {"0", "0.5", "of N"}, "Doc.");
    EXPECT_EQ(word(key, "0.25"), "0.25");
    EXPECT_EQ(word(key, "25 %"), "0.25");
    EXPECT_EQ(word(key, "25%"), "0.25");
    EXPECT_EQ(word(key, "2500bp"), "0.25");
    EXPECT_EQ(word(key, "0.5"), "0.5");
    EXPECT_EQ(taken(key, Raw::Kind::real, "0.03"), "0.03");
    EXPECT_THAT(word(key, "0.50000001"), HasSubstr("legal: 0 … 0.5 of N"));
    EXPECT_THAT(word(key, "60 %"), HasSubstr("needs a value in its range"));
    EXPECT_THAT(word(key, "-1bp"), HasSubstr("range"));
    for (const char* bad : {"", "%", "25 percent", "25%%", "nan", "inf", "1,5", "0.25 USD"}) {
        EXPECT_THAT(word(key, bad), HasSubstr("needs a share such as")) << bad;
    }
    EXPECT_THAT(taken(key, Raw::Kind::flag, "true"), HasSubstr("needs a share"));
    EXPECT_THAT(taken(key, Raw::Kind::list, ""), HasSubstr("a.b = a list: needs"));
}

TEST(Value, TakesAmountsExactly) {
    const Key key = keys::amount("a.b", "1", {"0", "", "USD"}, "Doc.");
    EXPECT_EQ(word(key, "0.000000000000000001"), "0.000000000000000001");
    EXPECT_EQ(taken(key, Raw::Kind::text, "12345.678"), "12345.678");
    EXPECT_EQ(taken(key, Raw::Kind::whole, "3"), "3");
    EXPECT_THAT(word(key, "-0.01"), HasSubstr("legal: at least 0 USD"));
    EXPECT_THAT(word(key, "25 %"), HasSubstr("needs a decimal number"));
    EXPECT_THAT(word(key, "1000000000000000000000"), HasSubstr("needs a decimal number"));
}

TEST(Value, WantsAUnitOnEachDuration) {
    const Key key = keys::duration("a.b", "1s", {"10ms", "1h", ""}, "Doc.");
    EXPECT_EQ(word(key, "10ms"), "10ms");
    EXPECT_EQ(taken(key, Raw::Kind::text, "3600s"), "1h");
    EXPECT_THAT(word(key, "9ms"), HasSubstr("legal: 10ms … 1h"));
    EXPECT_THAT(word(key, "2h"), HasSubstr("in its range"));
    for (const char* bad : {"", "10", "1.5s", "10 ms", "10sec", "ms", "10MS", "-", "1h30m"}) {
        EXPECT_THAT(word(key, bad), HasSubstr("a whole number with its unit")) << bad;
    }
    EXPECT_THAT(taken(key, Raw::Kind::whole, "5"), HasSubstr("such as \"500ms\""));
}

TEST(Value, TakesFlagsChoicesTextsListsAndDates) {
    const Key flag = keys::flag("a.f", "false", "Doc.");
    EXPECT_EQ(taken(flag, Raw::Kind::flag, "true"), "true");
    for (const char* bad : {"yes", "1", "True", ""}) {
        EXPECT_THAT(word(flag, bad), HasSubstr("needs true or false")) << bad;
    }
    EXPECT_THAT(taken(flag, Raw::Kind::text, "true"), HasSubstr("without quotes"));
    const Key choice = keys::choice("a.c", {"full", "none"}, "full", "Doc.");
    EXPECT_EQ(word(choice, "none"), "none");
    EXPECT_THAT(word(choice, "some"),
                HasSubstr("a.c = some: needs one of its choices; legal: full | none"));
    const Key text = keys::text("a.t", "", "Doc.");
    EXPECT_EQ(word(text, ""), "");
    EXPECT_THAT(taken(text, Raw::Kind::whole, "3"), HasSubstr("needs a text in quotes"));
    EXPECT_THAT(taken(text, Raw::Kind::other, ""), HasSubstr("a.t = a table: needs a value"));
    const Key list = keys::list("a.l", "", "Doc.");
    EXPECT_EQ(word(list, "a, b"), "a, b");
    EXPECT_EQ(word(list, ""), "");
    EXPECT_THAT(word(list, "a,,b"), HasSubstr("items that are not empty"));
    EXPECT_THAT(taken(list, Raw::Kind::text, "a"), HasSubstr("needs a list of texts"));
    // Else ["a, b"] and ["a", "b"] would have one text and one hash.
    const auto comma = check(list, "a.l", Raw{Raw::Kind::list, {}, {"a, b"}});
    ASSERT_FALSE(comma);
    EXPECT_THAT(comma.error().message, HasSubstr("hold no comma"));
    const Key date = keys::date("a.d", "", "Doc.");
    EXPECT_EQ(word(date, "2024-08-08"), "2024-08-08T00:00:00Z");
    EXPECT_EQ(taken(date, Raw::Kind::date, "2024-08-08T01:02:03+01:00"), "2024-08-08T00:02:03Z");
    for (const char* bad : {"", "2024-02-30", "08.08.2024", "2024-08-08T01:02:03"}) {
        EXPECT_THAT(word(date, bad), HasSubstr("needs a date such as")) << bad;
    }
}

TEST(Value, ShowsNoValueWhoseNameSoundsSecret) {
    const Key key = keys::text("a.password", "", "Doc.");
    const std::string message = taken(key, Raw::Kind::whole, "4711");
    EXPECT_THAT(message, HasSubstr("a.password = (not shown)"));
    EXPECT_THAT(message, Not(HasSubstr("4711")));
    for (const char* name : {"api_key", "ApiKey", "db_PASSWORD", "auth_token", "private_key"})
        EXPECT_TRUE(sounds_secret(name)) << name;
    for (const char* name : {"fast", "interval", "key", "stop"})
        EXPECT_FALSE(sounds_secret(name)) << name;
}

TEST(AgentFile, GivesSymbolsParametersAndTheProfileOverThem) {
    const TemporaryFolder folder;
    folder.write("agent.toml", "symbols = [\"BTC-USD\"]\n[profile.tape.params]\nfast = 8\n"
                               "[params]\nfast = 48\nslow = 192\n[profile.calm.params]\n"
                               "fast = 99\n");
    const auto plain = read_agent_file(folder.path(), "");
    ASSERT_TRUE(plain) << plain.error().message;
    EXPECT_THAT(plain->symbols, ElementsAre("BTC-USD"));
    EXPECT_THAT(plain->profiles, ElementsAre("tape", "calm"));
    EXPECT_EQ(plain->parameters.at("fast"), ParameterValue{std::int64_t{48}});
    const auto tape = read_agent_file(folder.path(), "tape");
    ASSERT_TRUE(tape) << tape.error().message;
    EXPECT_EQ(tape->parameters.at("fast"), ParameterValue{std::int64_t{8}});
    EXPECT_EQ(tape->parameters.at("slow"), ParameterValue{std::int64_t{192}});
}

TEST(AgentFile, MayBeMissingOrHaveEmptyTables) {
    const TemporaryFolder folder;
    const auto none = read_agent_file(folder.path(), "tape");
    ASSERT_TRUE(none) << none.error().message;
    EXPECT_TRUE(none->parameters.empty());
    folder.write("agent.toml", "[params]\n[profile.tape.params]\n[profile.calm]\n");
    const auto empty = read_agent_file(folder.path(), "tape");
    ASSERT_TRUE(empty) << empty.error().message;
    EXPECT_TRUE(empty->parameters.empty());
}

TEST(AgentFile, RefusesWhatItDoesNotKnowWithItsLine) {
    const TemporaryFolder folder;
    const auto error = [&](std::string_view text) {
        folder.write("agent.toml", text);
        const auto file = read_agent_file(folder.path(), "tape");
        return file ? std::string{"accepted"} : file.error().message;
    };
    EXPECT_THAT(error("\nsymbol = [\"A\"]\n"), HasSubstr("agent.toml:2: unknown key \"symbol\""));
    EXPECT_THAT(error("symbol = [\"A\"]\n"), HasSubstr("did you mean \"symbols\"?"));
    EXPECT_THAT(error("[param]\nfast = 1\n"), HasSubstr("did you mean \"params\"?"));
    EXPECT_THAT(error("[profile.tape.parms]\nfast = 1\n"), HasSubstr("did you mean \"params\"?"));
    EXPECT_THAT(error("symbols = \"A\"\n"), HasSubstr("needs a list of texts"));
    EXPECT_THAT(error("[params]\nfast = [1]\n"), HasSubstr("agent.toml:2: params.fast = "));
    EXPECT_THAT(error("[risk]\nheat_max = 1\n"), HasSubstr("agent.toml has symbols, [params]"));
    EXPECT_THAT(error("params = \n"), HasSubstr("agent.toml:1: not TOML"));
}

TEST(SecretReference, IsResolvedFromTheEnvironmentOrAFile) {
    const TemporaryFolder folder;
    ASSERT_EQ(::setenv("GREKKO_TEST_SECRET", "from the environment", 1), 0);
    const auto variable = resolve_secret("env:GREKKO_TEST_SECRET");
    ASSERT_TRUE(variable) << variable.error().message;
    EXPECT_EQ(variable->expose(), "from the environment");
    const std::string file = "file:" + folder.write("key", "a\nb\n\n").string();
    const auto read = resolve_secret(file);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->expose(), "a\nb\n"); // one line feed is the editor's
}

TEST(SecretReference, SaysWhatIsMissingWithoutSayingMore) {
    const TemporaryFolder folder;
    const auto error = [](const std::string& reference) {
        const auto secret = resolve_secret(reference);
        return secret ? Error{ErrorCode::cancelled, "resolved"} : secret.error();
    };
    ::unsetenv("GREKKO_TEST_NONE");
    EXPECT_EQ(error("env:GREKKO_TEST_NONE").code, ErrorCode::not_found);
    EXPECT_THAT(error("env:GREKKO_TEST_NONE").message, HasSubstr("GREKKO_TEST_NONE: set it"));
    ASSERT_EQ(::setenv("GREKKO_TEST_EMPTY", "", 1), 0);
    EXPECT_EQ(error("env:GREKKO_TEST_EMPTY").code, ErrorCode::not_found);
    EXPECT_EQ(error("file:/nowhere/key").code, ErrorCode::not_found);
    EXPECT_EQ(error("file:/").code, ErrorCode::not_found);
    const auto large = folder.write("large", std::string((64U << 10U) + 1, 'x')).string();
    EXPECT_EQ(error("file:" + large).code, ErrorCode::limit_exceeded);
    const Error clear = error("hunter2");
    EXPECT_EQ(clear.code, ErrorCode::invalid_config);
    EXPECT_THAT(clear.message, Not(HasSubstr("hunter2")));
}

} // namespace
} // namespace grekko::config
