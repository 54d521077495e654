"""The requirement table is true: docs/reference/requirements.csv.

One row for each requirement: id,statement,state,proof. A row that is `done` or `part` names proofs
that exist, separated by "; ":
  test:Suite.Name   a TEST, TEST_F, TEST_P or RapidCheck property in tests/**/*.cpp
  ctest:name        a test that CTest knows
  file:path#text    a file of the tree; with #text, one that holds the text
  cmd:make test     a target of the Makefile, a script of the tree, or a command of grekko

Edit a row with: tests/tidy/requirements.py --set G105 done test:Risk.DeniesWithoutBalance
"""

import argparse
import csv
import io
import re
import shlex
import sys
from pathlib import Path

from tree import Finding, blank, main, read, walk

TABLE = "docs/reference/requirements.csv"
FIELDS = ["id", "statement", "state", "proof"]
STATES = ("done", "part", "todo", "paper")
COUNTS = {"G": 330, "R": 155, "N": 104, "S": 135}
IDS = {f"{letter}{n}" for letter, count in COUNTS.items() for n in range(1, count + 1)}

TEST = re.compile(
    r"\b(?:TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP"
    r"|RC_GTEST_TYPED_FIXTURE_PROP)\s*\(\s*(\w+)\s*,\s*(\w+)\s*[,)]"
)


def cpp_tests(root):
    names = set()
    for path in walk(Path(root) / "tests"):
        if path.endswith(".cpp"):
            text = blank(read(root, f"tests/{path}"))
            names |= {f"{suite}.{name}" for suite, name in TEST.findall(text)}
    return names


def ctest_names(root):
    names = set()
    for path in walk(Path(root) / "tests"):
        if not path.endswith(("CMakeLists.txt", ".cmake")):
            continue
        text = re.sub(r"#[^\n]*", "", read(root, f"tests/{path}"))
        if re.search(r"\bgrekko_test\s*\(", text) and "/" in path:
            names.add(path.rsplit("/", 1)[0].replace("/", "_"))
        names |= set(re.findall(r"\badd_test\s*\(\s*NAME\s+([\w.-]+)", text))
        names |= {f"tidy_{name}" for name in re.findall(r"\btidy_test\s*\(\s*(\w+)", text)}
    return names


def make_targets(root):
    makefile = Path(root) / "Makefile"
    text = makefile.read_text(encoding="utf-8") if makefile.exists() else ""
    return set(re.findall(r"^([a-z][\w-]*):(?!=)", text, re.MULTILINE))


class Proofs:
    """What can be pointed at as a proof, read once."""

    def __init__(self, root):
        self.root = Path(root)
        self.tests = cpp_tests(root)
        self.ctests = ctest_names(root)
        self.targets = make_targets(root)

    def wrong(self, proof):
        """Why a proof does not hold, or None."""
        kind, _, rest = proof.partition(":")
        known = {"test": self.wrong_test, "ctest": self.wrong_ctest, "file": self.wrong_file,
                 "cmd": self.wrong_command}
        if kind not in known or not rest:
            return f"`{proof}` is no proof; write test:, ctest:, file: or cmd:"
        return known[kind](rest)

    def wrong_test(self, name):
        return None if name in self.tests else f"no test {name} in tests/; name one that exists"

    def wrong_ctest(self, name):
        return None if name in self.ctests else f"CTest has no {name}; name one that exists"

    def wrong_file(self, rest):
        path, _, text = rest.partition("#")
        file = self.root / path
        if not file.is_file():
            return f"no file {path}; name one that exists"
        if text and text not in file.read_text(encoding="utf-8", errors="replace"):
            return f"{path} does not hold `{text}`"
        return None

    def wrong_command(self, command):
        words = shlex.split(command)
        if words[:1] == ["make"] and len(words) > 1:
            return None if words[1] in self.targets else f"the Makefile has no target {words[1]}"
        if words[:1] == ["bash"] and len(words) > 1:
            return self.wrong_file(words[1])
        if words[0].rsplit("/", 1)[-1] == "grekko" and len(words) > 1:
            name = words[1].replace("-", "_")
            found = list((self.root / "host/app").glob(f"commands/**/{name}*.cpp"))
            return None if found else f"grekko has no command {words[1]} in host/app/commands"
        return self.wrong_file(words[0])


def rows(root):
    """(line, row) of each row of the table."""
    reader = csv.DictReader(io.StringIO(read(root, TABLE)))
    for row in reader:
        yield reader.line_num, row


def wrong_row(row, proofs):
    """Each thing wrong with one row."""
    if row["id"] not in IDS:
        yield f"{row['id']} is no requirement; ids are G1..G330, R1..R155, N1..N104, S1..S135"
    if not row["statement"].strip():
        yield f"{row['id']} has no statement"
    if row["state"] not in STATES:
        yield f"{row['id']} is `{row['state']}`; a state is one of {', '.join(STATES)}"
    named = [proof.strip() for proof in row["proof"].split(";") if proof.strip()]
    if row["state"] in ("done", "part") and not named:
        yield f"{row['id']} is {row['state']} without a proof; name a test or make it todo"
    for proof in named:
        wrong = proofs.wrong(proof)
        if wrong:
            yield f"{row['id']}: {wrong}"


def check(root, ids=frozenset(IDS)):
    if not (Path(root) / TABLE).is_file():
        return [Finding(TABLE, 1, "the table is missing; restore it from git")]
    findings, seen, proofs = [], set(), Proofs(root)
    for line, row in rows(root):
        if None in row or any(row.get(field) is None for field in FIELDS):
            text = f"not four fields; the head is {','.join(FIELDS)}"
            findings.append(Finding(TABLE, line, text))
            continue
        if row["id"] in seen:
            findings.append(Finding(TABLE, line, f"{row['id']} stands twice; keep one row"))
        seen.add(row["id"])
        findings += [Finding(TABLE, line, wrong) for wrong in wrong_row(row, proofs)]
    missing = sorted(ids - seen, key=lambda name: (name[0], int(name[1:])))
    if missing:
        text = f"{len(missing)} rows missing, first {missing[0]}; restore them from git"
        findings.append(Finding(TABLE, 1, text))
    return findings


def set_row(root, name, state, proof):
    """Writes one row's state and proof; returns what is wrong with the new row."""
    table = [row for _, row in rows(root)]
    row = next((row for row in table if row["id"] == name), None)
    if row is None:
        return [f"no row {name} in {TABLE}"]
    row["state"], row["proof"] = state, proof
    wrong = list(wrong_row(row, Proofs(root)))
    if not wrong:
        out = io.StringIO()
        writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
        (Path(root) / TABLE).write_text(out.getvalue(), encoding="utf-8")
    return wrong


def command_line():
    parser = argparse.ArgumentParser(description="edit or count the requirement table")
    parser.add_argument("--set", nargs=3, action="append", metavar=("ID", "STATE", "PROOF"))
    parser.add_argument("--count", action="store_true", help="rows by state")
    options = parser.parse_args()
    root = Path(__file__).resolve().parents[2]
    wrong = [text for row in options.set or [] for text in set_row(root, *row)]
    print("\n".join(wrong), end="\n" if wrong else "", file=sys.stderr)
    if options.count:
        states = [row["state"] for _, row in rows(root)]
        print("  ".join(f"{state} {states.count(state)}" for state in STATES))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].startswith("--"):
        command_line()
    main(check)
