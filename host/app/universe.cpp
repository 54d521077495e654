#include "app/universe.hpp"

#include <algorithm>

#include "io/config/suggest.hpp"

namespace grekko::app {
namespace {

bool has_row(const config::Config& config, const char* table, const std::string& name) {
    const std::vector<std::string>& rows = config.rows(table);
    return std::ranges::find(rows, name) != rows.end();
}

Error no_row(const config::Config& config, const char* table, const std::string& name,
             const char* key) {
    const std::vector<std::string>& rows = config.rows(table);
    std::string known;
    for (const std::string& row : rows)
        known += (known.empty() ? "" : ", ") + row;
    return make_error(ErrorCode::invalid_config,
                      std::string{key} + " names \"" + name + "\", which no [[" + table +
                          "]] describes; known: " + known + config::did_you_mean(name, rows));
}

void fill_instrument(Instrument& to, const config::Config& config, const std::string& row) {
    const std::string at = "instruments[" + row + "].";
    if (to.base.empty()) to.base = Currency{config.text(at + "base")};
    if (to.quote.empty()) to.quote = Currency{config.text(at + "quote")};
    to.major = config.flag(at + "major");
    to.kind =
        config.text(at + "kind") == "perpetual" ? InstrumentKind::perpetual : InstrumentKind::spot;
    to.contract_size = Quantity{config.decimal(at + "contract_size")};
    to.default_stop = config.rate(at + "default_stop");
}

void fill_venue(VenueSpec& to, const config::Config& config, const std::string& row) {
    const std::string at = "venues[" + row + "].";
    to.account = Text<40>{config.text(at + "account")};
    to.simulated = config.flag(at + "simulated");
    to.rate_per_second = static_cast<std::uint32_t>(config.whole(at + "rate_per_second"));
    to.latency = config.duration(at + "latency");
}

void fill_listing(Listing& to, const config::Config& config, const std::string& row,
                  const std::string& venue) {
    const std::string at = "listings[" + row + "].";
    to.tick = Price{config.decimal(at + "tick")};
    to.lot = Quantity{config.decimal(at + "lot")};
    to.quantity_min = Quantity{config.decimal(at + "quantity_min")};
    to.quantity_max = Quantity{config.decimal(at + "quantity_max")};
    to.notional_min = Notional{config.decimal(at + "notional_min")};
    to.maker_fee = config.rate(at + "maker_fee");
    to.taker_fee = config.rate(at + "taker_fee");
    to.open_orders_max = static_cast<std::uint32_t>(config.whole(at + "open_orders_max"));
    to.has_stop_orders = config.flag(at + "has_stop_orders");
    to.has_oco = config.flag(at + "has_oco");
    to.replace_is_atomic = config.flag(at + "replace_is_atomic");
    to.fee_in_received_asset = config.flag("venues[" + venue + "].fee_in_received_asset");
}

} // namespace

Result<Universe> make_universe(const config::Config& config,
                               const std::vector<std::string>& symbols, const std::string& venue) {
    Universe universe;
    universe.base_currency = Currency{config.text("book.base_currency")};
    universe.instruments.resize(1);
    universe.venues.resize(2);
    if (!has_row(config, "venues", venue)) return no_row(config, "venues", venue, "run.venue");
    universe.venues[1].id = VenueId{1};
    universe.venues[1].name = Text<24>{venue};
    fill_venue(universe.venues[1], config, venue);
    if (symbols.empty()) {
        return make_error(ErrorCode::invalid_config,
                          "run.symbols is empty; name what to trade, such as [\"BTC-USD\"]");
    }
    for (const std::string& symbol : symbols) {
        if (!has_row(config, "instruments", symbol)) {
            return no_row(config, "instruments", symbol, "run.symbols");
        }
        const std::string row = symbol + "@" + venue;
        if (!has_row(config, "listings", row)) {
            return make_error(ErrorCode::invalid_config, symbol + " is not listed on " + venue +
                                                             "; add a [[listings]] with both");
        }
        Instrument instrument;
        instrument.id = InstrumentId{static_cast<std::uint16_t>(universe.instruments.size())};
        instrument.symbol = Symbol{symbol};
        instrument.finest_bar = config.duration("run.interval");
        fill_instrument(instrument, config, symbol);
        universe.instruments.push_back(instrument);
        Listing listing;
        listing.instrument = instrument.id;
        listing.venue = VenueId{1};
        fill_listing(listing, config, row, venue);
        universe.listings.push_back(listing);
    }
    return refine(std::move(universe), config);
}

Universe refine(Universe universe, const config::Config& config) {
    universe.base_currency = Currency{config.text("book.base_currency")};
    bool countable = universe.instruments.size() < 2;
    for (Instrument& instrument : universe.instruments) {
        const std::string symbol = instrument.symbol.string();
        if (has_row(config, "instruments", symbol)) fill_instrument(instrument, config, symbol);
        countable = countable || instrument.quote == universe.base_currency;
    }
    if (!countable) universe.base_currency = universe.instruments[1].quote;
    for (VenueSpec& venue : universe.venues) {
        const std::string name = venue.name.string();
        if (has_row(config, "venues", name)) fill_venue(venue, config, name);
    }
    for (Listing& listing : universe.listings) {
        const std::string venue = universe.venue(listing.venue).name.string();
        const std::string row =
            universe.instrument(listing.instrument).symbol.string() + "@" + venue;
        if (has_row(config, "listings", row)) fill_listing(listing, config, row, venue);
    }
    return universe;
}

void apply_fees(Universe& universe, Fees fees) {
    if (fees == Fees::listed) return;
    for (Listing& listing : universe.listings) {
        listing.maker_fee = Rate{};
        listing.taker_fee = Rate{};
    }
}

Result<std::vector<Cash>> starting_cash(const config::Config& config, const Universe& universe) {
    std::vector<Cash> out;
    for (const VenueSpec& venue : universe.venues) {
        if (venue.id.is_none()) continue;
        const std::string key = "venues[" + venue.name.string() + "].cash";
        bool base = false;
        for (const std::string& item : config.list(key)) {
            const std::size_t blank = item.find(' ');
            const Result<Decimal> amount = Decimal::parse(item.substr(0, blank));
            const bool two = blank != std::string::npos && item.rfind(' ') == blank;
            if (!two || !amount || amount->is_negative()) {
                return make_error(ErrorCode::invalid_config,
                                  key + " has \"" + item +
                                      "\"; write amount and currency, such as \"100000 USD\"");
            }
            const Currency currency{item.substr(blank + 1)};
            const bool used = std::ranges::any_of(universe.instruments, [&](const Instrument& i) {
                return i.base == currency || i.quote == currency;
            });
            if (!used) continue;
            base = base || currency == universe.base_currency;
            out.push_back({venue.id, currency, *amount});
        }
        if (!base) out.push_back({venue.id, universe.base_currency, 100'000_d});
    }
    return out;
}

} // namespace grekko::app
