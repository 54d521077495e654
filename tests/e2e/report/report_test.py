"""The report as the built binary makes it: files that exist, parse, agree with each other and ask
for nothing from outside; the same again from the journal; clear errors for bad input.

    report_test.py GREKKO

covers: a backtest over generated hourly bars, its re-runs, the log of trials, `grekko report`, and
a book on paper that is stopped.
"""
# covers: app/commands/backtest.cpp app/commands/report.cpp app/backtest_summary.cpp

import csv
import fcntl
import json
import math
import os
import pty
import random
import re
import struct
import subprocess
import sys
import tempfile
import termios
import unittest
from pathlib import Path

GREKKO = Path(sys.argv[1]).resolve()
SOURCE = Path(__file__).resolve().parents[3]
BARS = 1000


# Holds a tenth of NAV in the first half of each hundred bars, and approves of all others.
HOLDER = """
local agent = grekko.agent {
  mode = "balanced", symbols = { "BTC-USD" }, bars = { "1h" }, warmup = { ["1h"] = 60 },
  params = { late = { default = 0, min = 0, max = 50, step = 1 } },
}
function agent:on_start() self.n = 0 end
function agent:on_bar(bar)
  local pos = self:position(bar.symbol)
  self.n = self.n + 1
  if (self.n - self.params.late) % 100 == 1 and pos.flat then
    self:target { symbol = bar.symbol, weight = 0.1, stop = bar.close * 0.85, horizon = "48h",
      urgency = "urgent", confidence = 0.5, reason = "first half" }
  elseif (self.n - self.params.late) % 100 == 51 and not pos.flat then
    self:close(bar.symbol, "second half")
  end
end
function agent:on_proposal(p) return "approve", 0.5, "a friend" end
return agent
"""


def write_agents(folder):
    for name, late in (("early", 0), ("late", 10)):
        (folder / name).mkdir()
        (folder / name / "agent.lua").write_text(f"-- {name}\n{HOLDER}", encoding="ascii")
        (folder / name / "agent.toml").write_text(
            f'symbols = ["BTC-USD"]\n[params]\nlate = {late}\n', encoding="ascii"
        )


def write_bars(path, bars=BARS, seed=7):
    """Hourly bars whose trend turns every few days, so that agents enter and leave."""
    draw = random.Random(seed)
    price = 10_000.0
    with path.open("w", encoding="ascii") as out:
        out.write("open_time_s,open,high,low,close,volume_base\n")
        for hour in range(bars):
            opened = price
            drift = 0.0024 * math.sin(hour / 40.0)
            price = 2 * round(price * math.exp(drift + 0.004 * draw.gauss(0, 1)) / 2)
            high = max(opened, price) + 2 * draw.randrange(10)
            low = min(opened, price) - 2 * draw.randrange(10)
            volume = 400 + 400 * draw.random() + (600 if abs(drift) > 0.0018 else 0)
            out.write(
                f"{1_600_000_000 // 3600 * 3600 + 3600 * hour},{opened:.2f},{high:.2f},"
                f"{low:.2f},{price:.2f},{volume:.4f}\n"
            )


def rows(path):
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def embedded(page):
    """The data of the charts inside the page."""
    found = re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, re.S)
    return json.loads(found.group(1))


class Folder(unittest.TestCase):
    """One temporary folder with the bars in it; every command runs there."""

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="grekko-report-")
        cls.folder = Path(cls.temporary.name)
        (cls.folder / "scripts").symlink_to(SOURCE / "scripts")
        write_bars(cls.folder / "bars.csv")
        write_agents(cls.folder)
        # Agents trade whatever it costs: what is shown is the report, not their worth.
        (cls.folder / "grekko.toml").write_text('risk.disabled = ["edge"]\n', encoding="ascii")

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    @classmethod
    def grekko(cls, *arguments, expected=0):
        done = subprocess.run(
            [GREKKO, *arguments], cwd=cls.folder, capture_output=True, text=True, timeout=200,
            stdin=subprocess.DEVNULL, check=False,
        )
        if done.returncode != expected:
            raise AssertionError(
                f"grekko {' '.join(map(str, arguments))}: exit {done.returncode}, expected "
                f"{expected}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
            )
        return done.stdout + done.stderr

    @classmethod
    def backtest(cls, out, *more):
        agents = [] if "--agent" in more else ["--agent", "early", "--agent", "late"]
        return cls.grekko(
            "backtest", "bars.csv", "--symbol", "BTC-USD", "--out", out, *agents, *more
        )


