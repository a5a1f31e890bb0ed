# SPDX-License-Identifier: Apache-2.0
"""What a page looks like on paper of some width, told by itself.

    seen = looks.of(lambda script, flags: open_with(script, flags).dom, 400)
    seen["cut"], seen["overlaps"]  # texts of charts that are cut off, or lie upon each other
"""

import html
import json
import re

SCRIPT = """
document.body.style.maxWidth = 'calc(WIDTHpx - 2.5rem)';
dispatchEvent(new Event('resize'));
setTimeout(() => {
    const colour = (element, what) => getComputedStyle(element)[what];
    const svgs = [...document.querySelectorAll('.chart svg')];
    const texts = svg => [...svg.querySelectorAll('text')].filter(text => text.textContent && text.getAttribute('opacity') !== '0');
    const boxes = svg => texts(svg).map(text => ({ text: text.textContent, box: text.getBoundingClientRect() }));
    const cut = svg => {
        const room = svg.getBoundingClientRect();
        const outside = box => box.left < room.left - 1 || box.right > room.right + 1 || box.bottom > room.bottom + 1;
        return boxes(svg).filter(each => outside(each.box)).map(each => each.text);
    };
    const slack = 3;  // letters do not fill their boxes
    const meet = (a, b) => a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack && b.top < a.bottom - slack;
    const overlaps = svg => boxes(svg).flatMap((a, i, all) => all.slice(i + 1).filter(b => meet(a.box, b.box)).map(b => a.text + ' / ' + b.text));
    document.title = JSON.stringify({
        paper: colour(document.documentElement, 'backgroundColor'),
        ink: colour(document.body, 'color'),
        label: colour(document.querySelector('.role-axis-label text'), 'fill'),
        cut: svgs.flatMap(cut),
        overlaps: svgs.flatMap(overlaps),
        drawn: Math.max(...svgs.map(svg => svg.clientWidth)),
        wide: document.documentElement.scrollWidth > document.documentElement.clientWidth
    });
}, 3000);
"""


def of(visit, width, flags=()):
    """Colours, and texts that cannot be read. `visit(script, flags)` opens the page with a script and returns its DOM."""
    dom = visit(SCRIPT.replace("WIDTH", str(width)), ["--window-size=1400,900", *flags])
    return json.loads(html.unescape(re.search(r"<title>(.*?)</title>", dom)[1]))
