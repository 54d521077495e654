// SyntheticTape: the generated market of the paper adapter behind the tape port, warm-up first. It
// never ends and cannot be wound back. Equal configurations give equal records.
// `grekko run` and the simulation feed from it.
#pragma once

#include <string>
#include <vector>

#include "paper/synthetic/market.hpp"
#include "ports/tape.hpp"

namespace grekko::app {

class SyntheticTape final : public ports::TapeReader {
public:
    SyntheticTape(const paper::synthetic::Config& config,
                  const std::vector<paper::synthetic::WarmUp>& warm_up)
        : market_{config, warm_up} {}

    Result<const MarketHead*> next() override {
        ++position_;
        if (position_ <= market_.history().size()) {
            return reinterpret_cast<const MarketHead*>(&market_.history()[position_ - 1]);
        }
        market_.next(record_);
        return reinterpret_cast<const MarketHead*>(&record_);
    }
    Result<void> seek(TapePosition) override {
        return make_error(ErrorCode::invalid_argument,
                          "the synthetic market only goes on; read its recorded tape instead");
    }
    TapePosition position() const override { return TapePosition{position_}; }
    std::string hash() const override { return "synthetic"; }

private:
    paper::synthetic::SyntheticMarket market_;
    grekko_market_record_buffer record_{};
    std::uint64_t position_{0};
};

} // namespace grekko::app
