// The snapshots of a Store: the state's bytes, compressed, with a checksum of what was compressed.
#include "io/sqlite/store.hpp"

#include <limits>

#include <zstd.h>

#include "base/crc32c.hpp"

namespace grekko::sqlite {
namespace {

constexpr int compression_level = 1; // twice as small at the speed of the disk
constexpr std::int64_t snapshot_bytes_max = std::int64_t{4} << 30;

std::vector<std::byte> compressed(std::span<const std::byte> payload) {
    std::vector<std::byte> out(ZSTD_compressBound(payload.size()));
    const std::size_t size =
        ZSTD_compress(out.data(), out.size(), payload.data(), payload.size(), compression_level);
    out.resize(ZSTD_isError(size) != 0 ? 0 : size);
    return out;
}

std::uint32_t checksum_of(const ports::Snapshot& snapshot) {
    std::uint32_t sum = frame_checksum(snapshot.payload);
    const std::uint64_t head[]{snapshot.sequence.value(),
                               static_cast<std::uint64_t>(snapshot.at.nanoseconds()),
                               snapshot.version};
    sum = crc32c(std::as_bytes(std::span{head}), sum);
    return crc32c(std::as_bytes(std::span{snapshot.digest.data(), snapshot.digest.size()}), sum);
}

Error broken(std::int64_t sequence) {
    return make_error(ErrorCode::corrupt,
                      "the snapshot after record " + std::to_string(sequence) +
                          " does not hold its checksum; replay from an earlier one");
}

// Columns: sequence, at, version, digest, size, payload, checksum.
Result<ports::Snapshot> snapshot_of(const Statement& statement) {
    ports::Snapshot snapshot;
    snapshot.sequence = Sequence{static_cast<std::uint64_t>(statement.integer(0))};
    snapshot.at = Instant::from_nanoseconds(statement.integer(1));
    snapshot.version = static_cast<std::uint32_t>(statement.integer(2));
    snapshot.digest = statement.text(3);
    const std::int64_t size = statement.integer(4);
    const auto packed = statement.blob(5);
    if (size < 0 || size > snapshot_bytes_max) return broken(statement.integer(0));
    if (ZSTD_getFrameContentSize(packed.data(), packed.size()) !=
        static_cast<unsigned long long>(size)) {
        return broken(statement.integer(0));
    }
    snapshot.payload.resize(static_cast<std::size_t>(size));
    const std::size_t done = ZSTD_decompress(snapshot.payload.data(), snapshot.payload.size(),
                                             packed.data(), packed.size());
    if (done != snapshot.payload.size() || checksum_of(snapshot) != statement.integer(6)) {
        return broken(statement.integer(0));
    }
    return snapshot;
}

// What every reading selects, followed by which snapshots and in what order.
std::string select(std::string_view rest) {
    std::string query{"SELECT sequence, at, version, digest, size, payload, checksum "
                      "FROM snapshots "};
    query += rest;
    return query;
}

} // namespace

Result<void> Store::write_snapshot(const ports::Snapshot& snapshot, unsigned keep) {
    const std::vector<std::byte> packed = compressed(snapshot.payload);
    if (packed.empty()) {
        return make_error(ErrorCode::io_error, "a snapshot could not be compressed; free memory");
    }
    TRY(insert, connection_.prepare("INSERT OR REPLACE INTO snapshots(sequence, at, version, "
                                    "digest, size, payload, checksum) "
                                    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
    TRY(drop, connection_.prepare("DELETE FROM snapshots WHERE sequence NOT IN (SELECT sequence "
                                  "FROM snapshots ORDER BY sequence DESC LIMIT ?1)"));
    TRY(transaction, Transaction::begin(connection_));
    insert.bind(1, static_cast<std::int64_t>(snapshot.sequence.value()));
    insert.bind(2, snapshot.at.nanoseconds()).bind(3, std::int64_t{snapshot.version});
    insert.bind(4, snapshot.digest).bind(5, static_cast<std::int64_t>(snapshot.payload.size()));
    insert.bind(6, std::span<const std::byte>{packed});
    insert.bind(7, std::int64_t{checksum_of(snapshot)});
    TRY(insert.run());
    TRY(drop.bind(1, std::int64_t{keep}).run());
    return transaction.commit();
}

Result<ports::Snapshot> Store::read_snapshot(Sequence at_most) {
    TRY(statement, connection_.prepare(select("WHERE sequence <= ?1 ORDER BY sequence DESC")));
    const std::int64_t any = std::numeric_limits<std::int64_t>::max();
    statement.bind(1, at_most.is_none() ? any : static_cast<std::int64_t>(at_most.value()));
    // A damaged one is passed over: an earlier one and more replay give the same state.
    for (;;) {
        TRY(found, statement.step());
        if (!found) return ports::Snapshot{};
        if (auto snapshot = snapshot_of(statement)) return snapshot;
    }
}

Result<std::uint64_t> Store::check_snapshots() {
    TRY(statement, connection_.prepare(select("ORDER BY sequence")));
    for (std::uint64_t count = 0;; ++count) {
        TRY(found, statement.step());
        if (!found) return count;
        TRY(snapshot_of(statement));
    }
}

} // namespace grekko::sqlite
