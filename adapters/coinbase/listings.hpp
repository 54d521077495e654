// Listings: the rules of each product out of the answer to GET …/market/products: tick, lot,
// bounds, minimum notional. It is no codec of the stream: such an answer is rare and large.
// The decoder keeps them and hands them to the host.
#pragma once

#include <grekko/market_decoder.h>

#include <string>
#include <string_view>
#include <vector>

namespace grekko::coinbase {

// Whether a body is such an answer at all.
bool is_product_list(std::string_view url);

// Fills `listings` (instrument 0) with every product. Empty: good; else what is wrong, in words.
std::string decode_products(std::string_view body, std::vector<grekko_listing>& listings);

} // namespace grekko::coinbase
