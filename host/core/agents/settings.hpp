// The defaults of core/agents: attendance, skill, faults, quotas (trading rules §2.2, §3), and what
// the three modes stand for (§2.4). Plain values that the configuration fills; risk keeps its own
// limits. core/agents and the engine read them.
#pragma once

#include <cstdint>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "base/limits.hpp"
#include "domain/intent.hpp"

namespace grekko::agents {

struct Settings {
    // Attendance: EW share of rounds answered in time; half-life 50 rounds.
    Rate attendance_decay{0.986232704493359173_rate}; // 2^(-1/50)
    std::uint8_t absent_after{3};                     // misses in a row
    std::uint8_t back_after{3};                       // answers in a row

    // Skill: β = (prior_weight·prior_slope + n) / (prior_weight + d), skill = clamp(β/prior_slope).
    Decimal skill_decay{0.998614666101028924_d}; // λ = 2^(-1/500)
    Decimal prior_weight{200_d};
    Decimal prior_slope{0.05_d};
    Rate skill_min{0.25_rate}, skill_max{4_rate};

    // Faults switch an agent off (status error); it returns by itself, later each time.
    std::uint32_t faults_max{5};
    Duration fault_window{Duration::minutes(10)};
    Duration backoff{Duration::minutes(5)}, backoff_max{Duration::hours(1)}; // doubles
    std::uint32_t automatic_returns_per_day{2}; // the third time in a day an operator must

    // Quotas.
    std::uint32_t actions_per_answer{limits::actions_per_answer_max};
    std::uint32_t timers{limits::timers_per_agent_max};
};

// One mode with one risk tolerance, written out. Fractions of NAV.
struct Profile {
    Rate risk_tolerance; // t
    Rate trade_risk;     // loss at the stop of one trade: 1.25 % · t
    Rate gross_exposure; // 50 % · t
    Rate day_loss;       // reduce only beyond it: 2.5 % · t
    Rate edge;           // k of check 19
    Working working;     // default urgency
};

Rate default_risk_tolerance(Mode);
// ASSERTs nothing: t outside of 0..1 is clamped.
Profile profile(Mode, Rate risk_tolerance);

} // namespace grekko::agents
