// covers: research/look_ahead/witness.cpp
#include "research/look_ahead/look_ahead.hpp"

#include <gtest/gtest.h>

#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko::research {
namespace {

using test::btc;
using test::InstantVenue;
using test::ScriptedAgent;

const std::vector<Duration> hourly{Duration::hours(1)};

// Bars that go up and down, none like the one before.
runtime::MemoryTape make_tape(int bars) {
    test::BookRun run;
    for (int i = 0; i < bars; ++i)
        run.bar(Price{Decimal::whole(50'000 + (i * 37 % 101) * 20 - (i % 7) * 130)});
    return std::move(run.tape);
}

// What an agent under test does, given the tape that its run sees.
using Mind = std::function<ScriptedAgent::Behaviour(const TrialOptions&)>;

struct World {
    explicit World(std::vector<Mind> given) : minds{std::move(given)} {}

    Result<Trial> operator()(const TrialOptions& options) const {
        struct Owned {
            InstantVenue venue{VenueId{1}};
            std::vector<std::unique_ptr<ScriptedAgent>> agents;
        };
        auto owned = std::make_shared<Owned>();
        Trial trial;
        for (std::size_t i = 0; i < minds.size(); ++i) {
            if (options.only && *options.only != i) continue;
            owned->agents.push_back(std::make_unique<ScriptedAgent>(
                "agent-" + std::to_string(i + 1), btc, hourly, minds[i](options)));
            trial.request.agents.push_back(
                {owned->agents.back().get(), {}, 1_rate, Notional{100'000_d}, 0});
            trial.warmups.push_back({Duration::hours(20), Duration::hours(1)});
        }
        owned->venue.deposit(100'000_d);
        trial.request.universe = test::one_market();
        trial.request.settings = test::paper_settings();
        trial.request.venues = {&owned->venue};
        trial.request.deposits = {{VenueId{1}, "USD", 100'000_d}};
        trial.owned = std::move(owned);
        return trial;
    }
    std::vector<Mind> minds;
};

Action buy_or_leave(bool up, Price mark) {
    return test::target(up ? 0.02_d : Decimal{}, mark);
}

// Decides by whether the mark is above that of so many bars ago; silent as it is told.
ScriptedAgent::Behaviour honest(const TrialOptions& options) {
    return [silent = options.silent_until, marks = std::vector<Price>{}](
               const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) mutable {
        if (ask.head.kind == AskKind::proposal) {
            out.push_back(test::ballot(ask, Ballot::approve, 0.5_rate));
        }
        if (ask.head.kind != AskKind::bars) return;
        marks.push_back(view.market(btc, VenueId{}).mark.price);
        if (marks.size() <= 20 || view.now() < silent) return;
        out.push_back(buy_or_leave(marks.back() > marks[marks.size() - 21], marks.back()));
    };
}

// Knows the next bar.
ScriptedAgent::Behaviour peeking(const TrialOptions& options) {
    return [tape = options.tape, silent = options.silent_until](
               const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
        if (ask.head.kind != AskKind::bars || view.now() < silent) return;
        const Price mark = view.market(btc, VenueId{}).mark.price;
        for (std::size_t i = 1; i <= tape->size(); ++i) {
            const MarketHead& head = tape->at(TapePosition{i});
            if (head.kind != MarketKind::bar || head.received_at <= view.now()) continue;
            out.push_back(buy_or_leave(reinterpret_cast<const Bar&>(head).close > mark, mark));
            return;
        }
    };
}

// Counts bars from its own first one: another warm-up, another decision.
ScriptedAgent::Behaviour starting_anew(const TrialOptions& options) {
    return [silent = options.silent_until, seen = 0](const Ask& ask, const ports::AgentView& view,
                                                     std::vector<Action>& out) mutable {
        if (ask.head.kind != AskKind::bars) return;
        ++seen;
        const Price mark = view.market(btc, VenueId{}).mark.price;
        if (view.now() >= silent) out.push_back(buy_or_leave(seen % 7 == 0, mark));
    };
}

LookAheadResult tested(const std::vector<Mind>& minds, const runtime::MemoryTape& tape) {
    LookAheadRequest request;
    request.tape = &tape;
    request.make = World{minds};
    request.cuts = 12;
    request.window = 60;
    const auto result = look_ahead(request);
    EXPECT_TRUE(result.has_value()) << result.error().message;
    return result ? *result : LookAheadResult{};
}

TEST(LookAhead, PassesAgentsThatKnowOnlyThePast) {
    const runtime::MemoryTape tape = make_tape(200);
    const LookAheadResult result = tested({honest, honest}, tape);
    EXPECT_TRUE(result.passed()) << result.summary();
    EXPECT_EQ(result.cuts, 12U);
    EXPECT_EQ(result.noises, 12U);
    EXPECT_GT(result.answers, 100U);
    EXPECT_EQ(result.warm_ups.size(), 6U);
    ASSERT_EQ(result.parameters.size(), 2U);
    EXPECT_EQ(result.parameters[1].agent, "agent-2");
    EXPECT_EQ(result.parameters[1].parameters_hash, "none");
}

TEST(LookAhead, CatchesAnAgentThatKnowsTheNextBarAndNamesIt) {
    const runtime::MemoryTape tape = make_tape(200);
    const LookAheadResult result = tested({honest, peeking}, tape);
    ASSERT_FALSE(result.passed());
    std::set<LookAheadTest> by;
    for (const LookAheadFinding& finding : result.findings) {
        EXPECT_EQ(finding.agent, "agent-2") << finding.what;
        EXPECT_GE(finding.at, finding.known_to);
        by.insert(finding.test);
    }
    EXPECT_TRUE(by.contains(LookAheadTest::cut));
    EXPECT_TRUE(by.contains(LookAheadTest::noise));
    EXPECT_TRUE(result.summary().starts_with("FAILED")) << result.summary();
}

TEST(LookAhead, CatchesDecisionsThatDependOnWhereTheTapeBegins) {
    const runtime::MemoryTape tape = make_tape(200);
    const LookAheadResult result = tested({starting_anew}, tape);
    ASSERT_EQ(result.findings.size(), 2U) << "one for each shorter warm-up";
    EXPECT_EQ(result.findings.front().test, LookAheadTest::warm_up);
    EXPECT_GT(result.warm_ups.back().different, 0U);
}

TEST(LookAhead, SaysThatATapeIsTooShortForTheWarmUp) {
    const runtime::MemoryTape tape = make_tape(60);
    const LookAheadResult result = tested({honest}, tape);
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings.front().what, "the tape is shorter than four times the warm-up");
}

TEST(LookAhead, RefusesATapeThatCannotBeCut) {
    const runtime::MemoryTape tape = make_tape(2);
    LookAheadRequest request;
    request.tape = &tape;
    request.make = World{{honest}};
    const auto result = look_ahead(request);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, ErrorCode::invalid_input);
}

} // namespace
} // namespace grekko::research
