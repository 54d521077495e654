// Every command through the command line as a user writes it, in a folder of its own: what it
// prints, its exit code, and what is left behind. The journals are of real runs, made once.
// covers: program.cpp, help.cpp, command_line.hpp, agents.cpp, backtest.cpp, journal_path.cpp
// covers: output_file.cpp, paper_run.cpp, session_file.cpp, source.cpp
// covers: book_client.cpp, app/commands/breaker.cpp, app/commands/limit.cpp
// covers: app/commands/backtest.cpp, app/commands/check.cpp, app/commands/commands.cpp
// covers: app/commands/completion.cpp, app/commands/config.cpp, app/commands/control.cpp
// covers: app/commands/data.cpp, app/commands/doctor.cpp, app/commands/explain.cpp
// covers: app/commands/journal.cpp, app/commands/run.cpp, app/commands/test.cpp
// covers: app/commands/version.cpp
#include "app/commands/commands.hpp"

#include <algorithm>
#include <sstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/exit_code.hpp"
#include "app/help.hpp"
#include "app/paper_run.hpp"
#include "app/program.hpp"
#include "app/session_file.hpp"
#include "app/settings/settings.hpp"
#include "core/risk/check.hpp"
#include "support/golden.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::app {
namespace {

using grekko::tests::read_file;
using grekko::tests::TemporaryFolder;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

struct Ended {
    int code{0};
    std::string out, err;
};

Ended grekko(const std::vector<std::string>& arguments) {
    Program program;
    add_commands(program);
    std::ostringstream out, err;
    testing::internal::CaptureStdout();
    Ended ended;
    ended.code = program.run(arguments, out, err);
    ended.out = testing::internal::GetCapturedStdout() + out.str();
    ended.err = err.str();
    return ended;
}

// Bars of five seconds in a wave, enough for the shipped agents to trade.
std::string wave_csv() {
    std::string text = "open_time_s,open,high,low,close,volume_base\n";
    int before = 50'000;
    for (int i = 0; i < 900; ++i) {
        const int phase = i % 240;
        const int close = 50'000 + (phase < 120 ? phase : 240 - phase) * 100;
        text += std::to_string(1'700'000'400 + i * 5) + "," + std::to_string(before) + "," +
                std::to_string(std::max(before, close) + 60) + "," +
                std::to_string(std::min(before, close) - 60) + "," + std::to_string(close) +
                ",500\n";
        before = close;
    }
    return text;
}

// A backtest whose journal the tests of this file read.
struct Backtested {
    Backtested() : csv{folder.write("bars.csv", wave_csv()).string()} {
        out = (folder / "result").string();
        ended = grekko({"backtest", csv, "--symbol", "BTC-USD", "--agent", "ema_cross", "--fees",
                        "none", "--profile", "tape", "--out", out, "-o", "json"});
    }
    TemporaryFolder folder;
    std::string csv, out;
    Ended ended;
};
const Backtested& backtested() {
    static const Backtested made;
    return made;
}

TEST(Program, ShowsHelpAndRefusesWhatItDoesNotKnow) {
    const Ended help = grekko({"--help"});
    EXPECT_EQ(help.code, 0);
    EXPECT_THAT(help.out, AllOf(HasSubstr("grekko run"), HasSubstr("--output")));
    EXPECT_EQ(grekko({}).code, 0);
    EXPECT_EQ(grekko({"journal"}).code, 2); // which one is not said
    EXPECT_THAT(grekko({"jurnal", "tail"}).err,
                AllOf(HasSubstr("there is no command \"jurnal\""), HasSubstr("\"journal\"?")));
    EXPECT_THAT(grekko({"journal", "tial"}).err, HasSubstr("did you mean \"tail\"?"));
    EXPECT_THAT(grekko({"run", "--secnds", "3"}).err, HasSubstr("did you mean \"--seconds\"?"));
    EXPECT_EQ(grekko({"run", "--seconds", "soon"}).code, 2);
    EXPECT_EQ(grekko({"explain"}).code, 2);
    EXPECT_THAT(grekko({"config", "show", "-o", "xml"}).err, HasSubstr("--output"));
}

TEST(Program, ReportsAnErrorAsJsonWhereJsonIsAsked) {
    const Ended ended = grekko({"data", "info", "/nowhere/x.tape", "--output", "json"});
    const Json error = Json::parse(ended.err)["error"];
    EXPECT_EQ(error["exit"], ended.code);
    EXPECT_EQ(error["code"], "not_found");
    EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("/nowhere/x.tape"));
}

TEST(Program, ListsEachCommandWithASentenceThatFitsATerminal) {
    Program program;
    add_commands(program);
    std::vector<std::string> names;
    for (const CommandInfo& command : program.commands()) {
        names.push_back(command.name);
        EXPECT_FALSE(command.doc.empty()) << command.name;
        std::istringstream words{command.name};
        std::vector<std::string> arguments{std::istream_iterator<std::string>{words}, {}};
        arguments.emplace_back("--help");
        const Ended help = grekko(arguments);
        EXPECT_EQ(help.code, 0) << command.name;
        std::istringstream lines{help.out};
        for (std::string line; std::getline(lines, line);)
            EXPECT_LE(columns(line), 80U) << command.name << ": " << line;
    }
    EXPECT_THAT(names, testing::IsSupersetOf({"run", "backtest", "check", "test", "explain",
                                              "journal tail", "journal query", "journal verify",
                                              "journal replay", "journal export", "data import",
                                              "config show", "config schema", "halt", "resume",
                                              "flatten", "doctor", "version", "completion"}));
}

// The pages of the reference that people read are made of the program itself: run once with
// GREKKO_SNAP_UPDATE=1 after a change.
TEST(Reference, ListsEachCommandAsItsHelpDoes) {
    Program program;
    add_commands(program);
    std::string page = "# Commands\n\nEvery command with an example and its help, as `grekko "
                       "COMMAND --help` prints it. This page is made from the program and tested "
                       "against it.\nWhat the numbers mean that a command ends with: [exit codes]"
                       "(exit-codes.md).\n\n```\n" +
                       grekko({"--help"}).out + "```\n";
    for (const CommandInfo& command : program.commands()) {
        std::istringstream words{command.name};
        std::vector<std::string> arguments{std::istream_iterator<std::string>{words}, {}};
        arguments.emplace_back("--help");
        page += "\n## grekko " + command.name + "\n\n```\n" + grekko(arguments).out + "```\n";
    }
    const auto file = std::filesystem::path{GREKKO_SOURCE_DIR} / "docs/reference/commands.md";
    EXPECT_TRUE(grekko::tests::matches_file(file, page, grekko::tests::golden_update_wanted()));
}

TEST(Reference, GivesEachCommandAnExampleThatTheProgramUnderstands) {
    Program program;
    add_commands(program);
    const auto commands = program.commands();
    for (const CommandInfo& command : commands) {
        const bool parent = std::ranges::any_of(commands, [&](const CommandInfo& other) {
            return other.name.starts_with(command.name + " ");
        });
        const std::string& example = command.words.example;
        EXPECT_EQ(example.empty(), parent) << command.name;
        if (parent) continue;
        EXPECT_TRUE(example.starts_with("grekko " + command.name)) << example;
        std::istringstream words{example};
        for (std::string word; words >> word && word != "|" && word != ">";) {
            if (!word.starts_with("-")) continue;
            const auto has = [&](const auto& option) {
                const std::string names = "," + option.first + " ";
                return names.find("," + word + ",") != std::string::npos ||
                       names.find("," + word + " ") != std::string::npos;
            };
            EXPECT_TRUE(word == "--output" || std::ranges::any_of(command.options, has))
                << example << ": " << word;
        }
    }
}

TEST(Reference, NamesEachExitCodeOnce) {
    std::string page =
        "# Exit codes\n\nWhat a command of `grekko` ends with, stable between versions. The "
        "message on standard error says what was wrong, where, and what to do; with `--output "
        "json` it is\n`{\"error\":{\"code\":\"invalid_config\",\"exit\":3,\"message\":\"…\"}}`. "
        "This page is made from the program and tested against it.\n\n| code | name | meaning "
        "|\n|---|---|---|\n";
    for (const ExitCode& code : exit_codes()) {
        page += "| " + std::to_string(code.number) + " | `" + code.name + "` | " + code.meaning +
                " |\n";
    }
    for (int i = 1; i <= 15; ++i) {
        const auto error = static_cast<ErrorCode>(i);
        const auto known = std::ranges::find(exit_codes(), exit_code(error), &ExitCode::number);
        ASSERT_NE(known, exit_codes().end()) << name(error);
        EXPECT_STREQ(known->name, name(error));
    }
    const auto file = std::filesystem::path{GREKKO_SOURCE_DIR} / "docs/reference/exit-codes.md";
    EXPECT_TRUE(grekko::tests::matches_file(file, page, grekko::tests::golden_update_wanted()));
}

TEST(Help, IsFoldedBelowItsColumn) {
    EXPECT_EQ(fold_help("  --a TEXT      one two three four\nshort\n", 24),
              "  --a TEXT      one two\n                three\n                four\nshort\n");
    EXPECT_EQ(fold_help("    one two three\n", 12), "    one two\n    three\n");
    EXPECT_EQ(fold_help("unbreakableword\n", 5), "unbreakableword\n");
    EXPECT_EQ(columns("a…b"), 3U);
    EXPECT_EQ(words_or({"a", "b", "c"}), "a, b or c");
    EXPECT_EQ(words_or({"a"}), "a");
}

TEST(CompletionCommand, KnowsEveryCommandInEveryShell) {
    Program program;
    add_commands(program);
    for (const char* shell : {"bash", "zsh", "fish"}) {
        const Ended script = grekko({"completion", shell});
        EXPECT_EQ(script.code, 0);
        for (const CommandInfo& command : program.commands()) {
            const std::string word = command.name.substr(command.name.rfind(' ') + 1);
            EXPECT_THAT(script.out, HasSubstr(word)) << shell;
        }
    }
    EXPECT_EQ(grekko({"completion", "tcsh"}).code, 2);
    const Ended man = grekko({"man"});
    for (const CommandInfo& command : program.commands())
        EXPECT_THAT(man.out, HasSubstr(".SS grekko " + command.name));
    for (const ExitCode& code : exit_codes())
        EXPECT_THAT(man.out, HasSubstr("\n.TP\n.B " + std::to_string(code.number) + "\n"));
}

TEST(ConfigCommand, ShowsValuesWithTheirOriginAndOnlyWhatIsAsked) {
    const Ended all = grekko({"config", "show", "risk", "--origin", "--set", "risk.heat_max=3%"});
    EXPECT_EQ(all.code, 0) << all.err;
    EXPECT_THAT(all.out, testing::ContainsRegex("risk.heat_max = 0.03 +# --set risk.heat_max"));
    EXPECT_THAT(all.out, Not(HasSubstr("run.seed")));
    const Ended changed = grekko({"config", "show", "--changed", "--set", "run.seed=9"});
    EXPECT_THAT(changed.out, HasSubstr("run.seed = 9\n# hash "));
    const Ended json = grekko({"config", "show", "run.seed", "-o", "json"});
    const Json object = Json::parse(json.out);
    EXPECT_EQ(object["settings"]["run.seed"]["value"], "1");
    EXPECT_EQ(object["settings"]["run.seed"]["origin"], "default");
    EXPECT_TRUE(Json::accept(grekko({"config", "schema"}).out));
    EXPECT_EQ(grekko({"config", "show", "--set", "run.sed=9"}).code, 3);
    EXPECT_EQ(grekko({"config", "show", "nothing.here"}).code, 5);
}

TEST(VersionCommand, NamesVersionBuildAndTheLayoutOfTheState) {
    EXPECT_THAT(grekko({"version"}).out, HasSubstr("grekko 0."));
    EXPECT_TRUE(Json::parse(grekko({"version", "-o", "json"}).out).contains("state_version"));
}

TEST(DoctorCommand, HasALineForEachCheckAndFailsWhereOneDoes) {
    const TemporaryFolder folder;
    const std::string here = "book.folder=" + folder.path().string();
    const Ended good = grekko({"doctor", "--set", here, "-o", "json"});
    for (const Json& line : Json::parse(good.out)) {
        if (line["check"] != "disk" && line["check"] != "memory") {
            EXPECT_EQ(line["good"], true) << line;
        }
    }
    const std::string file = "book.folder=" + folder.write("file", "").string();
    const Ended bad = grekko({"doctor", "--set", file});
    EXPECT_EQ(bad.code, 16);
    EXPECT_THAT(bad.out, HasSubstr("BAD   folder"));
    const Ended wrong = grekko({"doctor", "--set", "run.seed=x"});
    EXPECT_EQ(wrong.code, 16);
    EXPECT_THAT(wrong.out, HasSubstr("BAD   configuration"));
}

TEST(CheckCommand, LoadsConfigurationAndAgentsWithoutTrading) {
    const Ended good = grekko({"check"});
    EXPECT_EQ(good.code, 0) << good.err;
    EXPECT_THAT(good.out, AllOf(HasSubstr("agent          balanced"), HasSubstr("loads")));
    const std::string heat{risk::name(risk::Check{29})};
    const Ended warned = grekko({"check", "--set", "risk.disabled=" + heat});
    EXPECT_THAT(warned.out, HasSubstr("RISK CHECKS ARE DISABLED"));
    EXPECT_EQ(grekko({"check", "--set", "risk.disabled=gravity"}).code, 3);
    const TemporaryFolder folder;
    folder.write("broken/agent.lua", "local agent = grekko.agent {\n");
    const Ended broken = grekko({"check", "--agent", (folder / "broken").string()});
    EXPECT_EQ(broken.code, 12);
    EXPECT_THAT(broken.err, HasSubstr("agent.lua:2"));
    const Ended none = grekko({"check", "--agent", "balancd"});
    EXPECT_EQ(none.code, 5);
    EXPECT_THAT(none.err, HasSubstr("did you mean \"balanced\"?"));
}

TEST(CheckCommand, LetsEachAgentHaveTheWholeBookAndNoMore) {
    const std::string balanced = "agents[balanced].allocation=";
    EXPECT_EQ(grekko({"check", "--set", balanced + "1"}).code, 0);
    const Ended above = grekko({"check", "--set", balanced + "1.01"});
    EXPECT_EQ(above.code, 3);
    EXPECT_THAT(above.err, HasSubstr("allocation"));
}

TEST(CheckCommand, TakesParametersFromAFlag) {
    EXPECT_EQ(grekko({"check", "--set", "agents[balanced].params.fast=16"}).code, 0);
    const Ended wrong = grekko({"check", "--set", "agents[balanced].params.fast=quick"});
    EXPECT_EQ(wrong.code, 12);
    EXPECT_THAT(wrong.err, HasSubstr("params.fast"));
    const Ended unknown = grekko({"check", "--set", "agents[balanced].params.fsat=24"});
    EXPECT_THAT(unknown.err, HasSubstr("no such parameter"));
}

TEST(TestCommand, RunsTheTestsOfAnAgentAndFailsWithThem) {
    const Ended good = grekko({"test", "ema_cross"});
    EXPECT_EQ(good.code, 0) << good.err;
    EXPECT_THAT(good.out, HasSubstr("ok 1"));
    const TemporaryFolder folder;
    std::filesystem::copy(scripts_folder() / "agents/ema_cross", folder / "mine");
    folder.write("mine/agent_test.lua",
                 "test(\"fails\", function() error(\"as it should\") end)\n");
    const Ended bad = grekko({"test", (folder / "mine").string(), "-o", "json"});
    EXPECT_NE(bad.code, 0);
    EXPECT_EQ(grekko({"test", "nobody"}).code, 5);
}

TEST(BacktestCommand, GivesTheSameDigestTwiceAndKeepsAJournal) {
    const Backtested& made = backtested();
    ASSERT_EQ(made.ended.code, 0) << made.ended.err;
    const Json summary = Json::parse(made.ended.out);
    EXPECT_GT(summary["fills"], 0);
    EXPECT_EQ(summary["fees"], "none");
    EXPECT_EQ(summary["source"]["records"], 900);
    const Ended again = grekko({"backtest", made.csv, "--symbol", "BTC-USD", "--agent", "ema_cross",
                                "--fees", "none", "--profile", "tape", "-o", "json"});
    EXPECT_EQ(Json::parse(again.out)["digest"], summary["digest"]);
    EXPECT_EQ(Json::parse(read_file(made.out + "/summary.json"))["digest"], summary["digest"]);
    const Ended human = grekko({"backtest", made.csv, "--agent", "ema_cross", "--seed", "2"});
    EXPECT_THAT(human.out,
                AllOf(HasSubstr("Agents                        ema_cross"), HasSubstr("digest ")));
}

TEST(BacktestCommand, SaysWhatItLacks) {
    const Backtested& made = backtested();
    const auto run = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"backtest", made.csv, "--agent", "ema_cross"});
        return grekko(more);
    };
    const Ended exists = run({"--out", made.out});
    EXPECT_EQ(exists.code, 6);
    EXPECT_THAT(exists.err, HasSubstr("is there already"));
    EXPECT_EQ(run({"--from", "soon"}).code, 2);
    const Ended empty = run({"--from", "2031-01-01"});
    EXPECT_EQ(empty.code, 4);
    EXPECT_THAT(empty.err, HasSubstr("between --from and --to"));
    EXPECT_EQ(run({"--venue", "nowhere"}).code, 3);
    EXPECT_EQ(run({"--symbol", "XYZ-USD"}).code, 3);
    const Ended profile = run({"--profile", "tpae"});
    EXPECT_EQ(profile.code, 3);
    EXPECT_THAT(profile.err, HasSubstr("did you mean \"tape\"?"));
    EXPECT_EQ(grekko({"backtest", "/nowhere.csv"}).code, 5);
    const auto text = made.folder.write("text.csv", "a;b\n1;2\n").string();
    const Ended wrong = grekko({"backtest", text});
    EXPECT_EQ(wrong.code, 4);
    EXPECT_THAT(wrong.err, HasSubstr("text.csv:1"));
}

