"""How the oracle works an approved quantity (trading rules §6, §7), one instrument, one venue.

passive: post-only at the touch, 60 s, then across. normal: IOC within 10 bp, the rest passive 10 s,
then IOC. stop: IOC 1 %, 2 %, 4 % through the touch, two seconds apart, then at the market.
"""

from exact import DOWN, UP, ZERO, Decimal, stepped, times
from venue import SECOND, Order

POST_ONLY_MAX = 6  # the first and five more
ACROSS_MAX = 3  # an IOC and two more for what it left
ESCALATION = (Decimal("0.01"), Decimal("0.02"), Decimal("0.04"))


class Parent:
    def __init__(self, side, purpose, quantity, urgency, mark, now, stop=None):
        self.side, self.purpose, self.quantity = side, purpose, quantity
        self.urgency, self.opened, self.decided_mark = urgency, now, mark
        self.stop = stop  # whose exit it is
        self.filled = ZERO
        self.children = []
        self.posts = self.takes = self.across = self.misses = 0
        self.passive_since = self.sent = self.ended = None
        self.ending = self.closed = False

    @property
    def rest(self):
        return self.quantity - self.filled


def beyond(side, price, share):
    distance = times(price, share, DOWN)
    return price + distance if side == "buy" else price - distance


class Execution:
    def __init__(self, host):
        self.host, self.rules = host, host.rules
        self.open = []

    def start(self, parent, now):
        self.open.append(parent)
        self.work(parent, now)

    def working(self, purpose):
        return [p for p in self.open if p.purpose == purpose]

    def end(self, parent, now):
        """Superseded or no longer allowed: what is open is cancelled."""
        parent.ending = True
        self.work(parent, now)

    # -- one look at a parent ------------------------------------------------------------------
    def work(self, parent, now):
        if parent.closed:
            return
        idle = not parent.children
        small = parent.rest < self.rules.lot or (
            times(self.host.market.mark, parent.rest) < self.rules.notional_min)
        if parent.rest == 0 or parent.ending or (idle and small):
            return self.close(parent, now) if idle else self.cancel(parent, now)
        getattr(self, "stop" if parent.purpose == "stop" else parent.urgency)(parent, now)

    def again(self, parent, at):
        self.host.clock.at(at, 4, lambda now: self.work(parent, now))

    def close(self, parent, now):
        parent.closed = True
        self.open.remove(parent)
        self.host.parent_closed(parent, now)

    def cancel(self, parent, now):
        for child in parent.children:
            if not child.cancel_wanted:
                child.cancel_wanted = True
                self.host.venue.cancel(child, now)

    # -- the ways ------------------------------------------------------------------------------
    def passive(self, parent, now):
        deadline = parent.opened + 60 * SECOND
        if now >= deadline:
            return self.cross(parent, now)
        if not parent.children and parent.posts < POST_ONLY_MAX:
            self.post(parent, now)
        self.again(parent, min(deadline, now + SECOND))

    def normal(self, parent, now):
        if parent.children:
            if parent.passive_since is not None:
                over = parent.passive_since + 10 * SECOND
                return self.cancel(parent, now) if now >= over else self.again(parent, over)
            return None
        if parent.takes == 0:
            near = beyond(parent.side, self.opposite(parent), Decimal("0.001"))
            if self.take(parent, self.stricter(parent, near), now):
                return None
        since = parent.passive_since
        if since is None or now < since + 10 * SECOND:
            self.post(parent, now)
            return self.again(parent, (now if since is None else since) + 10 * SECOND)
        return self.cross(parent, now)

    def cross(self, parent, now):
        if parent.children:
            return self.cancel(parent, now)
        if parent.across >= ACROSS_MAX:
            return self.close(parent, now)
        parent.across += 1
        if not self.take(parent, self.bound(parent), now):
            self.close(parent, now)
        return None

    def stop(self, parent, now):
        if parent.children:
            return None
        if parent.sent is not None:
            due = (parent.sent if parent.misses else parent.ended) + 2 * SECOND
            if now < due:
                return self.again(parent, due)
        level = min(parent.misses, 3)
        if level == 3:
            limit = None
        else:
            touch = min(self.opposite(parent), parent.stop)
            limit = beyond(parent.side, touch, ESCALATION[level])
            limit = stepped(limit, self.rules.tick, DOWN if parent.side == "buy" else UP)
        self.send(parent, parent.rest, limit, "market" if limit is None else "ioc", now)
        return None

    # -- orders --------------------------------------------------------------------------------
    def opposite(self, parent):
        bid, ask = self.host.market.touch()
        return ask if parent.side == "buy" else bid

    def bound(self, parent):
        """The protection that stands in for "market"; increases stay inside the collar (12)."""
        if parent.purpose == "increase":
            marks = (parent.decided_mark, self.host.market.mark)
            mark = min(marks) if parent.side == "buy" else max(marks)
            return beyond(parent.side, mark, Decimal("0.005"))
        return beyond(parent.side, self.host.market.mark, Decimal("0.02"))

    def stricter(self, parent, limit):
        bound = self.bound(parent)
        return min(limit, bound) if parent.side == "buy" else max(limit, bound)

    def piece(self, parent):
        rest = parent.rest - sum((c.rest for c in parent.children), ZERO)
        quantity = rest
        if parent.purpose == "reduce":
            quantity = min(rest, self.host.part(parent.quantity))
        if parent.side == "sell":
            quantity = min(quantity, self.host.book.quantity)
        return stepped(quantity, self.rules.lot, DOWN)

    def post(self, parent, now):
        bid, ask = self.host.market.touch()
        buy = parent.side == "buy"
        limit = stepped(self.stricter(parent, bid if buy else ask), self.rules.tick,
                        DOWN if buy else UP)
        quantity = self.piece(parent)
        if quantity > 0 and times(limit, quantity, DOWN) >= self.rules.notional_min:
            parent.posts += 1
            parent.passive_since = now if parent.passive_since is None else parent.passive_since
            self.send(parent, quantity, limit, "post", now)

    def take(self, parent, limit, now):
        limit = stepped(limit, self.rules.tick, DOWN if parent.side == "buy" else UP)
        quantity = self.piece(parent)
        if quantity <= 0 or times(limit, quantity, DOWN) < self.rules.notional_min:
            return False
        self.send(parent, quantity, limit, "ioc", now)
        return True

    def send(self, parent, quantity, limit, kind, now):
        order = Order(parent.side, quantity, limit, kind, parent, parent.stop)
        if kind != "post":
            parent.takes += 1
        parent.children.append(order)
        parent.sent = now
        self.host.venue.place(order, now)

    # -- what the venue says -------------------------------------------------------------------
    def ended(self, order, now):
        parent = order.parent
        parent.children.remove(order)
        parent.ended = now
        parent.misses = 0 if order.rest == 0 else parent.misses + 1


__all__ = ["Execution", "Parent"]
