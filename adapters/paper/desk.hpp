// Desk: the life of orders and the money behind them: acceptance with a hold, fills with fees,
// ends, OCO and bracket links, and the reports of all that. It does not know where a price comes
// from: the models (bar_model.hpp, book_model.hpp) say what fills, the venue carries requests.
#pragma once

#include <memory>
#include <set>
#include <string_view>
#include <vector>

#include "paper/ledger.hpp"
#include "paper/orders.hpp"
#include "paper/outbox.hpp"

namespace grekko::paper {

enum class Liquidity : std::uint8_t { maker = GREKKO_MAKER, taker = GREKKO_TAKER };

class Desk {
public:
    // What the venue keeps per listing.
    struct Place {
        Listing rules;
        std::size_t base{0}, quote{0}; // places in the ledger
        std::uint8_t status{GREKKO_TRADING};
        book::Book own;               // the account's resting orders
        std::set<std::uint64_t> open; // numbers, in order of acceptance
    };

    explicit Desk(const Config& config);

    const Config& config() const { return config_; }
    std::size_t places() const { return places_.size(); }
    Place& place(std::size_t listing) { return *places_[listing]; }
    Place& place(const Order& order) { return *places_[order.listing]; }
    // places(): not listed.
    std::size_t find_place(std::uint16_t instrument) const;
    Orders& orders() { return orders_; }
    Agenda& agenda() { return agenda_; }
    Outbox& outbox() { return outbox_; }
    Ledger& ledger() { return ledger_; }
    const std::deque<grekko_report>& fills() const { return fills_; }

    // While `cause` stands, no report is due before it; exact: all are due at it.
    struct Cause {
        grekko_time due{0};
        bool exact{false};
    };
    void set_cause(Cause cause) { cause_ = cause; }

    // What the order must hold for what is left of it; `price` where it has no limit. What hangs on
    // an open entry has nothing to hold yet.
    Decimal requirement(const Order& order, Decimal price);
    std::size_t hold_place(const Order& order) const;
    // Makes the hold what the order needs at `price`; false, and as before, where money is short.
    [[nodiscard]] bool hold(Order& order, Decimal price);
    // The open order that an order is linked with; null: none.
    Order* linked(const Order& order);
    // The open order that must fill before this one has anything to close; null: none.
    const Order* entry_of(const Order& order);
    // True where they are two ways out of one position, false where one enters and one leaves.
    static bool one_cancels_other(const Order& a, const Order& b) {
        return a.request.side == b.request.side;
    }
    // What can be bought or sold at this price with the order's hold and what is free.
    Decimal affordable(const Order& order, Decimal price) const;

    void accept(Order& order, grekko_time at);
    // What was filled: less than `quantity` where money is short, and then the order is cancelled.
    Decimal fill(Order& order, Decimal price, Decimal quantity, Liquidity liquidity,
                 grekko_time at);
    void trigger(Order& order, grekko_time at);
    void cancel(Order& order, grekko_time at, std::uint8_t reject, std::string_view text);
    void expire(Order& order, grekko_time at);
    // Puts it on the account's own book, at the back of its price.
    void rest(Order& order, Decimal ahead);
    void unrest(Order& order);

    grekko_report report(std::uint8_t kind, const Order& order, grekko_time at);
    void send(grekko_report report, Order& order, grekko_time at);
    // About no order, or about one the venue does not know.
    void send(grekko_report report, grekko_time due);
    book::Tick tick_of(const Order& order) const;

private:
    void close(Order& order, std::uint8_t status, grekko_time at);
    void links_end(Order& order, grekko_time at);
    void money_moves(Order& order, Decimal price, Decimal quantity, Liquidity liquidity,
                     grekko_report& report);

    Config config_;
    Ledger ledger_;
    Orders orders_;
    Agenda agenda_;
    Outbox outbox_;
    std::vector<std::unique_ptr<Place>> places_;
    std::deque<grekko_report> fills_; // the last ones, for snapshots
    Cause cause_;
    std::uint64_t trades_{0};
};

} // namespace grekko::paper
