#include "io/sqlite/lock.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <type_traits>
#include <unistd.h>

#include "base/crc32c.hpp"

namespace grekko::sqlite {
namespace {

constexpr std::size_t page_bytes = 4096;
constexpr std::size_t owner_bytes = 256;

// One of two that are written in turn, so that a crash in between leaves the other.
struct Slot {
    std::uint64_t last{0};
    Hash chain{};
    std::uint32_t checksum{0};
    std::uint32_t reserved{0};
};
static_assert(std::is_trivially_copyable_v<Slot>);

struct Page {
    std::array<char, owner_bytes> owner{}; // "process 4711 on host-1\n", zero padded
    std::array<Slot, 2> slots{};
};
static_assert(sizeof(Page) <= page_bytes);

std::uint32_t checksum_of(const Slot& slot) {
    return crc32c(std::as_bytes(std::span{&slot, 1}).first(offsetof(Slot, checksum)));
}

std::optional<Mark> newest(const Page& page) {
    std::optional<Mark> found;
    for (const Slot& slot : page.slots) {
        if (slot.last == 0 || slot.checksum != checksum_of(slot)) continue;
        if (!found || slot.last > found->last) found = Mark{slot.last, slot.chain};
    }
    return found;
}

std::filesystem::path lock_path(const std::filesystem::path& journal) {
    return journal.string() + ".lock";
}

Error failed(const char* doing, const std::filesystem::path& path) {
    const ErrorCode code = errno == ENOSPC ? ErrorCode::out_of_space : ErrorCode::io_error;
    return make_error(code, std::string{doing} + " " + path.string() + ": " + std::strerror(errno) +
                                "; check its folder, permissions and disk");
}

std::string owner_text() {
    std::array<char, 128> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
    return "process " + std::to_string(::getpid()) + " on " + host.data() + "\n";
}

std::string read_owner(int descriptor) {
    std::array<char, owner_bytes> owner{};
    const auto size = ::pread(descriptor, owner.data(), owner.size() - 1, 0);
    const std::string text{owner.data()};
    const auto end = text.find('\n');
    return size <= 0 || end == text.npos ? "another process" : text.substr(0, end);
}

Result<void> fill(int descriptor, const std::filesystem::path& path) {
    struct stat status{};
    if (::fstat(descriptor, &status) != 0) return failed("cannot read", path);
    if (status.st_size < static_cast<off_t>(page_bytes)) {
        const std::array<char, page_bytes> zeros{};
        const auto written = ::pwrite(descriptor, zeros.data(), zeros.size(), 0);
        if (written != static_cast<ssize_t>(zeros.size())) return failed("cannot write", path);
    }
    return {};
}

} // namespace

FileHandle::~FileHandle() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void Lock::Unmap::operator()(void* page) const noexcept {
    ::munmap(page, page_bytes);
}

Result<Lock> Lock::take(const std::filesystem::path& journal) {
    const auto path = lock_path(journal);
    FileHandle file{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)};
    if (!file.is_open()) return failed("cannot open", path);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return failed("cannot lock", path);
        return make_error(ErrorCode::in_use, journal.string() + " is in use by " +
                                                 read_owner(file.get()) +
                                                 "; stop it, or choose another data folder");
    }
    TRY(fill(file.get(), path));
    void* page = ::mmap(nullptr, page_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
    if (page == MAP_FAILED) return failed("cannot map", path);
    Page& content = *static_cast<Page*>(page);
    const std::string owner = owner_text();
    content.owner = {};
    std::memcpy(content.owner.data(), owner.data(), std::min(owner.size(), owner_bytes - 1));
    return Lock{std::move(file), page};
}

std::optional<Mark> Lock::read_mark(const std::filesystem::path& journal) {
    const FileHandle file{::open(lock_path(journal).c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file.is_open()) return std::nullopt;
    Page page;
    const auto size = ::pread(file.get(), &page, sizeof page, 0);
    if (size != static_cast<ssize_t>(sizeof page)) return std::nullopt;
    return newest(page);
}

std::optional<Mark> Lock::mark() const {
    return newest(*static_cast<const Page*>(page_.get()));
}

void Lock::set_mark(const Mark& mark) {
    Slot slot{mark.last, mark.chain, 0, 0};
    slot.checksum = checksum_of(slot);
    static_cast<Page*>(page_.get())->slots[turn_] = slot;
    turn_ ^= 1U;
}

} // namespace grekko::sqlite
