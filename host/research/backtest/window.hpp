// Session::Window: the part of a tape between two instants, behind the same port. Records before it
// are read and dropped, never fed.
// Private to session.cpp.
#pragma once

#include <algorithm>

#include "domain/market.hpp"
#include "ports/tape.hpp"
#include "research/backtest/session.hpp"

namespace grekko::research {

class Session::Window final : public ports::TapeReader {
public:
    Window(ports::TapeReader& source, Instant from, Instant to)
        : source_{source},
          from_{from},
          to_{to} {}

    // The record that next() will give; nullptr at the end.
    Result<const MarketHead*> peek() {
        if (!peeked_) {
            TRY(record, read());
            peeked_ = record;
        }
        return *peeked_;
    }
    Result<const MarketHead*> next() override {
        const MarketHead* record = nullptr;
        if (peeked_) {
            record = *peeked_;
            peeked_.reset();
        } else {
            TRY(read_now, read());
            record = read_now;
        }
        if (record == nullptr) return record;
        if (first_at_.is_none()) first_at_ = record->received_at;
        last_at_ = std::max(last_at_, record->received_at);
        return record;
    }
    Result<void> seek(TapePosition position) override {
        peeked_.reset();
        return source_.seek(position);
    }
    TapePosition position() const override { return source_.position(); }
    std::string hash() const override { return source_.hash(); }
    Instant first_at() const { return first_at_; }
    Instant last_at() const { return last_at_; }

private:
    Result<const MarketHead*> read() {
        while (true) {
            TRY(record, source_.next());
            if (record == nullptr) return record;
            if (!to_.is_none() && record->received_at > to_) {
                return static_cast<const MarketHead*>(nullptr);
            }
            if (from_.is_none() || record->received_at >= from_) return record;
        }
    }

    ports::TapeReader& source_;
    Instant from_, to_;
    Instant first_at_, last_at_;
    std::optional<const MarketHead*> peeked_;
};

} // namespace grekko::research
