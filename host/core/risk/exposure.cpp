#include "core/risk/exposure.hpp"

#include <algorithm>

#include "core/risk/exposure_parts.hpp"

namespace grekko::risk {

Quantity Sums::long_end() const {
    const Quantity covered = position.is_negative() ? -position : Quantity{};
    return position + open[0] + std::min(guard[0], covered);
}

Quantity Sums::short_end() const {
    const Quantity covered = position.is_positive() ? position : Quantity{};
    return position - open[1] - std::min(guard[1], covered);
}

Quantity Sums::worst() const { return std::max(long_end().abs(), short_end().abs()); }

Quantity ParentRow::rest() const { return std::max(quantity - filled, Quantity{}); }
Quantity ParentRow::unsent() const { return std::max(rest() - children, Quantity{}); }

const Cell& cell(const Exposure& exposure, AgentId agent, InstrumentId instrument) {
    static const Cell nothing{};
    const std::uint32_t* index = exposure.cell_index.find(cell_key(agent, instrument));
    return index == nullptr ? nothing : exposure.cells[*index];
}

const InstrumentRow& row(const Exposure& exposure, InstrumentId instrument) {
    static const InstrumentRow nothing{};
    return instrument.value() < exposure.instruments.size()
               ? exposure.instruments[instrument.value()]
               : nothing;
}

Price own_best(const Exposure& exposure, InstrumentId instrument, VenueId venue, Side side) {
    const auto found = exposure.levels.find(listing_key(instrument, venue));
    if (found == exposure.levels.end()) return Price{};
    const auto& prices = found->second.sides[side_index(side)];
    if (prices.empty()) return Price{};
    return side == Side::buy ? prices.rbegin()->first : prices.begin()->first;
}

namespace parts {

InstrumentRow& touch_row(Exposure& exposure, InstrumentId instrument) {
    if (instrument.value() >= exposure.instruments.size()) {
        exposure.instruments.resize(instrument.value() + 1U);
    }
    exposure.touched_rows.push_back(instrument);
    return exposure.instruments[instrument.value()];
}

std::uint32_t touch_cell(Exposure& exposure, AgentId agent, InstrumentId instrument) {
    const CellKey key = cell_key(agent, instrument);
    std::uint32_t* index = exposure.cell_index.find(key);
    if (index == nullptr) {
        index = &exposure.cell_index.insert(key);
        *index = static_cast<std::uint32_t>(exposure.cells.size());
        exposure.cells.push_back({});
        exposure.cells.back().agent = agent;
        exposure.cells.back().instrument = instrument;
    }
    exposure.touched.push_back(*index);
    return *index;
}

namespace {

void add(Sums& sums, const Change& change) {
    auto& open = guards(change.purpose) ? sums.guard : sums.open;
    open[side_index(change.side)] += change.delta;
    ASSERT(!open[side_index(change.side)].is_negative());
}

// Changes a cell's sums and carries the change of its worst case into the virtual gross.
template <class Change>
void with_cell(Exposure& exposure, AgentId agent, InstrumentId instrument, Change&& change) {
    const std::uint32_t index = touch_cell(exposure, agent, instrument);
    Cell& changed = exposure.cells[index];
    const Quantity before = changed.sums.worst();
    change(changed);
    touch_row(exposure, instrument).virtual_gross += changed.sums.worst() - before;
}

}  // namespace

void change_row(Exposure& exposure, InstrumentId instrument, const Change& change) {
    add(touch_row(exposure, instrument).sums, change);
}

void change_cell(Exposure& exposure, AgentId agent, InstrumentId instrument,
                 const Change& change) {
    with_cell(exposure, agent, instrument, [&](Cell& changed) {
        add(changed.sums, change);
        if (reduces(change.purpose)) changed.reducing[side_index(change.side)] += change.delta;
    });
}

void move_position(Exposure& exposure, AgentId agent, InstrumentId instrument,
                   Quantity signed_by) {
    with_cell(exposure, agent, instrument,
              [&](Cell& changed) { changed.sums.position += signed_by; });
    touch_row(exposure, instrument).sums.position += signed_by;
}

}  // namespace parts

namespace {

// What a fill makes of the position: a fee taken in the base asset is not there to sell.
Quantity signed_quantity(const InstrumentRow& instrument, Side side, Quantity quantity,
                         const Currency& fee_currency, Decimal fee) {
    Quantity moved = side == Side::buy ? quantity : -quantity;
    if (!instrument.base.empty() && fee_currency == instrument.base) moved -= Quantity{fee};
    return moved;
}

}  // namespace

void apply(Exposure& exposure, const events::FillAllocated& event, const RecordHead&) {
    const InstrumentRow& instrument = parts::touch_row(exposure, event.instrument);
    parts::move_position(exposure, event.agent, event.instrument,
                         signed_quantity(instrument, event.side, event.quantity,
                                         event.fee_currency, event.fee));
    ParentRow* parent = exposure.parents.find(event.parent);
    if (parent == nullptr) return;
    parent->filled += event.quantity;
    for (Share& share : parent->shares) {
        if (share.agent != event.agent || share.purpose != event.purpose) continue;
        share.rest = std::max(share.rest - event.quantity, Quantity{});
        break;
    }
    parts::settle(exposure, *parent);
}

void apply(Exposure& exposure, const events::InternalCross& event, const RecordHead&) {
    parts::move_position(exposure, event.buyer, event.instrument, event.quantity);
    parts::move_position(exposure, event.seller, event.instrument, -event.quantity);
}

void apply(Exposure& exposure, const events::ForeignFill& event, const RecordHead&) {
    const Fill& fill = event.fill;
    const InstrumentRow& instrument = parts::touch_row(exposure, fill.instrument);
    parts::move_position(exposure, house_agent, fill.instrument,
                         signed_quantity(instrument, fill.side, fill.quantity, fill.fee_currency,
                                         fill.fee));
}

void apply(Exposure& exposure, const events::DustSwept& event, const RecordHead&) {
    parts::move_position(exposure, event.agent, event.instrument, -event.quantity);
    parts::move_position(exposure, house_agent, event.instrument, event.quantity);
}

}  // namespace grekko::risk
