# SPDX-License-Identifier: Apache-2.0
"""Figures in prose: does something on the page print them?"""

import re

# Grouped digits, and percentages with a point: such figures were measured, and nobody else has them.
FIGURE = re.compile(r"(?<![\d,.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+(?= ?%))(?![\d]|,\d{3})")


def unprinted(prose, blocks, printed):
    """A line and a sentence for each figure that neither stands in a block of its page nor was printed by its commands."""
    texts = [*printed, *(line for block in blocks for line in block.lines)]
    known = {figure for text in texts for figure in FIGURE.findall(text)}
    return [(line.number, f"nothing on this page prints {figure}")
            for line in prose for figure in FIGURE.findall(line.text) if figure not in known]
