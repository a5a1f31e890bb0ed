# SPDX-License-Identifier: Apache-2.0
"""Hides declarations in headers made on the fly, and expects each to be named."""

import unittest

import check_visibility
import trees

HEALTHY = """#pragma GCC visibility push(default)
namespace plumbline {
class Cost {
    friend class Schedule;
    friend bool operator==(const Cost& a, const Cost& b);
    friend bool operator!=(const Cost& a, const Cost& b) { return !(a == b); }
};
bool operator==(const Cost& a, const Cost& b);
}  // namespace plumbline
#pragma GCC visibility pop
"""


def check(header, private=None):
    """Exit code and output of the check on a tree of one public header, and maybe a private one."""
    tree = {"model/include/plumbline/cost.hpp": header}
    if private is not None:
        tree["systemc/src/machine/link.hpp"] = private
    return trees.check(check_visibility.main, tree)


class Visibility(unittest.TestCase):
    def test_of_a_healthy_header_passes(self):
        self.assertEqual(check(HEALTHY), (0, "1 public headers, 0 hidden declarations, 0 exports of private headers\n"))

    def test_of_a_namespace_without_the_pragma_is_missed(self):
        code, output = check(HEALTHY.replace("#pragma GCC visibility push(default)\n", ""))
        self.assertEqual(code, 1)
        self.assertIn("model/include/plumbline/cost.hpp:1: a namespace", output)

    def test_of_a_namespace_that_ends_after_the_pragma_is_missed(self):
        code, output = check(HEALTHY.replace("}  // namespace plumbline\n", "") + "}  // namespace plumbline\n")
        self.assertEqual(code, 1)
        self.assertIn("model/include/plumbline/cost.hpp:10: a namespace", output)

    def test_of_a_friend_that_is_declared_only_in_its_class_is_missed(self):
        code, output = check(HEALTHY.replace("\nbool operator==(const Cost& a, const Cost& b);", ""))
        self.assertEqual(code, 1)
        self.assertIn("model/include/plumbline/cost.hpp:5: a friend", output)

    def test_of_a_private_header_without_pragmas_passes(self):
        self.assertEqual(check(HEALTHY, "namespace plumbline {}\n")[0], 0)

    def test_of_a_private_header_that_exports_is_found(self):
        code, output = check(HEALTHY, HEALTHY)
        self.assertEqual(code, 1)
        self.assertIn("systemc/src/machine/link.hpp:1: a private header that exports", output)

    def test_of_no_headers_is_no_success(self):
        self.assertEqual(trees.check(check_visibility.main, {})[0], 1)


if __name__ == "__main__":
    unittest.main()
