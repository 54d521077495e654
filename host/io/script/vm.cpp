#include "io/script/vm.hpp"

#include <cstdlib>
#include <cstring>

namespace grekko::script {

namespace {

constexpr int hook_count = 128;           // a hook costs the same whatever its count
constexpr std::size_t step_bytes = 16384; // allocated since the last collection step
constexpr int error_handler = 1;          // stack slot of on_error
constexpr std::size_t message_bytes_max = 512;
char kill_mark; // its address is the value that no script can make

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
}

void Vm::kill(lua_State* state, FaultKind kind) {
    if (!killed_) {
        killed_ = true;
        kill_kind_ = kind;
        note_place(state);
    }
    lua_sethook(state, &Vm::on_count, LUA_MASKCOUNT, 1);
    lua_pushlightuserdata(state, &kill_mark);
    lua_error(state);
    std::abort(); // lua_error does not return
}

void Vm::note_place(lua_State* state) {
    place_.clear();
    lua_Debug where{};
    for (int level = 0; lua_getstack(state, level, &where) != 0; ++level) {
        lua_getinfo(state, "Sl", &where);
        if (where.currentline <= 0) continue;
        place_ = std::string(where.short_src) + ":" + std::to_string(where.currentline) + ": ";
        return;
    }
}

int Vm::on_error(lua_State* state) {
    Vm& vm = of(state);
    if (lua_type(state, 1) == LUA_TSTRING) {
        std::size_t size = 0;
        const char* text = lua_tolstring(state, 1, &size);
        vm.failure_.message.assign(text, size < message_bytes_max ? size : message_bytes_max);
    } else {
        // Never the script's own __tostring: it would run here without a budget of its own.
        vm.failure_.message = std::string("the error is a ") + luaL_typename(state, 1) +
                              "; raise a text with error(\"…\")";
    }
    luaL_traceback(state, state, nullptr, 1);
    vm.failure_.stack = lua_tostring(state, -1);
    lua_pop(state, 1);
    return 1;
}

bool Vm::call(int arguments, int results, std::int64_t instructions) {
    spent_ = 0;
    budget_ = instructions;
    killed_ = false;
    memory_failures_ = 0;
    running_ = state_;
    guard(state_);
    const int status = lua_pcall(state_, arguments, results, error_handler);
    if (status == LUA_OK && !killed_) [[likely]]
        return true;
    if (status == LUA_OK) {
        lua_settop(state_, lua_gettop(state_) - (results > 0 ? results : 0));
    } else {
        lua_pop(state_, 1);
    }
    fail(status);
    return false;
}

void Vm::guard(lua_State* thread) const {
    if (limits_.guard == Guard::count_hook || killed_) {
        lua_sethook(thread, &Vm::on_count, LUA_MASKCOUNT, killed_ ? 1 : hook_count);
    } else if (lua_gethookmask(thread) != 0) {
        lua_sethook(thread, nullptr, 0, 0);
    }
}

void Vm::fail(int status) {
    if (killed_ && kill_kind_ == FaultKind::budget) {
        failure_.kind = FaultKind::budget;
        failure_.message = place_ + "over the budget of " + std::to_string(budget_) +
                           " instructions a call; do less an event";
    } else if (killed_ || status == LUA_ERRMEM) {
        failure_.kind = FaultKind::memory;
        failure_.message = (killed_ ? place_ : std::string{}) + "over the memory limit of " +
                           std::to_string(limits_.memory >> 20U) + " MiB, or " +
                           std::to_string(limits_.block >> 10U) + " KiB in one piece; keep less";
    } else {
        failure_.kind = FaultKind::error;
        if (status == LUA_ERRERR) failure_.message = "an error while an error was handled";
    }
}

void Vm::after_protected(lua_State* state, int status) {
    if (killed_) kill(state, kill_kind_);
    if (status == LUA_ERRMEM && ++memory_failures_ >= 3) kill(state, FaultKind::memory);
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
