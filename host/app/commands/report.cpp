// grekko report: makes the report of a book or a backtest again from its journal.
#include <iostream>

#include "app/commands/commands.hpp"
#include "app/journal_path.hpp"
#include "app/progress.hpp"
#include "app/report/backtest_run.hpp"
#include "app/report/companions_file.hpp"
#include "app/report/journal_report.hpp"
#include "app/report/output.hpp"

namespace grekko::app {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string journal, out;
    bool reruns{false};
};

// The folder of a book's name where there is one of it, else what was named.
Result<fs::path> find_journal(const std::string& named, const Globals& globals) {
    std::error_code ignored;
    if (!named.empty() && !fs::exists(named, ignored)) {
        TRY(config, load_config(globals));
        const fs::path book = fs::path{config.text("book.folder")} / named;
        if (fs::exists(book, ignored)) return journal_path(book.string(), globals);
    }
    return journal_path(named, globals);
}

Result<report::Companions> run_again_for(const fs::path& folder, const SessionFile& session) {
    if (is_paper(session)) {
        return make_error(ErrorCode::invalid_argument,
                          "--reruns is for backtests: this is a book on paper; `grekko backtest "
                          "TAPE --reruns yes` runs its tape again");
    }
    TRY(parts, make_backtest(session.config, session.options, {}));
    std::unique_ptr<Progress> bar;
    TRY(companions,
        run_again(session.config, session.options, *parts, [&](const std::string& name) {
            bar = std::make_unique<Progress>("again, " + name, parts->source.records);
            return BacktestHooks{[&](std::uint64_t records) { bar->show(records); }, {}};
        }));
    TRY(write_companions(folder, companions));
    return companions;
}

Result<void> report(const Options& options, const Globals& globals) {
    TRY(path, find_journal(options.journal, globals));
    const fs::path folder = path.parent_path();
    TRY(session, read_session(path));
    TRY(companions, options.reruns ? run_again_for(folder, session) : read_companions(folder));
    ports::Report made;
    {
        Progress bar{"report, records", 0};
        TRY(report, report_of_journal(path, session, companions,
                                      [&](std::uint64_t records) { bar.show(records); }));
        made = std::move(report);
    }
    const fs::path out = options.out.empty() ? folder : fs::path{options.out};
    TRY(files, report::write_report(made, out));
    if (globals.output == Output::json) {
        std::cout << report::json(made);
        return {};
    }
    print_report(made);
    std::cout << "\nReport: " << files.page.string() << "; tables and JSON beside it.\n";
    return {};
}

} // namespace

void add_report(CommandLine root) {
    CommandLine command =
        root.sub("report", "Make the report of a book or a backtest again from its journal");
    Options& options = command.keep<Options>();
    command
        .place("journal", options.journal,
               "Book, journal.db or its folder (default: the configured book)")
        .text("--out", options.out, "Folder for the report (default: that of the journal)")
        .flag("--reruns", options.reruns,
              "Of a backtest: run it again with one thing changed at a time")
        .more_help("Works while a book runs, too. Writes report.html, report.json, fills.csv,\n"
                   "round_trips.csv and equity.csv; docs/reference/report.md explains each figure.")
        .example("grekko report results/first")
        .run([&options](const Globals& globals) { return report(options, globals); });
}

} // namespace grekko::app
