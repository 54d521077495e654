// covers: sdk/include/grekko/strategy.hpp, sdk/include/grekko/instance.hpp
// covers: sdk/include/grekko/dispatch.hpp, sdk/include/grekko/actions.hpp
// covers: sdk/include/grekko/guard.hpp, sdk/include/grekko/checks.hpp, sdk/include/grekko/state.hpp
// covers: sdk/include/grekko/testing/fake_host.hpp
// Plugins as files: loaded, made, fed through the C entry points, reloaded, and driven wrongly.
#include <grekko/testing/fake_host.hpp>
#include <grekko/testing/library.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace grekko::sdk::testing {
namespace {

using namespace grekko::sdk::literals;
using ::testing::HasSubstr;

std::string failure_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "nothing failed";
}

const grekko_entry& probe_entry() {
    static const Library library{PLUGIN_PROBE};
    return library.entry();
}

class Probe : public ::testing::Test {
protected:
    Probe() {
        btc_ = host_.instrument("BTC-USD");
        host_.create("probe.one");
    }
    FakeHost host_{probe_entry()};
    std::uint16_t btc_{0};
};

TEST(Plugin, AStrategyInUnder40LinesTradesThroughTheCEntryPoints) {
    const Library library{PLUGIN_EMA_CROSS};
    FakeHost host{library.entry()};
    const std::uint16_t btc = host.instrument("BTC-USD");
    host.parameter("fast", 2_dec);
    host.parameter("slow", 3_dec);
    host.create("example.ema_cross");
    ASSERT_EQ(host.subscriptions().size(), 1U);
    EXPECT_EQ(host.subscriptions()[0].bar_interval, hours(1));
    host.start();
    EXPECT_TRUE(host.warmup_bar(btc, 100_dec).empty());
    EXPECT_TRUE(host.warmup_bar(btc, 101_dec).empty());
    EXPECT_TRUE(host.warmup_bar(btc, 102_dec).empty()) << "history is not acted on";
    const auto target = host.bar(btc, 200_dec).only<grekko_target>();
    EXPECT_EQ(target.sizing, GREKKO_SIZE_RISK);
    EXPECT_EQ(target.side, GREKKO_BUY);
    EXPECT_EQ(Decimal{target.amount}, 0.005_dec);
    EXPECT_EQ(Decimal{target.stop}, 194_dec);
    host.set_position(btc, 1_dec);
    EXPECT_TRUE(host.bar(btc, 210_dec).empty());
    const Answers end = host.bar(btc, 50_dec);
    EXPECT_EQ(view(end.only<grekko_close>().reason), "trend over");
}

TEST(Plugin, OneInCWorksTheSameWay) {
    const Library library{PLUGIN_RISING};
    FakeHost host{library.entry()};
    const std::uint16_t btc = host.instrument("BTC-USD", 0.5_dec, 0.01_dec);
    host.create("example.rising");
    host.start();
    ASSERT_EQ(host.log.size(), 1U);
    EXPECT_EQ(host.log[0].text, "rising is made");
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(host.bar(btc, Decimal{100 + i}).empty());
    EXPECT_EQ(Decimal{host.bar(btc, 103_dec).only<grekko_target>().amount}, 0.01_dec);
}

TEST(Plugin, UnknownIdsAreRefusedAndUnknownFactoriesAreNull) {
    FakeHost host{probe_entry()};
    EXPECT_THAT(failure_of([&] { host.create("probe.one.more"); }), HasSubstr("status 4"));
    EXPECT_EQ(probe_entry().get_factory(to_string("grekko.strategy/1x")), nullptr);
    EXPECT_EQ(probe_entry().get_factory(to_string("grekko.adapter/1")), nullptr);
}

