"""The pages for a bad hour (docs/how-to/incidents.md): each command of each step works, in its
order, on a book that was killed and on one that trades.

Arguments: the binary, then those of unittest."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

GREKKO = Path(sys.argv.pop(1)).resolve()
ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/how-to/incidents.md").read_text()
WAITING = 60


def steps(chapter):
    """{number: [(words, exit code, in the background)]} of one chapter of the page."""
    text = re.search(rf"^## {chapter}$(.*?)(?=^## |\Z)", PAGE, re.M | re.S)[1]
    out = {}
    for number, body in re.findall(r"^\*\*(\d)\. .*?\*\*(.*?)(?=^\*\*\d|\Z)", text, re.M | re.S):
        out[int(number)] = []
        for line in re.findall(r"^\$ (.*)$", body, re.M):
            command, _, note = line.partition("#")
            code = re.search(r"exit (\d+)", note)
            out[int(number)].append((shlex.split(command)[1:], int(code[1]) if code else 0,
                                     "background" in note))
    return out


class Incident(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="grekko-incident-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "scripts").symlink_to(ROOT / "scripts")
        # A disk that others use as well is none of these incidents.
        (self.folder / "grekko.toml").write_text("[run]\nspeed = 600\nwarmup = 200\n"
                                                 "[breakers]\njournal_latency_max = \"1m\"\n")

    def grekko(self, words, code=0):
        done = subprocess.run([GREKKO, *words], cwd=self.folder, text=True, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=120, check=False)
        self.assertEqual(done.returncode, code, f"{words}: {done.stdout}{done.stderr}")
        return done.stdout

    def refused(self, words):
        """What a command says that does nothing."""
        done = subprocess.run([GREKKO, *words], cwd=self.folder, text=True, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=120, check=False)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        return done.stdout + done.stderr

    def start(self, words=("run",)):
        """A book in the background, once it answers."""
        process = subprocess.Popen([GREKKO, *words, "--plain"], cwd=self.folder,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        until = time.monotonic() + WAITING
        while time.monotonic() < until and process.poll() is None:
            asked = subprocess.run([GREKKO, "status", "-o", "json"], cwd=self.folder,
                                   capture_output=True, text=True, check=False)
            if asked.returncode == 0 and json.loads(asked.stdout)["intents"] > 0:
                return process
        self.fail("the book does not trade")

    def work_through(self, chapter):
        """Runs the steps; the output of each."""
        said = {}
        for number, commands in steps(chapter).items():
            said[number] = ""
            for words, code, background in commands:
                if background:
                    self.start(words)
                else:
                    said[number] += self.grekko(words, code)
        self.assertEqual(sorted(said), [1, 2, 3, 4, 5])
        self.assertGreaterEqual(sum(map(len, steps(chapter).values())), 9)
        return said

    def test_a_book_that_was_killed_is_found_recovered_and_explained(self):
        book = self.start()
        os.kill(book.pid, signal.SIGKILL)
        book.wait()
        said = self.work_through("The book is down")
        self.assertIn("The journal holds.", said[2])
        self.assertIn("NAV", said[3])
        self.assertIn("nav", json.loads(said[4]))

    def test_a_book_that_loses_is_stopped_assessed_and_resumed(self):
        self.start()
        chapter = "The book has lost much"
        halt = steps(chapter)[1][0][0]
        self.grekko(halt)
        self.assertEqual(json.loads(self.grekko(["status", "-o", "json"]))["state"], "halted")
        said = self.work_through(chapter)
        self.assertIn("halted", said[2].lower())
        self.assertNotEqual(json.loads(self.grekko(["status", "-o", "json"]))["state"], "halted")

    def test_a_book_trades_on_while_its_views_are_spoiled(self):
        book = self.start()
        views = self.folder / "data/main/views.db"
        views.write_bytes(b"no database")
        for rest in ("-wal", "-shm"):
            views.with_name("views.db" + rest).unlink(missing_ok=True)
        before = json.loads(self.grekko(["status", "-o", "json"]))
        now, until = before, time.monotonic() + WAITING
        while now["intents"] < before["intents"] + 5 and time.monotonic() < until:
            now = json.loads(self.grekko(["status", "-o", "json"]))
        self.assertGreaterEqual(now["intents"], before["intents"] + 5)
        self.grekko(["stop"])
        self.assertEqual(book.wait(timeout=WAITING), 0)
        self.assertIn("The journal holds.", self.grekko(["journal", "verify"]))
        fills = self.grekko(["journal", "export"]).count('"type":"order.filled"')
        asked = json.loads(self.grekko(["journal", "query", "-o", "json",
                                        "SELECT count(*) AS n FROM fills"]))
        self.assertEqual(int(asked[0]["n"]), fills)

    def test_what_an_operator_changes_counts_at_once_and_is_in_the_journal(self):
        self.start()
        for setting, value in (("--participation", "0.5"), ("--tolerance", "0.4")):
            said = self.grekko(["agent", "balanced", setting, value, "--reason", "a review"])
            self.assertIn("done", said)
        self.assertIn("no agent", self.refused(["agent", "nobody", "--disable"]))
        self.assertIn("out of range", self.refused(["agent", "balanced", "--tolerance", "1.5"]))
        self.assertIn("one thing", self.refused(["agent", "balanced"]))
        records = [json.loads(line) for line in self.grekko(["journal", "export"]).splitlines()]
        changed = [record["data"] for record in records
                   if record["type"] == "agent.setting_changed"]
        self.assertEqual([(one["setting"], one["from"], one["to"]) for one in changed],
                         [("agent_participation", "1", "0.5"),
                          ("agent_risk_tolerance", "0.5", "0.4")])
        self.assertTrue(all(one["principal"] for one in changed))
        asked = [record["data"] for record in records if record["type"] == "input.command"]
        self.assertEqual([one["reason"] for one in asked][:2], ["a review"] * 2)

    def breakers(self):
        return json.loads(self.grekko(["breaker", "list", "-o", "json"]))

    def test_an_operator_opens_each_breaker_and_closes_it_by_the_command_that_status_names(self):
        self.start()
        why = ["--reason", "a drill"]
        scopes = (["--venue", "coinbase"], ["--instrument", "BTC-USD"], ["--agent", "balanced"],
                  ["--agent", "balanced", "--instrument", "BTC-USD"], ["--global"])
        for scope in scopes:
            self.assertIn("done", self.grekko(["breaker", "open", *scope, *why]))
        opened = [one for one in self.breakers() if "operator_command" in one["causes"]]
        self.assertEqual(sorted(one["scope"] for one in opened),
                         ["agent", "agent_instrument", "global", "instrument", "venue"])
        for one in opened:
            self.assertIn(one["closed_by"], self.grekko(["status"]))
            words = shlex.split(one["closed_by"].replace("…", "the drill is over"))
            self.assertEqual(words[0], "grekko")
            self.assertIn("done", self.grekko(words[1:]))
        self.assertFalse([one for one in self.breakers() if "operator_command" in one["causes"]])
        changes = [json.loads(line)["data"] for line in self.grekko(["journal", "export"])
                   .splitlines() if '"breaker.changed"' in line]
        reasons = [(one["to"], one["reason"]) for one in changes if one["principal"]]
        self.assertEqual(reasons, [("open", "a drill")] * 5 +
                         [("closed", "the drill is over")] * 5)

    def test_a_breaker_that_is_not_there_is_refused_with_what_there_is(self):
        self.start()
        why = ["--reason", "a drill"]
        for scope, said in ((["--venue", "kraken"], "no venue of this book; "),
                            (["--instrument", "XRP-USD"], "is not traded here; BTC-USD"),
                            (["--agent", "nobody"], "there are aggressive, conservative, balanced"),
                            ([], "name one breaker"),
                            (["--venue", "coinbase"], "this breaker is closed; ")):
            self.assertIn(said, self.refused(["breaker", "reset", *scope, *why]))
        self.assertIn("--reason", self.refused(["breaker", "reset", "--venue", "coinbase"]))
        self.grekko(["breaker", "open", "--agent", "aggressive", *why])
        self.assertIn("open are: agent aggressive",
                      self.refused(["breaker", "reset", "--agent", "balanced", *why]))

    def limit(self, name):
        rows = json.loads(self.grekko(["limit", "list", "-o", "json"]))["limits"]
        return next(row for row in rows if row["name"] == name)

    def test_a_limit_is_set_while_the_book_runs_shown_and_journaled_and_stays_over_a_restart(self):
        book = self.start()
        said = self.grekko(["limit", "set", "heat_max", "3%", "--reason", "a wild week"])
        self.assertIn("heat_max was 0.04, is 0.03 until it is set again", said)
        row = self.limit("heat_max")
        self.assertEqual((row["value"], row["configured"], row["reason"]),
                         ("0.03", "0.04", "a wild week"))
        for words in (["status"], ["limit", "list"]):
            self.assertRegex(self.grekko(words), "heat_max 0.03, configured 0.04; by .* since "
                                                 ".*: a wild week")
        asked = [row["name"] for row in json.loads(self.grekko(["status", "-o", "json"]))["limits"]]
        self.assertEqual(asked, ["heat_max"])
        self.grekko(["stop"])
        self.assertEqual(book.wait(timeout=WAITING), 0)
        self.grekko(["journal", "verify"])
        self.grekko(["journal", "replay"])
        self.grekko(["journal", "replay", "--verify"])
        book = self.start()
        self.assertEqual(self.limit("heat_max")["value"], "0.03")
        self.grekko(["stop"])
        self.assertEqual(book.wait(timeout=WAITING), 0)
        self.start(("run", "--set", "risk.heat_max=0.05"))
        self.assertEqual(self.limit("heat_max")["value"], "0.05")
        self.assertNotIn("heat_max", self.grekko(["status"]))
        changes = [json.loads(line)["data"] for line in self.grekko(["journal", "export"])
                   .splitlines() if '"risk.limit_changed"' in line]
        self.assertEqual([(one["name"], one["from"], one["to"]) for one in changes],
                         [("heat_max", "0.04", "0.03"), ("heat_max", "0.03", "0.05")])
        self.assertEqual(changes[0]["reason"], "a wild week")
        told = json.loads(self.grekko(["journal", "query", "-o", "json",
                                       "SELECT name, value, configured, reason FROM limits"]))
        self.assertEqual([(one["name"], one["value"], str(one["configured"])) for one in told],
                         [("heat_max", "0.03", "0"), ("heat_max", "0.05", "1")])
        self.assertTrue(changes[0]["principal"])

    def test_a_limit_that_is_none_is_refused_in_the_words_of_the_configuration(self):
        self.start()
        why = ["--reason", "a drill"]
        for name, value in (("heat_max", "1.5"), ("book_age_max", "5"), ("replaces_max", "1.5"),
                            ("day_loss_reducing", "0.06")):
            said = self.refused(["limit", "set", name, value, *why])
            configured = self.refused(["check", "--set", f"risk.{name}={value}"])
            self.assertIn(said.removeprefix("grekko: error: ").strip(), configured)
        self.assertIn("did you mean", self.refused(["limit", "set", "heat_maxx", "0.1", *why]))
        self.assertIn("--reason", self.refused(["limit", "set", "heat_max", "0.03"]))
        self.assertIn("so already", self.refused(["limit", "set", "heat_max", "0.04", *why]))

    def test_a_tightened_limit_reduces_and_a_loosened_one_resumes_nothing(self):
        self.start()
        why = ["--reason", "a drill"]
        self.grekko(["reduce", *why])
        for value in ("0.2", "1", "0.8"):
            self.grekko(["limit", "set", "book_gross_max", value, *why])
            status = json.loads(self.grekko(["status", "-o", "json"]))
            self.assertEqual(status["state"], "reducing")
        self.grekko(["resume", *why])


if __name__ == "__main__":
    unittest.main()
