// Every position has stops of exactly its quantity: what changes when the position does.
#include <algorithm>

#include "base/planted.hpp"
#include "core/risk/money.hpp"
#include "core/risk/stops_parts.hpp"

namespace grekko::risk {

using namespace stop_parts;

namespace {

class Cover {
public:
    Cover(const Stops& stops, const PositionChange& change) : change_{change} {
        for (const StopId id : held(stops, change.agent, change.instrument)) {
            stops_.push_back(*find(stops, id));
        }
    }

    std::vector<StopChange> make() {
        const bool flat =
            change_.quantity.is_zero() || change_.quantity.abs() < change_.lot;
        const Side side = change_.quantity.is_negative() ? Side::sell : Side::buy;
        Quantity covered;
        for (const StopRecord& stop : stops_) {
            if (flat || stop.side != side) {
                close(stop);
            } else {
                covered += stop.quantity;
            }
        }
        if (flat) return std::move(changes_);
        std::erase_if(stops_, [&](const StopRecord& stop) { return stop.side != side; });
        const Quantity wanted = change_.quantity.abs();
        if (covered > wanted) shrink(covered - wanted);
        if (covered < wanted) grow(wanted - covered, side);
        return std::move(changes_);
    }

private:
    void close(const StopRecord& stop) {
        events::StopClosed closed;
        closed.id = stop.id;
        const bool own = !change_.exit.is_none() && stop.id == change_.exit;
        closed.end = !own ? events::StopEnd::position_closed
                     : stop.cause == events::StopTriggerCause::take ? events::StopEnd::taken
                                                                    : events::StopEnd::filled;
        changes_.emplace_back(closed);
    }
    void resize(const StopRecord& stop, Quantity quantity) {
        changes_.emplace_back(events::StopMoved{stop.id, stop.stop, stop.extreme, quantity});
    }
    // The exit that did it, then the newest; what leaves anyway comes last.
    void shrink(Quantity excess) {
        const auto rank = [&](const StopRecord& stop) {
            return stop.id == change_.exit ? 0 : stop.exiting() ? 2 : 1;
        };
        std::sort(stops_.begin(), stops_.end(), [&](const StopRecord& a, const StopRecord& b) {
            return rank(a) != rank(b) ? rank(a) < rank(b) : a.id > b.id;
        });
        for (const StopRecord& stop : stops_) {
            if (!excess.is_positive()) return;
            const Quantity taken = std::min(excess, stop.quantity);
            excess -= taken;
            if (taken == stop.quantity) {
                close(stop);
            } else {
                resize(stop, stop.quantity - taken);
            }
        }
    }
    void grow(Quantity more, Side side) {
        const auto own = std::find_if(stops_.rbegin(), stops_.rend(), [&](const StopRecord& s) {
            return s.intent == change_.intent && !s.exiting();
        });
        if (own != stops_.rend() && planted(Bug::stop_not_resized)) return;
        if (own != stops_.rend()) return resize(*own, own->quantity + more);
        events::StopArmed armed;
        armed.intent = change_.intent;
        armed.agent = change_.agent;
        armed.instrument = change_.instrument;
        armed.position_side = side;
        armed.quantity = more;
        armed.stop = change_.stop.is_positive() ? change_.stop : default_stop(side);
        armed.take = change_.take;
        armed.trail = change_.trail;
        armed.mark = change_.mark;
        changes_.emplace_back(armed);
    }
    // Rounded toward the mark: it exits rather sooner.
    Price default_stop(Side side) const {
        const Rate away = std::clamp(change_.default_stop, Rate{}, Rate::whole(1));
        const Price distance = scaled(change_.mark, away, Rounding::floor);
        return side == Side::buy ? change_.mark - distance : change_.mark + distance;
    }

    const PositionChange& change_;
    std::vector<StopRecord> stops_;
    std::vector<StopChange> changes_;
};

}  // namespace

std::vector<StopChange> on_position(const Stops& stops, const PositionChange& change) {
    return Cover{stops, change}.make();
}

StopMoveDecision move_stop(const Stops& stops, const StopMoveRequest& request) {
    StopMoveDecision decision;
    if (!request.stop.is_positive()) return {{}, "no price"};
    const std::vector<StopId>& ids = held(stops, request.agent, request.instrument);
    if (ids.empty()) return {{}, "no position"};
    for (const StopId id : ids) {
        const StopRecord& stop = *find(stops, id);
        if (stop.exiting() || stop.stop == request.stop) continue;
        const bool tighter = is_long(stop) ? request.stop > stop.stop : request.stop < stop.stop;
        if (!tighter && request.right != StopMoveRight::voted) continue;
        const bool keeps = stop.trail.is_positive() || !request.mark.is_positive();
        decision.moved.push_back(
            {id, request.stop, keeps ? stop.extreme : request.mark, stop.quantity});
    }
    if (decision.moved.empty()) decision.refusal = "looser: only a vote can loosen a stop";
    return decision;
}

}  // namespace grekko::risk
