// Where NAV came from: transfers, intents closed and open, and what belongs to no intent.
#include <map>

#include "core/portfolio/ledger.hpp"
#include "core/portfolio/portfolio.hpp"
#include "core/portfolio/worth.hpp"

namespace grekko::portfolio {
namespace {

// The value of an instrument's whole position, handed out piece by piece: the roundings of the
// pieces add up to the rounding of the whole.
struct Sharing {
    Quantity passed;
    Notional given;
};

Notional share(const State& state, const Marks& marks, InstrumentId id, Quantity open,
               Sharing& sharing) {
    const Mark mark = marks.of(id);
    if (!mark.known()) return {};
    sharing.passed += open;
    const Notional up_to = value_of(state.facts(id), mark.price, sharing.passed);
    const Notional own = up_to - sharing.given;
    sharing.given = up_to;
    return own;
}

Notional settled(const Flow& flow) {
    return flow.flow + flow.ended - flow.fees - flow.funding;
}

}  // namespace

Attribution attribution(const State& state, const Marks& marks) {
    std::map<Currency, Notional> open;
    std::map<Currency, Notional> loose;
    std::map<InstrumentId, Sharing> sharing;
    for (const auto& [id, intent] : state.intents) {
        const InstrumentId instrument = intent.instrument;
        open[state.facts(instrument).quote] +=
            settled(intent.flow) +
            share(state, marks, instrument, intent.flow.open, sharing[instrument]);
    }
    for (const auto& [instrument, flow] : state.loose) {
        loose[state.facts(instrument).quote] +=
            settled(flow) + share(state, marks, instrument, flow.open, sharing[instrument]);
    }
    const auto total = [&](const std::map<Currency, Notional>& sums) {
        Notional sum;
        for (const auto& [currency, value] : sums) {
            sum += convert(state, marks, value.decimal(), currency).value;
        }
        return sum;
    };
    Attribution result;
    result.nav = worth_of(state, marks).value;
    result.transfers = state.transferred;
    result.closed = total(state.closed);
    result.open = total(open);
    result.loose = total(loose);
    result.currency =
        result.nav - result.transfers - result.closed - result.open - result.loose;
    return result;
}

}  // namespace grekko::portfolio
