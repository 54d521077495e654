// Tape: every market record as fed, in order; it feeds charts, backtests and verification replay.
// Not durable by the moment (memory-mapped segments, checksummed, not synced). Implemented by
// io/tape and in memory for tests; recorders write, the drivers read.
#pragma once

#include <cstdint>
#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/ids.hpp"
#include "domain/market.hpp"

namespace grekko::ports {

class TapeWriter {
public:
    virtual ~TapeWriter() = default;
    // [one thread] Appends one valid record; its position counts from 1.
    virtual Result<TapePosition> append(const MarketHead& record) = 0;
    virtual Result<void> close() = 0;
};

class TapeReader {
public:
    virtual ~TapeReader() = default;
    // [one thread] The next record, valid until the next call; nullptr at the end.
    // corrupt: a checksum does not hold; what came before it is good.
    virtual Result<const MarketHead*> next() = 0;
    // The record after `position` comes next. Error where the tape is shorter.
    virtual Result<void> seek(TapePosition position) = 0;
    virtual TapePosition position() const = 0;   // of the record last read
    virtual std::string hash() const = 0;        // SHA-256 of the content, hex
};

}  // namespace grekko::ports
