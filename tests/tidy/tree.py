"""What the tidy scripts share: the files of the tree, C++ without comments, and one way to report.

A script is called as `script.py [root]`; it prints a line a finding, `file:line: what, why, how to
mend`, and exits with 1 where there is one. It reads the tree and changes nothing.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CPP = (".cpp", ".hpp", ".h", ".c")
SKIPPED_FOLDERS = {".git", "build", "node_modules", "data", ".cache", "__pycache__"}


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


def walk(root):
    """Every file below root as a path relative to it, without the folders that are built."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS)
        for name in sorted(files):
            yield Path(folder, name).relative_to(root).as_posix()


def tracked(root):
    """The files that git has or would add; all files where the tree is no git repository."""
    command = ["git", "-C", str(root), "ls-files", "-z"]
    command += ["--cached", "--others", "--exclude-standard"]
    if (Path(root) / ".git").exists():
        listed = subprocess.run(command, capture_output=True, check=False)
        if listed.returncode == 0:
            names = sorted(set(listed.stdout.decode().split("\0")) - {""})
            return [name for name in names if (Path(root) / name).is_file()]
    return list(walk(root))


def sources(root, *folders, suffixes=CPP):
    """The files with these suffixes below the given folders of root."""
    for folder in folders:
        base = Path(root) / folder
        for path in walk(base):
            if path.endswith(suffixes):
                yield f"{folder}/{path}"


def read(root, path):
    return (Path(root) / path).read_text(encoding="utf-8", errors="replace")


TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Za-z_])\'(?:\\.|[^\'\\\n])+\'',
    re.DOTALL,
)


def blank(text, strings=True):
    """C++ with comments, and strings too if wanted, turned to spaces; lines stay where they are."""

    def spaces(match):
        token = match.group(0)
        if not strings and not token.startswith(("//", "/*")):
            return token
        return re.sub(r"[^\n]", " ", token)

    return TOKEN.sub(spaces, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def main(check):
    """Runs check(root) and ends the process as a test: 1 with the findings, 0 without."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2])
    findings = sorted(check(root), key=lambda finding: (finding.path, finding.line))
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} found; the rules are in docs/contributing/style.md")
    sys.exit(1 if findings else 0)
