"""What a user can get wrong, through the built binary: a broken script, tape, configuration or
journal, a full disk, a second process, a clock that goes back. Each gives one error with the place
and what to do, its documented exit code, and loses nothing: what was there is as it was, and the
journal verifies. Arguments: the binary, then those of unittest."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

GREKKO = Path(sys.argv.pop(1)).resolve()
ROOT = Path(__file__).resolve().parents[3]
AGENTS = ROOT / "scripts/agents"
HOUR = 3_600
START = 1_700_000_400 // HOUR * HOUR
WAITING = 60  # seconds until something that must come has come


def wave(rows=900):
    """Hourly bars in which ema_cross trades."""
    lines, before = ["open_time_s,open,high,low,close,volume_base"], 50_000
    for i in range(rows):
        phase = i % 240
        close = 50_000 + (phase if phase < 120 else 240 - phase) * 100
        high, low = max(before, close) + 60, min(before, close) - 60
        lines.append(f"{START + i * HOUR},{before},{high},{low},{close},500")
        before = close
    return "\n".join(lines) + "\n"


class BadInput(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="grekko-bad-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "scripts").symlink_to(ROOT / "scripts")

    def grekko(self, *words, code=0, **more):
        """Runs a command to its end; the exit code must be this one."""
        ended = subprocess.run([GREKKO, *map(str, words)], cwd=self.folder, text=True,
                               stdin=subprocess.DEVNULL, capture_output=True, timeout=120, **more)
        codes = code if isinstance(code, tuple) else (code,)
        self.assertIn(ended.returncode, codes, ended.stdout + ended.stderr)
        return ended

    def refused(self, *words, code, says, **more):
        """One error of one line with all of these texts, nothing else on standard error."""
        ended = self.grekko(*words, code=code, **more)
        lines = ended.stderr.strip().splitlines()
        self.assertEqual(len(lines), 1, ended.stderr)
        self.assertTrue(lines[0].startswith("grekko: error: "), lines[0])
        for text in says:
            self.assertIn(str(text), lines[0])
        return ended

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def agent(self, script):
        """A folder with this agent.lua."""
        return self.write("mine/agent.lua", script).parent

    def start(self, *words):
        """`grekko run` in the background, once it trades."""
        process = subprocess.Popen([GREKKO, "run", "--plain", *map(str, words)], cwd=self.folder,
                                   text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)
        until = time.monotonic() + WAITING
        while time.monotonic() < until and process.poll() is None:
            if self.status(*words) is not None:
                return process
        self.fail("the book does not run: " + (process.communicate()[1] or ""))

    def status(self, *words):
        ended = subprocess.run([GREKKO, "status", "-o", "json", *settings(words)],
                               cwd=self.folder, text=True, capture_output=True)
        return json.loads(ended.stdout) if ended.returncode == 0 else None

    def assert_holds(self, journal="data/main"):
        self.assertIn("The journal holds.", self.grekko("journal", "verify", "-j", journal).stdout)
        self.grekko("journal", "replay", "-j", journal)


def settings(words):
    """The --set of a command line."""
    found = []
    for option, value in zip(words, words[1:]):
        found += [option, value] if option == "--set" else []
    return found


class Scripts(BadInput):
    def test_a_missing_script_is_named_with_the_agents_that_are_there(self):
        self.refused("check", "--agent", "balancd", code=5,
                     says=["no agent.lua in balancd", 'did you mean "balanced"', "shipped: "])
        (self.folder / "empty").mkdir()
        self.refused("run", "--agent", "empty", code=5, says=["no agent.lua in empty"])
        self.assertFalse((self.folder / "data/main/tape-1.tape").exists())

    def test_a_half_written_script_is_refused_with_file_and_line(self):
        whole = (AGENTS / "ema_cross/agent.lua").read_text()
        cut = self.agent(whole[: len(whole) // 2])
        said = self.refused("check", "--agent", cut, code=12, says=["agent.lua:"]).stderr
        self.assertRegex(said, r"agent\.lua:\d+: ")
        self.agent("")
        self.refused("check", "--agent", cut, code=4, says=["agent.lua is empty", "save it"])

    def test_a_huge_script_is_refused_by_its_size(self):
        huge = self.agent("-- " + "x" * (256 * 1024) + "\n")
        self.refused("check", "--agent", huge, code=11, says=["agent.lua", "256 KiB"])

    def test_a_binary_script_is_refused_unread(self):
        for content in (b"\x1bLua\x54\x00\x19\x93\r\n\x1a\n", b"\x7fELF\x02\x01\x01\x00" * 9,
                        bytes(range(256))):
            binary = self.agent(content)
            ended = self.grekko("check", "--agent", binary, code=4)
            self.assertIn("agent.lua", ended.stderr)
            self.assertTrue(ended.stderr.isprintable() or ended.stderr.count("\n") == 1)

    def test_a_bad_script_leaves_the_book_as_it_was(self):
        self.grekko("run", "--seconds", 1, "--set", "run.speed=0", "--set", "run.warmup=200")
        before = self.grekko("journal", "export").stdout
        bad = self.agent("local agent = grekko.agent {\n")
        self.refused("run", "--agent", bad, code=12, says=["agent.lua:2"])
        self.assertEqual(self.grekko("journal", "export").stdout, before)
        self.assert_holds()


class Tapes(BadInput):
    def test_a_tape_cut_short_is_refused_wherever_it_was_cut(self):
        csv = self.write("bars.csv", wave(200))
        self.grekko("data", "import", csv, "--symbol", "BTC-USD", "--to", "whole.tape")
        whole = (self.folder / "whole.tape").read_bytes()
        for size in (3, 40, 200, len(whole) // 2, len(whole) - 1):
            cut = self.write("cut.tape", whole[:size])
            for command in (["data", "verify", cut], ["backtest", cut, "-a", "ema_cross"]):
                # Too short for a header it is no tape, else one that is damaged.
                ended = self.grekko(*command, code=(4, 8))
                self.assertIn("cut.tape", ended.stderr)
                self.assertEqual(ended.stderr.count("\n"), 1, ended.stderr)
            self.assertEqual(cut.read_bytes(), whole[:size])
        self.grekko("data", "verify", "whole.tape")

    def test_a_changed_byte_of_a_tape_is_found(self):
        csv = self.write("bars.csv", wave(200))
        self.grekko("data", "import", csv, "--symbol", "BTC-USD", "--to", "whole.tape")
        bytes_ = bytearray((self.folder / "whole.tape").read_bytes())
        bytes_[len(bytes_) // 2] ^= 1
        self.refused("data", "verify", self.write("changed.tape", bytes(bytes_)), code=8,
                     says=["changed.tape"])

    def test_time_that_goes_back_in_a_file_is_refused_with_its_line(self):
        rows = wave(20).splitlines()
        rows[7], rows[8] = rows[8], rows[7]
        csv = self.write("back.csv", "\n".join(rows) + "\n")
        for command in (["data", "import", csv, "--symbol", "BTC-USD", "--to", "back.tape"],
                        ["backtest", csv, "-a", "ema_cross"]):
            self.refused(*command, code=4, says=["back.csv:9"])
        self.assertFalse((self.folder / "back.tape").exists())


class Configurations(BadInput):
    def test_an_unknown_key_a_wrong_unit_and_a_secret_in_clear_are_refused_with_their_line(self):
        for text, says in (
            ("[risk]\nheat_maxx = 0.03\n", [":2: ", 'did you mean "heat_max"']),
            ("[consensus]\n\nround = 250\n", [":3: ", "consensus.round = 250", '"500ms"']),
            ("[consensus]\nround = \"250 ns\"\n", [":2: ", "with its unit"]),
            ("[risk]\nheat_max = \"3 pct\"\n", [":2: ", '"25 %"']),
            ("[[venues]]\nname = \"coinbase\"\napi_secret = \"hunter2\"\n",
             [":3: ", "holds a secret in clear", '"env:NAME"']),
            ("[run]\nseed = \n", [":2: ", "not TOML"]),
        ):
            self.write("grekko.toml", text)
            for command in (["check"], ["run"], ["config", "show"]):
                said = self.refused(*command, code=3, says=["grekko.toml", *says]).stderr
                self.assertNotIn("hunter2", said)
        self.assertFalse((self.folder / "data").exists())

    def test_a_mistyped_variable_or_flag_is_refused(self):
        self.refused("check", code=3, says=["GREKKO_RISK_HEAT_MAXX", 'did you mean'],
                     env={**os.environ, "GREKKO_RISK_HEAT_MAXX": "1"})
        self.refused("check", "--set", "risk.heat_max=3 pct", code=3, says=["--set", "0.25"])
        self.refused("check", "--config", "nowhere.toml", code=5, says=["nowhere.toml"])
        self.refused("check", "--config", "/dev", code=13, says=["/dev"])

    def test_a_binary_or_huge_configuration_is_refused(self):
        self.refused("check", "-c", self.write("a.toml", b"\x7fELF\0\1"), code=3,
                     says=["a.toml:1: not TOML"])
        self.refused("check", "-c", self.write("b.toml", "#" * (1 << 20) + "\n"), code=11,
                     says=["b.toml", "1048576"])


class Journals(BadInput):
    def run_once(self):
        self.grekko("run", "--seconds", 1, "--set", "run.speed=0", "--set", "run.warmup=200")
        return self.folder / "data/main/journal.db"

    def test_a_journal_from_a_newer_version_is_refused_and_not_touched(self):
        journal = self.run_once()
        with sqlite3.connect(journal) as database:
            database.execute("PRAGMA user_version = 99")
        database.close()
        before = journal.read_bytes()
        for command in (["run"], ["journal", "verify"], ["journal", "replay"],
                        ["journal", "tail"], ["explain", "5"]):
            self.refused(*command, code=9, says=["journal.db", "has format 99", "newer program"])
        self.assertEqual(journal.read_bytes(), before)
        with sqlite3.connect(journal) as database:
            database.execute("PRAGMA user_version = 1")
        database.close()
        self.assert_holds()

    def test_a_changed_byte_of_a_journal_is_found_and_not_run_on(self):
        journal = self.run_once()
        with sqlite3.connect(journal) as database:
            (payload,) = database.execute("SELECT payload FROM batches WHERE first = 1").fetchone()
            changed = bytes([payload[0] ^ 1]) + payload[1:]
            database.execute("UPDATE batches SET payload = ? WHERE first = 1", (changed,))
        database.close()
        for command in (["journal", "verify"], ["journal", "replay"]):
            ended = self.grekko(*command, code=8)
            self.assertIn("journal record 1", ended.stderr)
            self.assertIn("restore", ended.stderr)

    def test_a_journal_that_lost_its_end_is_found(self):
        journal = self.run_once()
        with sqlite3.connect(journal) as database:
            database.execute("DELETE FROM batches WHERE first = (SELECT max(first) FROM batches)")
        database.close()
        for command in (["journal", "verify"], ["run", "--seconds", 1]):
            ended = self.grekko(*command, code=8)
            self.assertIn("restore", ended.stderr)

    def test_what_is_no_journal_is_not_taken_for_one(self):
        self.write("data/main/journal.db", "these are my notes\n" * 300)
        for command in (["run"], ["journal", "verify"]):
            self.refused(*command, code=8, says=["journal.db", "not a database"])
        self.assertIn(b"my notes", (self.folder / "data/main/journal.db").read_bytes())
        self.refused("journal", "verify", "-j", "elsewhere", code=5,
                     says=["elsewhere", "there is no journal", "--journal"])

    def test_a_second_process_is_refused_and_the_first_goes_on(self):
        first = self.start()
        self.refused("run", code=7, says=["data/main", "process"])
        self.assertIsNotNone(self.status())
        self.grekko("stop", "--reason", "enough")
        out, err = first.communicate(timeout=WAITING)
        self.assertEqual(first.returncode, 0, out + err)
        self.assert_holds()

    def test_a_killed_process_loses_nothing_that_was_acknowledged(self):
        first = self.start("--seed", 3)
        self.grekko("halt", "--reason", "before the crash")
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=WAITING)
        ended = self.grekko("journal", "export")
        self.assertIn("before the crash", ended.stdout)
        began = time.monotonic()
        second = self.start("--seed", 3)
        self.assertLess(time.monotonic() - began, 60)
        self.assertEqual(self.status()["state"], "halted")
        second.send_signal(signal.SIGTERM)
        out, err = second.communicate(timeout=WAITING)
        self.assertEqual(second.returncode, 0, out + err)
        self.assert_holds()

    def test_a_clock_behind_the_journal_is_told_and_time_goes_on_after_it(self):
        words = ["--seconds", 1, "--set", "run.speed=1", "--set", "run.warmup=200"]
        self.grekko("run", "--start", "2050-01-01", *words)
        ended = self.grekko("run", *words)
        self.assertIn("the clock is behind", ended.stderr)
        # "…:20Z" and "…:20.121Z": as many digits of the second as there are
        times = [json.loads(line)["at"].rstrip("Z").replace(".", " ")
                 for line in self.grekko("journal", "export").stdout.split("\n") if line]
        self.assertEqual(times, sorted(times))
        self.assertTrue(times[-1].startswith("2050-01-01"), times[-1])
        self.assert_holds()


@unittest.skipUnless(os.geteuid() == 0, "only root may mount the small disk that this fills")
class FullDisk(BadInput):
    def setUp(self):
        super().setUp()
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", self.disk],
                                 capture_output=True, text=True)
        if mounted.returncode != 0:
            self.skipTest("no small disk can be mounted here: " + mounted.stderr.strip())
        self.addCleanup(subprocess.run, ["umount", "-l", self.disk], check=False)

    def test_a_disk_that_fills_stops_the_book_with_one_error_and_an_intact_journal(self):
        words = ["--set", f"book.folder={self.disk}", "--set", "run.speed=0", "--set",
                 "run.warmup=200"]
        ended = self.grekko("run", "--plain", "--seconds", 100, *words, code=10)
        errors = [line for line in ended.stderr.splitlines() if line.startswith("grekko: error")]
        self.assertEqual(len(errors), 1, ended.stderr)
        self.assertIn(str(self.disk), errors[0])
        self.assertIn("space", errors[0])
        self.assertIn("The journal holds.",
                      self.grekko("journal", "verify", "-j", self.disk / "main").stdout)
        self.grekko("journal", "tail", "-j", self.disk / "main")

    def test_a_full_disk_refuses_an_import_and_an_export_and_leaves_no_half_file(self):
        csv = self.write("bars.csv", wave(900))
        self.grekko("backtest", csv, "-a", "ema_cross", "--fees", "none", "--out", "result")
        filler = self.disk / "filler"
        filler.write_bytes(b"x" * (24 * 1024 * 1024 - 8192))
        ended = self.grekko("data", "import", csv, "--symbol", "BTC-USD", "--to",
                            self.disk / "bars.tape", code=10)
        self.assertIn("bars.tape", ended.stderr)
        self.assertEqual([path.name for path in self.disk.iterdir()], ["filler"])
        ended = self.grekko("journal", "export", "-j", "result", "--out", self.disk / "out",
                            code=10)
        self.assertIn("out", ended.stderr)
        self.grekko("backtest", csv, "-a", "ema_cross", "--out", self.disk / "result", code=10)
        self.assert_holds("result")


class ErrorsAsJson(BadInput):
    def test_an_error_has_the_documented_name_and_number(self):
        table = (ROOT / "docs/reference/exit-codes.md").read_text()
        codes = dict(re.findall(r"^\| (\d+) \| `(\w+)` \|", table, re.MULTILINE))
        for words, code in ((["config", "show", "--set", "run.sed=1"], 3),
                            (["data", "info", "nowhere"], 5), (["status"], 14),
                            (["explain", "7"], 5), (["explain", "x"], 2)):
            ended = self.grekko(*words, "-o", "json", code=code)
            error = json.loads(ended.stderr)["error"]
            self.assertEqual((error["exit"], error["code"]), (code, codes[str(code)]))


if __name__ == "__main__":
    unittest.main()
