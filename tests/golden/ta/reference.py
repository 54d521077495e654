#!/usr/bin/env python3
"""Writes bars.csv and reference.csv: inputs and naive, independent values of indicators.

Each function works on whole lists and recomputes every window from its definition: it shares
neither code nor method with the incremental indicators under test. Standard library only.
A column is named indicator/parameters.../output; an empty cell means "not ready".
"""

import csv
import math
import random
import statistics
from pathlib import Path

HERE = Path(__file__).parent
COUNT = 300


def draw_bars(seed):
    """A walk of prices to the cent with calm, wild, flat and untraded stretches."""
    chance = random.Random(seed)
    close, other, bars = 100.0, 100.0, []
    for i in range(COUNT):
        scale = 0.3 if i < 90 else 2.0 if i < 180 else 0.8
        opened = close
        if 200 <= i < 208:
            bars.append([close, close, close, close, 0.0, other])
            continue
        step = sum(chance.uniform(-1, 1) for _ in range(4)) * scale
        close = max(5.0, round(opened + step, 2))
        high = round(max(opened, close) + chance.uniform(0, 0.7) * scale, 2)
        low = round(min(opened, close) - chance.uniform(0, 0.7) * scale, 2)
        volume = 0.0 if i % 41 == 40 else round(chance.uniform(1, 900), 3)
        other = round(other + 0.1 * (opened - other) + chance.uniform(-1, 1) * scale, 2)
        bars.append([opened, high, low, close, volume, other])
    return bars


def windows(xs, n, f):
    """f of each window of n values, the oldest first; None while there are fewer."""
    out = []
    for i in range(len(xs)):
        part = xs[max(0, i - n + 1) : i + 1]
        out.append(f(part) if len(part) == n and None not in part else None)
    return out


def mean(xs):
    return math.fsum(xs) / len(xs)


def weighted(xs):
    return math.fsum((i + 1) * x for i, x in enumerate(xs)) / (len(xs) * (len(xs) + 1) / 2)


