#include "paper/paper.hpp"

#include "paper/venue.hpp"

#include <stdexcept>

namespace grekko::paper {
namespace {

Venue& venue(void* self) {
    return *static_cast<Venue*>(self);
}

void market(void* self, const grekko_market_head* record) {
    venue(self).market(*record);
}
grekko_status request(void* self, const grekko_request* request) {
    return venue(self).request(*request);
}
grekko_time next_report(void* self) {
    return venue(self).next_report();
}
int take_report(void* self, grekko_time now, grekko_report* report) {
    return venue(self).take_report(now, *report) ? 1 : 0;
}
void destroy(void* self) {
    delete static_cast<Venue*>(self);
}

void require(bool good, const char* what) {
    if (!good) throw std::invalid_argument{what};
}

void check(const Config& config) {
    const auto share = [](Decimal value) { return !value.is_negative() && value <= Decimal{1}; };
    require(share(config.bar_share) && share(config.credible_share) && share(config.bar_stop_slip),
            "a share is not in 0 … 1");
    require(!config.impact.is_negative(), "the impact factor is negative");
    require(config.queue_power >= 1 && config.queue_power <= 8, "the queue's power is not 1 … 8");
    require(config.open_tolerance >= 0, "the tolerance after an opening is negative");
    for (std::size_t i = 0; i < config.listings.size(); ++i) {
        const Listing& listing = config.listings[i];
        require(listing.tick.is_positive() && listing.lot.is_positive(),
                "a listing needs a tick and a lot");
        require(listing.contract_size.is_positive(), "a contract size is not positive");
        require(!listing.base.empty() && !listing.quote.empty() && listing.base != listing.quote,
                "a listing needs two currencies");
        for (std::size_t j = 0; j < i; ++j)
            require(config.listings[j].instrument != listing.instrument,
                    "an instrument is listed twice");
    }
    for (const auto& [currency, amount] : config.balances)
        require(!amount.is_negative(), "a balance is negative");
}

} // namespace

grekko_adapter make_paper(const Config& config) {
    check(config);
    grekko_adapter adapter{};
    adapter.size = sizeof adapter;
    adapter.version = GREKKO_ADAPTER_VERSION;
    adapter.self = new Venue{config};
    adapter.market = market;
    adapter.request = request;
    adapter.next_report = next_report;
    adapter.take_report = take_report;
    adapter.destroy = destroy;
    return adapter;
}

} // namespace grekko::paper
