"""Each rule bites: plants one violation in a temporary tree, and one clean twin, for every rule.

A case is (script, files of the tree, part of the message expected); None expects no finding.
"""

import tempfile
import unittest
from pathlib import Path

import banned
import layers
import leaks
import links
import mirrors
import requirements
import shape
import words

HEAD = "// What it is.\n// What it is not.\n// Who calls it.\n#pragma once\n"


def lines(count, line="int x;\n"):
    return line * count


def body(count):
    return "void f() {\n" + "    g();\n" * (count - 2) + "}\n"


LAYERS = [
    ("host/base/a.hpp", '#include "domain/order.hpp"', "base may not know domain"),
    ("host/base/a.hpp", "#include <boost/multiprecision/cpp_int.hpp>", "standard library only"),
    ("host/base/a.hpp", "#include <boost/system/result.hpp>\n#include <vector>", None),
    ("host/domain/a.hpp", '#include "ports/venue.hpp"', "domain may not know ports"),
    ("host/domain/a.hpp", "#include <boost/system/result.hpp>", "standard library only"),
    ("host/domain/a.hpp", '#include "base/decimal.hpp"', None),
    ("host/ports/a.hpp", '#include "core/risk/risk.hpp"', "ports may not know core/risk"),
    ("host/ports/a.hpp", '#include "domain/order.hpp"', None),
    ("host/core/risk/a.cpp", '#include "core/market/market.hpp"', "may not know core/market"),
    ("host/core/risk/a.cpp", '#include "ports/venue.hpp"', "may not know ports"),
    ("host/core/risk/a.cpp", '#include "core/engine/engine.hpp"', "may not know core/engine"),
    ("host/core/risk/a.cpp", "#include <nlohmann/json.hpp>", "standard library only"),
    ("host/core/risk/a.cpp", "#include <unistd.h>", "standard library only"),
    ("host/core/risk/a.cpp", '#include "core/risk/risk.hpp"\n#include "domain/order.hpp"', None),
    ("host/core/engine/a.cpp", '#include "core/risk/risk.hpp"', None),
    ("host/core/engine/a.cpp", '#include "ports/journal.hpp"', "may not know ports"),
    ("host/io/tape/a.cpp", '#include "core/market/market.hpp"', "may not know core/market"),
    ("host/io/tape/a.cpp", '#include "io/sqlite/journal.hpp"', "may not know io/sqlite"),
    ("host/io/tape/a.cpp", "#include <sqlite3.h>", "io/sqlite owns this library"),
    ("host/io/sqlite/a.cpp", '#include <sqlite3.h>\n#include "ports/journal.hpp"', None),
    ("sdk/include/grekko/a.hpp", "#include <dlfcn.h>", "standard library only"),
    ("sdk/include/grekko/testing/a.hpp", "#include <dlfcn.h>\n#include <grekko/b.hpp>", None),
    ("host/io/script/a.cpp", "#include <lua.hpp>\n#include <grekko/types.h>", None),
    ("host/runtime/a.cpp", '#include "core/risk/risk.hpp"', "runtime may not know core/risk"),
    ("host/runtime/a.cpp", '#include "io/tape/tape.hpp"', "runtime may not know io/tape"),
    ("host/runtime/a.cpp", '#include "core/engine/engine.hpp"\n#include <sys/mman.h>', None),
    ("host/research/a.cpp", '#include "io/tape/tape.hpp"', "research may not know io/tape"),
    ("host/research/a.cpp", '#include "runtime/loop.hpp"', None),
    ("host/api/a.cpp", '#include "core/engine/engine.hpp"', "api may not know core/engine"),
    ("host/api/a.cpp", "#include <boost/beast/http.hpp>", "api has no sockets"),
    ("host/api/a.cpp", '#include "app/wire.hpp"', "api may not know app"),
    ("host/app/a.cpp", '#include "io/tape/tape.hpp"\n#include "core/risk/risk.hpp"', None),
    ("sdk/include/grekko/a.h", '#include "domain/order.hpp"', "sdk may not know domain"),
    ("sdk/include/grekko/a.h", "#include <stdint.h>\n#include <grekko/types.h>", None),
    ("adapters/paper/a.cpp", '#include "base/decimal.hpp"', "adapters may not know base"),
    ("adapters/paper/a.cpp", "#include <openssl/hmac.h>", "adapters has no sockets"),
    ("adapters/paper/a.cpp", "#include <grekko/types.h>\n#include <simdjson.h>", None),
    ("plugins/pairs/a.cpp", '#include "domain/order.hpp"', "plugins may not know domain"),
    ("host/core/risk/a.cpp", '#include "../market/market.hpp"', "hides the layer"),
    ("host/core/risk/a.cpp", '// #include "app/wire.hpp"', None),
]

