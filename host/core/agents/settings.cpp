#include "core/agents/settings.hpp"

#include <algorithm>

namespace grekko::agents {

Rate default_risk_tolerance(Mode mode) {
    switch (mode) {
    case Mode::aggressive: return 0.8_rate;
    case Mode::balanced: return 0.5_rate;
    case Mode::conservative: return 0.3_rate;
    }
    return 0.3_rate;
}

Profile profile(Mode mode, Rate risk_tolerance) {
    const Rate t = std::clamp(risk_tolerance, Rate{}, 1_rate);
    const auto part = [&](Rate whole) { return multiply(whole, t, Rounding::toward_zero); };
    Profile profile{.risk_tolerance = t,
                    .trade_risk = part(0.0125_rate),
                    .gross_exposure = part(0.5_rate),
                    .day_loss = part(0.025_rate)};
    switch (mode) {
    case Mode::aggressive:
        profile.edge = 1.5_rate;
        profile.working.urgency = Urgency::normal;
        break;
    case Mode::balanced:
        profile.edge = 2_rate;
        profile.working.urgency = Urgency::passive;
        profile.working.on_timeout = OnTimeout::cross;
        break;
    case Mode::conservative:
        profile.edge = 3_rate;
        profile.working.urgency = Urgency::passive;
        break;
    }
    return profile;
}

} // namespace grekko::agents
