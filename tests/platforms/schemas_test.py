# SPDX-License-Identifier: Apache-2.0
"""The schemas that Plumbline ships describe the files that it ships, and what its command writes; what readers refuse they refuse.

    python3 schemas_test.py REPOSITORY PLUMBLINE
"""

import copy
import gzip
import itertools
import json
import re
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
    "validate-set": ["validate", *TINY, "--tiles", "2x1,4x1,9x9", "--modes", "fully-cached"],
    "validate-generated": ["validate", "--generated", "6", "--seed", "3"],
    "explore": ["explore", *TINY, "--tile-x", "1,4", "--tile-y", "1"],
    "optimize": ["optimize", *TINY, "--tiles", "2x1,4x1", "--uniform", "--objective", "weighted:0.5,0.5"],
    "capacity": ["capacity", *TINY, "--tile", "2x1"],
    "check": ["check", "tiny/tiny.yaml", "tiny/one_layer.yaml", "tiny/rules.yaml"],
    "calibrate": ["calibrate", *TINY, "--tile-x", "1,2,4", "--tile-y", "1", "--parameters", "top.efficiency"],
    "cost": ["cost", "--records", "../tests/reference/evaluations/TPU_like_DF__fsrcnn__m2_60x72_lpf6.jsonl.gz"],
}

# What is no document of a command: each has a test of its own below.
BESIDE = {"schedule", "query", "trace", "trace-mapping", "record", "result-store", "zigzag-result"}

LEVEL = {"rd_out_to_low": 50, "wr_in_by_low": 0, "rd_out_to_high": 0, "wr_in_by_high": 5}
ZIGZAG_LAYER = {
    "outputs": {
        "memory": {"utilization": None, "word_accesses": {"I": [LEVEL, "4waydatamoving (rd ^: 0, wr v: 16, rd v: 32, wr ^: 0)"]}},
        "energy": {"energy_total": 130.5, "operational_energy": 4.0},
        "latency": {"data_onloading": 6, "computation": 90.0, "data_offloading": 4},
    },
    "inputs": {"layer": {"name": "0", "memory_operand_links": {"O": "O", "W": "I2", "I": "I1"}}},
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
        self.assertEqual(names, sorted([*SHIPPED, *WRITTEN, *BESIDE]))
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

    def test_describe_traces_and_what_they_mean(self):
        with tempfile.TemporaryDirectory() as folder:
            trace = Path(folder) / "run.json"
            run("simulate", *TINY, "--tile", "2x1", "--trace", str(trace))
            self.assertEqual(wrong_in("trace", json.loads(trace.read_text(encoding="utf-8"))), [])
        page = (PLATFORMS.parent / "validate/docs/file_formats.md").read_text(encoding="utf-8")
        mapping = yaml.safe_load(re.search(r"```yaml\n(cycle_ns.*?)```", page, re.DOTALL).group(1))
        self.assertEqual(wrong_in("trace-mapping", mapping), [])

    def test_refuse_traces_that_mean_nothing(self):
        event = {"match": {"name": "dma"}, "memory": "sram", "operand": "I", "direction": "read_down", "amount": {"count": 1, "unit": "words"}}
        self.assertEqual(wrong_in("trace-mapping", {"events": [event]}), [])
        for change in [{"amount": {"count": 0, "unit": "words"}}, {"amount": {"count": 1, "unit": "nibbles"}}, {"match": {}}, {"memori": "sram"},
                       {"operand": {"field": "colour"}}, {"time": "step"}]:
            with self.subTest(change=change):
                self.assertNotEqual(wrong_in("trace-mapping", {"events": [{**event, **change}]}), [])
        for missing in ["match", "memory", "amount"]:
            rest = {key: value for key, value in event.items() if key != missing}
            self.assertNotEqual(wrong_in("trace-mapping", {"events": [rest]}), [], missing)

    def test_describe_records_of_the_reference(self):
        for path in sorted((PLATFORMS.parent / "tests/reference/evaluations").glob("*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as lines, self.subTest(path=path):
                records = [json.loads(line) for line in itertools.islice(lines, 20)]
                self.assertEqual([wrong for record in records for wrong in wrong_in("record", record)], [])
                records[0].pop("platform")
                self.assertNotEqual(wrong_in("record", records[0]), [])

    def test_describe_results_of_zigzag(self):
        self.assertEqual(wrong_in("zigzag-result", ZIGZAG_LAYER), [])
        self.assertEqual(wrong_in("zigzag-result", [ZIGZAG_LAYER, ZIGZAG_LAYER]), [])
        wrong = copy.deepcopy(ZIGZAG_LAYER)
        wrong["outputs"]["latency"]["computation"] = -1
        self.assertNotEqual(wrong_in("zigzag-result", wrong), [])

    def test_describe_stores_of_results(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ["validate-set", "validate-generated", "calibrate"]:
                store = Path(folder) / f"{name}.jsonl"
                run(*WRITTEN[name], "--store", str(store))
                lines = store.read_text(encoding="utf-8").splitlines()
                self.assertGreater(len(lines), 2, name)
                self.assertEqual([wrong for line in lines for wrong in wrong_in("result-store", json.loads(line))], [])

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
