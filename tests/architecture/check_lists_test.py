# SPDX-License-Identifier: Apache-2.0
"""Forgets files in lists made on the fly, and expects each to be named."""

import unittest

import check_lists
import trees

TREE = {
    "model/CMakeLists.txt": "set(sources src/cost.cpp)\nset(headers include/plumbline/cost.hpp)\n",
    "model/src/cost.cpp": "",
    "model/src/private.hpp": "",
    "model/include/plumbline/cost.hpp": "",
}


def check(tree):
    return trees.check(check_lists.main, tree)


class Lists(unittest.TestCase):
    def test_that_are_complete_pass(self):
        self.assertEqual(check(TREE), (0, "2 files, 0 forgotten\n"))

    def test_that_forget_a_file_name_it(self):
        for file in ["model/src/layer_cost.cpp", "model/src/cost.cpp.cpp", "model/include/plumbline/layer_cost.hpp"]:
            with self.subTest(file=file):
                code, output = check({**TREE, file: ""})
                self.assertEqual(code, 1)
                self.assertIn(f"{file}: missing in model/CMakeLists.txt\n", output)


if __name__ == "__main__":
    unittest.main()
