"""A stranger's way: the Debian package of the SDK is made and unpacked, each template is copied
out, built against the unpacked package with find_package, and tested; the result has one symbol.

Arguments: the source folder sdk/, a C++ compiler, a C compiler.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE, CXX, CC = sys.argv[1:4]


def run(*command, cwd=None):
    done = subprocess.run([str(part) for part in command], cwd=cwd, text=True, capture_output=True,
                          check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def package(folder):
    """Makes the package below folder and returns where it is unpacked."""
    run("cmake", "-S", SOURCE, "-B", folder / "sdk")
    run("cpack", "--config", folder / "sdk/CPackConfig.cmake", "-B", folder / "deb")
    deb, = folder.glob("deb/grekko-sdk_*_all.deb")
    fields = run("dpkg-deb", "--field", deb, "Package", "Architecture")
    assert "Package: grekko-sdk" in fields and "Architecture: all" in fields, fields
    run("dpkg-deb", "--extract", deb, folder / "root")
    return folder / "root/usr"


def no_path_of_this_machine(root):
    for file in root.glob("share/cmake/Grekko/*"):
        assert SOURCE not in file.read_text(), f"{file.name} names the folder it was made in"


def template(folder, root, name):
    """Builds and tests one template as its README says; returns the library."""
    source, build = folder / name, folder / name / "build"
    shutil.copytree(root / "share/grekko/templates" / name, source)
    commands = re.search(r"```\n(.*?)```", (source / "README.md").read_text(), re.S).group(1)
    configure, make, test = commands.strip().split("\n")
    assert configure == "cmake -B build -DCMAKE_PREFIX_PATH=/usr", configure
    assert make == "cmake --build build", make
    run("cmake", "-B", "build", f"-DCMAKE_PREFIX_PATH={root}", f"-DCMAKE_CXX_COMPILER={CXX}",
        f"-DCMAKE_C_COMPILER={CC}", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0",
        "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror", "-DCMAKE_C_FLAGS=-Wall -Wextra -Werror",
        cwd=source)
    run(*make.split(), cwd=source)
    told = run(*test.split(), cwd=source)
    assert "100% tests passed" in told, told
    library, = build.glob("*.so")
    return library


def one_symbol(library):
    lines = run("nm", "--dynamic", "--defined-only", library).split("\n")
    names = [line.split()[-1] for line in lines if line]
    assert names == ["grekko_plugin_entry"], names
    dynamic = run("readelf", "--wide", "--dynamic", "--notes", library)
    assert "BIND_NOW" in dynamic and "NT_GNU_BUILD_ID" in dynamic, dynamic


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = package(folder)
        no_path_of_this_machine(root)
        for kind in ("strategy-c", "strategy-cpp"):
            library = template(folder, root, kind)
            one_symbol(library)
            print(f"{kind}: {library.name} built against the package and tested")


main()
