# SPDX-License-Identifier: Apache-2.0
"""Figures in prose: a command on the page prints them, or the page says where they come from.

`<!-- figures of PATH -->` in the first line of a paragraph, list or table is for figures that no command can print within
seconds, such as those of a benchmark: PATH is the test or program that measures them.
"""

import re

import markdown

# Grouped digits, and percentages with a point: such figures were measured, and nobody knows them by heart.
FIGURE = re.compile(r"(?<![\d,.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+(?= ?%))(?!\d|,\d{3})")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
SOURCE = re.compile(r"^\s*<!-- figures of (\S+) -->")


def unprinted(prose, blocks, printed, repository):
    """A line and a sentence for each figure that neither stands in a block of its page nor was printed by its commands, be
    it with grouped digits or without."""
    texts = [*printed, *(line for block in blocks for line in block.lines)]
    known = {number.replace(",", "") for text in texts for number in NUMBER.findall(text)}
    for paragraph in markdown.paragraphs_of(prose):
        source = SOURCE.match(paragraph[0].text)
        if source and not (repository / source.group(1)).exists():
            yield paragraph[0].number, f"figures of {source.group(1)}, which does not exist"
        if not source:
            yield from unknown_in(paragraph, known)


def unknown_in(paragraph, known):
    for line in paragraph:
        for figure in FIGURE.findall(markdown.SPAN.sub("", line.text)):
            if figure.replace(",", "") not in known:
                yield line.number, f"no command of this page prints {figure}"