class LookAhead(Folder):
    def test_a_report_says_what_the_look_ahead_tests_said_of_its_agents(self):
        self.grekko("check", "--look-ahead", "bars.csv", "--symbol", "BTC-USD", "--cuts", "2",
                    "--agent", "early")
        self.backtest("both")
        header = json.loads((self.folder / "both/report.json").read_text())["header"]
        self.assertRegex(header["look_ahead"], r"^early: passed \(2 cuts.*; late: not run$")
        self.grekko("report", "both")
        self.assertIn("early: passed", (self.folder / "both/report.html").read_text())


class Backtest(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.printed = cls.backtest("first")
        cls.out = cls.folder / "first"
        cls.report = json.loads((cls.out / "report.json").read_text(encoding="utf-8"))
        cls.page = (cls.out / "report.html").read_text(encoding="utf-8")

    def test_the_header_says_all_that_cannot_be_switched_off(self):
        header = self.report["header"]
        self.assertRegex(header["tapes"][0], r"BTC-USD sha256:[0-9a-f]{64}")
        self.assertEqual(header["kind"], "backtest")
        self.assertFalse(header["synthetic"])
        self.assertEqual(header["gaps"], 0)
        self.assertEqual(header["fill_interval"], "1h bars")
        self.assertIn("80ms", header["latency_model"])
        self.assertIn("0.4 % maker, 0.6 % taker", header["fees"])
        self.assertIn("retail tier, as of", header["fees"])
        self.assertRegex(header["config_hash"], r"[0-9a-f]{64}")
        self.assertEqual(header["agent_family"], "early, late")
        self.assertEqual(header["trials"], 1)
        self.assertEqual(header["disabled_checks"], ["19 edge"])
        self.assertEqual(header["look_ahead"], "not run")
        self.assertIn("Paper results are not live results.", self.page)
        self.assertIn("Paper results are not live results.", self.printed)

    def test_warm_up_is_excluded_from_the_span(self):
        self.assertRegex(self.report["header"]["warm_up"], r"^\d+(h|d)$")
        self.assertGreater(self.report["header"]["from"], "2020-09-16")

    def test_agents_traded(self):
        self.assertGreaterEqual(len(rows(self.out / "fills.csv")), 10)

    def test_round_trips_agree_between_json_and_csv(self):
        trips = rows(self.out / "round_trips.csv")
        self.assertEqual(len(trips), len(self.report["round_trips"]))
        for row, entry in zip(trips, self.report["round_trips"]):
            self.assertEqual(row["net"], entry["net"])
            self.assertEqual(row["opened"], entry["opened"])
        closed = [float(row["net"]) for row in trips if row["open"] == "0"]
        self.assertEqual(len(closed), self.report["returns"]["round_trips"])
        self.assertAlmostEqual(sum(closed), self.report["trades"]["all"]["net"], places=4)

    def test_fees_and_turnover_are_the_sums_of_the_fills(self):
        fills = rows(self.out / "fills.csv")
        fees = sum(float(row["fee_quote"]) for row in fills)
        value = sum(float(row["value"]) for row in fills)
        self.assertAlmostEqual(fees, self.report["costs"]["fees"], places=4)
        self.assertAlmostEqual(value, self.report["costs"]["traded"], places=2)

    def test_the_chain_of_costs_closes_at_what_nav_did(self):
        costs = self.report["costs"]
        parts = sum(costs[name] for name in ("spread", "impact", "delay", "fees", "funding"))
        self.assertAlmostEqual(costs["gross"] - parts, costs["net"], places=6)
        returns = self.report["returns"]
        self.assertAlmostEqual(
            returns["nav_end"] - returns["nav_start"], costs["net"], places=6
        )

    def test_equity_agrees_between_csv_json_and_the_page(self):
        curve = rows(self.out / "equity.csv")
        drawn = embedded(self.page)["equity"]
        self.assertEqual(len(curve), len(drawn["t"]))
        self.assertGreater(len(curve), 100)
        for row, value in zip(curve, drawn["run"]):
            self.assertAlmostEqual(float(row["run"]), value, places=8)
        total = self.report["returns"]["total"]["value"]
        self.assertAlmostEqual(drawn["run"][-1], 1 + total, places=8)
        days = math.prod(1 + value for value in self.report["daily_returns"])
        self.assertAlmostEqual(days, 1 + total, places=8)

    def test_the_page_draws_each_fill_on_the_price(self):
        price = embedded(self.page)["prices"][0]
        self.assertEqual(price["instrument"], "BTC-USD")
        self.assertGreater(len(price["t"]), 200)
        self.assertEqual(len(price["fills"]), len(rows(self.out / "fills.csv")))

    def test_the_page_asks_for_nothing_from_outside(self):
        self.assertNotRegex(self.page, r"<(link|img|iframe|object|embed)\b")
        self.assertNotRegex(self.page, r"<script[^>]*\bsrc\s*=")
        self.assertNotRegex(self.page, r"@import|url\(|fetch\(|XMLHttpRequest|WebSocket|sendBeacon")
        links = set(re.findall(r'href="([^"]*)"', self.page))
        self.assertTrue(all(link.startswith("#") for link in links), links)

    def test_every_link_of_the_page_leads_to_a_definition(self):
        targets = set(re.findall(r'id="([^"]*)"', self.page))
        for link in re.findall(r'href="#([^"]*)"', self.page):
            self.assertIn(link, targets)

    def test_the_re_runs_are_there_and_the_vote_has_a_value(self):
        names = [row["name"] for row in self.report["costs"]["reruns"]]
        self.assertEqual(
            names,
            ["fees × 1.5", "latency × 2", "first fill one bar later", "size × 10",
             "consensus off"],
        )
        self.assertIsNotNone(self.report["consensus"]["vote"]["value"])
        self.assertIn("The same run with one thing changed", self.printed)

    def test_dearer_fees_cost(self):
        reruns = {row["name"]: row for row in self.report["costs"]["reruns"]}
        self.assertLess(reruns["fees × 1.5"]["net"], self.report["costs"]["net"])

    def test_summary_and_report_agree(self):
        summary = json.loads((self.out / "summary.json").read_text(encoding="utf-8"))
        self.assertEqual(summary["fills"], len(rows(self.out / "fills.csv")))
        self.assertAlmostEqual(
            float(summary["nav"]["end"]), self.report["returns"]["nav_end"], places=6
        )
        self.assertIn(summary["digest"], self.printed)

    def test_the_journal_gives_the_same_report_again(self):
        before = (self.out / "report.json").read_bytes()
        (self.out / "report.html").unlink()
        printed = self.grekko("report", "first")
        self.assertIn("first/report.html", printed)
        self.assertEqual((self.out / "report.json").read_bytes(), before)
        self.assertEqual((self.out / "report.html").read_text(encoding="utf-8"), self.page)

    def test_the_report_can_be_had_as_json(self):
        printed = self.grekko("report", "first", "--output", "json")
        self.assertEqual(json.loads(printed), self.report)


class Terminal(Folder):
    def test_nothing_is_wider_than_the_terminal(self):
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        child = subprocess.Popen(
            [GREKKO, "backtest", "bars.csv", "--symbol", "BTC-USD", "-a", "early"], cwd=self.folder,
            stdin=subprocess.DEVNULL, stdout=slave, stderr=subprocess.DEVNULL,
        )
        os.close(slave)
        printed = b""
        while True:
            try:
                more = os.read(master, 65536)
            except OSError:
                break
            if not more:
                break
            printed += more
        self.assertEqual(child.wait(timeout=100), 0)
        table = printed.decode().replace("\r", "").split("records, digest")[0]
        self.assertIn("Skill or luck", table)
        for line in table.splitlines():
            self.assertLessEqual(len(line), 80, line)
        sha = re.search(r"sha256:([0-9a-f\s]+)", table).group(1)
        self.assertEqual(len("".join(sha.split())), 64, "the hash is wrapped, not cut")


class Trials(Folder):
    def trials(self, out):
        text = (self.folder / out / "report.json").read_text(encoding="utf-8")
        return json.loads(text)["header"]["trials"]

    def test_each_other_run_counts_and_the_same_again_does_not(self):
        self.backtest("one", "--reruns", "no")
        self.backtest("same", "--reruns", "no")
        self.assertEqual(self.trials("same"), 1)
        self.backtest("two", "--reruns", "no", "--seed", "2")
        self.assertEqual(self.trials("two"), 2)
        self.backtest("three", "--reruns", "no", "--to", "2020-10-15")
        self.assertEqual(self.trials("three"), 3)
        self.backtest("other", "--reruns", "no", "--agent", "early")
        self.assertEqual(self.trials("other"), 1, "another family of agents")
        report = json.loads((self.folder / "three" / "report.json").read_text(encoding="utf-8"))
        self.assertIn("deflated", report["luck"])

    def test_a_damaged_log_is_named_with_its_line_before_anything_runs(self):
        log = self.folder / "data" / "trials.jsonl"
        log.parent.mkdir(exist_ok=True)
        kept = log.read_text(encoding="utf-8") if log.exists() else ""
        log.write_text("{\n", encoding="utf-8")
        printed = self.grekko(
            "backtest", "bars.csv", "--symbol", "BTC-USD", "--out", "never", expected=8
        )
        self.assertIn("trials.jsonl:1: not a trial; remove the line", printed)
        self.assertFalse((self.folder / "never").exists())
        log.write_text(kept, encoding="utf-8")


class BadInput(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backtest("kept", "--reruns", "no", "--agent", "early")

    def test_no_journal_says_how_to_make_one(self):
        self.assertIn("there is no journal", self.grekko("report", "nowhere", expected=5))

    def test_a_journal_without_its_session_file_is_refused(self):
        session = self.folder / "kept" / "session.json"
        text = session.read_text(encoding="utf-8")
        session.unlink()
        self.assertIn("session.json is missing", self.grekko("report", "kept", expected=5))
        session.write_text("half a", encoding="utf-8")
        self.assertIn("is no session file", self.grekko("report", "kept", expected=4))
        session.write_text(text, encoding="utf-8")

    def test_data_that_changed_or_went_are_named(self):
        bars = self.folder / "bars.csv"
        text = bars.read_text(encoding="ascii")
        bars.write_text(text.rsplit("\n", 2)[0] + "\n", encoding="ascii")
        self.assertIn("its hash is another", self.grekko("report", "kept", expected=16))
        bars.unlink()
        self.assertIn("bars.csv: no such file", self.grekko("report", "kept", expected=5))
        bars.write_text(text, encoding="ascii")

    def test_damaged_re_runs_are_named(self):
        reruns = self.folder / "kept" / "reruns.json"
        reruns.write_text("[]", encoding="utf-8")
        self.assertIn("reruns.json", self.grekko("report", "kept", expected=4))
        reruns.unlink()

    def test_a_folder_that_cannot_be_written_is_named(self):
        (self.folder / "file").write_text("", encoding="utf-8")
        self.assertIn("file", self.grekko("report", "kept", "--out", "file/in", expected=13))

    def test_a_folder_that_has_a_journal_is_left_alone(self):
        printed = self.grekko(
            "backtest", "bars.csv", "--symbol", "BTC-USD", "--out", "kept", expected=6
        )
        self.assertIn("is there already", printed)

    def test_re_runs_can_be_made_later(self):
        self.grekko("report", "kept", "--reruns")
        text = (self.folder / "kept" / "report.json").read_text(encoding="utf-8")
        self.assertEqual(len(json.loads(text)["costs"]["reruns"]), 5)
        (self.folder / "kept" / "reruns.json").unlink()


class Book(Folder):
    def test_a_stopped_book_leaves_its_report_and_makes_it_again(self):
        printed = self.grekko(
            "run", "--seconds", "4", "--plain", "--set", "run.speed=2000", "--set",
            "run.warmup=400",
        )
        self.assertIn("Report: data/", printed)
        page = next((self.folder / "data").glob("*/report.html"))
        text = page.read_text(encoding="utf-8")
        self.assertIn("Synthetic market: profit on it proves nothing.", text)
        report = json.loads((page.parent / "report.json").read_text(encoding="utf-8"))
        self.assertEqual(report["header"]["kind"], "paper")
        self.assertTrue(report["header"]["synthetic"])
        self.assertEqual(report["header"]["fees"], "none: a show, not a result")
        self.assertGreater(len(embedded(text)["equity"]["t"]), 10)
        self.grekko("report", page.parent.name)
        again = json.loads((page.parent / "report.json").read_text(encoding="utf-8"))
        self.assertEqual(again, report)
        refused = self.grekko("report", page.parent.name, "--reruns", expected=2)
        self.assertIn("--reruns is for backtests", refused)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
