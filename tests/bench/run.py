#!/usr/bin/env python3
"""Runs the benches and shows each goal beside its anchor.

Every case is a process of its own: placement in memory shifts single processes by half. The cases
are interleaved, one round after another, so that a busy machine slows subject and anchor alike;
medians over the rounds count. What is written: docs/records/bench-<date>.json with every sample,
and the table of docs/reference/performance.md.

  run.py FOLDER                    all goals, and the record is written
  run.py FOLDER PERF-7 PERF-8      some, shown only
  --rounds=9                       processes a case
  --heavy=9                        of those that take seconds each
"""
import argparse
import datetime
import json
import math
import os
import pathlib
import platform
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/performance.md"
BEGIN, END = "<!-- table: written by make bench -->", "<!-- end of the table -->"


class Goal:
    """One row: figures by name, what is made of them, and the limit that the result must keep."""

    def __init__(self, goal, what, figures, result, limit, unit="×", least=False, figure_unit="ns"):
        self.goal, self.what, self.figures, self.result = goal, what, figures, result
        self.limit, self.unit, self.least, self.figure_unit = limit, unit, least, figure_unit

    def met(self, value):
        return value >= self.limit if self.least else value <= self.limit


def ratio(subject, anchor):
    return lambda f: f[subject] / f[anchor]


def exponent(prefix, sizes):
    """Slope of log(cost of a unit) over log(size)."""

    def slope(f):
        points = [(math.log(size), math.log(f[f"{prefix}_{size}"])) for size in sizes]
        mean_x = statistics.fmean(x for x, _ in points)
        mean_y = statistics.fmean(y for _, y in points)
        over = sum((x - mean_x) * (y - mean_y) for x, y in points)
        return over / sum((x - mean_x) ** 2 for x, _ in points)

    return slope


def growth(prefix, sizes):
    return [f"growth {prefix}_{size}" for size in sizes], exponent(f"growth {prefix}", sizes)


HEAVY = ("growth", "matching_bench", "journal_bench", "start agents", "risk rules_1m")
SYMBOLS = [1, 10, 100, 1000, 10000]
ORDERS = [1, 1000, 30000, 1000000]
JOURNAL = [100, 1000, 10000, 30000]

