#include "core/risk/breakers.hpp"

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/core/risk/journal.hpp"

namespace grekko::risk::tests {
namespace {

using events::BreakerScope;
using events::BreakerState;

constexpr InstrumentId btc{1};
constexpr VenueId coin{1};
constexpr AgentId agent{1};

events::BreakerChanged opened(BreakerKey key) {
    events::BreakerChanged event;
    event.scope = key.scope;
    event.venue = key.venue;
    event.instrument = key.instrument;
    event.agent = key.agent;
    event.to = BreakerState::open;
    event.opened_today = 1;
    event.cause = static_cast<std::uint32_t>(BreakerCause::operator_command);
    return event;
}

TEST(Breakers, NameEveryCauseOnce) {
    std::set<std::string_view> names;
    for (std::uint32_t n = 0; n <= static_cast<std::uint32_t>(BreakerCause::operator_command);
         ++n) {
        EXPECT_TRUE(names.insert(name(static_cast<BreakerCause>(n))).second) << n;
        EXPECT_NE(name(static_cast<BreakerCause>(n)), "unknown") << n;
    }
    EXPECT_EQ(name(static_cast<BreakerCause>(31)), "unknown");
}

TEST(Breakers, KnowBadDataFromEverythingElse) {
    const std::uint32_t stale = bit(BreakerCause::data_stale);
    EXPECT_FALSE(about_data(0));
    EXPECT_TRUE(about_data(stale));
    EXPECT_TRUE(about_data(stale | bit(BreakerCause::data_gap) | bit(BreakerCause::data_crossed)));
    EXPECT_FALSE(about_data(stale | bit(BreakerCause::limit_by_price)));
    EXPECT_FALSE(about_data(bit(BreakerCause::rejects)));
}

TEST(Breakers, AreClosedWhereNothingEverHappened) {
    const BreakerView seen = view(Breakers{}, coin, btc, agent);
    EXPECT_FALSE(seen.open);
    EXPECT_FALSE(seen.half_open);
    EXPECT_TRUE(seen.admits);
    EXPECT_TRUE(seen.account_trusted);
}

TEST(Breakers, StopExactlyTheOrdersOfTheirScope) {
    const struct {
        BreakerKey key;
        bool other_venue, other_instrument, other_agent;  // whether those are stopped too
    } rows[] = {
        {{BreakerScope::global, 0, {}, {}, {}}, true, true, true},
        {{BreakerScope::venue, 0, coin, {}, {}}, false, true, true},
        {{BreakerScope::account, 0, coin, {}, {}}, false, true, true},
        {{BreakerScope::instrument, 0, {}, btc, {}}, true, false, true},
        {{BreakerScope::agent, 0, {}, {}, agent}, true, true, false},
        {{BreakerScope::agent_instrument, 0, {}, btc, agent}, true, false, false},
    };
    for (const auto& row : rows) {
        Journal journal;
        journal.emit(opened(row.key));
        const Breakers& all = journal.state.breakers;
        const int scope = static_cast<int>(row.key.scope);
        EXPECT_TRUE(view(all, coin, btc, agent).open) << scope;
        EXPECT_EQ(view(all, coin, btc, agent).open_scopes, 1 << scope);
        EXPECT_EQ(view(all, VenueId{2}, btc, agent).open, row.other_venue) << scope;
        EXPECT_EQ(view(all, coin, InstrumentId{2}, agent).open, row.other_instrument) << scope;
        EXPECT_EQ(view(all, coin, btc, AgentId{2}).open, row.other_agent) << scope;
    }
}

TEST(Breakers, TrustNoAccountInDoubt) {
    Journal journal;
    journal.emit(opened({BreakerScope::account, 0, coin, {}, {}}));
    const Breakers& all = journal.state.breakers;
    EXPECT_FALSE(view(all, coin, btc, agent).account_trusted);
    EXPECT_TRUE(view(all, VenueId{2}, btc, agent).account_trusted);
    EXPECT_FALSE(view(all, VenueId{}, btc, agent).account_trusted) << "not routed yet";
    EXPECT_FALSE(view(all, VenueId{}, btc, agent).open);
}

// Whatever happens in whatever order: three openings a day at most without a person, waits within
// their bounds, the count of half open ones right, and a replay gives the same bytes.
RC_GTEST_PROP(BreakersProperty, HoldTheirRulesOverAnyHistory, ()) {
    Journal journal;
    const BreakerSettings settings;
    const BreakerKey key{BreakerScope::instrument, 0, {}, btc, {}};
    CleanConditions clean;
    clean.data_clean = true;
    const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 6));
    for (const int step : steps) {
        const Breakers& all = journal.state.breakers;
        if (step == 0) journal.wait(Duration::seconds(*rc::gen::inRange(1, 4'000)));
        if (step == 1) {
            journal.emit_all(on_data(all, settings, {btc, {}, {}, {}, true}, journal.now));
        }
        if (step == 2) {
            if (const auto event = due(all, settings, key, clean, journal.now)) {
                journal.emit(*event);
            }
        }
        if (step >= 3) {
            events::ParentOpened parent;
            parent.parent.instrument = btc;
            parent.parent.agent = agent;
            const ParentId id{journal.emit(parent)};
            const bool admitted = breaker(all, key).probe == id;
            events::ParentClosed closed;
            closed.parent = id;
            journal.emit(closed);
            const Completion how = step == 3 ? Completion::failed : Completion::clean;
            const auto events = on_completion(all, settings, {id, coin, btc, agent}, how,
                                              journal.now);
            RC_ASSERT(events.empty() != admitted);
            journal.emit_all(events);
        }
        const Breaker& one = breaker(all, key);
        RC_ASSERT(one.manual || one.opened_today < 3 || one.state == BreakerState::closed);
        RC_ASSERT(one.wait <= Duration::hours(1));
        RC_ASSERT(one.clean < 3);
        RC_ASSERT(all.half_open == (one.state == BreakerState::half_open ? 1U : 0U));
        const BreakerView seen = view(all, coin, btc, agent);
        RC_ASSERT(seen.open == (one.state == BreakerState::open));
    }
    RC_ASSERT(journal.replays());
}

}  // namespace
}  // namespace grekko::risk::tests