BANNED = [
    ("auto t = std::chrono::steady_clock::now();", "(clock)"),
    ("auto t = time(nullptr);", "(clock)"),
    ("std::mt19937_64 g;", "(chance)"),
    ("int x = rand();", "(chance)"),
    ("std::unordered_map<int, int> m;", "(hash order)"),
    ("std::map<Order*, int> m;", "(pointer order)"),
    ("#include <iostream>", "(I/O)"),
    ("std::ofstream out;", "(I/O)"),
    ('std::printf("x");', "(I/O)"),
    ("std::mutex m;", "(thread)"),
    ("std::atomic<int> a;", "(thread)"),
    ("std::jthread t;", "(thread)"),
    ('auto h = std::getenv("HOME");', "(environment)"),
    ("double price = 1;", "(binary fraction)"),
    ("float price = 1;", "(binary fraction)"),
    ("double u = 1; // det-ok:", "without a reason"),
    ("double u = 1; // det-ok: a statistic that no decision reads", None),
    ("// a double entry is not a clock, and std::mutex is a word here", None),
    ('const char* text = "double float std::mutex";', None),
    ("std::map<int, Order*> m; Instant time(); book.time(0); strand(1);", None),
]

SHAPE = [
    ("host/core/risk/a.cpp", lines(401), "401 lines, more than 400"),
    ("host/core/risk/a.cpp", lines(400), None),
    ("tests/unit/a_test.cpp", lines(801), "801 lines, more than 800"),
    ("tests/unit/a_test.cpp", lines(800), None),
    ("host/base/a.cpp", body(71), "f has 71 lines, more than 70"),
    ("host/base/a.cpp", body(70) + body(70), None),
    ("host/base/a.cpp", "namespace a {\nclass B {\n" + body(71) + "};\n}\n", "f has 71 lines"),
    ("host/base/a.cpp", "namespace a {\n" + lines(90) + "}\n", None),
    ("host/base/a.cpp", "A::A(int b) : b_{b}, c_{1} {\n" + lines(70) + "}\n", "A::A has 72 lines"),
    ("host/base/a.cpp", "const std::array table{\n" + lines(90, "    f(1),\n") + "};\n", None),
    ("tests/unit/a_test.cpp", "TEST(Suite, Name) {\n" + lines(70) + "}\n", "TEST(Suite"),
    ("tests/a.py", "def f():\n" + "    g()\n" * 70, "f has 71 lines"),
    ("host/base/a.cpp", "// " + "x" * 98 + "\n", "101 columns, more than 100"),
    ("host/base/a.cpp", "// " + "σ" * 97 + "\n", None),
    ("host/base/a.cpp", "\tint x;\n", "a tab"),
    ("host/base/a.cpp", "int x; \n", "white space at the end"),
    ("host/base/a.cpp", "// TODO: later\n", "open work without an issue"),
    ("host/base/a.cpp", "// FIXME\n", "open work without an issue"),
    ("host/base/a.cpp", "// TODO(#12): widen\n", None),
    ("host/base/a.hpp", "// One.\n// Two.\n// Three.\nint x;\n", "no #pragma once"),
    ("sdk/include/a.h", "/* One.\n * Two.\n * Three. */\n#ifndef A_H\n#define A_H\n#endif\n", None),
    ("sdk/include/a.h", "/* One.\n * Two.\n * Three. */\nint x;\n", "no #pragma once"),
    ("host/base/a.hpp", "#pragma once\nint x;\n", "opens without 3 to 6 comment lines"),
    ("host/base/a.hpp", HEAD + "int x;\n", None),
    ("host/core/risk/risk.hpp", HEAD + lines(117), "lines in a service's public header"),
    ("host/core/risk/risk.hpp", HEAD + lines(116), None),
    ("host/ports/a.hpp", HEAD + "class P {\n" + lines(9, "    virtual void f() = 0;\n") + "};\n",
     "port P has 9 functions"),
    ("host/ports/a.hpp", HEAD + "class P {\n" + lines(8, "    virtual void f() = 0;\n") + "};\n",
     None),
]

