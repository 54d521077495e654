#include "io/sqlite/reserve.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crc32c.hpp"

namespace grekko::sqlite {
namespace {

constexpr std::uint64_t magic = 0x3156525345524B47U; // "GKRESRV1"

struct FileHead {
    std::uint64_t magic{0};
    std::uint64_t generation{0};
    std::uint32_t checksum{0};
    std::uint32_t reserved[11]{};
};
static_assert(sizeof(FileHead) == 64);

// In front of each row; `size` bytes of payload follow, zeros up to a multiple of eight.
struct Entry {
    std::uint64_t generation{0};
    RowHeader header;
    Hash chain{};
    std::uint32_t checksum{0};
    std::uint32_t reserved{0};
};
static_assert(sizeof(Entry) == 88);

std::filesystem::path reserve_path(const std::filesystem::path& journal) {
    return journal.string() + ".reserve";
}

Error failed(const char* doing, const std::filesystem::path& path) {
    const ErrorCode code = errno == ENOSPC ? ErrorCode::out_of_space : ErrorCode::io_error;
    return make_error(code, std::string{doing} + " " + path.string() + ": " + std::strerror(errno) +
                                "; check its disk and permissions");
}

std::uint32_t checksum_of(const FileHead& head) {
    return crc32c(std::as_bytes(std::span{&head, 1}).first(offsetof(FileHead, checksum)));
}

Result<void> write_at(int file, const std::filesystem::path& path, std::uint64_t offset,
                      std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const auto size = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (size <= 0) return failed("cannot write", path);
        bytes = bytes.subspan(static_cast<std::size_t>(size));
        offset += static_cast<std::uint64_t>(size);
    }
    return {};
}

Result<std::vector<std::byte>> read_all(int file, const std::filesystem::path& path) {
    struct stat status{};
    if (::fstat(file, &status) != 0) return failed("cannot read", path);
    std::vector<std::byte> bytes(static_cast<std::size_t>(status.st_size));
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto size =
            ::pread(file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (size <= 0) return failed("cannot read", path);
        done += static_cast<std::size_t>(size);
    }
    return bytes;
}

std::uint64_t padded(std::uint64_t size) {
    return (size + 7U) & ~std::uint64_t{7};
}

// A zero generation: the header does not hold.
std::uint64_t generation_of(std::span<const std::byte> bytes) {
    FileHead head;
    if (bytes.size() < sizeof head) return 0;
    std::memcpy(&head, bytes.data(), sizeof head);
    return head.magic == magic && head.checksum == checksum_of(head) ? head.generation : 0;
}

// The rows up to the first that is old, torn or damaged: what is lost shows by the chain and mark.
std::vector<Row> rows_in(std::span<const std::byte> bytes, std::uint64_t generation,
                         std::uint64_t& used) {
    std::vector<Row> rows;
    used = 0;
    for (auto rest = bytes.subspan(std::min(bytes.size(), sizeof(FileHead)));
         rest.size() >= sizeof(Entry);) {
        Entry entry;
        std::memcpy(&entry, rest.data(), sizeof entry);
        rest = rest.subspan(sizeof entry);
        if (entry.generation != generation || entry.header.size > rest.size()) break;
        const auto payload = rest.first(entry.header.size);
        if (entry.checksum != row_checksum(entry.header, payload)) break;
        rows.push_back(
            {entry.header, {payload.begin(), payload.end()}, entry.checksum, entry.chain});
        const auto taken = std::min<std::uint64_t>(padded(entry.header.size), rest.size());
        rest = rest.subspan(taken);
        used += sizeof entry + taken;
    }
    return rows;
}

} // namespace

Result<Reserve> Reserve::open(const std::filesystem::path& journal, std::uint64_t bytes) {
    Reserve reserve;
    if (bytes == 0) return reserve;
    reserve.path_ = reserve_path(journal);
    reserve.file_ = FileHandle{::open(reserve.path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)};
    if (!reserve.file_.is_open()) return failed("cannot open", reserve.path_);
    TRY(content, read_all(reserve.file_.get(), reserve.path_));
    const std::uint64_t generation = generation_of(content);
    if (generation != 0) {
        reserve.generation_ = generation;
        rows_in(content, generation, reserve.used_);
    }
    reserve.size_ = std::max<std::uint64_t>(content.size(), bytes);
    if (content.size() < bytes) {
        // Written, not only allocated: only then is a later write in place sure to find its block.
        const std::vector<std::byte> zeros(bytes - content.size());
        TRY(write_at(reserve.file_.get(), reserve.path_, content.size(), zeros));
    }
    if (generation == 0) TRY(reserve.write_header());
    return reserve;
}

Result<std::vector<Row>> Reserve::read(const std::filesystem::path& journal) {
    const auto path = reserve_path(journal);
    const FileHandle file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file.is_open()) return std::vector<Row>{};
    TRY(content, read_all(file.get(), path));
    const std::uint64_t generation = generation_of(content);
    if (generation == 0) return std::vector<Row>{};
    std::uint64_t used = 0;
    return rows_in(content, generation, used);
}

Result<void> Reserve::add(std::span<const Row> rows) {
    std::vector<std::byte> bytes;
    for (const Row& row : rows) {
        const Entry entry{generation_, row.header, row.chain, row.checksum, 0};
        const auto head = std::as_bytes(std::span{&entry, 1});
        bytes.insert(bytes.end(), head.begin(), head.end());
        bytes.insert(bytes.end(), row.payload.begin(), row.payload.end());
        bytes.resize(padded(bytes.size()));
    }
    const std::uint64_t offset = sizeof(FileHead) + used_;
    if (offset + bytes.size() > size_) {
        const auto journal = std::filesystem::path{path_}.replace_extension().string();
        return make_error(ErrorCode::out_of_space,
                          "the disk of the journal " + journal +
                              " is full and its reserve is used up; free space, writing resumes by "
                              "itself");
    }
    TRY(write_at(file_.get(), path_, offset, bytes));
    if (::fdatasync(file_.get()) != 0) return failed("cannot sync", path_);
    used_ += bytes.size();
    return {};
}

Result<void> Reserve::clear() {
    if (empty()) return {};
    ++generation_;
    used_ = 0;
    return write_header();
}

Result<void> Reserve::write_header() {
    FileHead head;
    head.magic = magic;
    head.generation = generation_;
    head.checksum = checksum_of(head);
    TRY(write_at(file_.get(), path_, 0, std::as_bytes(std::span{&head, 1})));
    if (::fdatasync(file_.get()) != 0) return failed("cannot sync", path_);
    return {};
}

Result<void> read_reserve(ChainCheck& check, std::span<const Row> rows, Sequence from,
                          const std::function<Result<void>(const ports::Batch&)>& visit) {
    for (const Row& row : rows) {
        if (row.header.last <= check.last()) continue;
        TRY(check.accept(row.header, row.payload, row.checksum, row.chain));
        if (row.header.last >= from.value()) TRY(visit(batch_of(row.header, row.payload)));
    }
    return {};
}

} // namespace grekko::sqlite
