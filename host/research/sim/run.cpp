#include "research/sim/run.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "core/engine/frame.hpp"
#include "research/sim/actor.hpp"
#include "research/sim/checks.hpp"
#include "research/sim/disk.hpp"
#include "research/sim/faulty_feed.hpp"
#include "research/sim/faulty_venue.hpp"
#include "runtime/boot.hpp"

namespace grekko::sim {
namespace {

constexpr std::uint64_t identity_stream = 601;
constexpr std::uint64_t replay_each = 512;        // steps between two comparisons of the digests
constexpr std::uint64_t steps_an_instant = 2'000; // more: the host spins

// Positions of a host's market records, counted on through its crashes. What it is given is what
// the host has been told: the driver reads a record ahead of that.
class Counter final : public ports::TapeWriter {
public:
    Result<TapePosition> append(const MarketHead& record) override {
        shown_.on(record);
        return TapePosition{++count_};
    }
    const ShownMarket& shown() const { return shown_; }
    Result<void> close() override { return {}; }
    std::uint64_t count() const { return count_; }

private:
    std::uint64_t count_{0};
    ShownMarket shown_;
};

class Runner {
public:
    Runner(const Plan& plan, const World& world)
        : plan_{plan},
          world_{world},
          truth_{plan.universe, plan.cash},
          disk_{plan.crash, plan.seed},
          random_{plan.seed, identity_stream},
          actors_{make_actors(plan)} {}

    Outcome run();

private:
    Result<void> make_world();
    Result<void> live();
    Result<void> open(Instant at);
    Result<void> finish();
    void hear_survivors();
    void compare_digests(const char* when);
    void on_step(std::span<const std::byte> records);
    bool before_group(Instant next);
    Result<void> wishes(Instant now);
    void heal();
    Result<void> after_healing();
    Result<void> pass_downtime();
    void progress();
    Command order_of_host(CommandKind kind);
    Outcome outcome();

