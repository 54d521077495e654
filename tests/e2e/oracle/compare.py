#!/usr/bin/env python3
"""Acceptance: every fill of `grekko backtest` with ema_cross equals that of the oracle.

Both run the same file with the same settings; time, side, quantity, price, fee and liquidity are
compared to the last digit, and how many increases each check refused. The last two cases are those
of scripts/agents/ema_cross/README.md. Arguments: the binary, the folder of recorded data, part of a
case's name to run only that. The environment's GREKKO_DATA goes before the folder; where it is
absent the script says so and exits with 77 (skipped).
"""

import collections
import datetime
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import oracle  # noqa: E402
from exact import Decimal, text  # noqa: E402

SKIPPED = 77
HOURLY, MINUTES = "ohlcv/coinbase_btcusd_1h.csv", "ohlcv/btc-perp_1m.csv"
RETAIL = {"maker_fee": "0.004", "taker_fee": "0.006"}

# Name, file, what the oracle is told, least number of fills, checks that must have refused some.
Case = collections.namedtuple("Case", "name file rules fills refusing")
# On its leash of 5 % N · t an agent is stopped after few fills: the others have a longer one.
LONG = {"leash": "0.10"}
CASES = [
    Case("hourly, on its leash", HOURLY, {}, 6, ("agent_loss", "breaker")),
    Case("hourly", HOURLY, LONG, 40, ()),
    Case("hourly, unstopped", HOURLY, {"disabled": "losing_run", "fast": "12", "slow": "60",
                                       **LONG}, 100, ("agent_loss",)),
    Case("one minute", MINUTES, LONG, 100, ("losing_run", "breaker")),
    Case("one minute, busy", MINUTES, {"disabled": "losing_run", "fast": "8", "slow": "60",
                                       "cost_factor": "0", **LONG}, 500, ("turnover",)),
    Case("retail fees: check 19 refuses", MINUTES,
         {"cost_factor": "0", "horizon": "1h", **RETAIL}, 0, ("edge",)),
    Case("retail fees, check 19 off: the account's end", MINUTES,
         {"cost_factor": "0", "horizon": "1h", "disabled": "edge+losing_run", **LONG, **RETAIL},
         20, ("turnover", "state")),
]

CONFIG = """
[[venues]]
name = "oracle"
cash = ["100000 USD"]
rate_per_second = 30
latency = "80ms"
latency_p99 = "80ms"
[[listings]]
instrument = "BTC-USD"
venue = "oracle"
tick = 0.01
lot = 0.00000001
quantity_min = 0.00000001
notional_min = 1
maker_fee = {maker_fee}
taker_fee = {taker_fee}
[[agents]]
name = "ema_cross"
allocation = 1
[agents.params]
interval = "{interval}"
fast = {fast}
slow = {slow}
edge = {cost_factor}
horizon = "{horizon}"
[consensus]
solo = "pass"
[risk]
disabled = [{disabled}]
agent_drawdown_max = {leash}
[execution]
reconcile_each = "1d"
"""


def nanoseconds(when):
    """Of 2017-07-28T02:00:00.051Z."""
    head, _, tail = when.rstrip("Z").partition(".")
    at = datetime.datetime.fromisoformat(head).replace(tzinfo=datetime.timezone.utc)
    return int(at.timestamp()) * 1_000_000_000 + int(tail.ljust(9, "0") or 0)


def engine(binary, path, case, folder):
    """Fills and refusals by check, from the journal's views."""
    told = {"maker_fee": "0.0005", "taker_fee": "0.0005", "fast": "48", "slow": "192",
            "cost_factor": "2", "horizon": "48h", "disabled": "",
            "leash": "0.05", **case.rules}
    told["disabled"] = ", ".join(f'"{c}"' for c in told["disabled"].split("+") if c)
    told["interval"] = "1h" if case.file == HOURLY else "1m"
    config, out = os.path.join(folder, "grekko.toml"), os.path.join(folder, "out")
    with open(config, "w", encoding="ascii") as file:
        file.write(CONFIG.format(**told))
    run = [binary, "--config", config, "--log-level", "error"]
    summary = subprocess.run(
        run + ["--output", "json", "backtest", path, "--agent", "ema_cross", "--symbol", "BTC-USD",
               "--venue", "oracle", "--out", out], check=True, capture_output=True, text=True)
    subprocess.run(run + ["journal", "query", "--journal", out, "SELECT 1"], check=True,
                   capture_output=True)
    views = sqlite3.connect(os.path.join(out, "views.db"))
    fills = [(nanoseconds(at), *rest) for at, *rest in views.execute(
        "SELECT exchange_at, side, quantity, price, fee, liquidity FROM fills ORDER BY sequence")]
    return fills, json.loads(summary.stdout)


def judge(case, binary, data, folder):
    path = os.path.join(data, case.file)
    bars = list(oracle.read_bars(path))
    rules = oracle.Rules(bars[1].opened - bars[0].opened)
    for name, value in case.rules.items():
        rules.set(name, value)
    host = oracle.run(bars, rules)
    expected = [(at, o.side, text(q), text(p), text(f), kind)
                for at, o, q, p, f, kind in host.venue.fills]
    fills, summary = engine(binary, path, case, folder)
    faults = []
    for number, (ours, theirs) in enumerate(zip(expected, fills)):
        if ours != theirs:
            faults.append(f"fill {number}: the oracle has {ours}, the engine {theirs}")
            break
    if len(expected) != len(fills):
        faults.append(f"the oracle has {len(expected)} fills, the engine {len(fills)}")
    denied = {k: v for k, v in host.refused.items() if k not in ("nothing_to_do", "halted")}
    if denied != summary.get("denials", {}):
        faults.append(f"refused: the oracle {denied}, the engine {summary.get('denials', {})}")
    if text(host.book.nav()) != text(Decimal(summary["nav"]["end"])):
        faults.append(f"NAV: the oracle {text(host.book.nav())}, "
                      f"the engine {summary['nav']['end']}")
    if len(expected) < case.fills:
        faults.append(f"{len(expected)} fills are too few to mean something: {case.fills}")
    if case.fills == 0 and expected:
        faults.append("there should be no fill")
    faults += [f"check {c} has refused nothing" for c in case.refusing if c not in denied]
    print(f"{'FAILED' if faults else 'ok'}: {case.name}: {len(fills)} fills, refused {denied}, "
          f"NAV {text(host.book.nav())}")
    for fault in faults:
        print("  " + fault)
    return not faults


def main():
    binary = os.path.abspath(sys.argv[1])
    data = os.environ.get("GREKKO_DATA") or sys.argv[2]
    chosen = [c for c in CASES if len(sys.argv) < 4 or sys.argv[3] in c.name]
    if not all(os.path.exists(os.path.join(data, c.file)) for c in CASES):
        print(f"skipped: no recorded data at {data}; set GREKKO_DATA to the folder that holds it")
        return SKIPPED
    good = True
    for case in chosen:
        with tempfile.TemporaryDirectory() as folder:
            good = judge(case, binary, data, folder) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
