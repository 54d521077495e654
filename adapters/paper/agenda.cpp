#include "paper/agenda.hpp"

namespace grekko::paper {

Agenda::Ticket Agenda::add(const Entry& entry) {
    const Ticket ticket = ++last_;
    entries_.emplace(ticket, entry);
    by_time_.emplace(entry.at, ticket);
    by_due_.emplace(entry.due, ticket);
    return ticket;
}

void Agenda::remove(Ticket ticket) {
    const auto found = entries_.find(ticket);
    if (found == entries_.end()) return;
    by_time_.erase({found->second.at, ticket});
    by_due_.erase({found->second.due, ticket});
    entries_.erase(found);
}

void Agenda::postpone_report(Ticket ticket, grekko_time due) {
    const auto found = entries_.find(ticket);
    if (found == entries_.end() || found->second.due >= due) return;
    by_due_.erase({found->second.due, ticket});
    found->second.due = due;
    by_due_.emplace(due, ticket);
}

const Entry* Agenda::find(Ticket ticket) const {
    const auto found = entries_.find(ticket);
    return found == entries_.end() ? nullptr : &found->second;
}

std::optional<Entry> Agenda::take(grekko_time now) {
    if (by_time_.empty() || by_time_.begin()->first > now) return std::nullopt;
    const Ticket ticket = by_time_.begin()->second;
    const Entry entry = entries_.find(ticket)->second;
    remove(ticket);
    return entry;
}

std::optional<grekko_time> Agenda::next_due() const {
    if (by_due_.empty()) return std::nullopt;
    return by_due_.begin()->first;
}

} // namespace grekko::paper