GOALS = [
    Goal("PERF-1", "a venue's message in, an order's bytes out: five agents, every check, journal",
         ["engine host", "engine bare"], ratio("engine host", "engine bare"), 2),
    Goal("PERF-2", "what a Lua agent adds to a native one on a tick, watchdog",
         ["engine lua_asked", "engine native_asked", "engine lua_pcall"],
         lambda f: (f["engine lua_asked"] - f["engine native_asked"]) / f["engine lua_pcall"], 1.3),
    Goal("PERF-2", "the same, count hook",
         ["engine lua_asked_hook", "engine native_asked", "engine lua_pcall"],
         lambda f: (f["engine lua_asked_hook"] - f["engine native_asked"]) / f["engine lua_pcall"],
         2.1),
    Goal("PERF-4", "matching, mixed flow, a million orders at rest",
         ["matching_bench mixed_flow/1000000/iterations:1:core_ns_op",
          "matching_bench mixed_flow/1000000/iterations:1:bare_ns_op"],
         ratio("matching_bench mixed_flow/1000000/iterations:1:core_ns_op",
               "matching_bench mixed_flow/1000000/iterations:1:bare_ns_op"), 3),
    Goal("PERF-5", "a market record of a backtest, native agent, few orders",
         ["backtest host", "backtest bare"], ratio("backtest host", "backtest bare"), 5),
    Goal("PERF-5", "the same, an order on one record of forty, ten seconds apart",
         ["backtest host_trading", "backtest bare"],
         ratio("backtest host_trading", "backtest bare"), 5),
    Goal("PERF-6", "a trade of a backtest, Lua agent", ["backtest lua", "backtest lua_pcall"],
         ratio("backtest lua", "backtest lua_pcall"), 1.3),
    Goal("PERF-7", "an assessment, all 41 checks, one order open", ["risk rules_1", "risk bare"],
         ratio("risk rules_1", "risk bare"), 10),
    Goal("PERF-7", "flat: with a million orders open beside one", ["risk rules_1m", "risk rules_1"],
         ratio("risk rules_1m", "risk rules_1"), 1.25),
    Goal("PERF-8", "the count of five votes", ["consensus tally", "consensus bare"],
         ratio("consensus tally", "consensus bare"), 4),
    Goal("PERF-8", "a whole round of five with its records, beyond the loop",
         ["consensus round", "consensus bare"],
         lambda f: f["consensus round"] - f["consensus bare"], 50, "ns"),
    Goal("PERF-9", "durable journal, batches of 1, records a second",
         ["journal_bench durable/1/min_time:0.300/real_time:items_per_second",
          "journal_bench raw/1/min_time:0.300/real_time:items_per_second"],
         ratio("journal_bench durable/1/min_time:0.300/real_time:items_per_second",
               "journal_bench raw/1/min_time:0.300/real_time:items_per_second"), 0.9, least=True,
         figure_unit="/s"),
    Goal("PERF-9", "durable journal, batches of 256, million records a second",
         ["journal_bench durable_behind/256/min_time:0.300/real_time:items_per_second",
          "journal_bench raw/256/min_time:0.300/real_time:items_per_second"],
         lambda f: f["journal_bench durable_behind/256/min_time:0.300/real_time:items_per_second"]
         / 1e6, 1, "M/s", least=True, figure_unit="/s"),
    Goal("PERF-10", "replay: records applied, million a second",
         ["replay applied", "replay scanned"],
         lambda f: 1e3 / f["replay applied"], 5, "M/s", least=True),
    Goal("PERF-14", "start to the first event, beyond an empty main",
         ["start first_event:ms", "start empty:ms"],
         lambda f: f["start first_event:ms"] - f["start empty:ms"], 10, "ms", figure_unit="ms"),
    Goal("PERF-14", "memory at the first event, beyond an empty main",
         ["start first_event", "start empty"],
         lambda f: (f["start first_event"] - f["start empty"]) / 1024, 12, "MiB",
         figure_unit="KiB"),
    Goal("PERF-14", "a Lua agent's memory, of a thousand", ["start agents_1000", "start states"],
         lambda f: f["start agents_1000"], 32, "KiB", figure_unit="KiB"),
    Goal("PERF-14", "ten thousand Lua agents", ["start agents_10000", "start states"],
         lambda f: f["start agents_10000"] * 10_000 / 1024, 400, "MiB", figure_unit="KiB"),
    Goal("PERF-16", "exponent of a record's cost over 1 to 10 000 symbols, nobody subscribed",
         *growth("symbols", SYMBOLS), 1, ""),
    Goal("PERF-16", "exponent of an order's cost over 1 to 1 000 000 open orders",
         *growth("orders", ORDERS), 1, ""),
    Goal("PERF-16", "exponent of a replayed record's cost over 100 to 30 000 orders before it",
         *growth("journal", JOURNAL), 1, ""),
]


def run_google(program, case):
    """`name:counter` of a google-benchmark program."""
    name, counter = case.rsplit(":", 1)
    command = [program, f"--benchmark_filter=^{name}$", "--benchmark_format=json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {f"{name}:{key}": value for one in json.loads(done.stdout)["benchmarks"]
            for key, value in one.items() if isinstance(value, (int, float))}[case]


