// A desk for tests: a state, a clock that the test moves, and a journal of all that was applied, so
// that each test can replay it and compare bytes. It plays the engine's part (ids are sequences)
// and is not the engine: no risk, no money. The tests of this folder use it.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/archive.hpp"
#include "core/execution/client_id.hpp"
#include "core/execution/execution.hpp"

namespace grekko::risk {

// Stands in for the real gate, which lives in core/risk.
class Gate {
public:
    static Approved pass(const Order& order) { return Approved{Approved::Key{}, order}; }
};

} // namespace grekko::risk

namespace grekko::execution {

inline constexpr VenueId venue_a{1};
inline constexpr VenueId venue_b{2};
inline constexpr InstrumentId btc{1};
inline constexpr AgentId agent_1{1};
inline constexpr AgentId agent_2{2};

inline Order limit_order(Quantity quantity = 10_quantity, Purpose purpose = Purpose::increase) {
    Order order;
    order.agent = agent_1;
    order.instrument = btc;
    order.venue = venue_a;
    order.purpose = purpose;
    order.side = reduces(purpose) ? Side::sell : Side::buy;
    order.quantity = quantity;
    order.limit = 100_price;
    order.reference = 100_price;
    return order;
}

class Desk {
public:
    State state;
    Settings settings;
    Instant now{Instant::from_seconds(1'000'000)};
    std::vector<Effect> effects;
    std::vector<Event> events_seen;

    Desk() {
        IncarnationOpened opened;
        opened.incarnation = 0xABCDEF;
        emit(opened);
    }

    template <class T>
    Sequence emit(T event) {
        RecordHead head;
        head.sequence = Sequence{++sequence_};
        head.at = now;
        if constexpr (std::is_same_v<T, events::OrderSubmitted>) {
            event.order.id = OrderId{sequence_};
        } else if constexpr (std::is_same_v<T, events::ParentOpened>) {
            event.parent.id = ParentId{sequence_};
        }
        const auto step = [=](State& to) {
            if constexpr (!std::is_same_v<T, events::TransferBooked>) apply(to, event, head);
        };
        step(state);
        journal_.push_back(step);
        return head.sequence;
    }

    void run(const Outcome& outcome) {
        for (const Event& event : outcome.events) {
            events_seen.push_back(event);
            std::visit([&](const auto& body) { take(body); }, event);
        }
        effects.insert(effects.end(), outcome.effects.begin(), outcome.effects.end());
    }

    OrderId submit(const Order& order) {
        const auto event = execution::submit(state, settings, risk::Gate::pass(order));
        return OrderId{emit(event).value()};
    }
    OrderId submit_accepted(const Order& order) {
        const OrderId id = submit(order);
        report(id, ReportKind::accepted);
        return id;
    }

    ParentId open(const ParentRequest& request) {
        const auto opened = open_parent(request, settings, now);
        if (!opened) return ParentId{};
        const ParentId id{emit(opened->opened).value()};
        for (events::ParentAllocated allocated : opened->allocated) {
            allocated.allocation.parent = id;
            emit(allocated);
        }
        return id;
    }

    VenueReport about(OrderId id, ReportKind kind) const {
        VenueReport report;
        report.kind = kind;
        report.venue = venue_a;
        report.instrument = btc;
        report.order = id;
        const OrderRecord* record = state.orders.find(id);
        if (record != nullptr) {
            report.client_id = record->order.client_id;
            report.venue = record->order.venue;
        }
        report.venue_order_id = VenueOrderId{std::string_view{"v" + std::to_string(id.value())}};
        return report;
    }
    VenueReport fill_report(OrderId id, Quantity quantity, const char* trade,
                            Quantity cumulative = {}) const {
        VenueReport report = about(id, ReportKind::filled);
        report.cumulative = cumulative;
        report.fill.venue = report.venue;
        report.fill.instrument = btc;
        report.fill.quantity = quantity;
        report.fill.price = 100_price;
        report.fill.fee = 0.1_d;
        report.fill.fee_currency = "USD";
        report.fill.trade_id = trade;
        report.fill.exchange_at = now;
        return report;
    }

    Outcome report(const VenueReport& report) {
        const Outcome outcome = on_report(state, settings, report, now);
        run(outcome);
        return outcome;
    }
    Outcome report(OrderId id, ReportKind kind) { return report(about(id, kind)); }
    Outcome fill(OrderId id, Quantity quantity, const char* trade, Quantity cumulative = {}) {
        return report(fill_report(id, quantity, trade, cumulative));
    }

    const OrderRecord& order(OrderId id) const { return *state.orders.find(id); }
    const ParentRecord& parent(ParentId id) const { return *state.parents.find(id); }
    OrderStatus status(OrderId id) const { return order(id).status; }
    void wait(Duration duration) { now = now + duration; }

    template <class T>
    std::size_t count() const {
        return static_cast<std::size_t>(
            std::count_if(events_seen.begin(), events_seen.end(),
                          [](const Event& e) { return std::holds_alternative<T>(e); }));
    }

    // Folds all that was applied into a fresh state: equal bytes.
    bool replays() const {
        State fresh;
        for (const auto& step : journal_)
            step(fresh);
        return archive_save(fresh) == archive_save(state);
    }

private:
    template <class T>
    void take(const T& event) {
        emit(event);
        if constexpr (std::is_same_v<T, events::OrderFilled> ||
                      std::is_same_v<T, events::FillUpgraded>) {
            for (const auto& share : allocate(state, event, {{}, 1_rate, {}}))
                emit(share);
        }
    }

    std::uint64_t sequence_{0};
    std::vector<std::function<void(State&)>> journal_;
};

template <class T>
std::size_t count_effects(const std::vector<Effect>& effects) {
    return static_cast<std::size_t>(
        std::count_if(effects.begin(), effects.end(),
                      [](const Effect& e) { return std::holds_alternative<T>(e); }));
}

} // namespace grekko::execution
