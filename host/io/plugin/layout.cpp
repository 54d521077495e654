#include "io/plugin/layout.hpp"

#include <cstddef>
#include <cstring>

namespace grekko::plugin {
namespace {

static_assert(sizeof(grekko_market_head) == sizeof(MarketHead));
static_assert(sizeof(grekko_trade) == sizeof(Trade));
static_assert(sizeof(grekko_quote) == sizeof(Quote));
static_assert(sizeof(grekko_book_reset) == sizeof(BookReset));
static_assert(sizeof(grekko_book_level) == sizeof(BookLevel));
static_assert(sizeof(grekko_book_commit) == sizeof(BookCommit));
static_assert(sizeof(grekko_bar) == sizeof(Bar));
static_assert(sizeof(grekko_gap) == sizeof(Gap));
static_assert(sizeof(grekko_status_change) == sizeof(StatusChange));
static_assert(sizeof(grekko_funding) == sizeof(Funding));
static_assert(sizeof(grekko_clock_tick) == sizeof(ClockTick));
static_assert(offsetof(grekko_market_head, received_at) == offsetof(MarketHead, received_at));
static_assert(offsetof(grekko_trade, trade_id) == offsetof(Trade, trade_id));
static_assert(offsetof(grekko_quote, update_id) == offsetof(Quote, update_id));
static_assert(offsetof(grekko_bar, missing) == offsetof(Bar, missing));
static_assert(static_cast<int>(MarketKind::clock) == GREKKO_MARKET_CLOCK);
static_assert(static_cast<int>(OrderType::trailing_stop) == GREKKO_TRAILING_STOP);
static_assert(static_cast<int>(TimeInForce::gtd) == GREKKO_GTD);
static_assert(static_cast<int>(ReportKind::clock) == GREKKO_REPORT_CLOCK);
static_assert(static_cast<int>(RejectReason::other) == GREKKO_REJECT_OTHER);
static_assert(static_cast<int>(OrderStatus::expired) == GREKKO_ORDER_EXPIRED);

template <std::size_t N>
void write(char (&to)[N], std::string_view text) {
    std::memset(to, 0, N);
    std::memcpy(to, text.data(), std::min(text.size(), N));
}

template <std::size_t N>
std::string_view read(const char (&from)[N]) {
    const void* end = std::memchr(from, 0, N);
    if (end == nullptr) return {from, N};
    return {from, static_cast<std::size_t>(static_cast<const char*>(end) - from)};
}

grekko_request request(std::uint8_t kind, Instant now) {
    grekko_request out{};
    out.size = sizeof out;
    out.kind = kind;
    out.at = now.nanoseconds();
    return out;
}

Error bad_field(const char* field) {
    return make_error(ErrorCode::invalid_input,
                      std::string("the adapter's report has no legal value in \"") + field +
                          "\"; the report is dropped: check the adapter's version");
}

bool amounts(const grekko_report& from, VenueReport& to) {
    const auto cumulative = from_sdk(from.cumulative);
    const auto price = from_sdk(from.price);
    const auto quantity = from_sdk(from.quantity);
    const auto fee = from_sdk(from.fee);
    const auto total = from_sdk(from.total);
    const auto held = from_sdk(from.held);
    if (!cumulative || !price || !quantity || !fee || !total || !held) return false;
    to.cumulative = Quantity{*cumulative};
    to.fill.price = Price{*price};
    to.fill.quantity = Quantity{*quantity};
    to.fill.fee = *fee;
    to.total = *total;
    to.held = *held;
    return true;
}

}  // namespace

grekko_decimal to_sdk(Decimal value) {
    const Int128 raw = value.raw();
    return {static_cast<std::uint64_t>(raw), static_cast<std::int64_t>(raw >> 64)};
}

std::optional<Decimal> from_sdk(grekko_decimal value) {
    return Decimal::checked_from_raw((static_cast<Int128>(value.high) << 64) | value.low);
}

grekko_request place_request(const Order& order, Instant now) {
    grekko_request out = request(GREKKO_REQUEST_PLACE, now);
    out.side = static_cast<grekko_side>(order.side);
    out.type = static_cast<std::uint8_t>(order.type);
    out.time_in_force = static_cast<std::uint8_t>(order.time_in_force);
    out.flags = static_cast<std::uint8_t>((order.post_only ? GREKKO_ORDER_POST_ONLY : 0) |
                                          (order.reduce_only ? GREKKO_ORDER_REDUCE_ONLY : 0));
    out.venue = order.venue.value();
    out.instrument = order.instrument.value();
    out.order = order.id.value();
    out.linked = order.linked.value();
    out.expires_at = order.expires_at.nanoseconds();
    out.quantity = to_sdk(order.quantity.decimal());
    out.shown = to_sdk(order.shown.decimal());
    out.limit = to_sdk(order.limit.decimal());
    out.trigger = to_sdk(order.trigger.decimal());
    write(out.client_id, order.client_id.view());
    return out;
}

grekko_request replace_request(const ReplaceOrder& replace, Instant now) {
    grekko_request out = place_request(replace.replacement, now);
    out.kind = GREKKO_REQUEST_REPLACE;
    out.order = replace.id.value();
    write(out.replaces, replace.client_id.view());
    return out;
}

grekko_request cancel_request(const CancelOrder& cancel, Instant now) {
    grekko_request out = request(GREKKO_REQUEST_CANCEL, now);
    out.venue = cancel.venue.value();
    out.instrument = cancel.instrument.value();
    out.order = cancel.id.value();
    write(out.client_id, cancel.client_id.view());
    return out;
}

grekko_request query_request(const QueryOrder& query, Instant now) {
    grekko_request out = request(GREKKO_REQUEST_QUERY, now);
    out.venue = query.venue.value();
    out.instrument = query.instrument.value();
    out.order = query.id.value();
    write(out.client_id, query.client_id.view());
    return out;
}

grekko_request snapshot_request(const QuerySnapshot& snapshot, Instant now) {
    grekko_request out = request(GREKKO_REQUEST_SNAPSHOT, now);
    out.venue = snapshot.venue.value();
    out.expires_at = snapshot.fills_from.nanoseconds();
    return out;
}

Result<VenueReport> from_sdk(const grekko_report& report, VenueId venue) {
    if (report.size < sizeof report) return bad_field("size");
    if (report.kind < GREKKO_REPORT_ACCEPTED || report.kind > GREKKO_REPORT_CLOCK) {
        return bad_field("kind");
    }
    if (report.reject > GREKKO_REJECT_OTHER) return bad_field("reject");
    if (report.liquidity > GREKKO_TAKER) return bad_field("liquidity");
    VenueReport out;
    out.kind = static_cast<ReportKind>(report.kind);
    out.reject = static_cast<RejectReason>(report.reject);
    out.venue = venue;
    out.instrument = InstrumentId{report.instrument};
    if (out.kind == ReportKind::order_state) {
        if (report.status < GREKKO_ORDER_SUBMITTED || report.status > GREKKO_ORDER_EXPIRED) {
            return bad_field("status");
        }
        out.status = static_cast<OrderStatus>(report.status);
    }
    out.foreign = (report.flags & GREKKO_REPORT_FOREIGN) != 0;
    out.order = OrderId{report.order};
    out.exchange_at = Instant::from_nanoseconds(report.exchange_at);
    if (!amounts(report, out)) return bad_field("amount");
    out.client_id = ClientOrderId{read(report.client_id)};
    out.venue_order_id = VenueOrderId{read(report.venue_order_id)};
    out.currency = Currency{read(report.currency)};
    out.text = Text<96>{read(report.text)};
    if (out.kind != ReportKind::filled) return out;
    if (report.side != GREKKO_BUY && report.side != GREKKO_SELL) return bad_field("side");
    if (!out.fill.price.is_positive()) return bad_field("price");
    if (!out.fill.quantity.is_positive()) return bad_field("quantity");
    out.fill.order = out.order;
    out.fill.venue = venue;
    out.fill.instrument = out.instrument;
    out.fill.side = static_cast<Side>(report.side);
    out.fill.liquidity = static_cast<Liquidity>(report.liquidity);
    out.fill.inferred = (report.flags & GREKKO_REPORT_INFERRED) != 0;
    out.fill.fee_currency = out.currency;
    out.fill.trade_id = TradeId{read(report.trade_id)};
    out.fill.exchange_at = out.exchange_at;
    return out;
}

}  // namespace grekko::plugin
