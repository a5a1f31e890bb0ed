# SPDX-License-Identifier: Apache-2.0
"""Gives sources of one folder the same names, and expects each pair to be named."""

import unittest

import check_names
from trees import check


def source(text):
    return f"namespace plumbline {{\nnamespace {{\n\n{text}\n}}  // namespace\n}}  // namespace plumbline\n"


def check_pair(first, second, folder="model/src/cost"):
    """The check on two sources, the second one in the given folder."""
    return check(check_names.main, {"model/src/cost/a.cpp": source(first), f"{folder}/b.cpp": source(second)})


class Names(unittest.TestCase):
    def test_that_differ_pass(self):
        first = "constexpr int kRows = 2;\nint rows_of(const Layer& layer)\n{\n    return 1;\n}\n"
        for second in ["constexpr int kColumns = 2;\n", "int rows_of(int rows)\n{\n    return kRows;\n}\n", "int rows;\n"]:
            with self.subTest(second=second):
                self.assertEqual(check_pair(first, second), (0, "2 sources, 0 names twice in a folder\n"))

    def test_that_are_the_same_in_one_folder_are_named(self):
        pairs = {
            "kRows": ("constexpr int kRows = 2;\n", "constexpr std::array<int, 2> kRows{1, 2};\n"),
            "Row": ("struct Row {\n    int a;\n};\n", "using Row = int;\n"),
            "rows_of(const Layer&,int)": ("int rows_of(const Layer& layer, int tile) { return 1; }\n",
                                          "std::size_t rows_of(const Layer& one,\n    int other = 3)\n{\n}\n"),
        }
        for name, (first, second) in pairs.items():
            with self.subTest(name=name):
                code, output = check_pair(first, second)
                self.assertEqual(code, 1)
                self.assertIn(f"model/src/cost: {name} is in the unnamed namespaces of a.cpp and b.cpp\n", output)

    def test_that_are_short_for_one_thing_pass(self):
        self.assertEqual(check_pair("using Row = Entry;\n", "using Row =\n    Entry;\n")[0], 0)
        self.assertEqual(check_pair("using Row = Entry;\n", "using Row = int;\n")[0], 1)

    def test_that_are_the_same_in_two_folders_pass(self):
        constant = "constexpr int kRows = 2;\n"
        self.assertEqual(check_pair(constant, constant, "model/src/mapper")[0], 0)

    def test_of_programs_pass(self):
        text = source("constexpr int kRows = 2;\n")
        self.assertEqual(check(check_names.main, {"tests/perf/a.cpp": text, "tests/perf/b.cpp": text})[0], 0)


if __name__ == "__main__":
    unittest.main()