TEST(JournalCommand, VerifiesReplaysTailsQueriesAndExports) {
    const Backtested& made = backtested();
    const Json summary = Json::parse(read_file(made.out + "/summary.json"));
    const auto journal = [&](std::vector<std::string> words) {
        words.insert(words.begin(), "journal");
        words.insert(words.end(), {"--journal", made.out});
        return grekko(words);
    };
    const Ended verified = journal({"verify"});
    EXPECT_EQ(verified.code, 0) << verified.err;
    EXPECT_THAT(verified.out, HasSubstr("The journal holds."));
    const Ended replayed = journal({"replay", "--verify", "-o", "json"});
    EXPECT_EQ(replayed.code, 0) << replayed.err;
    const Json replay = Json::parse(replayed.out);
    EXPECT_EQ(replay["audit"]["digest"], summary["digest"]);
    EXPECT_EQ(replay["verification"]["digest"], summary["digest"]);
    const Ended tail = journal({"tail", "-n", "3"});
    EXPECT_EQ(std::count(tail.out.begin(), tail.out.end(), '\n'), 3);
    const Ended query = journal({"query", "SELECT count(*) AS n FROM fills", "-o", "json"});
    EXPECT_EQ(query.code, 0) << query.err;
    EXPECT_EQ(Json::parse(query.out)[0]["n"], std::to_string(summary["fills"].get<int>()));
    EXPECT_NE(journal({"query", "DELETE FROM fills"}).code, 0);
    const Ended lines = journal({"export"});
    EXPECT_EQ(std::count(lines.out.begin(), lines.out.end(), '\n'),
              summary["journal"]["records"].get<std::int64_t>());
    const auto file = (made.folder / "export.jsonl").string();
    EXPECT_EQ(journal({"export", "--out", file}).code, 0);
    EXPECT_EQ(read_file(file), lines.out);
    EXPECT_EQ(journal({"export", "--out", "/nowhere/x"}).code, 13);
    EXPECT_EQ(grekko({"journal", "verify", "-j", "/nowhere"}).code, 5);
}

