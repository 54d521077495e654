#include "app/report/feed.hpp"

#include <algorithm>

#include "core/engine/frame.hpp"
#include "core/risk/breakers.hpp"
#include "core/risk/check.hpp"
#include "domain/names.hpp"

namespace grekko::app {

report::Names core_names() {
    return {[](int check) { return risk::name(static_cast<risk::Check>(check)); },
            [](std::uint32_t cause) { return risk::name(static_cast<risk::BreakerCause>(cause)); },
            [](events::RoundOutcome outcome) { return name(outcome); },
            [](events::IntentRefusal refusal) { return name(refusal); }};
}

ReportFeed::ReportFeed(const Universe& universe,
                       std::vector<std::unique_ptr<ports::TapeReader>> tapes, ReportSpan span)
    : collector_{universe, core_names()},
      tapes_{std::move(tapes)},
      span_{span} {
    if (!span_.traded.is_none()) {
        begin(span_.traded);
    } else if (const MarketHead* first = peek()) {
        begin(first->received_at + span_.warm_up);
    }
}

void ReportFeed::begin(Instant traded) {
    traded_ = traded;
    collector_.start_at(traded);
}

void ReportFeed::add(std::span<const std::byte> records) {
    engine::for_each_record(records, [&](const RecordHead& head) {
        market_up_to(head.at);
        note(head);
        collector_.add({reinterpret_cast<const std::byte*>(&head), head.size});
    });
}

// The next record of the market inside the span; null: there is none.
const MarketHead* ReportFeed::peek() {
    while (peeked_ == nullptr && tape_ < tapes_.size()) {
        const Result<const MarketHead*> record = tapes_[tape_]->next();
        if (!record) {
            error_ = record.error();
            tape_ = tapes_.size();
            return nullptr;
        }
        if (*record == nullptr) {
            ++tape_;
            continue;
        }
        const Instant at = (*record)->received_at;
        if (!span_.from.is_none() && at < span_.from) continue;
        if (!span_.to.is_none() && at > span_.to) {
            tape_ = tapes_.size();
            return nullptr;
        }
        peeked_ = *record;
    }
    return peeked_;
}

void ReportFeed::market_up_to(Instant at) {
    for (const MarketHead* record = peek(); record != nullptr && record->received_at <= at;
         record = peek()) {
        if (first_at_.is_none()) first_at_ = record->received_at;
        count(*record);
        collector_.market(*record);
        peeked_ = nullptr;
    }
}

void ReportFeed::count(const MarketHead& record) {
    if (record.kind == MarketKind::funding) funding_ = true;
    if (record.received_at < traded_) return;
    if (record.kind == MarketKind::bar) {
        gaps_ += reinterpret_cast<const Bar&>(record).missing;
    } else if (record.kind == MarketKind::gap) {
        gaps_ += std::max<std::uint64_t>(1, reinterpret_cast<const Gap&>(record).missing);
    }
}

void ReportFeed::note(const RecordHead& head) {
    if (head.tag != events::AgentRegistered::tag && head.tag != events::GenerationChanged::tag)
        return;
    visit_record(head, [&](const auto& body, const RecordHead&) {
        using Body = std::decay_t<decltype(body)>;
        if constexpr (std::is_same_v<Body, events::AgentRegistered>) {
            names_[body.agent] = body.name.string();
            agents_.try_emplace(body.name.string());
        } else if constexpr (std::is_same_v<Body, events::GenerationChanged>) {
            agents_[names_[body.agent]] =
                body.code_hash.string() + " " + body.parameters_hash.string();
        }
    });
}

std::string ReportFeed::family() const {
    std::string out;
    for (const auto& [name, code] : agents_)
        out += (out.empty() ? "" : ", ") + name;
    return out;
}

std::vector<std::string> ReportFeed::code() const {
    std::vector<std::string> out;
    for (const auto& [name, code] : agents_)
        out.push_back(name + " " + code);
    return out;
}

} // namespace grekko::app
