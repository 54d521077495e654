// grekko run: three agents trade on paper on the synthetic market, until Ctrl-C.
#include <atomic>
#include <csignal>
#include <iostream>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/commands/commands.hpp"
#include "app/paper_run.hpp"
#include "app/progress.hpp"
#include "app/report/journal_report.hpp"
#include "io/report/report.hpp"

namespace grekko::app {
namespace {

std::atomic<int> signals_seen{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may write it");

void on_signal(int) {
    // The second Ctrl-C does not wait for a clean end.
    if (signals_seen.fetch_add(1) > 0) ::_exit(130);
}

struct Options {
    PaperRunOptions run;
    std::int64_t seed{-1};
    bool plain{false};
    bool without_funding{false};
};

// Of the whole book, also of what earlier runs of it did.
Result<report::ReportFiles> write_book_report(const PaperRun& run) {
    const std::filesystem::path journal = run.folder() / "journal.db";
    TRY(session, read_session(journal));
    Progress bar{"report, records", 0};
    TRY(made,
        report_of_journal(journal, session, {}, [&](std::uint64_t records) { bar.show(records); }));
    return report::write_report(made, run.folder());
}

void print_end(const PaperRun& run, const research::SessionResult& result,
               const Result<report::ReportFiles>& report, const Globals& globals) {
    const engine::Engine& engine = run.engine();
    std::size_t open = 0;
    for (const auto& [key, ledger] : engine.state().portfolio.ledgers)
        if (!ledger.quantity.is_zero() && key.first != house_agent) ++open;
    if (globals.output == Output::json) {
        nlohmann::ordered_json object{{"book", run.folder().string()},
                                      {"digest", result.digest},
                                      {"records", result.last.value()},
                                      {"market_records", result.market_records},
                                      {"nav", result.book.nav.to_string()},
                                      {"intents", run.tally().intents},
                                      {"rounds", run.tally().rounds},
                                      {"orders", run.tally().orders},
                                      {"fills", run.tally().fills},
                                      {"open_positions", open},
                                      {"report", report ? report->page.string() : std::string{}}};
        std::cout << object.dump(2) << "\n";
        return;
    }
    std::cout << "\nStopped. NAV " << short_text(result.book.nav.decimal(), 2) << " "
              << engine.universe().base_currency.view() << ", " << run.tally().fills << " fills, "
              << result.last.value() << " records in " << (run.folder() / "journal.db").string()
              << "\n"
              << "digest " << result.digest << "\n";
    std::cout << "Resting increases were cancelled. "
              << (open == 0 ? "No position is open."
                            : std::to_string(open) +
                                  " positions stay open on paper; their stops act again with the "
                                  "next `grekko run`.")
              << "\n";
    if (report)
        std::cout << "Report: " << report->page.string() << "; tables and JSON beside it.\n";
}

Result<void> run(Options& options, Globals globals) {
    if (options.without_funding) globals.set.emplace_back("book.without_funding=true");
    TRY(config, load_config(globals));
    TRY(logger, make_logger(config, globals));
    if (options.seed >= 0) options.run.seed = static_cast<std::uint64_t>(options.seed);
    const bool screen =
        !options.plain && globals.output == Output::human && ::isatty(STDOUT_FILENO) != 0;
    struct sigaction action{};
    action.sa_handler = on_signal;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    TRY(paper, PaperRun::open(config, globals, options.run, *logger));
    Redraw redraw;
    int seconds = 0;
    PaperRunHooks hooks;
    hooks.stop_wanted = [] { return signals_seen.load() > 0; };
    hooks.each_second = [&](const StatusView& view) {
        if (screen) return redraw.draw(status_screen(view));
        if (globals.output == Output::human && ++seconds % 5 == 0) {
            std::cout << status_line(view) << std::endl;
        }
    };
    hooks.happened = [&](const std::vector<std::string>& lines) {
        if (screen || globals.output == Output::json) return;
        for (const std::string& line : lines)
            std::cout << "  " << line << "\n";
        std::cout << std::flush;
    };
    if (globals.output == Output::human) {
        std::cout << paper->title() << "\nWarming up; Ctrl-C stops cleanly.\n" << std::flush;
    }
    TRY(result, paper->run(hooks));
    const Result<report::ReportFiles> report = write_book_report(*paper);
    print_end(*paper, result, report, globals);
    if (!report) return report.error();
    return {};
}

} // namespace

void add_run(CommandLine root) {
    CommandLine command =
        root.sub("run", "Trade on paper on the synthetic market (Ctrl-C stops cleanly)");
    Options& options = command.keep<Options>();
    command
        .texts("-a,--agent", options.run.agents,
               "Agent by name or folder, repeatable (default: [[agents]])")
        .whole("--seed", options.seed,
               "Seed of market, venue, agents and client ids (default: run.seed; ids by chance)")
        .whole("--seconds", options.run.seconds, "Stop after so many seconds (default: never)")
        .text("--start", options.run.start,
              "Event time at which a fresh book begins (default: now)")
        .flag("--without-funding", options.without_funding,
              "Trade perpetuals on margin though no funding is booked; the report says so")
        .flag("--plain", options.plain, "Lines instead of a screen, on a terminal too")
        .example("grekko run --seconds 60 --seed 7")
        .more_help(
            "No account, no key, no network. The journal is data/<book>/journal.db; "
            "`grekko journal tail`, `grekko explain ID` and `grekko status` read it "
            "meanwhile.\nAt its end stands a report: data/<book>/report.html, which "
            "`grekko report` makes again.\nPace: --set run.speed=600. Fees: --set run.fees=listed.")
        .run([&options](const Globals& globals) { return run(options, globals); });
}

} // namespace grekko::app