TEST(JournalCommand, RefusesToReplayWithAnotherConfigurationOrNone) {
    const TemporaryFolder folder;
    std::filesystem::copy(backtested().out, folder / "copy");
    const auto journal = (folder / "copy").string();
    Json session = Json::parse(read_file(folder / "copy/session.json"));
    session["set"] = {"risk.heat_max=0.01"};
    folder.write("copy/session.json", session.dump());
    const Ended changed = grekko({"journal", "replay", "-j", journal});
    EXPECT_EQ(changed.code, 16);
    EXPECT_THAT(changed.err, HasSubstr("gives another hash"));
    folder.write("copy/session.json", "{\"set\": ");
    EXPECT_EQ(grekko({"journal", "replay", "-j", journal}).code, 4);
    std::filesystem::remove(folder / "copy/session.json");
    EXPECT_EQ(grekko({"journal", "replay", "-j", journal}).code, 5);
}

TEST(ExplainCommand, TellsTheWholeStoryOfAnOrder) {
    const Backtested& made = backtested();
    const Ended first = grekko(
        {"journal", "query", "SELECT min(id) AS id FROM orders", "-j", made.out, "-o", "json"});
    ASSERT_EQ(first.code, 0) << first.err;
    const std::string id = Json::parse(first.out)[0]["id"];
    const Ended story = grekko({"explain", id, "-j", made.out});
    EXPECT_EQ(story.code, 0) << story.err;
    EXPECT_THAT(story.out, AllOf(HasSubstr("ema_cross"), HasSubstr("BTC-USD")));
    EXPECT_TRUE(Json::accept(grekko({"explain", id, "-j", made.out, "-o", "json"}).out));
    EXPECT_EQ(grekko({"explain", "first", "-j", made.out}).code, 2);
    EXPECT_EQ(grekko({"explain", "-1", "-j", made.out}).code, 2);
    EXPECT_EQ(grekko({"explain", "99999999", "-j", made.out}).code, 5);
}

