#include "app/paper/simulated_world.hpp"

#include <stdexcept>

#include "app/paper/listing.hpp"
#include "app/paper/synthetic_tape.hpp"
#include "io/plugin/adapter_venue.hpp"
#include "paper/paper.hpp"

namespace grekko::app {
namespace {

Error impossible(const std::exception& error) {
    return make_error(ErrorCode::invalid_argument,
                      std::string{"the plan makes no venue or market: "} + error.what());
}

Result<std::unique_ptr<ports::TapeReader>> make_market(const sim::Plan& plan) {
    paper::synthetic::Config config;
    config.seed = plan.seed;
    config.venue = 1;
    config.start = plan.start.nanoseconds();
    for (const Listing& listing : plan.universe.listings) {
        if (listing.venue != VenueId{1}) continue;
        paper::synthetic::Instrument instrument;
        instrument.instrument = listing.instrument.value();
        instrument.tick = to_paper(listing.tick.decimal());
        instrument.lot = to_paper(listing.lot.decimal());
        instrument.price = paper::Decimal{static_cast<std::int64_t>(plan.start_price)};
        instrument.trades_per_second = plan.trades_per_second;
        instrument.trade_size = to_paper(plan.trade_size);
        instrument.level_size = to_paper(plan.level_size);
        config.instruments.push_back(instrument);
    }
    try {
        return std::unique_ptr<ports::TapeReader>{
            std::make_unique<SyntheticTape>(config, std::vector<paper::synthetic::WarmUp>{})};
    } catch (const std::invalid_argument& error) {
        return impossible(error);
    }
}

Result<std::unique_ptr<ports::Venue>> make_venue(const sim::Plan& plan, VenueId id) {
    paper::Config config;
    config.seed = plan.seed + id.value();
    config.venue = id.value();
    config.fill = paper::FillModel::synthetic;
    const std::int64_t latency = plan.universe.venue(id).latency.count();
    config.entry = {latency, latency * 5};
    config.response = config.entry;
    for (const Listing& listing : plan.universe.listings) {
        if (listing.venue == id) config.listings.push_back(paper_listing(plan.universe, listing));
    }
    config.balances.emplace_back(plan.universe.base_currency.string(), to_paper(plan.cash));
    try {
        return std::unique_ptr<ports::Venue>{
            std::make_unique<plugin::AdapterVenue>(id, paper::make_paper(config))};
    } catch (const std::invalid_argument& error) {
        return impossible(error);
    }
}

} // namespace

sim::World simulated_world() {
    return {make_market, make_venue};
}

} // namespace grekko::app
