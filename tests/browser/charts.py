# SPDX-License-Identifier: Apache-2.0
"""What became of the charts of a page, read from its DOM.

    charts = Charts(visit.dom)
    charts.drawings["run-phases"], charts.marks["run-phases"]
"""

import re
from html.parser import HTMLParser


class Charts(HTMLParser):
    """Counts, by chart, the drawings in it and their marks about points."""

    def __init__(self, dom):
        super().__init__()
        self.chart = None
        self.drawings = {}
        self.marks = {}
        self.feed(dom)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "figure":
            self.chart = None
        if attributes.get("class") == "chart":
            self.chart = attributes["id"]
        if tag == "svg" and self.chart:
            self.drawings[self.chart] = self.drawings.get(self.chart, 0) + 1
        if attributes.get("aria-roledescription") == "point" and attributes.get("d"):
            self.marks.setdefault(self.chart, []).append(attributes["aria-label"])


def addresses(html):
    """Whatever the markup, scripts aside, would load or lead to outside the page."""
    markup = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    return re.findall(r"""(?:src|href)\s*=\s*["']?(?!#)[^"'\s>]+""", markup) + re.findall(r"@import|url\(", markup)