TEST(DataCommand, ListsATapeAndSaysWhereThereIsNone) {
    const TemporaryFolder folder;
    const auto csv = folder.write("bars.csv", wave_csv()).string();
    const auto tape = (folder / "bars.tape").string();
    ASSERT_EQ(grekko({"data", "import", csv, "--symbol", "BTC-USD", "--to", tape}).code, 0);
    folder.write("broken.tape", "GKTAPE");
    const Ended list = grekko({"data", "list", folder.path().string()});
    EXPECT_EQ(list.code, 0);
    EXPECT_THAT(list.out, AllOf(HasSubstr("900 records"), HasSubstr("broken.tape")));
    EXPECT_EQ(Json::parse(grekko({"data", "info", tape, "-o", "json"}).out)["records"], 900);
    EXPECT_EQ(grekko({"data", "verify", tape}).code, 0);
    EXPECT_EQ(grekko({"data", "verify", (folder / "broken.tape").string()}).code, 4);
    EXPECT_EQ(grekko({"data", "list", "/nowhere"}).code, 5);
    EXPECT_EQ(grekko({"backtest", tape, tape}).code, 2);
    EXPECT_EQ(grekko({"backtest", tape, "-a", "ema_cross"}).code, 0);
}

TEST(ControlCommands, SayThatNoBookRuns) {
    const TemporaryFolder folder;
    for (const char* word : {"halt", "reduce", "resume", "flatten", "stop", "status"}) {
        const Ended ended = grekko({word, "--set", "book.folder=" + folder.path().string()});
        EXPECT_EQ(ended.code, 14) << word;
        EXPECT_THAT(ended.err, HasSubstr("no book runs here")) << word;
    }
    const std::string set = "book.folder=" + folder.path().string();
    EXPECT_EQ(grekko({"breaker", "list", "--set", set}).code, 14);
    const Ended unsaid = grekko({"breaker", "reset", "--venue", "paper", "--set", set});
    EXPECT_EQ(unsaid.code, 2);
    EXPECT_THAT(unsaid.err, HasSubstr("say why: --reason"));
    EXPECT_EQ(grekko({"limit", "list", "--set", set}).code, 14);
    EXPECT_EQ(grekko({"limit", "set", "heat_max", "0.03", "--set", set}).code, 2);
    EXPECT_EQ(grekko({"limit", "set", "heat_max", "0.03", "-r", "why", "--set", set}).code, 14);
}

