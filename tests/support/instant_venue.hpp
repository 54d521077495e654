// InstantVenue: a venue that fills every order whole at the last price it has seen, after a fixed
// delay, and keeps its own balances; told not to fill, it lets orders rest. As a spot venue it lets
// stops wait and holds the base of what would sell. It has no book: the paper venue is the real
// thing.
// For tests of what surrounds a venue.
#pragma once

#include <deque>
#include <map>

#include "ports/venue.hpp"

namespace grekko::test {

class InstantVenue final : public ports::Venue {
public:
    explicit InstantVenue(VenueId id) : id_{id} { connect(Instant{}); }

    void place(const PlaceOrder& request, Instant now) override {
        const Order& order = request.order;
        placed.push_back(order);
        VenueReport report = about(order);
        const bool short_of_base =
            spot && order.side == Side::sell &&
            order.quantity.decimal() > base_[order.instrument] - held_base(order.instrument);
        if (rejects || short_of_base || answer != ReportKind::accepted) { // or nobody knows
            report.kind = rejects || short_of_base ? ReportKind::rejected : answer;
            report.reject =
                short_of_base ? RejectReason::insufficient_funds : RejectReason::other;
            return push(report, now + delay);
        }
        report.kind = ReportKind::accepted;
        report.venue_order_id = VenueOrderId{"v" + std::to_string(order.id.value())};
        push(report, now + delay);
        const bool waits = spot && (order.type == OrderType::stop_limit);
        if (!fills || waits || (order.post_only && !fills_resting)) {
            open_[order.id] = order;
            return;
        }
        const Price price = prices_[order.instrument];
        report.kind = ReportKind::filled;
        report.cumulative = order.quantity;
        report.fill.order = order.id;
        report.fill.venue = id_;
        report.fill.instrument = order.instrument;
        report.fill.side = order.side;
        report.fill.liquidity = Liquidity::taker;
        report.fill.price = price;
        report.fill.quantity = order.quantity;
        report.fill.fee_currency = fee_currency;
        report.fill.fee =
            multiply(multiply(price, order.quantity, Rounding::half_even), fee, Rounding::ceiling)
                .decimal();
        report.fill.trade_id = TradeId{"t" + std::to_string(++trades_)};
        report.fill.exchange_at = now + delay;
        push(report, now + delay);
        const Decimal value = multiply(price, order.quantity, Rounding::half_even).decimal();
        cash_ -= order.side == Side::buy ? value : -value;
        (fee_currency == "USD" ? cash_ : others_[fee_currency]) -= report.fill.fee;
        Decimal& base = base_[order.instrument];
        base += order.side == Side::buy ? order.quantity.decimal() : -order.quantity.decimal();
    }
    void replace(const ReplaceOrder& request, Instant now) override {
        VenueReport report = about(request.replacement);
        report.kind = ReportKind::replaced;
        push(report, now + delay);
        if (const auto open = open_.find(request.id); open != open_.end())
            open->second = request.replacement; // by its new name alone
    }
    void cancel(const CancelOrder& request, Instant now) override {
        VenueReport report;
        const auto open = open_.find(request.id);
        const bool renamed = open != open_.end() && open->second.client_id != request.client_id;
        report.kind = renamed ? ReportKind::cancel_rejected : ReportKind::cancelled;
        if (!renamed) {
            cancelled.push_back(request.id);
            open_.erase(request.id);
        }
        report.order = request.id;
        report.client_id = request.client_id;
        report.instrument = request.instrument;
        push(report, now + delay);
    }
    void query(const QueryOrder& request, Instant now) override {
        const auto open = open_.find(request.id);
        if (open != open_.end() && open->second.client_id == request.client_id) {
            return push(state_of(open->second), now + delay);
        }
        VenueReport report;
        report.kind = ReportKind::not_found;
        report.order = request.id;
        report.client_id = request.client_id;
        push(report, now + delay);
    }
    void snapshot(const QuerySnapshot&, Instant now) override {
        VenueReport report;
        report.kind = ReportKind::snapshot_begin;
        push(report, now + delay);
        for (const auto& [id, order] : open_)
            push(state_of(order), now + delay);
        report.kind = ReportKind::balance;
        report.currency = "USD";
        report.total = cash_;
        push(report, now + delay);
        for (const auto& [instrument, total] : base_) {
            const std::string other = "C" + std::to_string(instrument.value());
            report.currency = instrument == InstrumentId{1} ? Currency{"BTC"} : Currency{other};
            report.total = total;
            push(report, now + delay);
        }
        for (const auto& [currency, total] : others_) {
            report.currency = currency;
            report.total = total;
            push(report, now + delay);
        }
        report.kind = ReportKind::snapshot_end;
        push(report, now + delay);
    }
    void market(const MarketHead& record) override {
        visit_market(record, [&](const auto& r) {
            if constexpr (requires { r.close; }) {
                prices_[record.instrument] = r.open;
            } else if constexpr (requires { r.trade_id; }) {
                prices_[record.instrument] = r.price;
            } else if constexpr (requires { r.bid_quantity; }) {
                prices_[record.instrument] = r.bid;
            }
        });
    }
    std::optional<Instant> next_report() const override {
        if (reports_.empty()) return std::nullopt;
        return reports_.front().first;
    }
    bool take_report(Instant now, VenueReport& report, Instant& at) override {
        if (reports_.empty() || reports_.front().first > now) return false;
        at = reports_.front().first;
        report = reports_.front().second;
        reports_.pop_front();
        return true;
    }

