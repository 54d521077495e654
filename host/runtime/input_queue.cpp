#include "runtime/input_queue.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace grekko::runtime {

void InputQueue::push(Input input) {
    const Instant at = input.at;
    heap_.push_back(Entry{at, order_++, std::move(input)});
    std::push_heap(heap_.begin(), heap_.end(), Later{});
}

std::optional<Instant> InputQueue::next_at() const {
    if (heap_.empty()) return std::nullopt;
    return heap_.front().at;
}

Input InputQueue::pop() {
    ASSERT(!heap_.empty());
    std::pop_heap(heap_.begin(), heap_.end(), Later{});
    Input input = std::move(heap_.back().input);
    heap_.pop_back();
    return input;
}

void InputQueue::clear() {
    heap_.clear();
}

} // namespace grekko::runtime
