// A desk of agents around one State: registers, starts and scores as the engine would, and keeps
// every event so that a test can fold them again. It checks nothing by itself.
// The tests of core/agents use it.
#pragma once

#include <functional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/archive.hpp"
#include "core/agents/agents.hpp"

namespace grekko::agents {

inline constexpr InstrumentId btc{1}, eth{2};

class Desk {
public:
    Settings settings;
    State state;

    // Agents 1..count, running, each with code of its own, asked about all of btc and 1 h bars.
    explicit Desk(int count = 0) {
        for (int i = 1; i <= count; ++i)
            start(hire("agent " + std::to_string(i)));
    }

    void pass(Duration time) { now_ = now_ + time; }
    Instant now() const { return now_; }

    template <class Event>
    void emit(const Event& event) {
        const RecordHead head{.sequence = Sequence{++sequence_}, .at = now_};
        folds_.push_back([event, head](State& to) { apply(to, event, head); });
        folds_.back()(state);
    }
    // A decision and the status that comes with it.
    template <class Event>
    void emit(const Event& event, const std::optional<events::AgentStatusChanged>& status) {
        emit(event);
        if (status) emit(*status);
    }

    AgentId hire(const std::string& name, std::uint32_t group = 0) {
        const Registration made = register_agent(state, {.group = group,
                                                         .name = AgentName{name},
                                                         .risk_tolerance = 0.5_rate,
                                                         .participation = 1_rate,
                                                         .allocation = 1000_notional});
        if (made.refusal != RegisterRefusal::none) return {};
        emit(made.registered);
        return made.registered.agent;
    }
    void start(AgentId id, const std::string& code = {}, CutKind kind = CutKind::start) {
        const std::string own = "code of " + std::to_string(id.value());
        const auto change = cut(state, {.agent = id,
                                        .kind = kind,
                                        .generation = Generation{++generation_},
                                        .code_hash = CodeHash{code.empty() ? own : code}});
        emit(change->generation, change->status);
        if (kind == CutKind::stop) return;
        emit(events::AgentSubscribed{.agent = id,
                                     .instrument = btc,
                                     .trades = true,
                                     .quotes = true,
                                     .books = true,
                                     .votes = true,
                                     .bars = {Duration::hours(1)}});
    }
    void set_status(AgentId id, AgentStatus to) {
        emit(events::AgentStatusChanged{.agent = id, .from = agent(id).status, .to = to});
    }
    const Agent& agent(AgentId id) const { return *find(state, id); }

    // Opens a round of agent 1 on btc with the electorate as it is.
    IntentId open_round() {
        const IntentId id{++sequence_};
        const Instant deadline = now_ + Duration::milliseconds(500);
        emit(events::RoundOpened{
            .round = id, .proposer = AgentId{1}, .instrument = btc, .deadline = deadline});
        std::vector<Elector> electors;
        electorate(state, settings, btc, electors);
        for (const Elector& elector : electors) {
            emit(events::RoundMember{.round = id, .agent = elector.agent, .group = elector.group});
        }
        return id;
    }
    void vote(IntentId round, int agent, Ballot ballot, Rate confidence = 0.5_rate) {
        const events::VoteCast cast{.round = round,
                                    .vote = {.agent = AgentId{static_cast<std::uint16_t>(agent)},
                                             .ballot = ballot,
                                             .confidence = confidence},
                                    .abstains = confidence < 0.05_rate};
        emit(cast);
        if (const auto change = answered(state, settings, cast))
            emit(change->change, change->status);
    }
    void miss(IntentId round) {
        for (const Attendance& change : missed(state, settings, round)) {
            emit(change.change, change.status);
        }
    }
    void close(IntentId round, events::RoundOutcome outcome = events::RoundOutcome::passed) {
        emit(events::RoundClosed{.round = round, .outcome = outcome});
    }
    // A round in which one agent votes on a buy at 100, judged by σ = 1 % and no cost.
    IntentId observed(int agent, Ballot ballot, Rate confidence, Price stop = 95_price) {
        const IntentId round = open_round();
        vote(round, agent, ballot, confidence);
        const Intent intent{
            .instrument = btc, .delta = 1_quantity, .stop = stop, .horizon = Duration::minutes(1)};
        emit(*observe(state, round, intent, {.now = now_, .market = market()}));
        close(round);
        return round;
    }
    void judge(IntentId round, Price exit) {
        for (const auto& event : score(state, settings, round, mark(exit)))
            emit(event);
    }
    static Mark mark(Price price) {
        return {.price = price, .source = MarkSource::book, .stale = false};
    }
    static MarketView market() {
        MarketView view;
        view.mark = mark(100_price);
        view.sigma_1min = 0.01_rate;
        return view;
    }
    State folded() const {
        State other;
        for (const auto& fold : folds_)
            fold(other);
        return other;
    }

private:
    Instant now_{Instant::from_seconds(1'000'000)};
    std::uint64_t sequence_{0};
    std::uint32_t generation_{0};
    std::vector<std::function<void(State&)>> folds_;
};

} // namespace grekko::agents
