# SPDX-License-Identifier: Apache-2.0
"""Fills folders made on the fly, and expects those with too many units to be named."""

import unittest

import check_folders
import trees


def check(tree):
    return trees.check(check_folders.main, tree)


def units(folder, count):
    return {f"{folder}/unit_{i}{suffix}": "" for i in range(count) for suffix in (".cpp", ".hpp")}


class Folders(unittest.TestCase):
    def test_with_few_units_pass(self):
        tree = {**units("model/src/a", check_folders.MOST_UNITS), **units("model/src/a/b", 1)}
        self.assertEqual(check(tree), (0, "2 folders, 0 too large\n"))

    def test_of_public_headers_have_no_limit(self):
        tree = {**units("model/src", 1), **units("model/include/plumbline", check_folders.MOST_UNITS + 1)}
        self.assertEqual(check(tree), (0, "1 folders, 0 too large\n"))

    def test_with_too_many_units_are_named(self):
        code, output = check(units("systemc/src/heap", check_folders.MOST_UNITS + 1))
        self.assertEqual(code, 1)
        self.assertIn(f"systemc/src/heap: {check_folders.MOST_UNITS + 1} units, expected at most", output)


if __name__ == "__main__":
    unittest.main()
