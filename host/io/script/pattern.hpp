// Lua patterns, matched under a budget: every step is counted, so that no pattern can run for ever.
// It knows texts only, no Lua state. find, match, gmatch and gsub of agents use it; what a pattern
// means is in the Lua 5.4 manual §6.4.1. Character classes are those of ASCII in every locale.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace grekko::script {

class Pattern {
public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    static constexpr std::size_t captures_max = 32;
    static constexpr std::size_t position = none - 1; // size of a capture `()`
    static constexpr std::size_t open = none - 2;     // size of one not closed yet

    struct Capture {
        std::size_t start{0}, size{0};
    };
    // Called with steps done; it may throw to stop the match.
    using Spend = void (*)(void* context, std::int64_t steps);

    // Both texts must outlive the object. `pattern` without its anchor `^`.
    Pattern(std::string_view subject, std::string_view pattern, Spend spend, void* context)
        : subject_{subject},
          pattern_{pattern},
          spend_{spend},
          context_{context} {}

    // End of a match that begins exactly at `start`, or none. Captures are those of this match.
    std::size_t match_at(std::size_t start);
    std::size_t captures() const { return level_; }
    const Capture& capture(std::size_t i) const { return captures_[i]; }
    // Why the pattern cannot be used; null where it can.
    const char* error() const { return error_; }

private:
    std::size_t match(std::size_t at, std::size_t item);
    std::size_t longest(std::size_t at, std::size_t item, std::size_t end);
    std::size_t shortest(std::size_t at, std::size_t item, std::size_t end);
    std::size_t begin_capture(std::size_t at, std::size_t item, std::size_t size);
    std::size_t end_capture(std::size_t at, std::size_t item);
    std::size_t balanced(std::size_t at, std::size_t item);
    std::size_t repeated(std::size_t at, char digit);
    std::size_t special(std::size_t at, std::size_t item, bool& handled);
    bool frontier(std::size_t at, std::size_t set, std::size_t end);
    std::size_t item_end(std::size_t item);
    bool one(std::size_t at, std::size_t item, std::size_t end);
    bool in_set(unsigned char c, std::size_t set, std::size_t end) const;
    std::size_t fail(const char* why);
    void step(std::size_t count = 1);

    std::string_view subject_, pattern_;
    Spend spend_;
    void* context_;
    std::array<Capture, captures_max> captures_{};
    std::size_t level_{0};
    int depth_{0};
    std::size_t steps_{0}; // not charged yet
    const char* error_{nullptr};
};

} // namespace grekko::script
