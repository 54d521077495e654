#include "paper/queue.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace grekko::paper {
namespace {

constexpr auto averse = QueueModel::risk_averse;
constexpr auto prob = QueueModel::prob;

TEST(Queue, GivesATradeToThoseAheadFirst) {
    const QueueStep part = queue_trade(Decimal{10}, Decimal{5}, Decimal{7});
    EXPECT_EQ(part.ahead, Decimal{3});
    EXPECT_EQ(part.fill, Decimal{});
    const QueueStep through = queue_trade(Decimal{3}, Decimal{5}, Decimal{7});
    EXPECT_EQ(through.ahead, Decimal{});
    EXPECT_EQ(through.fill, Decimal{4});
    EXPECT_EQ(queue_trade(Decimal{}, Decimal{5}, Decimal{7}).fill, Decimal{5});
}

TEST(Queue, TakesCancelsFromBehindWhereRisksAreAverse) {
    EXPECT_EQ(queue_level(averse, 3, Decimal{10}, Decimal{30}, {}, Decimal{20}), Decimal{10});
    EXPECT_EQ(queue_level(averse, 3, Decimal{10}, Decimal{30}, {}, Decimal{4}), Decimal{4});
    EXPECT_EQ(queue_level(averse, 3, Decimal{10}, Decimal{30}, {}, Decimal{50}), Decimal{10});
}

// back = 20, ahead = 10: p = 8000 / 9000 = 8/9; a tenth of 9 gone from before us is 1.
TEST(Queue, SplitsCancelsByTheCubesOfBackAndAhead) {
    const Decimal ahead = queue_level(prob, 3, Decimal{10}, Decimal{30}, {}, Decimal{21});
    EXPECT_LT((ahead - Decimal{9}).abs(), 0.000000000001_dec);
}

TEST(Queue, DoesNotCountTradesAsCancels) {
    // 30 shown, 9 traded, 21 shown: nobody cancelled.
    EXPECT_EQ(queue_level(prob, 3, Decimal{1}, Decimal{30}, Decimal{9}, Decimal{21}), Decimal{1});
}

// ahead = 10, back = 2, p = 8 / 1008: of 6 gone 0.0476 are behind us; nothing is missing there.
TEST(Queue, TakesFromAheadWhatIsNotBehind) {
    const Decimal p = divide(Decimal{8}, Decimal{1'008}, Round::half_even);
    const Decimal expected = Decimal{10} - (Decimal{6} - multiply(p, Decimal{6}, Round::half_even));
    const Decimal ahead = queue_level(prob, 3, Decimal{10}, Decimal{12}, {}, Decimal{6});
    EXPECT_LT((ahead - expected).abs(), 0.000000000001_dec);
}

RC_GTEST_PROP(Queue, NeverMovesBackwardsNorBeyondTheLevel, ()) {
    const Decimal ahead{*rc::gen::inRange(0, 1'000)};
    const Decimal before{*rc::gen::inRange(0, 2'000)};
    const Decimal traded{*rc::gen::inRange(0, 500)};
    const Decimal after{*rc::gen::inRange(0, 2'000)};
    for (const QueueModel model : {averse, prob}) {
        const Decimal moved = queue_level(model, 3, ahead, before, traded, after);
        RC_ASSERT(!moved.is_negative());
        RC_ASSERT(moved <= ahead);
        RC_ASSERT(moved <= after);
        RC_ASSERT(queue_level(averse, 3, ahead, before, traded, after) >= moved);
    }
}

} // namespace
} // namespace grekko::paper
