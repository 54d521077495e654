#include "core/risk/exposure_parts.hpp"

namespace grekko::risk {

namespace {

enum class Into : std::uint8_t { add, take };

void put(Exposure& exposure, const StopRow& stop, Into into) {
    if (!stop.counts) return;
    InstrumentRow& instrument = parts::touch_row(exposure, stop.instrument);
    const Notional value = multiply(stop.stop, stop.quantity, Rounding::half_even);
    instrument.stops[stop.side] += into == Into::add ? stop.quantity : -stop.quantity;
    instrument.stop_value[stop.side] += into == Into::add ? value : -value;
}

}  // namespace

void apply(Exposure& exposure, const events::StopArmed& event, const RecordHead&) {
    StopRow& stop = exposure.stops.insert(event.id);
    stop.instrument = event.instrument;
    stop.side = event.position_side == Side::buy ? 0 : 1;
    stop.quantity = event.quantity;
    stop.stop = event.stop;
    put(exposure, stop, Into::add);
}

void apply(Exposure& exposure, const events::StopMoved& event, const RecordHead&) {
    StopRow* stop = exposure.stops.find(event.id);
    if (stop == nullptr) return;
    put(exposure, *stop, Into::take);
    stop->stop = event.stop;
    stop->quantity = event.quantity;
    put(exposure, *stop, Into::add);
}

void parts::exit_begins(Exposure& exposure, StopId id) {
    StopRow* stop = exposure.stops.find(id);
    if (stop == nullptr) return;
    put(exposure, *stop, Into::take);
    stop->counts = false;
}

void parts::exit_ends(Exposure& exposure, StopId id) {
    StopRow* stop = exposure.stops.find(id);
    if (stop == nullptr || stop->counts) return;
    stop->counts = true;
    put(exposure, *stop, Into::add);
}

void apply(Exposure& exposure, const events::StopClosed& event, const RecordHead&) {
    const StopRow* stop = exposure.stops.find(event.id);
    if (stop == nullptr) return;
    put(exposure, *stop, Into::take);
    exposure.stops.erase(event.id);
}

}  // namespace grekko::risk
