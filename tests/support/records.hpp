// Records as the engine writes them, for tests of what stores or reads journals: heads in sequence,
// bodies of real types with contents that follow from the sequence alone.
// It is not a market: nothing in it makes sense as trading.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "domain/event.hpp"
#include "ports/journal.hpp"

namespace grekko::tests {

template <class Body>
void add_record(std::vector<std::byte>& bytes, RecordHead head, const Body& body) {
    head.tag = Body::tag;
    head.size = sizeof head + sizeof body;
    const std::size_t offset = bytes.size();
    bytes.resize(offset + head.size);
    std::memcpy(bytes.data() + offset, &head, sizeof head);
    std::memcpy(bytes.data() + offset + sizeof head, &body, sizeof body);
}

// A batch that owns its payload.
struct OwnedBatch {
    std::vector<std::byte> payload;
    std::uint64_t first{0};
    std::uint64_t last{0};
    std::uint64_t epoch{1};

    ports::Batch view() const {
        return {Sequence{first}, Sequence{last}, at(last), epoch, payload};
    }
    static Instant at(std::uint64_t sequence) {
        return Instant::from_seconds(1'700'000'000) +
               Duration::milliseconds(static_cast<std::int64_t>(sequence));
    }
};

// `count` records from `first` on: timers, and now and then a cancelled order.
inline OwnedBatch make_batch(std::uint64_t first, std::uint64_t count) {
    OwnedBatch batch;
    batch.first = first;
    batch.last = first + count - 1;
    for (std::uint64_t i = first; i <= batch.last; ++i) {
        RecordHead head;
        head.sequence = Sequence{i};
        head.at = OwnedBatch::at(i);
        head.causation = Sequence{i - 1};
        if (i % 5 == 0) {
            add_record(batch.payload, head, events::OrderCancelled{OrderId{i}});
            continue;
        }
        TimerFired timer;
        timer.id = TimerId{i};
        timer.kind = TimerKind::nav;
        timer.subject = i * 7;
        add_record(batch.payload, head, timer);
    }
    return batch;
}

} // namespace grekko::tests
