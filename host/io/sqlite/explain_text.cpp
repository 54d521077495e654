#include "io/sqlite/explain.hpp"

#include <map>
#include <set>

#include "domain/names.hpp"
#include "io/sqlite/render.hpp"
#include "io/sqlite/text_table.hpp"

namespace grekko::sqlite {
namespace {

using namespace events;

std::string number(std::uint64_t value) {
    return std::to_string(value);
}
std::string text(std::string_view value) {
    return std::string{value};
}
template <class T>
std::string amount(T value) {
    return value.is_zero() ? "-" : value.to_string();
}
std::string quoted(std::string_view value) {
    return value.empty() ? "-" : "\"" + text(value) + "\"";
}

// Takes the records one by one and sorts what they say into sections.
class Sections {
public:
    explicit Sections(const ExplainNames& names) : names_{names} {}

    void add(const KeptRecord& record) {
        at_ = record.head().at;
        if (begun_.is_none()) begun_ = at_;
        const bool known = visit_record(
            record.head(), [&](const auto& body, const RecordHead& head) { on(body, head); });
        if (!known) rest(record.head());
    }
    // The records that no section shows, with all their fields: nothing is left out.
    void add_rest(const KeptRecord& record) {
        if (!in_rest_.contains(record.head().sequence.value())) return;
        rest_.add({number(record.head().sequence.value()), text(record_name(record.head().tag)),
                   render_data({record.head(), record.body()})});
    }

    std::string join() const {
        std::string out = intent_;
        if (!votes_.empty() || !round_.empty()) out += "\nVotes\n" + round_ + votes_.text(2);
        if (!tally_.empty()) out += "\nTally\n" + tally_;
        if (!risk_.empty()) out += "\nRisk\n" + risk_;
        if (!orders_.empty()) out += "\nOrders\n" + orders_.text(2);
        if (!steps_.empty()) out += "\nSteps\n" + steps_.text(2);
        if (!fills_.empty()) out += "\nFills\n" + fills_.text(2);
        if (!shares_.empty()) out += "\nShares\n" + shares_.text(2);
        if (!outcome_.empty()) out += "\nOutcome\n" + outcome_;
        if (!rest_.empty()) out += "\nAll else\n" + rest_.text(2);
        return out;
    }

private:
    std::string after() const { return "+" + to_string(at_ - begun_); }

    void intent(const Intent& intent, const std::string& title) {
        intent_ += title + ": " + text(name(intent.side())) + " " + intent.size().to_string() +
                   " " + names_.instrument(intent.instrument) + " by " +
                   names_.agent(intent.agent) + ", " + to_string(at_) + "\n";
        TextTable table{
            {"mark", "target", "limit", "stop", "take", "trail", "confidence", "horizon"}};
        table.add({amount(intent.reference), intent.target.to_string(), amount(intent.limit),
                   amount(intent.stop), amount(intent.take), amount(intent.trail),
                   intent.confidence.to_string(), to_string(intent.horizon)});
        intent_ += table.text(2) + "  reason " + quoted(intent.reason.view()) + "\n";
    }
    void on(const IntentProposed& e, const RecordHead& head) {
        intent(e.intent, "Intent " + number(head.sequence.value()));
        intent_ += "  route  " + text(name(e.route)) +
                   (e.increase ? ", increase" : ", no increase") + "\n";
    }
    void on(const IntentRefused& e, const RecordHead& head) {
        intent(e.intent, "Refused intent " + number(head.sequence.value()));
        intent_ += "  refused: " + text(name(e.reason)) + "\n";
    }
    void on(const RoundOpened& e, const RecordHead&) {
        round_ += "  " + number(e.members) + " members in " + number(e.groups) +
                  " groups, deadline " + to_string(e.deadline) + ", value " + amount(e.value) +
                  "\n";
    }
    void on(const RoundMember& e, const RecordHead&) {
        members_[e.agent.value()] = e.weight.to_string() + (e.veto ? " veto" : "");
    }
    void on(const VoteCast& e, const RecordHead&) {
        const auto weight = members_.find(e.vote.agent.value());
        const char* note = e.late       ? "late"
                           : e.abstains ? "abstains"
                           : e.counted  ? ""
                                        : "not counted";
        votes_.add({names_.agent(e.vote.agent), text(name(e.vote.ballot)),
                    e.vote.confidence.to_string(), e.vote.max.to_string(),
                    weight == members_.end() ? "-" : weight->second, to_string(e.after), note,
                    quoted(e.vote.reason.view())});
    }
    void on(const RoundClosed& e, const RecordHead&) {
        tally_ += "  " + text(name(e.outcome)) + " after " + to_string(e.took) + ": " +
                  number(e.approvals) + " for, " + number(e.rejections) + " against, " +
                  number(e.abstentions) + " abstained, " + number(e.misses) + " missed, of " +
                  number(e.eligible) + "\n";
        TextTable table{{"approval", "threshold", "quorum", "fraction", "quantity", "mark"}};
        table.add({e.approval.to_string(), e.threshold.to_string(), e.quorum.to_string(),
                   e.fraction.to_string(), e.quantity.to_string(), amount(e.mark)});
        tally_ += table.text(2);
        if (!e.vetoed_by.is_none()) tally_ += "  vetoed by " + names_.agent(e.vetoed_by) + "\n";
    }

