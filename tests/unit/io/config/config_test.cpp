// Where values come from, what wins, and what each mistake in a file, a variable or a flag is
// answered with.
// covers: load.cpp, document.cpp, schema.cpp, keys.hpp, run_keys.cpp, market_keys.cpp
// covers: book_keys.cpp, built_in.cpp, suggest.cpp, json_schema.cpp
#include "io/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "io/config/document.hpp"
#include "io/config/keys.hpp"
#include "io/config/suggest.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::config {
namespace {

using grekko::tests::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const Schema& schema() {
    static const Schema all = base_schema();
    return all;
}

Sources built_in_sources() {
    Sources sources;
    sources.built_in = built_in();
    return sources;
}

// A configuration out of a file with this text.
Result<Config> from_file(const TemporaryFolder& folder, std::string_view text) {
    Sources sources = built_in_sources();
    sources.file = folder.write("grekko.toml", text);
    return Config::load(schema(), sources);
}

Error error_in_file(std::string_view text) {
    const TemporaryFolder folder;
    const Result<Config> config = from_file(folder, text);
    if (config) return {ErrorCode::cancelled, "it was accepted"};
    return config.error();
}

Error error_of_flag(const std::string& flag) {
    Sources sources = built_in_sources();
    sources.flags = {flag};
    const Result<Config> config = Config::load(schema(), sources);
    if (config) return {ErrorCode::cancelled, "it was accepted"};
    return config.error();
}

TEST(Config, TakesTheFlagOverTheVariableOverTheFileOverTheDefaultAndSaysWhere) {
    const TemporaryFolder folder;
    Sources sources = built_in_sources();
    const auto origin = [&] {
        const Result<Config> config = Config::load(schema(), sources);
        if (!config) return config.error().message;
        return config->text("run.venue") + " from " +
               config->settings().at("run.venue").origin.text();
    };
    EXPECT_EQ(origin(), "coinbase from default");
    sources.file = folder.write("g.toml", "\n[run]\nvenue = \"one\"\n");
    EXPECT_EQ(origin(), "one from " + (folder / "g.toml").string() + ":3");
    sources.environment = {{"HOME", "/"}, {"GREKKO_RUN_VENUE", "two"}};
    EXPECT_EQ(origin(), "two from GREKKO_RUN_VENUE");
    sources.flags = {"run.venue=three", "run.venue=four"};
    EXPECT_EQ(origin(), "four from --set run.venue");
}

TEST(Config, SaysThatAValueIsBuiltIn) {
    const Result<Config> config = Config::load(schema(), built_in_sources());
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->settings().at("listings[BTC-USD@coinbase].taker_fee").origin.text(),
              "built in");
    EXPECT_THAT(config->rows("agents"), ElementsAre("aggressive", "conservative", "balanced"));
    EXPECT_THAT(config->rows("venues"), ElementsAre("coinbase", "binance"));
    EXPECT_EQ(config->rate("listings[BTC-USD@coinbase].taker_fee"), 0.006_rate);
}

TEST(Config, GivesEachTypeAsItIs) {
    const TemporaryFolder folder;
    const Result<Config> config =
        from_file(folder, "[run]\nsymbols = [\"A-B\", \"C-D\"]\nspeed = 1.5\nseed = 7\n"
                          "interval = \"60s\"\n[book]\nshorts = true\n[[agents]]\nname = \"x\"\n"
                          "allocation = \"12.5 %\"\nparams = { fast = 3, slow = 2.5, up = true, "
                          "at = \"1h\" }\n");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_THAT(config->list("run.symbols"), ElementsAre("A-B", "C-D"));
    EXPECT_EQ(config->decimal("run.speed"), 1.5_d);
    EXPECT_EQ(config->whole("run.seed"), 7);
    EXPECT_EQ(config->duration("run.interval"), Duration::minutes(1));
    EXPECT_TRUE(config->flag("book.shorts"));
    EXPECT_EQ(config->rate("agents[x].allocation"), 0.125_rate);
    const ParameterValues parameters = config->parameters("agents[x].params.");
    EXPECT_EQ(parameters.at("fast"), ParameterValue{std::int64_t{3}});
    EXPECT_EQ(parameters.at("slow"), ParameterValue{2.5});
    EXPECT_EQ(parameters.at("up"), ParameterValue{true});
    EXPECT_EQ(parameters.at("at"), ParameterValue{std::string{"1h"}});
}

