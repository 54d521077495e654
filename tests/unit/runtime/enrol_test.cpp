#include "runtime/enrol.hpp"

#include <gtest/gtest.h>

#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko {
namespace {

using test::BookRun;
using test::btc;
using test::hourly;
using test::ScriptedAgent;

// An agent that lies about who it is: nobody may believe it.
class Liar final : public ports::Agent {
public:
    explicit Liar(ports::Agent& inner) : inner_{inner} {}
    const ports::AgentDescription& description() const override { return inner_.description(); }
    bool ask(const Ask& ask, const ports::AgentView& view, Answer& answer,
             AgentFault& fault) override {
        const bool good = inner_.ask(ask, view, answer, fault);
        answer.head = {AskId{1}, AgentId{77}, 9, Generation{88}};
        return good;
    }
    Result<std::string> save() override { return std::string{}; }
    Result<void> load(std::string_view) override { return {}; }

private:
    ports::Agent& inner_;
};

// Starts the book again: the incarnation, then these agents.
void start(BookRun& run, std::vector<runtime::Enrolment> agents) {
    runtime::Opening opening;
    opening.incarnation = 0x1234 + run.engine.epoch();
    opening.agents = std::move(agents);
    if (run.engine.epoch() == 0) {
        opening.deposits.push_back({VenueId{1}, "USD", 100'000_d});
        run.venue.deposit(100'000_d);
    }
    const Instant at = std::max(run.start, run.driver.now());
    if (run.engine.epoch() > 0) run.venue.connect(at); // to the new owner
    const auto opened = runtime::open_book(run.driver, run.engine, opening, at);
    ASSERT_TRUE(opened) << opened.error().message;
    ASSERT_TRUE(run.driver.advance(at + Duration::seconds(1)));
}

runtime::Enrolment on_book(ports::Agent& agent) {
    return {&agent, {}, 1_rate, Notional{100'000_d}, 0};
}

const agents::Agent& known(const BookRun& run, std::string_view name) {
    const agents::Agent* found = agents::find(run.engine.state().agents, name);
    EXPECT_NE(found, nullptr);
    return *found;
}

TEST(Enrol, AnAgentIsHeardAfterEveryStart) {
    BookRun run;
    for (std::uint32_t epoch = 1; epoch <= 4; ++epoch) {
        ScriptedAgent buyer{"buyer", btc, hourly, test::holds(0.05_d, 40, 50)};
        Liar liar{buyer};
        start(run, {on_book(liar)});
        run.walk(60);
        EXPECT_EQ(run.events<events::IntentProposed>().size(), 2 * epoch);
        EXPECT_TRUE(run.events<events::AnswerDropped>().empty());
        EXPECT_EQ(known(run, "buyer").live, Generation{epoch});
    }
}

TEST(Enrol, AKnownAgentKeepsItsIdInWhateverOrderItIsStarted) {
    BookRun run;
    ScriptedAgent idle{"idle", btc, hourly, {}};
    ScriptedAgent buyer{"buyer", btc, hourly, test::holds(0.05_d, 40, 0)};
    start(run, {on_book(idle), on_book(buyer)});
    run.walk(10);
    ScriptedAgent again{"buyer", btc, hourly, test::holds(0.05_d, 40, 0)};
    start(run, {on_book(again)});
    run.walk(60);
    const auto intents = run.events<events::IntentProposed>();
    ASSERT_EQ(intents.size(), 1U);
    EXPECT_EQ(intents.front().intent.agent, AgentId{2});
}

TEST(Enrol, TheTermsOfAStartCountForAKnownAgentToo) {
    BookRun run;
    ScriptedAgent agent{"agent", btc, hourly, {}};
    start(run, {on_book(agent)});
    agent.mutable_description().mode = Mode::conservative;
    start(run, {{&agent, 0.3_rate, 0.5_rate, Notional{40'000_d}, 0}});
    EXPECT_EQ(known(run, "agent").mode, Mode::conservative);
    EXPECT_EQ(known(run, "agent").risk_tolerance, 0.3_rate);
    EXPECT_EQ(known(run, "agent").participation, 0.5_rate);
    EXPECT_EQ(known(run, "agent").allocation, Notional{40'000_d});
    const auto changes = run.events<events::AgentSettingChanged>();
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(changes.front().principal.view(), "configuration");
}

TEST(Enrol, AnAgentThatIsNotStartedAgainIsStopped) {
    BookRun run;
    ScriptedAgent stays{"stays", btc, hourly, {}};
    ScriptedAgent goes{"goes", btc, hourly, {}};
    start(run, {on_book(stays), on_book(goes)});
    EXPECT_TRUE(agents::runs(run.engine.state().agents, AgentId{2}));
    start(run, {on_book(stays)});
    EXPECT_TRUE(agents::runs(run.engine.state().agents, AgentId{1}));
    EXPECT_FALSE(agents::runs(run.engine.state().agents, AgentId{2}));
    goes.asked.clear();
    run.walk(3);
    EXPECT_TRUE(goes.asked.empty());
    start(run, {on_book(stays), on_book(goes)});
    EXPECT_TRUE(agents::runs(run.engine.state().agents, AgentId{2}));
}

} // namespace
} // namespace grekko
