#include "io/import/import.hpp"

#include <algorithm>
#include <queue>

namespace grekko::importing {
namespace {

constexpr std::uint64_t records_between_progress = 8'192;

struct Head {
    const MarketHead* record;
    std::size_t source;
    bool operator>(const Head& other) const {
        if (record->received_at != other.record->received_at) {
            return record->received_at > other.record->received_at;
        }
        return source > other.source;
    }
};

std::uint64_t consumed(std::span<const std::unique_ptr<RecordSource>> sources) {
    std::uint64_t total = 0;
    for (const auto& source : sources)
        total += source->consumed();
    return total;
}

} // namespace

Result<Summary> import_records(std::span<const std::unique_ptr<RecordSource>> sources,
                               ports::TapeWriter& writer, const Progress& progress) {
    Summary summary;
    std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        TRY(record, sources[i]->next());
        if (record != nullptr) heads.push({record, i});
    }
    if (!heads.empty()) summary.first_at = heads.top().record->received_at;
    while (!heads.empty()) {
        const Head head = heads.top();
        heads.pop();
        summary.last_at = head.record->received_at;
        TRY(writer.append(*head.record));
        ++summary.records;
        if (progress && summary.records % records_between_progress == 0 &&
            !progress(consumed(sources), summary.records)) {
            return make_error(ErrorCode::cancelled, "the import was stopped");
        }
        TRY(record, sources[head.source]->next());
        if (record != nullptr) heads.push({record, head.source});
    }
    if (progress) progress(consumed(sources), summary.records);
    for (const auto& source : sources)
        summary.sources.push_back(source->report());
    return summary;
}

} // namespace grekko::importing
