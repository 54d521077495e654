// What an agent says: log lines, metrics, plots. They go to the host's sink, with a quota a second.
#include <algorithm>
#include <array>

#include "io/script/api.hpp"
#include "io/script/fields.hpp"
#include "io/script/libraries.hpp"
#include "io/script/readable.hpp"

namespace grekko::script {

namespace {

constexpr std::array<std::string_view, 4> levels = {"debug", "info", "warning", "error"};
constexpr std::size_t line_bytes_max = 1000;

void write(lua_State* state, Runtime& runtime, LogLevel level, int first) {
    if (!runtime.within(state, runtime.log_lines, runtime.setup.quotas.log_lines, "log")) return;
    std::string line;
    const int last = lua_gettop(state);
    for (int i = first; i <= last && line.size() < line_bytes_max; ++i) {
        if (i > first) line += ' ';
        push_text(state, i);
        std::size_t size = 0;
        const char* const text = lua_tolstring(state, -1, &size);
        line.append(text, std::min(size, line_bytes_max));
        lua_pop(state, 1);
    }
    runtime.log(level, readable(line, line_bytes_max));
}

// log(…) or log("warning", …): the words with spaces between
int log(lua_State* state) {
    Runtime& runtime = check_self(state, "log");
    if (lua_gettop(state) > 2 && lua_type(state, 2) == LUA_TSTRING) {
        const std::string_view word = check_text(state, 2, "log");
        for (std::size_t i = 0; i < levels.size(); ++i) {
            if (word != levels[i]) continue;
            write(state, runtime, static_cast<LogLevel>(i + 1), 3);
            return 0;
        }
    }
    write(state, runtime, LogLevel::info, 2);
    return 0;
}

int print(lua_State* state) {
    write(state, Runtime::of(state), LogLevel::info, 1);
    return 0;
}

int metric(lua_State* state) {
    Runtime& runtime = check_self(state, "metric");
    const std::string_view name = check_text(state, 2, "metric: name");
    const double value = check_number(state, 3, "metric: value", {-1e300, 1e300});
    if (!runtime.within(state, runtime.samples, runtime.setup.quotas.samples, "metric")) return 0;
    if (runtime.setup.sink.metric) runtime.setup.sink.metric(readable(name, 64), value);
    return 0;
}

int plot(lua_State* state) {
    Runtime& runtime = check_self(state, "plot");
    const std::string_view name = check_text(state, 2, "plot: series");
    const double value = check_number(state, 3, "plot: value", {-1e300, 1e300});
    if (!runtime.within(state, runtime.samples, runtime.setup.quotas.samples, "plot")) return 0;
    if (runtime.setup.sink.plot) runtime.setup.sink.plot(readable(name, 64), runtime.now(), value);
    return 0;
}

} // namespace

void open_output_api(lua_State* state) {
    set_functions(state, {{"log", log}, {"metric", metric}, {"plot", plot}});
}

void open_print(lua_State* state) {
    set_functions(state, {{"print", print}});
}

} // namespace grekko::script
