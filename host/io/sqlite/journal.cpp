#include "io/sqlite/journal.hpp"

#include <chrono>

#include "base/assert.hpp"
#include "base/limits.hpp"

namespace grekko::sqlite {
namespace {

constexpr int spins = 2'000; // some ten microseconds: less than a flush
constexpr auto retry_after = std::chrono::milliseconds{200};

void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

} // namespace

Result<std::unique_ptr<SqliteJournal>> SqliteJournal::open(const std::filesystem::path& path,
                                                           const JournalOptions& options) {
    TRY(writer, Writer::open(path, options));
    return std::unique_ptr<SqliteJournal>{new SqliteJournal{path, std::move(writer)}};
}

SqliteJournal::SqliteJournal(std::filesystem::path path, Writer writer)
    : path_{std::move(path)},
      disk_{std::move(writer), {}} {
    shared_.head = disk_.writer.head();
    appended_ = shared_.head.last.value();
    durable_ = appended_;
    full_ = disk_.writer.uses_reserve();
    thread_ = std::thread{[this] { run(); }};
}

SqliteJournal::~SqliteJournal() {
    {
        const std::lock_guard lock{shared_mutex_};
        shared_.stop = true;
    }
    work_.notify_one();
    thread_.join();
}

Result<void> SqliteJournal::append(const ports::Batch& batch, bool reserve) {
    ASSERT(batch.first.value() == appended_ + 1);
    ASSERT(batch.last >= batch.first);
    ASSERT(batch.payload.size() <= limits::frame_bytes_max);
    if (full() && !reserve) {
        return make_error(ErrorCode::out_of_space,
                          "the disk of " + path_.string() +
                              " is full: free space, writing resumes by itself");
    }
    {
        std::unique_lock lock{shared_mutex_};
        TRY(wait_for_room(lock, batch.payload.size()));
        Queue& queue = shared_.queue;
        if (queue.used == queue.slots.size()) queue.slots.emplace_back();
        Row& row = queue.slots[queue.used++];
        row.header = header_of(batch);
        row.payload.assign(batch.payload.begin(), batch.payload.end());
        queue.bytes += batch.payload.size();
    }
    work_.notify_one();
    appended_ = batch.last.value();
    return {};
}

Result<void> SqliteJournal::wait_for_room(std::unique_lock<std::mutex>& lock, std::size_t bytes) {
    const Queue& queue = shared_.queue;
    const auto room = [&] {
        return queue.used < limits::journal_queue_batches_max &&
               queue.bytes + bytes <= limits::journal_queue_bytes_max;
    };
    while (!shared_.error && !room())
        progress_.wait(lock);
    const bool fatal = shared_.error && shared_.error->code != ErrorCode::out_of_space;
    if (fatal || !room()) return *shared_.error;
    return {};
}

Result<void> SqliteJournal::sync(Sequence sequence) {
    ASSERT(sequence.value() <= appended_);
    while (durable() < sequence) {
        if (std::unique_lock lock{disk_mutex_, std::try_to_lock}; lock) {
            TRY(commit(disk_));
        } else {
            TRY(wait_for(sequence.value()));
        }
    }
    return {};
}

Result<void> SqliteJournal::wait_for(std::uint64_t sequence) {
    const auto done = [&] { return durable_.load(std::memory_order_acquire) >= sequence; };
    for (int i = 0; i < spins; ++i) {
        if (done()) return {};
        pause();
    }
    std::unique_lock lock{shared_mutex_};
    // The thread may end its commit without this sequence in it: then the caller tries again.
    progress_.wait_for(lock, retry_after, [&] { return done() || shared_.error; });
    if (!done() && shared_.error) return *shared_.error;
    return {};
}

void SqliteJournal::run() {
    for (bool stop = false; !stop;) {
        {
            std::unique_lock lock{shared_mutex_};
            const auto ready = [this] { return shared_.queue.used > 0 || shared_.stop; };
            // With a full disk or an error there is nothing to wait for but time.
            if (full() || shared_.error) {
                work_.wait_for(lock, retry_after, [this] { return shared_.stop; });
            } else {
                work_.wait(lock, ready);
            }
            stop = shared_.stop;
        }
        const std::lock_guard lock{disk_mutex_};
        // An error is kept in shared_ for whoever appends or syncs next.
        static_cast<void>(commit(disk_));
    }
}

// Called with disk_mutex_ held.
Result<void> SqliteJournal::commit(Disk& disk) {
    Queue& queue = disk.queue;
    if (queue.used == 0) {
        {
            const std::lock_guard lock{shared_mutex_};
            if (shared_.error && shared_.error->code != ErrorCode::out_of_space) {
                return *shared_.error;
            }
            std::swap(queue, shared_.queue);
        }
        progress_.notify_all();
    }
    Result<void> written;
    if (queue.used > 0) {
        const auto begun = CommitTimes::Clock::now();
        written = disk.writer.write(std::span{queue.slots}.first(queue.used));
        const auto ended = CommitTimes::Clock::now();
        times_.add(ended, ended - begun);
        if (written) {
            queue.used = 0;
            queue.bytes = 0;
            commits_.fetch_add(1, std::memory_order_relaxed);
        }
    } else if (disk.writer.uses_reserve()) {
        written = disk.writer.leave_reserve();
    }
    publish(disk, written);
    return written;
}

void SqliteJournal::publish(Disk& disk, const Result<void>& written) {
    const bool no_space = !written && written.error().code == ErrorCode::out_of_space;
    full_.store(disk.writer.uses_reserve() || no_space, std::memory_order_release);
    {
        const std::lock_guard lock{shared_mutex_};
        shared_.head = disk.writer.head();
        // While the reserve takes what is appended, a full disk is no error to those who wait.
        shared_.error.reset();
        if (!written && (!no_space || disk.queue.used > 0)) shared_.error = written.error();
        durable_.store(shared_.head.last.value(), std::memory_order_release);
    }
    progress_.notify_all();
}

Result<void> SqliteJournal::write_snapshot(const ports::Snapshot& snapshot) {
    TRY(sync(snapshot.sequence));
    const std::lock_guard lock{disk_mutex_};
    return disk_.writer.write_snapshot(snapshot);
}

Result<ports::Snapshot> SqliteJournal::read_snapshot(Sequence at_most) {
    TRY(store, Store::open_to_read(path_));
    return store.read_snapshot(at_most);
}

Result<void> SqliteJournal::read(Sequence from,
                                 const std::function<Result<void>(const ports::Batch&)>& visit) {
    std::vector<Row> reserve;
    {
        const std::lock_guard lock{disk_mutex_};
        reserve = disk_.writer.in_reserve();
    }
    TRY(store, Store::open_to_read(path_));
    TRY(check, store.read(from, visit));
    return read_reserve(check, reserve, from, visit);
}

ports::JournalHead SqliteJournal::head() const {
    const std::lock_guard lock{shared_mutex_};
    return shared_.head;
}

ports::JournalHealth SqliteJournal::health() const {
    return {full(), times_.p99(CommitTimes::Clock::now())};
}

Result<void> SqliteJournal::set_size_max(std::uint64_t bytes) {
    const std::lock_guard lock{disk_mutex_};
    return disk_.writer.set_size_max(bytes);
}

} // namespace grekko::sqlite
