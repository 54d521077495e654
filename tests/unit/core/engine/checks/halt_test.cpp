// covers: core/engine/guard.cpp core/engine/work.cpp
// The invariant of the trading rules §5.4: after a halt nothing leaves that could increase any
// worst-case exposure, whatever happened before and whatever comes after.
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

class Storm {
public:
    explicit Storm(std::uint64_t seed) : random_{seed}, desk{plan()} {}

    void step() {
        desk.refresh();
        switch (pick(11)) {
        case 0:
        case 1:
        case 2: return desk.answer(someone(), {wish()});
        case 3: {
            Action cancel;
            cancel.kind = ActionKind::cancel;
            cancel.instrument = coin();
            return desk.answer(someone(), {cancel});
        }
        case 4:
        case 5: return report();
        case 6: return desk.advance(Duration::milliseconds(static_cast<std::int64_t>(pick(8'000))));
        case 7: return operator_wish();
        case 8: {
            Command flatten;
            flatten.kind = CommandKind::flatten;
            flatten.instrument = coin();
            flatten.agent = someone();
            desk.say(flatten);
            return;
        }
        default: return move();
        }
    }
    std::map<InstrumentId, Quantity> worst() const {
        std::map<InstrumentId, Quantity> all;
        for (const InstrumentId id : {btc, eth, sol}) {
            all[id] = risk::row(desk.engine.state().risk.exposure, id).sums.worst();
        }
        return all;
    }

private:
    static Plan plan() {
        Plan made;
        made.settings.consensus.increase_interval = Duration::milliseconds(1);
        return made;
    }
    std::uint64_t pick(std::uint64_t below) { return random_.below(below); }
    AgentId someone() { return AgentId{static_cast<std::uint16_t>(1 + pick(3))}; }
    InstrumentId coin() { return InstrumentId{static_cast<std::uint16_t>(1 + pick(3))}; }
    Price price_of(InstrumentId id) const {
        return desk.engine.market_state().mark(id, desk.now).price;
    }
    Action wish() {
        const InstrumentId id = coin();
        Action action = Desk::target(id, Decimal::whole(static_cast<std::int64_t>(pick(60))));
        action.stop = multiply(price_of(id), 0.97_rate, Rounding::half_even);
        action.take = multiply(price_of(id), 1.1_rate, Rounding::half_even);
        constexpr Urgency urgencies[] = {Urgency::passive, Urgency::normal, Urgency::urgent};
        action.working.urgency = urgencies[pick(3)];
        if (pick(4) == 0) {
            action.working.algorithm = pick(2) == 0 ? Algorithm::twap : Algorithm::iceberg;
            action.working.over = Duration::minutes(2);
        }
        return action;
    }
    void operator_wish() {
        Command order;
        order.kind = CommandKind::submit_operator_order;
        order.instrument = coin();
        order.side = pick(2) == 0 ? Side::buy : Side::sell;
        order.quantity = Quantity::whole(static_cast<std::int64_t>(1 + pick(20)));
        order.urgency = Urgency::urgent;
        desk.say(order);
    }
    void report() {
        if (desk.open_orders.empty()) return;
        auto at = desk.open_orders.begin();
        std::advance(at, pick(desk.open_orders.size()));
        const auto [id, order] = *at;
        switch (pick(5)) {
        case 0: return desk.end(id, ReportKind::expired);
        case 1: return desk.give(desk.about(id, ReportKind::ambiguous));
        case 2: return desk.end(id, ReportKind::rejected, RejectReason::other);
        default: {
            const Price at_price = order.limit.is_zero() ? price_of(order.instrument) : order.limit;
            return desk.fill(id, pick(2) == 0 ? desk.rest(id) : 0.01_quantity, at_price);
        }
        }
    }
    void move() {
        const InstrumentId id = coin();
        const Price from = price_of(id);
        const Price to = from + 0.01_price * (static_cast<std::int64_t>(pick(101)) - 50);
        desk.price(id, std::max(to, 50_price));
        desk.trade(id, to, 10'000_quantity);
    }
    Random random_;

public:
    Desk desk;
};

TEST(Halt, NothingLeavesAfterwardsThatCouldIncreaseAWorstCase) {
    std::size_t exits = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Storm storm{seed};
        for (int i = 0; i < 60; ++i)
            storm.step();
        const bool frozen = seed % 3 == 0;
        storm.desk.say(frozen ? CommandKind::halt_freeze : CommandKind::halt);
        const std::size_t before = storm.desk.placed.size();
        auto worst = storm.worst();
        for (int i = 0; i < 60; ++i) {
            storm.step();
            const auto now = storm.worst();
            for (const auto& [id, quantity] : now) {
                ASSERT_LE(quantity, worst.at(id)) << "seed " << seed << " step " << i;
            }
            worst = now;
        }
        for (std::size_t i = before; i < storm.desk.placed.size(); ++i) {
            ASSERT_TRUE(reduces(storm.desk.placed[i].purpose)) << "seed " << seed;
            ASSERT_FALSE(frozen) << "seed " << seed;
            ++exits;
        }
        ASSERT_EQ(storm.desk.replayed(), storm.desk.engine.digest()) << "seed " << seed;
    }
    EXPECT_GT(exits, 0U) << "stops and operators have acted, or this proved little";
}

} // namespace
} // namespace grekko::test
