// A state of risk and the events that made it: emits as the engine does (ids are sequences, now is
// the head's) and can fold all of them again into a fresh state. Not an engine: it decides nothing.
// Used by the tests of breakers, states of the book and stops.
#pragma once

#include <functional>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/archive.hpp"
#include "core/risk/risk.hpp"

namespace grekko::risk::tests {

struct Journal {
    Instant now{Instant::from_seconds(1'700'000'000)};  // 22:13:20 UTC
    State state;
    std::uint64_t sequence{100};
    std::vector<std::function<void(State&)>> events;

    template <class Event>
    std::uint64_t emit(Event event) {
        RecordHead head;
        head.sequence = Sequence{++sequence};
        head.at = now;
        if constexpr (std::is_same_v<Event, events::StopArmed>) event.id = StopId{sequence};
        if constexpr (std::is_same_v<Event, events::ParentOpened>) {
            event.parent.id = ParentId{sequence};
        }
        if constexpr (std::is_same_v<Event, events::OrderSubmitted>) {
            event.order.id = OrderId{sequence};
        }
        apply(state, event, head);
        events.push_back([event, head](State& fresh) { apply(fresh, event, head); });
        return sequence;
    }
    template <class Event>
    void emit_all(const std::vector<Event>& all) {
        for (const Event& event : all) emit(event);
    }
    void emit_all(const std::vector<StopChange>& all) {
        for (const StopChange& change : all) {
            std::visit([this](const auto& event) { emit(event); }, change);
        }
    }
    void wait(Duration duration) { now = now + duration; }

    // The same events give the same bytes, and a saved state comes back whole.
    bool replays() const {
        State fresh;
        for (const auto& event : events) event(fresh);
        const std::vector<std::byte> bytes = archive_save(state);
        State restored;
        return archive_save(fresh) == bytes && archive_load(restored, bytes) &&
               archive_save(restored) == bytes;
    }
};

}  // namespace grekko::risk::tests