MIRRORS = [
    ({"host/core/risk/a.cpp": "int x;\n"}, "has no test; write tests/unit/core/risk/a_test.cpp"),
    ({"host/base/a.hpp": "inline int f() { return 1; }\n"}, "has no test"),
    ({"host/base/a.hpp": "struct A {\n    int x{};\n    ~A() = default;\n};\n"}, None),
    ({"host/base/a.hpp": "struct A {\n    void fields(auto& x) { x(a, b); }\n};\n"}, None),
    ({"host/base/a.cpp": "", "tests/unit/base/a_test.cpp": ""}, None),
    ({"host/base/a.cpp": "", "host/base/a.hpp": "int f() { return 1; }\n",
      "tests/unit/base/a_test.cpp": ""}, None),
    ({"host/base/a.cpp": "", "tests/unit/base/b_test.cpp": "// covers: a.cpp b.cpp\n"}, None),
    ({"host/app/main.cpp": "", "tests/e2e/run.py": "# covers: app/main.cpp\n"}, None),
    ({"adapters/paper/a.cpp": ""}, "write tests/unit/adapters/paper/a_test.cpp"),
    ({"host/base/a.cpp": "", mirrors.ALLOW_LIST: "host/base/a.cpp: generated\n"}, None),
    ({"host/base/a.cpp": "", mirrors.ALLOW_LIST: "host/base/a.cpp:\n"}, "no reason"),
    ({mirrors.ALLOW_LIST: "host/base/gone.cpp: generated\n"}, "is gone; remove the line"),
]

LINKS = [
    ({"a.md": "[b](b.md)"}, "link b.md leads nowhere"),
    ({"a.md": "[b](b.md)", "b.md": "text"}, None),
    ({"a.md": "![p](docs/p.svg)"}, "link docs/p.svg leads nowhere"),
    ({"a.md": '<img alt="p" src="p.svg">'}, "link p.svg leads nowhere"),
    ({"docs/a.md": "[up](../../secret.md)"}, "leads nowhere"),
    ({"a.md": "[b]: gone.md"}, "link gone.md leads nowhere"),
    ({"a.md": "[b](b.md#more)", "b.md": "# Less\n"}, "has no heading #more"),
    ({"a.md": "[b](b.md#more--than)", "b.md": "## More – than\n"}, None),
    ({"a.md": "[b](#here)\n\n# Here\n"}, None),
    ({"a.md": "[b](/etc/passwd)"}, "starts at the root of a machine"),
    ({"a.md": "`[b](gone.md)`\n\n```\n[b](gone.md)\n```\n[w](https://example.com)"}, None),
]

WORDS = [
    ({"a.md": "see /work/main"}, "a path of one machine"),
    ({"a.sh": "cd /root/x"}, "a path of one machine"),
    ({"a.md": "https://example.com/work/x and host/root/y"}, None),
    ({"host/a.cpp": "../shared/data"}, "a folder outside the repository"),
    ({"tests/a.cpp": "../shared/data"}, None),
    ({"a.txt": "registry.npmjs.org"}, "a registry's host"),
    ({"package-lock.json": '      "resolved": "https://mirror.example/x.tgz",'}, "registry's host"),
    ({"a.md": "this is enough for now"}, "a promise without a date"),
    ({"a.md": "the scratchpad said"}, "how the text was made"),
    ({"a.md": "a plain text about agents and sessions of a venue"}, None),
]

# Made up, and put together here so that no other scanner takes them for real ones.
LEAKS = [
    ({"a.pem": "-----BEGIN EC PRIVATE" + " KEY-----"}, "a private key"),
    ({"a.yaml": "id: AKIA" + "ABCDEFGHIJKLMNOP"}, "an access key of AWS"),
    ({"a.sh": "ghp_" + "a1" * 18}, "a token of GitHub"),
    ({"a.py": "key = 'sk-" + "a1b2" * 10 + "'"}, "a key of a model provider"),
    ({"a.txt": "Bearer eyJhbGciOiJub25l.eyJzdWIiOiIxMjM0." + "c2lnbmF0dXJl"}, "a JWT"),
    ({"a.toml": 'api_secret = "' + "Zm9vYmFy" * 4 + '"'}, "named like a secret"),
    ({"a.json": '{"dbPassword": "' + "x9" * 12 + '"}'}, "named like a secret"),
    ({"a.toml": 'api_secret = "env:COINBASE_SECRET_OF_THE_BOOK"'}, None),
    ({"a.cpp": 'const auto token = "next";\nEXPECT_EQ(secret, "hunter2");'}, None),
]

