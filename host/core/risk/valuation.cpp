#include "core/risk/valuation.hpp"

#include <algorithm>
#include <bit>

#include "core/risk/counters.hpp"
#include "core/risk/money.hpp"

namespace grekko::risk {

namespace {

constexpr int grid_bits = 14;  // a step is 2^-14 .. 2^-13 of the mark

int bit_width_of(UInt128 value) {
    const auto high = static_cast<std::uint64_t>(value >> 64U);
    if (high != 0) return 64 + static_cast<int>(std::bit_width(high));
    return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(value)));
}

Valued& at(Valuation& valuation, InstrumentId instrument) {
    if (instrument.value() >= valuation.instruments.size()) {
        valuation.instruments.resize(instrument.value() + 1U);
    }
    return valuation.instruments[instrument.value()];
}

template <class T>
T& grown(std::vector<T>& values, std::size_t index) {
    if (index >= values.size()) values.resize(index + 1);
    return values[index];
}

void replace(Notional& sum, Notional& part, Notional now) {
    sum += now - part;
    part = now;
}

Notional signed_value(Quantity quantity, Price unit) {
    const Notional size = value_of(quantity.abs(), unit);
    return quantity.is_negative() ? -size : size;
}

// Loss from the mark to the stops, and of what is still to fill to its stops.
Notional heat_of(const InstrumentRow& row, const Valued& valued) {
    if (valued.unit.is_zero()) return Notional{};
    const Price low = scaled(valued.unit_low, valued.scale, Rounding::floor);
    const Notional longs =
        value(valued.unit, row.stops[0], Rounding::ceiling) -
        scaled(row.stop_value[0], valued.scale, Rounding::floor);
    const Notional shorts = scaled(row.stop_value[1], valued.scale, Rounding::ceiling) -
                            value(low, row.stops[1], Rounding::floor);
    return std::max(longs, Notional{}) + std::max(shorts, Notional{}) +
           scaled(row.pending_loss, valued.scale, Rounding::ceiling);
}

void value_cell(Valuation& valuation, const Exposure& exposure, std::uint32_t index) {
    const Cell& cell = exposure.cells[index];
    const Notional now = value_of(cell.sums.worst(), at(valuation, cell.instrument).unit);
    Notional& sum = grown(valuation.agents, agent_slot(cell.agent));
    replace(sum, valuation.cells[index], now);
}

// Cells come in order: new ones, or all after a restore, are told to their instruments.
void know_cells(Valuation& valuation, const Exposure& exposure) {
    for (std::size_t next = valuation.cells.size(); next < exposure.cells.size(); ++next) {
        at(valuation, exposure.cells[next].instrument)
            .cells.push_back(static_cast<std::uint32_t>(next));
        valuation.cells.push_back(Notional{});
    }
}

void value_row(Valuation& valuation, const Exposure& exposure, InstrumentId instrument) {
    const InstrumentRow& row = risk::row(exposure, instrument);
    Valued& valued = at(valuation, instrument);
    const Notional worst = value_of(row.sums.worst(), valued.unit);
    if (valued.cluster != 0) {
        grown(valuation.clusters, valued.cluster) += worst - valued.worst;
    }
    replace(valuation.gross, valued.worst, worst);
    replace(valuation.long_net, valued.long_end, signed_value(row.sums.long_end(), valued.unit));
    replace(valuation.short_net, valued.short_end,
            signed_value(row.sums.short_end(), valued.unit));
    replace(valuation.heat, valued.heat, heat_of(row, valued));
    valued.virtual_gross = value_of(row.virtual_gross, valued.unit);
    const bool unpriced = valued.unit.is_zero() && !row.sums.worst().is_zero();
    if (unpriced != valued.unpriced) unpriced ? ++valuation.unpriced : --valuation.unpriced;
    valued.unpriced = unpriced;
}

// After a restore no row has been looked at, and one without a mark would not be.
void know_rows(Valuation& valuation, const Exposure& exposure) {
    for (; valuation.rows < exposure.instruments.size(); ++valuation.rows) {
        value_row(valuation, exposure,
                  InstrumentId{static_cast<std::uint16_t>(valuation.rows)});
    }
}

}  // namespace

Notional value_of(Quantity quantity, Price unit) {
    return value(unit, quantity, Rounding::ceiling);
}

const Valued& valued(const Valuation& valuation, InstrumentId instrument) {
    static const Valued nothing{};
    return instrument.value() < valuation.instruments.size()
               ? valuation.instruments[instrument.value()]
               : nothing;
}

Notional agent_gross(const Valuation& valuation, AgentId agent) {
    const std::size_t slot = agent_slot(agent);
    return slot < valuation.agents.size() ? valuation.agents[slot] : Notional{};
}

Notional cluster_gross(const Valuation& valuation, std::uint16_t cluster) {
    return cluster < valuation.clusters.size() ? valuation.clusters[cluster] : Notional{};
}

bool revalue(Valuation& valuation, const Exposure& exposure, InstrumentId instrument,
             const Worth& worth) {
    know_cells(valuation, exposure);
    know_rows(valuation, exposure);
    Valued& valued = at(valuation, instrument);
    const bool scaled_now = worth.scale.is_positive();
    const Rate scale = scaled_now ? worth.scale : valued.scale;
    if (worth.mark > valued.unit_low && worth.mark <= valued.unit_high && scale == valued.scale) {
        return false;
    }
    if (!worth.mark.is_positive() || (!scaled_now && valued.unit.is_zero())) return false;
    const UInt128 raw = worth.mark.decimal().magnitude();
    const int shift = std::max(bit_width_of(raw) - grid_bits, 0);
    const UInt128 step = UInt128{1} << static_cast<unsigned>(shift);
    const UInt128 high = (raw + step - 1) / step * step;
    valued.unit_high = Price{bounded(Decimal::from_raw(static_cast<Int128>(high)))};
    valued.unit_low = Price::from_raw(static_cast<Int128>(high - step));
    valued.scale = scale;
    valued.unit = scaled(valued.unit_high, scale, Rounding::ceiling);
    value_row(valuation, exposure, instrument);
    for (std::size_t i = 0; i < valued.cells.size(); ++i) {
        value_cell(valuation, exposure, valued.cells[i]);
    }
    return true;
}

void revalue_touched(Valuation& valuation, Exposure& exposure) {
    know_cells(valuation, exposure);
    know_rows(valuation, exposure);
    // An event touches the same few rows and cells several times; each is valued once.
    const auto once = [](auto& touched, auto&& value) {
        std::sort(touched.begin(), touched.end());
        for (std::size_t i = 0; i < touched.size(); ++i) {
            if (i == 0 || touched[i] != touched[i - 1]) value(touched[i]);
        }
    };
    once(exposure.touched,
         [&](std::uint32_t index) { value_cell(valuation, exposure, index); });
    once(exposure.touched_rows,
         [&](InstrumentId instrument) { value_row(valuation, exposure, instrument); });
    exposure.touched.clear();
    exposure.touched_rows.clear();
}

void set_cluster(Valuation& valuation, InstrumentId instrument, std::uint16_t cluster) {
    Valued& valued = at(valuation, instrument);
    if (valued.cluster == cluster) return;
    if (valued.cluster != 0) grown(valuation.clusters, valued.cluster) -= valued.worst;
    if (cluster != 0) grown(valuation.clusters, cluster) += valued.worst;
    valued.cluster = cluster;
}

}  // namespace grekko::risk
