// Acceptance: the books rebuilt from the recorded Binance streams have no gap and their best prices
// and sizes equal the recorded bookTicker at every update id that both name.
#include <map>

#include <gtest/gtest.h>

#include "binance/market_decoder.hpp"
#include "e2e/market_data/rebuilt_books.hpp"

namespace grekko::tests {
namespace {

using Key = std::pair<InstrumentId, std::uint64_t>; // instrument and update id

// What both streams say of the best prices, by update id, and how often they could be compared.
class Comparison {
public:
    void on(const MarketHead& head, const market::Market& market) {
        if (head.kind == MarketKind::quote) {
            const auto& quote = static_cast<const Quote&>(*reinterpret_cast<const Quote*>(&head));
            quotes_[{head.instrument, quote.update_id}] = quote;
            check({head.instrument, quote.update_id});
        } else if (head.kind == MarketKind::book_commit) {
            const auto& commit = *reinterpret_cast<const BookCommit*>(&head);
            touches_[{head.instrument, commit.update_id}] =
                market.touch(head.instrument, head.venue);
            check({head.instrument, commit.update_id});
        } else if (head.kind == MarketKind::gap) {
            ++gaps;
        }
    }
    std::uint64_t compared{0}, gaps{0};

private:
    void check(const Key& key) {
        const auto quote = quotes_.find(key);
        const auto touch = touches_.find(key);
        if (quote == quotes_.end() || touch == touches_.end()) return;
        ++compared;
        EXPECT_EQ(touch->second.bid, quote->second.bid) << key.second;
        EXPECT_EQ(touch->second.ask, quote->second.ask) << key.second;
        EXPECT_EQ(touch->second.bid_quantity, quote->second.bid_quantity) << key.second;
        EXPECT_EQ(touch->second.ask_quantity, quote->second.ask_quantity) << key.second;
    }
    std::map<Key, Quote> quotes_;
    std::map<Key, Touch> touches_;
};

binance::Options options(std::vector<std::string> symbols) {
    binance::Options options;
    options.symbols = std::move(symbols);
    options.quotes = binance::Quotes::all;
    return options;
}

TEST(BinanceBooks, AgreeWithBookTickerAtEveryEqualUpdateIdOver2024Capture) {
    SKIP_WITHOUT_DATA("binance_spot_ws_2024-08-08/btcusdt_20240808.gz");
    Comparison comparison;
    const auto report =
        rebuild_books({"binance_spot_ws_2024-08-08/btcusdt_20240808.gz",
                       "binance_spot_ws_2024-08-08/btcusdt_20240809.gz"},
                      binance::make_market_decoder(options({"BTCUSDT"})), {"BTCUSDT"},
                      [&](const auto& head, const auto& market) { comparison.on(head, market); });
    EXPECT_EQ(report.rows, 99'574U);
    EXPECT_EQ(comparison.gaps, 0U);
    EXPECT_GT(comparison.compared, 0U);
    std::cout << "comparisons: " << comparison.compared << ", records: " << report.records
              << ", ignored frames: " << report.ignored << "\n";
}

TEST(BinanceBooks, AgreeWithBookTickerOfFourSymbolsOver2021Capture) {
    SKIP_WITHOUT_DATA("binance_spot_2021-10-12/BINANCE.ws.1.0");
    Comparison comparison;
    const std::vector<std::string> symbols{"NKNUSDT", "BLZETH", "LRCBTC", "RUNEEUR"};
    const auto report = rebuild_books(
        {"binance_spot_2021-10-12/BINANCE.0", "binance_spot_2021-10-12/BINANCE.http.0.0",
         "binance_spot_2021-10-12/BINANCE.ws.1.0"},
        binance::make_market_decoder(options(symbols)), symbols,
        [&](const auto& head, const auto& market) { comparison.on(head, market); });
    EXPECT_EQ(comparison.gaps, 0U);
    EXPECT_GT(comparison.compared, 0U);
    std::cout << "comparisons: " << comparison.compared << ", records: " << report.records << "\n";
}

} // namespace
} // namespace grekko::tests
