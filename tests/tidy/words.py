"""Words that no tracked text may hold: places of one machine, registries, promises without a date.

The project speaks of itself alone and stands alone: a clone elsewhere must read as true as here.
"""

import re
from pathlib import Path

from tree import Finding, main, tracked

# (pattern, why and how to mend, paths where it may stand)
RULES = (
    (
        re.compile(r"(?<![\w.~-])/(?:work|root|home/\w+|Users/\w+)/"),
        "a path of one machine; write it relative to the repository",
        (),
    ),
    (
        re.compile(r"\.\./shared\b"),
        "a folder outside the repository; only tests and docs about recorded data may name it",
        ("tests/", "docs/how-to/recorded-data.md", ".ci/", "CONTRIBUTING.md"),
    ),
    (
        re.compile(
            r"\b(?:registry\.(?:npmjs|yarnpkg)\.\w+|(?:deb|security)\.debian\.org|pypi\.org"
            r"|files\.pythonhosted\.org|proxy\.golang\.org|index\.crates\.io|artifactory)\b",
            re.IGNORECASE,
        ),
        "a registry's host; the machine's own settings name it, leave it out",
        (),
    ),
    (
        re.compile(r'^\s*"resolved":\s*"https?:'),
        "a registry's host; npm's omit-lockfile-registry-resolved=true leaves it out",
        (),
    ),
    (
        re.compile(r"\b(?:for now|not yet implemented|unimplemented|quick fix)\b", re.IGNORECASE),
        "a promise without a date; finish it, or open an issue and name it",
        (),
    ),
    (
        re.compile(
            r"\b(?:worktree|sub-?agents?|scratchpad|as an ai|this session's"
            r"|the brief says)\b",
            re.IGNORECASE,
        ),
        "it speaks of how the text was made; say what the project does",
        (".gitignore",),
    ),
)
OWN = ("tests/tidy/words.py", "tests/tidy/selftest.py")
BINARY = (".png", ".jpg", ".gz", ".zst", ".woff2", ".ico", ".tape", ".db", ".zip")
SIZE_MAX = 2_000_000


def check(root):
    findings = []
    for path in tracked(root):
        file = Path(root) / path
        if path in OWN or path.endswith(BINARY) or file.stat().st_size > SIZE_MAX:
            continue
        raw = file.read_bytes()
        if b"\0" in raw[:4096]:
            continue
        text = raw.decode("utf-8", errors="replace")
        rules = [rule for rule in RULES if not path.startswith(rule[2]) or not rule[2]]
        rules = [rule for rule in rules if re.search(rule[0].pattern, text, rule[0].flags | re.M)]
        if not rules:
            continue
        for number, line in enumerate(text.split("\n"), start=1):
            for pattern, why, _ in rules:
                found = pattern.search(line)
                if found:
                    findings.append(Finding(path, number, f"`{found.group(0).strip()}`: {why}"))
    return findings


if __name__ == "__main__":
    main(check)
