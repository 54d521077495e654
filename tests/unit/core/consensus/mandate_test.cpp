#include <gtest/gtest.h>

#include "unit/core/consensus/table.hpp"

namespace grekko::consensus {
namespace {

MandateTerms terms(std::uint16_t agent = 1) {
    return {.agent = AgentId{agent},
            .instrument = btc,
            .inventory_min = -4_quantity,
            .inventory_max = 10_quantity,
            .order_max = 2_quantity,
            .confidence = 0.5_rate,
            .reason = "quotes"};
}

IntentId propose_mandate(Table& table, const MandateTerms& asked) {
    table.context.electorate = table.electors;
    MandateOutcome outcome =
        consensus::propose_mandate(table.state, table.settings, asked, table.context);
    if (!outcome.proposal.accepted) return {};
    table.emit(outcome.proposal.proposed);
    const IntentId id = table.state.intents.rbegin()->first;
    outcome.terms.round = id;
    table.emit(outcome.terms);
    if (!outcome.proposal.supersedes.is_none()) {
        table.emit(*withdraw(table.state, table.settings, outcome.proposal.supersedes,
                             RoundOutcome::superseded, table.market));
    }
    table.open(id);
    return id;
}

const events::MandateGranted* grant(Table& table, Rate max = 1_rate) {
    const IntentId id = propose_mandate(table, terms());
    table.cast(id, 2, Ballot::approve, 0.5_rate, max);
    table.cast(id, 3, Ballot::abstain);
    const auto closed = table.close(id);
    const auto granted = grant_mandate(table.state, *closed, 0.001_quantity);
    if (!granted) return nullptr;
    if (granted->ended) table.emit(*granted->ended);
    table.emit(granted->granted);
    return find_mandate(table.state, AgentId{1}, btc);
}

MandateCheck quote(const Table& table, Side side, Quantity quantity, Quantity position = {},
                   Quantity open = {}) {
    return check_quote(table.state, {.agent = AgentId{1},
                                     .instrument = btc,
                                     .side = side,
                                     .quantity = quantity,
                                     .position = position,
                                     .open_buys = open,
                                     .open_sells = open,
                                     .now = table.now()});
}

TEST(Mandate, IsVotedOnceLikeItsFullInventory) {
    Table table;
    const IntentId id = propose_mandate(table, terms());
    const IntentRecord* record = find_intent(table.state, id);
    ASSERT_NE(record, nullptr);
    EXPECT_EQ(record->intent.delta, 10_quantity);
    EXPECT_EQ(record->intent.stop, 95_price);
    EXPECT_TRUE(record->mandate);
    EXPECT_EQ(find_round(table.state, id)->value, 1000_notional);
    EXPECT_FALSE(undecided(table.state, AgentId{1}, btc)) << "it is not an intent to trade";
}

TEST(Mandate, LastsADayAtMost) {
    Table table;
    const events::MandateGranted* granted = grant(table);
    ASSERT_NE(granted, nullptr);
    EXPECT_EQ(granted->terms.expires_at, table.now() + Duration::hours(24));
    EXPECT_TRUE(expired_mandates(table.state, table.now()).empty());
    table.pass(Duration::hours(24));
    EXPECT_EQ(quote(table, Side::buy, 1_quantity), MandateCheck::expired);
    const auto ended = expired_mandates(table.state, table.now());
    ASSERT_EQ(ended.size(), 1U);
    table.emit(ended.front());
    EXPECT_EQ(quote(table, Side::buy, 1_quantity), MandateCheck::none);
}

TEST(Mandate, QuotesStayInsideItsBounds) {
    Table table;
    EXPECT_EQ(quote(table, Side::buy, 1_quantity), MandateCheck::none);
    ASSERT_NE(grant(table), nullptr);
    EXPECT_EQ(quote(table, Side::buy, 2_quantity), MandateCheck::inside);
    EXPECT_EQ(quote(table, Side::buy, 2.001_quantity), MandateCheck::order_size);
    EXPECT_EQ(quote(table, Side::buy, Quantity{}), MandateCheck::order_size);
    EXPECT_EQ(quote(table, Side::buy, 2_quantity, 8_quantity), MandateCheck::inside);
    EXPECT_EQ(quote(table, Side::buy, 2_quantity, 8.001_quantity), MandateCheck::inventory);
    EXPECT_EQ(quote(table, Side::buy, 2_quantity, 7_quantity, 1.001_quantity),
              MandateCheck::inventory);
    EXPECT_EQ(quote(table, Side::sell, 2_quantity, -2_quantity), MandateCheck::inside);
    EXPECT_EQ(quote(table, Side::sell, 2_quantity, -2.001_quantity), MandateCheck::inventory);
}

TEST(Mandate, IsCutToTheApprovedFraction) {
    Table table;
    const events::MandateGranted* granted = grant(table, 0.33333_rate);
    ASSERT_NE(granted, nullptr);
    EXPECT_EQ(granted->terms.inventory_max, 3.333_quantity);
    EXPECT_EQ(granted->terms.inventory_min, -1.333_quantity);
    EXPECT_EQ(granted->terms.order_max, 2_quantity);
}

TEST(Mandate, ANewOneReplacesTheOld) {
    Table table;
    const MandateId first = grant(table)->id;
    table.pass(Duration::seconds(1));
    const events::MandateGranted* second = grant(table);
    ASSERT_NE(second, nullptr);
    EXPECT_NE(second->id, first);
    EXPECT_EQ(table.state.mandates.size(), 1U);
    const auto ended = end_mandates(table.state, AgentId{1}, "disabled");
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_TRUE(end_mandates(table.state, AgentId{2}, "disabled").empty());
}

TEST(Mandate, ARejectedOneGrantsNothing) {
    Table table;
    const IntentId id = propose_mandate(table, terms());
    table.cast(id, 2, Ballot::reject, 1_rate);
    table.cast(id, 3, Ballot::reject, 1_rate);
    const auto closed = table.close(id);
    EXPECT_EQ(closed->outcome, RoundOutcome::rejected);
    EXPECT_FALSE(grant_mandate(table.state, *closed, 0.001_quantity));
    EXPECT_TRUE(table.state.terms.empty());
}

TEST(Mandate, RefusesTermsThatDoNotHoldTogether) {
    const auto refused = [](auto change) {
        Table table;
        MandateTerms asked = terms();
        change(asked, table);
        table.context.electorate = table.electors;
        const auto outcome =
            consensus::propose_mandate(table.state, table.settings, asked, table.context);
        return outcome.proposal.accepted ? events::IntentRefusal::none
                                         : outcome.proposal.refused.reason;
    };
    using enum events::IntentRefusal;
    EXPECT_EQ(refused([](auto&, auto&) {}), none);
    EXPECT_EQ(refused([](auto& t, auto&) { t.inventory_min = 1_quantity; }), invalid);
    EXPECT_EQ(refused([](auto& t, auto&) { t.inventory_min = t.inventory_max = {}; }), invalid);
    EXPECT_EQ(refused([](auto& t, auto&) { t.order_max = {}; }), invalid);
    EXPECT_EQ(refused([](auto& t, auto&) { t.buys = t.sells = false; }), invalid);
    EXPECT_EQ(refused([](auto& t, auto&) { t.stop = 101_price; }), invalid);
    EXPECT_EQ(refused([](auto& t, auto& table) { t.expires_at = table.now(); }), invalid);
    EXPECT_EQ(refused([](auto& t, auto& table) {
                  t.expires_at = table.now() + Duration::hours(24) + Duration::nanoseconds(1);
              }),
              invalid);
    EXPECT_EQ(refused([](auto&, auto& table) { table.context.mark = {}; }), no_mark);
    EXPECT_EQ(refused([](auto&, auto& table) { table.electors.resize(1); }), no_electorate);
}

} // namespace
} // namespace grekko::consensus
