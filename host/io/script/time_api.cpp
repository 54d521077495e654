// Time and chance of an agent: both are inputs. Now is the event's time, timers are asked of the
// host, random numbers come from the seed of the run and the agent.
#include <array>

#include "io/script/api.hpp"
#include "io/script/fields.hpp"
#include "io/script/libraries.hpp"

namespace grekko::script {

namespace {

constexpr std::int64_t day = 86'400'000'000'000;
constexpr std::int64_t minute = 60'000'000'000;
constexpr std::size_t name_bytes_max = 64;

int now(lua_State* state) {
    Runtime& runtime = check_self(state, "now");
    lua_pushnumber(state, seconds(runtime.reading(state, "now").now()));
    return 1;
}

// Days since 1970-01-01 as year, month and day of the Gregorian calendar.
struct Date {
    std::int64_t year, month, day;
};

Date date_of(std::int64_t days) {
    // Counted from 0000-03-01 in eras of 400 years, so that the leap day is the last of a year.
    const std::int64_t shifted = days + 719'468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const std::int64_t of_era = shifted - era * 146'097;
    const std::int64_t year = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
    const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    const std::int64_t month = (5 * of_year + 2) / 153;
    return {year + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9,
            of_year - (153 * month + 2) / 5 + 1};
}

int utc(lua_State* state) {
    Runtime& runtime = check_self(state, "utc");
    std::int64_t at = runtime.now().nanoseconds();
    if (!lua_isnoneornil(state, 2)) {
        at = static_cast<std::int64_t>(check_number(state, 2, "utc: time", {0, 4e9})) *
             1'000'000'000;
    }
    const std::int64_t days = at / day - (at % day < 0 ? 1 : 0);
    const std::int64_t of_day = (at - days * day) / 1'000'000'000;
    const Date date = date_of(days);
    lua_createtable(state, 0, 7);
    const std::array<std::pair<const char*, std::int64_t>, 7> parts = {
        {{"year", date.year},
         {"month", date.month},
         {"day", date.day},
         {"hour", of_day / 3600},
         {"minute", of_day / 60 % 60},
         {"second", of_day % 60},
         {"weekday", (days + 3) % 7 + 1}}}; // 1970-01-01 was a Thursday; 1 is Monday
    for (const auto& [name, value] : parts) {
        lua_pushinteger(state, value);
        lua_setfield(state, -2, name);
    }
    return 1;
}

// "07:30" as nanoseconds after midnight
std::int64_t clock_argument(lua_State* state, int index, const char* what) {
    const std::string_view text = check_text(state, index, what);
    const auto digit = [&](std::size_t i) { return static_cast<int>(text[i] - '0'); };
    bool good = text.size() == 5 && text[2] == ':';
    for (const std::size_t i : {0U, 1U, 3U, 4U}) {
        good = good && text[i] >= '0' && text[i] <= '9';
    }
    const int hours = good ? digit(0) * 10 + digit(1) : 24;
    const int minutes = good ? digit(3) * 10 + digit(4) : 60;
    if (hours > 23 || minutes > 59)
        raise(state, what, "must be a time of day in UTC like \"07:30\"");
    return (hours * 60 + minutes) * minute;
}

int add_timer(lua_State* state, Runtime& runtime, Timer timer, int name, const char* what) {
    if (runtime.timers.size() >= runtime.setup.quotas.timers) {
        raise(state, what, "more than " + std::to_string(runtime.setup.quotas.timers) + " timers");
    }
    const std::string_view given =
        lua_isnoneornil(state, name) ? std::string_view(what) : check_text(state, name, what);
    if (given.size() > name_bytes_max) raise(state, what, "the name is longer than 64 bytes");
    timer.name = given;
    timer.id = runtime.next_timer;
    Action action;
    action.kind = ActionKind::timer;
    action.at = Instant::from_nanoseconds(timer.next);
    action.name = timer.id;
    add_quietly(state, runtime, action, what);
    ++runtime.next_timer;
    lua_pushinteger(state, static_cast<lua_Integer>(timer.id));
    runtime.timers.push_back(std::move(timer));
    return 1;
}

// every("1h", name?): at whole multiples of the interval since midnight UTC
int every(lua_State* state) {
    Runtime& runtime = check_self(state, "every");
    const Duration period =
        check_duration(state, 2, "every", Duration::milliseconds(100), Duration::days(7));
    const Instant next = runtime.reading(state, "every").now().floor(period) + period;
    return add_timer(state, runtime, {0, 1, period.count(), next.nanoseconds(), {}}, 3, "every");
}

// at("00:05", name?): once a day
int at(lua_State* state) {
    Runtime& runtime = check_self(state, "at");
    const std::int64_t of_day = clock_argument(state, 2, "at");
    const Instant present = runtime.reading(state, "at").now();
    Instant next = present.floor(Duration::days(1)) + Duration::nanoseconds(of_day);
    if (next <= present) next = next + Duration::days(1);
    return add_timer(state, runtime, {0, 2, of_day, next.nanoseconds(), {}}, 3, "at");
}

// after("10m", name?): once
int after(lua_State* state) {
    Runtime& runtime = check_self(state, "after");
    const Duration delay =
        check_duration(state, 2, "after", Duration::milliseconds(1), Duration::days(366));
    const Instant next = runtime.reading(state, "after").now() + delay;
    return add_timer(state, runtime, {0, 0, 0, next.nanoseconds(), {}}, 3, "after");
}

int cancel_timer(lua_State* state) {
    Runtime& runtime = check_self(state, "cancel_timer");
    const auto id = static_cast<std::uint64_t>(check_number(state, 2, "cancel_timer", {1, 1e15}));
    lua_pushboolean(state,
                    std::erase_if(runtime.timers, [&](const Timer& t) { return t.id == id; }) > 0);
    return 1;
}

// blackout("21:55", "22:10"): whether now is in that part of the day, which may span midnight
int blackout(lua_State* state) {
    Runtime& runtime = check_self(state, "blackout");
    const std::int64_t from = clock_argument(state, 2, "blackout: from");
    const std::int64_t to = clock_argument(state, 3, "blackout: to");
    const Instant present = runtime.reading(state, "blackout").now();
    const std::int64_t of_day = (present - present.floor(Duration::days(1))).count();
    lua_pushboolean(state,
                    from <= to ? of_day >= from && of_day < to : of_day >= from || of_day < to);
    return 1;
}

// random(): [0, 1); random(n): 1 … n; random(low, high)
int random(lua_State* state) {
    Runtime& runtime = check_self(state, "random");
    Vm::of(state).charge(state, 5);
    if (lua_isnoneornil(state, 2)) {
        lua_pushnumber(state, runtime.random.uniform());
        return 1;
    }
    const auto first = static_cast<std::int64_t>(check_number(state, 2, "random", {-1e15, 1e15}));
    const bool both = !lua_isnoneornil(state, 3);
    const auto high =
        both ? static_cast<std::int64_t>(check_number(state, 3, "random", {-1e15, 1e15})) : first;
    const std::int64_t low = both ? first : 1;
    if (low > high) raise(state, "random", "the range is empty");
    lua_pushinteger(state, runtime.random.between(low, high));
    return 1;
}

} // namespace

void open_time_api(lua_State* state) {
    set_functions(state, {{"now", now},
                          {"utc", utc},
                          {"every", every},
                          {"at", at},
                          {"after", after},
                          {"cancel_timer", cancel_timer},
                          {"blackout", blackout},
                          {"random", random}});
}

} // namespace grekko::script
