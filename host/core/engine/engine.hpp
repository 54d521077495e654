// Engine: the whole system as one pure, deterministic, single-threaded machine. Market data and
// inputs go in; records, questions to agents and effects come out. No clock, no I/O, no threads.
// The order inside a step is fixed: fills and marks → stops and breakers → ask agents → consensus
// → risk → execution → portfolio. The runtime drives it; nothing else calls it.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "core/engine/ask_batch.hpp"
#include "core/engine/frame.hpp"
#include "core/engine/parts.hpp"
#include "core/engine/settings.hpp"
#include "core/engine/state.hpp"
#include "domain/effect.hpp"

namespace grekko::engine {

// Of the layout of State::fields; a snapshot of another version is not loaded but replayed.
inline constexpr std::uint32_t state_version = 4;

// Place, replace: leave only when durable. The rest leaves at once.
bool is_commit(const Effect& effect);

class Engine {
public:
    Engine(Universe universe, Settings settings);

    // ---- The doors in --------------------------------------------------------------------------
    // One market record, seen at `at`. Trusted: whoever read it has validated it.
    void market(const MarketHead& record, TapePosition position, Instant at);
    // All records of this instant are in: bars that closed update agents now, shorter first.
    void close_bars(Instant at);
    // Anything else. `position` is the last market record before it.
    void input(const Input& input, TapePosition position);
    // [init] Puts an agent on the roster; none where refused (name taken, full). It runs from its
    // first GenerationCut; `subscriptions` are those of that generation.
    AgentId register_agent(const events::AgentRegistered& agent, Instant at);
    void subscribe(AgentId agent, std::span<const events::AgentSubscribed> subscriptions,
                   Instant at);
    // [init] Money that lies at a simulated venue from the start.
    void deposit(VenueId venue, Currency currency, Decimal amount, Instant at);

    // ---- What comes out ------------------------------------------------------------------------
    bool quiet() const { return effects_.empty() && asks_.asks.empty() && frame_.empty(); }
    bool has_effects() const { return !effects_.empty(); }
    bool has_asks() const { return !asks_.asks.empty(); }
    // Both swap what the last steps have made into `out` (cleared before).
    void take_effects(Effects& out);
    void take_asks(AskBatch& out);
    Frame& frame() { return frame_; }
    // No record of the open frame sends what adds risk: it may use the reserve of a full disk.
    bool frame_is_reserve() const { return frame_reserve_; }
    // It holds a change of the book's state or of a breaker: what it forbids must outlive a crash.
    bool frame_is_urgent() const { return frame_urgent_; }
    void clear_frame();
    // Market data before this instant is history: it warms up, and nothing is sent because of it.
    void live_from(Instant at) { live_from_ = at; }

    // ---- Replay --------------------------------------------------------------------------------
    // Applies one journaled record without deciding anything; false for an unknown tag.
    bool apply_record(const RecordHead& head);
    // 128-bit digest of everything that events made, in hex. Equal journals give equal digests.
    std::string digest() const;
    // The same of the market state: equal tapes give equal digests.
    std::string market_digest() const;
    std::vector<std::byte> save() const;
    bool restore(std::span<const std::byte> payload);

    // ---- What others may read ------------------------------------------------------------------
    const Universe& universe() const { return universe_; }
    // In force: the limits of risk as an operator has set them.
    const Settings& settings() const { return settings_; }
    const risk::Settings& configured_limits() const { return configured_; }
    const State& state() const { return state_; }
    const market::Market& market_state() const { return market_; }
    Sequence last_sequence() const { return state_.identity.last; }
    std::uint64_t epoch() const { return state_.identity.epoch; }
    Generation generation(AgentId agent) const;
    BookView book(Instant now) const;
    portfolio::Marks marks(Instant now) const;
    CostEstimate cost(InstrumentId instrument, Quantity quantity, Urgency urgency,
                      Instant now) const;
    // The venue an order of the instrument would go to first: listed, ready, the best touch.
    const Listing* listing_for(InstrumentId instrument) const;
    // Of the nearest armed stop, zero: none.
    Price stop_price(AgentId agent, InstrumentId instrument) const;

private:
    // emit.hpp: writes one record and applies it to all.
    template <class Body>
    Sequence emit(Body body, Sequence correlation);
    template <class Body>
    void record_input(const Body& body);
    void begin(Instant at, TapePosition position);
    void end_step();
    void settle();

