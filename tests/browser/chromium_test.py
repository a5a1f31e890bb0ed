# SPDX-License-Identifier: Apache-2.0
"""A page that errs and one that asks the network are seen to do so.

    python3 chromium_test.py CHROMIUM
"""

import sys
import tempfile
import unittest
from pathlib import Path

import chromium


class OpenPage(unittest.TestCase):
    browser = "chromium"

    def visit(self, html):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "page.html"
            page.write_text(html, encoding="utf-8")
            return chromium.open_page(self.browser, page)

    def test_shows_the_page_after_its_scripts(self):
        visit = self.visit("<p id=a></p><script>a.textContent = 6 * 7</script>")
        self.assertIn("<p id=\"a\">42</p>", visit.dom)
        self.assertEqual(visit.console, [])
        self.assertEqual(visit.requests, [])

    def test_hears_an_error(self):
        console = self.visit("<script>nobody.knows()</script>").console
        self.assertEqual(len(console), 1)
        self.assertIn("nobody is not defined", console[0])

    def test_sees_a_request(self):
        visit = self.visit("<img src='http://picture.invalid/a.png'><script>fetch('http://data.invalid/')</script>")
        self.assertEqual(visit.requests, ["http://data.invalid/", "http://picture.invalid/a.png"])


if __name__ == "__main__":
    OpenPage.browser = sys.argv.pop()
    unittest.main()