// A simulated venue that begins again with the book: what it fills is known by other ids.
TEST(PaperRun, BooksTheFillsOfALaterStartAsTheyAre) {
    const TemporaryFolder folder;
    Globals globals;
    globals.set = {"book.folder=" + folder.path().string(), "run.speed=0", "logging.level=off",
                   "run.warmup=600"};
    const auto config = load_config(globals);
    ASSERT_TRUE(config) << config.error().message;
    const auto logger = make_logger(*config, globals);
    ASSERT_TRUE(logger) << logger.error().message;
    for (int epoch = 1; epoch <= 2; ++epoch) {
        PaperRunOptions options;
        options.start = "2024-01-01";
        const auto run = PaperRun::open(*config, globals, options, **logger);
        ASSERT_TRUE(run) << run.error().message;
        PaperRunHooks hooks;
        hooks.stop_wanted = [&] {
            return (*run)->tally().fills >= 2 || (*run)->tally().records > 60'000;
        };
        const auto result = (*run)->run(hooks);
        ASSERT_TRUE(result) << result.error().message;
    }
    const std::string all = grekko({"journal", "export", "-j", (folder / "main").string()}).out;
    EXPECT_NE(all.find("\"trade_id\":\"2-1\""), std::string::npos);
    EXPECT_EQ(all.find("\"inferred\":true"), std::string::npos);
    EXPECT_EQ(all.find("account_mismatch"), std::string::npos);
}

