// TWAP and VWAP in the engine: what they follow.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko {
namespace {

using test::acts;
using test::BookRun;
using test::btc;
using test::ScriptedAgent;
using test::target;

Quantity held(const BookRun& run) {
    return portfolio::position(run.engine.state().portfolio, AgentId{1}, btc).quantity;
}

Action schedule(Price mark, Algorithm algorithm, Duration over, std::uint8_t slices) {
    Action action = target(0.02_d, mark);
    action.working.algorithm = algorithm;
    action.working.over = over;
    action.working.slices = slices;
    return action;
}

// ---- VWAP on bars: nearly all of the volume of a day trades after noon -------------------------

class Vwap : public testing::Test {
protected:
    // Bar n closes at (23 + n) % 24 o'clock.
    void hours(int count) {
        for (int i = 0; i < count; ++i, ++bars_) {
            const std::int64_t opens = run_.next_bar.nanoseconds() / Duration::hours(1).count();
            run_.volume = opens % 24 < 12 ? 1_quantity : 1'000_quantity;
            run_.bar(Price{Decimal::whole(bars_ < decided_ ? 50'000 + bars_ % 7 * 100 : 50'000)});
        }
        ASSERT_TRUE(run_.run().has_value());
    }
    void decide_at(int bar) {
        decided_ = bar;
        agent_ = std::make_unique<ScriptedAgent>(
            "buyer", btc, std::vector{Duration::hours(1)}, acts(bar, [](Price mark) {
                return schedule(mark, Algorithm::vwap, Duration::hours(8), 8);
            }));
        run_.open({agent_.get()});
        hours(bar);
        ASSERT_EQ(run_.next_bar.nanoseconds() / Duration::hours(1).count() % 24, 8);
    }
    std::size_t told() const {
        return static_cast<std::size_t>(
            std::ranges::count(run_.alerts, "profile", [](const AlertOperator& alert) {
                return std::string{alert.what.view()};
            }));
    }

    BookRun run_;
    std::unique_ptr<ScriptedAgent> agent_;
    int bars_{0};
    int decided_{0};
};

TEST_F(Vwap, TradesWhenTheMarketUsuallyTrades) {
    decide_at(9 + 7 * 24); // until 16:00
    hours(4);
    EXPECT_LT(held(run_), 0.0001_quantity);
    hours(2);
    EXPECT_GT(held(run_), 0.004_quantity);
    EXPECT_LT(held(run_), 0.0101_quantity);
    hours(3);
    EXPECT_EQ(held(run_), 0.02_quantity);
    EXPECT_EQ(told(), 0U);
}

TEST_F(Vwap, IsWorkedAsTwapWithLessThanSevenDaysBehindItAndSaysSoOnce) {
    decide_at(9 + 5 * 24);
    hours(4);
    EXPECT_GT(held(run_), 0.007_quantity);
    hours(5);
    EXPECT_EQ(held(run_), 0.02_quantity);
    EXPECT_EQ(told(), 1U);
}

} // namespace
} // namespace grekko