    ReportKind answer{ReportKind::accepted}; // to an order: rejected and ambiguous too
    bool fills{true};
    bool fills_resting{true}; // post-only orders too
    bool rejects{false};      // every order
    bool spot{false};         // stops wait, what would sell holds its base
    Rate fee{0.001_rate};
    Currency fee_currency{"USD"};
    Duration delay{Duration::milliseconds(80)};
    std::vector<Order> placed;
    std::vector<OrderId> cancelled;
    void deposit(Decimal cash) { cash_ += cash; }
    void drop(Currency currency, Decimal amount) { others_[currency] += amount; } // other than USD
    void coins(Decimal amount) { base_[InstrumentId{1}] += amount; }
    std::size_t open_orders() const { return open_.size(); }
    void connect(Instant at) {
        say(ReportKind::connected, at);
        say(ReportKind::private_restored, at);
    }
    void say(ReportKind kind, Instant at) {
        VenueReport report;
        report.kind = kind;
        push(report, at);
    }

private:
    Decimal held_base(InstrumentId instrument) const {
        Decimal held;
        for (const auto& [id, order] : open_) {
            const bool sells = order.side == Side::sell && order.instrument == instrument;
            if (sells) held += order.quantity.decimal();
        }
        return held;
    }
    VenueReport about(const Order& order) const {
        VenueReport report;
        report.order = order.id;
        report.client_id = order.client_id;
        report.instrument = order.instrument;
        return report;
    }
    static VenueReport state_of(const Order& order) {
        VenueReport report;
        report.kind = ReportKind::order_state;
        report.order = order.id;
        report.client_id = order.client_id;
        report.instrument = order.instrument;
        report.status = OrderStatus::accepted;
        return report;
    }
    void push(VenueReport report, Instant at) {
        report.venue = id_;
        auto after = reports_.end();
        while (after != reports_.begin() && std::prev(after)->first > at)
            --after;
        reports_.emplace(after, at, report);
    }

    VenueId id_;
    Decimal cash_;
    std::map<InstrumentId, Decimal> base_{{InstrumentId{1}, Decimal{}}};
    std::map<Currency, Decimal> others_;
    std::uint64_t trades_{0};
    std::map<InstrumentId, Price> prices_;
    std::map<OrderId, Order> open_;
    std::deque<std::pair<Instant, VenueReport>> reports_;
};

} // namespace grekko::test
