// covers: core/engine/silence.cpp core/engine/watch.cpp core/engine/time.cpp
// A book whose feeds all fall silent: no record says so, a timer does.
#include "support/behaviours.hpp"
#include "unit/core/engine/book_feed.hpp"

namespace grekko {
namespace {

using test::btc;
using test::ScriptedAgent;
using test::Shown;
using test::target;

class Silence : public test::BookFeed {
protected:
    // Buys in the 40th minute, by default at once.
    void buy() {
        agent_ = std::make_unique<ScriptedAgent>(
            "buyer", btc, std::vector{Duration::minutes(1)},
            [this, asked = 0](const Ask& ask, const ports::AgentView& view,
                              std::vector<Action>& out) mutable {
                if (ask.head.kind != AskKind::bars) return;
                ++asked;
                const Price mark = view.market(btc, VenueId{}).mark.price;
                if (asked == 40) {
                    out.push_back(target(0.02_d, mark));
                    out.back().working = working_;
                }
                if (asked == sells_at_) out.push_back(target(Decimal{}, mark));
            });
        run_.open({agent_.get()});
        feed(Shown::good, 40 * 60 + 2);
        ASSERT_EQ(run_.events<events::ParentOpened>().size(), 1U);
    }
    Quantity held() const {
        return portfolio::position(run_.engine.state().portfolio, AgentId{1}, btc).quantity;
    }
    // Timers of silence that were worth a record.
    std::vector<TimerFired> told() {
        std::vector<TimerFired> all = run_.events<TimerFired>();
        std::erase_if(all, [](const TimerFired& one) { return one.kind != TimerKind::silence; });
        return all;
    }
    std::size_t timers() { return told().size(); }
    events::BreakerState now() { return run_.events<events::BreakerChanged>().back().to; }

