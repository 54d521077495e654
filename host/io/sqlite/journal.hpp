// SqliteJournal: the journal port over journal.db: batches are copied into a bounded queue and a
// thread of its own commits them, several at a time while it is behind. On a full disk fills and
// cancels go to a reserve, all else is refused, and it resumes by itself. It does not know what a
// batch means. The runtime owns one; app/wire.cpp opens it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "io/sqlite/commit_times.hpp"
#include "io/sqlite/writer.hpp"
#include "ports/journal.hpp"

namespace grekko::sqlite {

class SqliteJournal final : public ports::Journal {
public:
    // Opens or makes a journal and recovers it: SQLite cuts a torn end, the reserve moves in.
    // Errors as Writer::open.
    static Result<std::unique_ptr<SqliteJournal>> open(const std::filesystem::path& path,
                                                       const JournalOptions& options);
    ~SqliteJournal() override; // writes what was appended
    SqliteJournal(const SqliteJournal&) = delete;
    SqliteJournal& operator=(const SqliteJournal&) = delete;

    // A full queue makes the caller wait for the disk: what is decided cannot be dropped.
    Result<void> append(const ports::Batch& batch, bool reserve) override;
    Sequence durable() const override { return Sequence{durable_.load(std::memory_order_acquire)}; }
    // Writes itself where the thread is not at it: saves two changes of thread a commit.
    Result<void> sync(Sequence sequence) override;
    // Syncs up to the snapshot first: a state is never newer than its records.
    Result<void> write_snapshot(const ports::Snapshot& snapshot) override;
    Result<ports::Snapshot> read_snapshot(Sequence at_most) override;
    Result<void> read(Sequence from,
                      const std::function<Result<void>(const ports::Batch&)>& visit) override;
    // What is written, not what is still in the queue.
    ports::JournalHead head() const override;
    ports::JournalHealth health() const override;

    // [any] True while the disk is full: append refuses all but the reserve.
    bool full() const { return full_.load(std::memory_order_acquire); }
    // [any] Commits so far: fewer than batches where the disk is slower than the engine.
    std::uint64_t commits() const { return commits_.load(std::memory_order_relaxed); }
    // [any] Bytes that journal.db may have, 0: as the disk allows.
    Result<void> set_size_max(std::uint64_t bytes);

private:
    // Batches that wait; the slots and their memory are used again and again.
    struct Queue {
        std::vector<Row> slots;
        std::size_t used{0};
        std::size_t bytes{0};
    };
    struct Shared {
        Queue queue;
        ports::JournalHead head;
        std::optional<Error> error; // of the writer; out_of_space goes away again
        bool stop{false};
    };
    struct Disk {
        Writer writer;
        Queue queue; // taken from Shared, being written
    };

    SqliteJournal(std::filesystem::path path, Writer writer);
    void run();
    Result<void> commit(Disk& disk);
    void publish(Disk& disk, const Result<void>& written);
    Result<void> wait_for(std::uint64_t sequence);
    Result<void> wait_for_room(std::unique_lock<std::mutex>& lock, std::size_t bytes);

    const std::filesystem::path path_;

    std::mutex disk_mutex_; // guards disk_; taken before shared_mutex_ where both are
    Disk disk_;
    mutable std::mutex shared_mutex_; // guards shared_
    Shared shared_;
    std::condition_variable work_;     // of shared_: the thread waits for batches
    std::condition_variable progress_; // of shared_: others wait for the thread

    std::uint64_t appended_{0}; // of the appending thread alone
    std::atomic<std::uint64_t> durable_{0};
    std::atomic<std::uint64_t> commits_{0};
    CommitTimes times_;
    std::atomic<bool> full_{false};
    std::thread thread_;
};

} // namespace grekko::sqlite
