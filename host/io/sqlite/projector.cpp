#include "io/sqlite/projector.hpp"

namespace grekko::sqlite {

Projector::Projector(std::filesystem::path journal, Views views)
    : journal_{std::move(journal)},
      views_{std::move(views)},
      thread_{[this] { run(); }} {}

Projector::~Projector() {
    {
        const std::lock_guard lock{mutex_};
        shared_.wanted = true;
        shared_.stop = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Projector::notify() {
    {
        const std::lock_guard lock{mutex_};
        shared_.wanted = true;
    }
    changed_.notify_all();
}

Result<void> Projector::wait_for(Sequence sequence) {
    std::unique_lock lock{mutex_};
    shared_.wanted = true;
    shared_.error.reset();
    changed_.notify_all();
    changed_.wait(lock, [&] { return shared_.last >= sequence || shared_.error; });
    if (shared_.last < sequence) return *shared_.error;
    return {};
}

Sequence Projector::last() const {
    const std::lock_guard lock{mutex_};
    return shared_.last;
}

void Projector::run() {
    for (bool stop = false; !stop;) {
        {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, [this] { return shared_.wanted; });
            shared_.wanted = false;
            stop = shared_.stop;
        }
        const auto caught_up = views_.catch_up(journal_);
        {
            const std::lock_guard lock{mutex_};
            shared_.last = views_.last();
            if (!caught_up) shared_.error = caught_up.error();
        }
        changed_.notify_all();
    }
}

} // namespace grekko::sqlite
