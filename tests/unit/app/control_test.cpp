// The control socket with clients of all manners, and what its lines mean.
// covers: requests.cpp, request_fields.cpp
#include "app/control.hpp"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/requests.hpp"
#include "domain/event/risk.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::app {
namespace {

using grekko::tests::TemporaryFolder;
using std::chrono::milliseconds;
using testing::HasSubstr;

std::unique_ptr<ControlServer> open_at(const std::filesystem::path& path) {
    auto server = ControlServer::open(path);
    EXPECT_TRUE(server) << server.error().message;
    return std::move(server).value();
}

// A client without manners, connected.
class RawClient {
public:
    explicit RawClient(const std::filesystem::path& path)
        : descriptor_{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.string().copy(address.sun_path, sizeof address.sun_path - 1);
        EXPECT_EQ(
            ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    }
    ~RawClient() { ::close(descriptor_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    bool send(std::string_view text) const {
        return ::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT) > 0;
    }
    bool dropped() const {
        char byte = 0;
        return ::recv(descriptor_, &byte, 1, MSG_DONTWAIT | MSG_PEEK) == 0;
    }

private:
    int descriptor_;
};

// Asks on another thread while this one serves.
Result<std::string> ask_while_serving(ControlServer& server, const std::filesystem::path& path,
                                      const std::string& line,
                                      const ControlServer::Handle& handle) {
    std::atomic<bool> done{false};
    Result<std::string> answer;
    std::thread client{[&] {
        answer = ask_control(path, line);
        done = true;
    }};
    while (!done)
        server.serve(milliseconds{5}, handle);
    client.join();
    return answer;
}

std::string echo(const std::string& line) {
    return "got " + line;
}

TEST(Control, AnswersALineWithALine) {
    const TemporaryFolder folder;
    const auto path = folder / "control.sock";
    const auto server = open_at(path);
    const auto answer = ask_while_serving(*server, path, "hello", echo);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(*answer, "got hello");
    EXPECT_FALSE(server->serve(milliseconds{0}, echo) && server->serve(milliseconds{0}, echo));
}

TEST(Control, IsForTheUserAloneAndGoneWithItsProcess) {
    const TemporaryFolder folder;
    const auto path = folder / "control.sock";
    {
        const auto server = open_at(path);
        struct stat status{};
        ASSERT_EQ(::stat(path.c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777U, 0600U);
    }
    EXPECT_FALSE(std::filesystem::exists(path));
    const auto answer = ask_control(path, "hello");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
    EXPECT_THAT(answer.error().message, HasSubstr("no book runs here; start it with `grekko run`"));
}

TEST(Control, RefusesASecondProcessAndReplacesADeadOne) {
    const TemporaryFolder folder;
    const auto path = folder / "control.sock";
    {
        const auto server = open_at(path);
        const auto second = ControlServer::open(path);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, ErrorCode::in_use);
        EXPECT_THAT(second.error().message, HasSubstr("another process runs this book"));
    }
    folder.write("control.sock", ""); // as a killed process leaves it
    EXPECT_TRUE(ControlServer::open(path));
}

TEST(Control, SaysThatAPathIsTooLongForASocket) {
    const auto server = ControlServer::open("/tmp/" + std::string(120, 'x'));
    ASSERT_FALSE(server);
    EXPECT_EQ(server.error().code, ErrorCode::invalid_config);
    EXPECT_THAT(server.error().message, HasSubstr("set book.folder to a shorter path"));
    EXPECT_FALSE(ControlServer::open("/nowhere/control.sock"));
}

// Whoever holds connections open must not keep an operator's halt out.
TEST(Control, LetsAHaltInPastManyIdleClients) {
    const TemporaryFolder folder;
    const auto path = folder / "control.sock";
    const auto server = open_at(path);
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int i = 0; i < 40; ++i) {
        idle.push_back(std::make_unique<RawClient>(path));
        server->serve(milliseconds{0}, echo);
    }
    const auto answer = ask_while_serving(*server, path, "halt", echo);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_TRUE(idle.front()->dropped());
    EXPECT_FALSE(idle.back()->dropped());
}

// The book is served on its own thread: a client that never reads must not stop it.
TEST(Control, DoesNotWaitForAClientThatReadsNoAnswers) {
    const TemporaryFolder folder;
    const auto path = folder / "control.sock";
    const auto server = open_at(path);
    const RawClient deaf{path};
    const std::string large(60'000, 'x');
    for (int i = 0; i < 200; ++i) {
        deaf.send("status\nstatus\nstatus\n");
        server->serve(milliseconds{0}, [&](const std::string&) { return large; });
    }
    const auto answer = ask_while_serving(*server, path, "halt", echo);
    ASSERT_TRUE(answer) << answer.error().message;
}

TEST(Control, DropsALineWithoutEnd) {
    const TemporaryFolder folder;
    const auto path = folder / "control.sock";
    const auto server = open_at(path);
    const RawClient endless{path};
    const std::string rubbish(4'000, 'x');
    int handled = 0;
    for (int i = 0; i < 60 && !endless.dropped(); ++i) {
        endless.send(rubbish);
        server->serve(milliseconds{0}, [&](const std::string&) {
            ++handled;
            return std::string{};
        });
    }
    EXPECT_TRUE(endless.dropped());
    EXPECT_EQ(handled, 0);
}

Universe two_markets() {
    Universe universe;
    universe.instruments.resize(3);
    for (std::uint16_t i = 1; i < 3; ++i) {
        universe.instruments[i].id = InstrumentId{i};
        universe.instruments[i].symbol = i == 1 ? "BTC-USD" : "ETH-USD";
    }
    universe.venues.resize(3);
    for (std::uint16_t i = 1; i < 3; ++i) {
        universe.venues[i].id = VenueId{i};
        universe.venues[i].name = i == 1 ? "paper" : "coinbase";
    }
    return universe;
}

std::string refusal(const std::string& line) {
    const auto request = parse_request(line, two_markets());
    return request ? "accepted" : request.error().message;
}

TEST(Request, BecomesACommandWithWhoAndWhy) {
    const auto request = parse_request(
        R"({"command":"flatten","symbol":"ETH-USD","principal":"ann","reason":"news"})",
        two_markets());
    ASSERT_TRUE(request) << request.error().message;
    EXPECT_EQ(request->word, "flatten");
    ASSERT_TRUE(request->command);
    EXPECT_EQ(request->command->kind, CommandKind::flatten);
    EXPECT_EQ(request->command->instrument, InstrumentId{2});
    EXPECT_EQ(request->command->principal, "ann");
    EXPECT_EQ(request->command->reason, "news");
    const auto unnamed = parse_request(R"({"command":"halt"})", two_markets());
    ASSERT_TRUE(unnamed);
    EXPECT_EQ(unnamed->command->principal, "unnamed");
    EXPECT_TRUE(unnamed->command->instrument.is_none());
}

TEST(Request, KnowsEachWord) {
    for (const auto& [word, kind] :
         {std::pair{"halt", CommandKind::halt}, std::pair{"halt_freeze", CommandKind::halt_freeze},
          std::pair{"reducing", CommandKind::reducing}, std::pair{"resume", CommandKind::resume},
          std::pair{"resume_rebase_peak", CommandKind::resume_rebase_peak},
          std::pair{"cancel_all", CommandKind::cancel_all},
          std::pair{"reconcile", CommandKind::reconcile},
          std::pair{"stop", CommandKind::shutdown}}) {
        const auto request =
            parse_request("{\"command\":\"" + std::string{word} + "\"}", two_markets());
        ASSERT_TRUE(request) << word;
        EXPECT_EQ(request->command->kind, kind) << word;
    }
    const auto status = parse_request(R"({"command":"status"})", two_markets());
    ASSERT_TRUE(status);
    EXPECT_FALSE(status->command);
}

// Above all: a flatten whose symbol is not understood must not flatten the whole book.
TEST(Request, IsRefusedWhereAnyOfItIsNotUnderstood) {
    for (const char* line : {"", "halt", "[]", "3", "{\"command\":\"halt\"", "\xff"}) {
        EXPECT_THAT(refusal(line), HasSubstr("one JSON object a line")) << line;
    }
    EXPECT_THAT(refusal("{}"), HasSubstr("there is no command \"\""));
    EXPECT_THAT(refusal(R"({"command":"hlat"})"), HasSubstr("did you mean \"halt\"?"));
    EXPECT_THAT(refusal(R"({"command":"flatten","symbol":"XRP-USD"})"),
                HasSubstr("\"XRP-USD\" is not traded here; BTC-USD, ETH-USD are"));
    EXPECT_THAT(refusal(R"({"command":"flatten","symbol":""})"), HasSubstr("is not traded here"));
    EXPECT_THAT(refusal(R"({"command":"flatten","symbol":7})"), HasSubstr("must be a text"));
    EXPECT_THAT(refusal(R"({"command":"flatten","symbl":"BTC-USD"})"),
                HasSubstr("no field \"symbl\"; did you mean \"symbol\"?"));
    EXPECT_THAT(refusal(R"({"command":"halt","reason":["x"]})"), HasSubstr("must be a text"));
}

TEST(Request, ChangesAnAgentByNameAndValue) {
    const auto agent = parse_request(
        R"({"command":"agent_participation","agent":"balanced","value":"0.5","principal":"ann"})",
        two_markets());
    ASSERT_TRUE(agent) << agent.error().message;
    EXPECT_EQ(agent->command->kind, CommandKind::agent_participation);
    EXPECT_EQ(agent->agent, "balanced");
    EXPECT_EQ(agent->command->value, 0.5_rate);
    EXPECT_EQ(agent->command->principal, "ann");
    EXPECT_TRUE(parse_request(R"({"command":"agent_disable","agent":"balanced"})", two_markets()));
    const auto reset =
        parse_request(R"({"command":"reset_breaker","agent":"balanced"})", two_markets());
    ASSERT_TRUE(reset);
    EXPECT_EQ(reset->command->scope, static_cast<std::uint8_t>(events::BreakerScope::agent));
}

TEST(Request, NamesABreakerByWhatItIsOf) {
    using events::BreakerScope;
    const auto asked = [](const std::string& fields) {
        const auto request =
            parse_request(R"({"command":"reset_breaker")" + fields + "}", two_markets());
        EXPECT_TRUE(request) << request.error().message;
        return request ? *request->command : Command{};
    };
    const auto is = [](const Command& command, BreakerScope scope) {
        return command.kind == CommandKind::reset_breaker &&
               command.scope == static_cast<std::uint8_t>(scope);
    };
    const Command venue = asked(R"(,"venue":"coinbase")");
    EXPECT_TRUE(is(venue, BreakerScope::venue));
    EXPECT_EQ(venue.venue, VenueId{2});
    const Command instrument = asked(R"(,"symbol":"ETH-USD")");
    EXPECT_TRUE(is(instrument, BreakerScope::instrument));
    EXPECT_EQ(instrument.instrument, InstrumentId{2});
    EXPECT_TRUE(
        is(asked(R"(,"agent":"balanced","symbol":"ETH-USD")"), BreakerScope::agent_instrument));
    EXPECT_TRUE(is(asked(R"(,"scope":"global")"), BreakerScope::global));
    const auto open = parse_request(R"({"command":"open_breaker","venue":"paper"})", two_markets());
    ASSERT_TRUE(open);
    EXPECT_EQ(open->command->kind, CommandKind::open_breaker);
    for (const char* line : {R"({"command":"reset_breaker"})",
                             R"({"command":"reset_breaker","venue":"paper","symbol":"ETH-USD"})",
                             R"({"command":"reset_breaker","venue":"paper","agent":"a"})",
                             R"({"command":"open_breaker","scope":"global","agent":"a"})"}) {
        EXPECT_THAT(refusal(line), HasSubstr("name one breaker: of a venue")) << line;
    }
    EXPECT_THAT(refusal(R"({"command":"reset_breaker","venue":"kraken"})"),
                HasSubstr("\"kraken\" is no venue of this book; paper, coinbase are"));
    EXPECT_THAT(refusal(R"({"command":"reset_breaker","scope":"world"})"),
                HasSubstr("the scope \"world\" is not known"));
}

TEST(Request, SetsALimitByNameInTheUnitsOfTheConfiguration) {
    const auto request = parse_request(
        R"({"command":"set_limit","name":"heat_max","value":"3 %","reason":"a wild week"})",
        two_markets());
    ASSERT_TRUE(request) << request.error().message;
    EXPECT_EQ(request->command->kind, CommandKind::set_limit);
    EXPECT_EQ(request->command->name, "heat_max");
    EXPECT_EQ(request->value, "3 %");
    EXPECT_THAT(refusal(R"({"command":"set_limit","value":"1"})"),
                HasSubstr("needs the field \"name\""));
    EXPECT_THAT(refusal(R"({"command":"set_limit","name":"heat_max"})"),
                HasSubstr("needs the field \"value\""));
    const auto limits = parse_request(R"({"command":"limits"})", two_markets());
    ASSERT_TRUE(limits);
    EXPECT_FALSE(limits->command);
}

// Whoever names a venue does not mean every venue.
TEST(Request, IsRefusedWhereItNamesWhatItsCommandDoesNotLookAt) {
    EXPECT_THAT(refusal(R"({"command":"flatten","venue":"paper"})"),
                HasSubstr("the command \"flatten\" takes no field \"venue\""));
    EXPECT_THAT(refusal(R"({"command":"halt","symbol":"BTC-USD"})"), HasSubstr("takes no field"));
    EXPECT_THAT(refusal(R"({"command":"flatten","agent":""})"), HasSubstr("\"agent\" is empty"));
    const auto of_agent =
        parse_request(R"({"command":"flatten","agent":"balanced"})", two_markets());
    ASSERT_TRUE(of_agent);
    EXPECT_EQ(of_agent->agent, "balanced");
    const auto there =
        parse_request(R"({"command":"reconcile","venue":"coinbase"})", two_markets());
    ASSERT_TRUE(there);
    EXPECT_EQ(there->command->venue, VenueId{2});
}

TEST(Request, ThatChangesAnAgentNeedsItsNameAndANumber) {
    EXPECT_THAT(refusal(R"({"command":"agent_disable"})"), HasSubstr("needs the field \"agent\""));
    EXPECT_THAT(refusal(R"({"command":"agent_risk_tolerance","agent":"a"})"),
                HasSubstr("needs the field \"value\""));
    EXPECT_NE(refusal(R"({"command":"agent_allocation","agent":"a","value":"much"})"), "accepted");
}

TEST(Request, IsAnsweredWithOneLineWhateverTheMessage) {
    const std::string line = answer_line(false, "a \"b\"\nc\xff");
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const auto object = nlohmann::json::parse(line);
    EXPECT_EQ(object["ok"], false);
    EXPECT_THAT(object["message"].get<std::string>(), HasSubstr("a \"b\"\nc"));
}

} // namespace
} // namespace grekko::app
