// covers: target_api.cpp, order_api.cpp, fields.cpp, amounts.cpp, amounts.hpp, api.cpp, api.hpp
// Every action: what it makes, and what it refuses with the field's name and the legal range.
#include "io/script/amounts.hpp"

#include "unit/io/script/script_host.hpp"

namespace grekko::script {
namespace {

class Actions : public testing::Test {
protected:
    // The single action of a body, after a trade at 60 000.
    Action one(std::string_view body) {
        host_ = std::make_unique<ScriptHost>(on_trade(body));
        EXPECT_TRUE(host_->loaded()) << host_->error;
        EXPECT_TRUE(host_->trade()) << host_->fault();
        EXPECT_EQ((*host_)->last.size(), 1U) << body;
        return (*host_)->last.empty() ? Action{} : (*host_)->last[0];
    }
    std::string refused(std::string_view body) {
        host_ = std::make_unique<ScriptHost>(on_trade(body));
        EXPECT_TRUE(host_->loaded()) << host_->error;
        EXPECT_FALSE(host_->trade()) << body;
        EXPECT_TRUE((*host_)->last.empty());
        return host_->fault();
    }
    std::unique_ptr<ScriptHost> host_;
};

TEST_F(Actions, TargetTakesEveryField) {
    const Action action = one(
        "self:target { symbol = 'BTC-USD', quantity = 0.29, limit = 60100.001, stop = 59000.001, "
        "take = 70000.009, trail = 0.05, horizon = '48h', ttl = 3, confidence = 0.4, "
        "reason = 'why', urgency = 'urgent', algo = 'twap', over = '10m', slices = 5, "
        "passive_for = '60s', on_timeout = 'cross' }");
    EXPECT_EQ(action.kind, ActionKind::target);
    EXPECT_EQ(action.sizing, Sizing::quantity);
    EXPECT_EQ(action.amount, 0.29_d);
    EXPECT_EQ(action.limit, 60'100_price);   // to pay less
    EXPECT_EQ(action.stop, 59'000.01_price); // nearer
    EXPECT_EQ(action.take, 70'000_price);    // nearer
    EXPECT_EQ(action.trail, 0.05_rate);
    EXPECT_EQ(action.horizon, Duration::hours(48));
    EXPECT_EQ(action.ttl, Duration::seconds(3));
    EXPECT_EQ(action.confidence, 0.4_rate);
    EXPECT_EQ(action.reason, "why");
    EXPECT_EQ(action.working.urgency, Urgency::urgent);
    EXPECT_EQ(action.working.algorithm, Algorithm::twap);
    EXPECT_EQ(action.working.over, Duration::minutes(10));
    EXPECT_EQ(action.working.slices, 5);
    EXPECT_EQ(action.working.passive_for, Duration::seconds(60));
    EXPECT_EQ(action.working.on_timeout, OnTimeout::cross);
}

TEST_F(Actions, TargetRoundsAShortTheOtherWay) {
    const Action action = one("self:target { symbol = 'BTC-USD', quantity = -0.1 - 0.2, "
                              "limit = 59000.001, stop = 61000.009, take = 50000.001 }");
    EXPECT_EQ(action.amount, -0.3_d);
    EXPECT_EQ(action.side, Side::sell);
    EXPECT_EQ(action.limit, 59'000.01_price);
    EXPECT_EQ(action.stop, 61'000_price);
    EXPECT_EQ(action.take, 50'000.01_price);
}

TEST_F(Actions, TargetSizesByNotionalWeightAndRisk) {
    EXPECT_EQ(one("self:target { symbol = 'BTC-USD', notional = 5000 }").sizing, Sizing::notional);
    EXPECT_EQ(one("self:target { symbol = 'BTC-USD', weight = -0.1 }").amount, -0.1_d);
    const Action risk = one("self:target { symbol = 'BTC-USD', risk = 0.005, stop = 61000 }");
    EXPECT_EQ(risk.sizing, Sizing::risk);
    EXPECT_EQ(risk.side, Side::sell);
}

TEST_F(Actions, TargetWorksAsTheModeSays) {
    EXPECT_EQ(one("self:target { symbol = 'BTC-USD', weight = 0.1 }").working.urgency,
              Urgency::passive);
    EXPECT_EQ(one("self:target { symbol = 'BTC-USD', weight = 0.1 }").working.on_timeout,
              OnTimeout::cross);
}

TEST_F(Actions, TargetRefusesWhatIsNotAnOrder) {
    const std::pair<const char*, const char*> cases[] = {
        {"quantity = 0/0", "target.quantity: must be a number from"},
        {"quantity = 1/0", "target.quantity: must be a number from"},
        {"quantity = '0x10'", "target.quantity: must be a number from"},
        {"quantity = 1e308", "target.quantity: must be a number from"},
        {"quantity = {}", "got a table"},
        {"quanity = 1", "target.quanity: is not known; did you mean 'quantity'?"},
        {"quantity = 1, weight = 0.1", "has both quantity and weight"},
        {"", "needs one of quantity, notional, weight and risk"},
        {"weight = 11", "target.weight: must be a number from -10 to 10"},
        {"risk = 0.5, stop = 50000", "target.risk: must be a number from 1e-06 to 0.1"},
        {"risk = 0.005", "target.risk: needs a stop"},
        {"weight = 0.1, stop = 61000", "target.stop: must be below the price"},
        {"weight = -0.1, stop = 59000", "target.stop: must be above the price"},
        {"weight = 0.1, take = 50000", "target.take: must be above the price"},
        {"weight = 0.1, stop = -1", "target.stop: must be a number from"},
        {"weight = 0.1, limit = 0.001", "target.limit: is less than one tick"},
        {"weight = 0.1, confidence = 1.1", "target.confidence: must be a number from 0 to 1"},
        {"weight = 0.1, horizon = '8d'", "target.horizon: must be a time from 1m to 7d"},
        {"weight = 0.1, horizon = 'soon'", "target.horizon: must be a time"},
        {"weight = 0.1, urgency = 'urgnt'", "did you mean 'urgent'?"},
        {"weight = 0.1, reason = 5", "target.reason: must be a text"},
        {"weight = 0.1, [1] = 2", "has an entry without a name"},
        {"weight = 0.1, symbol = 'BTC-UDS'", "did you mean 'BTC-USD'?"},
    };
    for (const auto& [fields, says] : cases) {
        const std::string why = refused("local t = { symbol = 'BTC-USD' } for k, v in pairs({ " +
                                        std::string(fields) + " }) do t[k] = v end self:target(t)");
        EXPECT_NE(why.find(says), std::string::npos) << fields << "\n" << why;
    }
    EXPECT_NE(refused("self:target(5)").find("takes a table"), std::string::npos);
    EXPECT_NE(refused("self.target{ symbol = 'BTC-USD', weight = 1 }").find("table"),
              std::string::npos);
}

TEST_F(Actions, ProposeAddsToWhatIsThere) {
    ScriptHost host{on_trade("self:propose { symbol = 'BTC-USD', side = 'sell', quantity = 0.5 }")};
    host->set_position("BTC-USD", 2, 50'000, 0);
    ASSERT_TRUE(host.trade()) << host.fault();
    EXPECT_EQ(host->last[0].amount, 1.5_d);
    EXPECT_NE(refused("self:propose { symbol = 'BTC-USD', quantity = 1 }").find("propose.side"),
              std::string::npos);
}

TEST_F(Actions, BracketNeedsItsThreePrices) {
    const Action action =
        one("local t = { symbol = 'BTC-USD', weight = 0.1, entry = 59990, stop = 58000, "
            "take = 65000 } self:bracket(t) assert(t.entry == 59990 and not t.limit)");
    EXPECT_EQ(action.limit, 59'990_price);
    EXPECT_EQ(action.take, 65'000_price);
    EXPECT_NE(
        refused("self:bracket { symbol = 'BTC-USD', weight = 0.1, entry = 59990, stop = 58000 }")
            .find("needs take"),
        std::string::npos);
}

TEST_F(Actions, ScaleGrowsLevelByLevelAndNeverShrinks) {
    ScriptHost host{on_trade("self:scale { symbol = 'BTC-USD', stop = 40000, levels = { "
                             "{ at = 61000, weight = 0.05 }, { at = 58000, weight = 0.1 } } }")};
    ASSERT_TRUE(host.trade(60'000)) << host.fault();
    EXPECT_EQ(host->last.at(0).amount, 0.05_d);
    ASSERT_TRUE(host.trade(57'000));
    EXPECT_EQ(host->last.at(0).amount, 0.1_d);
    host->set_position("BTC-USD", 0.2, 57'000, 40'000);
    ASSERT_TRUE(host.trade(60'000));
    EXPECT_TRUE(host->last.empty());
    EXPECT_NE(refused("self:scale { symbol = 'BTC-USD', levels = {} }").find("1 to 20 levels"),
              std::string::npos);
}

TEST_F(Actions, ReplaceChangesTheNewestIntent) {
    ScriptHost host{on_trade("if not self.n then self.n = 1 self:target { symbol = 'BTC-USD', "
                             "quantity = 1, limit = 59000, stop = 50000 } else "
                             "self:replace('BTC-USD', { limit = 59500, quantity = 0.5 }) end")};
    ASSERT_TRUE(host.trade());
    ASSERT_TRUE(host.trade()) << host.fault();
    EXPECT_EQ(host->last[0].limit, 59'500_price);
    EXPECT_EQ(host->last[0].amount, 0.5_d);
    EXPECT_EQ(host->last[0].stop, 50'000_price);
    EXPECT_NE(refused("self:replace('BTC-USD', { limit = 1 })").find("there is no intent"),
              std::string::npos);
}

TEST_F(Actions, CloseAndCancelLeave) {
    const Action close =
        one("self:close('BTC-USD', 'over', { urgency = 'urgent', limit = 59000 })");
    EXPECT_EQ(close.kind, ActionKind::close);
    EXPECT_EQ(close.reason, "over");
    EXPECT_EQ(close.working.urgency, Urgency::urgent);
    EXPECT_EQ(one("self:cancel()").kind, ActionKind::cancel);
    EXPECT_EQ(one("self:cancel('BTC-USD')").instrument, (*host_)->instrument("BTC-USD"));
    EXPECT_NE(refused("self:close('ETH-USD')").find("none of this agent's symbols"),
              std::string::npos);
    EXPECT_NE(refused("self:close('BTC-USD', 5)").find("close: reason"), std::string::npos);
}

TEST_F(Actions, TrailOnlyTightens) {
    ScriptHost host{
        on_trade("self.said = self:trail('BTC-USD', trade.price - 1000) self:log(self.said)")};
    ASSERT_TRUE(host.trade());
    EXPECT_TRUE(host->last.empty()); // flat
    host->set_position("BTC-USD", 1, 60'000, 59'500);
    ASSERT_TRUE(host.trade(60'000));
    EXPECT_TRUE(host->last.empty()); // 59 000 is wider
    ASSERT_TRUE(host.trade(61'000));
    ASSERT_EQ(host->last.size(), 1U);
    EXPECT_EQ(host->last[0].kind, ActionKind::stop);
    EXPECT_EQ(host->last[0].stop, 60'000_price);
    EXPECT_EQ(host.log, "false\nfalse\ntrue\n");
}

TEST_F(Actions, MandatesAndQuotes) {
    const Action mandate =
        one("self:mandate { symbol = 'BTC-USD', inventory_min = -1, inventory_max = 2, "
            "order_max = 0.1, lasts = '8h', confidence = 0.5, reason = 'quoting' }");
    EXPECT_EQ(mandate.kind, ActionKind::mandate);
    EXPECT_EQ(mandate.inventory_min, -1_quantity);
    EXPECT_EQ(mandate.inventory_max, 2_quantity);
    EXPECT_EQ(mandate.amount, 0.1_d);
    EXPECT_EQ(mandate.at, (*host_)->view.at + Duration::hours(8));
    const Action quote = one("self:place { symbol = 'BTC-USD', side = 'sell', price = 60010.001, "
                             "quantity = 0.1 }");
    EXPECT_EQ(quote.kind, ActionKind::quote);
    EXPECT_EQ(quote.limit, 60'010.01_price);
    EXPECT_EQ(one("self:cancel_quotes('BTC-USD')").kind, ActionKind::cancel_quotes);
    EXPECT_NE(refused("self:place { symbol = 'BTC-USD', side = 'buy', price = 1, quantity = -1 }")
                  .find("place.quantity: must be a number"),
              std::string::npos);
    EXPECT_NE(refused("self:mandate { symbol = 'BTC-USD', inventory_min = 1, inventory_max = 2, "
                      "order_max = 1 }")
                  .find("mandate.inventory_min"),
              std::string::npos);
}

TEST_F(Actions, ListsShowOrdersAndIntents) {
    ScriptHost host{on_trade(R"(
        if not self.n then self.n = 1
            self:target { symbol = 'BTC-USD', weight = 0.1, stop = 50000, reason = 'r' }
            local i = self:intents()[1]
            assert(i.symbol == 'BTC-USD' and i.weight == 0.1 and i.status == 'undecided')
        else
            assert(self:intents()[1].status == 'rejected')
            local o = self:orders()[1]
            assert(o.id == 7 and o.side == 'sell' and o.filled == 0.5 and o.status == 'accepted')
        end)")};
    ASSERT_TRUE(host.trade()) << host.fault();
    Decision decision;
    decision.instrument = host->instrument("BTC-USD");
    decision.status = DecisionStatus::rejected;
    ASSERT_TRUE(host->decision(decision));
    ports::WorkingOrder order;
    order.order.id = OrderId{7};
    order.order.instrument = host->instrument("BTC-USD");
    order.order.side = Side::sell;
    order.status = OrderStatus::accepted;
    order.filled = 0.5_quantity;
    host->view.working.push_back(order);
    ASSERT_TRUE(host.trade()) << host.fault();
}

TEST(Amounts, SnapBeforeTheyRound) {
    EXPECT_EQ(*snapped(0.29, 0.01_d, Rounding::floor), 0.29_d);
    EXPECT_EQ(*snapped(0.1 + 0.2, 0.1_d, Rounding::floor), 0.3_d);
    EXPECT_EQ(*snapped(0.299, 0.1_d, Rounding::floor), 0.2_d);
    EXPECT_EQ(*snapped(-0.299, 0.1_d, Rounding::toward_zero), -0.2_d);
    EXPECT_EQ(*snapped(59'999.994, 0.01_d, Rounding::ceiling), 60'000_d);
    EXPECT_EQ(*snapped(1.23456, {}, Rounding::floor), 1.23456_d);
    EXPECT_FALSE(snapped(1e30, 0.1_d, Rounding::floor));
}

} // namespace
} // namespace grekko::script