def hma(xs, n):
    half, full = windows(xs, max(1, n // 2), weighted), windows(xs, n, weighted)
    raw = [None if f is None else 2 * h - f for h, f in zip(half, full)]
    return windows(raw, math.isqrt(n), weighted)


def decay(xs, n, share):
    """y += share (x - y), seeded with the mean of the first n values that exist."""
    out, seen, y = [], [], None
    for x in xs:
        if x is None:
            out.append(None)
            continue
        seen.append(x)
        if len(seen) == n:
            y = mean(seen)
        elif len(seen) > n:
            y = (1 - share) * y + share * x
        out.append(y)
    return out


def ema(xs, n):
    return decay(xs, n, 2 / (n + 1))


def rma(xs, n):
    return decay(xs, n, 1 / n)


def kama(xs, n, fast, slow):
    out = [None] * len(xs)
    y = xs[n - 1]
    for i in range(n, len(xs)):
        path = math.fsum(abs(xs[j] - xs[j - 1]) for j in range(i - n + 1, i + 1))
        efficiency = 1.0 if path == 0 else abs(xs[i] - xs[i - n]) / path
        c = (efficiency * (2 / (fast + 1) - 2 / (slow + 1)) + 2 / (slow + 1)) ** 2
        y += c * (xs[i] - y)
        out[i] = y
    return out


def vwap(bars, n):
    rows = [((b[1] + b[2] + b[3]) / 3, b[4]) for b in bars]

    def value(part):
        volume = math.fsum(v for _, v in part)
        return part[-1][0] if volume == 0 else math.fsum(p * v for p, v in part) / volume

    return windows(rows, n, value)


def session_vwap(bars, n):
    out = []
    for i in range(len(bars)):
        part = bars[i - i % n : i + 1]
        out.append(vwap(part, len(part))[-1])
    return out


def true_range(bars):
    out = [None]
    for before, bar in zip(bars, bars[1:]):
        _, high, low, _, _, _ = bar
        out.append(max(high - low, abs(high - before[3]), abs(low - before[3])))
    return out


def atr(bars, n):
    return rma(true_range(bars), n)


def donchian(bars, n):
    upper = windows([b[1] for b in bars], n, max)
    lower = windows([b[2] for b in bars], n, min)
    middle = [None if u is None else (u + lo) / 2 for u, lo in zip(upper, lower)]
    return {"middle": middle, "upper": upper, "lower": lower}


def keltner(bars, n, atr_window, m):
    rows = list(zip(ema([b[3] for b in bars], n), atr(bars, atr_window)))

    def band(side):
        return [None if e is None or a is None else e + side * m * a for e, a in rows]

    return {"middle": band(0), "upper": band(1), "lower": band(-1)}


def supertrend(bars, n, m):
    """Written from the two band rules; trend is 1 or -1."""
    value, direction = [], []
    trend, upper, lower = -1, None, None
    for i, a in enumerate(atr(bars, n)):
        if a is None:
            value.append(None)
            direction.append(None)
            continue
        _, high, low, close, _, _ = bars[i]
        raw_upper, raw_lower = (high + low) / 2 + m * a, (high + low) / 2 - m * a
        if upper is None:
            upper, lower = raw_upper, raw_lower
        else:
            last = bars[i - 1][3]
            upper = raw_upper if last > upper else min(upper, raw_upper)
            lower = raw_lower if last < lower else max(lower, raw_lower)
            if trend == -1 and close > upper:
                trend = 1
            elif trend == 1 and close < lower:
                trend = -1
        value.append(lower if trend == 1 else upper)
        direction.append(trend)
    return {"value": value, "direction": direction}


def zscore(part):
    deviation = statistics.pstdev(part)
    return 0.0 if deviation == 0 else (part[-1] - mean(part)) / deviation


def percent_rank(xs, n):
    def rank(part):
        return 100 * sum(1 for x in part[:-1] if x <= part[-1]) / n

    return windows(xs, n + 1, rank)


def bands(xs, n, m):
    def row(part):
        half, middle = m * statistics.pstdev(part), mean(part)
        place = 0.5 if half == 0 else (part[-1] - middle + half) / (2 * half)
        return 2 * half / middle, place

    rows = windows(xs, n, row)
    return {
        "width": [r and r[0] for r in rows],
        "percent_b": [r and r[1] for r in rows],
    }


def r_squared(part):
    n = len(part)
    places = [i - (n - 1) / 2 for i in range(n)]
    middle = mean(part)
    total = math.fsum((y - middle) ** 2 for y in part)
    cross = math.fsum(t * (y - middle) for t, y in zip(places, part))
    return 0.0 if total == 0 else cross**2 / (math.fsum(t * t for t in places) * total)


def correlation(part):
    a, b = [x for x, _ in part], [y for _, y in part]
    mean_a, mean_b = mean(a), mean(b)
    aa = math.fsum((x - mean_a) ** 2 for x in a)
    bb = math.fsum((y - mean_b) ** 2 for y in b)
    ab = math.fsum((x - mean_a) * (y - mean_b) for x, y in part)
    return 0.0 if aa == 0 or bb == 0 else ab / math.sqrt(aa * bb)


def realised(xs, half_life):
    out = [None] * len(xs)
    for i in range(half_life, len(xs)):
        weights = [0.5 ** ((i - j) / half_life) for j in range(1, i + 1)]
        squares = [(xs[j] / xs[j - 1] - 1) ** 2 for j in range(1, i + 1)]
        top = math.fsum(w * s for w, s in zip(weights, squares))
        out[i] = math.sqrt(top / math.fsum(weights))
    return out


def crossing(a, b, side):
    out = [None]
    for i in range(1, len(a)):
        now, before = side * (a[i] - b[i]), side * (a[i - 1] - b[i - 1])
        out.append(1 if now > 0 and before <= 0 else 0)
    return out


def columns(bars):
    close, other = [b[3] for b in bars], [b[5] for b in bars]
    named = {}

    def add(prefix, result):
        for output, values in (result if isinstance(result, dict) else {"value": result}).items():
            named[f"{prefix}/{output}"] = values

    for n in (1, 9, 16):
        add(f"hma/{n}", hma(close, n))
    for n in (1, 14):
        add(f"rma/{n}", rma(close, n))
    add("kama/10/3/20", kama(close, 10, 3, 20))
    for n in (1, 20):
        add(f"vwap/{n}", vwap(bars, n))
    add("session_vwap/24", session_vwap(bars, 24))
    add("donchian/20", donchian(bars, 20))
    add("keltner/20/10/2", keltner(bars, 20, 10, 2))
    add("keltner/5/20/1.5", keltner(bars, 5, 20, 1.5))
    add("supertrend/10/3", supertrend(bars, 10, 3))
    add("supertrend/7/1.5", supertrend(bars, 7, 1.5))
    add("zscore/20", windows(close, 20, zscore))
    add("zscore/5", windows(close, 5, zscore))
    add("percent_rank/20", percent_rank(close, 20))
    for n in (1, 4, 21):
        add(f"median/{n}", windows(close, n, statistics.median))
    add("bbands/20/2", bands(close, 20, 2))
    add("linreg/14", {"r2": windows(close, 14, r_squared)})
    add("correlation/20", windows(list(zip(close, other)), 20, correlation))
    add("realised_volatility/20", realised(close, 20))
    add("crossover", crossing(close, other, 1))
    add("crossunder", crossing(close, other, -1))
    return named


def write(path, header, rows):
    with open(HERE / path, "w", newline="", encoding="ascii") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(["" if x is None else format(x, ".13g") for x in row] for row in rows)


def main():
    bars = draw_bars(2016)
    write("bars.csv", ["open", "high", "low", "close", "volume", "other"], bars)
    named = columns(bars)
    write("reference.csv", named.keys(), zip(*named.values()))


if __name__ == "__main__":
    main()
