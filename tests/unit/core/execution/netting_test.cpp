#include <rapidcheck.h>

#include "core/execution/execution.hpp"
#include "unit/core/execution/venues.hpp"

namespace grekko::execution {
namespace {

const Mark fresh{100_price, MarkSource::book, false, {}};

ParentRequest intent(std::uint16_t agent, Side side, Quantity quantity,
                     Purpose purpose = Purpose::increase) {
    ParentRequest request = request_of(quantity, Urgency::normal, purpose);
    request.parent.side = side;
    request.parent.agent = AgentId{agent};
    request.allocations[0].agent = AgentId{agent};
    request.allocations[0].intent = IntentId{agent};
    return request;
}

TEST(Netting, CrossesOppositeSidesAtTheMarkAndSendsTheRestAsOne) {
    const std::vector approved{intent(1, Side::buy, 5_quantity), intent(2, Side::buy, 4_quantity),
                               intent(3, Side::sell, 6_quantity, Purpose::reduce)};
    const Netting netting = cross(approved, fresh, {});
    ASSERT_EQ(netting.crosses.size(), 2U);
    EXPECT_EQ(netting.crosses[0].buyer, AgentId{1});
    EXPECT_EQ(netting.crosses[0].quantity, 5_quantity);
    EXPECT_EQ(netting.crosses[0].value, 500_notional);
    EXPECT_EQ(netting.crosses[1].quantity, 1_quantity);
    ASSERT_EQ(netting.parents.size(), 1U);
    EXPECT_EQ(netting.parents[0].parent.quantity, 3_quantity);
    EXPECT_EQ(netting.parents[0].allocations[0].agent, AgentId{2});
}

TEST(Netting, CountsMoneyByTheContract) {
    const std::vector approved{intent(1, Side::buy, 5_quantity), intent(2, Side::sell, 5_quantity)};
    const Netting netting = cross(approved, fresh, {}, 0.1_quantity);
    ASSERT_EQ(netting.crosses.size(), 1U);
    EXPECT_EQ(netting.crosses[0].value, 50_notional);
}

TEST(Netting, DoesNotCrossOnAStaleMarkOrBeyondALimit) {
    std::vector approved{intent(1, Side::buy, 5_quantity), intent(2, Side::sell, 5_quantity)};
    EXPECT_TRUE(cross(approved, {100_price, MarkSource::previous, true, {}}, {}).crosses.empty());
    EXPECT_TRUE(cross(approved, Mark{}, {}).crosses.empty());
    approved[0].parent.limit = 99.99_price;
    EXPECT_TRUE(cross(approved, fresh, {}).crosses.empty());
    approved[0].parent.limit = 100_price;
    EXPECT_EQ(cross(approved, fresh, {}).crosses.size(), 1U);
}

TEST(Netting, CrossesReducesFirstAndKeepsThemInAParentOfTheirOwn) {
    const std::vector approved{intent(1, Side::buy, 5_quantity),
                               intent(2, Side::buy, 5_quantity, Purpose::reduce),
                               intent(3, Side::buy, 5_quantity), intent(4, Side::sell, 2_quantity)};
    const Netting netting = cross(approved, fresh, {});
    ASSERT_EQ(netting.crosses.size(), 1U);
    EXPECT_EQ(netting.crosses[0].buyer, AgentId{2});
    ASSERT_EQ(netting.parents.size(), 2U);
    EXPECT_EQ(netting.parents[0].parent.purpose, Purpose::reduce);
    EXPECT_EQ(netting.parents[0].parent.quantity, 3_quantity);
    EXPECT_EQ(netting.parents[1].allocations.size(), 2U);
}

TEST(Netting, LosesNothing) {
    EXPECT_TRUE(rc::check([] {
        std::vector<ParentRequest> approved;
        Quantity net;
        for (std::uint16_t i = *rc::gen::inRange<std::uint16_t>(0, 8); i > 0; --i) {
            const Side side = *rc::gen::arbitrary<bool>() ? Side::buy : Side::sell;
            const Quantity quantity = Quantity::whole(*rc::gen::inRange(1, 20));
            const auto purpose = *rc::gen::arbitrary<bool>() ? Purpose::increase : Purpose::reduce;
            approved.push_back(intent(i, side, quantity, purpose));
            net += side == Side::buy ? quantity : -quantity;
        }
        const Netting netting = cross(approved, fresh, {});
        Quantity out;
        bool buys = false;
        bool sells = false;
        for (const ParentRequest& request : netting.parents) {
            const bool buy = request.parent.side == Side::buy;
            out += buy ? request.parent.quantity : -request.parent.quantity;
            (buy ? buys : sells) = true;
        }
        RC_ASSERT(out == net);
        RC_ASSERT(!buys || !sells); // without limits one side is left
    }));
}

} // namespace
} // namespace grekko::execution
