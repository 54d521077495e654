// Projector: keeps the views of a journal up to date on a thread of its own, reading what is
// durable out of the journal's file. It holds no queue: told often or seldom, it reads on from
// where the views end. It never holds up the engine. app/wire.cpp owns one.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

#include "io/sqlite/views.hpp"

namespace grekko::sqlite {

class Projector {
public:
    Projector(std::filesystem::path journal, Views views);
    ~Projector(); // adds what is durable by then
    Projector(const Projector&) = delete;
    Projector& operator=(const Projector&) = delete;

    // [any] The journal is durable further than before.
    void notify();
    // [any] Waits until the views hold `sequence`, which is durable, or returns why they cannot.
    Result<void> wait_for(Sequence sequence);
    // [any]
    Sequence last() const;

private:
    struct Shared {
        bool wanted{true};
        bool stop{false};
        Sequence last;
        std::optional<Error> error; // of the last try; the next may do better
    };
    void run();

    const std::filesystem::path journal_;
    Views views_;              // of the thread alone
    mutable std::mutex mutex_; // guards shared_
    Shared shared_;
    std::condition_variable changed_;
    std::thread thread_;
};

} // namespace grekko::sqlite
