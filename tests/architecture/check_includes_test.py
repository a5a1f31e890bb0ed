# SPDX-License-Identifier: Apache-2.0
"""Breaks every rule of check_includes.py once, in a tree made on the fly, and expects each to be named."""

import contextlib
import io
import unittest
from pathlib import Path

import check_includes
import trees

HEALTHY = {
    "model/include/plumbline/units.hpp": ["<cstdint>"],
    "model/include/plumbline/schedule.hpp": ['"plumbline/units.hpp"'],
    "model/include/plumbline/cost.hpp": ['"plumbline/schedule.hpp"', "<vector>"],
    "model/include/plumbline/io/yaml.hpp": ['"plumbline/schedule.hpp"'],
    "model/src/description/schedule.cpp": ['"plumbline/schedule.hpp"'],
    "model/src/description/graph.hpp": ["<boost/graph/adjacency_list.hpp>"],
    "model/src/cost/cost.cpp": ['"plumbline/cost.hpp"', '"description/graph.hpp"', "<boost/graph/topological_sort.hpp>"],
    "model/src/io/yaml/yaml.cpp": ['"plumbline/io/yaml.hpp"', "<yaml-cpp/yaml.h>", "<nlohmann/json.hpp>", "<zlib.h>", "<dlfcn.h>"],
    "model/c/include/plumbline.h": ["<stddef.h>", "<stdint.h>"],
    "model/c/src/cost.cpp": ['"plumbline.h"', '"plumbline/cost.hpp"', '"plumbline/io/yaml.hpp"'],
    check_includes.SYSTEMC_HEADER: ["<systemc>", "<tlm>", "<tlm_utils/simple_target_socket.h>"],
    "systemc/include/plumbline/firmware/registers.h": ["<stdint.h>"],
    "systemc/include/plumbline/sim/counters.hpp": [
        '"plumbline/units.hpp"',
        '"plumbline/sim/kernel.hpp"',
        '"plumbline/firmware/registers.h"',
    ],
    "systemc/src/statistics/counters.cpp": ['"plumbline/sim/counters.hpp"'],
    "systemc/src/machine/memory.hpp": ['"plumbline/sim/counters.hpp"'],
    "systemc/src/machine/memory.cpp": ['"machine/memory.hpp"'],
    check_includes.ADAPTER: ['"plumbline/cost.hpp"', '"plumbline/sim/counters.hpp"', '"machine/memory.hpp"'],
    "systemc/cci/include/plumbline/cci/parameters.hpp": ['"plumbline/sim/counters.hpp"', "<cci_configuration>"],
    "systemc/plugin/include/plumbline_sc.h": ["<stdint.h>", '"plumbline/firmware/plumbline_registers.h"'],
    "systemc/plugin/src/entry.cpp": ['"plumbline_sc.h"', '"plumbline/io/yaml.hpp"', '"plumbline/sim/counters.hpp"'],
    "systemc/plugin/loader/module.hpp": ['"plumbline_sc.h"'],
    "systemc/plugin/loader/module.cpp": ['"module.hpp"', '"plumbline_sc.h"', "<dlfcn.h>", "<sysc/kernel/sc_ver.h>"],
    "validate/include/plumbline/validate/verdict.hpp": ['"plumbline/cost.hpp"', '"plumbline/sim/counters.hpp"'],
    "validate/src/report/verdict.cpp": ['"plumbline/validate/verdict.hpp"', "<spdlog/spdlog.h>"],
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
    ("model/src/cost/cost.cpp", '"plumbline/io/yaml.hpp"', "io"),
    ("model/src/cost/cost.cpp", '"io/yaml/yaml.cpp"', "io source"),
    ("model/src/cost/cost.cpp", '"../../../systemc/src/machine/memory.hpp"', "systemc source"),
    ("model/src/cost/cost.cpp", "<nlohmann/json.hpp>", "JSON"),
    ("model/src/cost/cost.cpp", "<boost/optional.hpp>", "other"),
    ("model/src/cost/cost.cpp", "<unistd.h>", "POSIX files"),
    ("model/src/cost/cost.cpp", "HEADER_OF_A_MACRO", "other"),
    ("model/include/plumbline/io/yaml.hpp", "<yaml-cpp/yaml.h>", "YAML"),
    ("model/src/io/yaml/yaml.cpp", '"plumbline/sim/counters.hpp"', "sim"),
    ("model/src/io/yaml/yaml.cpp", "<boost/graph/adjacency_list.hpp>", "Boost.Graph"),
    ("model/c/src/cost.cpp", '"../../src/description/graph.hpp"', "model source"),
    ("model/c/src/cost.cpp", "<yaml-cpp/yaml.h>", "YAML"),
    ("model/c/src/cost.cpp", '"plumbline/sim/counters.hpp"', "sim"),
    ("systemc/include/plumbline/sim/counters.hpp", "<systemc>", "SystemC"),
    ("systemc/include/plumbline/sim/counters.hpp", '"plumbline/cost.hpp"', "model"),
    ("systemc/include/plumbline/firmware/registers.h", "<cstdint>", "std"),
    ("systemc/include/plumbline/firmware/registers.h", '"plumbline/sim/counters.hpp"', "sim"),
    ("systemc/src/machine/memory.hpp", "<tlm>", "SystemC"),
    ("systemc/src/machine/memory.cpp", '"plumbline/cost.hpp"', "model"),
    ("systemc/src/machine/memory.cpp", '"plumbline/io/yaml.hpp"', "io"),
    ("systemc/src/machine/memory.cpp", '"../../../model/src/description/graph.hpp"', "model source"),
    ("systemc/src/machine/memory.cpp", "<spdlog/spdlog.h>", "spdlog"),
    (check_includes.SYSTEMC_HEADER, '"plumbline/cost.hpp"', "model"),
    (check_includes.ADAPTER, '"plumbline/validate/verdict.hpp"', "validate"),
    ("systemc/cci/include/plumbline/cci/parameters.hpp", "<systemc>", "SystemC"),
    ("systemc/include/plumbline/sim/counters.hpp", "<cci_configuration>", "CCI"),
    ("systemc/plugin/src/entry.cpp", "<systemc>", "SystemC"),
    ("systemc/plugin/src/entry.cpp", '"../../src/machine/memory.hpp"', "systemc source"),
    ("systemc/plugin/src/entry.cpp", '"plumbline/validate/verdict.hpp"', "validate"),
    ("systemc/plugin/include/plumbline_sc.h", '"plumbline/units.hpp"', "description"),
    ("systemc/plugin/loader/module.cpp", '"plumbline/error.hpp"', "description"),
    ("systemc/plugin/loader/module.cpp", '"plumbline/sim/kernel.hpp"', "sim"),
    ("systemc/plugin/loader/module.cpp", '"../src/entry.cpp"', "plugin"),
    ("validate/include/plumbline/validate/verdict.hpp", "<systemc>", "SystemC"),
    ("validate/src/report/verdict.cpp", "<CLI/CLI.hpp>", "CLI11"),
    ("platforms/minimal/main.cpp", '"plumbline/validate/verdict.hpp"', "validate"),
]


