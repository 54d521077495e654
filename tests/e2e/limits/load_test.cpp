// How much is handled within one second of event time: market updates, assessments, orders and
// decisions at the rates of the requirements, none dropped, none late. Counts and event times
// alone; what it costs is measured by `make limits`.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "e2e/limits/floor.hpp"

namespace grekko::test {
namespace {

constexpr Duration a_second = Duration::seconds(1);

// Nothing that counts messages or orders stands in the way of a load.
Floor::Setup unthrottled(std::uint16_t instruments) {
    Floor::Setup setup;
    setup.instruments = instruments;
    setup.venue_rate = 1'000'000;
    risk::Settings& limits = setup.settings.risk;
    limits.agent_rate = limits.agent_burst = 1'000'000;
    limits.book_rate = limits.book_burst = 1'000'000;
    limits.open_orders_account_max = limits.open_orders_agent_max = 1'000'000;
    limits.message_ratio_from = 1'000'000'000;
    limits.venue_share_max = 2_rate;
    setup.settings.consensus.open_rounds_max = 100'000;
    return setup;
}

void subscribe_all(ScriptedAgent& agent, std::uint16_t instruments) {
    auto& description = agent.mutable_description();
    const ports::Subscription one = description.subscriptions.front();
    for (std::uint16_t i = 2; i <= instruments; ++i) {
        description.subscriptions.push_back(one);
        description.subscriptions.back().instrument = InstrumentId{i};
        description.votes.push_back(InstrumentId{i});
    }
}

// In where it is flat, out where it is not, at every trade from `from` on.
ScriptedAgent::Behaviour every_trade(const bool& trading) {
    return [&trading](const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
        if (ask.head.kind != AskKind::trade || !trading) return;
        const InstrumentId instrument = ask.head.instrument;
        const bool flat = view.position(ask.head.agent, instrument).position.quantity.is_zero();
        Action action =
            target(flat ? 0.01_d : Decimal{}, view.market(instrument, VenueId{}).mark.price);
        action.instrument = instrument;
        out.push_back(action);
    };
}

TEST(Load, TenThousandUpdatesOfOneSecondAreAllSeenByEveryAgentInTheirInstant) {
    constexpr int updates = 10'000;
    Floor floor{unthrottled(20)};
    struct Heard {
        std::uint64_t trades{0};
        Duration latest;
    };
    std::vector<Heard> heard(5);
    std::vector<std::unique_ptr<ScriptedAgent>> agents;
    std::vector<ports::Agent*> all;
    for (std::size_t i = 0; i < heard.size(); ++i) {
        agents.push_back(std::make_unique<ScriptedAgent>(
            "a" + std::to_string(i), btc, std::vector<Duration>{},
            [&, i](const Ask& ask, const ports::AgentView& view, std::vector<Action>&) {
                if (ask.head.kind != AskKind::trade) return;
                ++heard[i].trades;
                heard[i].latest = std::max(heard[i].latest, view.now() - ask.market->received_at);
            }));
        subscribe_all(*agents.back(), 20);
        all.push_back(agents.back().get());
    }
    floor.open(all);
    const std::uint64_t before = floor.driver.market_records();
    const Instant begin = floor.now();
    // Each tick is a quote and a trade, on the instruments in turn.
    for (int i = 0; i < updates / 2; ++i)
        floor.tick(Floor::swing(i), Duration::microseconds(200),
                   InstrumentId{static_cast<std::uint16_t>(1 + i % 20)});
    floor.run();
    EXPECT_EQ(floor.driver.market_records() - before, static_cast<std::uint64_t>(updates));
    EXPECT_EQ(floor.now() - begin, a_second);
    for (const Heard& one : heard) {
        EXPECT_EQ(one.trades, static_cast<std::uint64_t>(updates / 2));
        EXPECT_LE(one.latest, Duration::milliseconds(50));
    }
    for (std::uint16_t i = 1; i <= 20; ++i) {
        const MarketView view =
            floor.engine.market_state().view(InstrumentId{i}, VenueId{}, floor.now());
        EXPECT_LE(floor.now() - view.mark.at, Duration::milliseconds(50));
    }
}

class OrderLoad : public testing::Test {
protected:
    static constexpr std::uint16_t instruments = 250;
    OrderLoad() : floor{setup()} {
        subscribe_all(agent, instruments);
        floor.open({&agent});
        floor.warm_up(400);
        trading = true;
        begin = floor.now();
    }
    static Floor::Setup setup() {
        Floor::Setup made = unthrottled(instruments);
        made.settings.consensus.increase_interval = Duration::milliseconds(1);
        made.settings.risk.repetition_max = made.settings.risk.repetition_breaker = 1'000'000;
        return made;
    }
    // Four trades of each instrument, spread over a second: an entry and an exit, twice.
    void one_second() {
        floor.venue.inner.delay = Duration::milliseconds(50);
        for (int turn = 0; turn < 4; ++turn) {
            for (std::uint16_t i = 1; i <= instruments; ++i)
                floor.tick(Floor::swing(400 + turn), a_second / (4 * instruments), InstrumentId{i});
        }
        floor.run();
        trading = false;
        floor.wait(a_second);
    }
    bool trading{false};
    ScriptedAgent agent{"all", btc, {}, every_trade(trading)};
    Floor floor;
    Instant begin;
};

TEST_F(OrderLoad, AThousandOrdersOfOneSecondAreSubmittedAndFilledWithinTheirSecond) {
    one_second();
    const auto submitted = floor.all<events::OrderSubmitted>();
    EXPECT_EQ(submitted.size(), 1'000U);
    std::map<OrderId, Instant> at;
    for (const auto& one : submitted) {
        at[one.body.order.id] = one.head.at;
        EXPECT_LE(one.head.at - begin, a_second + floor.setup.thinking);
    }
    std::set<OrderId> filled;
    for (const auto& one : floor.all<events::OrderFilled>()) {
        filled.insert(one.body.fill.order);
        EXPECT_LE(one.head.at - at[one.body.fill.order], a_second);
    }
    EXPECT_EQ(filled.size(), submitted.size());
    EXPECT_EQ(floor.venue.placed.size(), submitted.size());
    EXPECT_TRUE(floor.all<events::OrderRejected>().empty());
    EXPECT_TRUE(floor.all<events::OrderUnknown>().empty());
}

TEST_F(OrderLoad, LeavesEveryLedgerConsistentAndNothingOpen) {
    one_second();
    EXPECT_EQ(
        portfolio::check_invariants(floor.engine.state().portfolio, portfolio::Moment::step).what,
        portfolio::Broken::none);
    EXPECT_TRUE(floor.engine.state().execution.open_parents.empty());
    for (std::uint16_t i = 1; i <= instruments; ++i)
        EXPECT_TRUE(floor.held(first_agent, InstrumentId{i}).is_zero());
}

TEST_F(OrderLoad, ReplaysToTheSameDigest) {
    one_second();
    engine::Engine replayed{Floor::universe(floor.setup), floor.setup.settings};
    ASSERT_TRUE(floor.driver.flush().has_value());
    const auto recovery = runtime::recover(replayed, floor.journal);
    ASSERT_TRUE(recovery.has_value()) << recovery.error().message;
    EXPECT_EQ(replayed.digest(), floor.engine.digest());
}

TEST_F(OrderLoad, BatchesHoldNoMoreThanTheirSizeAndEveryRecordOnce) {
    one_second();
    ASSERT_TRUE(floor.driver.flush().has_value());
    std::uint64_t last = 0, largest = 0;
    const auto read = floor.journal.read(Sequence{1}, [&](const ports::Batch& batch) {
        EXPECT_EQ(batch.first.value(), last + 1);
        last = batch.last.value();
        largest = std::max(largest, last - batch.first.value() + 1);
        return Result<void>{};
    });
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(Sequence{last}, floor.engine.last_sequence());
    EXPECT_GT(largest, 1U);
    EXPECT_LE(largest, 2 * runtime::DriverOptions{}.batch_records); // a step ends in its batch
}

// Each decision is assessed, and each of its children again.
TEST_F(OrderLoad, EveryOrderWasAssessedBeforeItLeft) {
    one_second();
    const auto assessed = floor.all<events::RiskAssessed>();
    EXPECT_GE(assessed.size(), 2'000U);
    for (const auto& one : assessed)
        ASSERT_EQ(one.body.verdict, events::Verdict::approved)
            << risk::name(static_cast<risk::Check>(one.body.reason));
}

// A hundred rounds of five voters within a second, on as many instruments.
TEST(Load, AHundredDecisionsOfOneSecondAreAllTakenWithinTheirHalfSecond) {
    constexpr std::uint16_t instruments = 100;
    FiveAgents agents;
    Floor floor{unthrottled(instruments)};
    bool trading = false;
    ScriptedAgent proposer{"p", btc, {}, every_trade(trading)};
    subscribe_all(proposer, instruments);
    std::vector<ports::Agent*> all{&proposer};
    for (const auto& voter : agents.voters) {
        subscribe_all(*voter, instruments);
        all.push_back(voter.get());
    }
    floor.open(all);
    floor.warm_up(400);
    trading = true;
    for (std::uint16_t i = 1; i <= instruments; ++i)
        floor.tick(Floor::swing(400), a_second / instruments, InstrumentId{i});
    floor.run();
    trading = false;
    floor.wait(a_second);
    const auto closed = floor.all<events::RoundClosed>();
    EXPECT_EQ(closed.size(), 100U);
    for (const auto& one : closed) {
        EXPECT_EQ(one.body.outcome, events::RoundOutcome::passed);
        EXPECT_LE(one.body.took, Duration::milliseconds(500));
    }
    EXPECT_EQ(floor.all<events::OrderFilled>().size(), 100U);
}

} // namespace
} // namespace grekko::test
