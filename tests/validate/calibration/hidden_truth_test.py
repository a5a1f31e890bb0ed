# SPDX-License-Identifier: Apache-2.0
"""Calibrates against the machine that nobody's model knows, as validate/docs/calibrate.md walks through it.

    python3 hidden_truth_test.py HIDDEN_TRUTH PLUMBLINE PLATFORMS
"""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HIDDEN_TRUTH, PLUMBLINE, PLATFORMS = sys.argv.pop(1), sys.argv.pop(1), sys.argv.pop(1)

# What the hidden machine was built with (platforms/hidden_truth), in the words of a profile. The description's port has 64
# bits a cycle, the memory moves 24, and refreshes for 5 % of the time, which stretches the opening of pages, too.
REFRESH = 0.05
BUILT_WITH = {
    "top.efficiency": 24 / 64 * (1 - REFRESH),
    "memories.dram.access_latency": 60,
    "steps.dispatch": 150,
    "memories.dram.burst_overhead": 19 / (1 - REFRESH),
}

# That pages of 2 KiB are opened is known, how long that takes is not.
KNOWN = """schema: plumbline-calibration-1
accelerator: meta_prototype_df
memories:
  dram: {burst: 16384}
"""


class HiddenTruth(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name) / "new"  # which the machine makes

    def path(self, name):
        return self.folder / name

    def plumbline(self, *arguments, expect=0):
        run = subprocess.run([PLUMBLINE, *map(str, arguments)], capture_output=True, text=True, cwd=self.folder)
        self.assertEqual(run.returncode, expect, run.stderr + run.stdout)
        return run.stdout

    def test_the_walk_through_makes_the_prediction_true(self):
        subprocess.run([HIDDEN_TRUTH, PLATFORMS, self.folder], check=True, capture_output=True)
        self.path("known.yaml").write_text(KNOWN)
        subject = ["--accelerator", "meta_prototype_df", "--workload", "fsrcnn", "--estimator", "refined"]
        validate = ["validate", *subject, "--schedule", "cached_960x540.json", "--observations", "cached_960x540.csv"]
        before = self.total(validate)
        report = json.loads(
            self.plumbline("calibrate", *subject, "--runs", "runs.csv", "--profile", "known.yaml", "--profile-out",
                           "trued.yaml", "--parameters", ",".join(BUILT_WITH), "--format", "json"))
        self.assertNotIn("cached_960x540", report["fitted_to"])
        after = self.total([*validate, "--profile", "trued.yaml"])
        self.assertGreater(abs(before), 0.5)
        self.assertLess(abs(after), 0.01)
        self.assertLess(report["held_out"]["after"]["total"]["mape"], 0.01)
        self.finds(report)

    def finds(self, report):
        """Each, and within its interval."""
        found = {each["name"]: each for each in report["fits"][0]["parameters"]}
        for name, value in BUILT_WITH.items():
            least, most = found[name]["interval"]
            self.assertTrue(least <= value <= most, found[name])
            self.assertLess(abs(found[name]["value"] / BUILT_WITH[name] - 1), 0.05, found[name])

    def total(self, validate):
        """Deviation of the whole run; whatever layers are out of tolerance."""
        command = [PLUMBLINE, *validate, "--format", "json"]
        run = subprocess.run(command, capture_output=True, text=True, cwd=self.folder)
        self.assertIn(run.returncode, (0, 1), run.stderr)
        cycles = json.loads(run.stdout)["latency_cycles"]
        return cycles["predicted"] / cycles["simulated"] - 1


if __name__ == "__main__":
    unittest.main()
