"""The oracle's venue: fills on bars (trading rules §8) for limit and market orders.

A bar is worked at its opening. An order that arrives within five seconds and a tenth of the
interval after it belongs to that opening, a later one to the next. Times are nanoseconds.
"""

import itertools

from exact import DOWN, EVEN, ONE, UP, ZERO, Decimal, over, root, stepped, times

SECOND = 1_000_000_000
MINUTE = 60 * SECOND
DAY = 1_440 * MINUTE
DECAY = Decimal("0.988514020352896135")  # 2^(-1/60)


class Order:
    def __init__(self, side, quantity, limit, kind, parent, stop=None):
        self.side, self.quantity, self.limit = side, quantity, limit
        self.kind = kind  # "ioc": limit, rest cancelled; "market": the same, any price; "post"
        self.parent = parent
        self.stop = stop  # whose exit it is: no fill is better than that
        self.filled = ZERO
        self.state = "sent"  # then pending (waits for an opening), resting, closed
        self.cancel_wanted = False
        self.bar_fill = None  # quantity that a running bar fills at its close
        self.last_due = 0

    @property
    def rest(self):
        return self.quantity - self.filled


class Statistics:
    """Volatility of a day and the volume of 24 hours, of bars that have closed."""

    def __init__(self, rules):
        self.rules = rules
        self.squares = self.weights = ZERO
        self.samples = 0
        self.close = None
        self.volumes = []  # (end, volume) of the last day and a little more
        self.first = None

    def add(self, bar):
        if self.close is not None:
            change = over(bar.close - self.close, self.close)
            self.squares = times(self.squares, DECAY) + times(change, change)
            self.weights = times(self.weights, DECAY) + ONE
            self.samples += 1
        self.close = bar.close
        self.first = bar.opened if self.first is None else self.first
        self.volumes.append((bar.opened + self.rules.interval, bar.volume))
        while self.volumes[0][0] <= bar.opened - DAY:
            self.volumes.pop(0)

    def sigma_day(self):
        if self.samples < 10:
            return self.rules.sigma_day_unknown
        variance = over(self.squares, self.weights)
        return root(over(variance * DAY, Decimal(self.rules.interval)))

    def volume_day(self, now):
        # The running minute and the 1 439 before it; a bar counts in the last minute it covers.
        first = now // MINUTE - DAY // MINUTE
        seen = sum((v for end, v in self.volumes if (end - 1) // MINUTE > first), ZERO)
        span = now - self.first if self.first is not None else 0
        if span <= 0 or span >= DAY:
            return seen
        return over(seen * DAY, Decimal(span))

    def impact(self, quantity, now):
        """0.7 · sigma(1 d) · sqrt(q / V)."""
        volume = self.volume_day(now)
        share = over(quantity, volume) if volume > 0 else Decimal("0.0001")
        return times(times(Decimal("0.7"), self.sigma_day()), root(share), UP)


class Venue:
    def __init__(self, rules, clock, report):
        self.rules, self.clock, self.report = rules, clock, report
        self.statistics = Statistics(rules)
        self.bar = None
        self.range_before = ZERO
        self.left = {}
        self.orders = []
        self.fills = []
        self.number = itertools.count(1)

    # -- requests travel, reports too ----------------------------------------------------------
    def place(self, order, now):
        self.clock.at(now + self.rules.latency, 0, lambda t: self.arrive(order, t))

    def cancel(self, order, now):
        self.clock.at(now + self.rules.latency, 0, lambda t: self.end(order, t))

    def tell(self, order, kind, at, due, fill=None):
        order.last_due = due = max(due, order.last_due)
        self.clock.at(due, 3, lambda t: self.report(order, kind, fill, t))

    # -- openings ------------------------------------------------------------------------------
    def open_bar(self, bar, now):
        if self.bar is not None:
            self.statistics.add(self.bar)
            self.range_before = self.bar.high - self.bar.low
        self.bar = bar
        share = stepped(times(bar.volume, self.rules.bar_share, DOWN), self.rules.lot, DOWN)
        self.left = {"buy": share, "sell": share}
        for order in [o for o in self.orders if o.state == "pending"]:
            self.at_open(order, now)
        for order in [o for o in self.orders if o.state == "resting"]:
            self.within(order)

    def arrive(self, order, now):
        tolerance = min(5 * SECOND, self.rules.interval // 10)
        near = self.bar is not None and now <= self.bar.opened + tolerance
        takes = order.side == "buy" and order.limit is not None and order.limit > self.bar.open
        takes |= order.side == "sell" and order.limit is not None and order.limit < self.bar.open
        if order.kind == "post" and near and takes:
            order.state = "closed"
            return self.tell(order, "rejected", now, now + self.rules.latency)
        self.orders.append(order)
        order.state = "pending"
        if near:
            self.at_open(order, now)
            if order.state == "resting":
                self.within(order)

    def half(self):
        return max(times(self.rules.tick, Decimal("0.5"), UP),
                   times(self.bar.open, self.rules.half_spread, UP))

    def costs(self, quantity):
        """Half a spread and impact, in price."""
        impact = self.statistics.impact(quantity, self.bar.opened)
        return self.half() + times(self.bar.open, impact, UP)

    def stopped_at(self, order):
        """The worse of open and stop, half a spread, 5 % of the range of the bar before (§8)."""
        cost = self.half() + times(self.range_before, Decimal("0.05"), UP)
        price = stepped(min(self.bar.open, order.stop) - cost, self.rules.tick, DOWN)
        return max(price, self.rules.tick)

    def at_open(self, order, now):
        quantity = min(order.rest, self.left[order.side])
        cost = self.costs(quantity)
        if order.side == "buy":
            price = stepped(self.bar.open + cost, self.rules.tick, UP)
            good = order.limit is None or price <= order.limit
        else:
            price = max(stepped(self.bar.open - cost, self.rules.tick, DOWN), self.rules.tick)
            if order.stop is not None:
                price = self.stopped_at(order)
            good = order.limit is None or price >= order.limit
        if order.kind == "post":
            order.state = "resting"
            return
        if good and quantity > 0:
            self.left[order.side] -= quantity
            self.fill(order, price, quantity, "taker", now, now + self.rules.latency)
        if order.state != "closed":
            self.end(order, now)

    # -- inside a bar: what it trades through fills at its close ---------------------------------
    def within(self, order):
        if order.bar_fill is not None:
            return
        bar, tick = self.bar, self.rules.tick
        through = bar.low <= order.limit - tick if order.side == "buy" else (
            bar.high >= order.limit + tick)
        quantity = min(order.rest, self.left[order.side])
        if not through or quantity <= 0:
            return
        self.left[order.side] -= quantity
        order.bar_fill = quantity
        close = bar.opened + self.rules.interval
        self.clock.at(close, 0, lambda t: self.close_of_bar(order, t))

    def close_of_bar(self, order, now):
        quantity, order.bar_fill = order.bar_fill, None
        if order.state == "resting":
            self.fill(order, order.limit, quantity, "maker", now, now)

    def fill(self, order, price, quantity, liquidity, now, due):
        rate = self.rules.maker_fee if liquidity == "maker" else self.rules.taker_fee
        fee = stepped(times(times(quantity, price), rate), self.rules.fee_step, EVEN)
        order.filled += quantity
        if order.rest == 0:
            order.state = "closed"
        self.fills.append((now, order, quantity, price, fee, liquidity))
        self.tell(order, "filled", now, due, (quantity, price, fee))

    def end(self, order, now):
        if order.state == "closed":
            return
        order.state = "closed"
        self.tell(order, "cancelled", now, now + self.rules.latency)


__all__ = ["Order", "Venue", "SECOND", "MINUTE", "DAY", "DECAY"]
