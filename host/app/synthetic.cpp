#include "app/synthetic.hpp"

#include <stdexcept>

#include "paper/synthetic/market.hpp"

namespace grekko::app {
namespace {

namespace market = paper::synthetic;

class SyntheticTape final : public ports::TapeReader {
public:
    SyntheticTape(const market::Config& config, const std::vector<market::WarmUp>& warm_up)
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
    market::SyntheticMarket market_;
    grekko_market_record_buffer record_{};
    std::uint64_t position_{0};
};

paper::Decimal to_paper(Decimal value) {
    return paper::Decimal::from_raw(value.raw());
}

} // namespace

Result<std::unique_ptr<ports::TapeReader>> make_synthetic(const config::Config& config,
                                                          const Universe& universe,
                                                          const SyntheticRequest& request) {
    market::Config out;
    out.seed = request.seed;
    out.start = request.start.nanoseconds();
    for (const Listing& listing : universe.listings) {
        out.venue = listing.venue.value();
        const std::string symbol = universe.instrument(listing.instrument).symbol.string();
        const std::string at = "instruments[" + symbol + "].";
        market::Instrument instrument;
        instrument.instrument = listing.instrument.value();
        instrument.tick = to_paper(listing.tick.decimal());
        instrument.lot = to_paper(listing.lot.decimal());
        instrument.price = to_paper(config.decimal(at + "start_price"));
        const Decimal size = config.decimal(at + "synthetic_size");
        instrument.trade_size = to_paper(size);
        instrument.level_size = to_paper(multiply(size, 25));
        out.instruments.push_back(instrument);
    }
    const market::WarmUp warm_up{config.duration("run.interval").count(),
                                 static_cast<std::uint32_t>(config.whole("run.warmup"))};
    try {
        return std::unique_ptr<ports::TapeReader>{
            std::make_unique<SyntheticTape>(out, std::vector{warm_up})};
    } catch (const std::invalid_argument& error) {
        return make_error(ErrorCode::invalid_config,
                          std::string{"the synthetic market cannot be made: "} + error.what());
    }
}

} // namespace grekko::app
