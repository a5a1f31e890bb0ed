# SPDX-License-Identifier: Apache-2.0
"""Checks that no file is forgotten: every source and every public header stands in the CMakeLists.txt nearest above it.

    python3 check_lists.py REPOSITORY
"""

import re
import sys
from pathlib import Path

FOLDERS = ["model", "systemc", "validate", "platforms", "tests"]


def files_to_list(repository):
    """Sources, and headers that get installed."""
    for folder in FOLDERS:
        for path in sorted((repository / folder).rglob("*")):
            public = "include" in path.relative_to(repository).parts
            if path.suffix == ".cpp" or (path.suffix == ".hpp" and public):
                yield path


def list_above(path):
    """The nearest CMakeLists.txt above a file."""
    return next(parent / "CMakeLists.txt" for parent in path.parents if (parent / "CMakeLists.txt").is_file())


def is_listed(path):
    cmake_lists = list_above(path)
    name = re.escape(path.relative_to(cmake_lists.parent).as_posix())
    return re.search(rf"(?<![\w/.]){name}(?![\w/.])", cmake_lists.read_text(encoding="utf-8")) is not None


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    repository = Path(arguments[0]).resolve()
    files = list(files_to_list(repository))
    forgotten = [path for path in files if not is_listed(path)]
    for path in forgotten:
        print(f"{path.relative_to(repository)}: missing in {list_above(path).relative_to(repository)}")
    print(f"{len(files)} files, {len(forgotten)} forgotten")
    return 1 if forgotten or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
