#include "coinbase/listings.hpp"

#include <grekko/decimal.hpp>

#include <simdjson.h>

namespace grekko::coinbase {
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

bool is_set(const dom::element& element, const char* key) {
    bool value = false;
    return element[key].get(value) == simdjson::SUCCESS && value;
}

std::uint8_t status_of(const dom::element& product) {
    std::string_view status;
    if (product["status"].get(status) == simdjson::SUCCESS && status == "delisted") {
        return GREKKO_REMOVED;
    }
    const bool halted = is_set(product, "is_disabled") || is_set(product, "trading_disabled") ||
                        is_set(product, "view_only") || is_set(product, "auction_mode");
    if (halted) return GREKKO_HALTED;
    if (is_set(product, "cancel_only")) return GREKKO_CANCEL_ONLY;
    if (is_set(product, "post_only")) return GREKKO_POST_ONLY;
    return is_set(product, "limit_only") ? GREKKO_LIMIT_ONLY : GREKKO_TRADING;
}

} // namespace

bool is_product_list(std::string_view url) {
    return url.find("/products") != url.npos;
}

std::string decode_products(std::string_view body, std::vector<grekko_listing>& listings) {
    listings.clear();
    dom::parser parser;
    dom::array products;
    dom::element root;
    if (const auto error = parser.parse(body.data(), body.size()).get(root)) {
        return simdjson::error_message(error);
    }
    if (const auto error = root["products"].get(products)) return simdjson::error_message(error);
    for (const dom::element& product : products) {
        grekko_listing listing{};
        listing.size = sizeof listing;
        const bool named = copy_text(product, "product_id", listing.symbol) &&
                           copy_text(product, "base_currency_id", listing.base) &&
                           copy_text(product, "quote_currency_id", listing.quote);
        if (!named) continue; // futures have no currencies, some names are too long for the host
        listing.status = status_of(product);
        copy_amount(product, "price_increment", listing.tick);
        copy_amount(product, "base_increment", listing.lot);
        copy_amount(product, "base_min_size", listing.quantity_min);
        copy_amount(product, "base_max_size", listing.quantity_max);
        copy_amount(product, "quote_min_size", listing.notional_min);
        listings.push_back(listing);
    }
    return {};
}

} // namespace grekko::coinbase
