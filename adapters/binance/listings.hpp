// Listings: the rules of each symbol out of the answer to GET /api/v3/exchangeInfo: tick, lot,
// bounds, minimum notional. It is no codec of the stream: such an answer is rare and large.
// The decoder keeps them and hands them to the host.
#pragma once

#include <grekko/market_decoder.h>

#include <string>
#include <string_view>
#include <vector>

namespace grekko::binance {

// Whether a body is such an answer at all.
bool is_exchange_info(std::string_view url);

// Fills `listings` (instrument 0) with every symbol. Empty: good; else what is wrong, in words.
std::string decode_exchange_info(std::string_view body, std::vector<grekko_listing>& listings);

} // namespace grekko::binance
