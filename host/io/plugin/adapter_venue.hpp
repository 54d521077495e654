// AdapterVenue: a venue over an adapter in this process. It translates and counts what it had to
// drop; it decides nothing and holds no socket. The composition root makes one for each configured
// venue.
#pragma once

#include <grekko/adapter.h>

#include <cstdint>
#include <string>

#include "ports/venue.hpp"

namespace grekko::plugin {

class AdapterVenue final : public ports::Venue {
public:
    // Takes the adapter over and destroys it at the end. ASSERTs its size and version.
    AdapterVenue(VenueId id, grekko_adapter adapter);
    ~AdapterVenue() override;
    AdapterVenue(const AdapterVenue&) = delete;
    AdapterVenue& operator=(const AdapterVenue&) = delete;

    void place(const PlaceOrder& request, Instant now) override;
    void replace(const ReplaceOrder& request, Instant now) override;
    void cancel(const CancelOrder& request, Instant now) override;
    void query(const QueryOrder& request, Instant now) override;
    void snapshot(const QuerySnapshot& request, Instant now) override;
    void market(const MarketHead& record) override;
    std::optional<Instant> next_report() const override;
    bool take_report(Instant now, VenueReport& report, Instant& at) override;

    std::uint64_t dropped_reports() const { return dropped_; }
    const std::string& last_error() const { return last_error_; }

private:
    void send(const grekko_request& request);

    VenueId id_;
    grekko_adapter adapter_;
    std::uint64_t dropped_{0};
    std::string last_error_;
};

}  // namespace grekko::plugin
