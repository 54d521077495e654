#include "io/sqlite/chains.hpp"

#include <algorithm>
#include <map>

#include "domain/names.hpp"

namespace grekko::sqlite {

using namespace events;

namespace {

struct RoundFacts {
    const RoundOpened* opened{nullptr};
    const RoundClosed* closed{nullptr};
    std::uint32_t members{0}, votes{0};
};
struct OrderFacts {
    const OrderSubmitted* submitted{nullptr};
    Quantity filled, allocated, reported;
    std::uint32_t fills{0};
    std::string end; // "filled", "cancelled" …; empty: open
};
struct Assessed {
    Sequence at;
    const RiskAssessed* event{nullptr};
};

// What a story says, by id.
struct Facts {
    std::map<Sequence, const IntentProposed*> intents;
    std::map<Sequence, const IntentRefused*> refused;
    std::map<Sequence, Sequence> superseded; // by whom, none: the decision went stale
    std::map<Sequence, RoundFacts> rounds;
    std::map<ParentId, const ParentOpened*> parents;
    std::map<OrderId, OrderFacts> orders;
    std::map<StopId, const StopArmed*> stops;
    std::map<StopId, Price> stop_prices; // as last moved
    std::map<StopId, const StopTriggered*> triggered;
    std::vector<Assessed> assessed;
    std::vector<Sequence> crossed;

    void on(const IntentProposed& e, Sequence at) { intents[at] = &e; }
    void on(const IntentRefused& e, Sequence at) { refused[at] = &e; }
    void on(const IntentSuperseded& e, Sequence) {
        superseded[Sequence{e.id.value()}] = Sequence{e.by.value()};
    }
    void on(const RoundOpened& e, Sequence) { rounds[Sequence{e.round.value()}].opened = &e; }
    void on(const RoundMember& e, Sequence) { rounds[Sequence{e.round.value()}].members += 1; }
    void on(const VoteCast& e, Sequence) {
        rounds[Sequence{e.round.value()}].votes += e.counted ? 1 : 0;
    }
    void on(const RoundClosed& e, Sequence) { rounds[Sequence{e.round.value()}].closed = &e; }
    void on(const RiskAssessed& e, Sequence at) { assessed.push_back({at, &e}); }
    void on(const ParentOpened& e, Sequence at) { parents[ParentId{at.value()}] = &e; }
    void on(const InternalCross& e, Sequence) {
        crossed.push_back(Sequence{e.buy_intent.value()});
        crossed.push_back(Sequence{e.sell_intent.value()});
    }
    void on(const StopArmed& e, Sequence at) {
        stops[StopId{at.value()}] = &e;
        stop_prices[StopId{at.value()}] = e.stop;
    }
    void on(const StopMoved& e, Sequence) { stop_prices[e.id] = e.stop; }
    void on(const StopTriggered& e, Sequence) { triggered[e.id] = &e; }
    void on(const OrderSubmitted& e, Sequence at) { orders[OrderId{at.value()}].submitted = &e; }
    void on(const OrderFilled& e, Sequence) {
        OrderFacts& order = orders[e.fill.order];
        order.filled += e.fill.quantity;
        order.reported = e.filled;
        order.fills += 1;
        if (terminal(e.status)) order.end = grekko::name(e.status);
    }
    void on(const FillAllocated& e, Sequence) { orders[e.order].allocated += e.quantity; }
    void on(const OrderRejected& e, Sequence) { orders[e.order].end = "rejected"; }
    void on(const OrderCancelled& e, Sequence) { orders[e.order].end = "cancelled"; }
    void on(const OrderExpired& e, Sequence) { orders[e.order].end = "expired"; }
    void on(const OrderLapsed& e, Sequence) { orders[e.order].end = "lapsed"; }
    template <class Other>
    void on(const Other&, Sequence) {}
};

Facts facts_of(const Explanation& story) {
    Facts facts;
    for (const KeptRecord& record : story.records) {
        visit_record(record.head(), [&](const auto& body, const RecordHead& head) {
            facts.on(body, head.sequence);
        });
    }
    return facts;
}

class Writer {
public:
    Writer(const Explanation& story, const ExplainNames& names)
        : story_{story},
          names_{names},
          facts_{facts_of(story)} {}

