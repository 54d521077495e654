// HeldEffects: what may not leave yet, in the order in which it was decided: orders until their
// records are durable, and behind them whatever speaks of an order that its venue does not know. An
// order that is cancelled while it waits never leaves. It makes nothing durable and sends nothing.
// The driver owns one.
#pragma once

#include "domain/effect.hpp"

namespace grekko::runtime {

class HeldEffects {
public:
    // A place or replace always; a cancel or query by a client id that the venue learns from one
    // that waits, and a snapshot while anything does.
    bool must_wait(const Effect& effect) const;
    void add(const Effect& effect) { effects_.push_back(effect); }
    // Takes the order of this cancel back. False where it does not wait here, or its replace does.
    bool withdraw(const CancelOrder& cancel);
    bool empty() const { return effects_.empty(); }
    std::size_t size() const { return effects_.size(); }
    const Effects& all() const { return effects_; }
    void clear() { effects_.clear(); }

private:
    bool brings(const ClientOrderId& name) const;

    Effects effects_; // its memory is used again and again
};

} // namespace grekko::runtime
