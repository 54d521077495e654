// The library as a host loads it, against a host that the test makes up.
#include <grekko/testing/check.hpp>
#include <grekko/testing/fake_host.hpp>
#include <grekko/testing/library.hpp>

namespace sdk = grekko::sdk;
using namespace sdk::literals;
using sdk::testing::check;

struct Scene {
    explicit Scene(const grekko_entry& entry) : host{entry} {
        btc = host.instrument("BTC-USD", 0.5_dec, 0.01_dec);
        host.parameter("rises", 2_dec);
        host.create("example.rising");
        host.start();
    }
    sdk::testing::FakeHost host;
    std::uint16_t btc{0};
};

int main() {
    const sdk::testing::Library library{GREKKO_PLUGIN};
    sdk::testing::Cases cases;
    cases.run("buys a lot after two rises and leaves at the first fall", [&] {
        Scene scene{library.entry()};
        check(scene.host.bar(scene.btc, 100_dec).empty());
        check(scene.host.bar(scene.btc, 101_dec).empty());
        const auto target = scene.host.bar(scene.btc, 102_dec).only<grekko_target>();
        check(sdk::Decimal{target.amount} == 0.01_dec);
        check(scene.host.bar(scene.btc, 103_dec).empty());
        const auto end = scene.host.bar(scene.btc, 102_dec).only<grekko_target>();
        check(sdk::Decimal{end.amount}.is_zero());
    });
    cases.run("learns from history and does not act on it", [&] {
        Scene scene{library.entry()};
        for (int i = 0; i < 3; ++i)
            check(scene.host.warmup_bar(scene.btc, sdk::Decimal{100 + i}).empty());
        check(scene.host.bar(scene.btc, 103_dec).size() == 1);
    });
    cases.run("says what it lacks", [&] {
        sdk::testing::FakeHost host{library.entry()};
        try {
            host.create("example.rising");
            check(false);
        } catch (const std::runtime_error& error) {
            check(std::string_view{error.what()}.ends_with("it needs an instrument"));
        }
    });
    return cases.status();
}
