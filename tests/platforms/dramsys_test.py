# SPDX-License-Identifier: Apache-2.0
"""The peripheral on a DRAM of DRAMSys: its output is right to the bit, and its frame takes what a DRAM can take for it.

    python3 dramsys_test.py DRAMSYS_HOST PLUMBLINE PLATFORMS CONFIGURATIONS
"""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HOST, PLUMBLINE, PLATFORMS, CONFIGURATIONS = sys.argv[1:5]
NETWORK = f"{PLATFORMS}/riscv/networks/fsrcnn_small.yaml"
TILE = (12, 8)


def cycles_alone(output):
    """Of the frame on the machine's own off-chip memory, which keeps up with the port; its output, compared with plain loops, is written."""
    command = [PLUMBLINE, "simulate", "--accelerator", "meta_prototype_df", "--workload", NETWORK, "--tile", "{}x{}".format(*TILE),
               "--mode", "fully-cached", "--functional", "--functional-out", output, "--format", "json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["latency_cycles"]["simulated"]


def slowest_burst(dram):
    """Nanoseconds that a burst may take at most beside a refresh, and for how much of the time there is one, by its data sheet.

    The row is another one's: that one was opened, or written, at the burst before, so it is closed after tRAS and tWR (RP), the right one is
    opened (RCD), the data come (RL or WL), with preamble and strobe, in burstLength / dataRate clocks. Arbiter and controller take
    a clock each on the way there and back, and wait for an edge.
    """
    names = json.loads(Path(CONFIGURATIONS, f"{dram}-example.json").read_text(encoding="utf-8"))["simulation"]
    spec = json.loads(Path(CONFIGURATIONS, "memspec", names["memspec"]).read_text(encoding="utf-8"))["memspec"]
    clocks, shape = spec["memtimingspec"], spec["memarchitecturespec"]
    close = clocks.get("RP", clocks.get("RPAB", 0))
    refresh = clocks.get("RFC", clocks.get("RFCAB", 0))
    strobe = sum(clocks.get(each, 0) for each in ("DQSCK", "DQSS", "DQS2DQ", "RPRE", "WPRE"))
    data = shape["burstLength"] // shape["dataRate"]
    burst = clocks["RAS"] + clocks["WR"] + close + clocks["RCD"] + max(clocks["RL"], clocks["WL"]) + strobe + data + 3 + 6
    period = clocks["tCK"] / 1000
    return burst * period, (refresh + close + clocks["RCD"]) / clocks["REFI"], refresh * period


class Frame(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            output = f"{folder}/output.npy"
            cls.alone = cycles_alone(output)
            command = [HOST, "frame", PLATFORMS, output, NETWORK, *map(str, TILE)]
            cls.done = subprocess.run(command, capture_output=True, text=True, check=False)
        cls.rows = {}
        for line in cls.done.stdout.splitlines():
            cells = line.split()
            if len(cells) == 5 and cells[1].isdigit():
                cls.rows[cells[0]] = (*map(int, cells[1:4]), cells[4])

    def test_is_computed_to_the_bit(self):
        self.assertEqual(self.done.returncode, 0, self.done.stdout + self.done.stderr)
        self.assertEqual(set(self.rows), {"ddr4_o1", "ddr4_o4", "lpddr4_o1", "lpddr4_o4"})
        self.assertEqual({output for *_, output in self.rows.values()}, {"equal"})

    def test_takes_no_less_than_alone_and_no_more_than_the_slowest_bursts(self):
        for setting, (cycles, bursts, parts, _) in self.rows.items():
            burst, refreshing, refresh = slowest_burst(setting.split("_")[0])
            self.assertGreaterEqual(cycles, self.alone, setting)
            self.assertLessEqual(cycles, self.alone + bursts * burst * (1 + refreshing) + refresh, setting)
            self.assertGreater(parts, 0)

    def test_is_faster_with_more_outstanding(self):
        for dram in ("ddr4", "lpddr4"):
            self.assertLess(self.rows[f"{dram}_o4"][0], self.rows[f"{dram}_o1"][0])

    def test_that_is_asked_wrongly_is_refused_in_a_line(self):
        done = subprocess.run([HOST, "observe", PLATFORMS, "folder", "none"], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (2, "outstanding: is 'none', expected 1 or more\n"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
