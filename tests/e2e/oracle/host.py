"""The oracle's host: one ema_cross agent alone (consensus.solo = pass), its stops, its limits."""

from exact import UP, ZERO, Decimal, over, rounded, stepped, times, TO_ZERO
from book import Book
from execution import Execution, Parent
from market import Indicators, Market
from risk import assess
from venue import Venue

MILLISECOND = 1_000_000


class Host:
    def __init__(self, rules, clock):
        self.rules, self.clock = rules, clock
        self.market = Market(rules)
        self.book = Book(rules.capital, self.market)
        self.venue = Venue(rules, clock, self.report)
        self.execution = Execution(self)
        self.indicators = Indicators(rules.fast, rules.slow)
        self.bars = 0
        self.state = "active"
        self.demands = {}
        self.halved = self.stopped = False
        self.losing_run = 0
        self.stop = None
        self.stop_next = None
        self.waiting_close = False
        self.refused = {}
        self.intents = 0

    # -- the market ----------------------------------------------------------------------------
    def see_bar(self, bar, now):
        self.market.add(bar)
        self.bars += 1
        self.limits_on_mark(now)
        self.indicators.add(float(bar.high), float(bar.low), float(bar.close))
        self.check_stop(bar, now)
        if self.bars > self.rules.warmup and self.state != "halted":
            self.on_bar(bar, now)

    def limits_on_mark(self, now):
        """38 and 39 on every mark: states, and the halving until the drawdown is below 4 %."""
        book, off = self.book, self.rules.disabled
        new_day = book.day is not None and book.day != now // (86_400 * 1000 * MILLISECOND)
        if book.day is not None:
            if "day_loss" not in off:
                loss = -book.day_return()
                if loss >= Decimal("0.05"):
                    self.demand("day_loss", "halted")
                elif loss >= Decimal("0.03") and "day_loss" not in self.demands:
                    self.demand("day_loss", "reducing")
            if "drawdown" not in off:
                drawdown = book.drawdown()
                if drawdown >= Decimal("0.08"):
                    self.demand("drawdown", "halted" if drawdown >= Decimal("0.10")
                                else "reducing")
                if drawdown >= Decimal("0.05"):
                    self.halved = True
                elif drawdown < Decimal("0.04"):
                    self.halved = False
        book.marked(now)
        if new_day and self.demands.get("day_loss") == "reducing":
            del self.demands["day_loss"]
        self.settle(now)

    def demand(self, cause, state):
        order = ("active", "reducing", "halted")
        self.demands[cause] = max(self.demands.get(cause, "active"), state, key=order.index)

    def settle(self, now):
        order = ("active", "reducing", "halted")
        before, self.state = self.state, max(self.demands.values(), default="active",
                                             key=order.index)
        if self.state != "active" and before != self.state:
            for parent in self.execution.working("increase"):
                self.execution.end(parent, now)

    # -- stops ---------------------------------------------------------------------------------
    def check_stop(self, bar, now):
        """A trade at or beyond the stop, seen when the bar is visible: one order to leave."""
        exiting = self.execution.working("stop")
        if self.stop is None or self.book.quantity == 0 or exiting or bar.low > self.stop:
            return
        self.execution.start(Parent("sell", "stop", self.book.quantity, "stop",
                                    self.market.mark, now, self.stop), now)

    # -- the agent (§10, §11) --------------------------------------------------------------------
    def flat(self):
        held = self.book.quantity
        return held < self.rules.lot or times(self.market.mark, held) < self.rules.notional_min

    def on_bar(self, bar, now):
        i, close = self.indicators, float(bar.close)
        pending = [p for p in self.execution.open if p.purpose != "stop"] or self.waiting_close
        if i.crossed and self.flat() and not pending:
            cost = float(self.market.round_trip(ZERO, "normal", now)) * close
            if 4 * i.range.value < self.rules.cost_factor * cost:
                return
            wanted = close - self.rules.stop_atr * i.range.value
            self.clock.at(now + MILLISECOND, 4, lambda t: self.target(wanted, t))
        elif not i.up and not self.flat():
            self.clock.at(now + MILLISECOND, 4, self.leave)

    def snapped(self, price):
        """To the nearest tick within 10^-9, else the nearer protective price."""
        exact = rounded(Decimal(price), "ROUND_HALF_EVEN")
        nearest = stepped(exact, self.rules.tick, "ROUND_HALF_EVEN")
        if abs(nearest - exact) <= times(exact, Decimal("0.000000001")):
            return nearest
        return stepped(exact, self.rules.tick, UP)

    def target(self, wanted, now):
        """`risk` of NAV, lost at the stop with a round trip's costs; clamped to 16 and 22-24."""
        self.intents += 1
        stop, mark, rules = self.snapped(wanted), self.market.mark, self.rules
        if self.state == "halted" or stop >= mark:
            return self.refuse("invalid" if stop >= mark else "halted")
        costs = self.market.round_trip(ZERO, rules.urgency, now)
        unit = mark - stop + times(mark, costs, UP)
        size = over(times(self.book.nav(), rules.risk, TO_ZERO), unit, TO_ZERO)
        base = self.book.limit_base()
        room = min(times(base, Decimal("0.25"), TO_ZERO),
                   times(times(base, Decimal("0.50"), TO_ZERO), rules.tolerance, TO_ZERO))
        size = stepped(min(size, over(room, mark, TO_ZERO)), rules.lot, TO_ZERO)
        if size < rules.lot or times(mark, size, TO_ZERO) < rules.notional_min:
            return self.refuse("nothing_to_do")
        quantity, blocked = assess(self, size, stop, rules.urgency, rules.horizon, now)
        if blocked:
            return self.refuse(blocked[0], blocked)
        self.stop_next = stop
        return self.execution.start(
            Parent("buy", "increase", quantity, rules.urgency, mark, now), now)

    def refuse(self, reason, all_of_them=()):
        self.refused[reason] = self.refused.get(reason, 0) + 1

    def leave(self, now):
        """close(): older work ends first; then the position, less what already leaves."""
        if self.state == "halted":
            return
        working = self.execution.working("increase") + self.execution.working("reduce")
        if self.execution.working("reduce"):
            return  # the same target again: nothing to do
        quantity = self.book.quantity
        if working:
            self.waiting_close = quantity
            for parent in working:
                self.execution.end(parent, now)
        else:
            self.reduce(quantity, now)

    def reduce(self, quantity, now):
        leaving = sum((p.rest for p in self.execution.working("stop")), ZERO)
        quantity = stepped(min(quantity, self.book.quantity - leaving), self.rules.lot, TO_ZERO)
        if times(self.market.mark, quantity, TO_ZERO) < times(
                self.rules.notional_min, Decimal("1.02"), UP):
            return
        self.execution.start(Parent("sell", "reduce", quantity, "normal", self.market.mark, now),
                             now)

    def part(self, quantity):
        """13, 14 and 16 do not make an exit smaller: it goes in parts, by the market of now."""
        market, most = self.market, [quantity]
        off = self.rules.disabled
        if "participation" not in off:
            most.append(times(market.bar.volume, Decimal("0.10"), "ROUND_FLOOR"))
        if "order_value" not in off:
            limit = times(self.book.limit_base(), Decimal("0.25"), "ROUND_FLOOR")
            most.append(over(limit, market.mark, TO_ZERO))
        return max(stepped(min(most), self.rules.lot, TO_ZERO), self.rules.lot)

    def parent_closed(self, parent, now):
        """What an exit leaves and cannot be sold is dust: it goes to the house at the mark (§1)."""
        if parent.side == "sell" and self.book.quantity > 0 and self.flat() and (
                not self.execution.open):
            self.round_trip(self.book.to_house())
        if self.waiting_close and not self.execution.open:
            quantity, self.waiting_close = self.waiting_close, False
            self.reduce(quantity, now)

    def round_trip(self, result):
        self.stop = None
        self.losing_run = self.losing_run + 1 if result < 0 else 0

    # -- sending and hearing ---------------------------------------------------------------------
    def breaker_open(self, now):
        return self.stopped

    def report(self, order, kind, fill, now):
        if kind == "filled":
            quantity, price, fee = fill
            order.parent.filled += quantity
            result = self.book.filled(order.side, quantity, price, fee, now)
            if order.side == "buy":
                self.stop = self.stop_next
            if result is not None:
                self.round_trip(result)
        if order.rest == 0 or kind != "filled":
            self.execution.ended(order, now)
        self.execution.work(order.parent, now)


__all__ = ["Host"]