def run_whole(program, case):
    """`name:ms`: CPU of a whole process, from its start to its end."""
    name = case.rsplit(":", 1)[0]
    child = subprocess.Popen([program, name], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise subprocess.CalledProcessError(child.returncode, [program, name])
    return (usage.ru_utime + usage.ru_stime) * 1e3


def run_one(folder, figure):
    program, case = figure.split(" ", 1)
    path = folder / f"bench_{program if program.endswith('_bench') else program + '_bench'}"
    if program.endswith("_bench"):
        return run_google(path, case)
    if ":" in case:
        return run_whole(path, case)
    return float(subprocess.run([path, case], capture_output=True, text=True, check=True).stdout)


def measure(folder, goals, rounds, heavy):
    figures = list(dict.fromkeys(figure for goal in goals for figure in goal.figures))
    samples = {figure: [] for figure in figures}
    for round_ in range(rounds):
        for figure in figures:
            if round_ >= heavy and figure.startswith(HEAVY):
                continue
            try:
                samples[figure].append(run_one(folder, figure))
            except subprocess.CalledProcessError as error:
                sys.exit(f"{figure}: {(error.stderr or '').strip() or error}")
        print(f"round {round_ + 1} of {rounds}", file=sys.stderr)
    return samples


def short(value):
    return f"{value:,.0f}".replace(",", " ") if abs(value) >= 100 else f"{value:.3g}"


def rows(goals, samples):
    medians = {figure: statistics.median(values) for figure, values in samples.items()}
    for goal in goals:
        value = goal.result(medians)
        yield goal, value, [medians[figure] for figure in goal.figures]


def verdict(goal, value):
    if goal.met(value):
        return "met"
    miss = goal.limit / value if goal.least else value / goal.limit
    return f"missed: {miss:.1f}×" if goal.limit > 0 else "missed"


def table(goals, samples):
    lines = ["| goal | what | measured | limit | | medians |", "|---|---|---|---|---|---|"]
    for goal, value, medians in rows(goals, samples):
        unit = f" {goal.unit}" if goal.unit not in ("×", "") else goal.unit
        shown = ", ".join(short(one) for one in medians)
        sign = "≥" if goal.least else "≤"
        lines.append(f"| {goal.goal} | {goal.what} | {short(value)}{unit} "
                     f"| {sign} {goal.limit}{unit} | {verdict(goal, value)} "
                     f"| {shown} {goal.figure_unit} |")
    return "\n".join(lines)


def processor():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
        return next(line.split(":", 1)[1].strip() for line in text.splitlines()
                    if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor()


def write(goals, samples, arguments, load):
    rounds = arguments.rounds
    today = datetime.date.today().isoformat()
    asked = subprocess.run(["g++", "-dumpfullversion"], capture_output=True, text=True, check=False)
    record = {
        "date": today, "processor": processor(), "cores": os.cpu_count(), "rounds": rounds,
        "rounds_heavy": min(rounds, arguments.heavy),
        "compiler": f"g++ {asked.stdout.strip()}", "load": [round(one, 2) for one in load],
        "goals": [{"goal": goal.goal, "what": goal.what, "value": round(value, 4),
                   "unit": goal.unit, "limit": goal.limit, "at_least": goal.least,
                   "met": goal.met(value)} for goal, value, _ in rows(goals, samples)],
        "samples": {name: [round(one, 4) for one in values] for name, values in samples.items()},
    }
    path = ROOT / f"docs/records/bench-{today}.json"
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    page = PAGE.read_text()
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    head = (f"{today}, {record['processor']}, {record['cores']} cores, {record['compiler']}, "
            f"medians of {rounds} processes ({record['rounds_heavy']} of what takes seconds), "
            f"load {record['load'][0]} before and {record['load'][1]} after; "
            f"[every sample](../records/{path.name}).")
    PAGE.write_text(f"{before}{BEGIN}\n{head}\n\n{table(goals, samples)}\n{END}{after}")
    print(f"written: {path.relative_to(ROOT)} and {PAGE.relative_to(ROOT)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, help="where the programs are built")
    parser.add_argument("goals", nargs="*", help="PERF-7 ...; none: all, and the record is written")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--heavy", type=int, default=9)
    arguments = parser.parse_args()
    goals = [goal for goal in GOALS if not arguments.goals or goal.goal in arguments.goals]
    if not goals:
        parser.error("no such goal")
    load = [os.getloadavg()[0]]
    samples = measure(arguments.folder / "tests/bench", goals, arguments.rounds,
                      arguments.heavy)
    load.append(os.getloadavg()[0])
    print(table(goals, samples))
    if not arguments.goals:
        write(goals, samples, arguments, load)


if __name__ == "__main__":
    main()
