#include "app/paper_run.hpp"

#include <algorithm>
#include <random>

#include "app/agent_states.hpp"
#include "app/session_file.hpp"
#include "app/settings/limits.hpp"
#include "app/settings/settings.hpp"
#include "app/status_limits.hpp"
#include "app/status_lists.hpp"
#include "app/synthetic.hpp"
#include "app/version.hpp"

namespace grekko::app {
namespace {

using Clock = std::chrono::steady_clock;

Instant wall_now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Instant::from_nanoseconds(
        std::chrono::duration_cast<std::chrono::nanoseconds>(since).count());
}

// Forty bits by chance: a client id comes never twice at a venue, whatever journal is restored.
std::uint64_t random_incarnation() {
    std::random_device chance;
    const std::uint64_t high = chance();
    return (high << 32U | chance()) & 0xFF'FFFF'FFFFU;
}

} // namespace

PaperRun::PaperRun(const config::Config& config, logging::Logger& logger, Universe universe)
    : config_{config},
      logger_{logger},
      universe_{std::move(universe)},
      feed_{universe_},
      folder_{book_folder(config)},
      speed_{config.decimal("run.speed")} {}

PaperRun::~PaperRun() = default;

Result<std::unique_ptr<PaperRun>> PaperRun::open(const config::Config& config,
                                                 const Globals& globals,
                                                 const PaperRunOptions& options,
                                                 logging::Logger& logger) {
    TRY(universe, make_universe(config, config.list("run.symbols"), config.text("run.venue")));
    std::unique_ptr<PaperRun> run{new PaperRun{config, logger, std::move(universe)}};
    run->seed_ = options.seed.value_or(static_cast<std::uint64_t>(config.whole("run.seed")));
    run->fees_ = config.text("run.fees");
    run->seconds_ = options.seconds;
    run->title_ = "book " + config.text("book.name") + "  synthetic market, seed " +
                  std::to_string(run->seed_) + ", " + run->speed_.to_string() + " x real time, " +
                  (run->fees_ == "none" ? "no fees: a show, profit on it proves nothing"
                                        : "fees as listed; profit on it proves nothing");
    TRY(run->open_files(globals, options));
    return run;
}

// What an earlier run of this book left: time, money at the venue, epoch.
Result<PaperRun::Previous> PaperRun::previous(const engine::Settings& settings) {
    Previous out;
    engine::Engine engine{universe_, settings};
    TRY(recovered, runtime::recover(engine, *journal_));
    out.at = recovered.at;
    out.epoch = engine.epoch();
    if (!recovered.refused.is_none()) {
        LOG(logger_, warning,
            "a snapshot was passed over: its state does not give its digest; the "
            "journal was replayed from its beginning",
            logging::field("snapshot", recovered.refused.value()));
    }
    if (recovered.last.is_none()) return out;
    std::vector<std::pair<VenueId, Currency>> accounts;
    for (const Listing& listing : universe_.listings) {
        const Instrument& instrument = universe_.instrument(listing.instrument);
        for (const Currency& currency : {instrument.base, instrument.quote}) {
            const std::pair account{listing.venue, currency};
            if (std::ranges::find(accounts, account) != accounts.end()) continue;
            accounts.push_back(account);
            const Decimal balance =
                portfolio::balance(engine.state().portfolio, listing.venue, currency);
            if (balance.is_positive()) out.cash.push_back({listing.venue, currency, balance});
        }
    }
    return out;
}

Result<void> PaperRun::open_files(const Globals& globals, const PaperRunOptions& options) {
    TRY(journal,
        open_journal(config_, folder_ / "journal.db", Durable::yes, to_string(wall_now())));
    journal_ = std::move(journal);
    TRY(control, ControlServer::open(folder_ / "control.sock"));
    control_ = std::move(control);
    TRY(views, sqlite::Views::open(folder_ / "views.db", sqlite::KeepJson::no));
    projector_ = std::make_unique<sqlite::Projector>(folder_ / "journal.db", std::move(views));
    TRY(make_session(options));
    if (epoch_ > 1) return {};
    BacktestOptions again;
    again.source.paths = {(folder_ / "tape-1.tape").string()};
    again.agents = options.agents;
    again.profile = config_.text("run.profile");
    again.fees = fees_;
    again.seed = seed_;
    again.fill = "synthetic";
    again.start = to_string(live_from_ -
                            config_.duration("run.interval") * (config_.whole("run.warmup") + 1));
    again.live = to_string(live_from_);
    return write_session(folder_, again, config_, globals);
}

