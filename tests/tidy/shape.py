"""The shape of a file: length of lines, functions and files, how a header opens, what is open."""

import ast
import re

from tree import CPP, Finding, blank, line_of, main, read, tracked

COLUMNS_MAX = 100
FILE_LINES_MAX = 400
TEST_LINES_MAX = 800
FUNCTION_LINES_MAX = 70
HEADER_COMMENT_LINES_MIN = 3
SERVICE_HEADER_LINES_MAX = 120
# The engine joins seven services: its private steps stand in its header in reading order.
SERVICE_HEADER_LONGER = {"host/core/engine/engine.hpp": 340}
PORT_FUNCTIONS_MAX = 8

CODE = CPP + (".py", ".lua", ".sh", ".cmake", "CMakeLists.txt", ".ts", ".svelte", ".ci/run")
OPEN_WORK = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))")
SCOPE = re.compile(r"\b(?:namespace|class|struct|union|enum)\b|\bextern\s*$")
MEMBER_INITIALISER = re.compile(r"\)\s*(?:noexcept\s*(?:\([^)]*\))?\s*)?:(?!:)")


def is_test(path):
    return path.startswith("tests/") or path.endswith("_test.lua")


def kind_of_scope(head, before, inside):
    """What the brace after `head` opens: scope, function, member initialiser or plain block."""
    if inside == "function":
        return "block"
    initialiser = MEMBER_INITIALISER.search(head)
    if initialiser and re.match(r"[\w>]", before):
        return "initialiser"
    without_templates = re.sub(r"template\s*<[^{}]*?>\s*(?=\w)", "", head)
    if "(" not in without_templates.split(" requires ")[0]:
        return "scope" if SCOPE.search(without_templates) else "block"
    ends_as_function = re.search(r"\)\s*(?:const|noexcept|\s)*$", head)
    if SCOPE.match(without_templates.lstrip()) and not ends_as_function:
        return "scope"
    return "function"


def functions(text):
    """(first line, last line, head) of each C++ function body; lambdas belong to their function."""
    code = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", lambda m: re.sub(r"[^\n]", " ", m[0]),
                  blank(text), flags=re.MULTILINE)
    stack, start = [], 0
    for match in re.finditer(r"[{};]", code):
        at, mark = match.start(), match.group(0)
        inside = stack[-1][0] if stack else "scope"
        if mark == ";":
            if inside == "scope":
                start = at + 1
        elif mark == "{":
            head = code[start:at]
            kind = kind_of_scope(head, code[at - 1:at], inside if inside != "block" else "function")
            stack.append((kind, start, head))
            if kind == "scope":
                start = at + 1
        elif stack:
            kind, opened, head = stack.pop()
            if kind == "function":
                first = opened + len(head) - len(head.lstrip())
                yield line_of(code, first), line_of(code, at), " ".join(head.split())
            if kind in ("function", "scope") or (kind == "block" and not stack):
                start = at + 1


def name_of(head):
    found = re.search(r"([~\w:]+|operator\s*\S+)\s*\(([^()]*)", head)
    if found and re.match(r"(?:TEST|TEST_F|TEST_P|RC_GTEST_\w+)$", found.group(1)):
        return f"{found.group(1)}({found.group(2).strip()})"
    return found.group(1) if found else head[:40]


def python_functions(text):
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.lineno, node.end_lineno, f"{node.name}("


def check_lines(path, text):
    lines = text.split("\n")
    limit = TEST_LINES_MAX if is_test(path) else FILE_LINES_MAX
    if len(lines) - 1 > limit:
        yield limit, f"{len(lines) - 1} lines, more than {limit}; split the file by what it decides"
    for number, line in enumerate(lines, start=1):
        if len(line) > COLUMNS_MAX:
            yield number, f"{len(line)} columns, more than {COLUMNS_MAX}; run make format"
        if "\t" in line:
            yield number, "a tab; indent with 4 spaces"
        if line.endswith((" ", "\r")):
            yield number, "white space at the end of the line; remove it"
        if not path.startswith("tests/tidy/") and OPEN_WORK.search(line):
            yield number, "open work without an issue; finish it, or write TODO(#123)"


def check_functions(path, text):
    found = python_functions(text) if path.endswith(".py") else functions(text)
    for first, last, head in found:
        if last - first + 1 > FUNCTION_LINES_MAX:
            yield first, (
                f"{name_of(head)} has {last - first + 1} lines, more than {FUNCTION_LINES_MAX}; "
                "one function decides, move the work to leaves"
            )


def check_header(path, text):
    lines = text.split("\n")
    guarded = path.endswith(".h") and re.search(r"^#ifndef (\w+_H)\n#define \1$", text, re.M)
    if "#pragma once" not in lines and not guarded:
        yield 1, "no #pragma once; write it after the opening comment"
    opening = [line for line in lines if line.strip() and line != "#pragma once"]
    comment = 0
    while comment < len(opening) and opening[comment].startswith(("//", "/*", " *")):
        comment += 1
    if comment < HEADER_COMMENT_LINES_MIN:
        yield 1, "opens without 3 to 6 comment lines: what it is, what it is not, who calls it"
    parts = path.split("/")
    if parts[:2] == ["host", "core"] and len(parts) == 4 and parts[3] == parts[2] + ".hpp":
        most = SERVICE_HEADER_LONGER.get(path, SERVICE_HEADER_LINES_MAX)
        if len(lines) - 1 > most:
            yield most, (
                f"{len(lines) - 1} lines in a service's public header, more than "
                f"{most}; move private things to files beside it"
            )
    if path.startswith("host/ports/"):
        for match in re.finditer(r"\bclass\s+(\w+)[^;{]*\{(.*?)^\};", blank(text), re.S | re.M):
            count = len(re.findall(r"=\s*0\s*;", match.group(2)))
            if count > PORT_FUNCTIONS_MAX:
                yield line_of(text, match.start()), (
                    f"port {match.group(1)} has {count} functions, more than {PORT_FUNCTIONS_MAX}; "
                    "make two ports"
                )


def check(root):
    findings = []
    for path in tracked(root):
        if not path.endswith(CODE):
            continue
        text = read(root, path)
        checks = list(check_lines(path, text))
        if path.endswith(CPP + (".py",)):
            checks += check_functions(path, text)
        if path.endswith((".hpp", ".h")):
            checks += check_header(path, text)
        findings += [Finding(path, line, what) for line, what in checks]
    return findings


if __name__ == "__main__":
    main(check)
