// covers: assess.cpp, checks_form.cpp, checks_money.cpp, checks_market.cpp, money.hpp
// What leaves, protects, replaces or belongs to a parent: the columns X, R and S.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/risk/money.hpp"
#include "unit/core/risk/scene.hpp"

namespace grekko::risk::tests {
namespace {

using events::AssessmentKind;
using events::BookState;
using events::Verdict;

struct Exits : testing::Test {
    Exits() {
        scene.position(agent_one, btc, 400_quantity);
        scene.leave(100_quantity);
    }
    void stop_out(Quantity quantity) {
        scene.leave(quantity);
        scene.request.kind = AssessmentKind::stop;
        scene.request.purpose = Purpose::stop;
        scene.request.limit = 90_price;
    }
    void child_of(ParentId parent, Quantity quantity) {
        scene.request.kind = AssessmentKind::child;
        scene.request.parent = parent;
        scene.request.quantity = quantity;
    }
    Scene scene;
};

TEST_F(Exits, PassWhileIncreasesAreForbidden) {
    scene.conditions.state = BookState::reducing;
    scene.conditions.breaker_open = true;
    scene.permission.allowed = false;
    scene.book.day_return = -0.04_rate;
    scene.decision.present = false;
    EXPECT_TRUE(scene.assessed().approved());
}

TEST_F(Exits, OfAgentsWaitWhileHaltedButNotThoseOfTheOperator) {
    scene.conditions.state = BookState::halted;
    EXPECT_EQ(scene.assessed().reason(), Check::state);
    scene.request.kind = AssessmentKind::flatten;
    scene.request.purpose = Purpose::flatten;
    EXPECT_TRUE(scene.assessed().approved());
    stop_out(100_quantity);
    EXPECT_TRUE(scene.assessed().approved()) << "host stops act in HALTED";
    scene.conditions.frozen = true;
    EXPECT_EQ(scene.assessed().reason(), Check::state);
}

TEST_F(Exits, AreWarnedOfBadDataNotStopped) {
    scene.market.best.gapped = true;
    scene.market.spread = 0.05_rate;
    const Assessment result = scene.assessed();
    EXPECT_TRUE(result.approved());
    EXPECT_EQ(result.event().warned, bit(Check::data_age) | bit(Check::book_sane));
}

TEST_F(Exits, NeedOnlyRest) {
    scene.venue.connected = scene.venue.private_alive = scene.venue.reconciled = false;
    EXPECT_TRUE(scene.assessed().approved());
    scene.venue.rest_alive = false;
    EXPECT_EQ(scene.assessed().reason(), Check::venue_ready);
}

TEST_F(Exits, GoInSlicesInsteadOfShrinking) {
    scene.costs.takeable = 30_quantity;
    const Assessment result = scene.assessed();
    EXPECT_TRUE(result.approved());
    EXPECT_EQ(result.event().approved, 100_quantity);
    EXPECT_EQ(result.slices(), 4U);
    EXPECT_EQ(result.slice_quantity(), 30_quantity);
    EXPECT_TRUE(has(result.event().reduced, Check::slippage));
}

TEST_F(Exits, AreSlicedByOrderValueAndTheVenuesMaximum) {
    scene.request.quantity = 400_quantity;
    EXPECT_EQ(scene.assessed().slice_quantity(), 250_quantity);
    scene.listing.quantity_max = 50_quantity;
    EXPECT_EQ(scene.assessed().slices(), 8U);
}

TEST_F(Exits, GoEvenWithoutAnyDepthInTheSmallestParts) {
    scene.costs.takeable = Quantity{};
    scene.market.depth_bid_20bp = Quantity{};
    const Assessment result = scene.assessed();
    EXPECT_TRUE(result.approved());
    EXPECT_EQ(result.slice_quantity(), 0.02_quantity) << "the least that is worth 1.02";
}

TEST_F(Exits, HaveAWiderCollar) {
    scene.request.limit = 98.00_price;
    EXPECT_TRUE(scene.assessed().approved());
    scene.request.limit = 97.99_price;
    EXPECT_EQ(scene.assessed().reason(), Check::collar);
    stop_out(100_quantity);
    EXPECT_TRUE(scene.assessed().approved()) << "a stop's escalation is its own collar";
}

// 4 % through the touch is more than 2 % from the mark: with check 12 it never ended.
TEST_F(Exits, OfAFlattenHaveTheirEscalationAsCollar) {
    scene.request.kind = AssessmentKind::flatten;
    scene.request.purpose = Purpose::flatten;
    scene.market.vwap_1min = 90_price;
    EXPECT_TRUE(scene.assessed().approved()) << "a mark in doubt keeps nobody in";
    child_of(scene.open_parent(agent_one, Side::sell, Purpose::flatten, 100_quantity),
             100_quantity);
    scene.request.purpose = Purpose::flatten;
    scene.request.limit = 95.98_price;
    EXPECT_TRUE(scene.assessed().approved());
    scene.request.purpose = Purpose::reduce;
    EXPECT_TRUE(has(scene.assessed().event().blocked, Check::collar));
}

TEST_F(Exits, MeetAnOwnRestingOrderOnlyWithTheirChildren) {
    scene.submit(scene.order(Side::buy, 10_quantity, 99.99_price));
    scene.request.limit = Price{};
    EXPECT_TRUE(scene.assessed().approved()) << "leaving does not wait for another's order";
    const ParentId parent = scene.open_parent(agent_one, Side::sell, Purpose::reduce, 40_quantity);
    child_of(parent, 40_quantity);
    EXPECT_EQ(scene.assessed().reason(), Check::self_trade);
    scene.request.limit = 99.95_price;
    EXPECT_EQ(scene.assessed().reason(), Check::self_trade);
    scene.request.limit = 100_price;
    EXPECT_TRUE(scene.assessed().approved());
}

TEST_F(Exits, WithALimitClearTheWayLikeOthers) {
    scene.submit(scene.order(Side::buy, 10_quantity, 99.99_price));
    scene.request.limit = 99.95_price;
    EXPECT_TRUE(scene.assessed().approved()) << "its child ends what stands in the way";
}

// A stop that is placed trades with nobody, wherever an own order rests.
TEST_F(Exits, ThatWaitAtTheVenueMeetNoOwnOrder) {
    scene.submit(scene.order(Side::buy, 10_quantity, 99.99_price));
    child_of(ParentId{}, 400_quantity);
    scene.request.agent = house_agent;
    scene.request.limit = 90_price;
    scene.request.type = OrderType::stop_limit;
    scene.request.purpose = Purpose::disaster_stop;
    EXPECT_TRUE(scene.assessed().approved());
}

// It rests at the venue for the net position of all agents, without a parent that reserves for it.
TEST_F(Exits, ThatProtectAtTheVenueNeedNoParent) {
    child_of(ParentId{}, 400_quantity);
    scene.request.agent = house_agent;
    scene.request.limit = 90_price;
    scene.request.purpose = Purpose::stop;
    EXPECT_EQ(scene.assessed().reason(), Check::authority);
    scene.request.purpose = Purpose::disaster_stop;
    EXPECT_TRUE(scene.assessed().approved());
}

TEST_F(Exits, BelowTheMinimumAreDust) {
    scene.request.quantity = 0.01_quantity;
    scene.listing.notional_min = 10_notional;
    const Assessment result = scene.assessed();
    EXPECT_EQ(result.event().verdict, Verdict::reduced_to_dust);
    EXPECT_TRUE(result.dust());
    EXPECT_EQ(result.reason(), Check::notional);
}

TEST_F(Exits, CannotOversell) {
    scene.request.quantity = 401_quantity;
    EXPECT_EQ(scene.assessed().event().approved, 400_quantity);
    scene.open_parent(agent_one, Side::sell, Purpose::reduce, 350_quantity);
    EXPECT_EQ(scene.assessed().event().approved, 50_quantity);
    stop_out(400_quantity);
    EXPECT_EQ(scene.assessed().event().approved, 50_quantity) << "two stops cannot oversell";
}

TEST_F(Exits, OfTheHostTakeThePlaceOfWhatIsEndingAndTheirChildrenWaitForIt) {
    const ParentId old = scene.open_parent(agent_one, Side::sell, Purpose::reduce, 400_quantity);
    Order resting = scene.order(Side::sell, 300_quantity, 101_price);
    resting.parent = old;
    resting.purpose = Purpose::reduce;
    const OrderId order = scene.submit(resting);
    stop_out(400_quantity);
    EXPECT_FALSE(scene.assessed().approved());
    events::CancelRequested cancel;
    cancel.order = order;
    cancel.why = events::ParentEnd::superseded;
    scene.emit(cancel);
    EXPECT_EQ(scene.assessed().event().approved, 400_quantity);
    scene.request.kind = AssessmentKind::flatten;
    scene.request.purpose = Purpose::flatten;
    scene.request.limit = 99.95_price;
    EXPECT_EQ(scene.assessed().event().approved, 400_quantity);
    scene.leave(400_quantity);
    EXPECT_EQ(scene.assessed().event().approved, 100_quantity) << "an agent's own exit waits";
    const ParentId stop = scene.open_parent(agent_one, Side::sell, Purpose::stop, 400_quantity);
    stop_out(400_quantity);
    child_of(stop, 400_quantity);
    EXPECT_EQ(scene.assessed().event().approved, 100_quantity);
    events::OrderCancelled ended;
    ended.order = order;
    scene.emit(ended);
    EXPECT_EQ(scene.assessed().event().approved, 400_quantity);
}

// A fill of an earlier exit, or of the stop at the venue, came while the parent was at work.
TEST_F(Exits, ChildrenTakeNoMoreThanALateFillHasLeft) {
    for (const Purpose purpose : {Purpose::reduce, Purpose::stop}) {
        Scene late;
        late.position(agent_one, btc, 400_quantity);
        late.leave(400_quantity);
        late.request.kind = AssessmentKind::child;
        late.request.purpose = purpose;
        late.request.parent = late.open_parent(agent_one, Side::sell, purpose, 400_quantity);
        EXPECT_EQ(late.assessed().event().approved, 400_quantity);
        late.position(agent_one, btc, -300_quantity);
        EXPECT_EQ(late.assessed().event().approved, 100_quantity);
        late.position(agent_one, btc, -100_quantity);
        EXPECT_FALSE(late.assessed().approved());
    }
}

TEST_F(Exits, OfSeveralAgentsTogetherTakeWhatTheyHoldTogether) {
    scene.position(agent_two, btc, 50_quantity);
    const ParentId both = scene.open_parent(agent_one, Side::sell, Purpose::reduce, 400_quantity);
    // The parent's quantity is that of both.
    scene.state.exposure.parents.find(both)->quantity = 450_quantity;
    scene.join(both, agent_two, Purpose::reduce, 50_quantity);
    child_of(both, 450_quantity);
    scene.request.limit = 99.95_price;
    EXPECT_EQ(scene.assessed().event().approved, 450_quantity);
    scene.position(agent_two, btc, -30_quantity);
    EXPECT_EQ(scene.assessed().event().approved, 420_quantity);
}

TEST_F(Exits, SayTheirPartWhateverTheVerdict) {
    scene.costs.takeable = 30_quantity;
    EXPECT_EQ(scene.assessed().part(), 30_quantity);
    scene.decision.generation_live = false;
    EXPECT_FALSE(scene.assessed().approved());
    EXPECT_EQ(scene.assessed().part(), 30_quantity);
    scene.costs.takeable = 1'000_quantity;
    EXPECT_TRUE(scene.assessed().part().is_zero()) << "all of it at once";
}

TEST_F(Exits, OfAPurposeThatDoesNotReduceAreRefused) {
    scene.request.purpose = Purpose::increase;
    EXPECT_EQ(scene.assessed().reason(), Check::authority);
}

TEST_F(Exits, RoundPricesToTheLessAggressiveTick) {
    scene.request.limit = 99.951_price;
    EXPECT_EQ(scene.assessed().event().limit, 99.96_price);
    scene.request = Scene{}.request;
    scene.request.limit = 100.059_price;
    EXPECT_EQ(scene.assessed().event().limit, 100.05_price);
}

TEST_F(Exits, ChildrenStayInsideTheirParent) {
    const ParentId parent = scene.open_parent(agent_one, Side::sell, Purpose::reduce, 40_quantity);
    child_of(parent, 40_quantity);
    EXPECT_TRUE(scene.assessed().approved());
    scene.request.quantity = 40.01_quantity;
    EXPECT_EQ(scene.assessed().reason(), Check::authority);
}

TEST(Children, OfAnIncreaseUseTheReservationAndNoNewExposure) {
    Scene scene;
    scene.position(agent_one, btc, 230_quantity);
    scene.request.parent =
        scene.open_parent(agent_one, Side::buy, Purpose::increase, 20_quantity);
    scene.request.kind = AssessmentKind::child;
    scene.request.quantity = 20_quantity;
    EXPECT_TRUE(scene.assessed().approved());
    scene.conditions.state = BookState::reducing;
    EXPECT_EQ(scene.assessed().reason(), Check::state);
}

TEST(Replaces, CountOnlyWhatTheNewVersionAdds) {
    Scene scene;
    scene.position(agent_one, btc, 240_quantity);
    scene.request.replaces = scene.submit(scene.order(Side::buy, 10_quantity, 99_price));
    scene.request.kind = AssessmentKind::replace;
    EXPECT_EQ(lowest(scene.assessed().event().reduced), Check::agent_gross)
        << "where both may fill, both count";
    scene.listing.replace_is_atomic = true;
    EXPECT_EQ(scene.assessed().event().approved, 10_quantity);
}

TEST(Replaces, RepeatOnlyTheVerySamePrice) {
    Scene scene;
    scene.request.replaces = scene.submit(scene.order(Side::buy, 10_quantity, 99.90_price));
    scene.request.kind = AssessmentKind::replace;
    scene.request.limit = 99.95_price;
    events::RiskAssessed past;
    past.agent = agent_one;
    past.instrument = btc;
    past.side = Side::buy;
    past.requested = 10_quantity;
    past.kind = AssessmentKind::increase;
    past.limit = scene.request.limit;
    for (int i = 0; i < 6; ++i) scene.emit(past);
    past.kind = AssessmentKind::replace;
    for (int i = 1; i < 6; ++i) {
        past.limit = scene.request.limit - 0.01_price * i;
        scene.emit(past);
    }
    EXPECT_FALSE(has(scene.assessed().event().blocked, Check::repetition))
        << "it follows the touch";
    EXPECT_EQ(scene.assessed().agent_breakers(), 0U);
    past.limit = scene.request.limit;
    for (int i = 0; i < 3; ++i) scene.emit(past);
    EXPECT_TRUE(has(scene.assessed().event().blocked, Check::repetition));
}

TEST(Increases, ReportEverythingThatIsWrongAndTheLowestAsReason) {
    Scene scene;
    scene.conditions.breaker_open = true;
    scene.market.best.crossed = true;
    scene.agent.losing_run = 12;
    const Assessment result = scene.assessed();
    EXPECT_EQ(result.reason(), Check::breaker);
    EXPECT_EQ(result.event().blocked,
              bit(Check::breaker) | bit(Check::book_sane) | bit(Check::losing_run));
    EXPECT_EQ(result.agent_breakers(), bit(Check::losing_run));
}

TEST(Increases, OpenTheAgentsBreakerAtTheSixthRepetition) {
    Scene scene;
    events::RiskAssessed past;
    past.kind = AssessmentKind::increase;
    past.agent = agent_one;
    past.instrument = btc;
    past.side = Side::buy;
    past.requested = 10_quantity;
    past.limit = 100.05_price;
    scene.now = scene.now - Duration::seconds(30);
    for (int i = 0; i < 4; ++i) scene.emit(past);
    scene.now = scene.now + Duration::seconds(30);
    EXPECT_TRUE(scene.assessed().approved());
    EXPECT_EQ(scene.assessed().agent_breakers(), 0U);
    scene.emit(past);
    EXPECT_EQ(scene.assessed().agent_breakers(), bit(Check::repetition));
    scene.request.quantity = 10.2_quantity;
    EXPECT_EQ(scene.assessed().agent_breakers(), 0U) << "another quantity is no repetition";
}

TEST(Increases, ReducedBelowTheMinimumAreReducedToDust) {
    Scene scene;
    scene.listing.notional_min = 100_notional;
    scene.costs.takeable = 0.5_quantity;
    const Assessment result = scene.assessed();
    EXPECT_EQ(result.event().verdict, Verdict::reduced_to_dust);
    EXPECT_EQ(result.reason(), Check::slippage);
    EXPECT_FALSE(result.dust());
    scene.request.quantity = 10.001_quantity;
    EXPECT_EQ(scene.assessed().reason(), Check::slippage) << "not that it was rounded to a lot";
}

TEST(Increases, OfTwapMeetParticipationByTheSlice) {
    Scene scene;
    scene.market.volume_5min = 20_quantity;  // 2 a slice
    scene.request.working.algorithm = Algorithm::twap;
    scene.request.working.over = Duration::minutes(5);  // ten slices
    EXPECT_EQ(scene.assessed().event().reduced, 0U);
    scene.request.working.over = Duration::seconds(60);  // four
    EXPECT_EQ(scene.assessed().event().approved, 8_quantity);
}

TEST(Increases, OnBarsUseTheImpactFormulaAndTheBarsVolume) {
    Scene scene;
    scene.market.bars_only = true;
    scene.market.bar_interval = Duration::minutes(1);
    scene.market.last_bar_close = scene.now - Duration::seconds(90);
    scene.market.last_bar_volume = 100_quantity;
    scene.market.best = {};
    EXPECT_EQ(scene.assessed().event().approved, 10_quantity);
    scene.market.last_bar_volume = 99_quantity;
    EXPECT_EQ(lowest(scene.assessed().event().reduced), Check::participation);
    scene.market.volume_24h = 1'000_quantity;
    EXPECT_EQ(lowest(scene.assessed().event().reduced), Check::slippage);
    scene.market.last_bar_close = scene.now - Duration::seconds(91);
    EXPECT_EQ(scene.assessed().reason(), Check::data_age);
}

TEST(Increases, CarryTheScoreAndEveryFactorInTheRecord) {
    Scene scene;
    scene.terms.skill = 0.25_rate;
    const Assessment result = scene.assessed();
    EXPECT_EQ(result.event().factors[static_cast<std::size_t>(Factor::record)], 10'000);
    EXPECT_EQ(result.event().factors[static_cast<std::size_t>(Factor::size)], 200);
    EXPECT_EQ(result.event().model, digest(ScoreModel{}));
    EXPECT_TRUE(result.event().score.is_positive());
}

// Total on anything: no request and no market brings the process down, nothing bad is approved.
RC_GTEST_PROP(Assess, IsTotalAndNeverRaises, ()) {
    constexpr Decimal values[]{Decimal::min(), -1_d,    0_d,         0.000000000000000001_d,
                               1_d,            100_d,   1'000'000_d, Decimal::max()};
    const auto any = [&] { return values[*rc::gen::inRange<std::size_t>(0, std::size(values))]; };
    Scene scene;
    scene.request.kind = static_cast<AssessmentKind>(*rc::gen::inRange(1, 8));
    scene.request.purpose = static_cast<Purpose>(*rc::gen::inRange(1, 7));
    scene.request.side = *rc::gen::arbitrary<bool>() ? Side::buy : Side::sell;
    scene.request.quantity = Quantity{any()};
    scene.request.limit = Price{any()};
    scene.request.stop = Price{any()};
    scene.request.take = Price{any()};
    scene.market.mark.price = Price{any()};
    scene.book.limit_base = Notional{any()};
    scene.balances.quote = any();
    scene.market.volume_5min = Quantity{any()};
    const Assessment result = scene.assessed();
    RC_ASSERT(result.event().approved <= std::max(scene.request.quantity, Quantity{}));
    RC_ASSERT(result.approved() == result.event().approved.is_positive());
}

TEST(Money, IsBoundedInsteadOfFailing) {
    EXPECT_EQ(product(Decimal::max(), -2_d, Rounding::half_even), -ceiling_value);
    EXPECT_EQ(quotient(1_d, 0_d, Rounding::half_even), ceiling_value);
    EXPECT_EQ(affordable(-1_notional, 2_price), 0_quantity);
    EXPECT_EQ(share_of(3_notional, 0_notional), 1_rate);
}

}  // namespace
}  // namespace grekko::risk::tests
