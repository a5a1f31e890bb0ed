# SPDX-License-Identifier: Apache-2.0
"""Opens the page of `plumbline explore --plot` in a browser: are all charts drawn, and is nothing asked of the network?

    python3 explore_plot_test.py PLUMBLINE CHROMIUM
"""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import chromium
from charts import Charts, addresses

MODES = 3
TILES = 9
POINTS = MODES * TILES
INFEASIBLE = MODES * 3  # tiles of 2000 columns are wider than the map
REFERENCES = 2
CHARTS = ["energy", "latency", "pareto", "breakdown"]
SPACE = ["--tile-x", "4,60,2000", "--tile-y", "4,72,540", "--factors", "4"]

# There and back again.
KEYS = """
setTimeout(() => {
    const chart = document.querySelector('.chart');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft'])
        chart.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}, 2000);
"""


def explore(plumbline, page):
    command = [plumbline, "explore", "--accelerator", "meta_prototype_df", "--workload", "fsrcnn", *SPACE]
    subprocess.run([*command, "--plot", str(page)], check=True, timeout=60, stdout=subprocess.DEVNULL)


class ExplorePlot(unittest.TestCase):
    plumbline = "plumbline"
    browser = "chromium"

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "explore.html"
            explore(cls.plumbline, page)
            cls.html = page.read_text(encoding="utf-8")
            cls.visit = chromium.open_page(cls.browser, page)
            page.write_text(cls.html.replace("</body>", f"<script>{KEYS}</script></body>"), encoding="utf-8")
            cls.visit_by_keys = chromium.open_page(cls.browser, page)
        cls.charts = Charts(cls.visit.dom)

    def test_says_nothing_on_the_console(self):
        self.assertEqual(self.visit.console, [])

    def test_asks_nothing_of_the_network(self):
        self.assertEqual(self.visit.requests, [])

    def test_loads_nothing_by_address(self):
        self.assertEqual(addresses(self.html), [])

    def test_draws_every_chart_once(self):
        self.assertEqual(self.charts.drawings, {f"space-0-{chart}": 1 for chart in CHARTS})

    def test_draws_every_point(self):
        for chart in ["space-0-energy", "space-0-latency"]:
            self.assertEqual(len(self.charts.marks[chart]), POINTS)
            self.assertEqual(sum("infeasible:" in label for label in self.charts.marks[chart]), INFEASIBLE)
        self.assertEqual(len(self.charts.marks["space-0-pareto"]), POINTS - INFEASIBLE + REFERENCES)
        self.assertGreater(len(self.charts.marks["space-0-breakdown"]), 1 + REFERENCES)

    def test_tells_of_points_by_keyboard(self):
        first_tile = "fully-recompute, tile 4x4, cuts auto (none)"
        tip = re.search(r'<div id="tip"[^>]*>([^<]*)</div>', self.visit_by_keys.dom)
        self.assertTrue(tip[1].startswith(first_tile), tip[1])
        self.assertNotIn("hidden", tip[0].split(">")[0])

    def test_names_axes_with_their_units(self):
        for title in ["tile columns [pixels]", "tile rows [pixels]", "energy [mJ]", "latency [million cycles]"]:
            self.assertIn(f">{title}</text>", self.visit.dom)


if __name__ == "__main__":
    ExplorePlot.browser = sys.argv.pop()
    ExplorePlot.plumbline = sys.argv.pop()
    unittest.main()