    // market.cpp, stops.cpp: 1 marks  2 stops and breakers  3 ask agents
    void market_moved(InstrumentId instrument);
    void check_limits(InstrumentId instrument);
    void check_stops(InstrumentId instrument, Price low, Price high);
    void exit_by(const events::StopTriggered& stop);
    void retry_stops(InstrumentId instrument);
    void end_own_work(AgentId agent, InstrumentId instrument, events::ParentEnd why);
    void cover(AgentId agent, InstrumentId instrument, IntentId intent, StopId exit,
               Price fallback);
    void disaster_stop(InstrumentId instrument);
    void carry_out(const risk::DisasterPlan& plan, InstrumentId instrument, const Listing& listing,
                   const risk::DisasterContext& context);
    void ask_about(const MarketHead& record);
    void bars_closed();
    void score_votes(InstrumentId instrument);
    void score(IntentId round);

    // answer.cpp, proposal.cpp, rounds.cpp: 4 intents and votes → consensus
    void answer(const Answer& answer);
    Price mark_of(InstrumentId instrument) const;
    void act(const AnswerHead& from, const Action& action, bool inside_proposal);
    void propose(AgentId agent, Generation generation, const Action& action, bool inside_proposal);
    void propose_intent(const Intent& asked, bool inside_proposal);
    void propose_mandate(AgentId agent, Generation generation, const Action& action,
                         bool inside_proposal);
    void proposed(IntentId id, const consensus::ProposalOutcome& outcome);
    void quote(AgentId agent, const Action& action);
    void cancel_work(AgentId agent, InstrumentId instrument, events::ParentEnd why);
    void open_round(IntentId id);
    void cast(AgentId agent, const Action& action);
    void attended(const events::VoteCast& cast);
    void close_rounds(InstrumentId instrument, consensus::CloseCause cause);
    void round_closed(const events::RoundClosed& closed);
    void withdraw(IntentId id, events::RoundOutcome outcome);
    void follow_up(AgentId agent, InstrumentId instrument);
    consensus::ProposalContext proposal_context(AgentId agent, InstrumentId instrument) const;
    Quantity sized(AgentId agent, const Action& action, InstrumentId instrument) const;
    Notional sizing_room(AgentId agent, InstrumentId instrument, Notional limit_base) const;

    // gate.cpp, context.cpp: decided → risk → parents
    void execute_waiting(AgentId agent, InstrumentId instrument);
    void execute(const PendingIntent& pending);
    // Empty where it was approved, else why not.
    std::string_view approve(execution::ParentRequest request, events::AssessmentKind kind);
    bool must_open_first(const Parent& parent) const;
    void open_parents();
    ParentId open_parent(const execution::ParentRequest& request);
    void crossed(const events::InternalCross& cross);
    void sweep_dust(AgentId agent, InstrumentId instrument);
    risk::Assessment assess(const risk::Request& request, VenueId venue);
    risk::Request request_of(const Parent& parent, events::AssessmentKind kind) const;
    risk::Request request_of(const Order& order) const;
    risk::AgentTerms terms_of(AgentId agent) const;
    risk::VenueStatus venue_status(VenueId venue) const;
    risk::DecisionRecord decision_of(const risk::Request& request) const;
    risk::Permission permission_of(const risk::Request& request) const;
    risk::Balances balances_of(const risk::Request& request, VenueId venue) const;
    risk::BookConditions conditions(const risk::Request& request, VenueId venue) const;

    // work.cpp: parents → children → venues
    void work(ParentId parent);
    void child_denied(ParentId parent);
    void size_by_market(const execution::ParentRecord& record, execution::WorkContext& context);
    Price stop_behind(const Parent& parent) const;
    void wake_exits(InstrumentId instrument);
    void wake_exits_at(VenueId venue);
    void wake_exits();
    enum class Sent : std::uint8_t { yes = 1, denied, not_now };
    Sent submit(const Order& order);
    void replace(const execution::Repricing& repricing);
    void watch(OrderId order);
    void query(OrderId order);
    void take(const execution::Outcome& outcome, Sequence correlation);

