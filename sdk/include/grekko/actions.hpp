// Actions: how a strategy answers the event in its hand. None is an order: a target becomes orders
// through consensus and risk alone. It checks nothing that the host checks; what does not fit into
// the host's memory makes the whole call fail. Handlers of strategy.hpp are given one.
#pragma once

#include <grekko/batch.hpp>
#include <grekko/decimal.hpp>
#include <grekko/events.hpp>

namespace grekko::sdk {

enum class Sizing : std::uint8_t {
    quantity = GREKKO_SIZE_QUANTITY,
    notional = GREKKO_SIZE_NOTIONAL,
    weight = GREKKO_SIZE_WEIGHT,
    risk = GREKKO_SIZE_RISK
};
enum class Urgency : std::uint8_t {
    by_mode = 0,
    passive = GREKKO_PASSIVE,
    normal = GREKKO_NORMAL,
    urgent = GREKKO_URGENT
};
enum class Algorithm : std::uint8_t {
    none = 0,
    twap = GREKKO_TWAP,
    vwap = GREKKO_VWAP,
    iceberg = GREKKO_ICEBERG
};
enum class Ballot : std::uint8_t {
    approve = GREKKO_APPROVE,
    reject = GREKKO_REJECT,
    abstain = GREKKO_ABSTAIN,
    veto = GREKKO_VETO
};

// Fields as in grekko_target; zero is none.
struct Target {
    std::uint16_t instrument{0};
    Sizing sizing{Sizing::quantity};
    Decimal amount;
    Side side{Side::none}; // of a risk target
    Decimal limit, stop, take, trail;
    Decimal confidence{Decimal::ratio(5, 1)};
    Duration horizon{0}, ttl{0};
    Urgency urgency{Urgency::by_mode};
    Algorithm algorithm{Algorithm::none};
    std::uint8_t slices{0};
    Duration over{0};
    std::string_view reason;

    // So large that the stop costs this fraction of NAV.
    static constexpr Target at_risk(std::uint16_t instrument, Side side, Decimal risk,
                                    Decimal stop) {
        Target out;
        out.instrument = instrument;
        out.sizing = Sizing::risk;
        out.amount = risk;
        out.side = side;
        out.stop = stop;
        return out;
    }
};

struct Vote {
    Ballot ballot{Ballot::abstain};
    Decimal confidence;
    Decimal max; // approve up to this fraction, 0: all
    std::string_view reason;
};

struct Mandate {
    std::uint16_t instrument{0};
    bool buys{true}, sells{true};
    Decimal inventory_min, inventory_max, order_max, stop;
    Decimal confidence{Decimal::ratio(5, 1)};
    Time expires_at{0};
    std::string_view reason;
};

class Actions {
public:
    Actions(grekko_output& output, const grekko_event& event) : output_{output}, event_{event} {}

    Time now() const { return event_.at; }
    Time deadline() const { return event_.deadline; } // 0: none
    // History: learn from it; every action below is then left out.
    bool warming_up() const { return (event_.flags & GREKKO_EVENT_WARMUP) != 0; }
    bool full() const { return full_; }

    void target(const Target& target);
    void close(std::uint16_t instrument, std::string_view reason,
               Urgency urgency = Urgency::by_mode);
    void cancel(std::uint16_t instrument); // 0: all
    void vote(const Proposal& proposal, const Vote& vote);
    void mandate(const Mandate& mandate);
    void quote(std::uint16_t instrument, Side side, Decimal price, Decimal quantity);
    void cancel_quotes(std::uint16_t instrument);
    void stop(std::uint16_t instrument, Decimal price);

private:
    template <class Action>
    Action make(std::uint16_t kind) const {
        Action out{};
        out.action = {sizeof(Action), kind, 0, event_.ask};
        return out;
    }
    template <class Action>
    void add(const Action& action) {
        if (!warming_up() && !append(output_, &action, sizeof action)) full_ = true;
    }

    grekko_output& output_;
    const grekko_event& event_;
    bool full_{false};
};

inline void Actions::target(const Target& t) {
    auto out = make<grekko_target>(GREKKO_ACTION_TARGET);
    out.instrument = t.instrument;
    out.sizing = static_cast<std::uint8_t>(t.sizing);
    out.side = static_cast<grekko_side>(t.side);
    out.urgency = static_cast<std::uint8_t>(t.urgency);
    out.algorithm = static_cast<std::uint8_t>(t.algorithm);
    out.slices = t.slices;
    out.amount = t.amount;
    out.limit = t.limit;
    out.stop = t.stop;
    out.take = t.take;
    out.trail = t.trail;
    out.confidence = t.confidence;
    out.horizon = t.horizon;
    out.ttl = t.ttl;
    out.over = t.over;
    write(out.reason, t.reason);
    add(out);
}

inline void Actions::close(std::uint16_t instrument, std::string_view reason, Urgency urgency) {
    auto out = make<grekko_close>(GREKKO_ACTION_CLOSE);
    out.instrument = instrument;
    out.urgency = static_cast<std::uint8_t>(urgency);
    write(out.reason, reason);
    add(out);
}

inline void Actions::cancel(std::uint16_t instrument) {
    auto out = make<grekko_cancel>(GREKKO_ACTION_CANCEL);
    out.instrument = instrument;
    add(out);
}

inline void Actions::vote(const Proposal& proposal, const Vote& v) {
    auto out = make<grekko_vote>(GREKKO_ACTION_VOTE);
    out.round = proposal.round;
    out.ballot = static_cast<std::uint8_t>(v.ballot);
    out.confidence = v.confidence;
    out.max = v.max;
    write(out.reason, v.reason);
    add(out);
}

inline void Actions::mandate(const Mandate& m) {
    auto out = make<grekko_mandate>(GREKKO_ACTION_MANDATE);
    out.instrument = m.instrument;
    out.buys = m.buys ? 1 : 0;
    out.sells = m.sells ? 1 : 0;
    out.inventory_min = m.inventory_min;
    out.inventory_max = m.inventory_max;
    out.order_max = m.order_max;
    out.stop = m.stop;
    out.confidence = m.confidence;
    out.expires_at = m.expires_at;
    write(out.reason, m.reason);
    add(out);
}

inline void Actions::quote(std::uint16_t instrument, Side side, Decimal price, Decimal quantity) {
    auto out = make<grekko_place>(GREKKO_ACTION_QUOTE);
    out.instrument = instrument;
    out.side = static_cast<grekko_side>(side);
    out.price = price;
    out.quantity = quantity;
    add(out);
}

inline void Actions::cancel_quotes(std::uint16_t instrument) {
    auto out = make<grekko_cancel>(GREKKO_ACTION_CANCEL_QUOTES);
    out.instrument = instrument;
    add(out);
}

inline void Actions::stop(std::uint16_t instrument, Decimal price) {
    auto out = make<grekko_move_stop>(GREKKO_ACTION_STOP);
    out.instrument = instrument;
    out.stop = price;
    add(out);
}

} // namespace grekko::sdk
