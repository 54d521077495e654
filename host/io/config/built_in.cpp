// What a book knows without a configuration file. Fees: the dearest retail tier of each venue
// (trading rules §8). Override a row in a file by giving the same name.
#include "io/config/config.hpp"

namespace grekko::config {

namespace {

constexpr std::string_view text = R"toml(
[[venues]]
name = "coinbase"
cash = ["100000 USD"]
fee_tier = "dearest retail tier, as of 2026-08, not checked with the venue"
rate_per_second = 30

[[venues]]
name = "binance"
cash = ["100000 USDT"]
fee_tier = "dearest retail tier, as of 2026-08, not checked with the venue"
rate_per_second = 50
fee_in_received_asset = true

[[instruments]]
symbol = "BTC-USD"
base = "BTC"
quote = "USD"
major = true
start_price = 60000
synthetic_size = 0.02

[[instruments]]
symbol = "ETH-USD"
base = "ETH"
quote = "USD"
major = true
start_price = 3000
synthetic_size = 0.4

[[instruments]]
symbol = "BTCUSDT"
base = "BTC"
quote = "USDT"
major = true
start_price = 60000
synthetic_size = 0.02

[[listings]]
instrument = "BTC-USD"
venue = "coinbase"
tick = 0.01
lot = 0.00000001
quantity_min = 0.00000001
quantity_max = 3400
notional_min = 1
maker_fee = 0.004
taker_fee = 0.006

[[listings]]
instrument = "ETH-USD"
venue = "coinbase"
tick = 0.01
lot = 0.00000001
quantity_min = 0.00000001
quantity_max = 51000
notional_min = 1
maker_fee = 0.004
taker_fee = 0.006

[[listings]]
instrument = "BTCUSDT"
venue = "binance"
tick = 0.01
lot = 0.00001
quantity_min = 0.00001
quantity_max = 9000
notional_min = 5
maker_fee = 0.001
taker_fee = 0.001

[[agents]]
name = "aggressive"

[[agents]]
name = "conservative"

[[agents]]
name = "balanced"
)toml";

} // namespace

std::string_view built_in() {
    return text;
}

} // namespace grekko::config
