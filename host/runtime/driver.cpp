#include "runtime/driver.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/assert.hpp"
#include "base/planted.hpp"
#include "runtime/engine_view.hpp"

namespace grekko::runtime {

Driver::Driver(engine::Engine& engine, ports::Journal& journal, ports::TapeWriter* recorder,
               std::vector<ports::Venue*> venues, DriverOptions options, DriverHooks hooks)
    : engine_{engine},
      journal_{journal},
      recorder_{recorder},
      venues_{std::move(venues)},
      options_{options},
      hooks_{std::move(hooks)} {}

void Driver::bind(AgentId id, ports::Agent& agent) {
    ASSERT(!id.is_none());
    if (agents_.size() < id.value()) agents_.resize(id.value());
    agents_[id.value() - 1U] = &agent;
}

Result<void> Driver::run(ports::TapeReader& source) {
    while (true) {
        TRY(more, read_group(source));
        if (!more) break;
        const Instant next = group_.first().received_at;
        if (hooks_.before_group && !hooks_.before_group(next)) break;
        TRY(report_journal());
        TRY(feed_group());
    }
    return flush();
}

// How the journal fares is an input like any other: it is recorded, so a replay hears it too, and
// like any other it comes after what was due before it.
Result<void> Driver::report_journal() {
    if (!options_.watch_journal) return {};
    const ports::JournalHealth health = journal_.health();
    const bool slow = health.commit_p99 > engine_.settings().breakers.journal_latency_max;
    if (health.full == told_full_ && slow == told_slow_) return {};
    if (planted(Bug::full_disk_ignored)) return {};
    told_full_ = health.full;
    told_slow_ = slow;
    TRY(process_before(now_));
    TRY(process_input(Input{now_, JournalReport{health.full, {}, health.commit_p99}}));
    return release();
}

// Fills group_ with all records of one receive instant. A tape never goes back in time: a record
// that claims to is taken at the instant of the one before it.
Result<bool> Driver::read_group(ports::TapeReader& source) {
    group_.clear();
    std::swap(group_, next_group_);
    while (true) {
        TRY(record, source.next());
        if (record == nullptr) break;
        const bool later = group_.size() > 0 && record->received_at > group_.first().received_at;
        if (later) {
            next_group_.add(*record);
            break;
        }
        group_.add(*record);
    }
    return group_.size() > 0;
}

void Driver::Group::add(const MarketHead& record) {
    ASSERT(record.size <= market_record_bytes_max);
    if (size_ == records_.size()) records_.emplace_back();
    std::memcpy(records_[size_++].bytes, &record, record.size);
}

// A simulated venue gets a bar at its opening: what arrives while the bar runs is matched against
// it. The engine gets it when it is visible, after everything that was due before.
Result<void> Driver::feed_group() {
    for (const Buffered& record : group_.all()) {
        if (record.head().kind != MarketKind::bar) continue;
        TRY(process_before(record.head().exchange_at));
        for (ports::Venue* v : venues_)
            v->market(record.head());
    }
    const Instant at = std::max(now_, group_.first().received_at);
    TRY(process_before(at));
    now_ = at;
    for (const Buffered& record : group_.all()) {
        if (record.head().kind != MarketKind::bar) {
            for (ports::Venue* v : venues_)
                v->market(record.head());
        }
        TRY(feed_market(record.head()));
    }
    engine_.close_bars(now_);
    TRY(after_step(false));
    if (held_.empty()) return {};
    return release();
}

Result<void> Driver::feed_market(const MarketHead& record) {
    ++market_records_;
    position_ = record_market(record);
    engine_.market(record, position_, now_);
    return after_step(true);
}

// Nothing that trades needs the tape: where it cannot grow it ends, and the book goes on. What was
// recorded stays a good tape, for its positions count on in the journal alone.
TapePosition Driver::record_market(const MarketHead& record) {
    const TapePosition next{position_.value() + 1};
    if (recorder_ == nullptr) return next;
    const Result<TapePosition> recorded = recorder_->append(record);
    if (recorded) return *recorded;
    recorder_ = nullptr;
    constexpr const char* told = "the market is no longer recorded, trading goes on: ";
    if (hooks_.on_alert) hooks_.on_alert({"tape", (told + recorded.error().message).c_str()});
    return next;
}

// Reports come before timers and answers of the same instant: what has happened at a venue is
// older than what the host does about it.
Driver::Due Driver::next_due() const {
    Due due{Instant::from_nanoseconds(INT64_MAX), nullptr};
    for (ports::Venue* v : venues_) {
        const std::optional<Instant> at = v->next_report();
        if (at && *at < due.at) due = {*at, v};
    }
    const std::optional<Instant> queued = queue_.next_at();
    if (queued && *queued < due.at) due = {*queued, nullptr};
    return due;
}

Result<void> Driver::process_before(Instant limit) {
    while (true) {
        const Due due = next_due();
        const bool done = due.at >= limit;
        // What is held leaves at the instant in which it was decided; a venue may answer at once.
        if (!held_.empty() && (done || due.at > now_)) {
            TRY(release());
            continue;
        }
        if (done) return {};
        if (due.venue != nullptr) {
            VenueReport report;
            Instant at;
            const bool taken = due.venue->take_report(due.at, report, at);
            ASSERT(taken);
            TRY(process_input(Input{std::max(now_, at), report}));
        } else {
            Input input = queue_.pop();
            input.at = std::max(now_, input.at);
            TRY(process_input(input));
        }
    }
}

void Driver::start(Instant at) {
    now_ = std::max(now_, at);
}

Result<void> Driver::open(const IncarnationOpened& opened) {
    TRY(process_input(Input{now_, opened}));
    return release();
}

Result<void> Driver::advance(Instant to) {
    TRY(process_before(to + Duration::nanoseconds(1)));
    now_ = std::max(now_, to);
    return {};
}

Result<void> Driver::input(Input given) {
    if (market_records_ > 0) TRY(report_journal());
    given.at = std::max(now_, given.at);
    TRY(process_before(given.at));
    TRY(process_input(given));
    return release();
}

Result<void> Driver::process_input(const Input& given) {
    now_ = given.at;
    engine_.input(given, position_);
    if (!engine_.has_effects() && held_.empty()) return after_step(false);
    return after_step(next_due().at <= now_);
}

// `more`: another input of this instant follows without a wait; what it places shares the sync.
Result<void> Driver::after_step(bool more) {
    if (engine_.quiet()) return {};
    while (engine_.has_effects()) {
        engine_.take_effects(effects_);
        for (const Effect& effect : effects_)
            hand_out(effect);
    }
    const bool over = !more || held_.size() >= options_.held_max || engine_.frame_is_urgent();
    if (!held_.empty() && over) TRY(release());
    if (engine_.has_asks()) ask_agents();
    if (engine_.frame_is_urgent()) return close_batch(true);
    if (engine_.frame().records() >= options_.batch_records) TRY(close_batch(false));
    return {};
}

// A cancel never waits for the disk, and what it speaks of never leaves where it has not yet: after
// a halt not even an order of the same instant goes out.
void Driver::hand_out(const Effect& effect) {
    if (const auto* cancel = std::get_if<CancelOrder>(&effect)) {
        if (held_.never_left(cancel->client_id)) return;
        if (const auto answer = held_.withdraw(*cancel)) {
            queue_.push(Input{now_, *answer});
            if (answer->kind == ReportKind::cancelled) return; // else its older version rests there
        }
    }
    if (held_.must_wait(effect)) {
        held_.add(effect);
    } else {
        carry_out(effect);
    }
}

// One sync for all that is held; then it leaves in the order in which it was decided.
Result<void> Driver::release() {
    if (held_.empty()) return {};
    const bool early = planted(Bug::sent_before_durable);
    if (!early) TRY(close_batch(true));
    for (const Effect& effect : held_.all())
        carry_out(effect);
    held_.clear();
    if (early) TRY(close_batch(true));
    return {};
}

void Driver::carry_out(const Effect& effect) {
    if (const auto* place = std::get_if<PlaceOrder>(&effect)) {
        venue(place->order.venue).place(*place, now_);
    } else if (const auto* replace = std::get_if<ReplaceOrder>(&effect)) {
        venue(replace->venue).replace(*replace, now_);
    } else if (const auto* cancel = std::get_if<CancelOrder>(&effect)) {
        venue(cancel->venue).cancel(*cancel, now_);
    } else if (const auto* query = std::get_if<QueryOrder>(&effect)) {
        venue(query->venue).query(*query, now_);
    } else if (const auto* snapshot = std::get_if<QuerySnapshot>(&effect)) {
        venue(snapshot->venue).snapshot(*snapshot, now_);
    } else if (const auto* timer = std::get_if<SetTimer>(&effect)) {
        queue_.push(Input{std::max(now_, timer->at), timer->timer});
    } else if (const auto* alert = std::get_if<AlertOperator>(&effect)) {
        if (hooks_.on_alert) hooks_.on_alert(*alert);
    }
}

// Inline agents are asked at once, in a fixed order; what they answer takes effect after the time
// such a decision takes, so that no backtest is faster than thought.
void Driver::ask_agents() {
    engine_.take_asks(asks_);
    const EngineView view{engine_, now_};
    for (const Ask& ask : asks_.asks) {
        const std::size_t index = ask.head.agent.value() - 1U;
        if (index >= agents_.size() || agents_[index] == nullptr) continue;
        const Generation generation = engine_.generation(ask.head.agent);
        Answer answer;
        AgentFault fault;
        if (!agents_[index]->ask(ask, view, answer, fault)) {
            fault.agent = ask.head.agent;
            fault.ask = ask.head.ask;
            fault.generation = generation;
            queue_.push(Input{now_ + options_.inline_decision, fault});
        } else if (!answer.actions.empty()) {
            const auto count = static_cast<std::uint16_t>(answer.actions.size());
            answer.head = {ask.head.ask, ask.head.agent, count, generation};
            queue_.push(Input{now_ + options_.inline_decision, std::move(answer)});
        }
    }
}

// What cannot be made durable never leaves, not even later: nobody knows how the market is by then.
Result<void> Driver::close_batch(bool wait) {
    const Result<void> done = write_batch(wait);
    if (!done) held_.clear();
    return done;
}

Result<void> Driver::write_batch(bool wait) {
    engine::Frame& frame = engine_.frame();
    if (!frame.empty()) {
        const ports::Batch batch{frame.first(), frame.last(), frame.at(), engine_.epoch(),
                                 frame.bytes()};
        TRY(store(batch));
        if (hooks_.on_records) hooks_.on_records(frame.bytes());
        records_since_snapshot_ += frame.records();
        engine_.clear_frame();
    }
    if (wait) TRY(journal_.sync(engine_.last_sequence()));
    if (options_.write_snapshots && records_since_snapshot_ >= options_.snapshot_every) {
        records_since_snapshot_ = 0;
        TRY(write_snapshot());
    }
    return {};
}

// What has been decided cannot be taken back: where the disk has filled up since the engine was
// told, even an order that adds risk goes into the reserve. From the next group on there is none.
Result<void> Driver::store(const ports::Batch& batch) {
    const bool reserve = options_.watch_journal && engine_.frame_is_reserve();
    const Result<void> stored = journal_.append(batch, reserve);
    const bool full = !stored && stored.error().code == ErrorCode::out_of_space;
    if (!full || reserve || !options_.watch_journal) return stored;
    return journal_.append(batch, true);
}

// A snapshot only saves time: where there is no room for one, a later one will do.
Result<void> Driver::write_snapshot() {
    if (journal_.health().full) return {};
    TRY(journal_.sync(engine_.last_sequence()));
    const Result<void> written = journal_.write_snapshot(ports::Snapshot{
        engine_.last_sequence(), now_, engine::state_version, engine_.digest(), engine_.save()});
    if (!written && written.error().code == ErrorCode::out_of_space) return {};
    return written;
}

Result<void> Driver::flush() {
    TRY(release());
    return close_batch(true);
}

ports::Venue& Driver::venue(VenueId id) {
    ASSERT(!id.is_none());
    ASSERT(id.value() <= venues_.size());
    return *venues_[id.value() - 1U];
}

} // namespace grekko::runtime
