// Between the C structs of the SDK and the structs of the domain: market records have one layout
// and are viewed, requests and reports are copied field by field. Nothing is validated here but
// what an enum or a text could break. Used by whatever hosts a plugin.
#pragma once

#include <grekko/actions.h>
#include <grekko/events.h>

#include "domain/effect.hpp"
#include "domain/input.hpp"
#include "domain/market.hpp"

namespace grekko::plugin {

inline const grekko_market_head* to_sdk(const MarketHead& record) {
    return reinterpret_cast<const grekko_market_head*>(&record);
}

grekko_decimal to_sdk(Decimal value);
// None where the words are outside the range of a Decimal.
std::optional<Decimal> from_sdk(grekko_decimal value);

grekko_request place_request(const Order& order, Instant now);
grekko_request replace_request(const ReplaceOrder& replace, Instant now);
grekko_request cancel_request(const CancelOrder& cancel, Instant now);
grekko_request query_request(const QueryOrder& query, Instant now);
grekko_request snapshot_request(const QuerySnapshot& snapshot, Instant now);

// Error invalid_input names the field that makes no sense; the report is then dropped and counted.
Result<VenueReport> from_sdk(const grekko_report& report, VenueId venue);

}  // namespace grekko::plugin
