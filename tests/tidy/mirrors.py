"""Every source with code has its test at the mirrored path.

host/core/risk/limits.cpp is tested by tests/unit/core/risk/limits_test.cpp, or by a test that
names it in a line `// covers: core/risk/limits.cpp` (`# covers:` in Python); a name without a
folder means the mirrored one. A header needs a test where it has code of its own, that is a
function body, and no source beside it; a `fields()` that only lists members is none. What is
neither is in untested.txt with a reason.
"""

import re
from pathlib import Path

from tree import Finding, blank, main, read, sources, walk

COVERS = re.compile(r"^(?://|#|--)\s*covers:(.*)$", re.MULTILINE)
BODY = re.compile(
    r"\)\s*(?:const\b|noexcept\b(?:\s*\([^)]*\))?|override\b|final\b|->\s*[\w:<>,&*\s]+?|\s)*"
    r"(?::\s*\w+\s*[({][^;]*?[)}]\s*)?\{"
)
FIELDS = re.compile(r"\bvoid\s+fields\s*\([^()]*\)\s*(?:const\s*)?\{")
ALLOW_LIST = "tests/tidy/untested.txt"


def key(path):
    """A path without the folder host/: core/risk/limits.cpp, adapters/paper/book.cpp."""
    return path.removeprefix("host/")


def covered(root):
    """Keys of all sources that some test file covers, by its place or by its own word."""
    found = set()
    for path in walk(Path(root) / "tests"):
        if not path.endswith((".cpp", ".py", ".sh", ".lua")) or path.startswith("tidy/"):
            continue
        place = path.split("/", 1)[1] if "/" in path else path
        if path.startswith("unit/") and path.endswith("_test.cpp"):
            stem = place.removesuffix("_test.cpp")
            found |= {stem + ".cpp", stem + ".hpp", stem + ".h"}
        for line in COVERS.findall(read(root, f"tests/{path}")):
            for name in line.replace(",", " ").split():
                found.add(name if "/" in name else str(Path(place).parent / name))
    return found


def allowed(root):
    """(keys, findings): the allow list, a line `path: reason`, each path present."""
    keys, findings = set(), []
    if not (Path(root) / ALLOW_LIST).exists():
        return keys, findings
    for number, line in enumerate(read(root, ALLOW_LIST).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        path, _, reason = line.partition(":")
        if not reason.strip():
            findings.append(Finding(ALLOW_LIST, number, "no reason; write `path: reason`"))
        if not (Path(root) / path).is_file():
            findings.append(Finding(ALLOW_LIST, number, f"{path} is gone; remove the line"))
        keys.add(key(path))
    return keys, findings


def check(root):
    tested = covered(root)
    keys, findings = allowed(root)
    paths = list(sources(root, "host", "adapters", "plugins"))
    for path in paths:
        name = key(path)
        stem, _, suffix = name.rpartition(".")
        if name in tested or name in keys:
            continue
        if suffix in ("hpp", "h"):
            if any(key(other) == f"{stem}.cpp" for other in paths):
                continue
            if not BODY.search(FIELDS.sub("", blank(read(root, path)))):
                continue
        wanted = f"tests/unit/{stem}_test.cpp"
        text = f"has no test; write {wanted}, or name it in a test's line `// covers: {name}`"
        findings.append(Finding(path, 1, text))
    return findings


if __name__ == "__main__":
    main(check)
