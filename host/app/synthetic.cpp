#include "app/synthetic.hpp"

#include <stdexcept>

#include "app/paper/listing.hpp"
#include "app/paper/synthetic_tape.hpp"

namespace grekko::app {
namespace {

namespace market = paper::synthetic;

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
