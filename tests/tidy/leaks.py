"""No tracked file holds a secret: private keys, tokens of known services, values of fields that are
named like secrets. A secret is named by reference, env:NAME or file:PATH, wherever it is needed.
"""

import re
from pathlib import Path

from tree import Finding, main, tracked

# (pattern, what it is). The last group of a pattern is what would be secret.
RULES = (
    (re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"), "a private key"),
    (re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"), "an access key of AWS"),
    (re.compile(r"\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36}\b"), "a token of GitHub"),
    (re.compile(r"\bgithub_pat_[A-Za-z0-9_]{40,}\b"), "a token of GitHub"),
    (re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10,}\b"), "a token of Slack"),
    (re.compile(r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}\b"), "a key of a model provider"),
    (re.compile(r"\bAIza[0-9A-Za-z_-]{35}\b"), "a key of Google"),
    (re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"), "a JWT"),
    (
        re.compile(
            r"\b\w*(?:secret|password|passphrase|token|api_?key|private_?key|mnemonic)\w*[\"']?"
            r"\s*[:=]\s*[\"'](?!env:|file:)[A-Za-z0-9+/_=-]{20,}[\"']",
            re.IGNORECASE,
        ),
        "a value that is named like a secret",
    ),
)
OWN = ("tests/tidy/leaks.py", "tests/tidy/selftest.py")
SIZE_MAX = 2_000_000


def check(root):
    findings = []
    for path in tracked(root):
        file = Path(root) / path
        if path in OWN or file.stat().st_size > SIZE_MAX:
            continue
        raw = file.read_bytes()
        if b"\0" in raw[:4096]:
            continue
        for number, line in enumerate(raw.decode("utf-8", errors="replace").split("\n"), start=1):
            for pattern, what in RULES:
                if pattern.search(line):
                    text = f"{what}; take it out, change it, and name it by env:NAME or file:PATH"
                    findings.append(Finding(path, number, text))
    return findings


if __name__ == "__main__":
    main(check)
