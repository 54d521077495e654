// covers: core/engine/work.cpp core/engine/guard.cpp
// TWAP and VWAP in the engine: what they follow, what they wait for and what ends them.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/behaviours.hpp"
#include "unit/core/engine/book_feed.hpp"

namespace grekko {
namespace {

using test::acts;
using test::BookRun;
using test::btc;
using test::ScriptedAgent;
using test::Shown;
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

// ---- TWAP on a book: what it waits for, and what ends it ---------------------------------------

class Twap : public test::BookFeed {
protected:
    // A buyer of 0.02 in ten minutes and twenty slices, in the 40th minute.
    void SetUp() override {
        agent_ = std::make_unique<ScriptedAgent>(
            "buyer", btc, std::vector{Duration::minutes(1)}, acts(40, [this](Price mark) {
                Action action = schedule(mark, Algorithm::twap, Duration::minutes(10), 20);
                action.working.on_timeout = on_timeout_;
                return action;
            }));
        run_.open({agent_.get()});
        feed(Shown::good, 40 * 60 + 1);
        ASSERT_EQ(run_.events<events::ParentOpened>().size(), 1U);
    }
    bool rests() const {
        const execution::State& state = run_.engine.state().execution;
        return std::ranges::any_of(state.open_parents, [&](ParentId id) {
            return !state.parents.find(id)->children.empty();
        });
    }
    std::vector<events::ParentClosed> closed() { return run_.events<events::ParentClosed>(); }

    std::unique_ptr<ScriptedAgent> agent_;
    OnTimeout on_timeout_{OnTimeout::cancel};
};

class TwapOnBadData : public Twap, public testing::WithParamInterface<Shown> {
protected:
    TwapOnBadData() { on_timeout_ = OnTimeout::cross; }
};

TEST_P(TwapOnBadData, WaitsAndThenGoesOnWithoutMoreTime) {
    feed(Shown::good, 120);
    const Quantity before = held(run_);
    EXPECT_GT(before, 0.002_quantity);
    feed(GetParam(), 4);
    const Quantity since = held(run_);
    feed(GetParam(), 120);
    EXPECT_EQ(held(run_), since) << "nothing new is sent";
    EXPECT_TRUE(closed().empty());
    feed(Shown::good, 10 * 60 - 120 - 124);
    EXPECT_EQ(held(run_), 0.02_quantity);
    feed(Shown::good, 5);
    ASSERT_EQ(closed().size(), 1U);
    EXPECT_EQ(closed().front().end, events::ParentEnd::filled);
}

TEST_P(TwapOnBadData, EndsAtItsTime) {
    feed(Shown::good, 120);
    feed(GetParam(), 8 * 60 - 10);
    EXPECT_TRUE(closed().empty());
    feed(GetParam(), 20);
    ASSERT_EQ(closed().size(), 1U);
    EXPECT_EQ(closed().front().end, events::ParentEnd::timed_out);
    EXPECT_LT(closed().front().filled, 0.006_quantity);
}

TEST_P(TwapOnBadData, EndsAtOnceWhereTheBookIsHalted) {
    feed(Shown::good, 120);
    feed(GetParam(), 20);
    EXPECT_TRUE(closed().empty());
    Command command;
    command.kind = CommandKind::halt;
    command.principal = "test";
    command.reason = "test";
    ASSERT_TRUE(run_.driver.input(Input{run_.driver.now(), command}).has_value());
    ASSERT_EQ(closed().size(), 1U);
    EXPECT_EQ(closed().front().end, events::ParentEnd::halted);
}

INSTANTIATE_TEST_SUITE_P(Data, TwapOnBadData,
                         testing::Values(Shown::nothing, Shown::wide, Shown::crossed));

TEST_F(Twap, OutlivesABreakerThatOpensForBadDataAlone) {
    feed(Shown::good, 60);
    run_.venue.fills_resting = false;
    for (int tries = 0; tries < 4 && (tries == 0 || !rests()); ++tries)
        feed(Shown::good, 60 - second_ % 60 + 58);
    ASSERT_TRUE(rests());
    const Quantity before = held(run_);
    run_.venue.cancelled.clear();
    const std::size_t placed = run_.venue.placed.size();
    second_ = (second_ / 60 + 1) * 60;
    Gap gap{market_head<Gap, MarketKind::gap>()};
    put(gap); // at a whole minute: data is looked at now
    ASSERT_TRUE(run_.run().has_value());
    EXPECT_EQ(opened(risk::BreakerCause::data_gap), 1U);
    feed(Shown::good, 20);
    EXPECT_FALSE(run_.venue.cancelled.empty()) << "its resting child goes";
    EXPECT_EQ(run_.venue.placed.size(), placed) << "nothing new while the breaker is open";
    EXPECT_TRUE(closed().empty());
    run_.venue.fills_resting = true;
    feed(Shown::good, 120); // half open after 30 s of clean data
    EXPECT_GT(held(run_), before);
    EXPECT_TRUE(closed().empty());
    feed(Shown::good, 420);
    ASSERT_EQ(closed().size(), 1U);
    EXPECT_EQ(closed().front().end, events::ParentEnd::filled);
}

TEST_F(Twap, EndsWhereABreakerOpensForSomethingElse) {
    feed(Shown::good, 120);
    Command command;
    command.kind = CommandKind::open_breaker;
    command.scope = static_cast<std::uint8_t>(events::BreakerScope::instrument);
    command.instrument = btc;
    command.principal = "test";
    command.reason = "test";
    ASSERT_TRUE(run_.driver.input(Input{run_.driver.now(), command}).has_value());
    feed(Shown::good, 2);
    ASSERT_EQ(closed().size(), 1U);
    EXPECT_EQ(closed().front().end, events::ParentEnd::halted);
}

} // namespace
} // namespace grekko
