// MemoryTape: market records in memory behind the tape ports, in the order in which they came.
// It is not for long captures: those are io/tape.
// Simulation and tests write and read it.
#pragma once

#include <cstring>
#include <vector>

#include "ports/tape.hpp"

namespace grekko::runtime {

class MemoryTape final : public ports::TapeWriter {
public:
    Result<TapePosition> append(const MarketHead& record) override;
    Result<void> close() override { return {}; }
    std::size_t size() const { return records_.size(); }
    const MarketHead& at(TapePosition position) const;

private:
    struct alignas(8) Slot {
        std::byte bytes[market_record_bytes_max];
    };
    std::vector<Slot> records_;
};

class MemoryTapeReader final : public ports::TapeReader {
public:
    explicit MemoryTapeReader(const MemoryTape& tape) : tape_{tape} {}
    Result<const MarketHead*> next() override;
    Result<void> seek(TapePosition position) override;
    TapePosition position() const override { return position_; }
    std::string hash() const override { return "memory"; }

private:
    const MemoryTape& tape_;
    TapePosition position_;
};

} // namespace grekko::runtime
