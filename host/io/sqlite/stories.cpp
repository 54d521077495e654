#include "io/sqlite/stories.hpp"

#include <algorithm>

#include "io/sqlite/verify.hpp"

namespace grekko::sqlite {

using namespace events;

namespace {

using Roots = std::vector<Sequence>;

void add_root(Roots& roots, Sequence root) {
    if (root.is_none() || std::ranges::find(roots, root) != roots.end()) return;
    roots.push_back(root);
}

template <class Id>
Roots found(const std::map<Id, Roots>& known, Id id) {
    const auto at = known.find(id);
    return at == known.end() ? Roots{} : at->second;
}

} // namespace

// Follows ids from record to record: intents to parents, parents to orders, intents to stops.
class StorySorter {
public:
    explicit StorySorter(Stories& out) : out_{out} {}

    void add(const Record& record) {
        const RecordHead& head = record.head;
        const bool input = category(head.tag) == Category::input;
        if (input && head.tag != ActionRecord::tag) cause_.emplace(head, record.body);
        if (input) return;
        Roots roots;
        visit_record(head, [&](const auto& body, const RecordHead&) { roots = of(body, head); });
        if (roots.empty()) return;
        out_.records_.emplace_back(head, record.body);
        out_.roots_.push_back(roots.front());
        for (const Sequence root : roots)
            put(root, out_.records_.size() - 1);
        if (head.tag == ParentOpened::tag) {
            opened_[ParentId{head.sequence.value()}] = out_.records_.size() - 1;
        }
    }

private:
    void put(Sequence root, std::size_t index) {
        auto [at, begins] = out_.stories_.try_emplace(root);
        if (begins) at->second.cause = cause_;
        std::vector<std::size_t>& records = at->second.records;
        if (records.empty() || records.back() != index) records.push_back(index);
    }

    Roots with(IntentId intent, ParentId parent, StopId stop, const RecordHead& head) const {
        Roots roots = found(parents_, parent);
        add_root(roots, Sequence{intent.value()});
        for (const Sequence root : found(stops_, stop))
            add_root(roots, root);
        if (roots.empty()) add_root(roots, head.correlation);
        return roots;
    }

    Roots of(const IntentProposed&, const RecordHead& head) { return {head.sequence}; }
    Roots of(const IntentRefused&, const RecordHead& head) { return {head.sequence}; }
    Roots of(const IntentSuperseded& e, const RecordHead&) {
        Roots roots{Sequence{e.id.value()}};
        add_root(roots, Sequence{e.by.value()});
        return roots;
    }
    Roots of(const RiskAssessed& e, const RecordHead& head) {
        return with(e.intent, e.parent, e.stop, head);
    }
    Roots of(const ParentOpened& e, const RecordHead& head) {
        return parents_[ParentId{head.sequence.value()}] =
                   with(e.parent.intent, {}, e.parent.stop, head);
    }
    Roots of(const ParentAllocated& e, const RecordHead& head) {
        Roots& roots = parents_[e.allocation.parent];
        const Sequence root{e.allocation.intent.value()};
        const auto opened = opened_.find(e.allocation.parent);
        const bool joins = std::ranges::find(roots, root) == roots.end();
        add_root(roots, root);
        if (!root.is_none() && joins && opened != opened_.end()) put(root, opened->second);
        return roots.empty() ? with({}, {}, {}, head) : roots;
    }
    Roots of(const ParentClosed& e, const RecordHead& head) {
        return with(e.intent, e.parent, {}, head);
    }
    Roots of(const OrderSubmitted& e, const RecordHead& head) {
        return orders_[OrderId{head.sequence.value()}] =
                   with(e.order.intent, e.order.parent, e.order.stop, head);
    }
    Roots of(const OrderFilled& e, const RecordHead&) { return found(orders_, e.fill.order); }
    Roots of(const FillUpgraded& e, const RecordHead&) { return found(orders_, e.fill.order); }
    Roots of(const FillAllocated& e, const RecordHead& head) {
        Roots roots = found(orders_, e.order);
        for (const Sequence root : with(e.intent, e.parent, {}, head))
            if (root != head.correlation || roots.empty()) add_root(roots, root);
        return roots;
    }
    Roots of(const InternalCross& e, const RecordHead&) {
        Roots roots{Sequence{e.buy_intent.value()}};
        add_root(roots, Sequence{e.sell_intent.value()});
        return roots;
    }
    Roots of(const StopArmed& e, const RecordHead& head) {
        return stops_[StopId{head.sequence.value()}] = with(e.intent, {}, {}, head);
    }
    template <class Body>
    Roots of(const Body& body, const RecordHead& head) {
        if constexpr (requires { body.round; }) {
            return {Sequence{body.round.value()}};
        } else if constexpr (requires { body.order.value(); }) {
            return found(orders_, body.order);
        } else if constexpr (std::is_same_v<Body, StopMoved> ||
                             std::is_same_v<Body, StopTriggered> ||
                             std::is_same_v<Body, StopClosed>) {
            return found(stops_, body.id);
        } else if constexpr (requires { body.intent.value(); }) {
            return {Sequence{body.intent.value()}};
        } else if constexpr (std::is_same_v<Body, CommandHandled>) {
            return {head.correlation};
        } else {
            return other(head);
        }
    }
    // What names a story, or names nothing and was caused by what belongs to one.
    Roots other(const RecordHead& head) const {
        if (out_.stories_.contains(head.correlation)) return {head.correlation};
        if (!head.correlation.is_none()) return {};
        Roots roots;
        add_root(roots, out_.root_of(head.causation));
        return roots;
    }

    Stories& out_;
    std::optional<KeptRecord> cause_;
    std::map<ParentId, Roots> parents_;
    std::map<ParentId, std::size_t> opened_;
    std::map<OrderId, Roots> orders_;
    std::map<StopId, Roots> stops_;
};

Result<Stories> Stories::read(const std::filesystem::path& journal) {
    Stories stories;
    StorySorter sorter{stories};
    TRY(read_journal(journal, Sequence{1}, [&](const ports::Batch& batch) -> Result<void> {
        return for_each_record(batch.first, batch.payload,
                               [&](const Record& record) -> Result<void> {
                                   sorter.add(record);
                                   return {};
                               });
    }));
    return stories;
}

std::vector<Sequence> Stories::roots() const {
    std::vector<Sequence> out;
    for (const auto& [root, story] : stories_)
        out.push_back(root);
    return out;
}

Sequence Stories::root_of(Sequence id) const {
    if (stories_.contains(id)) return id;
    const auto at = std::ranges::lower_bound(
        records_, id, {}, [](const KeptRecord& record) { return record.head().sequence; });
    if (at == records_.end() || at->head().sequence != id) return {};
    return roots_[static_cast<std::size_t>(at - records_.begin())];
}

Explanation Stories::story(Sequence root) const {
    Explanation explanation;
    explanation.asked = explanation.root = root;
    const auto found = stories_.find(root);
    if (found == stories_.end()) return explanation;
    const Story& story = found->second;
    if (story.cause) explanation.records.push_back(*story.cause);
    for (const std::size_t index : story.records)
        explanation.records.push_back(records_[index]);
    return explanation;
}

} // namespace grekko::sqlite
