#include "core/engine/engine.hpp"

#include <algorithm>

#include "base/archive.hpp"
#include "base/digest.hpp"
#include "base/planted.hpp"
#include "core/engine/emit.hpp"

namespace grekko::engine {
namespace {

struct DigestSink {
    Digest& digest;
    void bytes(const void* from, std::size_t size) {
        digest.add(std::span(static_cast<const std::byte*>(from), size));
    }
};

template <class T>
std::string digest_of(const T& value) {
    Digest digest;
    DigestSink sink{digest};
    ArchiveWriter<DigestSink> writer{sink};
    writer(value);
    return digest.hex();
}

} // namespace

Engine::Engine(Universe universe, Settings settings)
    : universe_{std::move(universe)},
      settings_{std::move(settings)},
      configured_{settings_.risk},
      market_{universe_, settings_.market} {
    state_.risk = risk::initial_state(universe_, settings_.risk);
    state_.portfolio = portfolio::make_state(universe_);
    for (const Instrument& instrument : universe_.instruments)
        in_base_.push_back(instrument.quote == universe_.base_currency ? 1 : 0);
    for (const Currency& stable : settings_.risk.stablecoins) {
        const bool quotes = std::ranges::any_of(
            universe_.instruments, [&](const Instrument& each) { return each.quote == stable; });
        if (quotes && stable != universe_.base_currency) watch_.pegged.push_back(stable);
    }
    runs_.resize(universe_.venues.size());
    reconcile_armed_.resize(universe_.venues.size());
    for (std::size_t i = 1; i < runs_.size(); ++i)
        runs_[i].venue = universe_.venues[i].id;
}

// The pipeline, drawn once. Market data has its own door; everything else comes through here.
void Engine::input(const Input& input, TapePosition position) {
    begin(input.at, position);
    struct Visitor {
        Engine& e;
        void operator()(const Answer& a) { e.answer(a); }            // 4 votes, intents
        void operator()(const VenueReport& r) { e.venue_report(r); } // 5 execution, portfolio
        void operator()(const AgentFault& f) { e.agent_fault(f); }
        void operator()(const GenerationCut& c) { e.generation_cut(c); }
        void operator()(const TimerFired& t) { e.timer(t); } // rounds close, slices start
        void operator()(const Command& c) { e.command(c); }  // halt, resume, cancel
        void operator()(const IncarnationOpened& i) { e.incarnation(i); }
        void operator()(const JournalReport& j) { e.journal_report(j); } // disk full, commits slow
    };
    std::visit(Visitor{*this}, input.body);
    end_step();
}

void Engine::begin(Instant at, TapePosition position) {
    at_ = at;
    position_ = position;
    cause_ = Sequence{};
    market_input_ = nullptr;
    ASSERT(approved_.empty());
}

// What was approved in this step is netted and placed together (§4).
void Engine::end_step() {
    if (!approved_.empty() || !dirty_stops_.empty() || !dirty_parents_.empty() ||
        !dirty_waiting_.empty()) {
        settle();
    }
    close_intents();
    ASSERT(frame_.records() <= limits::records_per_step_max);
}

void Engine::take_effects(Effects& out) {
    out.clear();
    out.swap(effects_);
}

void Engine::take_asks(AskBatch& out) {
    out.clear();
    out.swap(asks_);
}

// Part by part: a std::swap of the whole would make a third batch, with memory of its own.
void AskBatch::swap(AskBatch& other) {
    asks.swap(other.asks);
    proposals.swap(other.proposals);
    decisions.swap(other.decisions);
    orders.swap(other.orders);
    fills.swap(other.fills);
    bars.swap(other.bars);
}

// Memory is kept: a batch is filled again at the next question. What was empty is not touched.
void AskBatch::clear() {
    const auto empty = [](auto& list) {
        if (!list.empty()) list.clear();
    };
    asks.clear();
    empty(proposals);
    empty(decisions);
    empty(orders);
    empty(fills);
    empty(bars);
}

void Engine::clear_frame() {
    frame_.clear();
    frame_reserve_ = true;
    frame_urgent_ = false;
}

bool Engine::apply_record(const RecordHead& head) {
    if (planted(Bug::replay_forgets) && head.tag == events::AttendanceChanged::tag) {
        state_.identity.last = head.sequence;
        return true;
    }
    const bool known = visit_record(
        head, [&](const auto& body, const RecordHead& h) { apply_all(state_, body, h); });
    if (head.tag == events::LimitChanged::tag) take_limits();
    return known;
}

std::string Engine::digest() const {
    return digest_of(state_);
}

std::string Engine::market_digest() const {
    return digest_of(market_);
}

std::vector<std::byte> Engine::save() const {
    return archive_save(state_);
}

bool Engine::restore(std::span<const std::byte> payload) {
    if (!archive_load(state_, payload)) return false;
    risk::assign_clusters(state_.risk, universe_, settings_.risk);
    take_limits();
    return true;
}

Generation Engine::generation(AgentId agent) const {
    const agents::Agent* found = agents::find(state_.agents, agent);
    return found == nullptr ? Generation{} : found->live;
}

bool is_commit(const Effect& effect) {
    return std::holds_alternative<PlaceOrder>(effect) ||
           std::holds_alternative<ReplaceOrder>(effect);
}

void apply(Identity& identity, const IncarnationOpened& opened, const RecordHead&) {
    identity.incarnation = opened.incarnation;
    identity.epoch = opened.epoch;
    identity.closing = false;
}

// A shutdown counts from its arrival: what follows from it must see it.
void apply(Identity& identity, const Command& command, const RecordHead&) {
    if (command.kind == CommandKind::shutdown) identity.closing = true;
}

// The newest 256 command ids are remembered: a command that comes twice is answered, not redone.
void apply(Identity& identity, const events::CommandHandled& handled, const RecordHead&) {
    if (handled.id == 0) return;
    identity.commands.push_back(handled.id);
    if (identity.commands.size() > 256) identity.commands.erase(identity.commands.begin());
}

} // namespace grekko::engine
