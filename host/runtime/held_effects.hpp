// HeldEffects: what may not leave yet, in the order in which it was decided: orders until their
// records are durable, and behind them whatever speaks of an order that its venue does not know. An
// order that is cancelled while it waits never leaves, nor does a replace. It makes nothing durable
// and sends nothing. The driver owns one.
#pragma once

#include <optional>

#include "domain/effect.hpp"
#include "domain/input.hpp"

namespace grekko::runtime {

class HeldEffects {
public:
    // A place or replace always; a cancel or query by a client id that the venue learns from one
    // that waits, and a snapshot while anything does.
    bool must_wait(const Effect& effect) const;
    void add(const Effect& effect) { effects_.push_back(effect); }
    // Takes the order or the replace of this cancel back: what its venue would say then, or none
    // where neither waits here. After that of a replace the old version is still to be cancelled.
    std::optional<VenueReport> withdraw(const CancelOrder& cancel);
    // Whether this is the name of a replace that was taken back.
    bool never_left(const ClientOrderId& name) const;
    bool empty() const { return effects_.empty(); }
    std::size_t size() const { return effects_.size(); }
    const Effects& all() const { return effects_; }
    void clear() {
        effects_.clear();
        withdrawn_.clear();
    }

private:
    bool brings(const ClientOrderId& name) const;

    Effects effects_; // its memory is used again and again
    std::vector<ClientOrderId> withdrawn_;
};

} // namespace grekko::runtime
