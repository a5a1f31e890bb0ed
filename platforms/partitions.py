# SPDX-License-Identifier: Apache-2.0
"""How much more energy one tile and mode for all stacks takes than the best partition, by network and by accelerator.

    python3 partitions.py FILE.csv

The file is what `plumbline optimize --uniform --format csv` prints. Averages are geometric. Exits with 1 where the best is worse
than a uniform choice, which cannot be.
"""

import argparse
import csv
import math
import sys
from dataclasses import dataclass

from plain_table import print_table


@dataclass
class Pair:
    """One network on one accelerator."""

    workload: str
    accelerator: str
    stacks: int
    to_best: float


def pairs_in(file):
    """Those that have a schedule."""
    with open(file, encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if not row["infeasible"]]
    return [Pair(row["workload"], row["accelerator"], int(row["stacks"]), float(row["uniform_energy_pj"]) / float(row["energy_pj"]))
            for row in rows]


def mean(values):
    return math.exp(sum(math.log(value) for value in values) / len(values))


def summary(name, group, other):
    """A row. `other`: what the most is found on."""
    most = max(group, key=lambda pair: pair.to_best)
    least, greatest = min(pair.stacks for pair in group), max(pair.stacks for pair in group)
    return [name, str(least) if least == greatest else f"{least} to {greatest}", f"{mean([pair.to_best for pair in group]):.2f} x",
            f"{min(pair.to_best for pair in group):.2f} x", f"{most.to_best:.2f} x", getattr(most, other)]


def print_by(pairs, what, other):
    rows = [[what, "stacks", "uniform to best", "least", "most", "on"]]
    for name in sorted({getattr(pair, what) for pair in pairs}):
        rows.append(summary(name, [pair for pair in pairs if getattr(pair, what) == name], other))
    rows.append(summary("all", pairs, other))
    print_table(rows, names=(0, 5))


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    pairs = pairs_in(parser.parse_args(arguments).file)
    if not pairs:
        sys.exit("partitions.py: the file has no schedule")
    print_by(pairs, "workload", "accelerator")
    print()
    print_by(pairs, "accelerator", "workload")
    return 1 if min(pair.to_best for pair in pairs) < 1 - 1e-9 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
