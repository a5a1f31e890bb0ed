# SPDX-License-Identifier: Apache-2.0
"""Opens the page of `plumbline calibrate --report` in a browser: are its charts drawn, in any light, wide or narrow, is
nothing asked of the network, and does it say what the command says?

    python3 calibrate_report_test.py PLUMBLINE CHROMIUM
"""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import chromium
import looks
from charts import Charts, addresses

CHARTS = ["scatter", "residuals"]
SPACE = ["--accelerator", "meta_prototype_df", "--workload", "fsrcnn", "--factors", "4", "--tiles", "60x72,240x135,960x540"]
FITTED = ["top.efficiency", "steps.dispatch"]
TRUTH = "schema: plumbline-calibration-1\naccelerator: meta_prototype_df\nsteps: {dispatch: 200}\ntop: {efficiency: 0.6}\n"


def calibrate(plumbline, folder, more=()):
    """The page, and the same as JSON."""
    truth, page = folder / "truth.yaml", folder / "fit.html"
    truth.write_text(TRUTH, encoding="utf-8")
    command = [plumbline, "calibrate", *SPACE, "--estimator", "refined", "--truth", str(truth), "--parameters", ",".join(FITTED)]
    command += ["--store", str(folder / "runs.jsonl"), "--report", str(page), "--format", "json", *more]
    ended = subprocess.run(command, timeout=120, stdout=subprocess.PIPE, check=True)
    return page.read_text(encoding="utf-8"), json.loads(ended.stdout)


class CalibrateReport(unittest.TestCase):
    plumbline = "plumbline"
    browser = "chromium"

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            cls.html, cls.report = calibrate(cls.plumbline, Path(folder))
            cls.without_accuracy, _ = calibrate(cls.plumbline, Path(folder), ["--hold-out-nothing"])
        cls.visit = cls.open(cls.html)
        cls.charts = Charts(cls.visit.dom)

    @classmethod
    def open(cls, html, script="", flags=()):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "fit.html"
            page.write_text(html.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
            return chromium.open_page(cls.browser, page, flags)

    def looks(self, width, flags=()):
        return looks.of(lambda script, more: self.open(self.html, script, more).dom, width, flags)

    def test_says_nothing_on_the_console(self):
        self.assertEqual(self.visit.console, [])

    def test_asks_nothing_of_the_network(self):
        self.assertEqual(self.visit.requests, [])
        self.assertEqual(addresses(self.html), [])

    def test_draws_every_chart_once(self):
        self.assertEqual(self.charts.drawings, {f"fit-{chart}": 1 for chart in CHARTS})

    def test_draws_each_held_out_schedule_before_and_after(self):
        marks = self.charts.marks["fit-scatter"]
        held_out = self.report["held_out"]["after"]["total"]["rows"]
        for when in ["before", "after"]:
            self.assertEqual(sum(f"{when} calibration" in mark for mark in marks), held_out)
        for schedule in self.report["fitted_to"]:
            self.assertFalse(any(mark.startswith(schedule + ",") for mark in marks), schedule)

    def test_has_a_row_for_each_parameter(self):
        for name in FITTED:
            self.assertIn(f'<td class="left">{name}</td>', self.html)

    def test_has_colours_for_light_and_dark(self):
        light, dark = self.looks(1400, chromium.LIGHT), self.looks(1400, chromium.DARK)
        self.assertEqual([light["label"], dark["label"]], [light["ink"], dark["ink"]])
        self.assertNotEqual(light["paper"], dark["paper"])

    def test_cuts_and_covers_no_text_wide_or_narrow(self):
        for width in [1400, 400]:
            seen = self.looks(width)
            self.assertLess(seen["drawn"], width)
            self.assertEqual(seen["cut"], [], width)
            self.assertEqual(seen["overlaps"], [], width)
            self.assertFalse(seen["wide"], width)

    def test_has_no_charts_where_nothing_was_held_out(self):
        visit = self.open(self.without_accuracy)
        self.assertEqual(visit.console + visit.requests, [])
        self.assertEqual(Charts(visit.dom).drawings, {})
        self.assertIn("No accuracy", visit.dom)


if __name__ == "__main__":
    CalibrateReport.browser = sys.argv.pop()
    CalibrateReport.plumbline = sys.argv.pop()
    unittest.main()
