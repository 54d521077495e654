"""The shipped agents over recorded data, as a user runs them: they vote, trade and fail for every
reason; the same run gives the same bytes; replays give the same digest; every order and every
denial explains itself; a run that was tampered with is told.

Argument: the built binary. Skipped (exit 77) where the recordings are absent.
"""

# covers: app/look_ahead.cpp
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("GREKKO_DATA") or ROOT.parent / "shared/data")
HOURLY = DATA / "ohlcv/coinbase_btcusd_1h.csv"
CAPTURE = sorted((DATA / "binance_spot_ws_2024-08-08").glob("btcusdt_*.gz"))
AGENTS = ("aggressive", "balanced", "conservative")
GREKKO = ""
FOLDER = Path()


def grekko(*arguments, code=0):
    """Runs a command in the working folder; its output, after a look at its exit code."""
    words = [GREKKO, *map(str, arguments)]
    done = subprocess.run(words, cwd=FOLDER, capture_output=True, text=True, timeout=170)
    if done.returncode != code:
        raise AssertionError(f"{' '.join(words)}: exit {done.returncode}, expected {code}:\n"
                             f"{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout if code == 0 else done.stdout + done.stderr


def backtest(out, *arguments):
    return json.loads(grekko("backtest", *arguments, "--out", out, "--output", "json"))


def exported(folder):
    path = FOLDER / f"{folder}.jsonl"
    grekko("journal", "export", "--journal", folder, "--out", path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def explained(folder):
    return json.loads(grekko("explain", "--all", "--journal", folder, "--output", "json"))


def replayed(folder):
    return json.loads(grekko("journal", "replay", "--verify", "--journal", folder, "--output",
                             "json"))


def edited(path, old, new):
    text = path.read_text()
    assert old in text, f"{path}: no {old!r}"
    path.write_text(text.replace(old, new, 1))


class Checks:
    """What holds for any run: `cls.summary` of the run in the folder `cls.name`."""

    def test_replays_give_the_digest_of_the_run(self):
        both = replayed(self.name)
        self.assertEqual(both["audit"]["digest"], self.summary["digest"])
        self.assertEqual(both["verification"]["digest"], self.summary["digest"])
        self.assertGreater(both["verification"]["answers"], 0)

    def test_every_order_and_every_denial_explains_itself(self):
        all_of_it = explained(self.name)
        self.assertEqual(all_of_it["holes"], [])
        self.assertEqual(all_of_it["open"], 0)
        ends = all_of_it["ends"]
        self.assertEqual(ends["order"], self.summary["orders"])
        self.assertEqual(all_of_it["fills"], self.summary["fills"])
        self.assertEqual(ends.get("denied", 0), sum(self.summary.get("denials", {}).values()))
        not_passed = sum(self.summary["outcomes"].values()) - self.summary["outcomes"]["passed"]
        told = sum(ends.get(end, 0) for end in ("voted down", "stale", "superseded"))
        self.assertEqual(told, not_passed)
        for chain in all_of_it["list"]:
            if chain["end"] == "order":
                for link in ("mark ", "checks: ", "order "):
                    self.assertIn(link, chain["chain"], f"chain {chain['id']}")

    def test_no_agent_faults(self):
        for agent in self.summary["agents"]:
            self.assertEqual(agent["faults"], 0, agent["last_fault"])


class Hourly(Checks, unittest.TestCase):
    """27 months of hourly bars, default configuration, default fees."""

    name = "hourly"

    @classmethod
    def setUpClass(cls):
        cls.summary = backtest(cls.name, HOURLY, "--symbol", "BTC-USD")

    def test_each_agent_has_at_least_twenty_fills(self):
        fills = {agent["name"]: agent["fills"] for agent in self.summary["agents"]}
        self.assertEqual(set(fills), set(AGENTS))
        for name, count in fills.items():
            self.assertGreaterEqual(count, 20, name)

    def test_intents_fail_by_vote_by_risk_and_by_edge(self):
        self.assertGreater(self.summary["outcomes"]["rejected"], 0)
        denied = [chain["chain"] for chain in explained(self.name)["list"]
                  if chain["end"] == "denied"]
        self.assertTrue(any("by heat" in chain or "by trade_risk" in chain for chain in denied))
        edge = [chain for chain in denied if "edge" in chain.partition("failed:")[2]]
        self.assertTrue(edge)

    def test_a_second_run_is_the_same_to_the_byte(self):
        again = backtest("hourly-again", HOURLY, "--symbol", "BTC-USD")
        self.assertEqual(again["digest"], self.summary["digest"])
        self.assertEqual(again["market_digest"], self.summary["market_digest"])
        self.assertEqual(exported("hourly-again"), exported(self.name))

    def test_explain_tells_one_order_from_the_mark_to_its_fills(self):
        filled = next(chain for chain in explained(self.name)["list"]
                      if chain["end"] == "order" and chain["fills"] > 0)
        text = grekko("explain", filled["id"], "--journal", self.name)
        sections = ("mark", "Votes", "Tally", "Risk", "Orders", "Steps", "Fills", "Shares")
        places = [text.find(section) for section in sections]
        self.assertNotIn(-1, places, text)
        self.assertEqual(places, sorted(places))


class FeesInTheCoin(Checks, unittest.TestCase):
    """The same bars under the rules of a venue that takes its fee out of what was bought."""

    name = "coin"

    @classmethod
    def setUpClass(cls):
        cls.summary = backtest(cls.name, HOURLY, "--symbol", "BTCUSDT", "--venue", "binance")

    def test_agents_trade(self):
        self.assertGreater(self.summary["fills"], 60)


class Capture(Checks, unittest.TestCase):
    """Eleven minutes of a real book, 5 s bars, no fees: a show, and labelled so."""

    name = "capture"

    @classmethod
    def setUpClass(cls):
        cls.tape = FOLDER / "capture.tape"
        grekko("data", "import", *CAPTURE, "--to", cls.tape)
        cls.summary = backtest(cls.name, cls.tape, "--profile", "tape", "--fees", "none")

    def test_agents_vote_and_trade_on_a_real_book(self):
        self.assertEqual(self.summary["source"]["fills_from"], "book")
        self.assertGreater(self.summary["fills"], 0)
        for agent in self.summary["agents"]:
            self.assertGreater(agent["votes"], 0, agent["name"])

    def test_it_is_labelled_a_show(self):
        text = grekko("backtest", self.tape, "--profile", "tape", "--fees", "none")
        self.assertIn("a show", text)
        self.assertIn("Paper results are not live results.", text)

    def test_a_second_run_is_the_same_to_the_byte(self):
        again = backtest("capture-again", self.tape, "--profile", "tape", "--fees", "none")
        self.assertEqual(again["digest"], self.summary["digest"])
        self.assertEqual(exported("capture-again"), exported(self.name))


class Tampering(unittest.TestCase):
    """A run made again from another agent or another tape is detected, and says which it is."""

    def run_of_two_months(self, out, agents="own-agents"):
        folder = FOLDER / f"{out}-agents"
        shutil.copytree(ROOT / "scripts/agents", folder, dirs_exist_ok=True)
        data = FOLDER / f"{out}.csv"
        data.write_text("".join(HOURLY.read_text().splitlines(keepends=True)[:2_200]))
        choice = [word for name in AGENTS for word in ("--agent", folder / name)]
        backtest(out, data, "--symbol", "BTC-USD", *choice)
        replayed(out)
        return folder, data

    def test_an_agent_that_was_changed_is_named(self):
        folder, _ = self.run_of_two_months("other-agent")
        edited(folder / "balanced/agent.lua", "return gap(i) > 0", "return gap(i) >= 0")
        said = grekko("journal", "replay", "--verify", "--journal", "other-agent", code=16)
        self.assertIn("balanced", said)
        self.assertIn("code", said)

    def test_parameters_that_were_changed_are_named(self):
        folder, _ = self.run_of_two_months("other-parameters")
        edited(folder / "aggressive/agent.toml", 'interval = "1h"', 'interval = "1h"\nstop = 2.5')
        said = grekko("journal", "replay", "--verify", "--journal", "other-parameters", code=16)
        self.assertIn("aggressive", said)
        self.assertIn("parameters", said)

    def test_a_tape_that_was_changed_is_named(self):
        _, data = self.run_of_two_months("other-tape")
        lines = data.read_text().splitlines()
        cells = lines[2_000].split(",")
        cells[4] = str(round(float(cells[4]) * 1.001, 2))
        cells[2] = str(max(float(cells[2]), float(cells[4])))
        lines[2_000] = ",".join(cells)
        data.write_text("\n".join(lines) + "\n")
        said = grekko("journal", "replay", "--verify", "--journal", "other-tape", code=16)
        self.assertIn("tape", said)
        self.assertIn("other-tape.csv", said)


class LookAhead(unittest.TestCase):
    """The shipped agents pass the look-ahead tests; a few instants here, fifty by default."""

    def test_no_shipped_agent_knows_the_future(self):
        said = grekko("check", "--look-ahead", HOURLY, "--symbol", "BTC-USD", "--cuts", 4,
                      "--output", "json")
        result = json.loads(said)
        self.assertTrue(result["passed"], result["summary"])
        self.assertEqual(result["cuts"], 4)
        self.assertEqual({row["agent"] for row in result["parameters"]}, set(AGENTS))
        self.assertEqual(len(result["warm_ups"]), 9)
        self.assertTrue(all(row["decisions"] > 0 for row in result["warm_ups"]), said)


def main():
    global GREKKO, FOLDER
    if len(sys.argv) < 2:
        sys.exit("usage: backtest_test.py GREKKO [test names]")
    GREKKO = str(Path(sys.argv[1]).resolve())
    if not HOURLY.exists() or not CAPTURE:
        print(f"skipped: no recorded data at {DATA}; set GREKKO_DATA to the folder that holds it")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        FOLDER = Path(folder)
        (FOLDER / "scripts").symlink_to(ROOT / "scripts")
        unittest.main(argv=[sys.argv[0], *sys.argv[2:]])


if __name__ == "__main__":
    main()
