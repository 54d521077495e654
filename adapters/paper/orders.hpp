// Order and its table: every order the venue knows, by the host's id and by the client id it goes
// by. A name that a replace has given up is not used again. Closed orders are kept for queries and
// repeated ids until there are too many of them. The table decides nothing: the desk opens, fills
// and closes.
#pragma once

#include <grekko/actions.h>

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "paper/agenda.hpp"
#include "paper/book/book.hpp"

namespace grekko::paper {

enum class Phase : std::uint8_t {
    waiting = 1, // a stop type that has not triggered
    pending,     // looks for a market: bars fill it at the next opening
    resting,
    closed,
};

struct Order {
    grekko_request request{}; // the present version
    std::uint64_t number{0};  // the venue's own, in order of acceptance
    std::size_t listing{0};
    Phase phase{Phase::pending};
    std::uint8_t status{GREKKO_ORDER_ACCEPTED};
    std::uint8_t last_reject{GREKKO_REJECT_NONE};
    bool triggered{false};
    bool fresh{true};      // no model has looked at it since it came or was replaced
    Decimal filled, value; // value: sum of price times quantity
    Decimal held;
    grekko_time accepted_at{0};
    grekko_duration response{0}; // one response latency an order keeps its reports in order
    grekko_time last_due{0};
    Agenda::Ticket expiry{0}, event{0}; // event: what its model has put on the agenda
    book::Handle handle{0};             // while it rests
    Decimal ahead;                      // of the queue model: shown quantity before it
    Decimal peak_left;                  // of an iceberg: what is left of the shown part
    Decimal stop;                       // the level of a trailing stop, zero: none yet
    Decimal extreme;                    // best price since it came
    bool not_credible{false};

    bool open() const { return phase != Phase::closed; }
    bool buys() const { return request.side == GREKKO_BUY; }
    bool has(std::uint8_t flag) const { return (request.flags & flag) != 0; }
    bool is_stop_type() const { return request.type >= GREKKO_STOP; }
    bool has_limit() const {
        return request.type == GREKKO_LIMIT || request.type == GREKKO_STOP_LIMIT ||
               request.type == GREKKO_TAKE_PROFIT_LIMIT;
    }
    Decimal quantity() const { return request.quantity; }
    Decimal rest() const { return quantity() - filled; }
    Decimal limit() const { return has_limit() ? Decimal{request.limit} : Decimal{}; }
    Decimal trigger_price() const { return stop.is_positive() ? stop : Decimal{request.trigger}; }
};

class Orders {
public:
    explicit Orders(std::size_t closed_max) : closed_max_{closed_max} {}

    // The order stays where it is until it is forgotten, long after it has closed.
    Order& add(const Order& order);
    // A further client id, of a replace: from now on the order goes by this name alone.
    void name(Order& order, std::string_view client_id);
    void closed(const Order& order);

    Order* by_number(std::uint64_t number);
    Order* by_host(std::uint64_t host);
    Order* by_client(std::string_view client_id);
    bool taken(std::string_view client_id) const; // by an order that is remembered, now or before
    // By client id where there is one, else by the host's id.
    Order* find(const grekko_request& request);
    std::size_t open_count() const { return orders_.size() - closed_.size(); }
    const std::map<std::uint64_t, Order>& all() const { return orders_; }

private:
    std::size_t closed_max_;
    std::uint64_t last_{0};
    std::map<std::uint64_t, Order> orders_;
    std::deque<std::uint64_t> closed_;
    std::unordered_map<std::uint64_t, std::uint64_t> by_host_;         // looked up, never walked
    std::unordered_map<std::string, std::uint64_t> by_client_;         // 0: a name of before
    std::unordered_map<std::uint64_t, std::deque<std::string>> names_; // more than one: replaced
};

} // namespace grekko::paper