// An agent's own row in a file takes the place of the three that are built in; a venue's does not.
TEST(Config, ReplacesTheBuiltInAgentsAndAddsToTheVenues) {
    const TemporaryFolder folder;
    const Result<Config> config =
        from_file(folder, "[[agents]]\nname = \"mine\"\n[[venues]]\nname = \"kraken\"\n[[venues]]\n"
                          "name = \"coinbase\"\nlatency = \"5ms\"\n");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_THAT(config->rows("agents"), ElementsAre("mine"));
    EXPECT_FALSE(config->has("agents[balanced].allocation"));
    EXPECT_THAT(config->rows("venues"), ElementsAre("coinbase", "binance", "kraken"));
    EXPECT_EQ(config->duration("venues[coinbase].latency"), Duration::milliseconds(5));
    EXPECT_THAT(config->list("venues[coinbase].cash"), ElementsAre("100000 USD"));
    EXPECT_EQ(config->duration("venues[kraken].latency"), Duration::milliseconds(80));
}

TEST(Config, SetsAParameterByAFlagAsAFileWould) {
    Sources sources = built_in_sources();
    sources.flags = {"agents[balanced].params.fast=8", "agents[balanced].params.stop=2.5",
                     "agents[balanced].params.interval=5s", "agents[balanced].params.on=true"};
    const Result<Config> config = Config::load(schema(), sources);
    ASSERT_TRUE(config) << config.error().message;
    const ParameterValues parameters = config->parameters("agents[balanced].params.");
    EXPECT_EQ(parameters.at("fast"), ParameterValue{std::int64_t{8}});
    EXPECT_EQ(parameters.at("stop"), ParameterValue{2.5});
    EXPECT_EQ(parameters.at("interval"), ParameterValue{std::string{"5s"}});
    EXPECT_EQ(parameters.at("on"), ParameterValue{true});
}

TEST(Config, HasEqualTextAndHashHoweverAValueIsWritten) {
    const auto hash = [](std::string_view text) {
        const TemporaryFolder folder;
        const Result<Config> config = from_file(folder, text);
        return config ? config->hash() : config.error().message;
    };
    const std::string minute = hash("run.interval = \"60s\"\nrun.fees = \"none\"\n");
    EXPECT_EQ(minute.size(), 64U);
    EXPECT_EQ(minute, hash("[run]\ninterval = \"1m\"\n"));
    EXPECT_NE(minute, hash("[run]\ninterval = \"2m\"\n"));
    EXPECT_EQ(hash("[[agents]]\nname = \"a\"\nallocation = \"25 %\"\n"),
              hash("[[agents]]\nallocation = 0.25\nname = \"a\"\n"));
    EXPECT_EQ(hash("[[agents]]\nname = \"a\"\nallocation = \"2500bp\"\n"),
              hash("[[agents]]\nallocation = \"0.250\"\nname = \"a\"\n"));
}

TEST(Config, NamesFileLineAndTheNearestKeyOfAnUnknownOne) {
    const Error error = error_in_file("[run]\nseed = 1\nsymbls = [\"BTC-USD\"]\n");
    EXPECT_EQ(error.code, ErrorCode::invalid_config);
    EXPECT_THAT(error.message,
                HasSubstr("grekko.toml:3: unknown key \"run.symbls\"; did you mean \"symbols\"?"));
    EXPECT_THAT(error_in_file("[rum]\nseed = 1\n").message, HasSubstr("did you mean \"run\"?"));
    EXPECT_THAT(error_in_file("[[venue]]\nname = \"x\"\n").message,
                HasSubstr("did you mean \"venues\"?"));
    EXPECT_THAT(error_in_file("[[venues]]\nname = \"x\"\nlatncy = \"1s\"\n").message,
                HasSubstr("did you mean \"latency\"?"));
    EXPECT_THAT(error_in_file("[run]\nqwertyuiop = 1\n").message,
                HasSubstr("`grekko config schema` lists all keys"));
}

