// Driver: turns event time. It merges the market, the venues' reports, timers and answers by time
// and gives them to the engine one by one, stores what the engine records, asks the agents, and
// carries out effects: reduce effects at once, commit effects when their batch is durable. What is
// decided at one instant becomes durable in one sync.
// It decides nothing about trading. Backtest, paper and simulation all run on it, so they agree.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/engine/engine.hpp"
#include "ports/agent.hpp"
#include "ports/journal.hpp"
#include "ports/tape.hpp"
#include "ports/venue.hpp"
#include "runtime/held_effects.hpp"
#include "runtime/input_queue.hpp"

namespace grekko::runtime {

struct DriverOptions {
    Duration inline_decision{Duration::milliseconds(1)}; // simulated thinking of an inline agent
    std::size_t batch_records{1'024};                    // a batch is closed at the latest then
    std::size_t held_max{256}; // effects that wait for one sync; it comes at the latest then
    bool write_snapshots{true};
    std::uint64_t snapshot_every{1'000'000}; // records
    // Whether the engine is told how the journal fares. What a backtest gives must not depend on
    // the disk below it: it is not told, and a full disk is an error.
    bool watch_journal{true};
};

// What others see of a run. Every function may be empty. [driver's thread]
struct DriverHooks {
    // Before the group of market records at `next` is fed: pacing, commands from outside, stop.
    // False ends the run cleanly.
    std::function<bool(Instant next)> before_group;
    std::function<void(std::span<const std::byte> records)> on_records; // of each batch
    std::function<void(const AlertOperator&)> on_alert;
};

class Driver {
public:
    // All are borrowed and must outlive the driver. `venues` is indexed by id - 1.
    // `recorder` may be null: then positions are those of the tape that is fed. Where it refuses a
    // record it is used no more, which is an alert and no error.
    Driver(engine::Engine& engine, ports::Journal& journal, ports::TapeWriter* recorder,
           std::vector<ports::Venue*> venues, DriverOptions options, DriverHooks hooks);

    // Time begins at `at`: what waited before counts as of then.
    void start(Instant at);
    // The first input of a session, before anything that already waits: what a venue has to say is
    // said to whoever owns the journal now.
    Result<void> open(const IncarnationOpened& opened);
    // From now on this agent answers what is asked of `id`; a later call replaces it.
    void bind(AgentId id, ports::Agent& agent);

    // Feeds the whole source. Returns at its end, when a hook says stop, or with the first error
    // of the source or the journal.
    Result<void> run(ports::TapeReader& source);
    // One input from outside (command, incarnation, cut) at the present instant or later.
    Result<void> input(Input input);
    // Lets time pass without market data up to and including `to`.
    Result<void> advance(Instant to);
    // Closes the open batch and waits until it is durable. Nothing is held when a call returns.
    Result<void> flush();
    // Keeps the present state in the journal; not where its disk is full. The open batch must be
    // closed.
    Result<void> write_snapshot();

    Instant now() const { return now_; }
    TapePosition position() const { return position_; }
    std::uint64_t market_records() const { return market_records_; }

private:
    struct alignas(8) Buffered {
        std::byte bytes[market_record_bytes_max];
        const MarketHead& head() const { return *reinterpret_cast<const MarketHead*>(bytes); }
    };
    // Records that are copied one after another into the same memory.
    class Group {
    public:
        void clear() { size_ = 0; }
        void add(const MarketHead& record);
        std::size_t size() const { return size_; }
        const MarketHead& first() const { return records_.front().head(); }
        std::span<const Buffered> all() const { return {records_.data(), size_}; }

    private:
        std::vector<Buffered> records_;
        std::size_t size_{0};
    };

    struct Due {
        Instant at;          // the largest there is: nothing is due
        ports::Venue* venue; // null: the queue's
    };

    Result<bool> read_group(ports::TapeReader& source);
    Result<void> feed_group();
    Result<void> feed_market(const MarketHead& record);
    TapePosition record_market(const MarketHead& record);
    Due next_due() const;
    Result<void> process_before(Instant limit);
    Result<void> process_input(const Input& input);
    Result<void> after_step(bool more);
    Result<void> release();
    void hand_out(const Effect& effect);
    void carry_out(const Effect& effect);
    Result<void> close_batch(bool wait);
    Result<void> write_batch(bool wait);
    Result<void> store(const ports::Batch& batch);
    Result<void> report_journal();
    void ask_agents();
    ports::Venue& venue(VenueId id);

    engine::Engine& engine_;
    ports::Journal& journal_;
    ports::TapeWriter* recorder_;
    std::vector<ports::Venue*> venues_;
    std::vector<ports::Agent*> agents_;
    DriverOptions options_;
    DriverHooks hooks_;
    InputQueue queue_;
    Group group_;
    Group next_group_; // its first record, read to know where this one ends
    Effects effects_;
    HeldEffects held_; // of this instant
    engine::AskBatch asks_;
    Instant now_;
    TapePosition position_;
    std::uint64_t market_records_{0};
    std::uint64_t records_since_snapshot_{0};
    bool told_full_{false}, told_slow_{false}; // what the engine knows of the journal
};

} // namespace grekko::runtime
