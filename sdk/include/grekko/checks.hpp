// Checking levels: how much of the contract the C++ layer verifies at each call, and whom it names
// when it is broken. It judges the host's calls; what a strategy answers is judged by the host.
// instance.hpp asks it; an author chooses the level by GREKKO_CHECKING.
#pragma once

#include <grekko/host.hpp>

#include <cstdint>
#include <cstring>

namespace grekko::sdk {

enum class Checking : std::uint8_t {
    none = 0,  // nothing: a host that is known to be good
    state = 1, // calls out of turn: not started, called from within a call
    full = 2   // calls from a wrong thread too, and a line in the log for each
};

// 0, 1 or 2 for a whole library; by default 2 where assertions are on, else 1.
#if !defined(GREKKO_CHECKING) && defined(NDEBUG)
#define GREKKO_CHECKING 1
#elif !defined(GREKKO_CHECKING)
#define GREKKO_CHECKING 2
#endif
inline constexpr auto checking = static_cast<Checking>(GREKKO_CHECKING);

enum State : std::uint8_t { created = 1, started = 2, stopped = 4 };
inline constexpr unsigned when_made = created | started | stopped;

class Checks {
public:
    explicit Checks(const Host& host) : host_{host} {}
    void enter(State state) { state_ = state; }

private:
    template <Checking>
    friend class Turn;
    Host host_;
    State state_{created};
    bool busy_{false};
};

// One call, from its check to its end.
template <Checking level>
class Turn {
public:
    Turn(Checks& checks, const char* name, unsigned states, grekko_error* error) noexcept
        : checks_{checks} {
        if constexpr (level != Checking::none) {
            if constexpr (level == Checking::full)
                if (!checks.host_.is_event_thread()) refuse(name, "outside of its turn", error);
            if (!refused_ && checks.busy_) refuse(name, "during another call", error);
            if (!refused_ && (checks.state_ & states) == 0)
                refuse(name, in_words(checks.state_), error);
            if (!refused_) checks.busy_ = true;
        }
    }
    ~Turn() {
        if (level != Checking::none && !refused_) checks_.busy_ = false;
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    bool allowed() const { return !refused_; }

private:
    static const char* in_words(State state) {
        return state == created   ? "before start"
               : state == started ? "while started"
                                  : "after stop";
    }
    void refuse(const char* name, const char* when, grekko_error* error) noexcept {
        refused_ = true;
        char text[100] = "the host called ";
        std::size_t size = std::strlen(text);
        for (const char* part : {name, " ", when})
            for (; *part != '\0' && size < sizeof text; ++part)
                text[size++] = *part;
        write(error, {text, size});
        if constexpr (level == Checking::full) checks_.host_.error({text, size});
    }

    Checks& checks_;
    bool refused_{false};
};

} // namespace grekko::sdk
