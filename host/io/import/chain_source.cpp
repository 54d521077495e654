#include "io/import/chain_source.hpp"

#include <algorithm>
#include <cstring>

namespace grekko::importing {

ChainSource::ChainSource(std::vector<std::unique_ptr<RecordSource>> sources)
    : sources_{std::move(sources)} {
    sum_up();
}

std::uint64_t ChainSource::consumed() const {
    std::uint64_t total = 0;
    for (const auto& source : sources_)
        total += source->consumed();
    return total;
}

void ChainSource::sum_up() {
    SourceReport sum;
    for (const auto& source : sources_) {
        const SourceReport& part = source->report();
        sum.file += (sum.file.empty() ? "" : ", ") + part.file;
        sum.rows += part.rows;
        sum.records += part.records;
        sum.skipped += part.skipped;
        sum.ignored += part.ignored;
        sum.gaps += part.gaps;
        sum.clock_steps += part.clock_steps;
        for (const BadRow& row : part.bad_rows) {
            if (sum.bad_rows.size() < SourceReport::bad_rows_kept) sum.bad_rows.push_back(row);
        }
    }
    sum.gaps += holes_;
    report_ = std::move(sum);
}

// The first record of a file that follows another one.
Result<const MarketHead*> ChainSource::join(const MarketHead& first) {
    joins_ = false;
    const bool bars = first.kind == MarketKind::bar && latest_.kind == MarketKind::bar;
    const bool overlaps =
        bars ? first.exchange_at <= latest_.exchange_at : first.received_at < latest_.received_at;
    if (overlaps) {
        return make_error(ErrorCode::invalid_input,
                          sources_[current_]->report().file +
                              " begins before the file in front of it has ended; leave one of the "
                              "two out");
    }
    if (!bars) return &first;
    std::memcpy(static_cast<void*>(&bar_), &first, sizeof bar_);
    const Duration distance = first.exchange_at - latest_.exchange_at;
    const auto missing = distance.count() / bar_.interval.count() - 1;
    bar_.missing = static_cast<std::uint32_t>(std::clamp<std::int64_t>(missing, 0, UINT32_MAX));
    holes_ += missing > 0 ? 1 : 0;
    return &bar_.head;
}

Result<const MarketHead*> ChainSource::next() {
    while (current_ < sources_.size()) {
        TRY(record, sources_[current_]->next());
        if (record == nullptr) {
            ++current_;
            joins_ = latest_.size != 0;
            continue;
        }
        const MarketHead* given = record;
        if (joins_) {
            TRY(joined, join(*record));
            given = joined;
        }
        latest_ = *given;
        return given;
    }
    sum_up();
    return static_cast<const MarketHead*>(nullptr);
}

} // namespace grekko::importing
