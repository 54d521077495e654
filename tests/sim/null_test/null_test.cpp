// Null test (trading rules §8): on the generated market there is nothing to earn. Agents that enter
// by the toss of a coin lose what they pay and nothing else, within three standard errors. A fill
// at a price that the market did not offer, a mark from the future or a cost booked twice would
// show here as profit or loss that no cost explains; that a tenth of the costs would show is tested
// too.
#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "sim/null_test/random_book.hpp"
#include "sim/null_test/sample.hpp"

namespace grekko::tests {
namespace {

constexpr std::uint64_t first_seed = 1'000;
constexpr int sessions = 24;

std::vector<RandomBookResult> run_all(RandomBookRequest request, int count) {
    std::vector<RandomBookResult> out;
    for (int i = 0; i < count; ++i) {
        request.seed = first_seed + static_cast<std::uint64_t>(i);
        out.push_back(run_random_book(request));
    }
    return out;
}

const std::vector<RandomBookResult>& runs() {
    static const std::vector<RandomBookResult> all = run_all({}, sessions);
    return all;
}

// In basis points of the mean session's round trips: sessions are independent, some are busier.
using Amount = double (*)(const RandomBookResult&);
Sample basis_points(const std::vector<RandomBookResult>& all, Amount amount) {
    double bought = 0;
    for (const RandomBookResult& run : all)
        bought += run.bought / static_cast<double>(all.size());
    Sample out;
    for (const RandomBookResult& run : all)
        out.add(1e4 * amount(run) / bought);
    return out;
}

double profit(const RandomBookResult& run) {
    return run.profit;
}
double costs(const RandomBookResult& run) {
    return run.costs;
}
double left(const RandomBookResult& run) {
    return run.profit + run.costs;
}
double planted(const RandomBookResult& run) {
    return run.planted;
}

TEST(NullTest, RandomAgentsTradeThroughVotesAndRisk) {
    int fills = 0;
    int votes = 0;
    for (const RandomBookResult& run : runs()) {
        fills += run.fills;
        votes += run.votes;
        EXPECT_GT(run.fills, 0);
        EXPECT_GE(run.votes, 20); // the quietest of these markets takes about fifty
    }
    EXPECT_GT(fills, 200 * sessions);
    EXPECT_GT(votes, 100 * sessions);
}

TEST(NullTest, RandomAgentsLoseTheirCostsWithinThreeStandardErrors) {
    const Sample gain = basis_points(runs(), left);
    std::printf("left of the profit: %.3f bp a round trip, error %.3f; costs %.2f bp\n",
                gain.mean(), gain.error(), basis_points(runs(), costs).mean());
    EXPECT_LT(std::abs(gain.mean()), 3 * gain.error());
    // A twentieth of the costs would be seen: without that its silence would mean nothing.
    EXPECT_LT(3 * gain.error(), basis_points(runs(), costs).mean() / 20);
}

TEST(NullTest, RandomAgentsLoseMoneyWhereTheyPayFees) {
    const Sample lost = basis_points(runs(), profit);
    EXPECT_LT(lost.mean(), -20.0); // two fees of 10 bp, and the spread
    EXPECT_LT(lost.mean(), -3 * lost.error());
}

TEST(NullTest, WithoutFeesTheSpreadAloneIsLost) {
    const std::vector<RandomBookResult> free = run_all({.fees = false}, sessions / 2);
    for (const RandomBookResult& run : free)
        EXPECT_EQ(run.fees, 0.0);
    const Sample gain = basis_points(free, left);
    EXPECT_LT(std::abs(gain.mean()), 3 * gain.error());
    const Sample lost = basis_points(free, profit);
    std::printf("without fees: %.3f bp a round trip, error %.3f\n", lost.mean(), lost.error());
    EXPECT_LT(lost.mean(), -3 * lost.error());
    EXPECT_GT(lost.mean(), -4.0); // half a spread of 1 bp twice, and what the size moves
}

// The power of the test: agents that know a little of what is coming, to the worth of a few
// hundredths of what a round trip costs, are found out, and what is found is what was planted.
TEST(NullTest, FindsAnEdgeOfASmallPartOfTheCosts) {
    const std::vector<RandomBookResult> knowing = run_all({.foresight = 0.5}, sessions);
    const Sample gain = basis_points(knowing, left);
    const Sample known = basis_points(knowing, planted);
    std::printf("planted: %.3f bp a round trip, found %.3f, error %.3f\n", known.mean(),
                gain.mean(), gain.error());
    EXPECT_LT(known.mean(), basis_points(knowing, costs).mean() / 10);
    EXPECT_GT(gain.mean(), 3 * gain.error());
    EXPECT_LT(std::abs(gain.mean() - known.mean()), 3 * gain.error());
}

} // namespace
} // namespace grekko::tests
