// How FakeHost makes an instance and feeds it: records are filled in as the host fills them, calls
// go through the C tables alone. It has no interface of its own.
// Nobody includes it but fake_host.hpp; tests call FakeHost.
#pragma once

#include <grekko/testing/fake_host.hpp>

namespace grekko::sdk::testing {

inline void FakeHost::good(const char* what,
                           const std::function<grekko_status(grekko_error*)>& call) {
    char text[256];
    grekko_error error{text, sizeof text, 0};
    status_ = turn([&] { return call(&error); });
    if (status_ == GREKKO_OK) return;
    throw std::runtime_error{std::string{what} + " failed with status " + std::to_string(status_) +
                             ": " + std::string{text, error.size}};
}

inline void FakeHost::create(std::string_view id, std::string_view name) {
    const grekko_descriptor* found = nullptr;
    for (std::uint32_t i = 0; const auto* next = descriptor(i); ++i)
        if (view(next->id) == id) found = next;
    std::vector<grekko_parameter> parameters;
    for (std::uint32_t i = 0; found != nullptr && i < found->parameter_count; ++i) {
        const grekko_parameter_spec& spec = found->parameters[i];
        const std::string key{view(spec.name)};
        const Decimal number = numbers_.contains(key) ? numbers_[key] : Decimal{spec.normal};
        const bool bounded = Decimal{spec.min} != Decimal{spec.max};
        if (bounded && (number < Decimal{spec.min} || number > Decimal{spec.max}))
            throw std::runtime_error{"parameter " + key + " is out of its bounds"};
        parameters.push_back(
            {sizeof(grekko_parameter), spec.kind, spec.name, number, to_string(texts_[key])});
    }
    const grekko_setup setup{sizeof(grekko_setup),
                             found == nullptr ? std::uint32_t{GREKKO_BALANCED} : found->mode,
                             to_string(id),
                             to_string(name),
                             static_cast<std::uint32_t>(parameters.size()),
                             static_cast<std::uint32_t>(instruments_.size()),
                             parameters.data(),
                             instruments_.data()};
    destroy();
    grekko_strategy out{};
    out.size = sizeof out;
    good("create",
         [&](grekko_error* error) { return factory_->create(table(), &setup, &out, error); });
    made_ = out;
}

inline std::vector<grekko_subscription> FakeHost::subscriptions() {
    std::vector<grekko_subscription> all;
    grekko_subscription next{};
    next.size = sizeof next;
    for (std::uint32_t i = 0; strategy().subscription(self(), i, &next) != 0; ++i)
        all.push_back(next);
    return all;
}

inline const grekko_state& FakeHost::state() {
    const auto* table =
        static_cast<const grekko_state*>(strategy().get_extension(self(), to_string(GREKKO_STATE)));
    if (table == nullptr) throw std::runtime_error{"the strategy saves nothing"};
    return *table;
}

inline std::vector<std::uint8_t> FakeHost::save() {
    std::vector<std::uint8_t> bytes(GREKKO_STATE_BYTES_MAX);
    std::uint64_t used = 0;
    good("save", [&](grekko_error* error) {
        return state().save(self(), bytes.data(), bytes.size(), &used, error);
    });
    bytes.resize(static_cast<std::size_t>(used));
    return bytes;
}

inline void FakeHost::load(const std::vector<std::uint8_t>& bytes,
                           std::optional<std::uint32_t> schema) {
    const std::uint32_t meant = schema.value_or(state().schema);
    good("load", [&](grekko_error* error) {
        return state().load(self(), meant, bytes.data(), bytes.size(), error);
    });
}

inline Answers FakeHost::send(const void* events, std::uint64_t bytes, std::uint32_t count,
                              std::uint64_t ask) {
    std::vector<std::uint64_t> memory(room / 8);
    const grekko_batch batch{sizeof batch, count, bytes, events};
    grekko_output output{sizeof output, 0, 0, memory.size() * 8, memory.data()};
    good("process",
         [&](grekko_error* error) { return strategy().process(self(), &batch, &output, error); });
    return answers(output, ask);
}

template <class Record>
Answers FakeHost::market(Record record, std::uint8_t kind, std::uint16_t instrument,
                         std::uint16_t flags) {
    record.head.size = sizeof record;
    record.head.kind = kind;
    record.head.venue = 1;
    record.head.instrument = instrument;
    record.head.received_at = now;
    struct {
        grekko_event event;
        Record record;
    } whole{head(GREKKO_EVENT_MARKET, sizeof whole, flags), record};
    return send(&whole, sizeof whole, 1, whole.event.ask);
}

inline Answers FakeHost::bar(std::uint16_t instrument, Decimal close, Decimal half_range,
                             Duration interval, std::uint16_t flags) {
    grekko_bar bar{};
    bar.head.exchange_at = now;
    now += interval;
    bar.interval = interval;
    bar.open = bar.close = close;
    bar.high = close + half_range;
    bar.low = close - half_range;
    bar.volume = Decimal{1};
    return market(bar, GREKKO_MARKET_BAR, instrument, flags);
}

inline Answers FakeHost::trade(std::uint16_t instrument, Side side, Decimal price,
                               Decimal quantity) {
    grekko_trade trade{};
    trade.head.flags = static_cast<std::uint8_t>(side);
    trade.head.exchange_at = now;
    trade.price = price;
    trade.quantity = quantity;
    return market(trade, GREKKO_MARKET_TRADE, instrument, 0);
}

inline Answers FakeHost::quote(std::uint16_t instrument, Decimal bid, Decimal ask,
                               Decimal quantity) {
    grekko_quote quote{};
    quote.head.exchange_at = now;
    quote.bid = bid;
    quote.ask = ask;
    quote.bid_quantity = quote.ask_quantity = quantity;
    return market(quote, GREKKO_MARKET_QUOTE, instrument, 0);
}

inline Answers FakeHost::signal(std::string_view name, std::string_view payload) {
    grekko_signal signal{};
    write(signal.name, name);
    write(signal.payload, payload);
    signal.payload_bytes =
        static_cast<std::uint32_t>(std::min(payload.size(), sizeof signal.payload));
    return event(signal, GREKKO_EVENT_SIGNAL);
}

inline Answers FakeHost::advance(Duration span) {
    const Time end = now + span;
    Answers all;
    while (true) {
        auto due = timers.end();
        for (auto i = timers.begin(); i != timers.end(); ++i)
            if (i->second.at <= end && (due == timers.end() || i->second.at < due->second.at))
                due = i;
        if (due == timers.end()) break;
        const std::uint64_t timer = due->first;
        now = std::max(now, due->second.at);
        if (due->second.every > 0)
            due->second.at += due->second.every;
        else
            timers.erase(due);
        const Answers some = event(grekko_timer_event{{}, timer}, GREKKO_EVENT_TIMER);
        all.insert(all.end(), some.begin(), some.end());
    }
    now = end;
    return all;
}

inline void FakeHost::set_position(std::uint16_t instrument, Decimal quantity, Decimal entry) {
    grekko_position& position = positions[instrument];
    position.size = sizeof position;
    position.instrument = instrument;
    position.flags = quantity.is_zero() ? GREKKO_POSITION_FLAT : 0;
    position.quantity = position.target = quantity;
    position.entry = entry;
    position.since = now;
}

} // namespace grekko::sdk::testing
