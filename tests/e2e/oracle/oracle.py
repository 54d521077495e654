#!/usr/bin/env python3
"""An independent second answer to `grekko backtest` with ema_cross alone on a file of bars.

Written from docs/explanation/trading-rules.md, not from the engine: it shares no code with it. It
prints every fill as CSV. `oracle.py BARS.csv --set NAME=VALUE …`; standard library only.
"""

import argparse
import csv
import heapq
import itertools
import sys
from collections import namedtuple

from exact import Decimal, text
from host import Host
from venue import MINUTE, SECOND

Bar = namedtuple("Bar", "opened open high low close volume")
SPANS = {"ms": SECOND // 1000, "s": SECOND, "m": MINUTE, "h": 60 * MINUTE, "d": 1440 * MINUTE}


class Rules:
    """The settings of a run; the defaults are those of the trading rules."""

    def __init__(self, interval):
        self.interval = interval
        self.feed = 50 * SECOND // 1000
        self.latency = 80 * SECOND // 1000
        self.tick, self.lot = Decimal("0.01"), Decimal("0.00000001")
        self.notional_min, self.fee_step = Decimal(1), Decimal("0.00000001")
        self.maker_fee = self.taker_fee = Decimal("0.0005")
        self.half_spread = Decimal("0.0001")
        self.bar_share = Decimal("0.1")
        self.sigma_day_unknown = Decimal("0.04")
        self.capital = Decimal(100_000)
        self.fast, self.slow, self.stop_atr, self.horizon = 48, 192, 3.0, 48 * SPANS["h"]
        self.cost_factor = 2.0
        self.risk = Decimal("0.005")
        self.tolerance, self.edge, self.urgency = Decimal("0.5"), Decimal(2), "passive"
        self.leash = Decimal("0.05")
        self.disabled = set()

    @property
    def warmup(self):
        return self.slow + 208

    def set(self, name, value):
        old = getattr(self, name)
        if name == "disabled":
            value = set(value.split("+"))
        elif name in ("feed", "latency", "horizon"):
            unit = next(u for u in ("ms", "s", "m", "h", "d") if value.endswith(u))
            value = int(value[:-len(unit)]) * SPANS[unit]
        else:
            value = type(old)(value)
        setattr(self, name, value)


class Clock:
    """What happens earlier first; at one time: venue, opening, bar, report, timer."""

    def __init__(self):
        self.queue = []
        self.number = itertools.count()

    def at(self, time, rank, what):
        heapq.heappush(self.queue, (time, rank, next(self.number), what))

    def run(self):
        while self.queue:
            time, _, _, what = heapq.heappop(self.queue)
            what(time)


def read_bars(path):
    with open(path, newline="", encoding="ascii") as lines:
        for row in csv.DictReader(lines):
            yield Bar(int(row["open_time_s"]) * SECOND, *(
                Decimal(row[name]) for name in ("open", "high", "low", "close", "volume_base")))


def run(bars, rules):
    clock = Clock()
    host = Host(rules, clock)
    for before, bar in zip(bars, bars[1:]):
        assert bar.opened == before.opened + rules.interval, "the file has a gap"
    for bar in bars:
        clock.at(bar.opened, 1, lambda now, bar=bar: host.venue.open_bar(bar, now))
        clock.at(bar.opened + rules.interval + rules.feed, 2,
                 lambda now, bar=bar: host.see_bar(bar, now))
    clock.run()
    return host


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bars")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--summary", action="store_true")
    options = parser.parse_args()
    bars = list(read_bars(options.bars))
    rules = Rules(bars[1].opened - bars[0].opened)
    for item in options.set:
        rules.set(*item.split("=", 1))
    host = run(bars, rules)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["exchange_at", "side", "quantity", "price", "fee", "liquidity"])
    for at, order, quantity, price, fee, liquidity in host.venue.fills:
        out.writerow([at, order.side, text(quantity), text(price), text(fee), liquidity])
    if options.summary:
        print("nav", text(host.book.nav()), "state", host.state, "refused", host.refused,
              "intents", host.intents, "fills", len(host.venue.fills), "drawdown",
              text(host.book.drawdown()), file=sys.stderr)


if __name__ == "__main__":
    main()