    const Plan& plan_;
    const World& world_;
    Findings findings_;
    Truth truth_;
    Disk disk_;
    Random random_;
    Counter counter_;
    std::vector<std::unique_ptr<Actor>> actors_;
    std::vector<std::unique_ptr<FaultyVenue>> venues_;
    std::unique_ptr<FaultyFeed> feed_;
    std::unique_ptr<engine::Engine> engine_, shadow_;
    std::unique_ptr<runtime::Driver> driver_;
    std::unique_ptr<Checks> checks_;
    Digest digest_;
    Error failed_;
    bool healed_{false}, asked_to_resume_{false}, stopped_{false};
    std::size_t wished_{0};
    std::uint64_t commands_{1'000'000};
    std::uint64_t steps_{0}, records_{0}, fills_before_{0}, steps_now_{0};
    Instant stepped_at_;
};

Outcome Runner::run() {
    Result<void> done = make_world();
    while (done && findings_.empty() && !stopped_) {
        done = live();
        if (!done && disk_.crashed()) {
            disk_.restart();
            done = pass_downtime();
        } else if (done) {
            stopped_ = true;
        }
    }
    if (!done && findings_.empty()) findings_.add("runs", done.error().message);
    if (findings_.empty()) progress();
    return outcome();
}

Result<void> Runner::make_world() {
    TRY(market, world_.market(plan_));
    feed_ = std::make_unique<FaultyFeed>(plan_, std::move(market));
    for (const VenueSpec& spec : plan_.universe.venues) {
        if (spec.id.is_none()) continue;
        TRY(inner, world_.venue(plan_, spec.id));
        venues_.push_back(std::make_unique<FaultyVenue>(
            spec.id, plan_, std::move(inner), truth_, findings_,
            FaultyVenue::HostDisk{
                [this](OrderId order) { return order.value() <= disk_.durable().value(); },
                [this] { return disk_.full(); }}));
    }
    return {};
}

// One incarnation of the host, from recovery until it dies or the run is over.
Result<void> Runner::live() {
    driver_.reset();
    failed_ = Error{};
    engine_ = std::make_unique<engine::Engine>(plan_.universe, plan_.settings);
    hear_survivors();
    TRY(recovery, runtime::recover(*engine_, disk_));
    compare_digests("after recovery");
    std::vector<ports::Venue*> venues;
    for (const auto& venue : venues_)
        venues.push_back(venue.get());
    runtime::DriverOptions options;
    options.batch_records = 1; // every step is a write of its own
    options.write_snapshots = plan_.snapshot_every > 0;
    options.snapshot_every = std::max<std::uint64_t>(plan_.snapshot_every, 1);
    runtime::DriverHooks hooks;
    hooks.before_group = [this](Instant next) { return before_group(next); };
    hooks.on_records = [this](std::span<const std::byte> records) { on_step(records); };
    driver_ = std::make_unique<runtime::Driver>(*engine_, disk_, &counter_, std::move(venues),
                                                options, hooks);
    feed_->start_anew();
    TRY(open(std::max({feed_->now(), recovery.at, plan_.start})));
    TRY(driver_->run(*feed_));
    if (!failed_.message.empty()) return std::exchange(failed_, Error{});
    if (!findings_.empty()) return {};
    return finish();
}

Result<void> Runner::open(Instant at) {
    runtime::Opening opening;
    opening.incarnation = random_.bits() >> 24U;
    opening.version = "sim";
    for (const auto& actor : actors_)
        opening.agents.push_back({actor.get(), {}, 1_rate, Notional{plan_.cash}, 0});
    for (const VenueSpec& spec : plan_.universe.venues) {
        if (spec.id.is_none()) continue;
        opening.deposits.push_back({spec.id, plan_.universe.base_currency, plan_.cash});
    }
    return runtime::open_book(*driver_, *engine_, opening, at);
}

// Those who watch forget what the crash has undone: they start from the durable records.
void Runner::hear_survivors() {
    checks_ = std::make_unique<Checks>(plan_, counter_.shown(), truth_);
    shadow_ = std::make_unique<engine::Engine>(plan_.universe, plan_.settings);
    Findings judged_before;
    const auto read = disk_.read(Sequence{1}, [&](const ports::Batch& batch) -> Result<void> {
        checks_->records(batch.payload, judged_before);
        engine::for_each_record(batch.payload,
                                [&](const RecordHead& head) { shadow_->apply_record(head); });
        return {};
    });
    ASSERT(read.has_value());
    // What they have collected belongs to steps that are over: nothing of it is held against now.
    checks_->step_over(*shadow_, stepped_at_, judged_before);
}

void Runner::compare_digests(const char* when) {
    const std::string live = engine_->digest();
    const std::string replayed = shadow_->digest();
    if (live == replayed) return;
    findings_.add("replay", std::string{when} + ": the state has digest " + live +
                                ", its journal replays to " + replayed);
}

void Runner::on_step(std::span<const std::byte> records) {
    ++steps_;
    digest_.add(records);
    checks_->records(records, findings_);
    engine::for_each_record(records, [&](const RecordHead& head) {
        ++records_;
        shadow_->apply_record(head);
    });
    steps_now_ = driver_->now() == stepped_at_ ? steps_now_ + 1 : 0;
    stepped_at_ = driver_->now();
    if (steps_now_ > steps_an_instant) {
        findings_.add("spins",
                      "more than " + std::to_string(steps_an_instant) + " steps at one instant");
    }
    if (!findings_.empty()) return disk_.kill();
    checks_->step_over(*engine_, driver_->now(), findings_);
    if (steps_ % replay_each == 0) compare_digests("while running");
    if (!findings_.empty()) disk_.kill();
}

bool Runner::before_group(Instant next) {
    if (!findings_.empty()) return false;
    const Duration since = driver_->now() - plan_.start;
    const auto now = [&](const Span& span) { return span.covers(since); };
    disk_.set_full(!healed_ && std::ranges::any_of(plan_.disk_full, now));
    disk_.set_slow(!healed_ && std::ranges::any_of(plan_.disk_slow, now));
    Result<void> done = wishes(next);
    if (done && !healed_ && next >= plan_.healed_at()) heal();
    if (done && healed_ && !asked_to_resume_ && next >= plan_.healed_at() + plan_.operator_after) {
        done = after_healing();
    }
    if (!done) failed_ = done.error();
    return done.has_value() && findings_.empty();
}

// What people ask for, at its time.
Result<void> Runner::wishes(Instant now) {
    while (wished_ < plan_.commands.size() && plan_.start + plan_.commands[wished_].at <= now) {
        const Command command = plan_.commands[wished_++].command;
        TRY(driver_->input(Input{now, command}));
    }
    return {};
}

void Runner::heal() {
    healed_ = true;
    disk_.set_full(false);
    disk_.set_slow(false);
    disk_.set_crashes(false);
    for (const auto& venue : venues_)
        venue->heal();
    for (const auto& actor : actors_)
        actor->heal();
    fills_before_ = truth_.fills().size();
}

Command Runner::order_of_host(CommandKind kind) {
    Command command;
    command.kind = kind;
    command.id = ++commands_;
    command.principal = "operator";
    command.reason = "the faults are over";
    return command;
}

// Some of what has happened waits for a person by design: manual breakers, halts, agents switched
// off. The operator does what the runbook says.
Result<void> Runner::after_healing() {
    asked_to_resume_ = true;
    const Instant now = driver_->now();
    for (std::size_t i = 1; i <= actors_.size(); ++i) {
        Command enable = order_of_host(CommandKind::agent_enable);
        enable.agent = AgentId{static_cast<std::uint16_t>(i)};
        TRY(driver_->input(Input{now, enable}));
    }
    for (const auto& [key, breaker] : std::map(engine_->state().risk.breakers.all)) {
        if (breaker.state == events::BreakerState::closed || !breaker.manual) continue;
        Command reset = order_of_host(CommandKind::reset_breaker);
        reset.scope = static_cast<std::uint8_t>(key.scope);
        reset.venue = key.venue;
        reset.instrument = key.instrument;
        reset.agent = key.agent;
        TRY(driver_->input(Input{now, reset}));
    }
    return driver_->input(Input{now, order_of_host(CommandKind::resume_rebase_peak)});
}

// The market goes on without the host, and so do its orders.
Result<void> Runner::pass_downtime() {
    const Instant from = std::max(feed_->now(), plan_.start);
    const std::int64_t length =
        random_.between(plan_.crash.down_min.count(), plan_.crash.down_max.count());
    const Instant until = from + Duration::nanoseconds(length);
    while (feed_->now() < until) {
        TRY(record, feed_->next());
        if (record == nullptr) break;
        for (const auto& venue : venues_)
            venue->market(*record);
    }
    for (const auto& venue : venues_)
        venue->host_restarted(std::max(feed_->now(), plan_.start));
    return {};
}

Result<void> Runner::finish() {
    Command stop = order_of_host(CommandKind::shutdown);
    TRY(driver_->input(Input{driver_->now(), stop}));
    TRY(driver_->advance(driver_->now() + Duration::seconds(5)));
    stop = order_of_host(CommandKind::shutdown);
    stop.target = 1;
    TRY(driver_->input(Input{driver_->now(), stop}));
    TRY(driver_->advance(driver_->now() + Duration::seconds(45)));
    TRY(driver_->flush());
    compare_digests("at the end");
    return {};
}

// Phase two demands progress: every order has ended or protects, the books agree with the venues,
// trading went on.
void Runner::progress() {
    for (const auto& [id, order] : checks_->story().orders) {
        if (order.open && order.order.purpose != Purpose::disaster_stop) {
            findings_.add("ends", "order " + std::to_string(id.value()) + " never ended");
        }
    }
    for (const auto& [id, parent] : checks_->story().parents) {
        const bool increase = !reduces(parent.parent.purpose);
        if (!parent.closed && increase) {
            findings_.add("ends", "parent " + std::to_string(id.value()) + " never ended");
        }
    }
    const engine::State& state = engine_->state();
    for (const auto& [id, venue] : state.execution.venues) {
        if (!venue.reconciled) {
            findings_.add("reconciles", "venue " + std::to_string(id.value()) +
                                            " is not reconciled after the faults are over");
        }
    }
    for (const Listing& listing : plan_.universe.listings) {
        const Instrument& traded = plan_.universe.instrument(listing.instrument);
        for (const Currency currency : {traded.base, traded.quote}) {
            const Decimal booked = portfolio::balance(state.portfolio, listing.venue, currency);
            const Decimal real = truth_.balance(listing.venue, currency);
            if (booked == real) continue;
            findings_.add("reconciles", "venue " + std::to_string(listing.venue.value()) +
                                            " holds " + real.to_string() + " " + currency.string() +
                                            ", booked is " + booked.to_string());
        }
    }
    if (truth_.fills().size() == fills_before_) {
        findings_.add("resumes", "nothing was traded after the faults were over");
    }
}

Outcome Runner::outcome() {
    Outcome out;
    if (!findings_.empty()) out.broken = findings_.first();
    if (engine_ != nullptr) {
        const std::string state = engine_->digest();
        digest_.add(std::as_bytes(std::span(state)));
    }
    out.digest = digest_.hex();
    out.steps = steps_;
    out.records = records_;
    out.market_records = counter_.count();
    out.crashes = disk_.crashes();
    out.writes = disk_.writes();
    for (const auto& venue : venues_)
        out.faults += venue->faults();
    out.orders = truth_.orders().size();
    out.fills = truth_.fills().size();
    out.fills_healed = healed_ ? out.fills - fills_before_ : 0;
    if (checks_ != nullptr) out.trail = checks_->trail();
    return out;
}

} // namespace

Outcome run(const Plan& plan, const World& world) {
    return Runner{plan, world}.run();
}

} // namespace grekko::sim
