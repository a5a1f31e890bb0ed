# SPDX-License-Identifier: Apache-2.0
"""Writes sources with and without the right format on the fly, and expects the wrong one to be named."""

import unittest

import check_format
import trees

TREE = {".clang-format": "BasedOnStyle: Google\n", "model/src/cost.cpp": "int one() { return 1; }\n"}


def check(tree):
    return trees.check(check_format.main, tree)


class Format(unittest.TestCase):
    def test_of_a_formatted_tree_passes(self):
        self.assertEqual(check(TREE), (0, "1 files, 0 not formatted\n"))

    def test_of_a_file_that_differs_is_named(self):
        for file in ["model/src/layer_cost.cpp", "tests/model/thing.hpp", "platforms/riscv/firmware/main.c"]:
            with self.subTest(file=file):
                code, output = check({**TREE, file: "int  one( ) {return 1;}\n"})
                self.assertEqual(code, 1)
                self.assertIn(f"{file}: not formatted", output)
                self.assertIn("2 files, 1 not formatted", output)


if __name__ == "__main__":
    unittest.main()
