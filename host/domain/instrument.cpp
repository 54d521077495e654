#include "domain/instrument.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace grekko {

const Instrument& Universe::instrument(InstrumentId id) const {
    ASSERT(!id.is_none());
    ASSERT(id.value() < instruments.size());
    return instruments[id.value()];
}

const VenueSpec& Universe::venue(VenueId id) const {
    ASSERT(!id.is_none());
    ASSERT(id.value() < venues.size());
    return venues[id.value()];
}

const Listing* Universe::listing(InstrumentId instrument, VenueId venue) const {
    const auto found = std::ranges::find_if(listings, [&](const Listing& l) {
        return l.instrument == instrument && l.venue == venue;
    });
    return found == listings.end() ? nullptr : &*found;
}

const Instrument* Universe::find(std::string_view symbol) const {
    for (std::size_t i = 1; i < instruments.size(); ++i) {
        if (instruments[i].symbol == symbol) return &instruments[i];
    }
    return nullptr;
}

}  // namespace grekko
