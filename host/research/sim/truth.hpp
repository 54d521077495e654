// Truth: what really happened at the venues, seen between them and the faults: every order that
// arrived, every fill once, the money. The checks compare the host's books with it. It decides
// nothing and the engine never sees it. FaultyVenue writes it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/effect.hpp"
#include "domain/input.hpp"
#include "research/sim/findings.hpp"

namespace grekko::sim {

struct TrueOrder {
    Order order; // as in force there
    Order replacement;
    Quantity filled;
    bool arrived{false}, open{false};
    bool ended{false}; // for good: an older report that comes later does not open it again
    Instant sent_at;
};

struct TrueFill {
    OrderId order;
    VenueId venue;
    Side side{};
    InstrumentId instrument;
    Price price;
    Quantity quantity;
    Decimal fee;
    Currency fee_currency;
};

using AccountKey = std::pair<VenueId, Currency>;
using TradeKey = std::pair<VenueId, std::string>;

class Truth {
public:
    Truth(const Universe& universe, Decimal cash);

    // The host lets go of a request.
    void sent(const PlaceOrder& request, Instant now, Findings& findings);
    void sent(const ReplaceOrder& request, Instant now);
    // The venue says so, before any fault touches it. What it tells again counts once.
    void told(VenueId venue, const VenueReport& report);

    const std::map<OrderId, TrueOrder>& orders() const { return orders_; }
    const std::map<TradeKey, TrueFill>& fills() const { return fills_; }
    const TrueOrder* find(OrderId id) const;
    // What the account holds: cash, or base of what was bought, fees taken off.
    Decimal balance(VenueId venue, Currency currency) const;
    // What rests or is on its way through there.
    const std::set<OrderId>& open() const { return open_; }
    // What the orders of a parent have filled there, whatever the host knows of it.
    const std::map<ParentId, Quantity>& filled() const { return filled_by_parent_; }

private:
    void booked(VenueId venue, const VenueReport& report);

    const Universe& universe_;
    std::map<OrderId, TrueOrder> orders_;
    std::map<std::string, OrderId> by_client_;
    std::map<TradeKey, TrueFill> fills_;
    std::map<AccountKey, Decimal> balances_;
    std::set<OrderId> open_;
    std::map<ParentId, Quantity> filled_by_parent_;
};

} // namespace grekko::sim
