# SPDX-License-Identifier: Apache-2.0
"""Opens the page of `plumbline validate --report` in a browser: are all charts drawn, in any light, wide or narrow, on paper,
by keyboard; and is nothing asked of the network?

    python3 validate_report_test.py PLUMBLINE CHROMIUM
"""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import chromium
import looks
from charts import Charts, addresses

CHARTS = ["access-scatter", "access-deviations", "phases", "cycle-scatter", "run-timeline", "tile-timeline", "residuals"]
NETWORK = ["--accelerator", "meta_prototype_df", "--workload", "fsrcnn", "--factors", "4"]
SCHEDULE = [*NETWORK, "--tile", "60x72", "--mode", "fully-cached", "--fold-classes"]
PROFILE = "schema: plumbline-calibration-1\naccelerator: meta_prototype_df\nsteps: {dispatch: 100}\n"

# To the second point of the first chart, and along all that can have the focus.
KEYS = """
setTimeout(() => {
    const chart = document.querySelector('.chart');
    chart.focus();
    for (const key of ['ArrowRight', 'ArrowRight'])
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}, 2000);
"""


def validate(plumbline, folder):
    profile = folder / "profile.yaml"
    profile.write_text(PROFILE, encoding="utf-8")
    page = folder / "run.html"
    command = [plumbline, "validate", *SCHEDULE, "--profile", str(profile), "--report", str(page)]
    # 1: outside tolerance, which is no matter here.
    ended = subprocess.run(command, timeout=120, stdout=subprocess.PIPE, check=False)
    if ended.returncode not in (0, 1):
        raise subprocess.CalledProcessError(ended.returncode, command)
    return page.read_text(encoding="utf-8"), ended.stdout.decode()


class ValidateReport(unittest.TestCase):
    plumbline = "plumbline"
    browser = "chromium"

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            cls.html, cls.text = validate(cls.plumbline, Path(folder))
            cls.again, _ = validate(cls.plumbline, Path(folder))
        cls.visit = cls.open()
        cls.charts = Charts(cls.visit.dom)

    @classmethod
    def open(cls, script="", flags=()):
        return cls.on_disk(lambda page: chromium.open_page(cls.browser, page, flags), script)

    @classmethod
    def on_disk(cls, visit, script=""):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "run.html"
            page.write_text(cls.html.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
            return visit(page)

    def looks(self, width, flags=()):
        return looks.of(lambda script, more: self.open(script, more).dom, width, flags)

    def test_is_the_same_again(self):
        self.assertEqual(self.html, self.again)

    def test_says_nothing_on_the_console(self):
        self.assertEqual(self.visit.console, [])

    def test_asks_nothing_of_the_network(self):
        self.assertEqual(self.visit.requests, [])

    def test_loads_nothing_by_address(self):
        self.assertEqual(addresses(self.html), [])

    def test_draws_every_chart_once(self):
        self.assertEqual(self.charts.drawings, {f"run-{chart}": 1 for chart in CHARTS})

    def test_draws_a_point_for_each_row(self):
        accesses = re.findall(r" (?:read_down|read_up|write_from_down|write_from_up) +[\d,.]+ +[\d,.]+ ", self.text)
        self.assertEqual(len(self.charts.marks["run-access-scatter"]), len(accesses))
        self.assertEqual(len(self.charts.marks["run-access-deviations"]), len(accesses))
        self.assertTrue(any("before calibration" in mark for mark in self.charts.marks["run-residuals"]))
        self.assertTrue(any("after calibration" in mark for mark in self.charts.marks["run-residuals"]))
        self.assertTrue(any(mark.startswith("dram rw_port_1\nbusy") for mark in self.charts.marks["run-run-timeline"]))

    def test_tells_of_points_by_keyboard(self):
        tip = re.search(r'<div id="tip"[^>]*>([^<]*)</div>', self.open(KEYS).dom)
        self.assertEqual(tip[1], self.charts.marks["run-access-scatter"][1])
        self.assertNotIn("hidden", tip[0].split(">")[0])

    def test_leads_to_every_section(self):
        targets = re.findall(r'<a href="#([^"]+)"', self.html)
        self.assertEqual(targets, re.findall(r'<h2 id="([^"]+)"', self.html))
        self.assertGreaterEqual(len(targets), 6)

    def test_has_colours_for_light_and_dark(self):
        light, dark = self.looks(1400, chromium.LIGHT), self.looks(1400, chromium.DARK)
        self.assertEqual(light["label"], light["ink"])
        self.assertEqual(dark["label"], dark["ink"])
        self.assertNotEqual(light["paper"], dark["paper"])
        self.assertNotEqual(light["ink"], dark["ink"])

    def test_cuts_and_covers_no_text_wide_or_narrow(self):
        for width in [1400, 400]:
            seen = self.looks(width)
            self.assertLess(seen["drawn"], width)
            self.assertEqual(seen["cut"], [], width)
            self.assertEqual(seen["overlaps"], [], width)
            self.assertFalse(seen["wide"], width)

    def test_prints(self):
        pdf = self.on_disk(lambda page: chromium.print_page(self.browser, page))
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertGreater(len(re.findall(rb"/Type\s*/Page\b", pdf)), 2)


if __name__ == "__main__":
    ValidateReport.browser = sys.argv.pop()
    ValidateReport.plumbline = sys.argv.pop()
    unittest.main()
