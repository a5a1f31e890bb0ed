# SPDX-License-Identifier: Apache-2.0
"""The schemas that Plumbline ships describe the files that it ships, and what its command writes; what readers refuse they refuse.

    python3 schemas_test.py REPOSITORY PLUMBLINE
"""

import copy
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import jsonschema
import yaml

PLATFORMS = Path(sys.argv[1]).resolve() / "platforms" if len(sys.argv) > 1 else None
PROGRAM = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else None
TINY = ["--accelerator", "tiny/tiny.yaml", "--workload", "tiny/one_layer.yaml", "--mapping", "tiny/rules.yaml"]

SHIPPED = {
    "accelerator": ["accelerators/*.yaml", "tiny/tiny.yaml", "rtl_gemm/systolic_16x16.yaml"],
    "workload": ["workloads/**/*.yaml", "tiny/one_layer.yaml", "riscv/networks/*.yaml"],
    "mapping": ["mappings/*.yaml", "tiny/rules.yaml"],
    "calibration": ["calibration/*.yaml"],
    "tolerances": ["../validate/tolerances.yaml"],
}

# Schema -> a command that writes such JSON. A simulation takes a process of its own, which each of these is.
WRITTEN = {
    "evaluate": ["evaluate", *TINY, "--tile", "4x1"],
    "simulate": ["simulate", *TINY, "--tile", "2x1"],
    "validate": ["validate", *TINY, "--tile", "2x1"],
    "validate-set": ["validate", *TINY, "--tiles", "2x1,4x1", "--modes", "fully-cached"],
    "explore": ["explore", *TINY, "--tile-x", "1,4", "--tile-y", "1"],
    "optimize": ["optimize", *TINY, "--tiles", "2x1,4x1", "--uniform", "--objective", "weighted:0.5,0.5"],
    "capacity": ["capacity", *TINY, "--tile", "2x1"],
    "check": ["check", "tiny/tiny.yaml", "tiny/one_layer.yaml", "tiny/rules.yaml"],
    "calibrate": ["calibrate", *TINY, "--tile-x", "1,2,4", "--tile-y", "1", "--parameters", "top.efficiency"],
    "cost": ["cost", "--records", "../tests/reference/evaluations/TPU_like_DF__fsrcnn__m2_60x72_lpf6.jsonl.gz"],
}


def schema_named(name):
    return json.loads((PLATFORMS / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))


def wrong_in(name, document):
    validator = jsonschema.Draft7Validator(schema_named(name))
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(document)]


def run(*arguments):
    return subprocess.run([str(PROGRAM), *arguments], cwd=PLATFORMS, text=True, check=False, stdout=subprocess.PIPE).stdout


class SchemasTest(unittest.TestCase):
    def test_are_schemas(self):
        names = sorted(path.name.removesuffix(".schema.json") for path in (PLATFORMS / "schemas").iterdir())
        self.assertEqual(names, sorted([*SHIPPED, *WRITTEN, "schedule", "query"]))
        for name in names:
            jsonschema.Draft7Validator.check_schema(schema_named(name))

    def test_describe_what_is_shipped(self):
        for name, patterns in SHIPPED.items():
            for pattern in patterns:
                paths = sorted(PLATFORMS.glob(pattern))
                self.assertTrue(paths, pattern)
                for path in paths:
                    with self.subTest(path=path):
                        self.assertEqual(wrong_in(name, yaml.safe_load(path.read_text(encoding="utf-8"))), [])

    def test_describe_what_is_written(self):
        for name, arguments in WRITTEN.items():
            with self.subTest(schema=name):
                self.assertEqual(wrong_in(name, json.loads(run(*arguments, "--format", "json"))), [])

    def test_describe_schedules_and_new_accelerators(self):
        with tempfile.TemporaryDirectory() as folder:
            schedule, rules = Path(folder) / "s.json", Path(folder) / "rules.yaml"
            run("evaluate", "--accelerator", "meta_prototype_df", "--workload", "riscv/networks/fsrcnn_small.yaml", "--tile", "4x4",
                "--factors", "2", "--mode", "h-cached", "--schedule-out", str(schedule))
            self.assertEqual(wrong_in("schedule", json.loads(schedule.read_text(encoding="utf-8"))), [])
            accelerator = run("new", "accelerator", "--mapping-out", str(rules))
            self.assertEqual(wrong_in("accelerator", yaml.safe_load(accelerator)), [])
            self.assertEqual(wrong_in("mapping", yaml.safe_load(rules.read_text(encoding="utf-8"))), [])

    def test_describe_points_of_a_store(self):
        with tempfile.TemporaryDirectory() as folder:
            store = str(Path(folder) / "points.db")
            run("explore", *TINY, "--tiles", "2x1,9x9", "--store", store)
            points = json.loads(run("query", store, "--format", "json"))
            self.assertEqual(wrong_in("query", points), [])
            self.assertTrue(any("infeasible" in point for point in points["points"]))

    def test_refuse_what_readers_refuse(self):
        accelerator = yaml.safe_load((PLATFORMS / "tiny/tiny.yaml").read_text(encoding="utf-8"))
        for change in [
            lambda each: each["memories"]["sram"].pop("size"),
            lambda each: each["memories"]["sram"].update(sise=8),
            lambda each: each["memories"]["sram"].update(operands=["I3"]),
            lambda each: each["memories"]["sram"]["ports"][0].update(type="reed"),
            lambda each: each["memories"]["sram"]["ports"][0].update(allocation=["I1, up"]),
            lambda each: each["operational_array"].update(sizes=[0]),
            lambda each: each.update(dataflows=[]),
        ]:
            changed = copy.deepcopy(accelerator)
            change(changed)
            self.assertNotEqual(wrong_in("accelerator", changed), [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
