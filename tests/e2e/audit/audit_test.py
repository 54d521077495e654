"""The audit trail of a book, as a user reads it: it holds every decision, order, fill and command,
each with what caused it; the tables, the export and the stories agree to the last
record; and the votes that it tells of were taken in time.

Arguments: the binary, then those of unittest."""

import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path

GREKKO = Path(sys.argv.pop(1)).resolve()
ROOT = Path(__file__).resolve().parents[3]
HOUR, START = 3_600, 1_700_000_400 // 3_600 * 3_600
AGENTS = ("aggressive", "balanced", "conservative", "ema_cross")


def waves(rows=4_000):
    """Hourly bars: waves of ten days on a slow rise, in which the shipped agents vote and trade."""
    lines, before = ["open_time_s,open,high,low,close,volume_base"], 50_000
    for i in range(rows):
        phase = i % 240
        close = 50_000 + (phase if phase < 120 else 240 - phase) * 60 + i * 3 + i * 7919 % 97
        high, low = max(before, close) + 60, min(before, close) - 60
        lines.append(f"{START + i * HOUR},{before},{high},{low},{close},900")
        before = close
    return "\n".join(lines) + "\n"


class Audit(unittest.TestCase):
    """One backtest of the four shipped agents, read in every way that there is."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="grekko-audit-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        (cls.folder / "scripts").symlink_to(ROOT / "scripts")
        (cls.folder / "bars.csv").write_text(waves())
        choice = [word for name in AGENTS for word in ("--agent", name)]
        cls.summary = json.loads(cls.grekko("backtest", "bars.csv", *choice, "--fees", "none",
                                            "--out", "run", "--reruns", "no", "-o", "json"))
        cls.stories = json.loads(cls.grekko("explain", "--all", "-j", "run", "-o", "json"))
        lines = cls.grekko("journal", "export", "-j", "run").splitlines()
        cls.records = [json.loads(line) for line in lines]
        cls.types = Counter(record["type"] for record in cls.records)

    @classmethod
    def grekko(cls, *words):
        done = subprocess.run([GREKKO, *words], cwd=cls.folder, text=True, capture_output=True,
                              timeout=150, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{words}: exit {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def rows(self, sql):
        return json.loads(self.grekko("journal", "query", "-j", "run", "-o", "json", "--rows",
                                      "100000", sql))

    def one(self, sql):
        row = self.rows(sql)[0]
        return int(next(iter(row.values())))

    def test_there_is_enough_to_audit(self):
        for type_, least in (("intent.proposed", 20), ("round.closed", 10), ("order.submitted", 20),
                             ("order.filled", 20), ("risk.assessed", 40)):
            self.assertGreaterEqual(self.types[type_], least, self.types)

    def test_every_record_is_there_once_and_in_order(self):
        sequences = [record["sequence"] for record in self.records]
        self.assertEqual(sequences, list(range(1, len(sequences) + 1)))
        self.assertEqual(self.one("SELECT count(*) FROM events"), len(sequences))

    def test_every_record_names_its_type_time_category_book_and_version(self):
        for record in self.records:
            self.assertNotEqual(record["type"], "unknown", record)
            self.assertRegex(record["at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
            self.assertIn(record["category"],
                          ("input", "system", "coordination", "risk", "trading"))
            self.assertEqual((record["version"], record["book"]),
                             (1, self.records[0]["book"]))

    def test_every_event_is_caused_by_a_record_before_it(self):
        for record in self.records:
            if record["category"] == "input" or record["causation"] is None:
                continue
            self.assertLess(record["causation"], record["sequence"])
            self.assertLessEqual(record["correlation"] or 0, record["sequence"])

    def test_every_order_and_every_denial_has_its_whole_story(self):
        self.assertEqual(self.stories["holes"], [])
        self.assertEqual(self.stories["ends"]["order"], self.types["order.submitted"])
        self.assertEqual(self.stories["fills"], self.types["order.filled"])
        denied = sum(record["type"] == "risk.assessed" and
                     record["data"]["verdict"] != "approved" for record in self.records)
        self.assertEqual(self.stories["ends"].get("denied", 0), denied)

    def test_the_tables_hold_what_the_records_hold(self):
        for table, type_ in (("intents", "intent.proposed"), ("rounds", "round.opened"),
                             ("votes", "vote.cast"), ("assessments", "risk.assessed"),
                             ("orders", "order.submitted"), ("fills", "order.filled"),
                             ("allocations", "fill.allocated")):
            self.assertEqual(self.one(f"SELECT count(*) FROM {table}"), self.types[type_], table)

    def test_one_correlation_leads_from_a_proposal_to_its_fill(self):
        filled = [record for record in self.records if record["type"] == "fill.allocated" and
                  record["data"]["purpose"] == "increase"]
        self.assertTrue(filled)
        for fill in filled:
            intent = fill["correlation"]
            chain = [record["type"] for record in self.records
                     if intent in (record["correlation"], record["sequence"])]
            steps = ["intent.proposed", "risk.assessed", "order.submitted", "order.filled",
                     "fill.allocated"]
            places = [chain.index(step) for step in steps]
            self.assertEqual(places, sorted(places), intent)

    def test_nine_of_ten_rounds_had_their_quorum_in_time(self):
        rounds = self.one("SELECT count(*) FROM rounds WHERE outcome IS NOT NULL")
        quorate = self.one("SELECT count(*) FROM rounds WHERE quorate = 1")
        self.assertGreaterEqual(rounds, 10)
        self.assertGreater(quorate, 0.9 * rounds)
        late = self.one("SELECT count(*) FROM rounds WHERE took_ns > 500000000")
        self.assertEqual(late, 0)

    def test_the_trail_holds_and_replays_to_the_digest_of_the_run(self):
        self.assertIn("The journal holds.", self.grekko("journal", "verify", "-j", "run"))
        replayed = json.loads(self.grekko("journal", "replay", "-j", "run", "-o", "json"))
        self.assertEqual(replayed["audit"]["digest"], self.summary["digest"])


if __name__ == "__main__":
    unittest.main()
