// Config: everything that makes one paper venue what it is: seed, latency, fill and queue model,
// listings with their rules and fees, and the money it starts with. It is not read from a file
// here: whoever makes the venue fills it in. Amounts in the units of the SDK's decimals.
#pragma once

#include <grekko/decimal.hpp>
#include <grekko/events.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace grekko::paper {

using sdk::Decimal;
using sdk::Round;
using namespace sdk::literals;

inline constexpr grekko_duration second = 1'000'000'000;
inline constexpr grekko_duration minute = 60 * second;
inline constexpr grekko_duration day = 24 * 60 * minute;

enum class FillModel : std::uint8_t {
    book,      // replayed levels, quotes and trades
    bars,      // replayed bars
    synthetic, // the generated market: as book, and every fill says so
};
enum class QueueModel : std::uint8_t { risk_averse, prob };
enum class SelfTrade : std::uint8_t { cancel_newest, cancel_oldest, cancel_both, allow };
enum class FeeCurrency : std::uint8_t { quote, received };

// One instrument on this venue. A bound or step of zero is off; tick and lot must be positive.
struct Listing {
    std::uint16_t instrument{0};
    std::string base, quote;
    bool major{false}; // half spread on bars: 1 bp, others 5 bp
    std::uint8_t status{GREKKO_TRADING};
    FeeCurrency fee_currency{FeeCurrency::quote};
    std::uint32_t open_orders_max{200};
    Decimal contract_size{1}; // base units a contract
    Decimal tick{0.01_dec};
    Decimal lot{0.00000001_dec};
    Decimal market_lot; // step of market orders
    Decimal quantity_min, quantity_max;
    Decimal notional_min;
    Decimal price_min, price_max;
    Decimal band_down, band_up; // a limit's distance from the last price, as a fraction
    Decimal maker_fee{0.004_dec}, taker_fee{0.006_dec};
    Decimal fee_step{0.00000001_dec};
    Decimal sigma_day{0.04_dec}; // volatility of a day until the tape has shown one
};

// Log-normal, in nanoseconds; median 0: none.
struct Latency {
    grekko_duration median{80'000'000};
    grekko_duration p99{400'000'000};
};

struct Config {
    std::uint64_t seed{1};
    std::uint16_t venue{1};
    std::string trade_prefix; // of trade ids: a venue that starts again must not repeat any
    Latency entry, response;
    FillModel fill{FillModel::bars};
    QueueModel queue{QueueModel::risk_averse};
    int queue_power{3};                         // n of the queue model prob, 1 … 8
    grekko_duration open_tolerance{5 * second}; // after an opening; at most a tenth of the bar
    bool next_opening{false};   // bars: what arrives near an opening waits for the next one too
    Decimal bar_share{0.1_dec}; // of a bar's volume, each side
    Decimal credible_share{0.1_dec}; // of a level and of 5 minutes' volume
    Decimal bar_stop_slip{0.05_dec}; // of a bar's range, on stops
    Decimal impact{0.7_dec};         // c of c · sigma(1 d) · sqrt(q / V)
    SelfTrade self_trade{SelfTrade::cancel_newest};
    std::uint32_t open_orders_max{100'000};
    std::uint32_t closed_orders_max{65'536}; // remembered for queries and repeated ids
    std::vector<Listing> listings;
    std::vector<std::pair<std::string, Decimal>> balances;
};

} // namespace grekko::paper