TEST(Plugin, AnEntryThatDoesNotFitIsRefusedByTheNameOfItsField) {
    const auto refusal = [](auto change) {
        grekko_entry entry = probe_entry();
        change(entry);
        return entry_mismatch(&entry).value_or("none");
    };
    EXPECT_EQ(refusal([](grekko_entry&) {}), "none");
    EXPECT_THAT(refusal([](auto& e) { e.magic = 1; }), HasSubstr("magic 1"));
    EXPECT_THAT(refusal([](auto& e) { e.size = 8; }), HasSubstr("size 8"));
    EXPECT_THAT(refusal([](auto& e) { e.abi_major = 9; }), HasSubstr("abi_major 9"));
    EXPECT_THAT(refusal([](auto& e) { e.abi_minor = 99; }), HasSubstr("abi_minor 99"));
    EXPECT_THAT(refusal([](auto& e) { e.layout_hash = 5; }), HasSubstr("layout_hash 5"));
    EXPECT_THAT(refusal([](auto& e) { e.init = nullptr; }), HasSubstr("lacks init"));
    EXPECT_THAT(entry_mismatch(nullptr).value_or("none"), HasSubstr("null"));
    EXPECT_THAT(failure_of([] { Library{"/nowhere.so"}; }), HasSubstr("nowhere.so"));
}

TEST_F(Probe, CreateSaysWhyItRefuses) {
    host_.parameter("refuse", 1_dec);
    const std::string why = failure_of([&] { host_.create("probe.one"); });
    EXPECT_EQ(why, "create failed with status 1: parameter refuse is set");
}

TEST_F(Probe, AnExceptionEndsAtTheBoundaryAndTheInstanceGoesOn) {
    host_.start();
    EXPECT_EQ(failure_of([&] { host_.signal("throw", "out of luck"); }),
              "process failed with status 6: out of luck");
    EXPECT_THAT(failure_of([&] { host_.signal("throw a number", ""); }),
                HasSubstr("status 6: something was thrown"));
    EXPECT_TRUE(host_.signal("nothing", "").empty());
}

TEST_F(Probe, CallsOutOfTurnAreRefusedAndNamed) {
    EXPECT_EQ(failure_of([&] { host_.trade(btc_, Side::buy, 1_dec, 1_dec); }),
              "process failed with status 5: the host called process before start");
    host_.start();
    EXPECT_THAT(failure_of([&] { host_.start(); }), HasSubstr("start while started"));
    EXPECT_THAT(failure_of([&] { host_.load({}); }), HasSubstr("load while started"));
    host_.stop();
    EXPECT_THAT(failure_of([&] { host_.signal("x", ""); }), HasSubstr("process after stop"));
    host_.start();
    EXPECT_TRUE(host_.signal("x", "").empty()) << "start may follow stop";
}

TEST_F(Probe, ACallFromAWrongThreadIsRefusedAndLogged) {
    host_.start();
    char text[100];
    grekko_error error{text, sizeof text, 0};
    grekko_strategy& table = host_.strategy();
    const grekko_batch batch{sizeof batch, 0, 0, nullptr};
    grekko_output output{sizeof output, 0, 0, 0, nullptr};
    EXPECT_EQ(table.process(table.self, &batch, &output, &error), GREKKO_ERROR_STATE);
    EXPECT_EQ(std::string(text, error.size), "the host called process outside of its turn");
    ASSERT_FALSE(host_.log.empty());
    EXPECT_EQ(host_.log.back().level, GREKKO_ERROR);
}

TEST_F(Probe, EveryActionCarriesItsFieldsAndItsEvent) {
    host_.start();
    const Answers all = host_.trade(btc_, Side::sell, 100.5_dec, 2_dec);
    ASSERT_EQ(all.size(), 5U);
    const auto& quote = std::get<grekko_place>(all[0]);
    EXPECT_EQ(quote.side, GREKKO_SELL);
    EXPECT_EQ(Decimal{quote.price}, 100.5_dec);
    EXPECT_EQ(Decimal{std::get<grekko_move_stop>(all[1]).stop}, 100.5_dec);
    EXPECT_EQ(std::get<grekko_cancel>(all[2]).action.kind, GREKKO_ACTION_CANCEL);
    EXPECT_EQ(std::get<grekko_cancel>(all[3]).action.kind, GREKKO_ACTION_CANCEL_QUOTES);
    EXPECT_EQ(Decimal{std::get<grekko_mandate>(all[4]).order_max}, 2_dec);
}

