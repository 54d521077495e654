// Acceptance: the books rebuilt from the recorded Coinbase channels have no gap, are never crossed
// after a batch, and agree with the ticker. The two channels are not in step: a ticker may come
// before its batch, or tell a moment inside one (50 ms), so a ticker is looked for at its arrival
// and in the two batches before and behind it.
#include <deque>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "coinbase/market_decoder.hpp"
#include "e2e/market_data/rebuilt_books.hpp"

namespace grekko::tests {
namespace {

constexpr const char* capture = "coinbase_advanced_ws_2026-08-09/COINBASE.jsonl.zst";
constexpr InstrumentId btc{1};
constexpr InstrumentId eth{2};

using Best = std::pair<Price, Price>;

struct TickerSeen {
    Best best;
    std::size_t batches{0}; // of its instrument, before it
};

struct Played {
    std::uint64_t gaps{0}, trades{0};
    std::map<InstrumentId, std::vector<Best>> batches; // the touch after each
    std::map<InstrumentId, std::vector<TickerSeen>> tickers;
    importing::SourceReport report;
};

Played play() {
    coinbase::Options options;
    options.products = {"BTC-USD", "ETH-USD"};
    options.quotes = coinbase::Quotes::all;
    Played played;
    played.report = rebuild_books(
        {capture}, coinbase::make_market_decoder(options), options.products,
        [&](const MarketHead& head, const market::Market& market) {
            auto& batches = played.batches[head.instrument];
            if (head.kind == MarketKind::gap) ++played.gaps;
            if (head.kind == MarketKind::trade) ++played.trades;
            if (head.kind == MarketKind::quote) {
                const auto& quote = *reinterpret_cast<const Quote*>(&head);
                played.tickers[head.instrument].push_back({{quote.bid, quote.ask}, batches.size()});
            }
            if (head.kind != MarketKind::book_commit) return;
            const Touch touch = market.touch(head.instrument, head.venue);
            EXPECT_LT(touch.bid, touch.ask);
            batches.push_back({touch.bid, touch.ask});
        });
    return played;
}

struct Agreement {
    std::uint64_t compared{0}, at_arrival{0}, nearby{0};
};

Agreement compare(const Played& played, InstrumentId instrument) {
    Agreement agreement;
    const auto& batches = played.batches.at(instrument);
    for (const auto& [best, before] : played.tickers.at(instrument)) {
        if (before == 0) continue; // the snapshot has not come
        ++agreement.compared;
        if (batches[before - 1] == best) {
            ++agreement.at_arrival;
            continue;
        }
        const std::size_t last = std::min(before + 2, batches.size());
        for (std::size_t i = before - std::min<std::size_t>(before, 2); i < last; ++i) {
            if (batches[i] != best) continue;
            ++agreement.nearby;
            break;
        }
    }
    std::cout << "instrument " << instrument.value() << ": " << agreement.compared
              << " comparisons, equal at arrival " << agreement.at_arrival
              << ", within two batches " << agreement.nearby << ", inside a batch "
              << agreement.compared - agreement.at_arrival - agreement.nearby << "\n";
    return agreement;
}

TEST(CoinbaseBooks, AgreeWithTheTickerOverTheCapture) {
    SKIP_WITHOUT_DATA(capture);
    const Played played = play();
    EXPECT_EQ(played.gaps, 0U);
    EXPECT_EQ(played.report.gaps, 0U);
    EXPECT_EQ(played.report.clock_steps, 0U);
    const Agreement bitcoin = compare(played, btc);
    EXPECT_EQ(bitcoin.compared, 70U);
    EXPECT_EQ(bitcoin.at_arrival, bitcoin.compared);
    const Agreement ether = compare(played, eth);
    EXPECT_EQ(ether.compared, 84U);
    EXPECT_EQ(ether.at_arrival, 62U);
    EXPECT_GE(ether.at_arrival + ether.nearby, 80U); // the rest: moments inside a batch
}

// The venue tells the maker's side: takers sell at the bid and below, buy at the ask and above.
TEST(CoinbaseBooks, TradesHaveTheTakersSide) {
    SKIP_WITHOUT_DATA(capture);
    coinbase::Options options;
    options.products = {"BTC-USD", "ETH-USD"};
    std::uint64_t at_touch = 0;
    std::uint64_t right = 0;
    rebuild_books({capture}, coinbase::make_market_decoder(options), options.products,
                  [&](const MarketHead& head, const market::Market& market) {
                      if (head.kind != MarketKind::trade) return;
                      const auto& trade = *reinterpret_cast<const Trade*>(&head);
                      const Touch touch = market.touch(head.instrument, head.venue);
                      if (trade.price > touch.bid && trade.price < touch.ask) return;
                      ++at_touch;
                      const bool buys = trade.price >= touch.ask;
                      right += buys == (trade.aggressor() == Side::buy) ? 1 : 0;
                  });
    std::cout << "trades at the touch: " << at_touch << ", with the right side: " << right << "\n";
    EXPECT_GT(at_touch, 50U);
    EXPECT_GE(right * 10, at_touch * 9); // trades come in batches of 250 ms: the touch moves on
}

} // namespace
} // namespace grekko::tests