TEST(Config, SaysHowATableIsWrittenWhereItsFormIsWrong) {
    EXPECT_THAT(error_in_file("venues = 3\n").message, HasSubstr("write [[venues]]"));
    EXPECT_THAT(error_in_file("[venues]\nname = \"x\"\n").message, HasSubstr("write [[venues]]"));
    EXPECT_THAT(error_in_file("[[run]]\nseed = 1\n").message, HasSubstr("write [run]"));
    EXPECT_THAT(error_in_file("run = 3\n").message, HasSubstr("write [run]"));
    EXPECT_THAT(error_of_flag("venues.coinbase.latency=1s").message,
                HasSubstr("venues[NAME].KEY with --set"));
}

TEST(Config, WantsEachRowNamedOnce) {
    EXPECT_THAT(error_in_file("[[venues]]\nlatency = \"1s\"\n").message, HasSubstr("needs name"));
    EXPECT_THAT(error_in_file("[[venues]]\nname = \"a.b\"\n").message, HasSubstr("needs name"));
    EXPECT_THAT(error_in_file("[[venues]]\nname = 3\n").message, HasSubstr("needs name"));
    EXPECT_THAT(error_in_file("[[venues]]\nname = \"a\"\n[[venues]]\nname = \"a\"\n").message,
                HasSubstr("grekko.toml:4: venues[a] is given twice"));
    EXPECT_THAT(error_in_file("[[listings]]\ninstrument = \"A\"\n").message,
                HasSubstr("needs venue"));
}

TEST(Config, RefusesWhatIsNoTomlOrNoConfigurationWithThePlace) {
    const Error half = error_in_file("[run]\nseed = 1\nvenue = \"coin");
    EXPECT_EQ(half.code, ErrorCode::invalid_config);
    EXPECT_THAT(half.message, HasSubstr("grekko.toml:3: not TOML: "));
    const Error binary = error_in_file(std::string("\x7f"
                                                   "ELF\x02\x01\0\0\xff",
                                                   9));
    EXPECT_EQ(binary.code, ErrorCode::invalid_config);
    EXPECT_THAT(binary.message, HasSubstr("grekko.toml:1: not TOML: "));
    const Error huge = error_in_file(std::string((1U << 20U) + 1, '#'));
    EXPECT_EQ(huge.code, ErrorCode::limit_exceeded);
    EXPECT_THAT(huge.message, HasSubstr("1048576 bytes"));
    Sources sources = built_in_sources();
    sources.file = "/nowhere/grekko.toml";
    const auto missing = Config::load(schema(), sources);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
    sources.file = "/proc";
    const auto folder = Config::load(schema(), sources);
    ASSERT_FALSE(folder);
    EXPECT_EQ(folder.error().code, ErrorCode::io_error);
}

TEST(Config, RefusesAMistypedVariableOfASectionAndLeavesOthersAlone) {
    Sources sources = built_in_sources();
    sources.environment = {{"GREKKO_RUN_SEDE", "2"}};
    const auto wrong = Config::load(schema(), sources);
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message, HasSubstr("GREKKO_RUN_SEDE"));
    EXPECT_THAT(wrong.error().message, HasSubstr("did you mean \"GREKKO_RUN_SEED\"?"));
    sources.environment = {{"GREKKO_COINBASE_KEY", "s3cret"}, {"GREKKO_RUNNER", "ci"}};
    const auto others = Config::load(schema(), sources);
    ASSERT_TRUE(others) << others.error().message;
    EXPECT_THAT(others->canonical(), Not(HasSubstr("s3cret")));
    sources.environment = {{"GREKKO_RUN_SEED", "two"}};
    const auto typed = Config::load(schema(), sources);
    ASSERT_FALSE(typed);
    EXPECT_THAT(typed.error().message, HasSubstr("GREKKO_RUN_SEED: run.seed = two: needs a whole"));
}

