// Limits of the checks that an operator may set while the book runs: the numbers of settings.hpp by
// name, in one form. What he sets stays, over starts too, until he sets it again or its key in the
// configuration is another. A change is an event; state is made of events alone. It decides whether
// a value is one at all, not whether it is wise: ranges stand beside the keys of the configuration.
// core/engine calls it, app shows it.
#pragma once

#include <map>
#include <span>
#include <string_view>
#include <variant>

#include "core/risk/breakers.hpp"
#include "core/risk/settings.hpp"
#include "domain/command.hpp"
#include "domain/event/risk.hpp"
#include "domain/record.hpp"

namespace grekko::risk {

struct Limit {
    std::string_view name; // "heat_max"
    std::variant<Rate Settings::*, Notional Settings::*, Duration Settings::*,
                 std::uint32_t Settings::*>
        member;
};
std::span<const Limit> limits();
const Limit* find_limit(std::string_view name); // null: there is none, or only by configuration

// One form for all: fractions and amounts as they are, durations in seconds.
Decimal value_of(const Settings& settings, const Limit& limit);
// False where it can be no value of this limit: negative, a factor that no sum of money would bear,
// or not whole where things are counted.
bool set_value(Settings& settings, const Limit& limit, Decimal value);

// ---- State: what differs from the configuration ----------------------------------------------
using LimitName = Text<48>;
struct ChangedLimit {
    Decimal value, configured;
    Instant since;
    Text<32> principal;
    Reason reason;
};
using ChangedLimits = std::map<LimitName, ChangedLimit>;
// The configuration with what was changed.
Settings in_force(const Settings& configured, const ChangedLimits& changed);

void apply(ChangedLimits& changed, const events::LimitChanged& event, const RecordHead& head);

// ---- Decisions -------------------------------------------------------------------------------
// set_limit, with name, value, principal and reason of the command. Refused without one of them,
// for a value that is none, and where it is so already.
struct LimitDecision {
    std::optional<events::LimitChanged> event;
    std::string_view refusal; // empty where done
};
LimitDecision on_set_limit(const Settings& configured, const ChangedLimits& changed,
                           const Command& command);
// At a start: the next one whose key has been changed since it was set; none when there is none.
std::optional<events::LimitChanged> back_to_configuration(const Settings& configured,
                                                          const ChangedLimits& changed);

// Whether a limit that price can pass allows more than before. What it then holds back must wait
// for an operator: on_loosened() of the book's state, and this of breakers.
bool looser(const Settings& before, const Settings& after);
BreakerEvents on_loosened(const Breakers& breakers, const BreakerSettings& settings, Instant now);

} // namespace grekko::risk
