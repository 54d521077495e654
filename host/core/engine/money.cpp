// 5: money that comes and goes at a venue, and money that nobody can value. Units are issued and
// redeemed here, so that a transfer is neither profit nor drawdown (§1).
#include "core/engine/emit.hpp"

namespace grekko::engine {
namespace {

bool agrees(const execution::Run& run, Currency currency, Decimal own, Decimal tolerance) {
    const auto reported = run.balances.find(currency);
    const Decimal total = reported == run.balances.end() ? Decimal{} : reported->second.total;
    const auto difference = checked_subtract(total, own);
    return difference && difference->abs() <= tolerance;
}

} // namespace

void Engine::deposit(VenueId venue, Currency currency, Decimal amount, Instant at) {
    begin(at, position_);
    const portfolio::Transfer moved{venue, currency, amount};
    const auto booked = portfolio::transfer(state_.portfolio, marks(at_), moved);
    if (booked) transferred(*booked);
}

// What reconciliation found knows no units. It comes here only where it can be valued, or where
// nothing ever will; what is still left changes NAV per unit, and somebody must know.
void Engine::found(events::TransferBooked moved) {
    const portfolio::Transfer transfer{moved.venue, moved.currency, moved.amount};
    if (const auto booked = portfolio::transfer(state_.portfolio, marks(at_), transfer)) {
        return transferred(*booked);
    }
    const bool worthless = !state_.portfolio.conversions.contains(moved.currency);
    const std::string what = moved.amount.to_string() + " " + moved.currency.string() + " at " +
                             universe_.venue(moved.venue).name.string();
    moved.nav_per_unit = book(at_).nav_per_unit;
    transferred(moved);
    alert("transfer", worthless
                          ? what + ": no instrument says what it is worth; it counts for nothing"
                          : what + " came or went without units: it counts as profit or loss");
}

// An allocation is a share of the book, named in money: it moves with the units, and so do the
// agent's peak and day, since what was given or taken is none of its doing.
void Engine::transferred(const events::TransferBooked& booked) {
    const Decimal before = state_.portfolio.units;
    emit(booked, Sequence{});
    const Decimal after = state_.portfolio.units;
    if (!before.is_positive() || !after.is_positive() || after == before) return;
    for (std::size_t i = 1; i < state_.agents.roster.size(); ++i) {
        events::AgentSettingChanged change;
        change.agent = state_.agents.roster[i].id;
        change.setting = CommandKind::agent_allocation;
        const auto agent = state_.portfolio.agents.find(change.agent);
        if (agent == state_.portfolio.agents.end()) continue;
        change.from = agent->second.allocation.decimal();
        change.to = multiply_divide(change.from, after, before, Rounding::toward_zero);
        change.principal = "transfer";
        if (change.to != change.from) emit(change, Sequence{});
    }
}

// Every currency that the book could hold there. A transfer of one waits while its worth or N is
// unknown: units that were guessed could never be corrected.
std::vector<execution::ExpectedBalance> Engine::expected_balances(VenueId venue) const {
    std::map<Currency, Decimal> tolerance;
    for (const Listing& listing : universe_.listings) {
        if (listing.venue != venue) continue;
        const Instrument& instrument = universe_.instrument(listing.instrument);
        tolerance[instrument.base] = std::max(tolerance[instrument.base], listing.lot.decimal());
        tolerance[instrument.quote] =
            std::max(tolerance[instrument.quote], Decimal::from_units(1, -2));
    }
    for (const auto& [key, account] : state_.portfolio.accounts)
        if (key.first == venue) tolerance.try_emplace(key.second);
    for (const auto& [currency, balance] : runs_[venue.value()].balances)
        tolerance.try_emplace(currency);
    std::vector<execution::ExpectedBalance> expected;
    for (const auto& [currency, least] : tolerance) {
        const Decimal own = portfolio::balance(state_.portfolio, venue, currency);
        // What its worth is matters only to a transfer, and where both agree there is none.
        expected.push_back({currency, own, least,
                            agrees(runs_[venue.value()], currency, own, least) ||
                                !state_.portfolio.conversions.contains(currency) ||
                                portfolio::transfer(state_.portfolio, marks(at_),
                                                    {venue, currency, 1_d})
                                    .has_value()});
    }
    return expected;
}

// False while something that is held, or that fees were paid in, has no price yet: the share of a
// venue and the fees of a day are then more than they seem. What nothing converts is no part of N.
bool Engine::money_known() const {
    const portfolio::State& books = state_.portfolio;
    const auto unknown = [&](Currency currency, Decimal amount) {
        if (amount.is_zero() || currency == universe_.base_currency) return false;
        const auto conversion = books.conversions.find(currency);
        if (conversion == books.conversions.end()) return true;
        const auto first = conversion->second.instruments.begin();
        return std::any_of(first, first + conversion->second.steps, [&](InstrumentId id) {
            return !market_.mark(id, at_).known();
        });
    };
    for (const auto& [currency, fees] : books.fees_elsewhere)
        if (unknown(currency, fees)) return false;
    for (const auto& [key, account] : books.accounts) {
        if (books.conversions.contains(key.second) && unknown(key.second, account.cash))
            return false;
    }
    return true;
}

// One unit of the fee's currency in the instrument's quote currency, at the fill's own price where
// the fee is in the base; else the last that is known, since marks keep theirs.
Rate Engine::fee_to_quote(const Fill& fill) {
    const Instrument& traded = universe_.instrument(fill.instrument);
    if (fill.fee_currency.empty() || fill.fee_currency == traded.quote) return 1_rate;
    if (fill.fee_currency == traded.base) return Rate{fill.price.decimal()};
    const auto base = portfolio::in_base(state_.portfolio, marks(at_), 1_d, fill.fee_currency);
    const Rate quote = quote_value(fill.instrument);
    if (base && !quote.is_zero())
        return Rate{divide(base->decimal(), quote.decimal(), Rounding::half_even)};
    alert("fee", "a fee in " + fill.fee_currency.string() +
                     " has no price and counts as nothing: no increases until it has one");
    return Rate{};
}

// The venue may tell of a fee in the base, as of a fill that was inferred, when all of the base is
// sold: no agent is short by it. It has paid the fee; the house owes the units, at the same price.
void Engine::owe_fee(const events::FillAllocated& share) {
    const Instrument& traded = universe_.instrument(share.instrument);
    const bool in_base = traded.kind == InstrumentKind::spot && share.fee_currency == traded.base;
    if (!in_base || share.agent == house_agent) return;
    const Quantity held = position_of(share.agent, share.instrument).quantity;
    const bool short_by_fee = held.is_negative() && !(held + Quantity{share.fee}).is_negative();
    if (!short_by_fee) return;
    events::DustSwept owed;
    owed.agent = share.agent;
    owed.instrument = share.instrument;
    owed.quantity = held;
    owed.price = share.price;
    emit(owed, Sequence{share.intent.value()});
}

} // namespace grekko::engine
