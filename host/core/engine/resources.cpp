// What the host itself lacks: a journal whose disk is full or whose commits are slow stops what
// adds risk (§5.3). Exits and cancels go on, into the reserve. It ends by itself when the journal
// is well.
#include "core/engine/emit.hpp"

namespace grekko::engine {

void Engine::journal_report(const JournalReport& report) {
    record_input(report);
    const bool slow = report.commit_p99 > settings_.breakers.journal_latency_max;
    if (!slow) journal_slow_since_ = Instant{};
    if (slow && journal_slow_since_.is_none()) journal_slow_since_ = at_;
    journal_ = report;
    watch_journal();
}

// Opens the breaker for what has lasted long enough, and looks again when that or its end is due.
void Engine::watch_journal() {
    const auto disk = journal_.full ? risk::DiskReserve::low : risk::DiskReserve::enough;
    breakers_changed(risk::on_disk(state_.risk.breakers, settings_.breakers, disk, at_));
    if (!journal_slow_since_.is_none()) {
        const risk::JournalLatency latency{journal_.commit_p99, at_ - journal_slow_since_};
        breakers_changed(
            risk::on_journal_latency(state_.risk.breakers, settings_.breakers, latency, at_));
        const Instant due = journal_slow_since_ + settings_.breakers.journal_slow_for;
        if (due > at_) schedule_once(TimerKind::breaker, 0, due);
        return;
    }
    if (journal_.full) return;
    supervise();
    const risk::Breaker& book = risk::breaker(state_.risk.breakers, risk::BreakerKey{});
    const bool waits = book.state == events::BreakerState::open && book.retry_at > at_;
    if (waits) schedule_once(TimerKind::breaker, 0, book.retry_at);
}

// A person cannot answer for a disk: what it stops goes on when it has room again.
bool Engine::lacks_resources() const {
    if (!journal_.full && journal_slow_since_.is_none()) return false;
    constexpr auto of_journal =
        risk::bit(risk::BreakerCause::disk_low) | risk::bit(risk::BreakerCause::journal_slow);
    const risk::Breaker& book = risk::breaker(state_.risk.breakers, risk::BreakerKey{});
    return (book.causes & of_journal) != 0;
}

} // namespace grekko::engine
