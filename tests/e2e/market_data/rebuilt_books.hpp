// Plays recordings through a venue's decoder and core/market, as an import and a backtest do, and
// shows each record to a visitor with the market that has just taken it. No test of its own: the
// e2e tests of recorded books share it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/market/market.hpp"
#include "io/import/capture_source.hpp"
#include "io/import/universe.hpp"
#include "support/recorded_data.hpp"

namespace grekko::tests {

// Feeds book records alone to the market, so that its touch is the book's and no quote's.
using BookVisitor = std::function<void(const MarketHead&, const market::Market&)>;

inline importing::SourceReport rebuild_books(const std::vector<std::string>& files,
                                             const grekko_market_decoder& decoder,
                                             const std::vector<std::string>& symbols,
                                             const BookVisitor& visit) {
    std::vector<importing::InputFile> inputs;
    for (const std::string& file : files) {
        auto found = importing::list_inputs(data_path(file));
        EXPECT_TRUE(found);
        if (found) inputs.insert(inputs.end(), found->begin(), found->end());
    }
    const auto universe = importing::make_universe("venue", symbols);
    market::Market market{*universe, {}};
    auto source = importing::CaptureSource::open(inputs, importing::Decoder{decoder},
                                                 importing::BadRows::stop);
    EXPECT_TRUE(source);
    while (source) {
        const auto record = (*source)->next();
        EXPECT_TRUE(record) << record.error().message;
        if (!record || *record == nullptr) break;
        const MarketHead& head = **record;
        switch (head.kind) {
        case MarketKind::book_reset:
        case MarketKind::book_level:
        case MarketKind::book_commit:
        case MarketKind::gap:
            visit_market(head, [&](const auto& typed) { market.on(typed); });
            break;
        default: break;
        }
        visit(head, market);
    }
    EXPECT_EQ(market.counters().lost_books, 0U);
    EXPECT_EQ(market.counters().unsynced, 0U);
    return source ? (*source)->report() : importing::SourceReport{};
}

} // namespace grekko::tests
