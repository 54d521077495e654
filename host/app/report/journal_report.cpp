#include "app/report/journal_report.hpp"

#include "app/report/backtest_run.hpp"
#include "app/report/book_logs.hpp"
#include "io/sqlite/store.hpp"
#include "io/sqlite/verify.hpp"
#include "io/tape/reader.hpp"

namespace grekko::app {
namespace {

namespace fs = std::filesystem;

// What a run in a folder was made of, as far as its report needs it.
struct Made {
    Universe universe;
    std::vector<std::unique_ptr<ports::TapeReader>> tapes;
    ReportSpan span;
    HeaderFacts facts;
    std::unique_ptr<BacktestParts> parts; // owns what a tape reads from
};

Result<Made> made_of_backtest(const fs::path& journal, const SessionFile& session) {
    Made out;
    TRY(parts, make_backtest(session.config, session.options, {}));
    out.parts = std::move(parts);
    TRY(store, sqlite::Store::open_to_read(journal));
    if (store.identity().created != out.parts->source.hash) {
        return make_error(ErrorCode::check_failed,
                          out.parts->source.description + " is not what " + journal.string() +
                              " was made of: its hash is another; put the file of then back");
    }
    TRY(market, read_again(out.parts->source, session.options.source));
    out.tapes.push_back(std::move(market));
    out.universe = out.parts->request.universe;
    out.span = {out.parts->request.from, out.parts->request.to, {}, out.parts->warm_up};
    out.facts = facts_of(*out.parts, session.options);
    return out;
}

// The tapes may still be written: what is good of them counts.
Result<Made> made_of_book(const fs::path& journal, const SessionFile& session) {
    Made out;
    const config::Config& config = session.config;
    for (const fs::path& path : book_tapes(journal.parent_path())) {
        tape::ReadOptions lenient;
        lenient.unfinished = tape::Unfinished::read_good_part;
        TRY(reader, tape::open_tape(path, lenient));
        const tape::Info& info = reader->info();
        if (out.universe.instruments.empty()) out.universe = refine(info.metadata.universe, config);
        out.facts.synthetic = out.facts.synthetic || info.metadata.synthetic;
        out.facts.tapes.push_back(path.filename().string() +
                                  " sha256:" + (info.finished ? info.hash : "(still written)"));
        out.tapes.push_back(std::move(reader));
    }
    if (out.tapes.empty()) {
        return make_error(ErrorCode::not_found,
                          (journal.parent_path() / "tape-1.tape").string() +
                              " is missing: without the market there is no report; put it back");
    }
    const std::string fees = session.options.fees.value_or("listed");
    apply_fees(out.universe, fees == "none" ? Fees::none : Fees::listed);
    TRY(settings, make_settings(config, out.universe));
    const Duration warm_up = config.duration("run.interval") * (config.whole("run.warmup") + 1);
    TRY(start, parse_instant(session.options.start));
    out.span.traded = start + warm_up;
    out.facts.kind = ports::RunKind::paper;
    out.facts.title = "Book " + config.text("book.name") + " on paper";
    out.facts.queue = "risk_averse";
    out.facts.seed = session.options.seed.value_or(1);
    out.facts.config_hash = config.hash();
    out.facts.disabled = settings.risk.disabled;
    return out;
}

} // namespace

bool is_paper(const SessionFile& session) {
    return session.options.fill == "synthetic";
}

std::vector<fs::path> book_tapes(const fs::path& folder) {
    std::vector<fs::path> out;
    std::error_code failed;
    for (int epoch = 1;; ++epoch) {
        const fs::path path = folder / ("tape-" + std::to_string(epoch) + ".tape");
        if (!fs::exists(path, failed)) return out;
        out.push_back(path);
    }
}

Result<ports::Report> report_of_journal(const fs::path& journal, const SessionFile& session,
                                        const report::Companions& companions,
                                        const ReadProgress& progress) {
    TRY(made,
        is_paper(session) ? made_of_book(journal, session) : made_of_backtest(journal, session));
    ReportFeed feed{made.universe, std::move(made.tapes), made.span};
    std::uint64_t records = 0;
    TRY(sqlite::read_journal(journal, Sequence{1}, [&](const ports::Batch& batch) -> Result<void> {
        feed.add(batch.payload);
        if (feed.error()) return *feed.error();
        records = batch.last.value();
        if (progress) progress(records);
        return {};
    }));
    if (records == 0) {
        return make_error(ErrorCode::not_found, journal.string() + " is empty: nothing was run");
    }
    ports::ReportHeader header = make_header(session.config, made.universe, made.facts, feed);
    TRY(recall(session.config, feed.code(), header));
    return report::build(feed.collector(), header, companions);
}

} // namespace grekko::app