    // venue.cpp, money.cpp: 5 reports → execution → portfolio → stops
    void venue_report(const VenueReport& report);
    void schedule_reconcile(VenueId venue);
    std::vector<execution::ExpectedBalance> expected_balances(VenueId venue) const;
    void found(events::TransferBooked moved);
    void transferred(const events::TransferBooked& booked);
    bool money_known() const;
    Rate fee_to_quote(const Fill& fill);
    void owe_fee(const events::FillAllocated& share);
    void consequence(const events::OrderFilled& filled);
    void consequence(const events::FillUpgraded& upgraded);
    void consequence(const events::OrderAccepted& accepted);
    void consequence(const events::OrderCancelled& cancelled);
    void consequence(const events::OrderExpired& expired);
    void consequence(const events::OrderLapsed& lapsed);
    void consequence(const events::OrderUnknown& unknown);
    void consequence(const events::OrderReplaced& replaced);
    void consequence(const events::OrderRejected& rejected);
    void consequence(const events::CancelRequested& requested);
    void consequence(const events::ReplaceRejected& rejected);
    void consequence(const events::ParentClosed& closed);
    void consequence(const events::ForeignFill& fill);
    void consequence(const events::Reconciled& reconciled);
    void consequence(const events::VenueChanged& changed);
    template <class Other>
    void consequence(const Other&) {}
    void ended(OrderId order, std::string_view reason);
    void order_ended(const Order& order);
    void close_intents();

    // time, command, roster, guard, watch, silence, resources, limits.cpp
    void timer(const TimerFired& timer);
    void round_deadline(IntentId id);
    void sample();
    void supervise();
    events::BookState book_state() const;
    const risk::Bounds& bounds() const;
    void limits_found(InstrumentId instrument, const risk::MarkFindings& findings);
    void breakers_of(const risk::Assessment& assessment, AgentId agent);
    void breakers_changed(const risk::BreakerEvents& changes);
    void breaker_opened(const events::BreakerChanged& change);
    void state_changed(const risk::StateEvent& change);
    void venue_trouble(OrderId order);
    void check_data();
    Instant silent_from(InstrumentId instrument) const;
    bool is_silent(InstrumentId instrument) const;
    bool can_fall_silent(InstrumentId instrument) const;
    void listen(InstrumentId instrument);
    void silence(const TimerFired& timer);
    void heard_again();
    risk::CleanConditions clean_conditions(const risk::BreakerKey& key) const;
    bool accounts_agree() const;
    void journal_report(const JournalReport& report);
    void watch_journal();
    bool lacks_resources() const;
    void completed(const events::ParentClosed& closed, const Parent& parent);
    void judge(const events::FillAllocated& share, Price reference);
    void watch_breakers();
    void watch_moves();
    void check_par();
    void retry_breakers();
    void failed(ParentId parent, VenueId venue, InstrumentId instrument, AgentId agent);
    void leave_all(AgentId agent);
    void stream_is_lost(VenueId venue);
    void move_stop(AgentId agent, const Action& action);
    void schedule(TimerKind kind, std::uint64_t subject, Instant at, AgentId agent = {});
    bool warming() const { return at_ < live_from_; }
    void schedule_once(TimerKind kind, std::uint64_t subject, Instant at);
    bool take_armed(const TimerFired& timer);
    void command(const Command& command);
    Reason obey(const Command& command);
    Reason change_state(const Command& command);
    Reason change_breaker(const Command& command);
    Reason set_limit(const Command& command);
    void limit_changed(const events::LimitChanged& change);
    void limits_at_start();
    void take_limits();
    Reason operator_order(const Command& command);
    Reason flatten(const Command& command);
    void cancel_everything(const Command& command);
    std::string_view leave(AgentId agent, InstrumentId instrument, Purpose purpose, StopId stop,
                           Quantity held);
    void agent_fault(const AgentFault& fault);
    void handle_fault(const AgentFault& fault);
    void generation_cut(const GenerationCut& cut);
    void incarnation(const IncarnationOpened& opened);
    void status_changed(const events::AgentStatusChanged& change);
    void drop_undecided(AgentId agent, std::string_view why);
    void drop_increases(std::string_view why);
    void end_mandates(AgentId agent, std::string_view why);
    void trigger(execution::Trigger trigger, const execution::TriggerScope& scope);

