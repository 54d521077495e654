// Frame: the records of the open commit batch, one after another as bytes: [40-byte head | body].
// An event is built once, here; whoever stores the batch copies these bytes. It decides nothing.
// The engine writes it, the runtime hands it to the journal and clears it.
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "domain/record.hpp"

namespace grekko::engine {

class Frame {
public:
    Frame() { bytes_.reserve(std::size_t{64} << 10U); }

    // Appends one record and returns the offset of its head. ASSERTs the limit of a frame.
    template <RecordBody Body>
    std::size_t push(RecordHead head, const Body& body) {
        ASSERT(bytes_.size() + sizeof head + sizeof body <= limits::frame_bytes_max);
        head.tag = Body::tag;
        head.size = sizeof head + sizeof body;
        const std::size_t offset = bytes_.size();
        bytes_.resize(offset + head.size);
        std::memcpy(bytes_.data() + offset, &head, sizeof head);
        std::memcpy(bytes_.data() + offset + sizeof head, &body, sizeof body);
        if (records_ == 0) first_ = head.sequence;
        last_ = head.sequence;
        at_ = head.at;
        ++records_;
        return offset;
    }

    bool empty() const { return records_ == 0; }
    std::size_t records() const { return records_; }
    Sequence first() const { return first_; }
    Sequence last() const { return last_; }
    Instant at() const { return at_; }
    std::span<const std::byte> bytes() const { return bytes_; }
    // Records from `offset` on: what one step added.
    std::span<const std::byte> since(std::size_t offset) const {
        return std::span(bytes_).subspan(offset);
    }
    void clear() {
        bytes_.clear();
        records_ = 0;
    }

private:
    std::vector<std::byte> bytes_;
    std::size_t records_{0};
    Sequence first_, last_;
    Instant at_;
};

// Calls `visit(head)` for each record of a payload; false where it does not divide into records.
template <class Visitor>
bool for_each_record(std::span<const std::byte> payload, Visitor&& visit) {
    while (!payload.empty()) {
        if (payload.size() < sizeof(RecordHead)) return false;
        const auto& head = *reinterpret_cast<const RecordHead*>(payload.data());
        if (head.size < sizeof(RecordHead) || head.size % 8 != 0 || head.size > payload.size()) {
            return false;
        }
        visit(head);
        payload = payload.subspan(head.size);
    }
    return true;
}

} // namespace grekko::engine
