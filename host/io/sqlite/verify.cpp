#include "io/sqlite/verify.hpp"

#include <cstring>

#include "domain/event.hpp"
#include "io/sqlite/lock.hpp"
#include "io/sqlite/reserve.hpp"

namespace grekko::sqlite {
namespace {

Error malformed(std::uint64_t sequence, const std::string& what) {
    return make_error(ErrorCode::corrupt, "journal record " + std::to_string(sequence) + ": " +
                                              what + "; restore the journal from a backup");
}

Result<void> check_pages(Store& store) {
    TRY(statement, store.connection().prepare("PRAGMA integrity_check(1)"));
    TRY(found, statement.step());
    if (!found || statement.text(0) == "ok") return {};
    return make_error(ErrorCode::corrupt, store.connection().path().string() + ": " +
                                              std::string{statement.text(0)} +
                                              "; restore it from a backup");
}

Result<void> check_record(const Record& record) {
    const std::size_t size = record_body_size(record.head.tag);
    if (size == 0) {
        return make_error(ErrorCode::unsupported_version,
                          "journal record " + std::to_string(record.head.sequence.value()) +
                              " has the unknown type " + std::to_string(record.head.tag) +
                              "; use the newer program that wrote it");
    }
    if (record.body.size() == size) return {};
    return malformed(record.head.sequence.value(), "its size is not that of its type");
}

Result<void> count_batch(Report& report, const ports::Batch& batch) {
    std::uint64_t last = 0;
    TRY(for_each_record(batch.first, batch.payload, [&](const Record& record) -> Result<void> {
        ++report.records;
        last = record.head.sequence.value();
        return check_record(record);
    }));
    if (last != batch.last.value()) {
        return malformed(batch.first.value(), "its batch holds other records than it says");
    }
    ++report.batches;
    report.bytes += batch.payload.size();
    report.head.last = batch.last;
    report.head.epoch = batch.epoch;
    return {};
}

Result<void> check_end(const std::optional<Mark>& mark, const ChainCheck& check) {
    if (!mark || mark->last < check.last()) return {};
    if (mark->last == check.last()) {
        if (mark->chain == check.link()) return {};
        return malformed(check.last(), "it is not the one that was durable");
    }
    return malformed(check.last() + 1,
                     "missing, but the journal was durable up to " + std::to_string(mark->last));
}

Result<void> check_all(const std::filesystem::path& journal, Store& store, Report& report) {
    const auto mark = Lock::read_mark(journal); // before the rows: a writer may be at work
    TRY(kept, Reserve::read(journal));
    const auto visit = [&](const ports::Batch& batch) { return count_batch(report, batch); };
    TRY(check, store.read(Sequence{}, visit));
    const std::uint64_t in_database = report.batches;
    TRY(read_reserve(check, kept, Sequence{}, visit));
    report.in_reserve = report.batches - in_database;
    report.head.chain = hex(check.link());
    TRY(check_end(mark, check));
    TRY(snapshots, store.check_snapshots());
    report.snapshots = snapshots;
    return check_pages(store);
}

} // namespace

Result<Report> verify(const std::filesystem::path& journal) {
    TRY(store, Store::open_to_read(journal));
    Report report;
    report.identity = store.identity();
    if (auto checked = check_all(journal, store, report); !checked) report.fault = checked.error();
    return report;
}

Result<void> read_journal(const std::filesystem::path& journal, Sequence from,
                          const std::function<Result<void>(const ports::Batch&)>& visit) {
    TRY(store, Store::open_to_read(journal));
    TRY(kept, Reserve::read(journal));
    TRY(check, store.read(from, visit));
    return read_reserve(check, kept, from, visit);
}

Result<void> for_each_record(Sequence first, std::span<const std::byte> payload,
                             const std::function<Result<void>(const Record&)>& visit) {
    for (std::uint64_t expected = first.value(); !payload.empty(); ++expected) {
        RecordHead head;
        if (payload.size() < sizeof head) return malformed(expected, "its head is cut off");
        std::memcpy(static_cast<void*>(&head), payload.data(), sizeof head);
        if (head.size < sizeof head || head.size % 8 != 0 || head.size > payload.size()) {
            return malformed(expected, "its size is impossible");
        }
        if (head.sequence.value() != expected) return malformed(expected, "it is not in its place");
        TRY(visit({*reinterpret_cast<const RecordHead*>(payload.data()),
                   payload.subspan(sizeof head, head.size - sizeof head)}));
        payload = payload.subspan(head.size);
    }
    return {};
}

Result<Sequence> journal_end(const std::filesystem::path& journal) {
    TRY(store, Store::open_to_read(journal));
    TRY(kept, Reserve::read(journal));
    TRY(last, store.last_row());
    std::uint64_t end = last ? last->header.last : 0;
    if (!kept.empty()) end = std::max(end, kept.back().header.last);
    return Sequence{end};
}

Result<void> tail(const std::filesystem::path& journal, std::uint64_t count,
                  const std::function<Result<void>(const Record&)>& visit) {
    TRY(end, journal_end(journal));
    const std::uint64_t from = end.value() > count ? end.value() - count + 1 : 1;
    return read_journal(journal, Sequence{from}, [&](const ports::Batch& batch) {
        return for_each_record(batch.first, batch.payload,
                               [&](const Record& record) -> Result<void> {
                                   if (record.head.sequence.value() < from) return {};
                                   return visit(record);
                               });
    });
}

} // namespace grekko::sqlite
