// RecordBuffer: market records one behind another in one piece of memory that is used again, so
// that a frame of thousands of levels costs no allocation. It checks nothing and sorts nothing.
// Adapters fill it from a frame and hand its records to the host.
#pragma once

#include <grekko/events.h>

#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

namespace grekko::sdk {

// What all records of a frame share.
struct Stamp {
    std::uint16_t venue{0};
    std::uint16_t instrument{0};
    grekko_time exchange_at{0}; // 0: the venue does not say
    grekko_time received_at{0};
};

class RecordBuffer {
public:
    // Forgets all records; the memory stays.
    void clear() { used_ = taken_ = 0; }
    bool empty() const { return taken_ == used_; }

    // A zeroed record with its head filled, good until the next call.
    template <class Record>
    Record& add(std::uint8_t kind, const Stamp& stamp, std::uint8_t flags = 0) {
        static_assert(sizeof(Record) % sizeof(std::uint64_t) == 0);
        constexpr std::size_t words = sizeof(Record) / sizeof(std::uint64_t);
        if (words_.size() - used_ < words) words_.resize(words_.size() * 2 + 1'024);
        auto* const record = new (words_.data() + used_) Record{};
        used_ += words;
        auto& head = reinterpret_cast<grekko_market_head&>(*record);
        head.size = sizeof(Record);
        head.kind = kind;
        head.flags = flags;
        head.venue = stamp.venue;
        head.instrument = stamp.instrument;
        head.exchange_at = stamp.exchange_at;
        head.received_at = stamp.received_at;
        return *record;
    }
    // The records in the order in which they were added; null: no more.
    const grekko_market_head* next() {
        if (empty()) return nullptr;
        const auto* const head = reinterpret_cast<const grekko_market_head*>(&words_[taken_]);
        taken_ += head->size / sizeof(std::uint64_t);
        return head;
    }

private:
    std::vector<std::uint64_t> words_;
    std::size_t used_{0};
    std::size_t taken_{0};
};

} // namespace grekko::sdk
