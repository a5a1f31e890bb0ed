# SPDX-License-Identifier: Apache-2.0
"""The peripheral on a memory with a latency: what is calibrated is near and fast, and what is not is refused.

    python3 latency_memory_test.py LATENCY_MEMORY PLUMBLINE PLATFORMS
"""

import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HOST, PLUMBLINE, PLATFORMS = sys.argv[1:4]
OUTSTANDING = ["1", "4"]
SETTINGS = 2 * 3  # of each: bursts of 64 and 256 bytes; latencies of 0, 50 and 200 ns
NEUTRAL = "schema: plumbline-calibration-1\naccelerator: meta_prototype_df\n"


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


class LatencyMemory(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.observed = run(HOST, "observe", PLATFORMS, cls.folder, *OUTSTANDING)
        cls.calibrated = run("bash", f"{PLATFORMS}/latency_memory/calibrate.sh", PLUMBLINE, cls.folder)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def judge(self, outstanding):
        done = run(HOST, "judge", PLATFORMS, self.folder, *outstanding)
        rows = {}
        for line in done.stdout.splitlines():
            cells = line.replace(" %", "").split()
            if len(cells) == 7 and cells[0].isdigit():
                rows[tuple(map(int, cells[:3]))] = (int(cells[3]), *map(float, cells[4:]))
        return done, rows

    def test_is_near_where_it_is_calibrated(self):
        self.assertEqual(self.observed.returncode, 0, self.observed.stderr)
        self.assertEqual(self.calibrated.returncode, 0, self.calibrated.stderr)
        done, rows = self.judge(OUTSTANDING)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(len(rows), len(OUTSTANDING) * SETTINGS)
        for cycles, _, known, calibrated in rows.values():
            self.assertLessEqual(abs(calibrated), 1)
            self.assertLessEqual(abs(known), 1)
        # Four under way bring more in the same time, and the description knows nothing of it.
        self.assertGreater(rows[1, 64, 200][0], 1.5 * rows[4, 64, 200][0])
        self.assertLess(rows[1, 64, 200][1], -10)
        # Without latency it does not matter how many are under way, nor how long they are.
        self.assertEqual(len({cycles for (_, _, latency), (cycles, *_) in rows.items() if latency == 0}), 1)

    def test_is_told_where_it_is_not(self):
        profile = Path(self.folder) / "o1_b64_l200" / "profile.yaml"
        fitted = profile.read_text(encoding="utf-8")
        profile.write_text(NEUTRAL, encoding="utf-8")
        done, _ = self.judge(OUTSTANDING[:1])
        profile.write_text(fitted, encoding="utf-8")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertRegex(done.stdout, re.escape(f"within 1 %: {SETTINGS - 1} of {SETTINGS};"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
