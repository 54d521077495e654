// ReportFeed: gives a report's collector what a run recorded and the market it ran on, merged by
// time, whether both come live or out of files: so a report made again from a journal is the one
// that was made at once. It counts gaps and remembers which agents ran; it writes nothing.
// backtest_run.cpp and journal_report.cpp feed it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "ports/tape.hpp"
#include "research/report/collector.hpp"

namespace grekko::app {

struct ReportSpan {
    Instant from, to; // of the market, none: open
    Instant traded;   // what came before is warm-up; none: its first record + warm_up
    Duration warm_up; // from the first record of the market on
};

class ReportFeed {
public:
    // Tapes in order of time; none: marks come from the records alone.
    ReportFeed(const Universe& universe, std::vector<std::unique_ptr<ports::TapeReader>> tapes,
               ReportSpan span);

    // Records of a batch; the market up to each comes first. The first error of a tape ends the
    // market and is kept for error().
    void add(std::span<const std::byte> records);
    const std::optional<Error>& error() const { return error_; }

    const report::Collector& collector() const { return collector_; }
    std::uint64_t gaps() const { return gaps_; } // intervals or records missing after the warm-up
    bool saw_funding() const { return funding_; }
    Instant first_at() const { return first_at_; } // of the market
    Instant traded_from() const { return traded_; }
    // "aggressive, balanced, …", and what they are made of, to tell one trial from another: a line
    // an agent, "name code_hash parameters_hash".
    std::string family() const;
    std::vector<std::string> code() const;

private:
    const MarketHead* peek();
    void market_up_to(Instant at);
    void count(const MarketHead& record);
    void begin(Instant traded);
    void note(const RecordHead& head);

    report::Collector collector_;
    std::vector<std::unique_ptr<ports::TapeReader>> tapes_;
    std::size_t tape_{0};
    ReportSpan span_;
    const MarketHead* peeked_{nullptr};
    std::optional<Error> error_;
    std::uint64_t gaps_{0};
    bool funding_{false};
    Instant first_at_, traded_;
    std::map<std::string, std::string> agents_; // name: hashes of code and parameters
    std::map<AgentId, std::string> names_;
};

// The core's words for the collector.
report::Names core_names();

} // namespace grekko::app
