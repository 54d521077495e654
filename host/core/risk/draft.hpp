// An assessment while it is made: the question, what was found so far, and amounts that several
// checks need. Private to assess.cpp and the checks_*.cpp files, one of which stands for each
// group of the table. Checks only look at the question and at amounts, never at what others found.
#pragma once

#include "core/risk/money.hpp"
#include "core/risk/risk.hpp"

namespace grekko::risk {

struct Draft {
    const State& state;
    const Settings& settings;
    const Request& request;
    const Context& context;

    // The question in amounts.
    CheckSet applies{0};
    bool leaving{false};      // X: reduces or flattens
    bool stopping{false};     // S
    Notional base;            // N: the limit base, not negative
    Price mark;               // M; the limit where no mark is known
    Price price;              // what a fill costs at worst: the limit, else M
    Price limit;              // adjusted by 7; zero: none
    Rate scale;               // base currency for price × quantity
    Price unit;               // base currency for a unit of quantity at M
    Quantity requested;       // > 0
    Quantity credit;          // of it, already counted in the exposure (replace, child)
    Rate noise;               // sigma over the intent's horizon, where 19 or 41 ask for it
    std::uint32_t parts{1};   // of TWAP and VWAP: 13 and 14 look at one

    // What was found.
    CheckSet blocked{0}, reduced{0}, warned{0};
    CheckSet agent_breakers{0};
    Quantity quantity;        // min over reduce results
    Quantity part;            // largest part of an exit
    bool too_small{false};    // an exit below the venue's minimum
    Score score;
    Factors factors{};

    bool on(Check check) const { return has(applies, check); }
    bool on_any(CheckSet checks) const { return (applies & checks) != 0; }
    void block(Check check, bool when) {
        if (when && on(check)) blocked |= bit(check);
    }
    void warn(Check check, bool when) {
        if (when && on(check)) warned |= bit(check);
    }
    void reduce(Check check, Quantity most) {
        if (!on(check) || most >= requested) return;
        reduced |= bit(check);
        quantity = std::min(quantity, std::max(most, Quantity{}));
    }
    // Exits are not made smaller: they go in parts.
    void slice(Check check, Quantity most) {
        if (!on(check) || most >= requested) return;
        reduced |= bit(check);
        part = std::min(part, std::max(most, Quantity{}));
    }
    void reduce_or_slice(Check check, Quantity most) {
        leaving ? slice(check, most) : reduce(check, most);
    }
    Notional worth(Quantity size) const { return value(unit, size, Rounding::ceiling); }
};

// Limits in base currency.
Notional agent_limit(const Settings& settings, Notional base, const AgentTerms& terms,
                     Notional allocation);
Notional instrument_limit(const Settings& settings, Notional base, const Instrument& instrument);
// Loss of one unit of quantity from the entry to the stop, base currency; zero without a stop.
Price stop_loss_unit(const Draft& draft);
Rate stop_distance(const Draft& draft);  // fraction of the entry price
// Age of the data as a share of its limit, above 1: too old.
Rate data_age(const Settings& settings, const MarketView& market, Instant now);
bool data_is_old(const Settings& settings, const MarketView& market, Instant now);
bool book_is_sane(const Settings& settings, const MarketView& market);
// |M − mean of the last minute| or of other venues beyond its collar.
bool mark_in_doubt(const Settings& settings, const MarketView& market, Price mark);
// Largest quantity within `limit`, depth and volume rules aside.
Quantity volume_share(const Settings& settings, const MarketView& market, Side side);

// Messages in 1000 s that we may send to the venue.
std::uint32_t venue_rate(const Draft& draft);

void check_authority(Draft& draft);    // 1-6, 20, 21
void check_form(Draft& draft);         // 7-9 on the question
bool form_holds(const Draft& draft, Quantity quantity);  // 8 and 9 on the answer
Quantity in_lots(const Draft& draft, Quantity quantity);
void check_market(Draft& draft);       // 10-15
void check_order(Draft& draft);        // 16-19
void check_exposure(Draft& draft);     // 22-27, 29
void check_money(Draft& draft);        // 28, 30, 31
void check_activity(Draft& draft);     // 32-36
void check_losses(Draft& draft);       // 37-40
void check_score(Draft& draft);        // 41, on what the others left

}  // namespace grekko::risk
