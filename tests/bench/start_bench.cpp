// PERF-14: from the start of a process to the first market record handled, with one native and one
// Lua agent, beside the same program doing nothing; and the memory of Lua agents, KiB each, beside
// bare Lua states with the same libraries. run.py takes time and memory of the whole process.
#include <unistd.h>

#include "bench/lua_load.hpp"

namespace grekko::bench {
namespace {

// Resident, KiB.
double resident() {
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    long size = 0, pages = 0;
    require(file != nullptr && std::fscanf(file, "%ld %ld", &size, &pages) == 2, "no statm");
    std::fclose(file);
    return static_cast<double>(pages) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1024;
}

// What is resident at its end.
double first_event() {
    const tests::TemporaryFolder folder;
    const auto script = lua_agent(folder, script::Guard::count_hook);
    NativeAgent<EmaCross> native{"native", NativeAgent<EmaCross>::Wants::trades, {}};
    EngineLoad load{{}};
    load.open({&native, script.get()});
    load.run(1);
    require(native.asked >= 1, "nobody was asked about the first trade");
    return resident();
}

template <int count>
double agents() {
    const tests::TemporaryFolder folder;
    std::vector<std::unique_ptr<script::Agent>> all;
    const auto first = lua_agent(folder, script::Guard::count_hook);
    const double before = resident();
    for (int i = 0; i < count; ++i)
        all.push_back(lua_agent(folder, script::Guard::count_hook));
    return (resident() - before) / count;
}

double states() {
    constexpr int count = 1'000;
    std::vector<lua_State*> all;
    const double before = resident();
    for (int i = 0; i < count; ++i) {
        lua_State* const lua = all.emplace_back(luaL_newstate());
        luaL_openlibs(lua);
        require(luaL_dostring(lua, lua_handler) == LUA_OK, "the bare script does not load");
    }
    const double each = (resident() - before) / count;
    for (lua_State* lua : all)
        lua_close(lua);
    return each;
}

constexpr Case cases[]{
    {"empty", resident},
    {"first_event", first_event},
    {"agents_1000", agents<1'000>},
    {"agents_10000", agents<10'000>},
    {"states", states},
};

} // namespace
} // namespace grekko::bench

int main(int count, char** arguments) {
    return grekko::bench::run_cases(count, arguments, grekko::bench::cases);
}
