# SPDX-License-Identifier: Apache-2.0
"""Lets copies differ on pages made on the fly, and expects each to be named."""

import unittest

import check_copies
import trees

PAGE = "# Page\n\n<!-- copy of platforms/main.cpp -->\n```cpp\nint main() {}\n```\n"


def check(page, file="// SPDX\nint main() {}\n"):
    """Exit code and output of the check on a page and a file."""
    return trees.check(check_copies.main, {"platforms/main.cpp": file, "README.md": page})


class Copies(unittest.TestCase):
    def test_that_are_copies_pass(self):
        self.assertEqual(check(PAGE), (0, "1 copies, 0 wrong\n"))

    def test_that_differ_are_named(self):
        code, output = check(PAGE, "// SPDX\nint main() { return 1; }\n")
        self.assertEqual(code, 1)
        self.assertIn("README.md: the copy of platforms/main.cpp differs", output)

    def test_on_any_page_are_checked(self):
        code, output = trees.check(check_copies.main, {"model/docs/page.md": PAGE})
        self.assertEqual(code, 1)
        self.assertIn("model/docs/page.md: platforms/main.cpp does not exist", output)

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
