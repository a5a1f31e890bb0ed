# SPDX-License-Identifier: Apache-2.0
"""The peripheral in a platform of VCML: right to the bit, no slower than its RAM makes it, and reset harms nobody.

    python3 vcml_test.py VCML_HOST PLUMBLINE PLATFORMS
"""

import json
import re
import subprocess
import sys
import tempfile
import unittest

HOST, PLUMBLINE, PLATFORMS = sys.argv[1:4]
NETWORK = f"{PLATFORMS}/riscv/networks/fsrcnn_small.yaml"
LATENCY = 20  # cycles that the RAM takes for a transaction
FRAME = re.compile(r"frame: (\d+) cycles, (\d+) transactions, error (\d+); the output (.*)")


def host(*properties):
    command = [HOST, "-c", f"soc.descriptions={PLATFORMS}", "-c", f"soc.workload={NETWORK}", "-c", "soc.tile=12 8",
               "-c", f"soc.expected={Frames.output}"]
    for each in properties:
        command += ["-c", each]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def frames(done):
    return [(*map(int, found.groups()[:3]), found[4]) for found in FRAME.finditer(done.stdout)]


def others(cycles):
    """Transactions of the other master in so many cycles, which those of the accelerator may wait for: one in 10 us."""
    return cycles // 10000 + 1


def cycles_alone(output):
    """Of the frame on the machine's own off-chip memory, which keeps up with the port; its output, compared with plain loops, is written."""
    command = [PLUMBLINE, "simulate", "--accelerator", "meta_prototype_df", "--workload", NETWORK, "--tile", "12x8", "--mode",
               "fully-cached", "--functional", "--functional-out", output, "--format", "json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)["latency_cycles"]["simulated"]


class Frames(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.output = f"{folder.name}/output.npy"
        cls.alone = cycles_alone(cls.output)

    def expect_right(self, done):
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for *_, error, output in frames(done):
            self.assertEqual((error, output), (0, "equals the reference bit for bit"))

    def test_take_what_the_ram_adds_at_most(self):
        for burst in (0, 64):
            done = host(f"soc.npu.longest_burst={burst}")
            self.expect_right(done)
            ((cycles, transactions, *_),) = frames(done)
            self.assertGreaterEqual(cycles, self.alone)
            self.assertLessEqual(cycles, self.alone + LATENCY * (transactions + others(cycles)))

    def test_are_alike_before_and_after_a_reset_at_any_time(self):
        for after in (1, 777, 5000, 10000, 20011):
            done = host(f"soc.firmware.reset_after={after}")
            self.expect_right(done)
            first, second = frames(done)
            self.assertEqual(first[1:], second[1:])
            self.assertLessEqual(abs(first[0] - second[0]), LATENCY * others(first[0]))
            self.assertRegex(done.stdout, r"reset after \d+ cycles of a frame; now 0 cycles, idle: 1\n")

    def test_and_resets_keep_the_ram_from_no_other_master(self):
        done = host("soc.firmware.reset_after=10000")
        reads, longest = re.search(r"another master read the RAM (\d+) times and waited (\d+) ns", done.stdout).groups()
        # Two frames and a part of one, of 35 us each: it looks on to the end. It waits for one transaction of another, and its own.
        self.assertGreaterEqual(int(reads), 7)
        self.assertLessEqual(int(longest), 2 * LATENCY)

    def test_know_the_fidelity_by_a_property(self):
        done = host("soc.npu.fidelity=analytical")
        self.expect_right(done)
        ((_, transactions, *_),) = frames(done)
        self.assertLess(transactions, 50)  # descriptor, data once, output once

    def test_with_a_property_that_is_wrong_are_refused_in_a_line(self):
        done = host("soc.npu.outstanding=many")
        self.assertEqual((done.returncode, done.stderr), (2, "soc.npu.outstanding: is 'many', expected a number\n"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
