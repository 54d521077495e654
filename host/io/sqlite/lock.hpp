// Lock: makes one process the only writer of a journal, and keeps beside it a mark of how far the
// journal is durable. The mark is mapped memory, never synced: it may lag behind the journal, so a
// journal that ends before it has lost records. Not a lock for readers.
// The journal holds one while it is open.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "base/result.hpp"
#include "io/sqlite/sha256.hpp"

namespace grekko::sqlite {

struct Mark {
    std::uint64_t last{0}; // durable up to here
    Hash chain{};          // of the row that ends there
};

// Closes a file descriptor with its scope.
class FileHandle {
public:
    FileHandle() = default;
    explicit FileHandle(int descriptor) : descriptor_{descriptor} {}
    FileHandle(FileHandle&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)} {}
    FileHandle& operator=(FileHandle&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~FileHandle();
    int get() const { return descriptor_; }
    bool is_open() const { return descriptor_ >= 0; }

private:
    int descriptor_{-1};
};

class Lock {
public:
    // `<journal>.lock`. Error in_use names the process and host that hold it.
    static Result<Lock> take(const std::filesystem::path& journal);
    // The mark of a journal that another process may hold; none where there is no good one.
    static std::optional<Mark> read_mark(const std::filesystem::path& journal);

    std::optional<Mark> mark() const;
    void set_mark(const Mark& mark);

private:
    struct Unmap {
        void operator()(void* page) const noexcept;
    };
    Lock(FileHandle file, void* page) : file_{std::move(file)}, page_{page} {}

    FileHandle file_;
    std::unique_ptr<void, Unmap> page_;
    unsigned turn_{0};
};

} // namespace grekko::sqlite
