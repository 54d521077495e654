// Session: one book from its opening to its end, over whatever tape it is fed: a recorded one (a
// backtest) or an endless one (paper trading on the synthetic market). Engine, driver and start-up
// are put together here once, so that both run the same path. It opens no file and makes no venue:
// those come in as ports. app calls it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/boot.hpp"
#include "runtime/driver.hpp"

namespace grekko::research {

struct SessionRequest {
    Universe universe;
    engine::Settings settings;
    ports::TapeReader* source{nullptr};
    ports::TapeWriter* recorder{nullptr}; // null: positions are the source's
    ports::Journal* journal{nullptr};
    std::vector<ports::Venue*> venues; // by id - 1
    std::vector<runtime::Enrolment> agents;
    std::vector<runtime::Deposit> deposits; // booked on a fresh journal alone
    std::uint64_t seed{1};
    std::optional<std::uint64_t> incarnation; // 40 bits; none: of the seed and the epoch
    std::string version, config_hash;         // into the journal
    Instant start;                            // none: just before the first record
    Instant live_from;                        // records before it only warm up; none: all are live
    Instant from, to;                         // records outside are passed over; none: open
    Duration settle{Duration::seconds(5)};    // after the last record, for orders to end
    runtime::DriverOptions options;
    runtime::DriverHooks hooks;
    // After the last group, before each of the two stops that close the book: what no later group
    // follows.
    std::function<Result<void>()> before_stop;
};

struct SessionResult {
    std::string digest, market_digest; // of the state, of the market
    Sequence last;                     // of the journal
    std::uint64_t epoch{0};
    std::uint64_t market_records{0};
    Instant first_at, last_at; // of the records fed
    BookView book;             // at the end
};

class Session {
public:
    // Recovers what the journal holds. corrupt: it cannot be replayed.
    static Result<std::unique_ptr<Session>> open(SessionRequest request);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Starts the agents and feeds the source to its end, or until a hook says stop; then cancels
    // what still rests, lets `settle` pass, writes a snapshot and returns. Errors: of the source,
    // the journal, an agent that cannot be registered; invalid_input: no record to run on.
    Result<SessionResult> run();

    // Who asked for the end, and why; until then it is the end of the data.
    void ended_by(std::string_view principal, std::string_view reason);

    // [driver's thread] For status and for commands between groups.
    const engine::Engine& engine() const { return engine_; }
    runtime::Driver& driver() { return driver_; }
    const runtime::Recovery& recovery() const { return recovery_; }

private:
    class Window; // the part of the source that is fed
    explicit Session(SessionRequest request);
    Result<void> start();
    Result<void> stop(std::uint64_t target);
    Result<void> finish();

    SessionRequest request_;
    engine::Engine engine_;
    std::unique_ptr<Window> window_;
    runtime::Driver driver_;
    runtime::Recovery recovery_;
    Text<32> principal_{"host"};
    Reason reason_{"end of the run"};
};

// The 40 bits that begin every client id of a run that can be repeated: of its seed and epoch.
std::uint64_t incarnation_of(std::uint64_t seed, std::uint64_t epoch);

} // namespace grekko::research
