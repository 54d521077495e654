// PaperRun: trades a book on the synthetic market until it is told to stop: journal, recorded tape,
// views, control socket and pacing around one research::Session. Event time runs `speed` times as
// fast as the clock on the wall; nothing in the session knows that. `grekko run` makes one.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/control.hpp"
#include "app/feed.hpp"
#include "app/requests.hpp"
#include "app/status.hpp"
#include "app/tally.hpp"
#include "app/wire.hpp"
#include "io/sqlite/projector.hpp"
#include "io/tape/writer.hpp"

namespace grekko::app {

struct PaperRunOptions {
    std::vector<std::string> agents;   // empty: [[agents]]
    std::optional<std::uint64_t> seed; // none: run.seed, and an incarnation by chance
    std::int64_t seconds{0};           // of the wall's clock, 0: until stopped
    std::string start;                 // event time of a fresh book; empty: now
};

// What others see of it. All called on the thread of run().
struct PaperRunHooks {
    std::function<bool()> stop_wanted;                             // a signal came
    std::function<void(const StatusView&)> each_second;            // of the wall's clock
    std::function<void(const std::vector<std::string>&)> happened; // rounds, fills, incidents
    std::function<void()> warmed_up;                               // the live market begins
};

class PaperRun {
public:
    // in_use: another process runs this book. Errors of configuration, agents and journal.
    static Result<std::unique_ptr<PaperRun>> open(const config::Config& config,
                                                  const Globals& globals,
                                                  const PaperRunOptions& options,
                                                  logging::Logger& logger);
    ~PaperRun();

    Result<research::SessionResult> run(const PaperRunHooks& hooks);

    const std::filesystem::path& folder() const { return folder_; }
    const std::string& title() const { return title_; }
    const Tally& tally() const { return tally_; }
    const Feed& feed() const { return feed_; }
    const engine::Engine& engine() const { return session_->engine(); }
    Instant now() const { return session_->driver().now(); }
    std::uint64_t epoch() const { return epoch_; }

private:
    struct Previous {
        Instant at;
        std::uint64_t epoch{0};
        std::vector<Cash> cash;
    };
    PaperRun(const config::Config& config, logging::Logger& logger, Universe universe);
    Result<Previous> previous(const engine::Settings& settings);
    Result<void> open_files(const Globals& globals, const PaperRunOptions& options);
    Result<void> make_session(const PaperRunOptions& options);
    void follow(runtime::DriverHooks& hooks);
    void tell_of_clock(Instant last);
    Result<void> record(const tape::Metadata& metadata);
    bool pace(Instant next);
    void save_agents();
    std::string handle(const std::string& line);
    std::string set_limit(const ControlRequest& request, Command command);
    using Added = std::function<std::string()>; // to the answer where it was done
    std::string command(const std::string& word, Command command, const Added& added = {});
    StatusView view() const;

    const config::Config& config_;
    logging::Logger& logger_;
    Universe universe_; // with fees as listed
    Feed feed_;
    Tally tally_;
    std::filesystem::path folder_;
    std::string title_, fees_;
    std::uint64_t seed_{1}, epoch_{0}, commands_{0};
    Decimal speed_;
    Instant live_from_;
    std::chrono::steady_clock::time_point begun_, shown_, saved_;
    std::int64_t seconds_{0};
    bool live_{false}, stopped_{false};

    std::unique_ptr<sqlite::SqliteJournal> journal_;
    std::unique_ptr<sqlite::Projector> projector_;
    std::unique_ptr<ControlServer> control_;
    std::unique_ptr<tape::Writer> recorder_;
    std::unique_ptr<ports::TapeReader> market_;
    Venues venues_;
    Agents agents_;
    std::unique_ptr<research::Session> session_;
    PaperRunHooks hooks_;
};

} // namespace grekko::app