TEST_F(Probe, MoreActionsThanThereIsRoomForAreAFault) {
    host_.start();
    EXPECT_THAT(failure_of([&] { host_.signal("flood", ""); }), HasSubstr("status 2"));
}

TEST_F(Probe, EventsOfUnknownKindAreSkippedAndCutOnesRefused) {
    host_.start();
    EXPECT_TRUE(host_.event(grekko_timer_event{}, 999).empty());
    grekko_fill fill{};
    fill.event = {sizeof(grekko_event), GREKKO_EVENT_FILL, 0, 1, 0, 0};
    EXPECT_THAT(failure_of([&] { host_.send(&fill, sizeof(grekko_event), 1, 1); }),
                HasSubstr("status 1: the host sent an event too short"));
    fill.event.size = sizeof fill + 8;
    EXPECT_THAT(failure_of([&] { host_.send(&fill, sizeof fill, 1, 1); }),
                HasSubstr("an event of a wrong size"));
    grekko_signal signal{};
    signal.event = {sizeof signal, GREKKO_EVENT_SIGNAL, 0, 2, 0, 0};
    signal.payload_bytes = 5'000;
    EXPECT_THAT(failure_of([&] { host_.send(&signal, sizeof signal, 1, 2); }),
                HasSubstr("longer than its event"));
}

TEST_F(Probe, TimersComeInEventTimeAndChanceIsTheSameInEachRun) {
    host_.start();
    host_.advance(minutes(3));
    ASSERT_EQ(host_.log.size(), 3U);
    EXPECT_EQ(host_.log[2].text, "timer 7");
    host_.signal("random", "");
    FakeHost again{probe_entry()};
    again.create("probe.one");
    again.start();
    again.signal("random", "");
    EXPECT_EQ(host_.log.back().text, again.log.back().text);
}

TEST_F(Probe, AStateGoesOverAReloadAndABadOneLeavesTheInstanceAsMade) {
    host_.start();
    host_.advance(minutes(2));
    const auto state = host_.save();
    host_.create("probe.one");
    host_.load(state);
    EXPECT_EQ(host_.save(), state);
    host_.load(state, 1);
    EXPECT_THAT(failure_of([&] { host_.load(state, 3); }), HasSubstr("schema"));
    EXPECT_THAT(failure_of([&] { host_.load({1, 2}); }), HasSubstr("ends too early"));
    EXPECT_EQ(host_.save(), std::vector<std::uint8_t>(8, 0));
    EXPECT_EQ(host_.subscriptions().size(), 1U);
    auto longer = state;
    longer.push_back(0);
    EXPECT_THAT(failure_of([&] { host_.load(longer); }), HasSubstr("more than was read"));
}

TEST_F(Probe, AHostWithoutExtensionsIsEnough) {
    host_.missing = {GREKKO_LOG,      GREKKO_TIMERS,  GREKKO_RNG,
                     GREKKO_SNAPSHOT, GREKKO_METRICS, GREKKO_THREAD_CHECK};
    host_.parameter("label", std::string{"a text"});
    host_.create("probe.one");
    host_.start();
    EXPECT_TRUE(host_.signal("label", "").empty());
    EXPECT_TRUE(host_.quote(btc_, 1_dec, 2_dec, 1_dec).empty());
    EXPECT_TRUE(host_.log.empty());
    EXPECT_TRUE(host_.timers.empty());
}

TEST(Plugin, ALibraryMayHoldSeveralAndOneMayHaveNothingToSave) {
    FakeHost host{probe_entry()};
    EXPECT_EQ(view(host.descriptor(1)->id), "probe.silent");
    EXPECT_EQ(host.descriptor(2), nullptr);
    host.create("probe.silent");
    EXPECT_THAT(failure_of([&] { host.save(); }), HasSubstr("saves nothing"));
}

} // namespace
} // namespace grekko::sdk::testing
