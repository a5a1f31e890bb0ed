# SPDX-License-Identifier: Apache-2.0
"""Compares the output that a page shows with what was printed, and brings the page up to date.

    updated(shown, printed) == stripped(shown)        # the page is right

On a page a line `…` stands for any number of lines, also none, and `…` within a line for any text. Lines are aligned so
that as little as possible has to change, and elisions stay. Blanks at the end of lines and empty lines at the end are no
difference.
"""

import re

ELISION = "…"

# What it costs to change a page: a line by another (0 to 2, by how little they have in common), a line more or less.
REPLACE, INSERT, DELETE = 2.0, 2.5, 2.5


def updated(shown, printed):
    """The lines of a page as they have to be where these lines are printed."""
    shown, printed = stripped(shown), stripped(printed)
    if matches(shown, printed):
        return shown
    return changed(shown, printed)


def stripped(lines):
    """Lines without what makes no difference."""
    lines = [line.rstrip() for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def matches(shown, printed):
    pattern = "".join("(?:.*\n)*?" if is_gap(line) else pattern_of(line) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def is_gap(line):
    return line.strip() == ELISION


def pattern_of(line):
    return ".*".join(re.escape(part) for part in line.split(ELISION))


def changed(shown, printed):
    """The cheapest alignment, walked from its end."""
    costs = table_of_costs(shown, printed)
    row, column, lines = len(shown), len(printed), []
    while row or column:
        row, column, line = step_back(costs, shown, printed, row, column)
        if line is not None and not (is_gap(line) and lines and is_gap(lines[-1])):
            lines.append(line)
    return lines[::-1]


def table_of_costs(shown, printed):
    """costs[i][j]: of making the first i shown lines stand for the first j printed ones."""
    costs = [[column * INSERT for column in range(len(printed) + 1)]]
    for row, line in enumerate(shown, start=1):
        before, here = costs[-1], [costs[-1][0] + removal(line)]
        for column, other in enumerate(printed, start=1):
            if is_gap(line):
                here.append(min(before[column], here[-1]))
            else:
                here.append(min(before[column - 1] + difference(line, other), before[column] + DELETE, here[-1] + INSERT))
        costs.append(here)
    return costs


def removal(line):
    return 0.0 if is_gap(line) else DELETE


def step_back(costs, shown, printed, row, column):
    """The step that led to a cost: the place before it, and the line that it puts on the page, if any."""
    cost = costs[row][column]
    line = shown[row - 1] if row else None
    if row and is_gap(line):
        if costs[row - 1][column] == cost:
            return row - 1, column, line
        return row, column - 1, None
    if row and column and costs[row - 1][column - 1] + difference(line, printed[column - 1]) == cost:
        return row - 1, column - 1, merged(line, printed[column - 1])
    if row and costs[row - 1][column] + DELETE == cost:
        return row - 1, column, None
    return row, column - 1, printed[column - 1]


def difference(line, other):
    """0 where a shown line stands for the printed one, up to REPLACE where they have no word in common."""
    if stands_for(line, other):
        return 0.0
    words, others = line.split(), other.split()
    same = sum(map(stands_for, words, others))
    return REPLACE * (1.0 - same / (max(len(words), len(others)) + 1))


def stands_for(text, other):
    """Equal, but for what is left out."""
    return text == other or (ELISION in text and re.fullmatch(pattern_of(text), other) is not None)


def merged(line, other):
    """The printed line, with the elisions of the shown one where both have as many words."""
    if ELISION not in line:
        return other
    if stands_for(line, other):
        return line
    words, parts = line.split(), re.split(r"(\s+)", other.strip())
    if len(words) != len(parts[::2]):
        return other
    parts[::2] = [word if ELISION in word and stands_for(word, part) else part for word, part in zip(words, parts[::2])]
    return other[: len(other) - len(other.lstrip())] + "".join(parts)
