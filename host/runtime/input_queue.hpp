// InputQueue: inputs that lie in the future (timers, answers still thinking), by time and, at one
// instant, in the order they were put in. It reads no clock: whoever drives says how far to go.
// The driver owns one.
#pragma once

#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "domain/input.hpp"

namespace grekko::runtime {

class InputQueue {
public:
    void push(Input input);
    std::optional<Instant> next_at() const;
    // The earliest input; ASSERTs that there is one.
    Input pop();
    std::size_t size() const { return heap_.size(); }
    void clear();

private:
    struct Entry {
        Instant at;
        std::uint64_t order;
        Input input;
    };
    struct Later {
        bool operator()(const Entry& a, const Entry& b) const {
            return a.at != b.at ? a.at > b.at : a.order > b.order;
        }
    };
    std::vector<Entry> heap_;
    std::uint64_t order_{0};
};

} // namespace grekko::runtime
