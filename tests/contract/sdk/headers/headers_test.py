"""Every header of the SDK compiles alone and twice, without a warning: the C headers by gcc as C11
and as C++11, 14, 17 and 20, by clang where it is installed as the first and the last of these; the
C++ layer by gcc as C++20.

Argument: the source folder sdk/. Left out is what one other header includes at its end (layout/,
and parts that say so), and the indicators in ta/, which have their own tests.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

INCLUDE = Path(sys.argv[1]) / "include"
STRICT = ["-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
COMPILERS = (
    ("gcc", "g++", ("c11", "c++11", "c++14", "c++17", "c++20")),
    ("clang-19", "clang++-19", ("c11", "c++20")),
)


def headers(suffix):
    found = sorted(INCLUDE.glob(f"grekko/**/*{suffix}"))
    return [
        path.relative_to(INCLUDE)
        for path in found
        if not {"ta", "layout"} & set(path.parts)
        and "Nobody includes it but" not in path.read_text()
    ]


def write_units(folder, names, suffix):
    """A translation unit a header, which includes it twice; for C with something of its own."""
    for name in names:
        line = f"#include <{name}>\n"
        unit = folder / (str(name).replace("/", "_") + suffix)
        unit.write_text(line + line + "typedef int something_of_its_own;\n")
        yield unit


def compile_all(compiler, standard, units):
    """What the compiler says; empty where it is content."""
    command = [compiler, f"-std={standard}", *STRICT, "-I", INCLUDE]
    done = subprocess.run([*map(str, command), *map(str, units)], text=True, capture_output=True,
                          check=False)
    return done.stdout + done.stderr if done.returncode != 0 else ""


def main():
    wrong, count = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        c_names, cpp_names = headers(".h"), headers(".hpp")
        assert len(c_names) > 17 and len(cpp_names) > 13, "the headers are somewhere else"
        as_c = list(write_units(folder, c_names, ".c"))
        as_cpp = list(write_units(folder, c_names, ".cpp"))
        layer = list(write_units(folder, cpp_names, ".cpp"))
        for c, cpp, standards in COMPILERS:
            if not shutil.which(cpp):
                print(f"{cpp} is not installed")
                continue
            for standard in standards:
                is_c = standard.startswith("c1")
                told = compile_all(c if is_c else cpp, standard, as_c if is_c else as_cpp)
                wrong += [f"{cpp} -std={standard}:\n{told}"] if told else []
                count += len(c_names)
            if cpp == "g++":
                told = compile_all(cpp, "c++20", layer)
                wrong += [f"{cpp} -std=c++20:\n{told}"] if told else []
                count += len(cpp_names)
    print("\n".join(wrong) or f"{count} compilations without a warning")
    sys.exit(1 if wrong else 0)


main()
