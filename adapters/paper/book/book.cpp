#include "paper/book/book.hpp"

namespace grekko::paper::book {

Resting Book::describe(Handle handle) const {
    const Node& node = nodes_[slot_of(handle)];
    const More details = more(slot_of(handle));
    return {node.shown,    details.hidden, details.peak, node.tag,
            details.owner, node.tick(),    node.side()};
}

void Book::shrink(Handle handle, Lots lots) {
    Node& node = nodes_[slot_of(handle)];
    Lots hidden = 0;
    if (node.has_more()) {
        More& iceberg = more_[slot_of(handle)];
        hidden = std::min(iceberg.hidden, lots);
        iceberg.hidden -= hidden;
    }
    node.shown -= lots - hidden;
    ladder(node.side()).at(node.tick()).total -= lots - hidden;
}

void Book::reserve(std::size_t orders) {
    if (orders + 1 > nodes_.size()) nodes_.resize(orders + 1);
}

} // namespace grekko::paper::book
