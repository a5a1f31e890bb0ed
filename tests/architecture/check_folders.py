# SPDX-License-Identifier: Apache-2.0
"""Checks that no folder of sources becomes a heap: each has few units, the others lie in folders of their own.

    python3 check_folders.py REPOSITORY

A unit is a source with its header, or one of them alone. Public headers lie together on purpose.
"""

import sys
from collections import defaultdict
from pathlib import Path

FOLDERS = ["model", "systemc", "validate", "platforms", "tests"]
SUFFIXES = {".cpp", ".hpp", ".c", ".h", ".py"}
MOST_UNITS = 18


def units_of_folders(repository):
    """Folder -> names of its units."""
    units = defaultdict(set)
    for folder in FOLDERS:
        for path in (repository / folder).rglob("*"):
            inside = path.relative_to(repository)
            if path.suffix in SUFFIXES and "include" not in inside.parts:
                units[inside.parent.as_posix()].add(path.stem)
    return units


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    folders = units_of_folders(Path(arguments[0]).resolve())
    large = sorted(folder for folder, units in folders.items() if len(units) > MOST_UNITS)
    for folder in large:
        print(f"{folder}: {len(folders[folder])} units, expected at most {MOST_UNITS}")
    print(f"{len(folders)} folders, {len(large)} too large")
    return 1 if large or not folders else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