TEST(Config, RefusesAFlagWithoutAPathAValueOrARow) {
    EXPECT_EQ(error_of_flag("run.seed").code, ErrorCode::invalid_argument);
    EXPECT_EQ(error_of_flag("=3").code, ErrorCode::invalid_argument);
    EXPECT_THAT(error_of_flag("run.sed=3").message, HasSubstr("did you mean \"seed\"?"));
    EXPECT_THAT(error_of_flag("agents[nobody].allocation=1").message,
                HasSubstr("--set: there is no agents[nobody]"));
}

TEST(Config, NeverRepeatsASecretInAnError) {
    for (const char* written : {"\"hunter2\"", "\"env:\"", "\"file:\"", "12345", "[\"hunter2\"]"}) {
        const Error error =
            error_in_file(std::string{"[[venues]]\nname = \"v\"\napi_secret = "} + written + "\n");
        EXPECT_EQ(error.code, ErrorCode::invalid_config) << written;
        EXPECT_THAT(error.message, HasSubstr("venues[v].api_secret holds a secret in clear"));
        EXPECT_THAT(error.message, HasSubstr("grekko.toml:3: "));
        EXPECT_THAT(error.message, Not(HasSubstr("hunter2")));
        EXPECT_THAT(error.message, Not(HasSubstr("12345")));
    }
    const Error flag = error_of_flag("venues[coinbase].api_key=hunter2");
    EXPECT_THAT(flag.message, HasSubstr("holds a secret in clear"));
    EXPECT_THAT(flag.message, Not(HasSubstr("hunter2")));
    const Error parameter =
        error_in_file("[[agents]]\nname = \"a\"\nparams.api_token = \"hunter2\"\n");
    EXPECT_EQ(parameter.code, ErrorCode::invalid_config);
    EXPECT_THAT(parameter.message, HasSubstr("params.api_token looks like a secret in clear"));
    EXPECT_THAT(parameter.message, Not(HasSubstr("hunter2")));
}

TEST(Config, KeepsAReferenceToASecretAsItIs) {
    const TemporaryFolder folder;
    const auto config = from_file(folder, "[[venues]]\nname = \"v\"\napi_key = \"env:V_KEY\"\n"
                                          "api_secret = \"file:/run/secrets/v\"\n");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->text("venues[v].api_key"), "env:V_KEY");
    EXPECT_THAT(config->canonical(), HasSubstr("venues[v].api_secret = file:/run/secrets/v\n"));
}

TEST(ConfigDeathTest, DiesWhereTheProgramAsksForAKeyThatIsNone) {
    const Result<Config> config = Config::load(schema(), built_in_sources());
    ASSERT_TRUE(config);
    EXPECT_DEATH(config->text("run.sead"), "");
    EXPECT_DEATH(config->rows("venue"), "");
}

TEST(Schema, NamesEachKeyOnceWithASentence) {
    std::set<std::string> paths, variables;
    for (const Key& key : schema().keys()) {
        EXPECT_TRUE(paths.insert(key.path).second) << key.path;
        EXPECT_TRUE(key.doc.ends_with('.')) << key.path << ": " << key.doc;
        const std::string variable = environment_name(key);
        if (!variable.empty()) {
            EXPECT_TRUE(variables.insert(variable).second) << variable;
        }
    }
    EXPECT_TRUE(variables.contains("GREKKO_RUN_SEED"));
    EXPECT_EQ(environment_name(*schema().find("venues[].account")), "");
}

