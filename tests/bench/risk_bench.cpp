// PERF-7: one assessment by the full set of rules, with 1, 1 000 and 1 000 000 orders open, beside
// as many bare comparisons and one exact product.
#include "bench/bare.hpp"
#include "unit/core/risk/scene.hpp"

namespace grekko::bench {
namespace {

constexpr std::uint64_t assessments = 50'000;

template <std::uint64_t open>
double rules() {
    risk::tests::Scene scene;
    scene.listing.open_orders_max = 10'000'000;
    scene.settings.open_orders_account_max = 10'000'000;
    for (std::uint64_t i = 0; i < open; ++i) {
        Order order = scene.order(Side::buy, 0.0000001_quantity, 50_price);
        order.limit += Price::from_raw(static_cast<Int128>(i % 1'000) * 10'000'000'000'000'000);
        order.agent = AgentId{static_cast<std::uint16_t>(2 + i % 100)};
        scene.submit(order);
    }
    std::uint64_t approved = 0;
    const double ns = cost(assessments, [&] {
        for (std::uint64_t i = 0; i < assessments; ++i)
            approved += scene.assessed().approved() ? 1 : 0;
    });
    require(approved == assessments, "an assessment did not approve");
    return ns;
}

double bare() {
    constexpr std::uint64_t times = 100 * assessments;
    BareRules bare;
    Price price = 100_price;
    std::uint64_t passed = 0;
    const double ns = cost(times, [&] {
        for (std::uint64_t i = 0; i < times; ++i) {
            keep(price);
            keep(bare);
            passed += bare.pass(price, 10_quantity) ? 1 : 0;
        }
    });
    require(passed == times, "the bare rules did not pass");
    return ns;
}

constexpr Case cases[]{
    {"rules_1", rules<1>},
    {"rules_1k", rules<1'000>},
    {"rules_1m", rules<1'000'000>},
    {"bare", bare},
};

} // namespace
} // namespace grekko::bench

int main(int count, char** arguments) {
    return grekko::bench::run_cases(count, arguments, grekko::bench::cases);
}
