// Checks 32-36: how much is sent, replaced and traded.
#include <limits>

#include "core/risk/draft.hpp"

namespace grekko::risk {

namespace {

bool too_many_open(const Draft& draft) {
    if (draft.request.kind == events::AssessmentKind::replace) return false;
    const Settings& settings = draft.settings;
    const Exposure& exposure = draft.state.exposure;
    const Listing* listing = draft.context.listing;
    const Cell& own = cell(exposure, draft.request.agent, draft.request.instrument);
    if (own.open_orders >= settings.open_orders_agent_max) return true;
    const std::size_t venue = listing == nullptr ? 0 : listing->venue.value();
    const std::uint32_t ours =
        venue < exposure.venue_orders.size() ? exposure.venue_orders[venue] : 0;
    const std::uint32_t account = std::max(ours, draft.context.venue.open_orders);
    if (account >= settings.open_orders_account_max) return true;
    if (listing == nullptr || listing->open_orders_max == 0) return false;
    const Decimal most = product(Decimal::whole(listing->open_orders_max),
                                 settings.open_orders_venue_max.decimal(), Rounding::floor);
    return Decimal::whole(std::int64_t{account} + 1) > most;
}

// The venue's bucket holds a second of our part of its budget; increases leave the reserve in it.
bool venue_has_room(const Draft& draft) {
    const Listing* listing = draft.context.listing;
    const Counters& counters = draft.state.counters;
    if (listing == nullptr || listing->venue.value() >= counters.venues.size()) return true;
    const std::uint32_t rate = venue_rate(draft);
    const Decimal usable = product(Decimal::whole(Duration::seconds(1).count()),
                                   1_d - draft.settings.exit_reserve.decimal(), Rounding::floor);
    const auto depth =
        Duration::nanoseconds(static_cast<std::int64_t>(usable.raw() / Decimal::whole(1).raw()));
    return counters.venues[listing->venue.value()].messages.has(
        draft.context.now, rate, std::max(depth, token_interval(rate)));
}

bool has_tokens(const Draft& draft) {
    const Settings& settings = draft.settings;
    const Counters& counters = draft.state.counters;
    const Instant now = draft.context.now;
    const std::uint32_t agent = settings.agent_rate * 1'000;
    const std::uint32_t book = settings.book_rate * 1'000;
    return agent_row(counters, draft.request.agent)
               .increases.has(now, agent, token_interval(agent) * settings.agent_burst) &&
           counters.increases.has(now, book, token_interval(book) * settings.book_burst) &&
           venue_has_room(draft);
}

void check_ratio(Draft& draft) {
    const Settings& settings = draft.settings;
    const MessageRatio ratio =
        message_ratio(agent_row(draft.state.counters, draft.request.agent), draft.context.now);
    if (ratio.messages < settings.message_ratio_from) return;
    const std::uint64_t fills = std::max<std::uint64_t>(ratio.fills, 1);
    draft.block(Check::message_ratio, ratio.messages > fills * settings.message_ratio_max);
    draft.warn(Check::message_ratio, ratio.messages > fills * settings.message_ratio_warn);
}

bool replaces_too_often(const Draft& draft) {
    if (draft.request.kind != events::AssessmentKind::replace) return false;
    const OrderRow* order = draft.state.exposure.orders.find(draft.request.replaces);
    if (order == nullptr || order->replaces == 0) return false;
    return order->replaces >= draft.settings.replaces_max ||
           draft.context.now - order->replaced_at < draft.settings.replace_interval_min;
}

bool turns_over_too_much(const Draft& draft) {
    const BookView& book = draft.context.book;
    const Notional traded = book.traded_24h + draft.worth(draft.requested);
    return traded > scaled(draft.base, draft.settings.turnover_max, Rounding::floor) ||
           book.fees_24h > scaled(draft.base, draft.settings.fees_max, Rounding::floor);
}

}  // namespace

std::uint32_t venue_rate(const Draft& draft) {
    const Decimal budget = multiply(Decimal::whole(draft.context.venue.rate_per_second), 1'000);
    const Decimal rate =
        product(budget, draft.settings.venue_rate_max.decimal(), Rounding::floor);
    const Decimal most = Decimal::whole(std::numeric_limits<std::uint32_t>::max());
    return static_cast<std::uint32_t>(std::clamp(rate, 0_d, most).raw() /
                                      Decimal::whole(1).raw());
}

void check_activity(Draft& draft) {
    draft.block(Check::open_orders, too_many_open(draft));
    draft.block(Check::rate, !has_tokens(draft));
    check_ratio(draft);
    draft.block(Check::replace_rate, replaces_too_often(draft));
    draft.block(Check::turnover, turns_over_too_much(draft));
}

}  // namespace grekko::risk
