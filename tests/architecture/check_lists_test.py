# SPDX-License-Identifier: Apache-2.0
"""Forgets files in lists made on the fly, and expects each to be named."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import check_lists

TREE = {
    "model/CMakeLists.txt": "set(sources src/cost.cpp)\nset(headers include/plumbline/cost.hpp)\n",
    "model/src/cost.cpp": "",
    "model/src/private.hpp": "",
    "model/include/plumbline/cost.hpp": "",
}


def check(tree):
    """Exit code and output of the check on a tree."""
    with tempfile.TemporaryDirectory() as root, contextlib.redirect_stdout(io.StringIO()) as output:
        for file, text in tree.items():
            path = Path(root) / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return check_lists.main([root]), output.getvalue()


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