// Two fresh books: what their client ids begin with differs, unless both are given a seed.
TEST(PaperRun, OpensWithAnIncarnationByChanceUnlessItHasASeed) {
    const auto opened_with = [](std::optional<std::uint64_t> seed) {
        const TemporaryFolder folder;
        Globals globals;
        globals.set = {"book.folder=" + folder.path().string(), "run.speed=0", "logging.level=off",
                       "run.warmup=200"};
        const auto config = load_config(globals);
        EXPECT_TRUE(config) << config.error().message;
        const auto logger = make_logger(*config, globals);
        EXPECT_TRUE(logger) << logger.error().message;
        PaperRunOptions options;
        options.start = "2024-01-01";
        options.seed = seed;
        const auto run = PaperRun::open(*config, globals, options, **logger);
        EXPECT_TRUE(run) << run.error().message;
        PaperRunHooks hooks;
        hooks.stop_wanted = [&] { return (*run)->tally().records > 100; };
        EXPECT_TRUE((*run)->run(hooks));
        const auto replayed =
            grekko({"journal", "replay", "--verify", "-j", (folder / "main").string()});
        EXPECT_EQ(replayed.code, 0) << replayed.err;
        return (*run)->engine().state().identity.incarnation;
    };
    const std::uint64_t by_chance = opened_with({});
    EXPECT_NE(by_chance, opened_with({}));
    EXPECT_LT(by_chance, std::uint64_t{1} << 40U);
    EXPECT_EQ(opened_with(3), opened_with(3));
    EXPECT_EQ(opened_with(3), research::incarnation_of(3, 1));
}

