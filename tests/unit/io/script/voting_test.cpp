// Votes: what on_proposal returns is hostile until it is read.
#include "unit/io/script/script_host.hpp"

namespace grekko::script {
namespace {

class Voting : public testing::Test {
protected:
    bool vote(std::string_view returns, std::string_view declaration = "") {
        host_ = std::make_unique<ScriptHost>(
            "local agent = grekko.agent { symbols = { 'BTC-USD' } " + std::string(declaration) +
            " }\nfunction agent:on_proposal(p)\n" + std::string(returns) + "\nend\nreturn agent");
        EXPECT_TRUE(host_->loaded()) << host_->error;
        Proposal proposal;
        proposal.round = IntentId{5};
        proposal.instrument = (*host_)->instrument("BTC-USD");
        proposal.name = "other";
        proposal.weight_after = 0.2_rate;
        return (*host_)->proposal(proposal);
    }
    const Action& last() { return (*host_)->last.at(0); }
    std::unique_ptr<ScriptHost> host_;
};

TEST_F(Voting, TakesVerdictConfidenceReasonAndMax) {
    ASSERT_TRUE(vote("assert(p.weight_after == 0.2 and p.stop == nil and p.agent == 'other') "
                     "return 'approve', 0.3, 'why', { max = 0.5 }"))
        << host_->fault();
    EXPECT_EQ(last().kind, ActionKind::vote);
    EXPECT_EQ(last().round, IntentId{5});
    EXPECT_EQ(last().ballot, Ballot::approve);
    EXPECT_EQ(last().confidence, 0.3_rate);
    EXPECT_EQ(last().amount, 0.5_d);
    EXPECT_EQ(last().reason, "why");
}

TEST_F(Voting, NothingIsAnAbstention) {
    ASSERT_TRUE(vote("return"));
    EXPECT_EQ(last().ballot, Ballot::abstain);
    ASSERT_TRUE(vote("return 'abstain'"));
    EXPECT_EQ(last().ballot, Ballot::abstain);
}

TEST_F(Voting, AbstainsWhileItWarmsUp) {
    ASSERT_TRUE(vote("return 'approve', 1", ", bars = { '1h' }, warmup = 2"));
    EXPECT_EQ(last().ballot, Ballot::abstain);
    EXPECT_EQ(last().reason, "warming up");
}

TEST_F(Voting, RefusesWhatIsNoVote) {
    const std::pair<const char*, const char*> cases[] = {
        {"return 'aprove', 1",
         "on_proposal: verdict: 'aprove' is not known; did you mean 'approve'?"},
        {"return true", "on_proposal: verdict: must be a text"},
        {"return 'approve'", "on_proposal: confidence: must be a number from 0 to 1, got nothing"},
        {"return 'reject', 0/0", "got NaN"},
        {"return 'reject', 1.5", "on_proposal: confidence"},
        {"return 'reject', 1, {}", "on_proposal: reason: must be a text"},
        {"return 'approve', 1, 'x', { max = 2 }", "on_proposal: options.max"},
        {"return 'approve', 1, 'x', "
         "setmetatable({}, { __index = function() while true do end end }), 1",
         ""},
    };
    for (const auto& [body, says] : cases) {
        const bool good = vote(body);
        if (std::string_view(says).empty()) {
            EXPECT_TRUE(good) << host_->fault(); // read raw: the metatable is never asked
            continue;
        }
        EXPECT_FALSE(good) << body;
        EXPECT_EQ((*host_)->fault->kind, FaultKind::invalid_output);
        EXPECT_NE(host_->fault().find(says), std::string::npos) << host_->fault();
        EXPECT_TRUE((*host_)->last.empty());
    }
}

TEST_F(Voting, ProposesNothingItself) {
    EXPECT_FALSE(vote("self:target { symbol = 'BTC-USD', weight = 0.1 } return 'approve', 1"));
    EXPECT_NE(host_->fault().find("nothing can be proposed from on_proposal"), std::string::npos);
    EXPECT_EQ((*host_)->fault->kind, FaultKind::error);
}

} // namespace
} // namespace grekko::script
