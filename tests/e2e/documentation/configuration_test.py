#!/usr/bin/env python3
"""docs/reference/configuration.md lists every key that the program knows, and nothing else.

Its tables are made from `grekko config schema`; what stands above the first is written by hand.
Argument: the binary. GREKKO_SNAP_UPDATE=1 writes the tables.
"""

import difflib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/configuration.md"


def leaves(path, schema):
    """(path, schema) of every key below a part of the schema, in its order."""
    row = schema.get("items", {})
    if "properties" in schema:
        for name, part in schema["properties"].items():
            yield from leaves(f"{path}.{name}" if path else name, part)
    elif "properties" in row:
        for name, part in row["properties"].items():
            yield from leaves(f"{path}[].{name}", part)
    elif "additionalProperties" in schema and "type" not in schema:
        yield f"{path}.NAME", schema["additionalProperties"]
    else:
        yield path, schema


def kind(schema):
    pattern = schema.get("pattern", "")
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    if "ns|us|ms" in pattern:
        return "span"
    if "bp" in pattern:
        return "share"
    if "env:" in pattern:
        return "reference"
    names = {"integer": "whole number", "boolean": "true or false", "array": "list",
             "string": "text"}
    one = schema["type"]
    if isinstance(one, list):
        return "any" if "boolean" in one else "number"
    return names[one]


def default(schema):
    value = schema.get("default")
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        return ", ".join(f"`{item}`" for item in value)
    return "" if value is None or value == "" else f"`{value}`"


def tables(schema):
    out, section = [], None
    for path, part in leaves("", schema):
        first = re.match(r"\w+", path).group(0)
        if first != section:
            section = first
            out.append(f"\n## {section}\n\n"
                       "| key | is | default | range | meaning |\n"
                       "|---|---|---|---|---|\n")
        about, _, bounds = part.get("description", "").partition(" Range: ")
        meaning = about.rstrip(".").replace("|", "\\|").replace("<", "\\<")
        cells = [f"`{path}`", kind(part), default(part), bounds, meaning]
        out.append("| " + " | ".join(cells) + " |\n")
    return "".join(out)


def main():
    done = subprocess.run([sys.argv[1], "config", "schema"], check=True, capture_output=True)
    opening = PAGE.read_text().partition("\n## ")[0]
    made = opening + tables(json.loads(done.stdout))
    if os.environ.get("GREKKO_SNAP_UPDATE") == "1":
        PAGE.write_text(made)
    written = PAGE.read_text()
    difference = difflib.unified_diff(written.splitlines(), made.splitlines(), "the page",
                                      "the program", lineterm="")
    print(*difference, sep="\n")
    if written != made:
        print("FAILED: the page is not the program's; if that is meant, run with "
              "GREKKO_SNAP_UPDATE=1")
        return 1
    print(f"ok: {made.count(chr(10) + '| `')} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
