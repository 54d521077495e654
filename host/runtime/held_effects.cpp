#include "runtime/held_effects.hpp"

#include <algorithm>

#include "core/engine/engine.hpp"

namespace grekko::runtime {

bool HeldEffects::must_wait(const Effect& effect) const {
    if (engine::is_commit(effect)) return true;
    if (effects_.empty()) return false;
    if (const auto* cancel = std::get_if<CancelOrder>(&effect)) return brings(cancel->client_id);
    if (const auto* query = std::get_if<QueryOrder>(&effect)) return brings(query->client_id);
    return std::holds_alternative<QuerySnapshot>(effect);
}

std::optional<VenueReport> HeldEffects::withdraw(const CancelOrder& cancel) {
    const auto meant = std::ranges::find_if(effects_, [&](const Effect& effect) {
        const auto* place = std::get_if<PlaceOrder>(&effect);
        const auto* replace = std::get_if<ReplaceOrder>(&effect);
        return (place != nullptr && place->order.client_id == cancel.client_id) ||
               (replace != nullptr && replace->client_id == cancel.client_id);
    });
    if (meant == effects_.end()) return std::nullopt;
    VenueReport report;
    report.kind = ReportKind::cancelled;
    report.venue = cancel.venue;
    report.instrument = cancel.instrument;
    report.order = cancel.id;
    report.client_id = cancel.client_id;
    report.text = "cancelled before it was sent";
    if (const auto* replace = std::get_if<ReplaceOrder>(&*meant)) {
        report.kind = ReportKind::replace_rejected;
        report.client_id = replace->replacement.client_id;
        withdrawn_.push_back(report.client_id);
    }
    effects_.erase(meant);
    return report;
}

bool HeldEffects::never_left(const ClientOrderId& name) const {
    return std::ranges::find(withdrawn_, name) != withdrawn_.end();
}

bool HeldEffects::brings(const ClientOrderId& name) const {
    return std::ranges::any_of(effects_, [&](const Effect& effect) {
        if (const auto* place = std::get_if<PlaceOrder>(&effect)) {
            return place->order.client_id == name;
        }
        const auto* replace = std::get_if<ReplaceOrder>(&effect);
        return replace != nullptr && replace->replacement.client_id == name;
    });
}

} // namespace grekko::runtime
