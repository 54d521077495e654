// FaultyVenue: a venue behind a bad line. It passes requests and reports on, or loses, doubles,
// delays and invents answers as the plan says, and tells Truth what really happened. It fills
// nothing: the venue behind it is the paper venue. The driver calls it as it would any venue.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>

#include "base/random.hpp"
#include "ports/venue.hpp"
#include "research/sim/plan.hpp"
#include "research/sim/truth.hpp"

namespace grekko::sim {

class FaultyVenue final : public ports::Venue {
public:
    // The disk behind what leaves: nothing may before its record is durable, and while the disk is
    // full nothing that adds risk.
    struct HostDisk {
        std::function<bool(OrderId)> durable;
        std::function<bool()> full;
    };
    FaultyVenue(VenueId id, const Plan& plan, std::unique_ptr<ports::Venue> inner, Truth& truth,
                Findings& findings, HostDisk disk);

    void place(const PlaceOrder& request, Instant now) override;
    void replace(const ReplaceOrder& request, Instant now) override;
    void cancel(const CancelOrder& request, Instant now) override;
    void query(const QueryOrder& request, Instant now) override;
    void snapshot(const QuerySnapshot& request, Instant now) override;
    void market(const MarketHead& record) override { inner_->market(record); }
    std::optional<Instant> next_report() const override;
    bool take_report(Instant now, VenueReport& report, Instant& at) override;

    // From now on the line is good.
    void heal() { healed_ = true; }
    // The host was away until `now`: what was on its way is lost, then the line is made anew.
    void host_restarted(Instant now);
    std::uint64_t faults() const { return faults_; }

private:
    void look_at(const Order& order, OrderId id);
    bool down(Instant now) const;
    bool private_down(Instant now) const;
    bool happens(double chance);
    void push(const VenueReport& report, Instant at);
    void say(ReportKind kind, Instant at, std::string_view why);
    VenueReport about(const Order& order, ReportKind kind) const;
    // One report of the venue, with what the line makes of it.
    void pass_on(const VenueReport& report, Instant at);
    void plan_outages();

    VenueId id_;
    const Plan& plan_;
    std::unique_ptr<ports::Venue> inner_;
    Truth& truth_;
    Findings& findings_;
    HostDisk disk_;
    Random random_;
    std::multimap<Instant, VenueReport> waiting_;
    bool healed_{false}, in_snapshot_{false}, losing_snapshot_{false};
    std::uint64_t faults_{0};
};

} // namespace grekko::sim