// A whole book on the synthetic market, unpaced, until a hook stops it; then the same book again.
TEST(PaperRun, TradesAnswersItsSocketAndGoesOnWhereItStopped) {
    const TemporaryFolder folder;
    Globals globals;
    globals.set = {"book.folder=" + folder.path().string(), "run.speed=0", "logging.level=off",
                   "run.warmup=600"};
    const auto config = load_config(globals);
    ASSERT_TRUE(config) << config.error().message;
    const auto logger = make_logger(*config, globals);
    ASSERT_TRUE(logger) << logger.error().message;
    std::uint64_t records = 0;
    for (std::uint64_t epoch = 1; epoch <= 3; ++epoch) {
        PaperRunOptions options;
        options.start = "2024-01-01";
        const auto run = PaperRun::open(*config, globals, options, **logger);
        ASSERT_TRUE(run) << run.error().message;
        EXPECT_FALSE(PaperRun::open(*config, globals, options, **logger));
        EXPECT_THAT((*run)->title(), HasSubstr("no fees: a show"));
        std::vector<Result<std::string>> answers;
        std::thread client;
        std::atomic<int> seconds{0};
        PaperRunHooks hooks;
        hooks.each_second = [&](const StatusView& view) {
            EXPECT_FALSE(status_line(view).empty());
            ++seconds;
        };
        hooks.warmed_up = [&] {
            client = std::thread{[&] {
                for (const char* line :
                     {R"({"command":"status"})", R"({"command":"bogus"})",
                      R"({"command":"halt","principal":"ann"})",
                      R"({"command":"stop","principal":"ann","reason":"lunch"})"}) {
                    answers.push_back(ask_control(folder / "main/control.sock", line));
                }
            }};
        };
        const auto result = (*run)->run(hooks);
        ASSERT_TRUE(client.joinable());
        client.join();
        ASSERT_TRUE(result) << result.error().message;
        ASSERT_EQ(answers.size(), 4U);
        for (const auto& answer : answers)
            ASSERT_TRUE(answer) << answer.error().message;
        EXPECT_EQ(Json::parse(*answers[0])["ok"], true);
        EXPECT_EQ(Json::parse(*answers[1])["ok"], false);
        EXPECT_EQ(Json::parse(*answers[2])["message"], "halt: done");
        EXPECT_EQ(Json::parse(*answers[3])["message"], "the book stops");
        EXPECT_EQ((*run)->epoch(), epoch);
        EXPECT_GT(result->last.value(), records);
        records = result->last.value();
    }
    EXPECT_TRUE(std::filesystem::exists(folder / "main/agents/balanced.state"));
    const auto journal = (folder / "main").string();
    EXPECT_EQ(grekko({"journal", "verify", "-j", journal}).code, 0);
    const std::string all = grekko({"journal", "export", "-j", journal}).out;
    EXPECT_EQ(all.find("agent.answer_dropped"), std::string::npos) << "agents are heard each time";
    EXPECT_NE(all.find("\"reason\":\"lunch\""), std::string::npos) << "why it was stopped";
    EXPECT_EQ(grekko({"journal", "replay", "-j", journal}).code, 0);
}

} // namespace
} // namespace grekko::app
