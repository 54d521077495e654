"""What the oracle's host knows of the market: mark, volatility, volume, cost (trading rules §1)."""

from exact import DOWN, ONE, UP, ZERO, Decimal, over, root, stepped, times
from venue import DAY, DECAY, MINUTE

QUARTER = 15 * MINUTE


class Median:
    """The lower median of the first sample in each period, over the last `count` periods."""

    def __init__(self, period, count):
        self.period, self.count = period, count
        self.samples = {}
        self.value = ZERO

    def add(self, at, sample):
        number = at // self.period
        if number in self.samples:
            return
        self.samples[number] = sample
        for old in [n for n in self.samples if n <= number - self.count]:
            del self.samples[old]
        ranked = sorted(self.samples.values())
        self.value = ranked[(len(ranked) - 1) // 2] if len(ranked) >= 6 else ZERO


class Market:
    def __init__(self, rules):
        self.rules = rules
        self.bar = None
        self.mark = ZERO
        self.squares = self.weights = ZERO
        self.returns = 0
        self.sigma_bar = ZERO
        self.quarters = {}
        self.first = None
        self.week = Median(10 * MINUTE, 1_008)
        self.month = Median(60 * MINUTE, 720)

    def add(self, bar):
        end = bar.opened + self.rules.interval
        if self.bar is not None:
            change = over(bar.close, self.mark) - ONE
            self.squares = times(self.squares, DECAY) + times(change, change)
            self.weights = times(self.weights, DECAY) + ONE
            self.returns += 1
            self.sigma_bar = root(over(self.squares, self.weights))
        self.bar, self.mark = bar, bar.close
        self.first = bar.opened if self.first is None else self.first
        number = (end - 1) // QUARTER
        self.quarters[number] = self.quarters.get(number, ZERO) + bar.volume
        for old in [n for n in self.quarters if n < number - 200]:
            del self.quarters[old]
        if self.sigma_known():
            self.week.add(end, self.sigma_bar)
            self.month.add(end, self.sigma_bar)

    def sigma_known(self):
        return self.returns >= 5

    def sigma(self, horizon):
        """Over a horizon: of a bar, times the root of how many bars that is."""
        if not self.sigma_known():
            return ZERO
        return times(self.sigma_bar, root(over(Decimal(horizon), Decimal(self.rules.interval))))

    def volume_day(self, now):
        """Of the running quarter of an hour and the 95 before it."""
        last = now // QUARTER
        seen = sum((v for n, v in self.quarters.items() if last - 96 < n <= last), ZERO)
        age = max(now - self.first, 5 * MINUTE)
        return seen if age >= DAY else over(seen * DAY, Decimal(age))

    def impact(self, quantity, now):
        volume = self.volume_day(now)
        if volume <= 0:
            return ZERO
        sigma = times(self.sigma(DAY), Decimal("0.7"))
        return times(sigma, root(over(quantity, volume)))

    def round_trip(self, quantity, urgency, now):
        """Entry by urgency, exit as taker, as a fraction of price."""
        rules = self.rules
        half = max(rules.half_spread, over(rules.tick, self.mark * 2))
        impact = self.impact(quantity, now)
        leave = rules.taker_fee + half + impact
        if urgency == "passive":
            return rules.maker_fee + over(half, Decimal(2)) + leave
        return rules.taker_fee + half + impact + leave

    def touch(self):
        """Half a spread around the mark stands in for the book (§8)."""
        tick = self.rules.tick
        away = max(times(self.mark, self.rules.half_spread), over(tick, Decimal(2)))
        bid = stepped(self.mark - away, tick, DOWN)
        ask = stepped(self.mark + away, tick, UP)
        return bid, ask


class Average:
    """y += share · (x − y), begun with the mean of the first `window` values."""

    def __init__(self, window, share):
        self.window, self.share = window, share
        self.first = []
        self.value = self.before = None

    def add(self, x):
        self.before = self.value
        if self.value is not None:
            self.value += self.share * (x - self.value)
            return
        self.first.append(x)
        if len(self.first) == self.window:
            self.value = sum(self.first) / self.window


class Indicators:
    """EMA: share 2 / (n + 1). ATR: Wilder's average, share 1 / n, of the true range."""

    def __init__(self, fast, slow, atr=24):
        self.fast = Average(fast, 2.0 / (fast + 1.0))
        self.slow = Average(slow, 2.0 / (slow + 1.0))
        self.range = Average(atr, 1.0 / atr)
        self.close = None

    def add(self, high, low, close):
        self.fast.add(close)
        self.slow.add(close)
        if self.close is not None:
            self.range.add(max(high, self.close) - min(low, self.close))
        self.close = close

    @property
    def up(self):
        return self.fast.value > self.slow.value

    @property
    def crossed(self):
        return self.up and self.fast.before <= self.slow.before


__all__ = ["Market", "Indicators"]
