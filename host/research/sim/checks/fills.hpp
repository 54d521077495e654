// Every trade is booked once with its price and its fee, and nothing is booked that did not happen:
// per trade id the booked parts never exceed the trade, and no order is booked as filled beyond
// what the venue has filled. Doubled reports and repeated snapshots change nothing.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Fills {
public:
    static constexpr std::string_view name = "fills";

    void on(const events::OrderFilled& event, const Scene& scene) {
        const TrueOrder* order = scene.truth.find(event.fill.order);
        const StoryOrder* told = scene.story.order(event.fill.order);
        const Quantity booked = (told == nullptr ? Quantity{} : told->filled) + event.fill.quantity;
        if (order == nullptr || booked > order->filled) {
            scene.findings.add(name,
                               "order " + text(event.fill.order) + " is booked as filled " +
                                   booked.to_string() + ", the venue filled " +
                                   (order == nullptr ? "nothing" : order->filled.to_string()));
        }
        book(event.fill, scene);
    }
    void on(const events::FillUpgraded& event, const Scene& scene) { book(event.fill, scene); }
    void on(const events::ForeignFill& event, const Scene& scene) {
        scene.findings.add(name, "a fill of our own was booked as foreign: trade " +
                                     event.fill.trade_id.string());
    }

private:
    struct Booked {
        Quantity quantity;
        Decimal fee;
    };

    void book(const Fill& fill, const Scene& scene) {
        if (fill.trade_id.empty()) return; // inferred: the order's sum above holds it in
        const TradeKey key{fill.venue, fill.trade_id.string()};
        const auto real = scene.truth.fills().find(key);
        if (real == scene.truth.fills().end()) {
            return scene.findings.add(name, "trade " + key.second + " never happened");
        }
        Booked& booked = booked_[key];
        booked.quantity += fill.quantity;
        booked.fee += fill.fee;
        const TrueFill& trade = real->second;
        const bool fees = booked.fee.abs() <= trade.fee.abs();
        if (booked.quantity > trade.quantity || fill.price != trade.price || !fees) {
            scene.findings.add(
                name, "trade " + key.second + " is booked as " + booked.quantity.to_string() +
                          " at " + fill.price.to_string() + " with fees " + booked.fee.to_string() +
                          ", it was " + trade.quantity.to_string() + " at " +
                          trade.price.to_string() + " with fees " + trade.fee.to_string());
        }
    }

    std::map<TradeKey, Booked> booked_;
};

} // namespace grekko::sim::checks