    std::unique_ptr<ScriptedAgent> agent_;
    Working working_{.urgency = Urgency::urgent};
    int sells_at_{0};
};

TEST_F(Silence, OpensTheBreakerOfWhatIsHeldAfterFiveSeconds) {
    buy();
    ASSERT_EQ(held(), 0.02_quantity);
    silence(5);
    EXPECT_EQ(opened(risk::BreakerCause::data_stale), 0U);
    silence(1);
    EXPECT_EQ(opened(risk::BreakerCause::data_stale), 1U);
    silence(40);
    EXPECT_EQ(opened(risk::BreakerCause::data_stale), 1U);
}

// The breaker was open for longer than that before: only what has come since counts.
TEST_F(Silence, IsOverAfterThirtySecondsOfCleanData) {
    buy();
    silence(100);
    ASSERT_EQ(now(), events::BreakerState::open);
    feed(Shown::good, 29);
    EXPECT_EQ(now(), events::BreakerState::open);
    feed(Shown::good, 5);
    EXPECT_EQ(now(), events::BreakerState::half_open);
    silence(6);
    EXPECT_EQ(opened(risk::BreakerCause::data_stale), 2U) << "it may fall silent again";
}

// The outage before it is not the pace of its book.
TEST_F(Silence, IsSeenAgainAfterOneTouch) {
    buy();
    silence(100);
    const std::size_t before = timers();
    feed(Shown::good, 1);
    silence(150);
    EXPECT_GE(timers(), before + 2) << "its minutes go on";
}

TEST_F(Silence, StaysOpenAsLongAsNothingComes) {
    buy();
    silence(10 * 60);
    EXPECT_EQ(opened(risk::BreakerCause::data_stale), 1U);
    for (const auto& change : run_.events<events::BreakerChanged>())
        EXPECT_EQ(change.to, events::BreakerState::open);
    EXPECT_LE(timers(), 12U) << "one to open it, one a minute";
}

TEST_F(Silence, CancelsAnIncreaseThatRestsThoughNothingIsHeld) {
    run_.venue.fills = false;
    working_ = {.urgency = Urgency::passive, .passive_for = Duration::minutes(10)};
    buy();
    ASSERT_FALSE(run_.venue.placed.empty());
    silence(7);
    EXPECT_EQ(run_.venue.cancelled.size(), 1U);
    ASSERT_EQ(run_.events<events::ParentClosed>().size(), 1U);
    EXPECT_EQ(run_.events<events::ParentClosed>().front().end, events::ParentEnd::halted);
    EXPECT_TRUE(held().is_zero());
    const std::size_t before = timers();
    silence(3600);
    EXPECT_EQ(timers(), before) << "nothing is left to look after";
}

TEST_F(Silence, MakesNoRecordsWhileTheDataComes) {
    buy();
    feed(Shown::good, 10 * 60);
    EXPECT_EQ(timers(), 0U);
    EXPECT_TRUE(run_.events<events::BreakerChanged>().empty());
}

// An earlier host set one with every record: millions in a few hours.
TEST_F(Silence, IsLookedForByOneTimerAtATime) {
    buy();
    silence(6);
    ASSERT_EQ(timers(), 1U);
    const std::uint64_t before = told().back().id.value();
    feed(Shown::good, 3600);
    silence(6);
    ASSERT_EQ(timers(), 2U);
    EXPECT_LT(told().back().id.value() - before, 1'500U) << "those of other kinds among them";
}

// Its history may be bars alone: the first touch comes a little after it is live.
TEST_F(Silence, IsLookedForAfterAStartWhenTheDataHasBeenLiveForAWhile) {
    buy();
    engine::Engine again{test::one_market(), test::paper_settings()};
    ASSERT_TRUE(again.restore(run_.engine.save()));
    const Instant live = run_.driver.now() + Duration::hours(2);
    again.live_from(live);
    IncarnationOpened next;
    next.incarnation = 0x1235;
    next.epoch = 2;
    again.input(Input{run_.driver.now(), next}, TapePosition{1});
    Effects effects;
    again.take_effects(effects);
    std::vector<Instant> looks;
    for (const Effect& effect : effects) {
        const auto* set = std::get_if<SetTimer>(&effect);
        if (set != nullptr && set->timer.kind == TimerKind::silence) looks.push_back(set->at);
    }
    ASSERT_EQ(looks.size(), 1U);
    EXPECT_GT(looks.front(), live + Duration::seconds(5));
}

TEST_F(Silence, IsReplayedFromTheJournalAlone) {
    buy();
    silence(150);
    feed(Shown::good, 60);
    ASSERT_TRUE(run_.driver.flush().has_value());
    engine::Engine again{test::one_market(), test::paper_settings()};
    const auto read = run_.journal.read(Sequence{1}, [&](const ports::Batch& batch) {
        engine::for_each_record(
            batch.payload, [&](const RecordHead& head) { EXPECT_TRUE(again.apply_record(head)); });
        return Result<void>{};
    });
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(again.digest(), run_.engine.digest());
}

// A book is as old as its last change (trading rules §5.3), whatever is traded meanwhile.
TEST_F(Silence, IsThatOfTheBookThoughTradesGoOn) {
    buy();
    feed(Shown::nothing, 50);
    EXPECT_EQ(opened(risk::BreakerCause::data_stale), 1U);
}

// A tape of a quote and a trade each twenty seconds is sparse, not silent.
TEST_F(Silence, OfASparseBookBeginsAfterTwoOfItsSteps) {
    buy();
    const auto go_on = [&](int steps) {
        for (int i = 0; i < steps; ++i) {
            second_ += 19;
            feed(Shown::good, 1);
        }
    };
    go_on(5);
    EXPECT_EQ(opened(risk::BreakerCause::data_stale), 1U) << "until its pace is known";
    go_on(25);
    silence(40);
    EXPECT_EQ(opened(risk::BreakerCause::data_stale), 1U);
    silence(1);
    EXPECT_EQ(opened(risk::BreakerCause::data_stale), 2U);
}

TEST_F(Silence, StillHasItsMinutes) {
    buy();
    const std::size_t before = run_.events<events::NavMarked>().size();
    silence(5 * 60 + 5);
    EXPECT_EQ(run_.events<events::NavMarked>().size(), before + 5);
}

TEST_F(Silence, DoesNotMatterToABookThatHasLeft) {
    sells_at_ = 42;
    buy();
    feed(Shown::good, 3 * 60);
    ASSERT_TRUE(held().is_zero());
    silence(3600);
    EXPECT_EQ(timers(), 0U);
    EXPECT_EQ(opened(risk::BreakerCause::data_stale), 0U);
}

TEST_F(Silence, DoesNotMatterBeforeTheBookIsLive) {
    buy();
    run_.engine.live_from(run_.driver.now() + Duration::minutes(5));
    silence(5 * 60 + 4);
    EXPECT_EQ(timers(), 0U);
    EXPECT_EQ(opened(risk::BreakerCause::data_stale), 0U);
    silence(2);
    EXPECT_EQ(opened(risk::BreakerCause::data_stale), 1U);
}

TEST_F(Silence, AfterAShutdownIsNothingNew) {
    buy();
    Command stop;
    stop.kind = CommandKind::shutdown;
    ASSERT_TRUE(run_.driver.input(Input{run_.driver.now(), stop}).has_value());
    silence(60);
    EXPECT_EQ(opened(risk::BreakerCause::data_stale), 0U);
}

} // namespace
} // namespace grekko
