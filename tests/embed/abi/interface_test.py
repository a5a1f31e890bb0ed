# SPDX-License-Identifier: Apache-2.0
"""Changes the interface of a library made on the fly, and expects each change to be named.

    CC=<C compiler> python3 interface_test.py
"""

import contextlib
import io
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import interface

HEADER = """/* A header; with a comment. */
#include <stddef.h>
enum {
    ONE = 1 /* the first; */
};
struct table {
    int (*one)(void);
    long two;
};
int first(int a);
int second(void);
"""
SOURCE = "int first(int a) { return a; }\nint second(void) { return 2; }\n"


class Interface(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.make(HEADER, SOURCE)
        self.run_command("accept")

    def make(self, header, source):
        (self.folder / "x.h").write_text(header, encoding="utf-8")
        (self.folder / "x.c").write_text(source, encoding="utf-8")
        compiler = os.environ.get("CC", "cc")
        subprocess.run([compiler, "-shared", "-fPIC", "-o", "libx.so", "x.c"], cwd=self.folder, check=True)

    def run_command(self, command):
        with contextlib.redirect_stdout(io.StringIO()) as output:
            code = interface.main([command, *(str(self.folder / name) for name in ["libx.so", "x.h", "x.abi"])])
        return code, output.getvalue()

    def expect_named(self, header, source, *lines):
        self.make(header, source)
        code, output = self.run_command("check")
        self.assertEqual(code, 1)
        for line in lines:
            self.assertIn(f"{line}\n", output)
        self.run_command("accept")
        self.assertEqual(self.run_command("check"), (0, ""))

    def test_that_stays_passes(self):
        self.assertEqual(self.run_command("check"), (0, ""))
        self.make(HEADER.replace("the first;", "a comment"), SOURCE.replace("return 2", "return 3"))
        self.assertEqual(self.run_command("check"), (0, ""))

    def test_that_loses_a_function_is_named(self):
        self.expect_named(HEADER, SOURCE.replace("second", "third"), "- symbol second", "+ symbol third")

    def test_that_changes_a_signature_is_named(self):
        self.expect_named(HEADER.replace("int a", "long a"), SOURCE, "- int first(int a);", "+ int first(long a);")

    def test_that_moves_a_member_is_named(self):
        moved = HEADER.replace("    long two;\n", "").replace("    int (*one)", "    long two;\n    int (*one)")
        self.expect_named(moved, SOURCE, "+ long two;", "- long two;")

    def test_that_renumbers_an_enumerator_is_named(self):
        self.expect_named(HEADER.replace("ONE = 1", "ONE = 2"), SOURCE, "- enum { ONE = 1 };", "+ enum { ONE = 2 };")

    def test_of_a_library_that_exports_what_is_not_its_own_is_named(self):
        with contextlib.redirect_stdout(io.StringIO()) as output:
            self.assertEqual(interface.main(["inside", str(self.folder / "libx.so"), "plumbline"]), 1)
        self.assertIn("libx.so exports first", output.getvalue())


if __name__ == "__main__":
    unittest.main()
