#include "binance/listings.hpp"

#include <grekko/decimal.hpp>

#include <simdjson.h>

namespace grekko::binance {
namespace {

namespace dom = simdjson::dom;

template <std::size_t N>
bool copy_text(const dom::element& element, const char* key, char (&out)[N]) {
    std::string_view text;
    if (element[key].get(text) != simdjson::SUCCESS || text.empty() || text.size() >= N) {
        return false;
    }
    text.copy(out, N - 1);
    return true;
}

void copy_amount(const dom::element& element, const char* key, grekko_decimal& out) {
    std::string_view text;
    if (element[key].get(text) != simdjson::SUCCESS) return;
    if (const auto value = sdk::Decimal::parse(text)) out = *value;
}

void take_filter(const dom::element& filter, grekko_listing& listing) {
    std::string_view type;
    if (filter["filterType"].get(type) != simdjson::SUCCESS) return;
    if (type == "PRICE_FILTER") {
        copy_amount(filter, "tickSize", listing.tick);
        copy_amount(filter, "minPrice", listing.price_min);
        copy_amount(filter, "maxPrice", listing.price_max);
    } else if (type == "LOT_SIZE") {
        copy_amount(filter, "stepSize", listing.lot);
        copy_amount(filter, "minQty", listing.quantity_min);
        copy_amount(filter, "maxQty", listing.quantity_max);
    } else if (type == "MARKET_LOT_SIZE") {
        copy_amount(filter, "stepSize", listing.market_lot);
    } else if (type == "MIN_NOTIONAL" || type == "NOTIONAL") {
        copy_amount(filter, "minNotional", listing.notional_min);
    }
}

} // namespace

bool is_exchange_info(std::string_view url) {
    return url.find("/exchangeInfo") != url.npos;
}

std::string decode_exchange_info(std::string_view body, std::vector<grekko_listing>& listings) {
    listings.clear();
    dom::parser parser;
    dom::array symbols;
    dom::element root;
    if (const auto error = parser.parse(body.data(), body.size()).get(root)) {
        return simdjson::error_message(error);
    }
    if (const auto error = root["symbols"].get(symbols)) return simdjson::error_message(error);
    for (const dom::element& symbol : symbols) {
        grekko_listing listing{};
        listing.size = sizeof listing;
        const bool named = copy_text(symbol, "symbol", listing.symbol) &&
                           copy_text(symbol, "baseAsset", listing.base) &&
                           copy_text(symbol, "quoteAsset", listing.quote);
        if (!named) continue; // a symbol longer than the host's names cannot be traded here
        std::string_view status;
        if (symbol["status"].get(status) == simdjson::SUCCESS) {
            listing.status = status == "TRADING" ? GREKKO_TRADING : GREKKO_HALTED;
        }
        dom::array filters;
        if (symbol["filters"].get(filters) == simdjson::SUCCESS) {
            for (const dom::element& filter : filters)
                take_filter(filter, listing);
        }
        listings.push_back(listing);
    }
    return {};
}

} // namespace grekko::binance
