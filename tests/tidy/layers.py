"""Who may include whom: docs/explanation/architecture.md, section 3."""

import re

from tree import Finding, blank, line_of, main, read, sources

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)

# folder → the folders it may include; a folder may always include itself.
ALLOWED = {
    "base": set(),
    "domain": {"base"},
    "ports": {"domain", "base"},
    "core": {"domain", "base"},
    "core/engine": {"core", "domain", "base"},
    "io": {"ports", "domain", "base", "sdk"},
    "runtime": {"core/engine", "ports", "domain", "base"},
    "research": {"runtime", "core/engine", "ports", "domain", "base"},
    "api": {"ports", "domain", "base"},
    "app": None,
    "sdk": set(),
    "sdk/testing": {"sdk"},
    "adapters": {"sdk"},
    "plugins": {"sdk"},
}
HOST = ("base", "domain", "ports", "core", "io", "runtime", "research", "api", "dashboard", "app")
PURE = ("base", "domain", "ports", "core", "sdk")
INTRINSICS = re.compile(r"(\w*mmintrin|x86intrin|cpuid)\.h$")
POSIX = re.compile(
    r"((sys|linux|arpa|netinet)/.*|(unistd|fcntl|pthread|sched|signal|poll|time)\.h)$"
)

STANDARD = set(
    """algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv
    chrono cinttypes climits clocale cmath compare complex concepts condition_variable coroutine
    csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype deque
    exception execution filesystem format forward_list fstream functional future initializer_list
    iomanip ios iosfwd iostream istream iterator latch limits list locale map memory memory_resource
    mutex new numbers numeric optional ostream queue random ranges ratio regex scoped_allocator
    semaphore set shared_mutex source_location span sstream stack stdexcept stop_token streambuf
    string string_view syncstream system_error thread tuple type_traits typeindex typeinfo
    unordered_map unordered_set utility valarray variant vector version
    stddef.h stdint.h stdbool.h string.h stdalign.h limits.h assert.h""".split()
)

# A third-party library has one owner below host/; app/ wires and may include what it must.
OWNERS = (
    (re.compile(r"sqlite3"), ("io/sqlite",)),
    (re.compile(r"(lua|lauxlib|lualib)\w*\.(h|hpp)$"), ("io/script",)),
    (re.compile(r"spdlog/"), ("io/logging",)),
    (re.compile(r"toml\+\+/"), ("io/config",)),
    (re.compile(r"CLI/"), ("app",)),
    (re.compile(r"boost/beast"), ("io/http",)),
    (re.compile(r"pqxx/|libpq"), ("io/postgres",)),
    (re.compile(r"hiredis/"), ("io/redis",)),
)
# Boost.System, and the hook through which it reports a wrong access.
BOOST_SYSTEM = ("boost/system/", "boost/throw_exception.hpp")
SOCKETS = re.compile(r"boost/(asio|beast)|openssl/|curl/|libwebsockets|sys/socket\.h|netinet/")


def folder_of(path):
    """The layer and the part: host/core/risk/x.cpp is core/risk, sdk/include/... is sdk."""
    parts = path.split("/")
    if path.startswith("sdk/include/grekko/testing/"):
        return "sdk/testing"
    if parts[0] != "host":
        return parts[0]
    if parts[1] in ("core", "io") and len(parts) > 3:
        return f"{parts[1]}/{parts[2]}"
    return parts[1]


def target_of(include, quoted):
    """The layer an include line names; None for a file of the same folder or a foreign header."""
    if include.startswith("grekko/"):
        return "sdk"
    parts = include.split("/")
    if not quoted or len(parts) < 2:
        return None
    if parts[0] in ("core", "io") and len(parts) > 2:
        return f"{parts[0]}/{parts[1]}"
    if parts[0] in HOST or parts[0] in ("adapters", "plugins", "sdk", "tests", "support"):
        return parts[0]
    return None


def may_include(source, target):
    if source == target or source == "app":
        return True
    if target in ("app", "tests", "support"):
        return False
    if source in ("adapters", "plugins"):
        return target in ("sdk", source)
    key = source if source in ALLOWED else source.split("/")[0]
    allowed = ALLOWED.get(key, set())
    if target in allowed:
        return True
    return target.startswith("core/") and "core" in allowed


def foreign_header_reason(source, include):
    """Why this layer may not include a header from outside the project, or None."""
    layer = source.split("/")[0]
    if include in STANDARD:
        return None
    if layer == "base" and (include.startswith(BOOST_SYSTEM) or INTRINSICS.match(include)):
        return None
    if source == "sdk/testing" and include == "dlfcn.h":
        return None  # its Library loads a plugin as a host does
    if layer in PURE or (layer == "runtime" and not POSIX.match(include)):
        return f"{layer} knows the standard library only; put it behind a port in io/"
    if layer in ("adapters", "plugins", "api") and SOCKETS.match(include):
        return f"{layer} has no sockets and no keys; the host gives transport and signatures"
    for pattern, owners in OWNERS:
        if layer not in ("adapters", "plugins") and pattern.match(include):
            if source not in owners:
                return f"{owners[0]} owns this library; ask it through a port"
    return None


def check(root):
    findings = []
    for path in sources(root, "host", "sdk", "adapters", "plugins"):
        if "/templates/" in path or "/node_modules/" in path or path.count("/") < 2:
            continue
        source = folder_of(path)
        text = blank(read(root, path), strings=False)
        for match in INCLUDE.finditer(text):
            quoted, include = bool(match.group(1)), match.group(1) or match.group(2)
            line = line_of(text, match.start(1) if quoted else match.start(2))
            target = target_of(include, quoted)
            if ".." in include.split("/"):
                why = "a path with .. hides the layer; write it from host/"
            elif target is None and (not quoted or "/" in include):
                why = foreign_header_reason(source, include)
            elif target is not None and not may_include(source, target):
                why = f"{source} may not know {target}; pass the value in, or move the code"
            else:
                why = None
            if why:
                findings.append(Finding(path, line, f"includes {include}: {why}"))
    return findings


if __name__ == "__main__":
    main(check)
