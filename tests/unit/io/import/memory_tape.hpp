// MemoryTape: keeps copies of the records appended, for tests that look at them; it can be
// told to be full after some. Not a tape file: io/tape writes those. Tests of importers
// append to it.
#pragma once

#include <cstddef>
#include <cstring>
#include <vector>

#include "ports/tape.hpp"

namespace grekko::importing::tests {

class MemoryTape final : public ports::TapeWriter {
public:
    Result<TapePosition> append(const MarketHead& record) override {
        if (records_.size() == capacity) {
            return make_error(ErrorCode::out_of_space, "the test's tape is full");
        }
        std::vector<std::byte> bytes(record.size);
        std::memcpy(bytes.data(), &record, record.size);
        records_.push_back(std::move(bytes));
        return TapePosition{records_.size()};
    }
    Result<void> close() override { return {}; }

    std::size_t size() const { return records_.size(); }
    const MarketHead& head(std::size_t i) const {
        return *reinterpret_cast<const MarketHead*>(records_.at(i).data());
    }
    template <class T>
    const T& as(std::size_t i) const {
        return *reinterpret_cast<const T*>(records_.at(i).data());
    }
    const std::vector<std::vector<std::byte>>& records() const { return records_; }

    std::size_t capacity{SIZE_MAX};

private:
    std::vector<std::vector<std::byte>> records_;
};

} // namespace grekko::importing::tests
