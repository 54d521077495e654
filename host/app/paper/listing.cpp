#include "app/paper/listing.hpp"

namespace grekko::app {

paper::Decimal to_paper(Decimal value) {
    return paper::Decimal::from_raw(value.raw());
}

paper::Listing paper_listing(const Universe& universe, const Listing& from) {
    const Instrument& instrument = universe.instrument(from.instrument);
    paper::Listing to;
    to.instrument = from.instrument.value();
    to.base = instrument.base.string();
    to.quote = instrument.quote.string();
    to.major = instrument.major;
    to.fee_currency =
        from.fee_in_received_asset ? paper::FeeCurrency::received : paper::FeeCurrency::quote;
    if (from.open_orders_max > 0) to.open_orders_max = from.open_orders_max;
    to.contract_size = to_paper(instrument.contract_size.decimal());
    to.tick = to_paper(from.tick.decimal());
    to.lot = to_paper(from.lot.decimal());
    to.market_lot = to_paper(from.market_lot.decimal());
    to.quantity_min = to_paper(from.quantity_min.decimal());
    to.quantity_max = to_paper(from.quantity_max.decimal());
    to.notional_min = to_paper(from.notional_min.decimal());
    to.price_min = to_paper(from.price_min.decimal());
    to.price_max = to_paper(from.price_max.decimal());
    to.band_down = to_paper(from.band_down.decimal());
    to.band_up = to_paper(from.band_up.decimal());
    to.maker_fee = to_paper(from.maker_fee.decimal());
    to.taker_fee = to_paper(from.taker_fee.decimal());
    return to;
}

} // namespace grekko::app
