#include "core/risk/book_state.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/core/risk/journal.hpp"

namespace grekko::risk::tests {
namespace {

using events::BookState;
using events::StateCause;

constexpr VenueId coin{1};

struct Desk : Journal {
    BookView view;
    Settings settings;
    StateSettings state_settings;
    BreakerSettings breaker_settings;
    ResumeConditions conditions;

    const BookStates& book() const { return state.book; }
    const Breakers& breakers() const { return state.breakers; }
    bool take(const StateEvent& event) {
        if (event) emit(*event);
        return event.has_value();
    }
    // As on_mark() says it.
    bool find(BookState wanted, StateCause cause, bool manual) {
        MarkFindings findings;
        findings.wanted = wanted;
        findings.cause = cause;
        findings.manual = manual;
        return take(on_findings(book(), findings, view));
    }
    void follow_breakers() {
        while (take(on_breakers(book(), breakers(), view))) {}
    }
    void pass_time(Duration duration, bool limits_are_kept = false) {
        wait(duration);
        while (take(on_time(book(), state_settings, view, {limits_are_kept}, now))) {}
    }
    StateDecision command(CommandKind kind, std::string_view reason = "because") {
        Command made;
        made.kind = kind;
        made.principal = "ada";
        made.reason = reason;
        conditions.book = view;
        const StateDecision decision = on_command(book(), settings, made, conditions);
        if (decision.refusal.empty() && (kind == CommandKind::resume ||
                                         kind == CommandKind::resume_rebase_peak)) {
            emit_all(on_resume(breakers(), made));
        }
        take(decision.event);
        return decision;
    }
    bool resumes(CommandKind kind = CommandKind::resume) {
        return command(kind).refusal.empty();
    }
};

// ---- The matrix ------------------------------------------------------------------------------

TEST(BookState, PermitsWhatTheTableSays) {
    constexpr auto agent = Origin::agent;
    constexpr auto person = Origin::person;
    constexpr auto host = Origin::host;
    const struct {
        Purpose purpose;
        Origin origin;
        bool active, reducing, halted;
    } rows[] = {
        {Purpose::increase, agent, true, false, false},
        {Purpose::increase, person, true, false, false},
        {Purpose::increase, host, true, false, false},
        {Purpose::mandate, agent, true, false, false},
        {Purpose::reduce, agent, true, true, false},
        {Purpose::reduce, person, true, true, true},
        {Purpose::reduce, host, true, true, true},
        {Purpose::flatten, person, true, true, true},
        {Purpose::flatten, host, true, true, true},
        {Purpose::flatten, agent, true, true, false},
        {Purpose::stop, host, true, true, true},
        {Purpose::disaster_stop, host, true, true, true},
        {Purpose::stop, agent, false, false, false},
        {Purpose::disaster_stop, agent, false, false, false},
    };
    for (const auto& row : rows) {
        const int purpose = static_cast<int>(row.purpose);
        EXPECT_EQ(permits(BookState::active, false, row.purpose, row.origin), row.active)
            << purpose;
        EXPECT_EQ(permits(BookState::reducing, false, row.purpose, row.origin), row.reducing)
            << purpose;
        EXPECT_EQ(permits(BookState::halted, false, row.purpose, row.origin), row.halted)
            << purpose;
        for (const auto state : {BookState::active, BookState::reducing, BookState::halted}) {
            EXPECT_FALSE(permits(state, true, row.purpose, row.origin)) << "frozen " << purpose;
        }
    }
}

TEST(BookState, LetsEveryIncreaseBeCancelledAndProtectsStops) {
    for (const auto state : {BookState::active, BookState::reducing, BookState::halted}) {
        for (const auto origin : {Origin::agent, Origin::person, Origin::host}) {
            EXPECT_TRUE(permits_cancel(state, true, Purpose::increase, origin));
            EXPECT_TRUE(permits_cancel(state, false, Purpose::mandate, origin));
            EXPECT_TRUE(permits_cancel(state, false, Purpose::reduce, origin));
            EXPECT_FALSE(permits_cancel(state, true, Purpose::disaster_stop, origin));
            EXPECT_EQ(permits_cancel(state, false, Purpose::disaster_stop, origin),
                      origin != Origin::agent);
        }
    }
    EXPECT_TRUE(asks_agents(BookState::active));
    EXPECT_TRUE(asks_agents(BookState::reducing));
    EXPECT_FALSE(asks_agents(BookState::halted));
}

// ---- Losses ----------------------------------------------------------------------------------

TEST(BookState, ADayLossReducesUntilMidnightUtc) {
    Desk desk;  // 22:13:20
    desk.view.day_return = -0.03_rate;
    EXPECT_TRUE(desk.find(BookState::reducing, StateCause::day_loss, false));
    EXPECT_EQ(desk.book().state, BookState::reducing);
    EXPECT_FALSE(desk.find(BookState::reducing, StateCause::day_loss, false)) << "known";
    desk.pass_time(Duration::minutes(106));
    EXPECT_EQ(desk.book().state, BookState::reducing) << "23:59:20";
    desk.pass_time(Duration::seconds(40));
    EXPECT_EQ(desk.book().state, BookState::active);
    EXPECT_FALSE(desk.book().half_size);
    EXPECT_TRUE(desk.replays());
}

TEST(BookState, ALargerDayLossHaltsUntilAnOperatorResumesOnceItNoLongerStands) {
    Desk desk;
    desk.find(BookState::reducing, StateCause::day_loss, false);
    desk.view.day_return = -0.05_rate;
    EXPECT_TRUE(desk.find(BookState::halted, StateCause::day_loss, true));
    EXPECT_EQ(desk.book().state, BookState::halted);
    EXPECT_FALSE(desk.resumes());
    desk.pass_time(Duration::days(1));
    EXPECT_EQ(desk.book().state, BookState::halted) << "a new day alone does not resume it";
    desk.view.day_return = 0_rate;
    EXPECT_TRUE(desk.resumes());
    EXPECT_EQ(desk.book().state, BookState::active);
    EXPECT_TRUE(desk.book().half_size);
    EXPECT_TRUE(desk.replays());
}

TEST(BookState, ADrawdownHaltEndsByRecoveryOrByRebasingThePeak) {
    Desk desk;
    desk.view.drawdown = 0.10_rate;
    desk.find(BookState::halted, StateCause::drawdown, true);
    EXPECT_FALSE(desk.resumes());
    EXPECT_NE(desk.command(CommandKind::resume).refusal.find("rebase"), std::string_view::npos);
    EXPECT_TRUE(desk.resumes(CommandKind::resume_rebase_peak));
    EXPECT_EQ(desk.book().state, BookState::active);
    desk.view.drawdown = 0.08_rate;
    desk.find(BookState::reducing, StateCause::drawdown, true);
    desk.view.drawdown = 0.0799_rate;
    EXPECT_TRUE(desk.resumes());
    EXPECT_EQ(desk.book().state, BookState::active);
}

TEST(BookState, RunsAtHalfSizeForAnHourAfterAManualResume) {
    Desk desk;
    desk.command(CommandKind::halt);
    EXPECT_TRUE(desk.resumes());
    desk.pass_time(Duration::minutes(59));
    EXPECT_TRUE(desk.book().half_size);
    desk.pass_time(Duration::minutes(1));
    EXPECT_FALSE(desk.book().half_size);
    EXPECT_TRUE(desk.replays());
}

// ---- Several causes --------------------------------------------------------------------------

TEST(BookState, TheStrictestOfSeveralCausesRulesAndEachEndsAlone) {
    Desk desk;
    desk.emit_all(on_disk(desk.breakers(), desk.breaker_settings, DiskReserve::low, desk.now));
    desk.follow_breakers();
    EXPECT_EQ(desk.book().state, BookState::reducing);
    desk.command(CommandKind::halt);
    EXPECT_EQ(desk.book().state, BookState::halted);
    EXPECT_EQ(cause(desk.book()), StateCause::operator_command);
    EXPECT_TRUE(manual(desk.book()));
    EXPECT_TRUE(desk.resumes());
    // The resume closed the global breaker: its demand ends with it.
    desk.follow_breakers();
    EXPECT_EQ(desk.book().state, BookState::active);
    EXPECT_TRUE(desk.replays());
}

TEST(BookState, RecoversWhenTheGlobalBreakerIsHalfOpen) {
    Desk desk;
    desk.emit_all(on_journal_latency(desk.breakers(), desk.breaker_settings,
                                     {Duration::seconds(1), Duration::seconds(10)}, desk.now));
    desk.follow_breakers();
    EXPECT_EQ(cause(desk.book()), StateCause::journal_slow);
    EXPECT_FALSE(desk.resumes()) << "it ends by itself";
    desk.wait(Duration::seconds(10));
    CleanConditions good;
    good.resources_good = true;
    const auto event = due(desk.breakers(), desk.breaker_settings, BreakerKey{}, good, desk.now);
    ASSERT_TRUE(event);
    desk.emit(*event);
    desk.follow_breakers();
    EXPECT_EQ(desk.book().state, BookState::active);
    EXPECT_FALSE(desk.book().half_size) << "nobody resumed it by hand";
}

TEST(BookState, AnAccountInDoubtReducesAndTakesProtectionOffUntilItIsTrustedAgain) {
    Desk desk;
    desk.emit_all(on_foreign_fill(desk.breakers(), desk.breaker_settings, coin, desk.now));
    desk.follow_breakers();
    EXPECT_EQ(desk.book().state, BookState::reducing);
    EXPECT_TRUE(desk.book().frozen);
    EXPECT_FALSE(permits(desk.book().state, desk.book().frozen, Purpose::stop, Origin::host));
    desk.command(CommandKind::reducing);
    EXPECT_TRUE(desk.book().frozen) << "a further demand does not turn protection on";
    desk.conditions.accounts_agree = false;
    EXPECT_FALSE(desk.resumes());
    desk.conditions.accounts_agree = true;
    EXPECT_TRUE(desk.resumes());
    desk.follow_breakers();
    EXPECT_EQ(desk.book().state, BookState::active);
    EXPECT_FALSE(desk.book().frozen);
    EXPECT_TRUE(desk.replays());
}

TEST(BookState, AQuoteCurrencyOffParHaltsUntilItIsNearAndSomeoneResumes) {
    Desk desk;
    desk.emit_all(on_par(desk.breakers(), desk.breaker_settings, 0.04_rate, desk.now));
    desk.follow_breakers();
    EXPECT_EQ(desk.book().state, BookState::halted);
    desk.conditions.par_deviation = 0.03_rate;
    EXPECT_FALSE(desk.resumes());
    desk.conditions.par_deviation = 0.02_rate;
    EXPECT_TRUE(desk.resumes());
    desk.follow_breakers();
    EXPECT_EQ(desk.book().state, BookState::active);
}

TEST(BookState, ALoosenedLimitLeavesWhatItHeldBackToAnOperator) {
    Desk desk;
    EXPECT_FALSE(desk.take(on_loosened(desk.book(), desk.view))) << "nothing is held back";
    desk.find(BookState::reducing, StateCause::limit_by_price, false);
    EXPECT_TRUE(desk.take(on_loosened(desk.book(), desk.view)));
    EXPECT_FALSE(desk.take(on_loosened(desk.book(), desk.view)));
    desk.pass_time(Duration::hours(1), true);
    EXPECT_EQ(desk.book().state, BookState::reducing);
    EXPECT_TRUE(desk.resumes());
    EXPECT_EQ(desk.book().state, BookState::active);
    EXPECT_TRUE(desk.replays());
}

TEST(BookState, ALimitPassedByPriceEndsWhenAllLimitsAreKept) {
    Desk desk;
    desk.find(BookState::reducing, StateCause::limit_by_price, false);
    desk.pass_time(Duration::minutes(1));
    EXPECT_EQ(desk.book().state, BookState::reducing);
    desk.pass_time(Duration::minutes(1), true);
    EXPECT_EQ(desk.book().state, BookState::active);

    const Bounds limits = bounds(desk.settings, 100'000_notional);
    Valuation valuation;
    EXPECT_TRUE(limits_kept(valuation, limits));
    valuation.clusters = {{}, 60'000_notional};
    EXPECT_TRUE(limits_kept(valuation, limits));
    valuation.clusters[1] = 60'001_notional;
    EXPECT_FALSE(limits_kept(valuation, limits));
    valuation.clusters.clear();
    valuation.short_net = -80'001_notional;
    EXPECT_FALSE(limits_kept(valuation, limits));

    Instrument instrument;
    instrument.id = InstrumentId{1};
    valuation.instruments.resize(2);
    valuation.instruments[1].worst = 25'001_notional;
    EXPECT_FALSE(limits_kept(valuation, limits, instrument));
    instrument.major = true;
    EXPECT_TRUE(limits_kept(valuation, limits, instrument)) << "twice as much for majors";
    valuation.instruments[1].virtual_gross = 75'001_notional;
    EXPECT_FALSE(limits_kept(valuation, limits, instrument));
}

// ---- Commands --------------------------------------------------------------------------------

TEST(BookState, HaltsAtOnceAndAgainWithoutChange) {
    Desk desk;
    const StateDecision first = desk.command(CommandKind::halt, "");
    ASSERT_TRUE(first.event) << "a halt needs no reason";
    EXPECT_EQ(first.event->to, BookState::halted);
    EXPECT_EQ(first.event->principal, "ada");
    const StateDecision again = desk.command(CommandKind::halt);
    EXPECT_FALSE(again.event);
    EXPECT_TRUE(again.refusal.empty());
    const StateDecision freeze = desk.command(CommandKind::halt_freeze);
    ASSERT_TRUE(freeze.event);
    EXPECT_TRUE(desk.book().frozen);
    desk.command(CommandKind::halt);
    EXPECT_TRUE(desk.book().frozen) << "a plain halt does not thaw";
    EXPECT_FALSE(desk.command(CommandKind::reducing).refusal.empty()) << "would loosen";
    EXPECT_TRUE(desk.resumes());
    EXPECT_FALSE(desk.book().frozen);
}

TEST(BookState, RefusesCommandsItCannotAnswerFor) {
    Desk desk;
    EXPECT_FALSE(desk.resumes()) << "it is active";
    EXPECT_TRUE(desk.resumes(CommandKind::resume_rebase_peak)) << "the peak alone";
    desk.command(CommandKind::halt);
    EXPECT_FALSE(desk.command(CommandKind::resume, "").refusal.empty()) << "no reason";
    EXPECT_FALSE(desk.command(CommandKind::flatten).refusal.empty()) << "not about the state";
    Command nameless;
    nameless.kind = CommandKind::halt;
    EXPECT_FALSE(on_command(desk.book(), desk.settings, nameless, {}).refusal.empty());
}

// Nothing but a resume, a new day, kept limits or a recovered breaker ever loosens a state, and
// after a halt nothing that increases is permitted until a resume.
RC_GTEST_PROP(BookStateProperty, NeverLoosensByItself, ()) {
    Desk desk;
    const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 9));
    bool halted_by_hand = false;
    for (const int step : steps) {
        const BookState before = desk.book().state;
        bool may_loosen = false;
        switch (step) {
            case 0: desk.find(BookState::reducing, StateCause::day_loss, false); break;
            case 1: desk.find(BookState::halted, StateCause::drawdown, true); break;
            case 2: desk.find(BookState::reducing, StateCause::limit_by_price, false); break;
            case 3:
                desk.command(CommandKind::halt);
                halted_by_hand = true;
                break;
            case 4: desk.command(CommandKind::reducing); break;
            case 5:
                desk.emit_all(
                    on_disk(desk.breakers(), desk.breaker_settings, DiskReserve::low, desk.now));
                desk.follow_breakers();
                break;
            case 6:
                if (desk.resumes()) halted_by_hand = false;
                desk.follow_breakers();
                may_loosen = true;
                break;
            case 7:
                desk.pass_time(Duration::hours(9), true);
                may_loosen = true;
                break;
            default: desk.pass_time(Duration::seconds(1)); break;
        }
        RC_ASSERT(may_loosen || desk.book().state >= before);
        if (halted_by_hand) {
            for (const auto origin : {Origin::agent, Origin::person, Origin::host}) {
                RC_ASSERT(!permits(desk.book().state, desk.book().frozen, Purpose::increase,
                                   origin));
                RC_ASSERT(!permits(desk.book().state, desk.book().frozen, Purpose::mandate,
                                   origin));
            }
        }
        for (const auto& [why, demand] : desk.book().demands) {
            RC_ASSERT(demand.state <= desk.book().state);
        }
    }
    RC_ASSERT(desk.replays());
}

}  // namespace
}  // namespace grekko::risk::tests
