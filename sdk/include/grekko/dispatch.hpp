// A batch of events as calls of a strategy's handlers, in their order. It checks sizes, so that no
// handler reads what is not there; unknown kinds are skipped, as a newer host may send them.
// Nobody includes it but instance.hpp, which calls it inside the guard.
#pragma once

#include <grekko/batch.hpp>
#include <grekko/strategy.hpp>

#include <algorithm>
#include <cstddef>

namespace grekko::sdk {
namespace detail {

// A record that is at least as long as its first revision; a shorter one is the host's fault.
template <class Record>
Record whole_record(const void* record, std::size_t size, std::size_t least = sizeof(Record)) {
    if (size < least) throw Refusal{GREKKO_ERROR_INVALID, "the host sent an event too short"};
    return read<Record>(record, size);
}

inline void market(Strategy& strategy, const grekko_event& event, const void* at,
                   Actions& actions) {
    const auto* record = static_cast<const unsigned char*>(at) + sizeof(grekko_event);
    const std::size_t size = event.size - sizeof(grekko_event);
    const auto head = whole_record<grekko_market_head>(record, size);
    const std::size_t used = std::min<std::size_t>(head.size, size);
    switch (head.kind) {
    case GREKKO_MARKET_TRADE:
        return strategy.on_trade(typed(whole_record<grekko_trade>(record, used)), actions);
    case GREKKO_MARKET_QUOTE:
        return strategy.on_quote(typed(whole_record<grekko_quote>(record, used)), actions);
    case GREKKO_MARKET_BAR:
        return strategy.on_bar(typed(whole_record<grekko_bar>(record, used)), actions);
    case GREKKO_MARKET_BOOK_COMMIT: return strategy.on_book({head.instrument, head.venue}, actions);
    default: return;
    }
}

inline void signal(Strategy& strategy, const grekko_event& event, const void* at,
                   Actions& actions) {
    constexpr std::size_t least = offsetof(grekko_signal, payload);
    const auto signal = whole_record<grekko_signal>(at, event.size, least);
    if (signal.payload_bytes > std::min<std::size_t>(event.size - least, sizeof signal.payload))
        throw Refusal{GREKKO_ERROR_INVALID, "the host sent a signal longer than its event"};
    strategy.on_signal({view(signal.name), {signal.payload, signal.payload_bytes}}, actions);
}

inline void handle(Strategy& strategy, const grekko_event& event, const void* at,
                   Actions& actions) {
    switch (event.kind) {
    case GREKKO_EVENT_MARKET: return market(strategy, event, at, actions);
    case GREKKO_EVENT_BARS: {
        const auto bars = whole_record<grekko_bars_event>(at, event.size);
        return strategy.on_bars({bars.interval, bars.bars, bars.missing}, actions);
    }
    case GREKKO_EVENT_PROPOSAL: {
        const auto record = whole_record<grekko_proposal>(at, event.size);
        return strategy.on_proposal(typed(record), actions);
    }
    case GREKKO_EVENT_DECISION: {
        const auto record = whole_record<grekko_decision>(at, event.size);
        return strategy.on_decision(typed(record), actions);
    }
    case GREKKO_EVENT_ORDER: {
        const auto record = whole_record<grekko_order_update>(at, event.size);
        return strategy.on_order(typed(record), actions);
    }
    case GREKKO_EVENT_FILL:
        return strategy.on_fill(typed(whole_record<grekko_fill>(at, event.size)), actions);
    case GREKKO_EVENT_TIMER:
        return strategy.on_timer(whole_record<grekko_timer_event>(at, event.size).timer, actions);
    case GREKKO_EVENT_SIGNAL: return signal(strategy, event, at, actions);
    default: return;
    }
}

} // namespace detail

inline grekko_status dispatch(Strategy& strategy, const grekko_batch& batch, grekko_output& output,
                              grekko_error* error) {
    bool full = false;
    const bool whole = each_record<grekko_event>(batch.data, batch.bytes, batch.count,
                                                 [&](const grekko_event& event, const void* at) {
                                                     Actions actions{output, event};
                                                     detail::handle(strategy, event, at, actions);
                                                     full = full || actions.full();
                                                 });
    if (!whole)
        write(error, "the host's batch has an event of a wrong size");
    else if (full)
        write(error, "more actions than the host has room for");
    return !whole ? GREKKO_ERROR_INVALID : full ? GREKKO_ERROR_FULL : GREKKO_OK;
}

} // namespace grekko::sdk
