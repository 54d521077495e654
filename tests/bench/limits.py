#!/usr/bin/env python3
"""Runs the limits of the requirements under load and shows each beside what was measured: CPU time
of the host's thread, and time of the wall with a durable journal, at p50, p99 and most.

  limits.py FOLDER          shows the table; fails where a p99 of CPU time is above its limit
  limits.py FOLDER --write  writes it into docs/reference/performance.md and docs/records, too
  --scale=3                 how much work; 3 is what the table speaks of
"""
import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys

from run import ROOT, processor

PAGE = ROOT / "docs/reference/performance.md"
BEGIN = "<!-- limits: written by make limits ARGS=--write -->"
END = "<!-- end of the limits -->"


def short(value):
    return f"{value:.3f}" if value < 10 else f"{value:.1f}"


def met(row):
    if "least" in row:
        return row["per_second"] >= row["least"] and row["share"] >= 0.999
    return row["cpu"]["p99"] <= row["limit_ms"]


def times(rows):
    yield "| from, to | limit | CPU p50 | CPU p99 | most | wall p99 | samples |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows:
        cpu = row["cpu"]
        yield (f"| {row['name']} | {row['limit_ms']:g} ms | {short(cpu['p50'])} "
               f"| {short(cpu['p99'])} | {short(cpu['max'])} | {short(row['wall']['p99'])} "
               f"| {row['samples']} |")


def rates(rows):
    yield "| what | at least | measured | | done of what was asked |"
    yield "|---|---|---|---|---|"
    for row in rows:
        verdict = "met" if met(row) else "missed"
        yield (f"| {row['name']} | {row['least']:g} | {row['per_second']:.0f} | {verdict} "
               f"| {100 * row['share']:.2f} % of {row['samples']} |")


def table(rows):
    return "\n".join([*times(row for row in rows if "cpu" in row), "",
                      *rates(row for row in rows if "least" in row)])


def write(rows, preset):
    today = datetime.date.today().isoformat()
    record = {"date": today, "processor": processor(), "cores": os.cpu_count(), "build": preset,
              "load": [round(one, 2) for one in os.getloadavg()], "limits": rows}
    path = ROOT / f"docs/records/limits-{today}.json"
    path.write_text(json.dumps(record, indent=1) + "\n")
    page = PAGE.read_text()
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    head = (f"{today}, {record['processor']}, {record['cores']} cores, build {preset}, load "
            f"{record['load'][0]}; [the record](../records/{path.name}). Milliseconds.")
    PAGE.write_text(f"{before}{BEGIN}\n{head}\n\n{table(rows)}\n{END}{after}")
    print(f"written: {path.relative_to(ROOT)} and {PAGE.relative_to(ROOT)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, help="where the program is built")
    parser.add_argument("--scale", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    program = arguments.folder / "tests/bench/bench_limits"
    done = subprocess.run([program, str(arguments.scale)], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        sys.exit(done.stderr.strip() or f"{program} failed")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    print(table(rows))
    if arguments.write:
        write(rows, arguments.folder.name)
    missed = [row["name"] for row in rows if "cpu" in row and not met(row)]
    if missed:
        sys.exit("missed: " + ", ".join(missed))


if __name__ == "__main__":
    main()