def file_in(root, folder, suffix):
    """A file of a folder; its name says of which."""
    name = (folder or "root").replace("/", "_") + suffix
    return "/".join(part for part in (root, folder, name) if part)


def layered_tree():
    """One header in every folder of every root, and a source in every folder that includes all headers that it may."""
    tree = {}
    for root in check_includes.ORDER:
        ranks = check_includes.ranks_of(root)
        for folder, rank in ranks.items():
            lower = [other for other in ranks if rank.may_include(ranks[other])]
            tree[file_in(root, folder, ".hpp")] = []
            tree[file_in(root, folder, ".cpp")] = [f'"{file_in("", other, ".hpp")}"' for other in lower]
    return tree


def check(tree):
    """Exit code and output of the check on a tree: path -> what it includes."""
    texts = {file: "".join(f"#include {name}\n" for name in includes) for file, includes in tree.items()}
    return trees.check(check_includes.main, texts)


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

    def test_down_the_order_of_folders_pass(self):
        code, output = check(layered_tree())
        self.assertEqual(code, 0, output)

    def test_up_the_order_of_folders_are_named(self):
        for root in check_includes.ORDER:
            ranks = check_includes.ranks_of(root)
            for folder, higher in ((a, b) for a in ranks for b in ranks if not ranks[a].may_include(ranks[b])):
                with self.subTest(root=root, folder=folder, higher=higher):
                    file, header = file_in(root, folder, ".cpp"), file_in("", higher, ".hpp")
                    code, output = check({file: [f'"{header}"'], f"{root}/{header}": []})
                    self.assertEqual(code, 1, output)
                    self.assertIn(f"{file}:1: {folder or root} may not include {header}", output)

    def test_of_public_headers_follow_the_order_of_their_sources(self):
        sources = {"model/src/cost/cost.cpp": [], "model/src/planning/plan.cpp": []}
        headers = {"model/include/plumbline/cost.hpp": [], "model/include/plumbline/plan.hpp": ['"plumbline/cost.hpp"']}
        self.assertEqual(check({**sources, **headers})[0], 0)
        headers["model/include/plumbline/cost.hpp"] = ['"plumbline/plan.hpp"']
        headers["model/include/plumbline/plan.hpp"] = []
        code, output = check({**sources, **headers})
        self.assertEqual(code, 1)
        self.assertIn("cost may not include plumbline/plan.hpp (of planning)", output)

    def test_that_reach_what_they_may_not_are_named(self):
        for source, folder in check_includes.UNREACHABLE.items():
            root = next(root for root in check_includes.ORDER if source.startswith(root + "/"))
            between, target = f"{root}/{Path(source).parent.name}/between.hpp", f"{folder}thing.hpp"
            tree = {source: [f'"{between.removeprefix(root + "/")}"'], between: [], target: []}
            self.assertEqual(check(tree)[0], 0)
            code, output = check({**tree, between: [f'"{target.removeprefix(root + "/")}"']})
            self.assertEqual(code, 1)
            self.assertIn(f"{source}: may not reach {target}", output)

    def test_of_headers_of_hosts_are_few(self):
        for header, most in check_includes.BRINGS_AT_MOST.items():
            brought = [f"thing_{number}" for number in range(most + 1)]
            tree = {f"systemc/src/core/{name}.cpp": [] for name in brought}
            tree |= {f"systemc/include/plumbline/sim/{name}.hpp": [] for name in brought}
            tree |= {f"systemc/src/peripheral/{Path(header).stem}.cpp": []}
            tree[header] = [f'"plumbline/sim/{name}.hpp"' for name in brought[:most]]
            self.assertEqual(check(tree)[0], 0)
            tree[f"systemc/include/plumbline/sim/{brought[0]}.hpp"] = [f'"plumbline/sim/{brought[most]}.hpp"']
            code, output = check(tree)
            self.assertEqual(code, 1)
            self.assertIn(f"{header}: brings {most + 1} headers, may bring {most}", output)

    def test_of_a_file_that_belongs_to_no_folder_are_named(self):
        for file in ["model/src/new/thing.cpp", "model/src/thing.cpp", "model/include/plumbline/thing.hpp"]:
            with self.subTest(file=file):
                code, output = check({file: []})
                self.assertEqual(code, 1)
                self.assertIn(f"{file}: belongs to no folder in the order of model/src", output)

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
