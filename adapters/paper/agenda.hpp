// Agenda: what will happen at the venue by itself: requests that travel, orders that expire, fills
// that a bar has decided and its close makes known. Each entry says when it happens and when its
// first report is due, so that the host can be told before anything has happened. It decides
// nothing; the venue owns one.
#pragma once

#include <grekko/actions.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "paper/config.hpp"

namespace grekko::paper {

enum class Happening : std::uint8_t { arrival = 1, expiry, bar_fill, no_market };

struct Entry {
    Happening kind{};
    grekko_time at{0};  // when it happens at the venue
    grekko_time due{0}; // when its first report reaches the host, at or after `at`
    std::uint64_t order{0};
    grekko_request request{}; // of an arrival
    Decimal price, quantity;  // of a bar's fill
    std::uint8_t liquidity{0};
    bool triggers{false};
};

class Agenda {
public:
    using Ticket = std::uint64_t; // 0: none

    Ticket add(const Entry& entry);
    void remove(Ticket ticket); // harmless for one that has happened
    void postpone_report(Ticket ticket, grekko_time due);
    const Entry* find(Ticket ticket) const;
    // The earliest entry at or before `now`, taken out.
    std::optional<Entry> take(grekko_time now);
    std::optional<grekko_time> next_due() const;
    std::size_t size() const { return entries_.size(); }

private:
    std::map<Ticket, Entry> entries_;
    std::set<std::pair<grekko_time, Ticket>> by_time_;
    std::set<std::pair<grekko_time, Ticket>> by_due_;
    Ticket last_{0};
};

} // namespace grekko::paper
