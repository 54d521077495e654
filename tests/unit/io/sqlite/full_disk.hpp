// FullDisk: while it lives, every write that would make a file of SQLite longer, and every other
// one too, fails with ENOSPC, as on a full disk; other files are not touched.
// It is for one test at a time: SQLite's table of system calls is one for the process.
#pragma once

#include <atomic>
#include <cerrno>

#include <sqlite3.h>
#include <unistd.h>

namespace grekko::tests {

class FullDisk {
public:
    FullDisk() : vfs_{sqlite3_vfs_find(nullptr)} {
        for (const char* call : {"write", "pwrite", "pwrite64"}) {
            vfs_->xSetSystemCall(vfs_, call, reinterpret_cast<sqlite3_syscall_ptr>(refuse(call)));
        }
    }
    ~FullDisk() {
        for (const char* call : {"write", "pwrite", "pwrite64"}) {
            vfs_->xSetSystemCall(vfs_, call, nullptr);
        }
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    static ssize_t refuse_write(int, const void*, std::size_t) {
        errno = ENOSPC;
        return -1;
    }
    static ssize_t refuse_pwrite(int, const void*, std::size_t, off_t) {
        errno = ENOSPC;
        return -1;
    }
    static void* refuse(const char* call) {
        return call[0] == 'w' ? reinterpret_cast<void*>(&refuse_write)
                              : reinterpret_cast<void*>(&refuse_pwrite);
    }
    sqlite3_vfs* vfs_;
};

} // namespace grekko::tests
