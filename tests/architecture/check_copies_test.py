# SPDX-License-Identifier: Apache-2.0
"""Lets copies differ on pages made on the fly, and expects each to be named."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import check_copies

PAGE = "# Page\n\n<!-- copy of platforms/main.cpp -->\n```cpp\nint main() {}\n```\n"


def check(page, file="// SPDX\nint main() {}\n"):
    """Exit code and output of the check on a page and a file."""
    with tempfile.TemporaryDirectory() as root, contextlib.redirect_stdout(io.StringIO()) as output:
        (Path(root) / "platforms").mkdir()
        (Path(root) / "platforms/main.cpp").write_text(file, encoding="utf-8")
        (Path(root) / "README.md").write_text(page, encoding="utf-8")
        return check_copies.main([root]), output.getvalue()


class Copies(unittest.TestCase):
    def test_that_are_copies_pass(self):
        self.assertEqual(check(PAGE), (0, "1 copies, 0 wrong\n"))

    def test_that_differ_are_named(self):
        code, output = check(PAGE, "// SPDX\nint main() { return 1; }\n")
        self.assertEqual(code, 1)
        self.assertIn("README.md: the copy of platforms/main.cpp differs", output)

    def test_on_any_page_are_checked(self):
        with tempfile.TemporaryDirectory() as root, contextlib.redirect_stdout(io.StringIO()) as output:
            page = Path(root) / "model/docs/page.md"
            page.parent.mkdir(parents=True)
            page.write_text(PAGE, encoding="utf-8")
            self.assertEqual(check_copies.main([root]), 1)
        self.assertIn("model/docs/page.md: platforms/main.cpp does not exist", output.getvalue())

    def test_of_nothing_are_named(self):
        code, output = check(PAGE.replace("main.cpp", "other.cpp"))
        self.assertEqual(code, 1)
        self.assertIn("README.md: platforms/other.cpp does not exist", output)

    def test_without_code_are_named(self):
        code, output = check(PAGE + "\n<!-- copy of platforms/main.cpp -->\n\nNo code.\n")
        self.assertEqual(code, 1)
        self.assertIn("a copy without a block", output)

    def test_that_are_all_gone_are_no_success(self):
        self.assertEqual(check("# Page\n")[0], 1)


if __name__ == "__main__":
    unittest.main()
