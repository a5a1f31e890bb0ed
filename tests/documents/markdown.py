# SPDX-License-Identifier: Apache-2.0
"""What a page of Markdown consists of: fenced blocks, prose, code spans, links and headings.

    blocks, prose = parse(text)

A fence may be indented, as in a list; the lines of its block are then without that indent. Nothing else of Markdown is
understood, since nothing else is checked.
"""

import re
from dataclasses import dataclass, field

FENCE = re.compile(r"^( *)(`{3,}|~{3,})\s*(.*)$")
SPAN = re.compile(r"(`+)(.+?)\1", re.S)
LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)")
HEADING = re.compile(r"^#{1,6} +(.*?)(?: +#+)?$")
ANCHOR = re.compile(r"<a (?:name|id)=\"([^\"]+)\">")


@dataclass
class Block:
    """A fenced block: `tag` and `options` of its fence, and its lines, of which the first is line `first` of the page."""

    tag: str
    options: dict
    first: int
    indent: str
    lines: list = field(default_factory=list)
    closed: bool = False


@dataclass
class Line:
    """A line of prose, by its number on the page."""

    number: int
    text: str


def parse(text):
    """Fenced blocks of a page, and the lines between them."""
    blocks, prose, fence = [], [], None
    for number, line in enumerate(text.split("\n"), start=1):
        found = FENCE.match(line)
        if fence is None and found:
            indent, fence, info = found.groups()
            blocks.append(Block(*tag_and_options(info), first=number + 1, indent=indent))
        elif fence is None:
            prose.append(Line(number, line))
        elif found and found.group(2).startswith(fence) and not found.group(3):
            blocks[-1].closed, fence = True, None
        else:
            blocks[-1].lines.append(line.removeprefix(blocks[-1].indent))
    return blocks, prose


def tag_and_options(info):
    """`yaml title=net.yaml` is tagged yaml and has a title."""
    words = info.split()
    options = dict(word.split("=", 1) for word in words[1:] if "=" in word)
    return (words[0] if words else ""), options


def spans_of(prose):
    """Code spans, with the number of the line on which each begins; a span may go on over lines of a paragraph."""
    for paragraph in paragraphs_of(prose):
        text = "\n".join(line.text for line in paragraph)
        for span in SPAN.finditer(text):
            number = paragraph[0].number + text.count("\n", 0, span.start())
            yield number, " ".join(span.group(2).split())


def paragraphs_of(prose):
    """Runs of lines that are neither empty nor interrupted by a block."""
    paragraph = []
    for line in prose:
        if paragraph and (not line.text.strip() or line.number != paragraph[-1].number + 1):
            yield paragraph
            paragraph = []
        if line.text.strip():
            paragraph.append(line)
    if paragraph:
        yield paragraph


def links_of(prose):
    """Targets of links, with the number of the line on which each stands."""
    for line in prose:
        for link in LINK.finditer(SPAN.sub("", line.text)):
            yield line.number, link.group(1)


def anchors_of(prose):
    """What a link to a place of the page may say after `#`: headings as GitHub names them, and anchors in HTML."""
    anchors = set()
    for line in prose:
        anchors.update(ANCHOR.findall(line.text))
        heading = HEADING.match(line.text)
        if heading:
            anchors.add(unused(anchor_of(heading.group(1)), anchors))
    return anchors


def anchor_of(heading):
    """Lower case, without punctuation, blanks as dashes; links and code count by their text."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def unused(anchor, anchors):
    """The second heading of a name gets -1, the third -2."""
    names = [anchor, *(f"{anchor}-{number}" for number in range(1, 1000))]
    return next(name for name in names if name not in anchors)
