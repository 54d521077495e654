#include "core/risk/limits.hpp"

#include "core/risk/breakers_parts.hpp"
#include "core/risk/mark.hpp"

namespace grekko::risk {

namespace {

// None where the number is not whole in these units, or does not fit.
std::optional<std::int64_t> count_of(Decimal value, int decimals) {
    Int128 unit = 1;
    for (int i = decimals; i < Decimal::decimals; ++i)
        unit *= 10;
    const Int128 count = value.raw() / unit;
    if (count * unit != value.raw() || count > INT64_MAX || count < 0) return std::nullopt;
    return static_cast<std::int64_t>(count);
}

constexpr int nanosecond = 9; // decimals of a second
constexpr Decimal factor_max = Decimal::whole(1'000);

} // namespace

Decimal value_of(const Settings& settings, const Limit& limit) {
    struct Visitor {
        const Settings& from;
        Decimal operator()(Rate Settings::* m) const { return (from.*m).decimal(); }
        Decimal operator()(Notional Settings::* m) const { return (from.*m).decimal(); }
        Decimal operator()(Duration Settings::* m) const {
            return Decimal::from_units((from.*m).count(), -nanosecond);
        }
        Decimal operator()(std::uint32_t Settings::* m) const { return Decimal::whole(from.*m); }
    };
    return std::visit(Visitor{settings}, limit.member);
}

bool set_value(Settings& settings, const Limit& limit, Decimal value) {
    struct Visitor {
        Settings& to;
        Decimal value;
        bool operator()(Rate Settings::* m) const {
            if (value > factor_max) return false;
            to.*m = Rate{value};
            return true;
        }
        bool operator()(Notional Settings::* m) const {
            to.*m = Notional{value};
            return true;
        }
        bool operator()(Duration Settings::* m) const {
            const auto count = count_of(value, nanosecond);
            if (count) to.*m = Duration::nanoseconds(*count);
            return count.has_value();
        }
        bool operator()(std::uint32_t Settings::* m) const {
            const auto count = count_of(value, 0);
            if (!count || *count > UINT32_MAX) return false;
            to.*m = static_cast<std::uint32_t>(*count);
            return true;
        }
    };
    return !value.is_negative() && std::visit(Visitor{settings, value}, limit.member);
}

Settings in_force(const Settings& configured, const ChangedLimits& changed) {
    Settings settings = configured;
    for (const auto& [name, one] : changed) {
        if (const Limit* limit = find_limit(name.view())) set_value(settings, *limit, one.value);
    }
    return settings;
}

void apply(ChangedLimits& changed, const events::LimitChanged& event, const RecordHead& head) {
    if (event.configured) {
        changed.erase(event.name);
        return;
    }
    const Decimal configured =
        changed.try_emplace(event.name, ChangedLimit{{}, event.from, {}, {}, {}})
            .first->second.configured;
    changed[event.name] = {event.to, configured, head.at, event.principal, event.reason};
}

LimitDecision on_set_limit(const Settings& configured, const ChangedLimits& changed,
                           const Command& command) {
    if (command.principal.empty()) return {{}, "say who asks: the principal is missing"};
    if (command.reason.empty()) return {{}, "say why: the reason is missing"};
    const Limit* limit = find_limit(command.name.view());
    if (limit == nullptr) return {{}, "there is no such limit to be set while the book runs"};
    Settings tried = configured;
    if (!set_value(tried, *limit, command.value.decimal())) return {{}, "no value of this limit"};
    events::LimitChanged event;
    event.name = command.name;
    event.from = value_of(in_force(configured, changed), *limit);
    event.to = command.value.decimal();
    event.principal = command.principal;
    event.reason = command.reason;
    event.configured = event.to == value_of(configured, *limit);
    if (event.from == event.to) return {{}, "it is so already"};
    return {event, {}};
}

std::optional<events::LimitChanged> back_to_configuration(const Settings& configured,
                                                          const ChangedLimits& changed) {
    for (const auto& [name, one] : changed) {
        const Limit* limit = find_limit(name.view());
        if (limit != nullptr && value_of(configured, *limit) == one.configured) continue;
        events::LimitChanged event;
        event.name = name;
        event.from = one.value;
        event.to = limit == nullptr ? one.configured : value_of(configured, *limit);
        event.reason = "its key has been changed: the configuration counts";
        event.configured = true;
        return event;
    }
    return std::nullopt;
}

// Bounds scale with the limit base: one serves for all.
bool looser(const Settings& before, const Settings& after) {
    const Notional base{Decimal::whole(1'000'000)};
    const Bounds old = bounds(before, base), now = bounds(after, base);
    const auto more = [](const Bound& a, const Bound& b) { return b.limit > a.limit; };
    return after.agent_gross_max > before.agent_gross_max ||
           more(old.instrument[0], now.instrument[0]) ||
           more(old.instrument[1], now.instrument[1]) ||
           more(old.virtual_gross[0], now.virtual_gross[0]) ||
           more(old.virtual_gross[1], now.virtual_gross[1]) || more(old.gross, now.gross) ||
           more(old.net, now.net) || more(old.cluster, now.cluster) ||
           more(old.leverage, now.leverage) || more(old.heat, now.heat);
}

BreakerEvents on_loosened(const Breakers& breakers, const BreakerSettings& settings, Instant now) {
    using breaker_parts::Reset;
    BreakerEvents all;
    for (const auto& [key, one] : breakers.all) {
        const bool waits = one.state == events::BreakerState::open && !one.manual &&
                           (one.causes & bit(BreakerCause::limit_by_price)) != 0;
        if (!waits) continue;
        for (events::BreakerChanged event : breaker_parts::open(
                 breakers, settings, {key, BreakerCause::limit_by_price, {}, Reset::manual}, now)) {
            event.reason = "its limit was loosened: an operator closes it";
            all.push_back(event);
        }
    }
    return all;
}

} // namespace grekko::risk
