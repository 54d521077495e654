// ChainSource: files of one instrument that follow one another (a month each) as one source. A hole
// between two of them is told in the bar behind it, an overlap is refused: it is not a merge of
// different instruments, import.hpp does that. The import command makes one for each instrument.
#pragma once

#include <memory>
#include <vector>

#include "io/import/record_source.hpp"

namespace grekko::importing {

class ChainSource final : public RecordSource {
public:
    // In the order of time; the caller has sorted them.
    explicit ChainSource(std::vector<std::unique_ptr<RecordSource>> sources);

    // invalid_input too: a file begins before the one in front of it has ended.
    Result<const MarketHead*> next() override;
    const SourceReport& report() const override { return report_; }
    std::uint64_t consumed() const override;

private:
    void sum_up();
    Result<const MarketHead*> join(const MarketHead& first);

    std::vector<std::unique_ptr<RecordSource>> sources_;
    std::size_t current_{0};
    bool joins_{false};      // the next record is the first of its file
    std::uint64_t holes_{0}; // between files
    MarketHead latest_;      // head of the record before
    Bar bar_;                // a bar whose hole was put in
    SourceReport report_;
};

} // namespace grekko::importing
