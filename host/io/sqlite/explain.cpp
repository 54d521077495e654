#include "io/sqlite/explain.hpp"

#include <algorithm>
#include <cstring>
#include <set>

#include "io/sqlite/verify.hpp"

namespace grekko::sqlite {
namespace {

constexpr int causes_max = 8; // upwards: answer, ask, market step, not the whole day

using Visit = std::function<Result<void>(const Record&)>;

Result<void> read_records(const std::filesystem::path& journal, Sequence from, const Visit& visit) {
    return read_journal(journal, from, [&](const ports::Batch& batch) {
        return for_each_record(batch.first, batch.payload, [&](const Record& record) {
            return record.head.sequence < from ? Result<void>{} : visit(record);
        });
    });
}

Result<KeptRecord> read_one(const std::filesystem::path& journal, Sequence sequence) {
    std::vector<KeptRecord> found;
    const auto read = read_records(journal, sequence, [&](const Record& record) -> Result<void> {
        found.emplace_back(record.head, record.body);
        return make_error(ErrorCode::cancelled, "found");
    });
    if (!found.empty() && found.front().head().sequence == sequence) return found.front();
    if (!read && found.empty()) return read.error();
    return make_error(ErrorCode::not_found, "the journal has no record " +
                                                std::to_string(sequence.value()) +
                                                "; `grekko journal tail` shows the last ones");
}

} // namespace

KeptRecord::KeptRecord(const RecordHead& head, std::span<const std::byte> body)
    : words_((sizeof head + body.size()) / sizeof(std::uint64_t)) {
    auto* const bytes = reinterpret_cast<std::byte*>(words_.data());
    std::memcpy(bytes, &head, sizeof head);
    std::memcpy(bytes + sizeof head, body.data(), body.size());
}

std::span<const std::byte> KeptRecord::body() const {
    return std::as_bytes(std::span{words_}).subspan(sizeof(RecordHead));
}

Result<Explanation> collect(const std::filesystem::path& journal, Sequence id) {
    TRY(asked, read_one(journal, id));
    Explanation explanation;
    explanation.asked = id;
    const Sequence correlation = asked.head().correlation;
    explanation.root = correlation.is_none() ? id : correlation;

    TRY(root, read_one(journal, explanation.root));
    for (Sequence cause = root.head().causation;
         !cause.is_none() && explanation.records.size() < causes_max;) {
        TRY(record, read_one(journal, cause));
        cause = record.head().causation;
        explanation.records.push_back(std::move(record));
    }
    std::ranges::reverse(explanation.records);

    // What follows names the root, or names nothing and was caused by something that belongs here.
    std::set<Sequence> known{explanation.root};
    TRY(read_records(journal, explanation.root, [&](const Record& record) -> Result<void> {
        const RecordHead& head = record.head;
        const bool caused = head.correlation.is_none() && known.contains(head.causation);
        if (head.sequence != explanation.root && head.correlation != explanation.root && !caused) {
            return {};
        }
        known.insert(head.sequence);
        explanation.records.emplace_back(head, record.body);
        return {};
    }));
    return explanation;
}

} // namespace grekko::sqlite
