#include "io/sqlite/explain.hpp"

#include <cstring>

#include "io/sqlite/stories.hpp"
#include "io/sqlite/verify.hpp"

namespace grekko::sqlite {
namespace {

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
    TRY(stories, Stories::read(journal));
    if (const Sequence root = stories.root_of(id); !root.is_none()) {
        Explanation explanation = stories.story(root);
        explanation.asked = id;
        return explanation;
    }
    TRY(alone, read_one(journal, id));
    Explanation explanation;
    explanation.asked = explanation.root = id;
    explanation.records.push_back(std::move(alone));
    return explanation;
}

} // namespace grekko::sqlite
