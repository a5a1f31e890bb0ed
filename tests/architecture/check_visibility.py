# SPDX-License-Identifier: Apache-2.0
"""Checks that shared libraries export what public headers declare: objects are compiled with hidden symbols.

    python3 check_visibility.py REPOSITORY

A private header has no visibility of its own. A public header puts its namespaces between `#pragma GCC visibility push(default)` and `pop`. A friend function that has no
body is declared again outside of its class, since GCC does not apply the pragma to it (as of GCC 12).
"""

import re
import sys
from pathlib import Path

ROOTS = ["model/include", "systemc/include", "validate/include"]
PRIVATE_ROOTS = ["model/src", "systemc/src", "validate/src"]
PUSH = "#pragma GCC visibility push(default)"
POP = "#pragma GCC visibility pop"
NAMESPACE = re.compile(r"^(\}  // )?namespace plumbline")
FRIEND = re.compile(r"^ +friend (?!class|struct)([^{]*;)$")


def hidden_namespaces(lines):
    """Numbers of lines on which a namespace begins or ends outside of the pragmas."""
    exported = False
    for number, line in enumerate(lines, start=1):
        if line in (PUSH, POP):
            exported = line == PUSH
        elif NAMESPACE.match(line) and not exported:
            yield number


def hidden_friends(lines):
    """Numbers of lines that declare a friend function which nothing else declares."""
    for number, line in enumerate(lines, start=1):
        friend = FRIEND.match(line)
        if friend and friend.group(1) not in lines:
            yield number


def hidden_in(path):
    """One sentence for each declaration of a header that would not be exported."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for number in hidden_namespaces(lines):
        yield f"{number}: a namespace outside of {PUSH} … {POP}"
    for number in hidden_friends(lines):
        yield f"{number}: a friend that is not declared again outside of its class"


def exports_of(path):
    """One sentence for each pragma of a private header."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#pragma GCC visibility"):
            yield f"{number}: a private header that exports"


def headers_in(repository, roots):
    """Paths of all headers below some roots."""
    return [path for root in roots for path in sorted((repository / root).rglob("*.hpp"))]


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    repository = Path(arguments[0]).resolve()
    headers = headers_in(repository, ROOTS)
    hidden = [f"{path.relative_to(repository)}:{text}" for path in headers for text in hidden_in(path)]
    private = headers_in(repository, PRIVATE_ROOTS)
    exported = [f"{path.relative_to(repository)}:{text}" for path in private for text in exports_of(path)]
    for text in hidden + exported:
        print(text)
    print(f"{len(headers)} public headers, {len(hidden)} hidden declarations, {len(exported)} exports of private headers")
    return 1 if hidden or exported or not headers else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
