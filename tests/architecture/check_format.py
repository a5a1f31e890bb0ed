# SPDX-License-Identifier: Apache-2.0
"""Checks that every source and header is formatted as .clang-format says.

    python3 check_format.py REPOSITORY [CLANG_FORMAT]

Prints one line for each file that is not, and the command that formats them; exits 1. The repository's style is that of version 14.
"""

import subprocess
import sys
from pathlib import Path

FOLDERS = ["model", "systemc", "validate", "platforms", "tests"]
SUFFIXES = {".hpp", ".cpp", ".h", ".c"}


def files_of(repository):
    """Paths of all sources and headers, relative to the repository."""
    for folder in FOLDERS:
        for path in sorted((repository / folder).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file():
                yield path.relative_to(repository).as_posix()


def unformatted(repository, clang_format, files):
    """Those files that clang-format would change, in their order."""
    command = [clang_format, "--style=file", "--dry-run", *files]
    printed = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True).stderr
    named = {line.split(":")[0] for line in printed.splitlines() if "[-Wclang-format-violations]" in line}
    return [file for file in files if file in named]


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    repository = Path(arguments[0]).resolve()
    files = list(files_of(repository))
    if not files:
        print(f"{repository}: holds no sources", file=sys.stderr)
        return 2
    wrong = unformatted(repository, (arguments[1:] or ["clang-format"])[0], files)
    for file in wrong:
        print(f"{file}: not formatted; clang-format -i {file} does it")
    print(f"{len(files)} files, {len(wrong)} not formatted")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
