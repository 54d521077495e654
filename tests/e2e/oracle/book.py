"""The oracle's book: cash, one position, NAV, peaks, day starts, turnover (trading rules §1)."""

from exact import ONE, ZERO, over, times
from venue import DAY, MINUTE

QUARTER = 15 * MINUTE


class Book:
    def __init__(self, capital, market):
        self.market = market
        self.capital = self.cash = capital
        self.quantity = ZERO
        self.house = ZERO  # dust: in the book's NAV, in no agent's position
        self.given = ZERO  # what the agent's dust was worth when it went there
        self.day = None
        self.day_start = self.day_start_unit = None
        self.peak = ONE
        self.agent_peak = capital
        self.quarters = {}
        self.net_at_opening = ZERO

    def nav(self):
        return self.cash + times(self.market.mark, self.quantity + self.house)

    def equity(self):
        """The agent's: dust is worth to it what it was when it left."""
        return self.cash + times(self.market.mark, self.quantity) + self.given

    def unit(self):
        return over(self.nav(), self.capital)

    def limit_base(self):
        return min(self.nav(), self.day_start)

    def marked(self, now):
        """On every mark: the peak; the first of a day (UTC) is its start."""
        if self.day != now // DAY:
            self.day = now // DAY
            self.day_start, self.day_start_unit = self.nav(), self.unit()
            self.agent_day_start = self.equity()
        self.peak = max(self.peak, self.unit())
        self.agent_peak = max(self.agent_peak, self.equity())

    def drawdown(self):
        return max(ZERO, ONE - over(self.unit(), max(self.peak, self.unit())))

    def day_return(self):
        return over(self.unit(), self.day_start_unit) - ONE

    def day_pnl(self):
        return self.equity() - self.agent_day_start

    def agent_fall(self):
        return max(ZERO, self.agent_peak - self.equity())

    def last_day(self, now):
        """Traded value and fees: the running quarter of an hour and the 96 before it."""
        last = now // QUARTER
        kept = [v for n, v in self.quarters.items() if n > last - 97]
        return sum((v[0] for v in kept), ZERO), sum((v[1] for v in kept), ZERO)

    def filled(self, side, quantity, price, fee, now):
        """Books a fill; the result of a round trip that it ends, else None."""
        value = times(price, quantity)
        if self.quantity == 0:
            self.net_at_opening = self.cash + self.given
        self.quantity += quantity if side == "buy" else -quantity
        self.cash += (-value if side == "buy" else value) - fee
        traded, fees = self.quarters.get(now // QUARTER, (ZERO, ZERO))
        self.quarters[now // QUARTER] = (traded + value, fees + fee)
        for old in [n for n in self.quarters if n < now // QUARTER - 200]:
            del self.quarters[old]
        return self.cash + self.given - self.net_at_opening if self.quantity == 0 else None

    def to_house(self):
        """Dust leaves the agent for its worth; the result of the round trip that this ends."""
        self.given += times(self.market.mark, self.quantity)
        self.house, self.quantity = self.house + self.quantity, ZERO
        return self.cash + self.given - self.net_at_opening


__all__ = ["Book"]