    // asks.cpp: 3 questions
    Ask& ask(AgentId agent, AskKind kind, InstrumentId instrument);
    void ask_proposal(AgentId voter, IntentId id);
    void ask_decision(IntentId intent, DecisionStatus status, std::string_view reason);
    void ask_refused(const events::IntentRefused& refused);
    void ask_order(OrderId order, std::string_view reason);
    void ask_fill(const events::FillAllocated& fill);
    void alert(std::string_view what, std::string_view message);

    // views.cpp
    Position position_of(AgentId agent, InstrumentId instrument) const;
    Quantity working_quantity(AgentId agent, InstrumentId instrument) const;
    Rate quote_value(InstrumentId instrument) const;
    Rate par_deviation(Currency quote) const;
    Notional base_value(InstrumentId instrument, Quantity quantity, Price price) const;
    risk::Worth worth(InstrumentId instrument, const Mark& mark) const;
    VenueMarkets venue_markets(InstrumentId instrument) const;
    std::span<const execution::PriceLevel> fill_levels(VenueMarkets& out, InstrumentId instrument,
                                                       VenueId venue, Side side,
                                                       std::size_t depth) const;
    void assume_touch(execution::VenueMarket& market, InstrumentId instrument) const;
    std::vector<execution::Holder> holders_of(InstrumentId instrument, Side exit) const;
    Decimal held_quote(Currency quote, ParentId own) const;
    Decimal held_base(const risk::Request& request) const;
    Decimal held_at(VenueId venue, Currency currency) const;
    std::optional<Quantity> traded_since(ParentId parent) const;
    bool has_open_work(AgentId agent, InstrumentId instrument) const;
    bool has_ending_work(AgentId agent, InstrumentId instrument) const;
    bool is_leaving(AgentId agent, InstrumentId instrument) const;
    bool is_dust(InstrumentId instrument, Quantity quantity) const;
    Quantity least_exit(InstrumentId instrument) const;
    bool has_nothing_to_leave(const execution::ParentRecord& parent) const;

    Universe universe_;
    Settings settings_;
    risk::Settings configured_;
    State state_;
    market::Market market_;
    mutable std::vector<Mark> marks_;      // by instrument, refreshed before use
    mutable std::vector<Level> levels_;    // read from a book
    std::vector<std::uint8_t> in_base_;    // by instrument: it is quoted in the base currency
    std::vector<execution::Run> runs_;     // reconciliation, by venue id
    std::vector<Instant> reconcile_armed_; // its timer, by venue id
    Notional limit_base_;                  // when limits were last looked at
    mutable risk::Bounds bounds_;          // of it, made when somebody asks
    risk::Bounds strict_; // of somewhat less: a mark that keeps these keeps the others
    Frame frame_;
    Effects effects_;
    AskBatch asks_;
    bool frame_reserve_{true}, frame_urgent_{false};

    // The present step, and what it has left to do.
    Instant at_;
    TapePosition position_;
    Sequence cause_;
    const MarketHead* market_input_{nullptr};
    std::vector<execution::ParentRequest> approved_; // netted at its end
    std::set<ParentId> dirty_parents_;
    std::set<InstrumentId> dirty_stops_;
    std::set<std::pair<AgentId, InstrumentId>> dirty_waiting_;
    std::vector<Elector> electors_;
    JournalReport journal_; // as last told; every incarnation is told anew
    Instant next_sample_, live_from_, journal_slow_since_;
    std::uint64_t last_ask_{0}, last_timer_{0};
    std::map<std::pair<TimerKind, std::uint64_t>, Armed> armed_; // one a subject
    std::map<std::uint64_t, AskId> open_asks_; // about proposals: no proposing inside
    std::map<ParentId, Quantity> traded_at_open_;
    Watch watch_;                                    // of breakers that open without an order
    std::map<ParentId, std::uint32_t> denied_exits_; // in a row, to try again more slowly
    std::map<InstrumentId, Quantity> uncovered_;     // net that no venue stop covers
    bool cancels_exits_{false}; // the end of a shutdown: what has not left stays
};

} // namespace grekko::engine
