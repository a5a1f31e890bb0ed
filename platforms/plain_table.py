# SPDX-License-Identifier: Apache-2.0
"""Tables of the scripts beside it."""


def print_table(rows, names):
    """Rows of text, the first of them headings: columns of `names` to the left, the others, numbers, to the right."""
    widths = [max(len(each[column]) for each in rows) for column in range(len(rows[0]))]
    for each in rows:
        cells = [cell.ljust(width) if column in names else cell.rjust(width) for column, (cell, width) in enumerate(zip(each, widths))]
        print("  ".join(cells).rstrip())
