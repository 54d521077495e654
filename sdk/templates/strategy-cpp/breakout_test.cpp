// The library as a host loads it, against a host that the test makes up.
#include <grekko/testing/check.hpp>
#include <grekko/testing/fake_host.hpp>
#include <grekko/testing/library.hpp>

namespace sdk = grekko::sdk;
using namespace sdk::literals;
using sdk::testing::check;

// A host with three bars of 99 to 101 behind it.
struct Scene {
    explicit Scene(const grekko_entry& entry) : host{entry} {
        btc = host.instrument("BTC-USD");
        host.parameter("window", 3_dec);
        host.create("example.breakout");
        host.start();
        for (int i = 0; i < 3; ++i)
            check(host.warmup_bar(btc, 100_dec, 1_dec).empty());
    }
    sdk::testing::FakeHost host;
    std::uint16_t btc{0};
};

int main() {
    const sdk::testing::Library library{GREKKO_PLUGIN};
    sdk::testing::Cases cases;
    cases.run("asks for bars and their history", [&] {
        Scene scene{library.entry()};
        const auto all = scene.host.subscriptions();
        check(all.size() == 1 && all[0].bar_interval == sdk::hours(1) && all[0].warmup == 3);
    });
    cases.run("buys a close above the channel with a stop below it", [&] {
        Scene scene{library.entry()};
        check(scene.host.bar(scene.btc, 101_dec).empty());
        const auto target = scene.host.bar(scene.btc, 102_dec).only<grekko_target>();
        check(sdk::Decimal{target.stop} == 99_dec && target.side == GREKKO_BUY);
    });
    cases.run("leaves below the channel", [&] {
        Scene scene{library.entry()};
        scene.host.set_position(scene.btc, 1_dec, 100_dec);
        check(scene.host.bar(scene.btc, 98_dec).only<grekko_close>().instrument == scene.btc);
    });
    cases.run("votes against a proposal without a stop", [&] {
        Scene scene{library.entry()};
        grekko_proposal proposal{};
        proposal.round = 7;
        const auto vote = scene.host.event(proposal, GREKKO_EVENT_PROPOSAL).only<grekko_vote>();
        check(vote.round == 7 && vote.ballot == GREKKO_REJECT);
    });
    cases.run("acts the same after a reload", [&] {
        Scene scene{library.entry()};
        const auto state = scene.host.save();
        scene.host.create("example.breakout");
        scene.host.load(state);
        scene.host.start();
        check(scene.host.save() == state);
        check(scene.host.bar(scene.btc, 102_dec).size() == 1);
    });
    return cases.status();
}
