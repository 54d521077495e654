// Every key of the configuration: its default, its range, its type, and the one member that it
// fills; and the universe, the venues and the money that a configuration gives.
// covers: app/settings/settings.cpp, app/settings/guards.cpp, app/settings/risk.cpp
// covers: app/settings/services.cpp, app/settings/rows.hpp, universe.cpp, wire.cpp, synthetic.cpp
// covers: exit_code.cpp, version.cpp
#include "app/settings/settings.hpp"

#include <cstring>
#include <new>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/exit_code.hpp"
#include "app/settings/rows.hpp"
#include "app/synthetic.hpp"
#include "app/version.hpp"
#include "app/wire.hpp"
#include "core/risk/check.hpp"
#include "io/config/keys.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::app {
namespace {

using config::Key;
using config::Raw;
using config::Type;
using grekko::tests::read_file;
using grekko::tests::TemporaryFolder;
using testing::HasSubstr;

Result<config::Config> load(std::vector<std::string> flags) {
    config::Sources sources;
    sources.built_in = config::built_in();
    sources.flags = std::move(flags);
    return config::Config::load(schema(), sources);
}

config::Config loaded(std::vector<std::string> flags = {}) {
    auto config = load(std::move(flags));
    EXPECT_TRUE(config) << config.error().message;
    return config ? *config : config::Config{};
}

bool accepts(const Key& key, const std::string& text) {
    return config::check(key, key.path, Raw{Raw::Kind::untyped, text, {}}).has_value();
}

bool numeric(const Key& key) {
    return key.type == Type::whole || key.type == Type::amount || key.type == Type::share ||
           key.type == Type::duration;
}

TEST(EveryKey, HasALegalDefaultAndASentence) {
    EXPECT_GT(schema().keys().size(), 200U);
    std::set<std::string> paths;
    for (const Key& key : schema().keys()) {
        EXPECT_TRUE(paths.insert(key.path).second) << key.path << " is there twice";
        EXPECT_FALSE(key.doc.empty()) << key.path;
        if (!key.fallback.empty()) {
            EXPECT_TRUE(accepts(key, key.fallback)) << key.path;
        }
    }
}

TEST(EveryKey, TakesBothEndsOfItsRangeAndNothingBeyond) {
    for (const Key& key : schema().keys()) {
        if (!numeric(key)) continue;
        EXPECT_FALSE(key.min.empty()) << key.path << " is open below";
        EXPECT_TRUE(accepts(key, key.min)) << key.path;
        if (key.type == Type::duration) {
            const Duration low = *parse_duration(key.min);
            EXPECT_FALSE(accepts(key, to_string(low - Duration::nanoseconds(1)))) << key.path;
            const Duration high = *parse_duration(key.max);
            EXPECT_TRUE(accepts(key, key.max)) << key.path;
            EXPECT_FALSE(accepts(key, to_string(high + Duration::nanoseconds(1)))) << key.path;
            continue;
        }
        const Decimal step = key.type == Type::whole ? 1_d : 0.000001_d;
        EXPECT_FALSE(accepts(key, (*Decimal::parse(key.min) - step).to_string())) << key.path;
        if (key.max.empty()) continue;
        EXPECT_TRUE(accepts(key, key.max)) << key.path;
        EXPECT_FALSE(accepts(key, (*Decimal::parse(key.max) + step).to_string())) << key.path;
    }
}

TEST(EveryKey, RefusesAnotherTypeOrUnitAndSaysWhatItNeeds) {
    for (const Key& key : schema().keys()) {
        std::vector<Raw> wrong{{Raw::Kind::other, "", {}}};
        if (key.type != Type::list) wrong.push_back({Raw::Kind::list, "", {"a"}});
        if (numeric(key) || key.type == Type::flag) {
            wrong.push_back({Raw::Kind::untyped, "many", {}});
            wrong.push_back({Raw::Kind::untyped, "5 parsecs", {}});
        }
        if (key.type == Type::duration) wrong.push_back({Raw::Kind::whole, "5", {}});
        if (key.type == Type::whole) wrong.push_back({Raw::Kind::untyped, "5s", {}});
        if (key.type == Type::choice) wrong.push_back({Raw::Kind::text, "neither", {}});
        if (key.type == Type::secret) wrong.push_back({Raw::Kind::text, "hunter2", {}});
        for (const Raw& raw : wrong) {
            const auto value = config::check(key, key.path, raw);
            ASSERT_FALSE(value) << key.path << " takes " << raw.text;
            EXPECT_EQ(value.error().code, ErrorCode::invalid_config);
            EXPECT_THAT(value.error().message, HasSubstr(key.path));
            EXPECT_THAT(value.error().message, testing::Not(HasSubstr("hunter2")));
        }
    }
}

TEST(EveryKey, HasItsOwnVariable) {
    std::map<std::string, std::string> variables;
    for (const Key& key : schema().keys()) {
        const std::string variable = config::environment_name(key);
        if (variable.empty()) continue;
        const auto [it, fresh] = variables.emplace(variable, key.path);
        EXPECT_TRUE(fresh) << key.path << " and " << it->second << " are both " << variable;
        EXPECT_TRUE(config::names_setting(schema(), variable)) << variable;
    }
}

// A legal value that is not the default.
std::string other_value(const Key& key) {
    switch (key.type) {
    case Type::flag: return key.fallback == "true" ? "false" : "true";
    case Type::choice:
        return key.choices.front() == key.fallback ? key.choices.back() : key.choices.front();
    case Type::duration:
        return *parse_duration(key.min) == *parse_duration(key.fallback) ? key.max : key.min;
    default:
        if (key.max.empty()) return (*Decimal::parse(key.fallback) + 1_d).to_string();
        return *Decimal::parse(key.min) == *Decimal::parse(key.fallback) ? key.max : key.min;
    }
}

// Two settings in zeroed memory, so that they can be compared byte by byte, padding included.
struct TwoSettings {
    TwoSettings() {
        std::memset(bytes, 0, sizeof bytes);
        before = new (bytes[0]) engine::Settings;
        after = new (bytes[1]) engine::Settings;
        // Containers may point at themselves: what differs already tells nothing.
        for (std::size_t i = 0; i < sizeof bytes[0]; ++i)
            own[i] = bytes[0][i] != bytes[1][i];
    }
    ~TwoSettings() {
        before->~Settings();
        after->~Settings();
    }
    TwoSettings(const TwoSettings&) = delete;
    TwoSettings& operator=(const TwoSettings&) = delete;
    // The place of the first byte that differs; the size where none does.
    std::size_t first_difference() const {
        std::size_t place = 0;
        while (place < sizeof bytes[0] && (own[place] || bytes[0][place] == bytes[1][place]))
            ++place;
        return place;
    }
    alignas(engine::Settings) std::byte bytes[2][sizeof(engine::Settings)];
    bool own[sizeof(engine::Settings)]{};
    engine::Settings* before;
    engine::Settings* after;
};

// Nothing is configurable in name only, and no two keys write one member.
TEST(EveryKey, OfTheCoreFillsAMemberOfItsOwn) {
    Rows rows;
    for (auto* const add :
         {add_market_rows, add_agents_rows, add_consensus_rows, add_risk_rows, add_breaker_rows,
          add_stop_rows, add_execution_rows, add_portfolio_rows}) {
        add(rows);
    }
    EXPECT_GT(rows.size(), 150U);
    std::map<std::size_t, std::string> places;
    for (const Row& row : rows) {
        const std::string value = other_value(row.key);
        const config::Config config = loaded({row.key.path + "=" + value});
        TwoSettings settings;
        ASSERT_EQ(settings.first_difference(), sizeof(engine::Settings));
        row.fill(*settings.after, config);
        const std::size_t place = settings.first_difference();
        EXPECT_LT(place, sizeof(engine::Settings)) << row.key.path << " = " << value;
        // Members may share a word, and a value may differ in its second byte alone.
        const auto [it, fresh] = places.emplace(place, row.key.path);
        EXPECT_TRUE(fresh) << row.key.path << " and " << it->second << " fill one member";
    }
}

Universe universe_of(const config::Config& config,
                     const std::vector<std::string>& symbols = {"BTC-USD"}) {
    auto universe = make_universe(config, symbols, "coinbase");
    EXPECT_TRUE(universe) << universe.error().message;
    return universe ? *universe : Universe{};
}

std::string settings_error(std::vector<std::string> flags) {
    const config::Config config = loaded(std::move(flags));
    const auto settings = make_settings(config, universe_of(config));
    return settings ? "accepted" : settings.error().message;
}

TEST(Settings, AreTheCoresOwnWhereNothingIsConfigured) {
    const config::Config config = loaded();
    const auto settings = make_settings(config, universe_of(config));
    ASSERT_TRUE(settings) << settings.error().message;
    const engine::Settings defaults;
    EXPECT_EQ(settings->risk.heat_max, defaults.risk.heat_max);
    EXPECT_EQ(settings->consensus.round, defaults.consensus.round);
    EXPECT_EQ(settings->risk.disabled, 0U);
    EXPECT_EQ(settings->consensus.solo, consensus::Solo::pass);
    EXPECT_FALSE(settings->shorts);
}

// 100 ms for 10 s (trading rules §5.3) are both of the disk's clock, however fast the market runs.
TEST(Settings, AreSlowForAsLongByTheClockOfTheDiskHoweverFastTheMarketRuns) {
    for (const auto& [speed, seconds] : {std::pair{"1", 10}, {"300", 3'000}, {"0", 1'000'000}}) {
        const config::Config config = loaded({std::string{"run.speed="} + speed});
        const auto settings = make_paper_settings(config, universe_of(config));
        ASSERT_TRUE(settings) << settings.error().message;
        EXPECT_EQ(settings->breakers.journal_slow_for, Duration::seconds(seconds)) << speed;
        EXPECT_EQ(settings->breakers.journal_latency_max, Duration::milliseconds(100)) << speed;
    }
}

// What a perpetual pays or receives is not known to a run: nobody may overlook that.
TEST(Settings, RefuseAPerpetualOnMarginUnlessFundingIsLeftOutOnPurpose) {
    const auto error_of = [](std::vector<std::string> flags) {
        const config::Config config = loaded(std::move(flags));
        Universe universe = universe_of(config);
        universe.instruments[1].kind = InstrumentKind::perpetual;
        const auto settings = make_settings(config, universe);
        return settings ? std::string{"accepted"} : settings.error().message;
    };
    EXPECT_EQ(error_of({}), "accepted") << "check 27 refuses every order";
    EXPECT_THAT(error_of({"risk.margin=true"}), HasSubstr("--without-funding"));
    EXPECT_EQ(error_of({"risk.margin=true", "book.without_funding=true"}), "accepted");
    EXPECT_EQ(settings_error({"risk.margin=true"}), "accepted") << "spot pays no funding";
}

TEST(Settings, TakeSwitchesListsAndRowsThatAreNoPlainMember) {
    const TemporaryFolder folder;
    config::Sources sources;
    sources.built_in = config::built_in();
    sources.file = folder.write("g.toml", "[[consensus.veto]]\nagent = \"balanced\"\n"
                                          "symbols = [\"BTC-USD\"]\nsides = [\"buy\"]\n"
                                          "[[execution.fee_tier]]\nvenue = \"coinbase\"\n"
                                          "volume_min = 10000\nmaker = \"25 bp\"\ntaker = 0.004\n"
                                          "[[execution.fee_tier]]\nvenue = \"elsewhere\"\n");
    sources.flags = {"risk.disabled=book_gross", "consensus.solo=refuse", "book.consensus=off",
                     "book.shorts=true", "book.restricted=BTC-USD"};
    sources.flags[0] = "risk.disabled=" + std::string{risk::name(risk::Check{24})};
    const auto config = config::Config::load(schema(), sources);
    ASSERT_TRUE(config) << config.error().message;
    const auto settings = make_settings(*config, universe_of(*config));
    ASSERT_TRUE(settings) << settings.error().message;
    EXPECT_EQ(settings->risk.disabled, risk::bit(risk::Check{24}));
    EXPECT_EQ(settings->consensus.solo, consensus::Solo::refuse);
    EXPECT_EQ(settings->consensus_mode, engine::ConsensusMode::off);
    EXPECT_TRUE(settings->shorts);
    EXPECT_THAT(settings->restricted, testing::ElementsAre(InstrumentId{1}));
    ASSERT_EQ(settings->consensus.vetoes.size(), 1U);
    EXPECT_EQ(settings->consensus.vetoes[0].agent, AgentId{3});
    EXPECT_TRUE(settings->consensus.vetoes[0].buys);
    EXPECT_FALSE(settings->consensus.vetoes[0].sells);
    ASSERT_EQ(settings->execution.fee_tiers.size(), 1U);
    EXPECT_EQ(settings->execution.fee_tiers[0].maker, 0.0025_rate);
}

TEST(Settings, TakeBlackoutsOfOneSymbolOrOfAllAndWhatADisabledAgentLeaves) {
    const config::Config config =
        loaded({"book.on_disable=flatten",
                "book.blackouts=BTC-USD 2026-03-18T17:45:00Z 2026-03-18T19:00:00Z, "
                "* 2026-03-19T00:00:00Z 2026-03-20T00:00:00Z"});
    const auto settings = make_settings(config, universe_of(config));
    ASSERT_TRUE(settings) << settings.error().message;
    EXPECT_EQ(settings->on_disable, engine::OnDisable::flatten);
    ASSERT_EQ(settings->blackouts.size(), 2U);
    EXPECT_EQ(settings->blackouts[0].instrument, InstrumentId{1});
    EXPECT_EQ(settings->blackouts[0].to - settings->blackouts[0].from, Duration::minutes(75));
    EXPECT_TRUE(settings->blackouts[1].instrument.is_none());
}

TEST(Settings, RefuseABlackoutThatIsNoneAndShowHowToWriteOne) {
    for (const char* const wrong :
         {"BTC-USD", "BTC-USD 2026-03-18T17:45:00Z", "* tomorrow 2026-03-18T19:00:00Z",
          "BTC-USD 2026-03-18T19:00:00Z 2026-03-18T17:45:00Z"}) {
        EXPECT_THAT(settings_error({std::string{"book.blackouts="} + wrong}),
                    HasSubstr("write \"SYMBOL FROM TO\""))
            << wrong;
    }
    EXPECT_THAT(settings_error({"book.blackouts=XYZ-USD 2026-03-18T17:45:00Z "
                                "2026-03-18T19:00:00Z"}),
                HasSubstr("XYZ-USD"));
}

TEST(Settings, ThatContradictOneAnotherAreRefusedByBothNames) {
    EXPECT_THAT(settings_error({"risk.drawdown_half=0.09", "risk.drawdown_reducing=0.01"}),
                HasSubstr("risk.drawdown_half = 0.09 lies above risk.drawdown_reducing = 0.01"));
    EXPECT_THAT(settings_error({"execution.slices_min=9", "execution.slices_max=3"}),
                HasSubstr("they must ascend"));
    const std::string check{risk::name(risk::Check{24})};
    EXPECT_THAT(settings_error({"risk.disabled=" + check + "x"}),
                HasSubstr("did you mean \"" + check + "\"?"));
}

TEST(Settings, NameAnAgentOrSymbolThatIsNotThere) {
    const auto error = [](const char* row) {
        const TemporaryFolder folder;
        config::Sources sources;
        sources.built_in = config::built_in();
        sources.file = folder.write("g.toml", row);
        const auto config = config::Config::load(schema(), sources);
        EXPECT_TRUE(config) << config.error().message;
        const auto settings = make_settings(*config, universe_of(*config));
        return settings ? std::string{"accepted"} : settings.error().message;
    };
    EXPECT_THAT(error("[[consensus.veto]]\nagent = \"nobody\"\n"),
                HasSubstr("agent = \"nobody\" is no agent"));
    EXPECT_THAT(error("[[consensus.veto]]\nagent = \"balanced\"\nsymbols = [\"X-Y\"]\n"),
                HasSubstr("names X-Y, which is not traded"));
}

TEST(Universe, HasIdsInTheOrderOfTheSymbolsAndTheVenuesRules) {
    const config::Config config = loaded({"listings[ETH-USD@coinbase].tick=0.05"});
    const Universe universe = universe_of(config, {"ETH-USD", "BTC-USD"});
    ASSERT_EQ(universe.instruments.size(), 3U);
    EXPECT_EQ(universe.instruments[1].symbol, "ETH-USD");
    EXPECT_EQ(universe.instruments[2].base, "BTC");
    EXPECT_TRUE(universe.instruments[1].major);
    ASSERT_EQ(universe.listings.size(), 2U);
    EXPECT_EQ(universe.listings[0].tick, 0.05_price);
    EXPECT_EQ(universe.listings[1].taker_fee, 0.006_rate);
    EXPECT_EQ(universe.venues[1].name, "coinbase");
    EXPECT_EQ(universe.base_currency, "USD");
    Universe free = universe;
    apply_fees(free, Fees::none);
    EXPECT_TRUE(free.listings[1].taker_fee.is_zero());
    apply_fees(free = universe, Fees::listed);
    EXPECT_EQ(free.listings[1].taker_fee, 0.006_rate);
}

TEST(Universe, SaysWhatIsKnownWhereANameIsNot) {
    const config::Config config = loaded();
    const auto error = [&](const std::vector<std::string>& symbols, const std::string& venue) {
        const auto universe = make_universe(config, symbols, venue);
        return universe ? std::string{"accepted"} : universe.error().message;
    };
    EXPECT_THAT(error({"BTC-USDD"}, "coinbase"), HasSubstr("did you mean \"BTC-USD\"?"));
    EXPECT_THAT(error({"BTC-USD"}, "coinbse"), HasSubstr("known: coinbase, binance"));
    EXPECT_THAT(error({"BTC-USD"}, "binance"), HasSubstr("BTC-USD is not listed on binance"));
    EXPECT_THAT(error({}, "coinbase"), HasSubstr("run.symbols is empty"));
}

TEST(Universe, IsCountedInACurrencyThatItsInstrumentsHave) {
    const config::Config config = loaded();
    const auto universe = make_universe(config, {"BTCUSDT"}, "binance");
    ASSERT_TRUE(universe) << universe.error().message;
    EXPECT_EQ(universe->base_currency, "USDT");
    EXPECT_TRUE(universe->listings[0].fee_in_received_asset);
}

TEST(StartingCash, IsWhatTheVenueHasInCurrenciesThatAreTraded) {
    const config::Config config = loaded({"venues[coinbase].cash=250 USD, 2 BTC, 9 EUR"});
    const auto cash = starting_cash(config, universe_of(config));
    ASSERT_TRUE(cash) << cash.error().message;
    ASSERT_EQ(cash->size(), 2U);
    EXPECT_EQ((*cash)[0].amount, 250_d);
    EXPECT_EQ((*cash)[1].currency, "BTC");
    const config::Config none = loaded({"venues[coinbase].cash="});
    const auto fallback = starting_cash(none, universe_of(none));
    ASSERT_TRUE(fallback);
    EXPECT_EQ(fallback->front().amount, 100'000_d);
    for (const char* bad : {"USD", "100", "-5 USD", "many USD", "1 000 USD"}) {
        const config::Config wrong = loaded({std::string{"venues[coinbase].cash="} + bad});
        const auto refused = starting_cash(wrong, universe_of(wrong));
        ASSERT_FALSE(refused) << bad;
        EXPECT_THAT(refused.error().message, HasSubstr("write amount and currency"));
    }
}

TEST(Venues, AreMadeForEachVenueOfTheUniverseAndRefuseWhatCannotBe) {
    const config::Config config = loaded();
    const Universe universe = universe_of(config);
    const auto cash = starting_cash(config, universe);
    ASSERT_TRUE(cash);
    const auto venues = make_venues(config, universe, {paper::FillModel::bars, "prob", 1, *cash});
    ASSERT_TRUE(venues) << venues.error().message;
    EXPECT_EQ(venues->all().size(), 1U);
    Universe broken = universe;
    broken.listings[0].tick = Price{};
    const auto refused = make_venues(config, broken, {paper::FillModel::bars, "prob", 1, *cash});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_config);
    EXPECT_THAT(refused.error().message, HasSubstr("the paper venue coinbase cannot be made"));
}

TEST(Synthetic, GivesEqualRecordsForEqualSeedsAndItsHistoryFirst) {
    const config::Config config = loaded({"run.warmup=20"});
    const Universe universe = universe_of(config);
    const auto records = [&](std::uint64_t seed) {
        const SyntheticRequest request{seed, Instant::from_seconds(1'700'000'000)};
        auto tape = make_synthetic(config, universe, request);
        EXPECT_TRUE(tape) << tape.error().message;
        std::string bytes;
        for (int i = 0; i < 500; ++i) {
            const auto record = (*tape)->next();
            EXPECT_TRUE(record);
            EXPECT_EQ((*record)->kind == MarketKind::bar, i < 20) << i;
            EXPECT_EQ((*record)->exchange_at < request.start, i < 20) << i;
            bytes.append(reinterpret_cast<const char*>(*record), (*record)->size);
        }
        EXPECT_EQ((*tape)->position(), TapePosition{500});
        EXPECT_FALSE((*tape)->seek(TapePosition{1}));
        return bytes;
    };
    EXPECT_EQ(records(1), records(1));
    EXPECT_NE(records(1), records(2));
}

TEST(Wiring, ReadsTheNamedFileTheVariablesAndTheFlags) {
    const TemporaryFolder folder;
    Globals globals;
    globals.config_file =
        folder.write("g.toml", "[run]\nseed = 5\n[book]\nname = \"b\"\n").string();
    globals.set = {"book.folder=" + folder.path().string()};
    ASSERT_EQ(::setenv("GREKKO_RUN_SPEED", "7", 1), 0);
    const auto config = load_config(globals);
    ::unsetenv("GREKKO_RUN_SPEED");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->whole("run.seed"), 5);
    EXPECT_EQ(config->decimal("run.speed"), 7_d);
    EXPECT_EQ(book_folder(*config), folder / "b");
    const auto journal = open_journal(*config, folder / "b/journal.db", Durable::yes, "test");
    ASSERT_TRUE(journal) << journal.error().message;
    const auto second = open_journal(*config, folder / "b/journal.db", Durable::yes, "test");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::in_use);
}

TEST(Wiring, MakesTheLoggerThatTheConfigurationAsksFor) {
    const TemporaryFolder folder;
    const auto file = (folder / "log").string();
    const config::Config config =
        loaded({"logging.level=warning", "logging.format=json", "logging.file=" + file});
    Globals globals;
    {
        const auto logger = make_logger(config, globals);
        ASSERT_TRUE(logger) << logger.error().message;
        EXPECT_FALSE((*logger)->logs(logging::Level::info));
        LOG(**logger, warning, "here");
    }
    EXPECT_THAT(read_file(file), HasSubstr("\"message\":\"here\""));
    globals.log_level = "trace";
    EXPECT_TRUE((*make_logger(config, globals))->logs(logging::Level::trace));
    globals.log_level = "loud";
    EXPECT_FALSE(make_logger(config, globals));
}

TEST(ExitCode, IsANumberOfItsOwnForEachKindOfError) {
    std::set<int> seen{exit_done, exit_internal};
    for (int code = 1; code <= 15; ++code) {
        const auto error = static_cast<ErrorCode>(code);
        EXPECT_STRNE(name(error), "") << code;
        EXPECT_TRUE(seen.insert(exit_code(error)).second) << name(error);
    }
    EXPECT_EQ(exit_code(ErrorCode::invalid_argument), 2); // what scripts expect of a wrong call
    EXPECT_EQ(exit_code(static_cast<ErrorCode>(99)), exit_internal);
}

TEST(Version, SaysVersionAndBuild) {
    EXPECT_THAT(std::string{version()}, testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
    EXPECT_THAT(std::string{build()}, HasSubstr(", "));
}

} // namespace
} // namespace grekko::app
