#include "io/script/vm.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "base/assert.hpp"
#include "io/script/readable.hpp"

namespace grekko::script {

namespace {

constexpr int hook_count = 128;           // a hook costs the same whatever its count
constexpr std::size_t step_bytes = 16384; // allocated since the last collection step
constexpr int error_handler = 1;          // stack slot of on_error
constexpr std::size_t message_bytes_max = 512;
constexpr int stack_levels_max = 22;
constexpr std::int64_t failure_units = 200; // to unwind costs as much as many instructions
char kill_mark;                             // its address is the value that no script can make

std::int64_t read_clock(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

std::string place_in(const lua_Debug& where) {
    return std::string(where.short_src) + ":" + std::to_string(where.currentline) + ": ";
}

// A line a level. Unlike luaL_traceback it needs no memory of the state, which may have none left.
std::string stack_of(lua_State* state) {
    std::string text = "stack traceback:";
    lua_Debug where{};
    int level = 0;
    for (; level < stack_levels_max && lua_getstack(state, level, &where) != 0; ++level) {
        lua_getinfo(state, "Slnt", &where);
        text += "\n\t" + (where.currentline > 0 ? place_in(where) : std::string("[host]: "));
        text += where.name == nullptr
                    ? "in a function"
                    : "in " + std::string(where.namewhat) + " '" + readable(where.name, 64) + "'";
        if (where.istailcall != 0) text += "\n\t(tail calls)";
    }
    if (lua_getstack(state, level, &where) != 0) text += "\n\t...";
    return text;
}

// Whether the text begins with "file.lua:line:".
bool has_place(std::string_view text) {
    std::size_t at = text.find(':');
    if (at == text.npos || !text.substr(0, at).ends_with(".lua")) return false;
    const std::size_t digits = ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9')
        ++at;
    return at > digits && at < text.size() && text[at] == ':';
}

// Lua's buffers of text say so in an ordinary error, all else by the status.
bool is_out_of_memory(lua_State* state, int status) {
    if (status == LUA_ERRMEM) return true;
    if (status != LUA_ERRRUN || lua_type(state, -1) != LUA_TSTRING) return false;
    return std::string_view(lua_tostring(state, -1)) == "not enough memory";
}

} // namespace

Vm::Vm(const VmLimits& limits, void* owner) : limits_{limits}, owner_{owner} {
    state_ = lua_newstate(&Vm::allocate, this);
    if (state_ == nullptr) return;
    *static_cast<Vm**>(lua_getextraspace(state_)) = this;
    lua_gc(state_, LUA_GCSTOP);
    lua_pushcfunction(state_, &Vm::on_error);
}

Vm::~Vm() {
    if (state_ != nullptr) lua_close(state_);
    ASSERT(used_ == 0);
}

void* Vm::allocate(void* self, void* block, std::size_t old_size, std::size_t new_size) {
    Vm& vm = *static_cast<Vm*>(self);
    const std::size_t before = block == nullptr ? 0 : old_size; // else it is a tag, not a size
    if (new_size == 0) {
        std::free(block);
        vm.used_ -= before;
        return nullptr;
    }
    if (new_size > before) {
        const std::size_t total = vm.used_ - before + new_size;
        if (new_size > vm.limits_.block || total > vm.limits_.memory) return nullptr;
        if (vm.limits_.refuse && vm.limits_.refuse(new_size)) [[unlikely]]
            return nullptr;
        vm.grown_ += new_size - before;
        vm.spent_ += static_cast<std::int64_t>((new_size - before) >> 8U);
    }
    void* const moved = std::realloc(block, new_size);
    if (moved == nullptr) return nullptr;
    vm.used_ = vm.used_ - before + new_size;
    if (vm.used_ > vm.peak_) vm.peak_ = vm.used_;
    return moved;
}

void Vm::on_count(lua_State* state, lua_Debug* /*where*/) {
    Vm& vm = of(state);
    vm.spent_ += hook_count;
    if (vm.killed_ || vm.spent_ >= vm.budget_) vm.kill(state, FaultKind::budget);
    if (vm.overdue()) vm.kill(state, FaultKind::timeout);
}

void Vm::start_clock() {
    due_ = read_clock(CLOCK_MONOTONIC_COARSE) + time_;
    due_own_ = 0;
}

// The wall clock is cheap but runs on while the machine does other things, so it only begins the
// measurement by the thread's own.
bool Vm::overdue() {
    const std::int64_t now = read_clock(CLOCK_MONOTONIC_COARSE);
    if (now < due_) [[likely]]
        return false;
    const std::int64_t own = read_clock(CLOCK_THREAD_CPUTIME_ID);
    if (due_own_ == 0) due_own_ = own + time_;
    due_ = now + time_ / 16;
    return own >= due_own_;
}

void Vm::kill(lua_State* state, FaultKind kind) {
    if (!killed_) {
        killed_ = true;
        kill_kind_ = kind;
        place_ = place(state);
    }
    lua_sethook(state, &Vm::on_count, LUA_MASKCOUNT, 1);
    lua_pushlightuserdata(state, &kill_mark);
    lua_error(state);
    std::abort(); // lua_error does not return
}

std::string Vm::place(lua_State* state) {
    lua_Debug where{};
    for (int level = 0; lua_getstack(state, level, &where) != 0; ++level) {
        lua_getinfo(state, "Sl", &where);
        if (where.currentline > 0) return place_in(where);
    }
    return {};
}

void Vm::note_unwinding(lua_State* state) {
    if (explained_) return;
    if (!killed_) place_ = place(state);
    failure_.stack = stack_of(state);
}

int Vm::on_error(lua_State* state) {
    Vm& vm = of(state);
    vm.explained_ = true;
    std::string& message = vm.failure_.message;
    if (lua_type(state, 1) == LUA_TSTRING) {
        std::size_t size = 0;
        const char* text = lua_tolstring(state, 1, &size);
        message = readable({text, size}, message_bytes_max);
    } else {
        // Never the script's own __tostring: it would run here without a budget of its own.
        message = std::string("the error is a ") + luaL_typename(state, 1) +
                  "; raise a text with error(\"…\")";
    }
    if (!has_place(message)) message.insert(0, place(state));
    vm.failure_.stack = stack_of(state);
    return 1;
}

bool Vm::call(int arguments, int results, std::int64_t instructions) {
    spent_ = 0;
    budget_ = instructions;
    // As much longer as the budget is larger: loading, and tests of agents.
    time_ =
        limits_.time.count() *
        std::max<std::int64_t>(1, instructions / std::max<std::int64_t>(1, limits_.instructions));
    killed_ = false;
    explained_ = false;
    memory_failures_ = 0;
    running_ = state_;
    start_clock();
    guard(state_);
    const int status = lua_pcall(state_, arguments, results, error_handler);
    if (status == LUA_OK && !killed_) [[likely]]
        return true;
    const bool memory = is_out_of_memory(state_, status);
    lua_pop(state_, status == LUA_OK ? results : 1);
    fail(memory);
    return false;
}

void Vm::guard(lua_State* thread) const {
    if (limits_.guard == Guard::count_hook || killed_) {
        lua_sethook(thread, &Vm::on_count, LUA_MASKCOUNT, killed_ ? 1 : hook_count);
    } else if (lua_gethookmask(thread) != 0) {
        lua_sethook(thread, nullptr, 0, 0);
    }
}

void Vm::fail(bool memory) {
    if (memory && explained_) place_ = failure_.message.substr(0, failure_.message.rfind("not "));
    failure_.kind = killed_ ? kill_kind_ : memory ? FaultKind::memory : FaultKind::error;
    switch (failure_.kind) {
    case FaultKind::budget:
        failure_.message = place_ + "over the budget of " + std::to_string(budget_) +
                           " instructions a call; do less an event";
        break;
    case FaultKind::timeout:
        failure_.message = place_ + "over the time limit of " +
                           to_string(Duration::nanoseconds(time_)) +
                           " a call; handle smaller texts and tables";
        break;
    case FaultKind::memory:
        failure_.message = place_ + "over the memory limit of " +
                           std::to_string(limits_.memory >> 20U) + " MiB, or " +
                           std::to_string(limits_.block >> 10U) + " KiB in one piece; keep less";
        break;
    default:
        if (!explained_) failure_.message = place_ + "an error while an error was handled";
    }
}

void Vm::after_protected(lua_State* state, lua_State* thread, int status) {
    if (killed_) kill(state, kill_kind_);
    if (status == LUA_OK || status == LUA_YIELD) return;
    if (is_out_of_memory(thread, status) && ++memory_failures_ >= 3) kill(state, FaultKind::memory);
    charge(state, failure_units);
}

void Vm::interrupt() {
    spent_ = budget_;
    lua_sethook(running_, &Vm::on_count, LUA_MASKCOUNT, 1);
}

void Vm::collect() {
    if (grown_ < step_bytes) return;
    const bool near_limit = used_ > limits_.memory / 10 * 7;
    const std::size_t bytes = near_limit ? limits_.memory : grown_ * 2;
    lua_gc(state_, LUA_GCSTEP, static_cast<int>(bytes >> 10U));
    grown_ = 0;
}

void Vm::collect_all() {
    lua_gc(state_, LUA_GCCOLLECT);
    grown_ = 0;
}

} // namespace grekko::script
