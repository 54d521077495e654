"""The real layout of the plugin ABI is the committed one: sdk/abi/layout.txt.

It also holds that members lie end to end, so that no struct has a hidden gap and no member is
missing in the lists; that every header's structs are in the file; and that the headers carry the
hash of the file. Arguments: the program that prints the layout, the source folder.
GREKKO_SNAP_UPDATE=1 writes the file; the hash goes into abi.h by hand, with a new minor or major.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

PROGRAM, ROOT = sys.argv[1], Path(sys.argv[2])
LAYOUT = ROOT / "sdk/abi/layout.txt"
HEADERS = ROOT / "sdk/include/grekko"


def run(*words):
    return subprocess.run([PROGRAM, *words], text=True, capture_output=True, check=True).stdout


def structs(text):
    """name → (bytes, [(member, offset, bytes)])"""
    found, members = {}, []
    for line in text.split("\n"):
        words = line.split()
        if line.startswith("    "):
            members.append((words[0], int(words[1]), int(words[2])))
        elif line.startswith("grekko_"):
            members = []
            found[words[0]] = (int(words[1]), members)
    return found


def gaps(name, size, members):
    """Each place of a struct that no listed member covers."""
    if len(members) > 1 and all(offset == 0 for _, offset, _ in members):  # a union
        return
    end = 0
    for member, offset, width in members + [("the end", size, 0)]:
        if offset != end:
            yield f"{name}: {offset - end} bytes before {member} are in no member"
        end = offset + width


def declared():
    """Every struct and union of the C headers."""
    for path in sorted(HEADERS.rglob("*.h")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        yield from re.findall(r"^\} (grekko_\w+);", text, re.M)


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def main():
    real = run()
    if os.environ.get("GREKKO_SNAP_UPDATE") == "1":
        LAYOUT.write_text(real)
    committed = LAYOUT.read_text()
    wrong = []
    if real != committed:
        pairs = zip(real.split("\n"), committed.split("\n"))
        line = next((f"{a!r} instead of {b!r}" for a, b in pairs if a != b), "another length")
        wrong.append(f"the layout has changed: {line}; a released struct never does")
    known = structs(real)
    for name, (size, members) in known.items():
        wrong += gaps(name, size, members)
    wrong += [f"{name} is in no list of layout/" for name in declared() if name not in known]
    expected, carried = f"{fnv1a(committed.encode()):016x}", run("hash").strip()
    if carried != expected:
        wrong.append(f"GREKKO_ABI_LAYOUT_HASH is 0x{carried}, the file's is 0x{expected}")
    print("\n".join(wrong) or f"{len(known)} structs are as they are committed")
    sys.exit(1 if wrong else 0)


main()
