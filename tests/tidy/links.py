"""Every relative link in the documents leads to a file, and to a heading where it names one."""

import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from tree import Finding, line_of, main, read, tracked

FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
LINK = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?([^)\s>]+)>?(?:\s+[\"'][^)]*)?\)")
REFERENCE = re.compile(r"^\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
HTML = re.compile(r"<(?:img|a|source)\b[^>]*?\b(?:src|href|srcset)=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
ANCHOR = re.compile(r"<a\s+(?:id|name)=\"([^\"]+)\"")


def without_code(text):
    def spaces(match):
        return re.sub(r"[^\n]", " ", match.group(0))

    return CODE.sub(spaces, FENCE.sub(spaces, text))


def anchors(text):
    """The names that a heading can be reached by, as code hosting sites make them."""
    names = set(ANCHOR.findall(text))
    for title in HEADING.findall(FENCE.sub("", text)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).replace("`", "")
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        count = 0
        name = slug
        while name in names:
            count += 1
            name = f"{slug}-{count}"
        names.add(name)
    return names


def check_link(root, path, link):
    """What is wrong with one link, or None."""
    if re.match(r"[a-z][a-z0-9+.-]*:", link, re.IGNORECASE) or link.startswith("//"):
        return None
    target, _, fragment = unquote(link).partition("#")
    if target.startswith("/"):
        return f"link {link} starts at the root of a machine; write it relative to this file"
    file = Path(root) / PurePosixPath(path).parent / target if target else Path(root) / path
    if not file.exists():
        return f"link {link} leads nowhere; mend the path or write the page"
    if not file.resolve().is_relative_to(Path(root).resolve()):
        return f"link {link} leaves the repository; bring the text in or name it without a link"
    if fragment and file.suffix == ".md":
        if fragment not in anchors(file.read_text(encoding="utf-8")):
            return f"link {link}: {file.name} has no heading #{fragment}"
    return None


def check(root):
    findings = []
    for path in tracked(root):
        if not path.endswith(".md"):
            continue
        text = without_code(read(root, path))
        for pattern in (LINK, REFERENCE, HTML):
            for match in pattern.finditer(text):
                wrong = check_link(root, path, match.group(1))
                if wrong:
                    findings.append(Finding(path, line_of(text, match.start()), wrong))
    return findings


if __name__ == "__main__":
    main(check)
