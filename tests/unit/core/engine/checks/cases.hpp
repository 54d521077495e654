// Cases: for each of the 41 checks, what stands one tick, lot or unit inside its limit and what one
// outside, driven through the engine. The defaults of the trading rules are written out here and
// not read from the code. limits_test.cpp runs every case three times: inside, outside, and
// outside without the check.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "unit/core/engine/checks/desk.hpp"

namespace grekko::test {

using events::AssessmentKind;
using events::RiskAssessed;
using events::Verdict;
using risk::Check;
using risk::CheckSet;

inline constexpr CheckSet every_check = (CheckSet{1} << 42U) - 2U;
template <class... Checks>
constexpr CheckSet set_of(Checks... checks) {
    return (CheckSet{0} | ... | risk::bit(checks));
}

enum class Effect { blocks, reduces };

struct Case {
    Check check{};
    std::string what;
    Effect effect{Effect::blocks};
    std::function<RiskAssessed(Desk&)> inside, outside;
    Quantity left{};   // outside: what a reducing check lets pass
    CheckSet aside{0}; // checks that would speak first, off in all three runs
    std::function<void(Plan&)> plan{};
    std::function<void(Desk&)> before{}; // with every check off, then the books go on with them
    // The exact quantity is what the case itself computes from what it saw.
    std::function<Quantity(Desk&, const RiskAssessed&)> expected{};
};
using Cases = std::vector<Case>;
inline void PrintTo(const Case& each, std::ostream* out) {
    *out << risk::name(each.check) << " " << each.what;
}

Cases authority_cases(); // 1-6, 20, 21
Cases form_cases();      // 7-9
Cases market_cases();    // 10-15
Cases order_cases();     // 16-19
Cases exposure_cases();  // 22-29
Cases money_cases();     // 28, 30, 31
Cases activity_cases();  // 32-36
Cases loss_cases();      // 37-40
Cases score_cases();     // 41

inline Plan plan_of(const Case& each, CheckSet disabled) {
    Plan plan;
    if (each.plan) each.plan(plan);
    plan.settings.risk.disabled = disabled;
    return plan;
}

// An increase of agent one in BTC to `quantity`, and what risk said.
inline RiskAssessed buy(Desk& desk, Decimal quantity, const std::function<void(Action&)>& with = {},
                        InstrumentId id = btc, AgentId agent = one) {
    Action action = Desk::target(id, quantity);
    if (with) with(action);
    desk.answer(agent, {action});
    return desk.assessed(AssessmentKind::increase);
}
// Agent one holds `held` and wants to hold `to`.
inline RiskAssessed leave(Desk& desk, Decimal to, const std::function<void(Action&)>& with = {}) {
    Action action = Desk::target(btc, to);
    if (with) with(action);
    desk.answer(one, {action});
    return desk.assessed(AssessmentKind::reduce);
}

} // namespace grekko::test
