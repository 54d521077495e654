// grekko backtest: runs agents over recorded data and reports what came of it.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/backtest_summary.hpp"
#include "app/commands/commands.hpp"
#include "app/output_file.hpp"
#include "app/progress.hpp"
#include "app/report/backtest_run.hpp"
#include "app/report/book_logs.hpp"
#include "app/report/companions_file.hpp"
#include "app/report/output.hpp"
#include "app/session_file.hpp"

namespace grekko::app {
namespace {

namespace fs = std::filesystem;

struct Options {
    BacktestOptions backtest;
    std::string profile, fees, out, reruns;
    std::int64_t seed{-1};
    bool without_funding{false};

    bool wants_reruns() const { return reruns.empty() ? !out.empty() : reruns == "yes"; }
};

Result<std::unique_ptr<ports::Journal>>
journal_in(const config::Config& config, const std::string& folder, const std::string& created) {
    if (folder.empty()) return std::unique_ptr<ports::Journal>{};
    const fs::path path = fs::path{folder} / "journal.db";
    std::error_code ignored;
    if (fs::exists(path, ignored)) {
        return make_error(ErrorCode::already_exists,
                          path.string() + " is there already; name another --out folder, or "
                                          "delete that one");
    }
    TRY(journal, open_journal(config, path, Durable::no, created));
    return std::unique_ptr<ports::Journal>{std::move(journal)};
}

Result<void> write_summary(const std::string& folder, const std::string& text) {
    const fs::path path = fs::path{folder} / "summary.json";
    std::ofstream out{path, std::ios::binary | std::ios::trunc};
    out << text;
    return close_file(out, path);
}

Result<report::Companions> companions_of(const Options& options, const config::Config& config,
                                         const BacktestParts& parts) {
    if (!options.wants_reruns()) return report::Companions{};
    std::unique_ptr<Progress> bar;
    TRY(companions, run_again(config, options.backtest, parts, [&](const std::string& name) {
            bar = std::make_unique<Progress>("again, " + name, parts.source.records);
            return BacktestHooks{[&](std::uint64_t records) { bar->show(records); }, {}};
        }));
    if (!options.out.empty()) {
        TRY(write_companions(options.out, companions));
    }
    return companions;
}

void print_human(const BacktestOutcome& outcome, const ports::Report& report,
                 const std::string& folder) {
    print_report(report);
    std::cout << "\n"
              << outcome.result.last.value() << " records, digest " << outcome.result.digest
              << "\n";
    if (!folder.empty()) {
        std::cout << "Report: " << (fs::path{folder} / "report.html").string()
                  << "; journal, tables and JSON beside it.\n";
    }
}

Result<void> run(Options& options, Globals globals) {
    if (options.without_funding) globals.set.emplace_back("book.without_funding=true");
    TRY(config, load_config(globals));
    TRY(logger, make_logger(config, globals));
    if (!options.profile.empty()) {
        TRY(check_profile(config, options.backtest.agents, options.profile));
        options.backtest.profile = options.profile;
    }
    if (!options.fees.empty()) options.backtest.fees = options.fees;
    if (options.seed >= 0) options.backtest.seed = static_cast<std::uint64_t>(options.seed);
    ports::ReportHeader no_run;
    TRY(recall(config, {}, no_run)); // damaged: said before the work
    script::Sink sink;
    sink.log = [&](script::LogLevel, std::string_view line) { LOG(*logger, debug, line); };
    TRY(parts, make_backtest(config, options.backtest, sink));
    TRY(journal, journal_in(config, options.out, parts->source.hash));
    if (!options.out.empty()) {
        TRY(write_session(options.out, options.backtest, config, globals));
    }
    BacktestHooks hooks;
    hooks.alert = [&](const AlertOperator& alert) {
        LOG(*logger, warning, alert.message.view(), logging::field("about", alert.what.view()));
    };
    auto bar = std::make_unique<Progress>("backtest", parts->source.records);
    hooks.progress = [&](std::uint64_t records) { bar->show(records); };
    TRY(outcome, run_backtest(*parts, options.backtest, config, journal.get(), hooks));
    bar.reset();
    TRY(companions, companions_of(options, config, *parts));
    TRY(recall(config, outcome.feed->code(), outcome.header));
    const ports::Report report =
        report::build(outcome.feed->collector(), outcome.header, companions);
    const std::string summary = summary_json(*parts, outcome, report, options.out);
    if (!options.out.empty()) {
        TRY(write_summary(options.out, summary));
        TRY(report::write_report(report, options.out));
    }
    if (globals.output == Output::json) {
        std::cout << summary;
    } else {
        print_human(outcome, report, options.out);
    }
    return keep_trial(config, report);
}

} // namespace

void add_backtest(CommandLine root) {
    CommandLine command = root.sub("backtest", "Run agents over recorded data");
    Options& options = command.keep<Options>();
    command
        .required_places("data", options.backtest.source.paths,
                         "A tape (from `grekko data import`), or CSV files of bars")
        .texts("-a,--agent", options.backtest.agents,
               "Agent by name or folder, repeatable (default: [[agents]])")
        .texts("--symbol", options.backtest.source.symbols,
               "Symbol of each CSV file (default: run.symbols)")
        .text("--venue", options.backtest.source.venue,
              "Venue whose rules a CSV file is traded by (default: run.venue)")
        .text("--from", options.backtest.from, "First day, UTC")
        .text("--to", options.backtest.to, "End, UTC")
        .whole("--seed", options.seed, "Seed of everything drawn (default: run.seed)")
        .text("--profile", options.profile, "Profile of each agent.toml, such as tape")
        .choice("--fees", options.fees, {"none", "listed"},
                "none is a show without fees (default: backtest.fees)")
        .flag("--no-consensus", options.backtest.consensus_off,
              "Let every increase pass unvoted, to see what the vote is worth")
        .flag("--without-funding", options.without_funding,
              "Trade perpetuals on margin though no funding is booked; the report says so")
        .text("--out", options.out,
              "Folder for the report, journal.db and summary.json (default: keep none)")
        .choice("--reruns", options.reruns, {"yes", "no"},
                "Also run it with one thing changed at a time (default: yes with --out)")
        .more_help("Equal data, seed and configuration give an equal digest. Each backtest adds a "
                   "line to data/trials.jsonl, so that the report can say how many were tried.")
        .example("grekko backtest prices.csv --symbol BTC-USD --out results/first")
        .run([&options](const Globals& globals) { return run(options, globals); });
}

} // namespace grekko::app
