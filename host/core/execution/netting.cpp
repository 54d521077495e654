#include <algorithm>
#include <tuple>

#include "core/execution/execution.hpp"

namespace grekko::execution {
namespace {

// One allocation of one approved request, with what is left of it.
struct Claim {
    const ParentRequest* request{nullptr};
    Allocation allocation;
    Quantity rest;
};

auto precedence(const Claim& claim) {
    const Allocation& allocation = claim.allocation;
    return std::tuple{!reduces(allocation.purpose), allocation.agent, allocation.intent};
}

std::vector<Claim> claims_of(std::span<const ParentRequest> approved, InstrumentId instrument,
                             Side side) {
    std::vector<Claim> claims;
    for (const ParentRequest& request : approved) {
        const Parent& parent = request.parent;
        if (parent.instrument != instrument || parent.side != side) continue;
        for (const Allocation& allocation : request.allocations) {
            if (!allocation.quantity.is_positive()) continue;
            claims.push_back({&request, allocation, allocation.quantity});
        }
    }
    std::stable_sort(claims.begin(), claims.end(),
                     [](const Claim& a, const Claim& b) { return precedence(a) < precedence(b); });
    return claims;
}

bool accepts(const Claim& claim, Price price) {
    const Parent& parent = claim.request->parent;
    if (parent.limit.is_zero()) return true;
    return parent.side == Side::buy ? price <= parent.limit : price >= parent.limit;
}

std::optional<events::InternalCross> meet(Claim& buy, Claim& sell, Price price) {
    if (!accepts(buy, price) || !accepts(sell, price)) return std::nullopt;
    if (buy.allocation.agent == sell.allocation.agent) return std::nullopt;
    const Quantity quantity = std::min(buy.rest, sell.rest);
    const auto value = checked_multiply(price, quantity, Rounding::half_even);
    if (!quantity.is_positive() || !value) return std::nullopt;
    buy.rest -= quantity;
    sell.rest -= quantity;
    events::InternalCross event;
    event.buy_intent = buy.allocation.intent;
    event.sell_intent = sell.allocation.intent;
    event.buyer = buy.allocation.agent;
    event.seller = sell.allocation.agent;
    event.instrument = buy.request->parent.instrument;
    event.quantity = quantity;
    event.price = price;
    event.value = *value;
    return event;
}

// Whether a claim can be worked inside a parent that another one began.
bool alike(const Parent& parent, const Claim& claim) {
    const Parent& other = claim.request->parent;
    // A flatten takes the place of what is ending: a late fill of one agent must not be another's.
    if (parent.purpose == Purpose::flatten) return false;
    return parent.limit == other.limit && parent.working == other.working &&
           parent.expires_at == other.expires_at && parent.stop == other.stop &&
           parent.mandate == other.mandate && parent.purpose == claim.allocation.purpose;
}

void join(std::vector<ParentRequest>& parents, const Claim& claim) {
    if (!claim.rest.is_positive()) return;
    Allocation allocation = claim.allocation;
    allocation.quantity = claim.rest;
    const auto fits = [&](const ParentRequest& request) {
        return request.parent.side == claim.request->parent.side &&
               request.parent.instrument == claim.request->parent.instrument &&
               alike(request.parent, claim);
    };
    const auto found = std::find_if(parents.begin(), parents.end(), fits);
    if (found != parents.end()) {
        found->allocations.push_back(allocation);
        found->parent.quantity += claim.rest;
        return;
    }
    ParentRequest request{claim.request->parent, {allocation}};
    request.parent.intent = allocation.intent;
    request.parent.agent = allocation.agent;
    request.parent.purpose = allocation.purpose;
    request.parent.quantity = claim.rest;
    parents.push_back(request);
}

void cross_instrument(std::span<const ParentRequest> approved, InstrumentId instrument,
                      const Mark& mark, Netting& result) {
    std::vector<Claim> buys = claims_of(approved, instrument, Side::buy);
    std::vector<Claim> sells = claims_of(approved, instrument, Side::sell);
    if (mark.known() && !mark.stale && mark.price.is_positive()) {
        for (Claim& buy : buys) {
            for (Claim& sell : sells) {
                if (const auto event = meet(buy, sell, mark.price)) {
                    result.crosses.push_back(*event);
                }
            }
        }
    }
    for (const Claim& claim : buys)
        join(result.parents, claim);
    for (const Claim& claim : sells)
        join(result.parents, claim);
}

} // namespace

Netting cross(std::span<const ParentRequest> approved, const Mark& mark, Instant,
              Quantity contract_size) {
    Netting result;
    std::vector<InstrumentId> instruments;
    for (const ParentRequest& request : approved)
        instruments.push_back(request.parent.instrument);
    std::sort(instruments.begin(), instruments.end());
    const auto last = std::unique(instruments.begin(), instruments.end());
    // A mark belongs to one instrument: several at once are the caller's mistake, not crossed.
    const bool one = last - instruments.begin() == 1;
    for (auto at = instruments.begin(); at != last; ++at) {
        cross_instrument(approved, *at, one ? mark : Mark{}, result);
    }
    for (events::InternalCross& met : result.crosses) {
        if (contract_size == 1_quantity) break;
        met.value =
            Notional{multiply(met.value.decimal(), contract_size.decimal(), Rounding::half_even)};
    }
    std::stable_sort(result.parents.begin(), result.parents.end(),
                     [](const ParentRequest& a, const ParentRequest& b) {
                         return reduces(a.parent.purpose) > reduces(b.parent.purpose);
                     });
    return result;
}

} // namespace grekko::execution