    std::vector<Chain> all() {
        for (const auto& [id, refused] : facts_.refused)
            refusal(id, *refused);
        for (const auto& [id, proposed] : facts_.intents)
            decision(id, *proposed);
        for (const Assessed& assessed : facts_.assessed)
            if (assessed.event->verdict != Verdict::approved) denial(assessed);
        for (const auto& [id, order] : facts_.orders)
            if (order.submitted != nullptr) placed(id, order);
        std::ranges::sort(out_, {}, &Chain::id);
        return std::move(out_);
    }

private:
    Chain& begin(Sequence id, ChainEnd end) {
        chain_ = &out_.emplace_back();
        chain_->id = id;
        chain_->end = end;
        return *chain_;
    }
    void link(const std::string& text) {
        chain_->links += (chain_->links.empty() ? "" : " → ") + text;
    }
    void hole(bool when, const std::string& text) {
        if (when) chain_->holes.push_back(text);
    }

    void mark(Price price) {
        link("mark " + price.to_string());
        hole(!price.is_positive(), "no mark");
    }
    void intent(Sequence id, const Intent& asked) {
        link("intent " + std::to_string(id.value()) + " " +
             std::string{grekko::name(asked.side())} + " " + asked.size().to_string() + " " +
             names_.instrument(asked.instrument) + " by " + names_.agent(asked.agent));
        hole(asked.size().is_zero(), "an intent of nothing");
    }
    void votes(Sequence id, const IntentProposed& proposed) {
        if (proposed.route == IntentRoute::solo) return link("solo");
        if (proposed.route != IntentRoute::vote) {
            return link("no vote: " + std::string{grekko::name(proposed.route)});
        }
        const RoundFacts& round = facts_.rounds[id];
        hole(round.opened == nullptr, "the round was never opened");
        hole(round.closed == nullptr, "the round was never closed");
        if (round.opened == nullptr || round.closed == nullptr) return;
        const RoundClosed& closed = *round.closed;
        link("votes " + std::to_string(closed.approvals) + " for, " +
             std::to_string(closed.rejections) + " against, " + std::to_string(closed.abstentions) +
             " abstained, " + std::to_string(closed.misses) +
             " missed: " + std::string{grekko::name(closed.outcome)});
        hole(round.members != round.opened->members, "members of the round are missing");
        hole(round.votes == 0, "no vote is on record");
        hole(!closed.mark.is_positive(), "no mark at the decision");
    }
    // Origin of an order or assessment: an intent, a stop that triggered, else an input.
    void origin(IntentId intent_id, StopId stop) {
        const Sequence id{intent_id.value()};
        if (!id.is_none()) {
            const auto proposed = facts_.intents.find(id);
            if (proposed == facts_.intents.end()) return hole(true, "its intent is missing");
            mark(proposed->second->intent.reference);
            intent(id, proposed->second->intent);
            return votes(id, *proposed->second);
        }
        if (!stop.is_none()) {
            const auto armed = facts_.stops.find(stop);
            const auto triggered = facts_.triggered.find(stop);
            hole(armed == facts_.stops.end(), "its stop was never armed");
            hole(triggered == facts_.triggered.end(), "its stop never triggered");
            if (armed == facts_.stops.end() || triggered == facts_.triggered.end()) return;
            mark(triggered->second->mark);
            return link("stop " + std::to_string(stop.value()) + " at " +
                        facts_.stop_prices[stop].to_string() + " triggered");
        }
        const bool known = !story_.records.empty() &&
                           category(story_.records.front().head().tag) == Category::input;
        hole(!known, "nothing began it");
        if (known) link(std::string{record_name(story_.records.front().head().tag)});
    }
    std::string check_names(std::uint64_t set) const {
        std::string out;
        for (unsigned i = 1; i <= names_.checks; ++i) {
            if ((set >> i & 1U) != 0) out += (out.empty() ? "" : ", ") + names_.check(i);
        }
        return out;
    }

    void refusal(Sequence id, const IntentRefused& refused) {
        begin(id, ChainEnd::refused);
        intent(id, refused.intent);
        chain_->holes.clear(); // what was refused may have been an intent of nothing
        link("refused: " + std::string{grekko::name(refused.reason)});
        hole(refused.reason == IntentRefusal::none, "refused without a reason");
    }

