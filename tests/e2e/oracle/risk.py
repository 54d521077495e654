"""The checks that bind a single long-only agent (trading rules §5.2, §5.5), on one increase.

Every check is evaluated; any block denies, otherwise the least of the reductions is left.
"""

from exact import DOWN, ONE, TO_ZERO, UP, ZERO, Decimal, fraction, over, stepped, times
from venue import SECOND

HOUR = 3_600 * SECOND


def D(value):
    return Decimal(value)


def logistic(x):
    """From 65 points on −8 … 8, linear between."""
    x = max(min(x, D(8)), D(-8))
    index = int((x + 8) / D("0.25"))
    points = [over(ONE, ONE + (-(D(i) / 4 - 8)).exp()) for i in (index, index + 1)]
    if index >= 64:
        return points[0]
    within = x + 8 - D(index) / 4
    return points[0] + over((points[1] - points[0]) * within, D("0.25"))


def score_share(score):
    """What of the size a score leaves; none above 0.75."""
    if score <= D("0.40"):
        return ONE
    if score > D("0.75"):
        return ZERO
    return ONE - over(times(D("0.75"), score - D("0.40"), UP), D("0.35"), UP)


class Assessment:
    def __init__(self, disabled, requested):
        self.disabled = disabled
        self.requested = self.quantity = requested
        self.blocked = []

    def block(self, check, when):
        if when and check not in self.disabled:
            self.blocked.append(check)

    def reduce(self, check, most):
        if check not in self.disabled and most < self.requested:
            self.quantity = min(self.quantity, max(most, ZERO))


def affordable(room, unit):
    return over(room, unit, TO_ZERO) if room > 0 else ZERO


def check_past(host, a, share, now):
    """36 to 40: what has been traded and lost."""
    rules, market, book = host.rules, host.market, host.book
    traded, fees = book.last_day(now)
    a.block("turnover", traded + times(market.mark, a.requested, UP) > share("10")
            or fees > share("0.005"))
    a.block("agent_loss", -book.day_pnl() >= share("0.025", rules.tolerance) and book.day_pnl() < 0)
    fall = book.agent_fall()
    if "agent_loss" not in rules.disabled and fall > 0 and fall >= share(rules.leash, rules.tolerance):
        a.block("agent_loss", True)
        host.stopped = True
    a.block("day_loss", book.day_return() <= D("-0.03"))
    drawdown = book.drawdown()
    a.block("drawdown", drawdown >= D("0.08"))
    if host.halved or drawdown >= D("0.05"):
        a.reduce("drawdown", times(a.requested, D("0.5"), TO_ZERO))
    if host.losing_run >= 8:
        a.reduce("losing_run", times(a.requested, D("0.5"), TO_ZERO))
    if host.losing_run >= 12 and "losing_run" not in rules.disabled:
        a.block("losing_run", True)
        host.stopped = True


def score_factors(host, quantity, loss, costs, horizon, age):
    """Weight and u of each factor of the score; dissent and record are zero for an agent alone."""
    market, book = host.market, host.book
    mark, base, sigma, usual = market.mark, book.limit_base(), market.sigma(horizon), (
        market.month.value)
    distance = over(loss, mark)
    worst = times(mark, book.quantity + book.house + quantity, UP)
    return (
        ("1.5", fraction(worst, times(base, D("0.50"), DOWN))),
        ("1.5", fraction(times(loss, quantity, UP), times(base, D("0.04"), DOWN))),
        ("1.5", min(max(over(over(market.sigma_bar, usual) - ONE, D(3)), ZERO), ONE)
         if usual > 0 else ZERO),
        ("1.5", fraction(costs, sigma)),
        ("1.5", fraction(book.drawdown(), D("0.10"))),
        ("1.0", fraction(quantity, times(market.bar.volume, D("0.10"), DOWN))),
        ("1.0", min(max(ONE - over(distance, sigma + sigma), ZERO), ONE)),
        ("0.5", min(age, ONE)),
    )


def assess(host, requested, stop, urgency, horizon, now):
    """An increase from flat. Returns (quantity, names of the checks that block)."""
    rules, market, book = host.rules, host.market, host.book
    mark, base = market.mark, book.limit_base()
    tolerance = rules.tolerance
    a = Assessment(rules.disabled, requested)
    loss = mark - stop
    costs = market.round_trip(requested, urgency, now)

    def share(*rates):
        value = base
        for rate in rates:
            value = times(value, D(rate), DOWN)
        return value

    a.block("state", host.state != "active")
    a.block("breaker", host.breaker_open(now))
    a.reduce("size_form", stepped(requested, rules.lot, TO_ZERO))
    a.block("notional", times(mark, stepped(requested, rules.lot, TO_ZERO), TO_ZERO)
            < times(rules.notional_min, D("1.02"), UP))
    close = market.bar.opened + rules.interval
    age = over(D(now - close), D(rules.interval) * D("1.5"), UP)
    a.block("data_age", age > 1)
    a.reduce("participation", times(market.bar.volume, D("0.10"), DOWN))
    if market.week.value > 0:
        a.block("volatility", market.sigma_bar > times(market.week.value, D(5), DOWN))
    a.block("order_value", times(mark, requested, UP) > share("0.25"))
    a.reduce("trade_risk", affordable(share("0.0125", tolerance), loss + times(mark, costs, UP)))
    distance = over(loss, mark)
    noise = max(times(rules.half_spread * 2, D(3), UP), times(market.sigma(HOUR), D("0.25"), UP))
    a.block("stop_sane", not (noise <= distance <= D("0.20")))
    a.block("edge", market.sigma(horizon) < times(costs, rules.edge, UP))
    for check, rates in (("agent_gross", ("0.50", tolerance)), ("instrument", ("0.50",)),
                         ("book_gross", ("0.80",)), ("virtual_gross", ("0.50", "1.5")),
                         ("cluster", ("0.60",)), ("leverage", ("1.0",))):
        room = share(*rates)
        if check == "agent_gross":
            room = min(room, rules.capital)
        held = book.quantity if check == "agent_gross" else book.quantity + book.house
        a.reduce(check, affordable(room, mark) - held)
    a.reduce("balance", affordable(book.cash, times(mark, ONE + rules.taker_fee + D("0.01"), UP)))
    a.reduce("heat", affordable(share("0.04"), loss))
    check_past(host, a, share, now)
    factors = score_factors(host, a.quantity, loss, costs, horizon, age)
    score = logistic(sum((times(D(b), u) for b, u in factors), D(-4)))
    left = score_share(score)
    a.block("score", left == 0)
    if left < 1:
        a.reduce("score", times(a.quantity, left, TO_ZERO))
    quantity = stepped(a.quantity, rules.lot, TO_ZERO)
    small = times(mark, quantity, TO_ZERO) < times(rules.notional_min, D("1.02"), UP)
    if not a.blocked and small:
        a.blocked.append("reduced_to_dust")
    return (ZERO if a.blocked else quantity), a.blocked


__all__ = ["assess"]