    std::string checks(std::uint64_t set) const {
        std::string out;
        for (unsigned i = 1; i <= names_.checks; ++i) {
            if ((set >> i & 1U) == 0) continue;
            out += (out.empty() ? "" : ", ") + number(i) + " " + names_.check(i);
        }
        return out.empty() ? "-" : out;
    }
    void on(const RiskAssessed& e, const RecordHead& head) {
        risk_ += "  " + number(head.sequence.value()) + " " + text(name(e.kind)) + " " +
                 text(name(e.verdict)) + ": requested " + e.requested.to_string() + ", approved " +
                 e.approved.to_string() + ", mark " + amount(e.mark) + ", limit " +
                 amount(e.limit) + ", NAV " + amount(e.nav) + ", score " + e.score.to_string() +
                 "\n";
        if (e.reason != 0) risk_ += "    reason   " + checks(std::uint64_t{1} << e.reason) + "\n";
        risk_ += "    blocked  " + checks(e.blocked) + "\n";
        risk_ += "    reduced  " + checks(e.reduced) + "\n";
        risk_ += "    warned   " + checks(e.warned) + "\n";
        risk_ += "    silent   " + checks(~(e.blocked | e.reduced | e.warned)) + "\n";
    }

    void on(const OrderSubmitted& e, const RecordHead& head) {
        orders_.add({number(head.sequence.value()), names_.venue(e.order.venue),
                     text(name(e.order.side)), text(name(e.order.type)),
                     text(name(e.order.purpose)), e.order.quantity.to_string(),
                     amount(e.order.limit), amount(e.order.trigger), e.order.client_id.string()});
        step(head.sequence.value(), "submitted", "");
    }
    void step(std::uint64_t order, std::string what, std::string detail) {
        steps_.add({after(), number(order), std::move(what), std::move(detail)});
    }
    void on(const OrderAccepted& e, const RecordHead&) {
        step(e.order.value(), "accepted", e.venue_order_id.string());
    }
    void on(const OrderRejected& e, const RecordHead&) {
        step(e.order.value(), "rejected", text(name(e.reason)) + " " + e.text.string());
    }
    void on(const CancelRequested& e, const RecordHead&) {
        step(e.order.value(), "cancel requested", text(name(e.why)));
    }
    void on(const OrderCancelled& e, const RecordHead&) { step(e.order.value(), "cancelled", ""); }
    void on(const OrderExpired& e, const RecordHead&) { step(e.order.value(), "expired", ""); }
    void on(const OrderUnknown& e, const RecordHead&) { step(e.order.value(), "unknown", ""); }
    void on(const OrderLapsed& e, const RecordHead&) {
        step(e.order.value(), "lapsed", "decided before a crash, never sent");
    }
    void on(const OrderFilled& e, const RecordHead&) {
        step(e.fill.order.value(), text(name(e.status)), "total " + e.filled.to_string());
        fills_.add({after(), number(e.fill.order.value()), names_.venue(e.fill.venue),
                    text(name(e.fill.side)), e.fill.quantity.to_string(), e.fill.price.to_string(),
                    amount(e.fill.fee) + " " + e.fill.fee_currency.string(),
                    text(name(e.fill.liquidity)), e.fill.trade_id.string()});
    }
    void on(const FillAllocated& e, const RecordHead&) {
        shares_.add({names_.agent(e.agent), number(e.order.value()), text(name(e.side)),
                     e.quantity.to_string(), e.price.to_string(), e.value.to_string(),
                     amount(e.fee_quote)});
    }
    void on(const ParentClosed& e, const RecordHead&) {
        outcome_ += "  parent " + number(e.parent.value()) + " " + text(name(e.end)) + ": filled " +
                    e.filled.to_string() + " of " + e.decided.to_string() + ", mean " +
                    amount(e.mean) + ", arrival " + amount(e.arrival) + ", fees " + amount(e.fees) +
                    "\n";
    }
    void on(const IntentClosed& e, const RecordHead&) {
        const Notional pnl = e.signal - e.delay - e.execution - e.fees - e.funding;
        outcome_ += "  filled " + e.filled.to_string() + " of " + e.requested.to_string() +
                    ", marks: proposed " + amount(e.mark_proposed) + ", decided " +
                    amount(e.mark_decided) + ", mean " + amount(e.mean) + ", end " +
                    amount(e.mark_end) + "\n";
        TextTable table{
            {"PnL", "= signal", "- delay", "- execution", "- fees", "- funding", "(not taken)"}};
        table.add({pnl.to_string(), e.signal.to_string(), e.delay.to_string(),
                   e.execution.to_string(), e.fees.to_string(), e.funding.to_string(),
                   e.not_taken.to_string()});
        outcome_ += table.text(2);
    }
    template <class Other>
    void on(const Other&, const RecordHead& head) {
        rest(head);
    }
    void rest(const RecordHead& head) { in_rest_.insert(head.sequence.value()); }

    const ExplainNames& names_;
    Instant at_, begun_;
    std::map<std::uint16_t, std::string> members_;
    std::set<std::uint64_t> in_rest_;
    std::string intent_, round_, tally_, risk_, outcome_;
    TextTable votes_{{"agent", "ballot", "confidence", "max", "weight", "after", "note", "reason"}};
    TextTable orders_{
        {"order", "venue", "side", "type", "purpose", "quantity", "limit", "trigger", "client id"}};
    TextTable steps_{{"after", "order", "state", "detail"}};
    TextTable fills_{
        {"after", "order", "venue", "side", "quantity", "price", "fee", "liquidity", "trade"}};
    TextTable shares_{{"agent", "order", "side", "quantity", "price", "value", "fee"}};
    TextTable rest_{{"record", "type", "fields"}};
};

} // namespace

std::string explain_text(const Explanation& explanation, const ExplainNames& names) {
    Sections sections{names};
    for (const KeptRecord& record : explanation.records)
        sections.add(record);
    for (const KeptRecord& record : explanation.records)
        sections.add_rest(record);
    return "Record " + number(explanation.asked.value()) + ", begun by record " +
           number(explanation.root.value()) + "\n\n" + sections.join();
}

} // namespace grekko::sqlite