// Event time never goes back: it goes on after the last record, whatever the clock says. A book
// that runs faster than the clock is always ahead of it, and that is nothing to be warned of.
void PaperRun::tell_of_clock(Instant last) {
    if (last <= live_from_) return;
    constexpr const char* told =
        "the clock is behind the book's last record: event time goes on after that; if the pace is "
        "that of the clock, set the clock";
    if (speed_ == 1_d) {
        LOG(logger_, warning, told, logging::field("last", last));
    } else {
        LOG(logger_, debug, told, logging::field("last", last));
    }
}

// The tape of this epoch. One that is there already belongs to a start that never came to a record:
// the journal knows no such epoch, so nothing refers to it.
Result<void> PaperRun::record(const tape::Metadata& metadata) {
    const auto path = folder_ / ("tape-" + std::to_string(epoch_) + ".tape");
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    TRY(recorder, tape::Writer::create(path, metadata));
    recorder_ = std::move(recorder);
    return {};
}

// What this book does at each group, batch and alert of its session.
void PaperRun::follow(runtime::DriverHooks& hooks) {
    hooks.before_group = [this](Instant next) { return pace(next); };
    hooks.on_records = [this](std::span<const std::byte> records) {
        tally_.add(records);
        const std::vector<std::string> lines = feed_.add(records);
        if (hooks_.happened && !lines.empty() && live_) hooks_.happened(lines);
    };
    hooks.on_alert = [this](const AlertOperator& alert) {
        LOG(logger_, warning, alert.message.view(), logging::field("about", alert.what.view()));
    };
}

Result<void> PaperRun::make_session(const PaperRunOptions& options) {
    research::SessionRequest request;
    request.universe = universe_;
    apply_fees(request.universe, fees_ == "none" ? Fees::none : Fees::listed);
    TRY(settings, make_paper_settings(config_, request.universe));
    TRY(before, previous(settings));
    epoch_ = before.epoch + 1;
    TRY(cash, starting_cash(config_, request.universe));
    const Duration interval = config_.duration("run.interval");
    const Duration warm_up = interval * (config_.whole("run.warmup") + 1);
    live_from_ = wall_now();
    if (!options.start.empty()) {
        TRY(given, parse_instant(options.start));
        live_from_ = given;
    }
    tell_of_clock(before.at);
    live_from_ = std::max(live_from_, before.at + warm_up).floor(interval) + interval;
    TRY(market, make_synthetic(config_, request.universe, {seed_ + before.epoch, live_from_}));
    market_ = std::move(market);
    tape::Metadata metadata{"synthetic market, seed " + std::to_string(seed_ + before.epoch),
                            to_string(wall_now()), true, universe_};
    VenueRequest venues{paper::FillModel::synthetic, "risk_averse", seed_,
                        before.cash.empty() ? cash : before.cash};
    venues.epoch = epoch_;
    TRY(made, make_venues(config_, request.universe, venues));
    venues_ = std::move(made);
    AgentRequest agents{config_.text("run.profile"), seed_, {}, options.agents, live_from_, {}};
    for (const Cash& item : cash) {
        if (item.currency == request.universe.base_currency) agents.capital += item.amount;
        request.deposits.push_back({item.venue, item.currency, item.amount});
    }
    agents.sink.log = [this](script::LogLevel level, std::string_view line) {
        if (level >= script::LogLevel::warning)
            LOG(logger_, warning, line);
        else
            LOG(logger_, debug, line);
    };
    TRY(loaded, Agents::load(config_, request.universe, agents));
    agents_ = std::move(loaded);
    if (epoch_ > 1) {
        for (const std::string& problem : load_agent_states(folder_, agents_))
            LOG(logger_, warning, "an agent starts without its memory",
                logging::field("why", problem));
    }
    TRY(record(metadata)); // last: where anything above fails, no file is left
    request.settings = std::move(settings);
    request.source = market_.get();
    request.recorder = recorder_.get();
    request.journal = journal_.get();
    request.venues = venues_.all();
    request.agents = agents_.enrolments();
    request.seed = seed_;
    if (!options.seed) request.incarnation = random_incarnation();
    request.version = version();
    request.config_hash = config_.hash();
    request.start = live_from_ - warm_up;
    request.live_from = live_from_;
    request.options.snapshot_every =
        static_cast<std::uint64_t>(config_.whole("book.snapshot_every"));
    follow(request.hooks);
    TRY(session, research::Session::open(std::move(request)));
    session_ = std::move(session);
    for (const agents::Agent& agent : session_->engine().state().agents.roster)
        feed_.know(agent.id, agent.name.view()); // of earlier starts
    return {};
}