TABLE = "id,statement,state,proof\n"
MAKEFILE = "test: build\nX := 1\n"
UNIT = "TEST(Risk, Denies) {}\n// TEST(Risk, Gone) {}\nRC_GTEST_PROP(Tally, Sums, (int a)) {}\n"
REQUIREMENTS = [
    ("G1,x,done,test:Risk.Denies\n", None),
    ("G1,x,part,test:Tally.Sums; ctest:unit_core_risk; cmd:make test; file:Makefile#X\n", None),
    ("G1,x,todo,\n", None),
    ("G1,x,paper,\n", None),
    ("G1,x,done,test:Risk.Gone\n", "no test Risk.Gone"),
    ("G1,x,done,\n", "done without a proof"),
    ("G1,x,part,\n", "part without a proof"),
    ("G1,x,maybe,\n", "a state is one of"),
    ("G1,x,todo,\nG1,x,todo,\n", "G1 stands twice"),
    ("G999,x,todo,\nG1,x,todo,\n", "G999 is no requirement"),
    ("G1,,todo,\n", "has no statement"),
    ("G1,x,done\n", "not four fields"),
    ("", "1 rows missing, first G1"),
    ("G1,x,done,ctest:unit_gone\n", "CTest has no unit_gone"),
    ("G1,x,done,file:gone.txt\n", "no file gone.txt"),
    ("G1,x,done,file:Makefile#nothing\n", "does not hold `nothing`"),
    ("G1,x,done,cmd:make gone\n", "no target gone"),
    ("G1,x,done,cmd:grekko gone\n", "no command gone"),
    ("G1,x,done,cmd:grekko explain\n", None),
    ("G1,x,done,I looked at it\n", "is no proof"),
]


class Planted(unittest.TestCase):
    def expect(self, check, files, wanted):
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                file = Path(root) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            found = [str(finding) for finding in check(root)]
        if wanted is None:
            self.assertEqual(found, [])
        else:
            self.assertEqual(len([text for text in found if wanted in text]), 1, found)
            self.assertRegex(found[0], r"^[^:]+:\d+: ")

    def each(self, check, cases):
        for files, wanted in cases:
            with self.subTest(files=files, wanted=wanted):
                self.expect(check, files, wanted)

    def test_layers(self):
        self.each(layers.check, [({path: text + "\n"}, want) for path, text, want in LAYERS])

    def test_banned(self):
        for folder in ("core/risk", "domain"):
            cases = [({f"host/{folder}/a.cpp": code + "\n"}, want) for code, want in BANNED]
            self.each(banned.check, cases)
        self.each(banned.check, [({"host/io/tape/a.cpp": "double x;\nstd::mutex m;\n"}, None)])

    def test_shape(self):
        self.each(shape.check, [({path: text}, want) for path, text, want in SHAPE])

    def test_mirrors(self):
        self.each(mirrors.check, MIRRORS)

    def test_links(self):
        self.each(links.check, LINKS)

    def test_leaks(self):
        self.each(leaks.check, LEAKS)

    def test_words(self):
        self.each(words.check, WORDS)

    def test_requirements(self):
        around = {
            "Makefile": MAKEFILE,
            "tests/unit/core/risk/a_test.cpp": UNIT,
            "tests/unit/core/risk/CMakeLists.txt": "grekko_test(unit DEPENDS core_risk)\n",
            "host/app/commands/explain.cpp": "",
        }
        for table, wanted in REQUIREMENTS:
            with self.subTest(table=table):
                files = around | {requirements.TABLE: TABLE + table}
                self.expect(lambda root: requirements.check(root, {"G1"}), files, wanted)

    def test_requirement_ids(self):
        self.assertEqual(len(requirements.IDS), 724)

    def test_set_writes_a_true_row_and_refuses_a_false_one(self):
        with tempfile.TemporaryDirectory() as root:
            table = Path(root) / requirements.TABLE
            table.parent.mkdir(parents=True)
            table.write_text(TABLE + 'G1,"a, b",todo,\nG2,c,todo,\n', encoding="utf-8")
            (Path(root) / "Makefile").write_text(MAKEFILE, encoding="utf-8")
            self.assertTrue(requirements.set_row(root, "G1", "done", "test:Gone.Test"))
            self.assertTrue(requirements.set_row(root, "G7", "todo", ""))
            self.assertEqual(requirements.set_row(root, "G1", "done", "cmd:make test"), [])
            wanted = TABLE + 'G1,"a, b",done,cmd:make test\nG2,c,todo,\n'
            self.assertEqual(table.read_text(encoding="utf-8"), wanted)


if __name__ == "__main__":
    unittest.main()
