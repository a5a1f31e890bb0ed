# SPDX-License-Identifier: Apache-2.0
"""Checks that programs shown on pages are those that are built and run.

    python3 check_copies.py REPOSITORY

In Markdown, `<!-- copy of PATH -->` stands above a block of code: the file, without its licence line.
"""

import re
import sys
from pathlib import Path

FOLDERS = [".github", "model", "systemc", "validate", "platforms", "tests"]
COPY = re.compile(r"^<!-- copy of (\S+) -->\n+```\w*\n(.*?)^```$", re.M | re.S)
MARK = re.compile(r"^<!-- copy of ", re.M)


def pages_of(repository):
    """Every page of Markdown."""
    return sorted(repository.glob("*.md")) + [page for folder in FOLDERS for page in sorted((repository / folder).rglob("*.md"))]


def differences_in(repository, page):
    """One sentence for each copy on a page that is none; and how many copies there are."""
    text = page.read_text(encoding="utf-8")
    copies = COPY.findall(text)
    found = [] if len(copies) == len(MARK.findall(text)) else ["a copy without a block of code below it"]
    for path, code in copies:
        file = repository / path
        original = file.read_text(encoding="utf-8").split("\n", 1)[1] if file.is_file() else None
        if original is None:
            found.append(f"{path} does not exist")
        elif code != original:
            found.append(f"the copy of {path} differs from it")
    return found, len(copies)


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    repository = Path(arguments[0]).resolve()
    copies, wrong = 0, 0
    for page in pages_of(repository):
        found, count = differences_in(repository, page)
        copies += count
        wrong += len(found)
        for text in found:
            print(f"{page.relative_to(repository)}: {text}")
    print(f"{copies} copies, {wrong} wrong")
    return 1 if wrong or not copies else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
