#include "io/script/save.hpp"

#include <cstring>

#include "base/archive.hpp"
#include "base/crc32c.hpp"
#include "io/script/fields.hpp"
#include "io/script/plain.hpp"

namespace grekko::script {

namespace {

constexpr std::uint32_t magic = 0x4C534B47; // "GKSL"
constexpr std::uint32_t version = 1;
constexpr std::size_t head_bytes = 16; // magic, version, size, checksum

struct SavedIntent {
    std::uint64_t instrument{0}, status{0};
    std::int64_t at{0};
    std::vector<std::uint8_t> action;
    void fields(auto& archive) { archive(instrument, status, at, action); }
};

struct Saved {
    std::string state, custom; // plain values; custom empty: no save handler
    std::vector<Series::Saved> series;
    std::vector<Timer> timers;
    std::uint64_t next_timer{1};
    std::vector<SavedIntent> intents;
    std::vector<std::uint64_t> random;
    std::vector<std::pair<std::string, Market::Forming>> forming;

    void fields(auto& archive) {
        archive(state, custom, series, timers, next_timer, intents, random, forming);
    }
};

// The argument is a light userdata: the Saved to fill.
int collect(lua_State* state) {
    Vm::Watch watch{state};
    Runtime& runtime = Runtime::of(state);
    Saved& saved = *static_cast<Saved*>(lua_touserdata(state, 1));
    lua_rawgeti(state, LUA_REGISTRYINDEX, runtime.agent_table);
    lua_pushliteral(state, "state");
    lua_rawget(state, 2);
    saved.state = encode_plain(state, -1, "state");
    lua_pop(state, 1);
    if (runtime.has(Handler::save)) {
        lua_pushliteral(state, "save");
        lua_rawget(state, 2);
        lua_pushvalue(state, 2);
        lua_call(state, 1, 1);
        saved.custom = encode_plain(state, -1, "save()");
    }
    watch.done();
    return 0;
}

std::uint32_t word_at(std::string_view bytes, std::size_t at) {
    std::uint32_t word = 0;
    std::memcpy(&word, bytes.data() + at, sizeof word);
    return word;
}

bool read(std::string_view bytes, Saved& saved) {
    return archive_load(saved, std::as_bytes(std::span{bytes.substr(head_bytes)}));
}

int apply_protected(lua_State* state) {
    Vm::Watch watch{state};
    apply_state(state, Runtime::of(state));
    watch.done();
    return 0;
}

// Whether on_timer can work with it: bytes that fit their checksum may still be anything.
bool sound(const Timer& timer) {
    constexpr std::int64_t day = 86'400'000'000'000;
    constexpr std::int64_t century = 36'525 * day;
    const bool periodic = timer.kind == 1 && timer.period > 0 && timer.period <= 7 * day;
    return (timer.kind == 0 || timer.kind == 2 || periodic) && timer.next >= 0 &&
           timer.next <= 2 * century;
}

void restore_host_parts(Runtime& runtime, const Saved& saved) {
    for (const Series::Saved& one : saved.series) {
        const Market* const market = runtime.find_market(std::string_view(one.symbol));
        if (market == nullptr) continue;
        Series* const series =
            runtime.find_series(market->instrument, Duration::nanoseconds(one.interval));
        if (series != nullptr) series->load(one);
    }
    for (Market& market : runtime.markets) {
        market.ready = true;
        for (const Series* series : market.series)
            market.ready = market.ready && series->ready();
    }
    for (const auto& [symbol, forming] : saved.forming) {
        if (Market* const market = runtime.find_market(std::string_view(symbol))) {
            market->forming = forming;
        }
    }
    runtime.timers.clear();
    for (const Timer& timer : saved.timers) {
        if (sound(timer) && runtime.timers.size() < runtime.setup.quotas.timers)
            runtime.timers.push_back(timer);
    }
    runtime.next_timer = saved.next_timer;
    runtime.intents.clear();
    for (const SavedIntent& one : saved.intents) {
        const InstrumentId instrument{static_cast<std::uint16_t>(one.instrument)};
        if (one.action.size() != sizeof(Action) || one.status >= intent_states.size()) continue;
        if (runtime.find_market(instrument) == nullptr) continue;
        IntentNote note{{}, one.status, one.at};
        std::memcpy(&note.action, one.action.data(), sizeof(Action));
        if (note.action.sizing > Sizing::risk) continue;
        runtime.intents.emplace(instrument, note);
    }
    Random::State words{};
    if (saved.random.size() == words.size()) {
        std::copy(saved.random.begin(), saved.random.end(), words.begin());
        if (words != Random::State{}) runtime.random = Random::from_state(words);
    }
}

} // namespace

Result<std::string> save_state(Runtime& runtime) {
    Saved saved;
    lua_State* const state = runtime.vm.state();
    lua_pushcfunction(state, collect);
    lua_pushlightuserdata(state, &saved);
    if (!runtime.vm.call(1, 0, runtime.setup.limits.start_instructions)) {
        return make_error(ErrorCode::script_error, runtime.vm.failure().message);
    }
    for (const auto& series : runtime.series)
        saved.series.push_back(series->save());
    saved.timers = runtime.timers;
    saved.next_timer = runtime.next_timer;
    for (const auto& [instrument, note] : runtime.intents) {
        SavedIntent one{instrument.value(), note.status, note.at, {}};
        one.action.resize(sizeof(Action));
        std::memcpy(one.action.data(), &note.action, sizeof(Action));
        saved.intents.push_back(std::move(one));
    }
    const Random::State& words = runtime.random.state();
    saved.random.assign(words.begin(), words.end());
    for (const Market& market : runtime.markets)
        saved.forming.emplace_back(market.symbol, market.forming);
    const std::vector<std::byte> body = archive_save(saved);
    const std::array<std::uint32_t, 4> head = {
        magic, version, static_cast<std::uint32_t>(body.size()), crc32c(body)};
    std::string bytes(head_bytes + body.size(), '\0');
    std::memcpy(bytes.data(), head.data(), head_bytes);
    std::memcpy(bytes.data() + head_bytes, body.data(), body.size());
    return bytes;
}

Result<void> load_state(Runtime& runtime, std::string_view bytes) {
    const auto damaged = [] {
        return make_error(ErrorCode::corrupt,
                          "the saved state of the agent is damaged; start it without, it warms up "
                          "again from history");
    };
    if (bytes.size() < head_bytes || word_at(bytes, 0) != magic) return damaged();
    if (word_at(bytes, 4) > version) {
        return make_error(ErrorCode::unsupported_version,
                          "the saved state of the agent was written by a newer version");
    }
    const std::string_view body = bytes.substr(head_bytes);
    if (word_at(bytes, 8) != body.size() ||
        word_at(bytes, 12) != crc32c(std::as_bytes(std::span{body}))) {
        return damaged();
    }
    Saved saved;
    if (!read(bytes, saved)) return damaged();
    runtime.pending_state = bytes;
    if (!runtime.started) return {};
    lua_pushcfunction(runtime.vm.state(), apply_protected);
    if (runtime.vm.call(0, 0, runtime.setup.limits.start_instructions)) return {};
    return make_error(ErrorCode::script_error, runtime.vm.failure().message);
}

void apply_state(lua_State* state, Runtime& runtime) {
    Saved saved;
    const bool good = read(runtime.pending_state, saved);
    runtime.pending_state.clear();
    if (!good) raise(state, "load", "the saved state is damaged");
    lua_rawgeti(state, LUA_REGISTRYINDEX, runtime.agent_table);
    const int agent = lua_gettop(state);
    lua_pushliteral(state, "state");
    decode_plain(state, saved.state);
    lua_rawset(state, agent);
    restore_host_parts(runtime, saved);
    if (runtime.answer != nullptr) {
        runtime.answer->actions.clear(); // of on_start: its timers are replaced by the saved ones
        for (const Timer& timer : runtime.timers) {
            Action action;
            action.kind = ActionKind::timer;
            action.at = Instant::from_nanoseconds(timer.next);
            action.name = timer.id;
            runtime.answer->actions.push_back(action);
        }
    }
    if (!saved.custom.empty() && runtime.has(Handler::load)) {
        lua_pushliteral(state, "load");
        lua_rawget(state, agent);
        lua_pushvalue(state, agent);
        decode_plain(state, saved.custom);
        lua_call(state, 2, 0);
    }
    lua_settop(state, agent - 1);
}

} // namespace grekko::script
