#include "io/import/universe.hpp"

#include <array>
#include <cstring>

namespace grekko::importing {
namespace {

// The longer of two that end alike stands first.
constexpr std::array<std::string_view, 20> usual_quotes{
    "FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USDP", "DAI", "USD", "EUR", "GBP",
    "TRY",   "BRL",  "JPY",  "AUD",  "BTC",  "ETH",  "BNB", "XRP", "TRX", "DOGE"};
constexpr std::array<std::string_view, 2> majors{"BTC", "ETH"};

template <class Amount>
Amount amount_of(grekko_decimal plain) {
    const auto raw = static_cast<Int128>(
        (static_cast<UInt128>(static_cast<std::uint64_t>(plain.high)) << 64U) | plain.low);
    return Amount{Decimal::checked_from_raw(raw).value_or(Decimal{})};
}

template <std::size_t N>
std::string_view view(const char (&text)[N]) {
    return {text, strnlen(text, N)};
}

template <class Amount>
void set_known(Amount& target, grekko_decimal plain) {
    const auto value = amount_of<Amount>(plain);
    if (value.is_positive()) target = value;
}

Listing listing_of(const grekko_listing& plain) {
    Listing listing;
    set_known(listing.tick, plain.tick);
    set_known(listing.lot, plain.lot);
    set_known(listing.market_lot, plain.market_lot);
    set_known(listing.quantity_min, plain.quantity_min);
    set_known(listing.quantity_max, plain.quantity_max);
    set_known(listing.price_min, plain.price_min);
    set_known(listing.price_max, plain.price_max);
    set_known(listing.notional_min, plain.notional_min);
    if (plain.status != 0) listing.status = static_cast<TradingStatus>(plain.status);
    return listing;
}

} // namespace

SymbolParts split_symbol(std::string_view symbol) {
    const std::size_t mark = symbol.find_first_of("-/_");
    if (mark != symbol.npos) {
        return {std::string{symbol.substr(0, mark)}, std::string{symbol.substr(mark + 1)}};
    }
    for (const std::string_view quote : usual_quotes) {
        if (symbol.size() > quote.size() && symbol.ends_with(quote)) {
            symbol.remove_suffix(quote.size());
            return {std::string{symbol}, std::string{quote}};
        }
    }
    return {};
}

Result<Universe> make_universe(std::string_view venue, std::span<const grekko_listing> listings) {
    Universe universe;
    universe.instruments.emplace_back(); // slot 0
    universe.venues.resize(2);
    universe.venues[1].id = VenueId{1};
    universe.venues[1].name = venue;
    for (const grekko_listing& plain : listings) {
        SymbolParts parts{std::string{view(plain.base)}, std::string{view(plain.quote)}};
        if (parts.base.empty()) parts = split_symbol(view(plain.symbol));
        const std::string symbol =
            parts.base.empty() ? std::string{view(plain.symbol)} : parts.base + "-" + parts.quote;
        const bool fits = !symbol.empty() && symbol.size() <= Symbol::capacity() &&
                          parts.base.size() <= Currency::capacity() &&
                          parts.quote.size() <= Currency::capacity();
        if (!fits || universe.find(symbol) != nullptr) {
            return make_error(ErrorCode::invalid_argument,
                              "\"" + symbol + "\" is too long for an instrument, or named twice");
        }
        Instrument instrument;
        instrument.id = InstrumentId{static_cast<std::uint16_t>(universe.instruments.size())};
        instrument.symbol = std::string_view{symbol};
        instrument.base = std::string_view{parts.base};
        instrument.quote = std::string_view{parts.quote};
        for (const std::string_view major : majors)
            instrument.major = instrument.major || parts.base == major;
        Listing listing = listing_of(plain);
        listing.instrument = instrument.id;
        listing.venue = VenueId{1};
        if (universe.instruments.size() == 1 && !parts.quote.empty()) {
            universe.base_currency = std::string_view{parts.quote};
        }
        universe.instruments.push_back(instrument);
        universe.listings.push_back(listing);
    }
    return universe;
}

Result<Universe> make_universe(std::string_view venue, std::span<const std::string> symbols) {
    std::vector<grekko_listing> listings;
    for (const std::string& symbol : symbols) {
        grekko_listing& listing = listings.emplace_back();
        listing.size = sizeof listing;
        if (symbol.size() >= sizeof listing.symbol) {
            return make_error(ErrorCode::invalid_argument,
                              "the symbol \"" + symbol + "\" is longer than 23 characters");
        }
        symbol.copy(listing.symbol, sizeof listing.symbol - 1);
    }
    return make_universe(venue, listings);
}

} // namespace grekko::importing
