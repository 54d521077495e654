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
        (self.folder / "grekko.toml").write_text("[run]\nspeed = 600\nwarmup = 200\n")

    def grekko(self, words, code=0):
        done = subprocess.run([GREKKO, *words], cwd=self.folder, text=True, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=120, check=False)
        self.assertEqual(done.returncode, code, f"{words}: {done.stdout}{done.stderr}")
        return done.stdout

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


if __name__ == "__main__":
    unittest.main()
