"""What core/ and domain/ may not name: clocks, chance, hash order, I/O, threads, binary fractions.

A line that must do so all the same ends in `// det-ok: <reason>`.
"""

import re

from tree import Finding, blank, main, read, sources

WHY = {
    "clock": "Input.at is the only now; take the time as an argument",
    "chance": "chance is an input; take the seed or the value as an argument",
    "hash order": "its order differs between runs; use a sorted container or a flat vector",
    "pointer order": "addresses differ between runs; order by an id",
    "I/O": "the core does none; emit an event or an effect",
    "thread": "one thread owns the state; hand work to runtime/",
    "environment": "configuration is an input; take the value as an argument",
    "binary fraction": "amounts are Decimal; double is for indicators, statistics and charts",
}

BANNED = {
    "clock": r"\b(?:\w+_clock|clock_gettime|gettimeofday|localtime(?:_r)?|gmtime(?:_r)?|strftime"
    r"|__rdtscp?|sleep_for|sleep_until|usleep|nanosleep)\b|\bstd::time\b"
    r"|(?<![\w.>])time\s*\(\s*(?:nullptr|NULL|0|&)",
    "chance": r"\b(?:random_device|mt19937(?:_64)?|minstd_rand0?|default_random_engine|srand|rand_r"
    r"|getrandom|\w+_distribution)\b|(?<![\w.:>])(?:std::)?rand\s*\(|\bstd::(?:shuffle|sample)\b",
    "hash order": r"\bunordered_(?:flat_)?(?:multi)?(?:map|set)\b|\bstd::hash\b",
    "pointer order": r"\bstd::(?:multi)?(?:set|map)\s*<[^<>,;]*\*\s*[,>]"
    r"|\bstd::less\s*<[^<>;]*\*\s*>"
    r"|reinterpret_cast\s*<\s*(?:std::)?u?intptr_t",
    "I/O": r"\bstd::(?:cout|cerr|clog|cin|[io]?fstream|filesystem)\b"
    r"|(?<!\w)(?:std::)?(?:f|v|vf)?printf\s*\("
    r"|\b(?:fopen|fwrite|fread|fputs|puts|perror|mmap|ioctl)\s*\("
    r"|#\s*include\s*<(?:iostream|fstream|filesystem|cstdio|unistd\.h|fcntl\.h|sys/[^>]*)>",
    "thread": r"\bstd::(?:jthread|thread|async|future|promise|atomic\w*|(?:\w+_)?mutex"
    r"|condition_variable\w*|lock_guard|unique_lock|scoped_lock|shared_lock|barrier|latch"
    r"|counting_semaphore|binary_semaphore|call_once)\b|\bthread_local\b|\bpthread_\w+"
    r"|#\s*include\s*<(?:thread|mutex|shared_mutex|condition_variable|future|atomic|semaphore"
    r"|barrier|latch|stop_token)>",
    "environment": r"\b(?:secure_)?getenv\b|\bsetlocale\b|\bstd::locale\b|#\s*include\s*<c?locale>",
    "binary fraction": r"\b(?:double|float|float_t|double_t)\b",
}
PATTERNS = [(name, re.compile(pattern)) for name, pattern in BANNED.items()]
ESCAPE = re.compile(r"//\s*det-ok:(.*)$")


def check(root):
    findings = []
    for path in sources(root, "host/core", "host/domain"):
        text = read(root, path)
        for number, (line, code) in enumerate(
            zip(text.split("\n"), blank(text).split("\n")), start=1
        ):
            escape = ESCAPE.search(line)
            if escape and escape.group(1).strip():
                continue
            if escape:
                findings.append(Finding(path, number, "det-ok without a reason; write why"))
            for name, pattern in PATTERNS:
                found = pattern.search(code)
                if found:
                    what = f"`{found.group(0).strip()}` ({name}): {WHY[name]}"
                    findings.append(Finding(path, number, what))
    return findings


if __name__ == "__main__":
    main(check)
