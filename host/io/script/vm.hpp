// Vm: one lua_State with its limits: instructions a call, memory, largest block, collection between
// events, and a backstop of time. It knows no trading; the binding registers functions and calls
// handlers through it.
// It is robustness, not a security boundary: that is the worker process. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <lua.hpp>

#include "domain/input.hpp"
#include "io/script/settings.hpp"

namespace grekko::script {

class Vm {
public:
    struct Failure {
        FaultKind kind{FaultKind::error};
        std::string message; // "file:line: what", one line of UTF-8
        std::string stack;
    };

    // In the scope of a C function that calls scripts: notes where the script was when an error
    // leaves it. Lua says that of its own errors, but not where memory ran out.
    class Watch {
    public:
        explicit Watch(lua_State* state) : state_{state} {}
        ~Watch() {
            if (!done_) of(state_).note_unwinding(state_);
        }
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;
        void done() { done_ = true; }

    private:
        lua_State* state_;
        bool done_{false};
    };

    explicit Vm(const VmLimits& limits, void* owner);
    ~Vm();
    Vm(const Vm&) = delete;
    Vm& operator=(const Vm&) = delete;

    // Null where even an empty state does not fit the limits.
    lua_State* state() const { return state_; }
    static Vm& of(lua_State* state) { return **static_cast<Vm**>(lua_getextraspace(state)); }
    template <class Owner>
    static Owner& owner(lua_State* state) {
        return *static_cast<Owner*>(of(state).owner_);
    }

    // Calls the function below its `arguments`, on top of the stack, leaving `results` values.
    // False where it failed: nothing is left and failure() says why.
    bool call(int arguments, int results, std::int64_t instructions);
    const Failure& failure() const { return failure_; }
    // The next handler of the same call begins with a full budget. [in a call]
    void renew_budget() {
        spent_ = 0;
        memory_failures_ = 0;
        start_clock();
    }

    // "file:line: " of the innermost function that is a script's; empty where there is none.
    static std::string place(lua_State* state);

    // Counts work done in C; raises the kill when the budget of the call is spent. [in a call]
    void charge(lua_State* state, std::int64_t units) {
        spent_ += units;
        if (spent_ >= budget_) kill(state, FaultKind::budget);
    }
    std::int64_t spent() const { return spent_; }
    // After a protected call returned, its error on top of the stack of `thread`: goes on unwinding
    // where the call is being killed, and counts failures of memory (the third kills).
    void after_protected(lua_State* state, lua_State* thread, int status);
    bool killed() const { return killed_; }
    // A thread that is to run gets the hook of its call.
    void guard(lua_State* thread) const;
    // The thread that runs now; returns the one before.
    lua_State* run_on(lua_State* thread) {
        lua_State* const before = running_;
        running_ = thread;
        return before;
    }

    // [signal on the thread that runs the call] Ends the running call as over its budget.
    void interrupt();

    // Between events: collects in proportion to what was allocated since the last step.
    void collect();
    // After loading: everything that nothing refers to.
    void collect_all();
    std::size_t memory_used() const { return used_; }
    std::size_t memory_peak() const { return peak_; }
    const VmLimits& limits() const { return limits_; }

private:
    static void* allocate(void* self, void* block, std::size_t old_size, std::size_t new_size);
    static void on_count(lua_State* state, lua_Debug* where);
    static int on_error(lua_State* state);
    [[noreturn]] void kill(lua_State* state, FaultKind kind);
    void fail(bool memory);
    void note_unwinding(lua_State* state);
    void start_clock();
    bool overdue();

    VmLimits limits_;
    void* owner_;
    lua_State* state_{nullptr};
    lua_State* running_{nullptr};
    std::size_t used_{0}, peak_{0}, grown_{0};
    std::int64_t spent_{0}, budget_{0};
    std::int64_t time_{0};    // limit of this call, nanoseconds
    std::int64_t due_{0};     // wall clock, nanoseconds
    std::int64_t due_own_{0}; // clock of the thread, nanoseconds; 0: not begun
    int memory_failures_{0};
    bool killed_{false};
    bool explained_{false}; // on_error saw the error of this call
    FaultKind kill_kind_{FaultKind::budget};
    std::string place_; // "file:line: " of the kill or of the error
    Failure failure_;
};

} // namespace grekko::script