StatusView PaperRun::view() const {
    return {session_->engine(), feed_, tally_, session_->driver().now(), title_};
}

Result<research::SessionResult> PaperRun::run(const PaperRunHooks& hooks) {
    hooks_ = hooks;
    begun_ = shown_ = saved_ = Clock::now();
    const Result<research::SessionResult> result = session_->run();
    const Result<void> closed = recorder_->close();
    save_agents();
    if (!result) return result;
    if (!closed) return closed.error();
    projector_->notify();
    if (const auto projected = projector_->wait_for(result->last); !projected) {
        LOG(logger_, warning, "the views are behind",
            logging::field("why", projected.error().message));
    }
    return result;
}

// What cannot be saved is said once a minute at most; the book goes on.
void PaperRun::save_agents() {
    saved_ = Clock::now();
    if (const auto saved = save_agent_states(folder_, agents_); !saved) {
        LOG(logger_, warning, "the memory of an agent is not saved",
            logging::field("why", saved.error().message));
    }
}

// Waits until the wall's clock has come to the next record, answering requests meanwhile. The
// warm-up is not waited for.
bool PaperRun::pace(Instant next) {
    const auto handler = [this](const std::string& line) { return handle(line); };
    if (!live_ && next >= live_from_) {
        live_ = true;
        begun_ = Clock::now();
        if (hooks_.warmed_up) hooks_.warmed_up();
    }
    while (true) {
        if (stopped_ || (hooks_.stop_wanted && hooks_.stop_wanted())) return false;
        const auto now = Clock::now();
        if (seconds_ > 0 && live_ && now - begun_ >= std::chrono::seconds(seconds_)) return false;
        if (now - shown_ >= std::chrono::seconds(1)) {
            shown_ = now;
            projector_->notify();
            // What has happened is told before the line that sums it up.
            if (live_ && !session_->driver().flush()) return false;
            if (hooks_.each_second) hooks_.each_second(view());
            if (live_ && now - saved_ >= std::chrono::minutes(1)) save_agents();
            control_->serve(std::chrono::milliseconds(0), handler);
        }
        if (!live_ || !speed_.is_positive()) return true;
        const double ahead = static_cast<double>((next - live_from_).count()) / speed_.to_double();
        const auto due = begun_ + std::chrono::nanoseconds(static_cast<std::int64_t>(ahead));
        const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(due - now);
        if (wait.count() <= 0) return true;
        control_->serve(std::min(wait, std::chrono::milliseconds(200)), handler);
    }
}

std::string PaperRun::handle(const std::string& line) {
    const Result<ControlRequest> request = parse_request(line, universe_);
    if (!request) return answer_line(false, request.error().message);
    if (!request->command && request->word == "limits") return limits_json(view());
    if (!request->command) return status_json(view());
    Command command = *request->command;
    if (!request->agent.empty()) {
        const agents::Agent* agent =
            agents::find(session_->engine().state().agents, request->agent);
        if (agent == nullptr) {
            return answer_line(false, "there is no agent \"" + request->agent +
                                          "\" in this book; there are " + agent_names(view()));
        }
        command.agent = agent->id;
    }
    if (command.kind == CommandKind::set_limit) return set_limit(*request, command);
    return this->command(request->word, command);
}

std::string PaperRun::set_limit(const ControlRequest& request, Command command) {
    const risk::Settings before = engine().settings().risk;
    const auto asked = read_limit(command.name.view(), request.value, before);
    if (!asked) return answer_line(false, asked.error().message);
    command.name = asked->limit->name;
    command.value = asked->value;
    const Decimal was = risk::value_of(before, *asked->limit);
    return this->command(request.word, command,
                         [&] { return limit_answer(*asked->limit, was, engine()); });
}

std::string PaperRun::command(const std::string& word, Command command, const Added& added) {
    if (command.kind == CommandKind::shutdown) {
        stopped_ = true;
        session_->ended_by(command.principal.view(), command.reason.view());
        return answer_line(true, "the book stops");
    }
    command.id = (epoch_ << 32U) + ++commands_;
    runtime::Driver& driver = session_->driver();
    Result<void> done = driver.input(Input{driver.now(), command});
    if (done) done = driver.flush();
    if (!done) return answer_line(false, done.error().message);
    const bool accepted = feed_.accepted(command.id);
    std::string answer = word + ": " + feed_.outcome(command.id);
    if (!accepted && command.kind == CommandKind::reset_breaker)
        answer += "; " + open_breakers(view());
    if (accepted && added) answer += added();
    return answer_line(accepted, answer);
}

} // namespace grekko::app
