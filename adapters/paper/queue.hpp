// Queue: the estimate of how much was shown before an order at its price. It moves by trades
// exactly and by a shrinking level as the model says. Pure numbers: who trades and what is filled
// is the book model's.
#pragma once

#include "paper/config.hpp"

namespace grekko::paper {

struct QueueStep {
    Decimal ahead; // afterwards
    Decimal fill;  // of our rest
};

// A trade of `traded` at the price: a = min(traded, ahead) goes to those before us, then we fill.
QueueStep queue_trade(Decimal ahead, Decimal rest, Decimal traded);

// A level told anew. `before` as it was last told, `traded` at it since then, `after` as it is
// now. What is gone beyond the trades was cancelled: risk_averse takes it from behind us; prob
// takes (1 - p) of it from before us, p = backⁿ / (backⁿ + aheadⁿ). Growth is behind us.
Decimal queue_level(QueueModel model, int power, Decimal ahead, Decimal before, Decimal traded,
                    Decimal after);

} // namespace grekko::paper