    // What became of an intent that led to no assessment of its own.
    void decision(Sequence id, const IntentProposed& proposed) {
        const bool assessed = std::ranges::any_of(facts_.assessed, [&](const Assessed& a) {
            return a.event->intent.value() == id.value();
        });
        const auto round = facts_.rounds.find(id);
        const RoundClosed* closed = round == facts_.rounds.end() ? nullptr : round->second.closed;
        const bool passed = closed == nullptr || closed->outcome == RoundOutcome::passed ||
                            closed->outcome == RoundOutcome::solo;
        if (passed && (assessed || proposed.mandate)) return;
        const auto superseded = facts_.superseded.find(id);
        const bool replaced = superseded != facts_.superseded.end();
        const bool late = closed != nullptr && (closed->outcome == RoundOutcome::expired ||
                                                closed->outcome == RoundOutcome::stale_price);
        const bool withdrawn = closed != nullptr && (closed->outcome == RoundOutcome::superseded ||
                                                     closed->outcome == RoundOutcome::cancelled);
        const bool stale = late || (passed && replaced && superseded->second.is_none());
        begin(id, stale                   ? ChainEnd::stale
                  : withdrawn || replaced ? ChainEnd::superseded
                                          : ChainEnd::voted_down);
        mark(proposed.intent.reference);
        intent(id, proposed.intent);
        votes(id, proposed);
        if (!passed) return;
        hole(!replaced, "it passed and nothing followed");
        if (replaced) link(stale ? "went stale while older work ended" : "superseded");
    }

    void denial(const Assessed& assessed) {
        const RiskAssessed& event = *assessed.event;
        begin(assessed.at, ChainEnd::denied);
        origin(event.intent, event.stop);
        link(std::string{grekko::name(event.kind)} + " " + event.requested.to_string() + " " +
             std::string{grekko::name(event.verdict)} + " by " + names_.check(event.reason) +
             ", failed: " + check_names(event.blocked | event.reduced));
        hole(event.reason == 0, "denied without a check");
        const std::uint64_t bit = std::uint64_t{1} << event.reason;
        const bool dust = event.verdict == Verdict::reduced_to_dust;
        hole(!dust && (event.blocked & bit) == 0, "the check that denied is not in the record");
        hole(!event.nav.is_positive(), "no NAV at the assessment");
    }

    const RiskAssessed* before(Sequence order) const {
        for (const Assessed& assessed : facts_.assessed)
            if (assessed.at.value() + 1 == order.value()) return assessed.event;
        return nullptr;
    }
    void checks(OrderId id, const Order& order) {
        if (const auto parent = facts_.parents.find(order.parent); parent == facts_.parents.end()) {
            hole(order.purpose != Purpose::disaster_stop, "its parent is missing");
        } else {
            const bool approved = std::ranges::any_of(facts_.assessed, [&](const Assessed& a) {
                const bool same = a.event->intent == order.intent && a.event->stop == order.stop;
                return same && a.event->parent.is_none() && a.at.value() < order.parent.value() &&
                       a.event->verdict == Verdict::approved;
            });
            hole(!approved, "its parent was never approved by risk");
            const Parent& opened = parent->second->parent;
            link("checks: " + opened.quantity.to_string() + " approved");
            hole(opened.quantity < order.quantity, "the order is larger than its parent");
        }
        const RiskAssessed* child = before(Sequence{id.value()});
        const bool own = child != nullptr && child->verdict == Verdict::approved &&
                         child->parent == order.parent && child->approved >= order.quantity;
        hole(!own, "no approval of its own stands before it");
    }
    void placed(OrderId id, const OrderFacts& facts) {
        const Order& order = facts.submitted->order;
        begin(Sequence{id.value()}, ChainEnd::order);
        origin(order.intent, order.stop);
        checks(id, order);
        link("order " + std::string{grekko::name(order.side)} + " " + order.quantity.to_string() +
             " " + std::string{grekko::name(order.type)} +
             (order.limit.is_zero() ? "" : " at " + order.limit.to_string()));
        chain_->open = facts.end.empty();
        chain_->fills = facts.fills;
        std::string end = chain_->open ? "open" : facts.end;
        if (facts.fills > 0) {
            end += ", " + facts.filled.to_string() + " in " + std::to_string(facts.fills) +
                   (facts.fills == 1 ? " fill" : " fills");
        }
        link(end);
        hole(facts.filled != facts.reported, "fills are missing");
        hole(facts.allocated != facts.filled, "a fill belongs to nobody");
        hole(facts.filled > order.quantity, "more was filled than ordered");
        hole(facts.end == "filled" && facts.filled != order.quantity, "filled, but not whole");
    }

    const Explanation& story_;
    const ExplainNames& names_;
    Facts facts_;
    std::vector<Chain> out_;
    Chain* chain_{nullptr};
};

} // namespace

std::vector<Chain> chains(const Explanation& story, const ExplainNames& names) {
    return Writer{story, names}.all();
}

std::string_view name(ChainEnd end) {
    switch (end) {
    case ChainEnd::order: return "order";
    case ChainEnd::denied: return "denied";
    case ChainEnd::voted_down: return "voted down";
    case ChainEnd::stale: return "stale";
    case ChainEnd::superseded: return "superseded";
    case ChainEnd::refused: return "refused";
    }
    return "unknown";
}

} // namespace grekko::sqlite
