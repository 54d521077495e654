#include "runtime/memory_tape.hpp"

#include "base/assert.hpp"

namespace grekko::runtime {

Result<TapePosition> MemoryTape::append(const MarketHead& record) {
    ASSERT(record.size <= market_record_bytes_max);
    std::memcpy(records_.emplace_back().bytes, &record, record.size);
    return TapePosition{records_.size()};
}

const MarketHead& MemoryTape::at(TapePosition position) const {
    ASSERT(!position.is_none());
    ASSERT(position.value() <= records_.size());
    return *reinterpret_cast<const MarketHead*>(records_[position.value() - 1].bytes);
}

Result<const MarketHead*> MemoryTapeReader::next() {
    if (position_.value() >= tape_.size()) return static_cast<const MarketHead*>(nullptr);
    position_ = TapePosition{position_.value() + 1};
    return &tape_.at(position_);
}

Result<void> MemoryTapeReader::seek(TapePosition position) {
    if (position.value() > tape_.size()) {
        return make_error(ErrorCode::corrupt,
                          "the tape ends before record " + std::to_string(position.value()));
    }
    position_ = position;
    return {};
}

} // namespace grekko::runtime
