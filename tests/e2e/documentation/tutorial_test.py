#!/usr/bin/env python3
"""Every command of the tutorial works, in its order, and gives the output that the page shows.

Blocks of `console` hold commands behind "$ " and lines of their output; "…" stands for lines left
out. Numbers of records may be others: they follow from what else is journaled, and a command that
names one is run with the real one. Argument: the binary. GREKKO_SNAP_UPDATE=1 writes the page anew
where only numbers differ.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs/tutorials/first-agent.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
LEFT_OUT = "…"
RECORD = re.compile(r"(\b(?:denied|[Ii]ntent|[Rr]ecord|explain) |^  (?=\d+ increase))(\d+)")


def runs(block):
    """[command, lines of its output] of a block."""
    out = []
    for line in block.splitlines():
        if line.startswith("$ "):
            out.append([line[2:], []])
        else:
            out[-1][1].append(line)
    return out


def execute(command, folder):
    """`make run` builds first; here the program is there. The disk is as slow as others make it."""
    command = re.sub(r"^make run ARGS='(.*)'$", r"grekko run \1", command)
    path = f"{folder}/bin:{os.environ['PATH']}"
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True,
                          env={**os.environ, "PATH": path,
                               "GREKKO_BREAKERS_JOURNAL_LATENCY_MAX": "1m"}, check=False)
    if done.returncode:
        raise SystemExit(f"FAILED: {command}: exit {done.returncode}\n{done.stderr}")
    return [line.rstrip() for line in done.stdout.splitlines()]


def numberless(line):
    return re.sub(r"[\d.,:-]+", "#", re.sub(r"\s+", " ", line))


def same_but_records(one, other):
    return RECORD.sub(r"\1#", one) == RECORD.sub(r"\1#", other)


def found(shown, real):
    """The real lines that the shown ones mean, in order; None where one is missing."""
    out, at = [], 0
    for line in shown:
        if line == LEFT_OUT:
            out.append(line)
            continue
        rest = range(at, len(real))
        near = ([i for i in rest if real[i] == line]
                or [i for i in rest if same_but_records(real[i], line)]
                or [i for i in rest if numberless(real[i]) == numberless(line)])
        if not near:
            print(f"  missing: {line}")
            return None
        out.append(real[near[0]])
        at = near[0] + 1
    return out


def judge(command, shown, real):
    """Prints what differs; whether nothing does but the numbers of records."""
    good = real is not None and all(map(same_but_records, shown, real))
    print("ok" if good else "FAILED:", command)
    for ours, theirs in zip(shown, real or []):
        if not same_but_records(ours, theirs):
            print(f"  the page has {ours}\n  the program {theirs}")
    return good


def main():
    binary = Path(sys.argv[1]).resolve()
    page, good, records = PAGE.read_text(), True, {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "scripts", folder / "scripts")
        (folder / "bin").mkdir()
        (folder / "bin/grekko").symlink_to(binary)
        for block in BLOCK.findall(page):
            written = ""
            for command, shown in runs(block):
                command = RECORD.sub(lambda m: m[1] + records.get(m[2], m[2]), command)
                real = found(shown, execute(command, folder))
                good = judge(command, shown, real) and good
                for ours, theirs in zip(shown, real or []):
                    records.update(zip((m[2] for m in RECORD.finditer(ours)),
                                       (m[2] for m in RECORD.finditer(theirs))))
                written += "\n".join([f"$ {command}", *(real or shown)]) + "\n"
            page = page.replace(block, written)
    if os.environ.get("GREKKO_SNAP_UPDATE") == "1":
        PAGE.write_text(page)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
