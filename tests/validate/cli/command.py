# SPDX-License-Identifier: Apache-2.0
"""The command as a process, on a small network: what its surroundings do to it, a call in-process cannot show."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PLATFORMS = Path(__file__).resolve().parents[3] / "platforms"

# A 3x3 convolution, then a pointwise one, on 32 x 32 pixels.
NETWORK = """
- id: 0
  name: conv
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  dimension_relations: [ix=1*ox+1*fx, iy=1*oy+1*fy]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  loop_sizes: [1, 8, 4, 32, 32, 3, 3]
  operand_precision: {O: 16, O_final: 8, W: 8, I: 8}
  operand_source: {W: 0, I: 0}
- id: 1
  name: pointwise
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c]*I[b][c][oy][ox]
  loop_dims: [B, K, C, OY, OX]
  loop_sizes: [1, 8, 8, 32, 32]
  operand_precision: {O: 16, O_final: 8, W: 8, I: 8}
  operand_source: {W: 1, I: 0}
"""

ONE = ["--tile", "8x8", "--factors", "3"]
LENIENT = ["--tolerance-accesses", "9", "--tolerance-latency", "9"]


class CommandTest(unittest.TestCase):
    """Each test has a folder of its own, in which the command runs."""

    program = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        os.chmod(self.folder, 0o755)
        self.add("net.yaml", NETWORK)

    def add(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def text(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def rows(self, store, query="SELECT space, cut_rule, mode, tile_x, tile_y, result FROM point ORDER BY 1, 2, 3, 4, 5"):
        """Of a store of explored points; none where its tables are not there yet."""
        database = sqlite3.connect(f"file:{self.folder / store}?mode=ro", uri=True, timeout=60)
        try:
            return database.execute(query).fetchall()
        except sqlite3.OperationalError:
            return []
        finally:
            database.close()

    def arguments(self, command, *more):
        subject = ["--accelerator", "meta_prototype_df", "--workload", "net.yaml"]
        return [str(self.program), command, *subject, *more]

    def run_command(self, command, *more, **options):
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        return subprocess.run(self.arguments(command, *more), cwd=self.folder, text=True, check=False, **options)

    def start(self, command, *more, **options):
        options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **options}
        return subprocess.Popen(self.arguments(command, *more), cwd=self.folder, text=True, **options)

    def expect_refused(self, result, *parts):
        """Exit code 2 and one line, which has these parts."""
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        for part in parts:
            self.assertIn(part, result.stderr)

    def expect_nothing_unfinished(self):
        self.assertEqual([path.name for path in self.folder.rglob("*.tmp.*")], [])


def main():
    CommandTest.program = Path(sys.argv[1]).resolve()
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
