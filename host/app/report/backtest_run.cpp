#include "app/report/backtest_run.hpp"

#include "io/tape/reader.hpp"
#include "runtime/memory_journal.hpp"

namespace grekko::app {

Result<std::unique_ptr<ports::TapeReader>> read_again(const Source& source,
                                                      const SourceRequest& request) {
    if (source.memory) {
        return std::unique_ptr<ports::TapeReader>{
            std::make_unique<runtime::MemoryTapeReader>(*source.memory)};
    }
    TRY(reader, tape::open_tape(request.paths.front()));
    return std::unique_ptr<ports::TapeReader>{std::move(reader)};
}

Result<BacktestOutcome> run_backtest(BacktestParts& parts, const BacktestOptions& options,
                                     const config::Config& config, ports::Journal* journal,
                                     const BacktestHooks& hooks) {
    BacktestOutcome out;
    research::SessionRequest& request = parts.request;
    TRY(market, read_again(parts.source, options.source));
    std::vector<std::unique_ptr<ports::TapeReader>> tapes;
    tapes.push_back(std::move(market));
    out.feed =
        std::make_unique<ReportFeed>(request.universe, std::move(tapes),
                                     ReportSpan{request.from, request.to, {}, parts.warm_up});
    runtime::MemoryJournal none{runtime::MemoryJournal::Keep::nothing};
    request.journal = journal == nullptr ? &none : journal;
    request.options.write_snapshots = journal != nullptr;
    request.options.watch_journal = false;
    const research::Session* running = nullptr;
    request.hooks.on_records = [&](std::span<const std::byte> records) {
        out.tally.add(records);
        out.feed->add(records);
    };
    request.hooks.on_alert = hooks.alert;
    request.hooks.before_group = [&](Instant) {
        if (hooks.progress)
            hooks.progress(const_cast<research::Session*>(running)->driver().market_records());
        return true;
    };
    TRY(session, research::Session::open(request));
    running = session.get();
    TRY(result, session->run());
    request.hooks = {};
    if (out.feed->error()) return *out.feed->error();
    out.result = std::move(result);
    out.header = make_header(config, request.universe, facts_of(parts, options), *out.feed);
    return out;
}

std::vector<Rerun> reruns_for(bool bars, const std::string& queue) {
    std::vector<Rerun> out;
    out.push_back({"fees × 1.5", [](BacktestOptions& o) { o.changes.fees = 1.5_d; }});
    out.push_back({"latency × 2", [](BacktestOptions& o) { o.changes.latency = 2; }});
    if (bars) {
        out.push_back({"first fill one bar later",
                       [](BacktestOptions& o) { o.changes.next_opening = true; }});
    } else {
        const std::string other = queue == "prob" ? "risk_averse" : "prob";
        out.push_back({"queue " + other, [other](BacktestOptions& o) { o.changes.queue = other; }});
    }
    out.push_back({"size × 10", [](BacktestOptions& o) { o.changes.size = 10_d; }});
    return out;
}

Result<report::Companions>
run_again(const config::Config& config, const BacktestOptions& options, const BacktestParts& parts,
          const std::function<BacktestHooks(const std::string&)>& began) {
    report::Companions out;
    std::vector<Rerun> runs = reruns_for(parts.source.bars, parts.queue);
    if (!options.consensus_off) {
        runs.push_back({"consensus off", [](BacktestOptions& o) { o.consensus_off = true; }});
    }
    for (const Rerun& rerun : runs) {
        BacktestOptions changed = options;
        rerun.change(changed);
        TRY(again, make_backtest(config, changed, {}));
        TRY(outcome, run_backtest(*again, changed, config, nullptr, began(rerun.name)));
        const report::Report made = report::build(outcome.feed->collector(), outcome.header);
        if (changed.consensus_off != options.consensus_off) out.daily_without_vote = made.daily;
        out.reruns.push_back(report::rerun_of(rerun.name, made));
    }
    return out;
}

} // namespace grekko::app
