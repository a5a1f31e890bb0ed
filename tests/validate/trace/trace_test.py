# SPDX-License-Identifier: Apache-2.0
"""Traces of whole runs: do they have the right shape, agree with the counters and each other, and can others read them?

    python3 trace_test.py PLUMBLINE VCD2FST FST2VCD VCD2LXT
"""

import copy
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import perfetto
import vcd

# Two stacks of few tiles, for what takes long per event; a whole network, for the rest.
PAIR = """
- id: 0
  name: conv
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  dimension_relations: [ix=1*ox+1*fx, iy=1*oy+1*fy]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  loop_sizes: [1, 8, 4, 12, 12, 3, 3]
  operand_precision: {O: 16, O_final: 8, W: 8, I: 8}
  operand_source: {W: 0, I: 0}
- id: 1
  name: pointwise
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c]*I[b][c][oy][ox]
  loop_dims: [B, K, C, OY, OX]
  loop_sizes: [1, 4, 8, 12, 12]
  operand_precision: {O: 16, O_final: 8, W: 8, I: 8}
  operand_source: {W: 1, I: 0}
"""
SMALL = ["--workload", "pair.yaml", "--tile", "5x5", "--cuts", "conv"]
WHOLE = ["--workload", "defines/mobilenetv1", "--tile", "7x7"]


class Run:
    """Both traces and the counters of one simulation."""

    def __init__(self, plumbline, flags):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "pair.yaml").write_text(PAIR, encoding="utf-8")
            command = [plumbline, "simulate", "--accelerator", "meta_prototype_df", *flags, "--factors", "4"]
            command += ["--format", "json", "--trace", "run.json", "--trace", "run.vcd"]
            run = subprocess.run(command, check=True, timeout=300, capture_output=True, text=True, cwd=folder)
            self.counters = json.loads(run.stdout)
            self.trace = json.loads((Path(folder) / "run.json").read_text(encoding="utf-8"))
            self.vcd = (Path(folder) / "run.vcd").read_text(encoding="utf-8")
            self.waves = vcd.read(self.vcd)
            self.end = 1000 * self.counters["latency_cycles"]["simulated"]

    def changed(self, change):
        """The trace with other events, which `change` makes of all and of those about ports."""
        events = copy.deepcopy(self.trace["traceEvents"])
        change(events, [event for event in events if event["ph"] == "X" and "operand" in event.get("args", {})])
        return {**self.trace, "traceEvents": events}


class Traces(unittest.TestCase):
    plumbline = vcd2fst = fst2vcd = vcd2lxt = "set by main"

    @classmethod
    def setUpClass(cls):
        cls.small = Run(cls.plumbline, SMALL)
        cls.whole = Run(cls.plumbline, WHOLE)

    def test_perfetto_traces_have_the_shape_of_the_schema_and_agree_with_the_counters(self):
        self.assertEqual(list(perfetto.shape_faults(self.small.trace)), [])
        self.assertEqual(list(perfetto.faults(self.small.trace, self.small.counters)), [])

    def test_perfetto_traces_of_a_whole_network_agree_with_the_counters(self):
        self.assertEqual(list(perfetto.faults(self.whole.trace, self.whole.counters)), [])

    def test_the_schema_refuses_other_shapes(self):
        for change in (
            {"ph": "Q"},
            {"dur": -1},
            {"ts": "soon"},
            {"colour": "red"},
            {"args": {"operand": "I", "stack": 0, "column": 0, "row": 0}},
        ):
            with self.subTest(change):
                trace = self.small.changed(lambda _, accesses: accesses[3].update(change))
                self.assertNotEqual(list(perfetto.shape_faults(trace)), [])

    def test_the_checks_see_what_contradicts_the_counters(self):
        def overlap(_, accesses):
            first, second = [event for event in accesses if event["tid"] == accesses[0]["tid"]][:2]
            first["dur"] = second["ts"] - first["ts"] + 1

        def forget_a_name(events, accesses):
            events.remove(next(e for e in events if e["name"] == "thread_name" and e["tid"] == accesses[0]["tid"]))

        def forget_a_slice(events, accesses):
            events.remove(accesses[-1])

        def add_a_bit(_, accesses):
            accesses[0]["args"]["bits"] += 1

        def end_late(_, accesses):
            accesses[-1]["dur"] += self.small.end

        def lengthen_a_step(events, _):
            next(event for event in events if event.get("cat") == "step")["dur"] -= 1

        for change in (overlap, forget_a_name, forget_a_slice, add_a_bit, end_late, lengthen_a_step):
            with self.subTest(change.__name__):
                trace = self.small.changed(change)
                self.assertEqual(list(perfetto.shape_faults(trace)), [])
                self.assertNotEqual(list(perfetto.faults(trace, self.small.counters)), [])

    def test_waveforms_keep_ports_busy_as_long_as_perfetto_traces_do(self):
        view = perfetto.View(self.whole.trace["traceEvents"])
        for (memory, port), events in view.accesses_by_port().items():
            with self.subTest(memory=memory, port=port):
                wave = self.whole.waves.signals[f"{memory}.{port}.busy"]
                self.assertEqual(vcd.high(wave, self.whole.end), perfetto.busy(events))
        array = self.whole.waves.signals["mac_array.busy"]
        self.assertEqual(vcd.high(array, self.whole.end), perfetto.busy(view.row_named("MAC array", "iterations")))

    def test_waveforms_end_with_the_run(self):
        self.assertEqual(self.whole.waves.end, self.whole.end)

    def test_gtkwave_reads_every_value_of_the_waveforms(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "run.vcd").write_text(self.whole.vcd, encoding="utf-8")
            for command in ([self.vcd2fst, "run.vcd", "run.fst"], [self.fst2vcd, "-f", "run.fst", "-o", "back.vcd"]):
                subprocess.run(command, check=True, timeout=120, capture_output=True, cwd=folder)
            back = vcd.read((Path(folder) / "back.vcd").read_text(encoding="utf-8"))
        self.assertEqual(back.signals.keys(), self.whole.waves.signals.keys())
        for name, changes in self.whole.waves.signals.items():
            self.assertEqual(back.signals[name], changes, name)

    def test_gtkwave_converts_the_waveforms_to_lxt(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "run.vcd").write_text(self.whole.vcd, encoding="utf-8")
            command = [self.vcd2lxt, "run.vcd", "run.lxt"]
            subprocess.run(command, check=True, timeout=120, capture_output=True, cwd=folder)
            self.assertGreater((Path(folder) / "run.lxt").stat().st_size, 1000)

    def test_runs_that_fold_classes_show_each_class_once(self):
        run = Run(self.plumbline, [*WHOLE, "--fold-classes"])
        self.assertEqual(list(perfetto.faults(run.trace)), [])
        tiles = [event["args"] for event in perfetto.View(run.trace["traceEvents"]).row_named("schedule", "tiles")]
        self.assertEqual(len(tiles), len({tuple(tile.values()) for tile in tiles}))
        self.assertLess(run.waves.end, run.end)


if __name__ == "__main__":
    Traces.plumbline, Traces.vcd2fst, Traces.fst2vcd, Traces.vcd2lxt = sys.argv[1:]
    unittest.main(argv=sys.argv[:1], verbosity=2)
