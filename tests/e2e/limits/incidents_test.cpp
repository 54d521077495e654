// Incidents: what goes wrong around a book, one at a time, until it trades again or waits for an
// operator. Each is noticed and told; how many heal by themselves, and how soon, is counted over
// the whole table, in event time.
#include <algorithm>

#include <gtest/gtest.h>

#include "e2e/limits/floor.hpp"

namespace grekko::test {
namespace {

constexpr InstrumentId other{2};

Floor::Setup two_instruments() {
    Floor::Setup setup;
    setup.instruments = 2;
    setup.settings.risk.venue_share_max = 2_rate;
    return setup;
}

// A book that trades all the time: in with one tick, out with the next.
struct Trading {
    Trading() {
        floor.open(agents.all());
        floor.warm_up();
        for (int i = 0; i < 6; ++i)
            step();
        for (int i = 0; floor.held(first_agent).is_zero() && i < 4; ++i)
            step();
        began = floor.now();
    }
    void step(Duration after = Duration::seconds(10)) {
        const bool flat = floor.held(first_agent).is_zero();
        agents.wish.target = flat ? 0.05_d : Decimal{};
        floor.tick(Floor::swing(at), after);
        floor.tick(Floor::swing(at), Duration{}, other);
        ++at;
        floor.run();
        floor.wait(Duration::seconds(1));
    }
    void steps(Duration over) {
        for (const Instant end = floor.now() + over; floor.now() < end;)
            step();
    }
    bool trades() {
        const bool open =
            std::ranges::any_of(floor.engine.state().risk.breakers.all, [](const auto& one) {
                return one.second.state == events::BreakerState::open;
            });
        if (open || floor.state() != events::BookState::active) return false;
        const auto fills = floor.all<events::FillAllocated>();
        return std::ranges::any_of(fills, [&](const auto& fill) {
            return fill.body.purpose == Purpose::increase && fill.head.at > noticed();
        });
    }
    // The first alert since it began, or the first that an agent was switched off or left out.
    Instant noticed() {
        for (const Floor::Alert& alert : floor.alerts)
            if (alert.at >= began) return alert.at;
        return Instant::from_seconds(4'000'000'000);
    }

    int at{800};
    FiveAgents agents;
    Floor floor{two_instruments()};
    Instant began;
};

struct Incident {
    const char* name;
    void (*happens)(Trading&);
    bool heals;
};

void lose_the_venue(Trading& t) {
    t.floor.say(ReportKind::disconnected);
    t.steps(Duration::minutes(2));
    t.floor.say(ReportKind::connected);
    t.floor.say(ReportKind::private_restored);
}
void lose_the_private_stream(Trading& t) {
    t.floor.say(ReportKind::private_lost);
    t.steps(Duration::minutes(2));
    t.floor.say(ReportKind::private_restored);
}
void let_the_venues_clock_run_away(Trading& t) {
    VenueReport clock;
    clock.kind = ReportKind::clock;
    clock.total = 2_d;
    t.floor.say(clock);
    t.steps(Duration::minutes(1));
    clock.total = Decimal{};
    t.floor.say(clock);
}
void lose_the_market_data_of_one_instrument(Trading& t) {
    for (int i = 0; i < 18; ++i) {
        t.floor.tick(Floor::swing(t.at), Duration::seconds(10), other);
        t.floor.run();
    }
}
void let_an_agent_fault(Trading& t) {
    for (int i = 0; i < 5; ++i) {
        AgentFault fault;
        fault.agent = first_agent;
        fault.kind = FaultKind::error;
        fault.generation = t.floor.engine.generation(first_agent);
        fault.message = "agent.lua:1: a test";
        ASSERT_TRUE(t.floor.driver.input(Input{t.floor.now(), fault}).has_value());
    }
}
void let_the_venue_reject(Trading& t) {
    t.floor.venue.inner.answer = ReportKind::rejected;
    t.steps(Duration::minutes(2));
    t.floor.venue.inner.answer = ReportKind::accepted;
}
void let_outcomes_be_unknown(Trading& t) {
    t.floor.venue.inner.answer = ReportKind::ambiguous;
    t.steps(Duration::minutes(2));
    t.floor.venue.inner.answer = ReportKind::accepted;
}
void let_the_price_fall_by_a_tenth(Trading& t) {
    for (int i = 0; i < 30; ++i) {
        const Price lower = multiply(t.floor.last_price, 0.9965_rate, Rounding::half_even);
        t.floor.tick(lower, Duration::seconds(10));
        t.floor.run();
    }
}
// Each return waits longer; the third time in a day an operator must look.
void let_an_agent_fault_again_and_again(Trading& t) {
    for (int i = 0; i < 2; ++i) {
        let_an_agent_fault(t);
        t.steps(Duration::minutes(40));
    }
    t.began = t.floor.now();
    let_an_agent_fault(t);
}
void let_a_stranger_trade_on_the_account(Trading& t) {
    VenueReport fill;
    fill.kind = ReportKind::filled;
    fill.foreign = true;
    fill.instrument = btc;
    fill.fill.instrument = btc;
    fill.fill.venue = bench::venue_one;
    fill.fill.side = Side::buy;
    fill.fill.price = t.floor.last_price;
    fill.fill.quantity = 1_quantity;
    fill.fill.fee_currency = "USD";
    fill.fill.trade_id = "foreign";
    fill.fill.exchange_at = t.floor.now();
    t.floor.say(fill);
}

constexpr Incident incidents[]{
    {"the venue is lost for two minutes", lose_the_venue, true},
    {"the private stream is lost", lose_the_private_stream, true},
    {"the venue's clock is two seconds off", let_the_venues_clock_run_away, true},
    {"one instrument's market data stops", lose_the_market_data_of_one_instrument, true},
    {"an agent faults five times", let_an_agent_fault, true},
    {"the venue rejects every order", let_the_venue_reject, true},
    {"nobody knows what became of orders", let_outcomes_be_unknown, true},
    {"the price falls by a tenth", let_the_price_fall_by_a_tenth, true},
    {"a stranger trades on the account", let_a_stranger_trade_on_the_account, true},
    {"an agent faults again and again", let_an_agent_fault_again_and_again, false},
};

struct Course {
    Duration until_noticed, until_healed;
    bool healed{false};
};

Course follow(const Incident& incident) {
    Trading trading;
    incident.happens(trading);
    Course course;
    for (int i = 0; i < 400 && !course.healed; ++i) {
        trading.step();
        course.healed = trading.trades();
    }
    course.until_noticed = trading.noticed() - trading.began;
    course.until_healed = trading.floor.now() - trading.began;
    return course;
}

class Incidents : public testing::Test {
protected:
    static void SetUpTestSuite() {
        for (const Incident& one : incidents)
            courses.push_back(follow(one));
    }
    static void TearDownTestSuite() { courses.clear(); }
    static inline std::vector<Course> courses;
};

TEST_F(Incidents, AreNoticedAndToldToTheOperatorWithinFiveMinutes) {
    for (std::size_t i = 0; i < courses.size(); ++i)
        EXPECT_LE(courses[i].until_noticed, Duration::minutes(5)) << incidents[i].name;
}

TEST_F(Incidents, HealByThemselvesWhereTheRulesSaySo) {
    for (std::size_t i = 0; i < courses.size(); ++i)
        EXPECT_EQ(courses[i].healed, incidents[i].heals) << incidents[i].name;
}

TEST_F(Incidents, HealByThemselvesInFourOfFiveCases) {
    const auto healed = std::ranges::count(courses, true, &Course::healed);
    EXPECT_GE(healed * 100, static_cast<std::ptrdiff_t>(courses.size()) * 80);
}

TEST_F(Incidents, AreOverAfterLessThanAQuarterOfAnHourOnAverage) {
    Duration sum;
    std::int64_t healed = 0;
    for (const Course& one : courses) {
        if (!one.healed) continue;
        sum = sum + one.until_healed;
        ++healed;
    }
    ASSERT_GT(healed, 0);
    EXPECT_LT(sum / healed, Duration::minutes(15));
}

TEST_F(Incidents, ThatWaitForAnOperatorEndWithHisCommand) {
    Trading trading;
    let_an_agent_fault_again_and_again(trading);
    trading.steps(Duration::hours(2));
    EXPECT_FALSE(trading.trades());
    Command command;
    command.agent = first_agent;
    command.kind = CommandKind::agent_enable;
    trading.floor.command(command);
    command.kind = CommandKind::reset_breaker;
    command.scope = static_cast<std::uint8_t>(events::BreakerScope::agent);
    trading.floor.command(command);
    trading.steps(Duration::minutes(5));
    EXPECT_TRUE(trading.trades());
}

} // namespace
} // namespace grekko::test