TEST(Schema, FindsKeysTablesAndWhatLiesBelow) {
    EXPECT_EQ(schema().find("agents[].params.fast"), schema().find("agents[].params.*"));
    EXPECT_EQ(schema().find("agents[].params."), nullptr);
    EXPECT_EQ(schema().find("run"), nullptr);
    EXPECT_TRUE(schema().has_below("run"));
    EXPECT_TRUE(schema().has_below("venues"));
    EXPECT_FALSE(schema().has_below("run.seed"));
    EXPECT_FALSE(schema().has_below("ru"));
    EXPECT_THAT(schema().names_in("logging"),
                ElementsAre("level", "format", "file", "lines_per_second"));
    EXPECT_THAT(schema().names_in("listings"), testing::Contains("tick"));
    EXPECT_THAT(schema().names_in(""), testing::Contains("venues"));
    EXPECT_EQ(schema_path("venues[a-b].params.x"), "venues[].params.x");
}

// An editor completes a default: it must be of the type that the loader then accepts.
TEST(Schema, ExportsJsonSchemaWithDefaultsOfTheirTypes) {
    const auto root = nlohmann::json::parse(json_schema(schema()));
    EXPECT_EQ(root["$schema"], "https://json-schema.org/draft/2020-12/schema");
    EXPECT_EQ(root["additionalProperties"], false);
    const auto& run = root["properties"]["run"]["properties"];
    EXPECT_EQ(run["seed"]["default"], 1);
    EXPECT_EQ(run["seed"]["minimum"], 0);
    EXPECT_EQ(run["warmup"]["maximum"], 2000);
    EXPECT_EQ(run["symbols"]["default"], nlohmann::json::array({"BTC-USD"}));
    EXPECT_EQ(run["fees"]["enum"], nlohmann::json::array({"none", "listed"}));
    EXPECT_EQ(root["properties"]["book"]["properties"]["shorts"]["default"], false);
    const auto& venues = root["properties"]["venues"];
    EXPECT_EQ(venues["type"], "array");
    EXPECT_EQ(venues["items"]["required"], nlohmann::json::array({"name"}));
    EXPECT_EQ(venues["items"]["properties"]["api_key"]["pattern"], "^(env:|file:).+$");
    const auto& agent = root["properties"]["agents"]["items"];
    EXPECT_EQ(agent["additionalProperties"], false);
    EXPECT_EQ(agent["properties"]["params"]["additionalProperties"]["type"].size(), 3U);
}

TEST(Suggestion, FindsTheNearestWordAndNoneThatIsFar) {
    const std::vector<std::string> known{"seed", "speed", "symbols"};
    EXPECT_EQ(distance("", "abc"), 3U);
    EXPECT_EQ(distance("seed", "seed"), 0U);
    EXPECT_EQ(distance("sede", "seed"), 1U); // neighbours swapped
    EXPECT_EQ(nearest("sed", known), "seed");
    EXPECT_EQ(nearest("symbls", known), "symbols");
    EXPECT_EQ(nearest("qqqqqq", known), "");
    EXPECT_EQ(did_you_mean("sped", known), "; did you mean \"seed\"?");
    EXPECT_EQ(did_you_mean("seed", known), ""); // what it is already
    EXPECT_EQ(did_you_mean("x", {}), "");
}

TEST(Document, KeepsPathsLinesAndOrder) {
    const auto document = parse_document("b = 1\n[a]\nd = 1979-05-27\n[[t]]\nx = true\n[e]\n", "n");
    ASSERT_TRUE(document) << document.error().message;
    std::vector<std::string> seen;
    for (const Item& item : document->items)
        seen.push_back(item.path + "@" + std::to_string(item.line) + "=" + item.raw.text);
    EXPECT_THAT(seen, ElementsAre("b@1=1", "a.d@3=1979-05-27", "t[0].x@5=true", "e@6="));
}

} // namespace
} // namespace grekko::config
