// The keys of what is traded and where: venues, instruments, listings.
#include "io/config/keys.hpp"

namespace grekko::config {
namespace {

void add_venues(Schema& schema) {
    schema.add(Table{"venues", {"name"}, false});
    schema.add(keys::text("venues[].name", "", "Name of the venue."));
    schema.add(keys::text("venues[].account", "paper",
                          "Account id at the venue; it belongs to one book."));
    schema.add(keys::flag("venues[].simulated", "true",
                          "Whether orders go to the paper venue instead of the real one."));
    schema.add(keys::whole("venues[].rate_per_second", "10", {"1", "10000", "requests"},
                           "Requests that the venue allows in a second."));
    schema.add(keys::duration("venues[].latency", "80ms", {"0s", "10s", ""},
                              "Median time that an order takes to the venue."));
    schema.add(keys::duration("venues[].latency_p99", "400ms", {"0s", "60s", ""},
                              "99th percentile of the same."));
    schema.add(keys::list("venues[].cash", "",
                          "Money at a simulated venue from the start, such as [\"100000 USD\"]."));
    schema.add(keys::flag(
        "venues[].fee_in_received_asset", "false",
        "Whether fees are taken from what is bought (Binance) instead of the quote currency."));
    schema.add(keys::text("venues[].fee_tier", "as configured",
                          "Which tier the fees of its listings are and as of when, for reports."));
    schema.add(
        keys::secret("venues[].api_key", "Reference to the API key, env:NAME or file:PATH."));
    schema.add(
        keys::secret("venues[].api_secret", "Reference to the API secret, env:NAME or file:PATH."));
}

void add_instruments(Schema& schema) {
    schema.add(Table{"instruments", {"symbol"}, false});
    schema.add(keys::text("instruments[].symbol", "", "Symbol, such as \"BTC-USD\"."));
    schema.add(keys::text("instruments[].base", "", "Currency that is bought and sold."));
    schema.add(keys::text("instruments[].quote", "", "Currency that prices are in."));
    schema.add(keys::flag("instruments[].major", "false",
                          "Major coins (BTC, ETH) have the wider limit of check 23."));
    schema.add(
        keys::choice("instruments[].kind", {"spot", "perpetual"}, "spot", "Kind of contract."));
    schema.add(keys::amount("instruments[].contract_size", "1", {"0", "", "base units"},
                            "Base units in a contract."));
    schema.add(keys::share("instruments[].default_stop", "0.05", {"0.0001", "0.5", "of price"},
                           "Stop put in where an intent has none."));
    schema.add(keys::amount("instruments[].start_price", "100", {"0", "", "quote"},
                            "Where the synthetic market begins."));
    schema.add(
        keys::amount("instruments[].synthetic_size", "0.02", {"0", "", "base units"},
                     "Median trade of the synthetic market; a level shows 25 times as much."));
}

void add_listings(Schema& schema) {
    schema.add(Table{"listings", {"instrument", "venue"}, false});
    schema.add(keys::text("listings[].instrument", "", "Symbol of the instrument."));
    schema.add(keys::text("listings[].venue", "", "Venue it is traded on."));
    schema.add(keys::amount("listings[].tick", "0.01", {"0", "", "quote"}, "Step of prices."));
    schema.add(keys::amount("listings[].lot", "0.00000001", {"0", "", "base units"},
                            "Step of quantities."));
    schema.add(
        keys::amount("listings[].quantity_min", "0", {"0", "", "base units"}, "Smallest order."));
    schema.add(keys::amount("listings[].quantity_max", "0", {"0", "", "base units"},
                            "Largest order, 0: no limit."));
    schema.add(keys::amount("listings[].notional_min", "1", {"0", "", "quote"},
                            "Smallest value of an order."));
    schema.add(keys::share("listings[].maker_fee", "0.004", {"-0.01", "0.05", "of notional"},
                           "Fee of resting orders, dearest retail tier."));
    schema.add(keys::share("listings[].taker_fee", "0.006", {"-0.01", "0.05", "of notional"},
                           "Fee of orders that take."));
    schema.add(keys::whole("listings[].open_orders_max", "200", {"1", "100000", "orders"},
                           "Open orders that the venue allows."));
    schema.add(
        keys::flag("listings[].has_stop_orders", "true", "Whether the venue takes stop orders."));
    schema.add(
        keys::flag("listings[].has_oco", "true", "Whether it takes one-cancels-other pairs."));
    schema.add(keys::flag("listings[].replace_is_atomic", "false",
                          "Whether a replace can never leave both orders working."));
}

} // namespace

void add_market_keys(Schema& schema) {
    add_venues(schema);
    add_instruments(schema);
    add_listings(schema);
}

} // namespace grekko::config
