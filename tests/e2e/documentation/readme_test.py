#!/usr/bin/env python3
"""The agent that README.md shows loads, trades alone, and trades beside shipped agents.

It is taken out of the page as it stands, so that what a newcomer copies is what was tried.
Argument: the binary.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def agent_of(page):
    """The first block of Lua."""
    return re.search(r"^```lua\n(.*?)^```$", page.read_text(), re.M | re.S).group(1)


def run(binary, folder, agents):
    """Half an hour of the synthetic market in three seconds; the summary that the run prints."""
    command = [binary, "--output", "json", "run", "--seed", "1", "--seconds", "3",
               "--start", "2026-01-05T09:00:00Z", "--set", "run.speed=600"]
    for agent in agents:
        command += ["--agent", agent]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    shutil.rmtree(folder / "data")
    return json.loads(done.stdout)


def main():
    binary = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "scripts", folder / "scripts")
        own = folder / "scripts/agents/first"
        own.mkdir()
        (own / "agent.lua").write_text(agent_of(ROOT / "README.md"))
        subprocess.run([binary, "check", "--agent", "first"], cwd=folder, check=True)
        alone = run(binary, folder, ["first"])
        together = run(binary, folder, ["first", "balanced", "conservative"])
    print("alone", alone, "together", together, sep="\n")
    good = alone["fills"] > 0 and together["rounds"] > 0 and together["fills"] > 0
    print("ok" if good else "FAILED: the agent of README.md does not trade")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
