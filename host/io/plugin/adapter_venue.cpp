#include "io/plugin/adapter_venue.hpp"

#include "base/assert.hpp"
#include "io/plugin/layout.hpp"

namespace grekko::plugin {

AdapterVenue::AdapterVenue(VenueId id, grekko_adapter adapter) : id_{id}, adapter_{adapter} {
    ASSERT(!id.is_none());
    ASSERT(adapter.size >= sizeof(grekko_adapter));
    ASSERT(adapter.version == GREKKO_ADAPTER_VERSION);
}

AdapterVenue::~AdapterVenue() { adapter_.destroy(adapter_.self); }

void AdapterVenue::place(const PlaceOrder& request, Instant now) {
    send(place_request(request.order, now));
}

void AdapterVenue::replace(const ReplaceOrder& request, Instant now) {
    send(replace_request(request, now));
}

void AdapterVenue::cancel(const CancelOrder& request, Instant now) {
    send(cancel_request(request, now));
}

void AdapterVenue::query(const QueryOrder& request, Instant now) {
    send(query_request(request, now));
}

void AdapterVenue::snapshot(const QuerySnapshot& request, Instant now) {
    send(snapshot_request(request, now));
}

// An adapter that cannot take a request leaves the host without an answer, which the order system
// treats as what it is: unknown until queried.
void AdapterVenue::send(const grekko_request& request) {
    const grekko_status status = adapter_.request(adapter_.self, &request);
    if (status == GREKKO_OK) return;
    ++dropped_;
    last_error_ = "the adapter refused a request with status " + std::to_string(status);
}

void AdapterVenue::market(const MarketHead& record) {
    adapter_.market(adapter_.self, to_sdk(record));
}

std::optional<Instant> AdapterVenue::next_report() const {
    const grekko_time at = adapter_.next_report(adapter_.self);
    if (at == GREKKO_NO_REPORT) return std::nullopt;
    return Instant::from_nanoseconds(at);
}

bool AdapterVenue::take_report(Instant now, VenueReport& report, Instant& at) {
    grekko_report raw{};
    while (adapter_.take_report(adapter_.self, now.nanoseconds(), &raw) != 0) {
        Result<VenueReport> translated = from_sdk(raw, id_);
        if (translated) {
            report = *translated;
            at = Instant::from_nanoseconds(raw.at);
            return true;
        }
        ++dropped_;
        last_error_ = translated.error().message;
    }
    return false;
}

}  // namespace grekko::plugin
