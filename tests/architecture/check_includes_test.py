# SPDX-License-Identifier: Apache-2.0
"""Breaks every rule of check_includes.py once, in a tree made on the fly, and expects each to be named."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import check_includes

HEALTHY = {
    "model/include/plumbline/units.hpp": ["<cstdint>"],
    "model/include/plumbline/schedule.hpp": ['"plumbline/units.hpp"'],
    "model/include/plumbline/cost.hpp": ['"plumbline/schedule.hpp"', "<vector>"],
    "model/include/plumbline/io/yaml.hpp": ['"plumbline/schedule.hpp"'],
    "model/src/graph.hpp": ["<boost/graph/adjacency_list.hpp>"],
    "model/src/cost.cpp": ['"plumbline/cost.hpp"', '"graph.hpp"', "<boost/graph/topological_sort.hpp>"],
    "model/src/io/yaml.cpp": ['"plumbline/io/yaml.hpp"', "<yaml-cpp/yaml.h>", "<nlohmann/json.hpp>", "<zlib.h>", "<dlfcn.h>"],
    "model/c/include/plumbline.h": ["<stddef.h>", "<stdint.h>"],
    "model/c/src/cost.cpp": ['"plumbline.h"', '"plumbline/cost.hpp"', '"plumbline/io/yaml.hpp"'],
    check_includes.SYSTEMC_HEADER: ["<systemc>", "<tlm>", "<tlm_utils/simple_target_socket.h>"],
    "systemc/include/plumbline/firmware/registers.h": ["<stdint.h>"],
    "systemc/include/plumbline/sim/counters.hpp": [
        '"plumbline/units.hpp"',
        '"plumbline/sim/kernel.hpp"',
        '"plumbline/firmware/registers.h"',
    ],
    "systemc/src/memory.hpp": ['"plumbline/sim/counters.hpp"'],
    "systemc/src/memory.cpp": ['"memory.hpp"'],
    check_includes.ADAPTER: ['"plumbline/cost.hpp"', '"plumbline/sim/counters.hpp"', '"memory.hpp"'],
    "systemc/plugin/include/plumbline_sc.h": ["<stdint.h>", '"plumbline/firmware/plumbline_registers.h"'],
    "systemc/plugin/src/entry.cpp": ['"plumbline_sc.h"', '"plumbline/io/yaml.hpp"', '"plumbline/sim/counters.hpp"'],
    "validate/include/plumbline/validate/verdict.hpp": ['"plumbline/cost.hpp"', '"plumbline/sim/counters.hpp"'],
    "validate/src/verdict.cpp": ['"plumbline/validate/verdict.hpp"', "<spdlog/spdlog.h>"],
    "validate/cli/main.cpp": ['"plumbline/validate/verdict.hpp"', "<CLI/CLI.hpp>", "<unistd.h>"],
    "platforms/minimal/main.cpp": ['"plumbline/sim/counters.hpp"', '"plumbline/cost.hpp"', "<systemc>", "<unistd.h>"],
    "tests/validate/verdict_test.cpp": ['"plumbline/validate/verdict.hpp"', "<gtest/gtest.h>"],
}

# File, what it must not include, and the group that is named.
VIOLATIONS = [
    ("model/include/plumbline/schedule.hpp", '"plumbline/cost.hpp"', "model"),
    ("model/include/plumbline/cost.hpp", '"plumbline/io/yaml.hpp"', "io"),
    ("model/include/plumbline/cost.hpp", '"plumbline/sim/counters.hpp"', "sim"),
    ("model/include/plumbline/cost.hpp", '"plumbline/validate/verdict.hpp"', "validate"),
    ("model/include/plumbline/cost.hpp", "<boost/graph/adjacency_list.hpp>", "Boost.Graph"),
    ("model/include/plumbline/cost.hpp", "<systemc>", "SystemC"),
    ("model/include/plumbline/cost.hpp", "<spdlog/spdlog.h>", "spdlog"),
    ("model/src/cost.cpp", '"plumbline/io/yaml.hpp"', "io"),
    ("model/src/cost.cpp", '"io/yaml.cpp"', "io source"),
    ("model/src/cost.cpp", '"../../systemc/src/memory.hpp"', "systemc source"),
    ("model/src/cost.cpp", "<nlohmann/json.hpp>", "JSON"),
    ("model/src/cost.cpp", "<boost/optional.hpp>", "other"),
    ("model/src/cost.cpp", "<unistd.h>", "POSIX files"),
    ("model/src/cost.cpp", "HEADER_OF_A_MACRO", "other"),
    ("model/include/plumbline/io/yaml.hpp", "<yaml-cpp/yaml.h>", "YAML"),
    ("model/src/io/yaml.cpp", '"plumbline/sim/counters.hpp"', "sim"),
    ("model/src/io/yaml.cpp", "<boost/graph/adjacency_list.hpp>", "Boost.Graph"),
    ("model/c/src/cost.cpp", '"../../src/graph.hpp"', "model source"),
    ("model/c/src/cost.cpp", "<yaml-cpp/yaml.h>", "YAML"),
    ("model/c/src/cost.cpp", '"plumbline/sim/counters.hpp"', "sim"),
    ("systemc/include/plumbline/sim/counters.hpp", "<systemc>", "SystemC"),
    ("systemc/include/plumbline/sim/counters.hpp", '"plumbline/cost.hpp"', "model"),
    ("systemc/include/plumbline/firmware/registers.h", "<cstdint>", "std"),
    ("systemc/include/plumbline/firmware/registers.h", '"plumbline/sim/counters.hpp"', "sim"),
    ("systemc/src/memory.hpp", "<tlm>", "SystemC"),
    ("systemc/src/memory.cpp", '"plumbline/cost.hpp"', "model"),
    ("systemc/src/memory.cpp", '"plumbline/io/yaml.hpp"', "io"),
    ("systemc/src/memory.cpp", '"../../model/src/graph.hpp"', "model source"),
    ("systemc/src/memory.cpp", "<spdlog/spdlog.h>", "spdlog"),
    (check_includes.SYSTEMC_HEADER, '"plumbline/cost.hpp"', "model"),
    (check_includes.ADAPTER, '"plumbline/validate/verdict.hpp"', "validate"),
    ("systemc/plugin/src/entry.cpp", "<systemc>", "SystemC"),
    ("systemc/plugin/src/entry.cpp", '"../../src/memory.hpp"', "systemc source"),
    ("systemc/plugin/src/entry.cpp", '"plumbline/validate/verdict.hpp"', "validate"),
    ("validate/include/plumbline/validate/verdict.hpp", "<systemc>", "SystemC"),
    ("validate/src/verdict.cpp", "<CLI/CLI.hpp>", "CLI11"),
    ("platforms/minimal/main.cpp", '"plumbline/validate/verdict.hpp"', "validate"),
]


def write_tree(root, tree):
    for file, includes in tree.items():
        path = Path(root) / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"#include {name}\n" for name in includes), encoding="utf-8")


def check(tree):
    """Exit code and output of the check on a tree."""
    with tempfile.TemporaryDirectory() as root, contextlib.redirect_stdout(io.StringIO()) as output:
        write_tree(root, tree)
        return check_includes.main([root]), output.getvalue()


class Includes(unittest.TestCase):
    def test_of_a_healthy_tree_pass(self):
        code, output = check(HEALTHY)
        self.assertEqual(code, 0, output)

    def test_against_a_rule_are_named(self):
        for file, include, group in VIOLATIONS:
            with self.subTest(file=file, include=include):
                includes = HEALTHY[file] + [include]
                code, output = check({**HEALTHY, file: includes})
                self.assertEqual(code, 1, output)
                name = include.strip('<>"')
                self.assertIn(f"{file}:{len(includes)}: ", output)
                self.assertIn(f"may not include {name} ({group})", output)
                self.assertIn(", 1 violations", output)

    def test_of_every_area_but_the_free_ones_have_a_violation(self):
        broken = {check_includes.area_of(file) for file, _, _ in VIOLATIONS}
        limited = {area for area, known in check_includes.KNOWS.items() if known is not check_includes.EVERYTHING}
        self.assertEqual(broken, limited)

    def test_of_a_file_outside_the_areas_are_named(self):
        code, output = check({**HEALTHY, "model/tools/dump.cpp": []})
        self.assertEqual(code, 1)
        self.assertIn("model/tools/dump.cpp: lies in no area", output)

    def test_of_an_empty_tree_are_no_success(self):
        with contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(check({})[0], 2)


if __name__ == "__main__":
    unittest.main()
