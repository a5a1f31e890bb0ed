# SPDX-License-Identifier: Apache-2.0
"""Checks that the sources of a folder compile as one unit, as all presets but `dev` do it.

    python3 check_names.py REPOSITORY

A constant, a type, or a function with the same parameters must not stand in the unnamed namespaces of two sources of one folder. Such a
pair is often one thing written twice: then it belongs into a header of the folder.
"""

import re
import sys
from pathlib import Path

FOLDERS = ["model/src", "systemc/src", "validate/src", "validate/cli", "platforms", "tests"]
PROGRAMS = Path("tests/perf")  # each source is one
UNNAMED = re.compile(r"^namespace \{\n(.*?)^\}  // namespace$", re.M | re.S)
TYPE = re.compile(r"^(?:struct|class|enum class|enum) (\w+)[^;]*?\{", re.M)
ALIAS = re.compile(r"^using (\w+) = ([^;]*);", re.M)
CONSTANT = re.compile(r"^(?:static |inline )*const(?:expr)? [^()\n]*?\b(k[A-Z]\w*)\s*[\[={]", re.M)
FUNCTION = re.compile(r"^(?!using |return |namespace )[A-Za-z_][\w:<>,&* \[\]]*[ &*](\w+)\(([^;{}]*?)\)\s*(?:noexcept)?\s*[\n;{]", re.M)


def without_names(parameters):
    """The types of a list of parameters: "const Layer& layer, int i" is "const Layer&,int"."""
    depth = 0
    parts = [""]
    for letter in " ".join(parameters.split()):
        depth += letter in "<([{"
        depth -= letter in ">)]}"
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return ",".join(re.sub(r"(?<=[\w>&*])\s*\b\w+\s*$", "", part.split(" = ")[0].strip()) for part in parts)


def names_in(text):
    """What the unnamed namespaces of a source declare at their top, each name with what it is short for, where it is."""
    for block in UNNAMED.findall(text):
        yield from ((name, "") for name in TYPE.findall(block) + CONSTANT.findall(block))
        yield from ((name, " ".join(target.split())) for name, target in ALIAS.findall(block))
        yield from ((f"{name}({without_names(parameters)})", "") for name, parameters in FUNCTION.findall(block))


def is_clash(targets):
    """Whether these cannot stand in one unit; names that are short for the same thing can."""
    return len(targets) > 1 and (len(set(targets)) > 1 or not targets[0])


def clashes_in(repository):
    """One line for each name that two sources of a folder have."""
    for folder in FOLDERS:
        directories = {path.parent for path in (repository / folder).rglob("*.cpp")}
        for directory in sorted(directories - {repository / PROGRAMS}):
            owners = {}
            for path in sorted(directory.glob("*.cpp")):
                for name, target in sorted(set(names_in(path.read_text(encoding="utf-8")))):
                    owners.setdefault(name, []).append((path.name, target))
            for name, places in owners.items():
                if is_clash([target for _, target in places]):
                    files = " and ".join(path for path, _ in places)
                    yield f"{directory.relative_to(repository)}: {name} is in the unnamed namespaces of {files}"


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    repository = Path(arguments[0]).resolve()
    count = sum(1 for folder in FOLDERS for _ in (repository / folder).rglob("*.cpp"))
    clashes = list(clashes_in(repository))
    print("\n".join([*clashes, f"{count} sources, {len(clashes)} names twice in a folder"]))
    return 1 if clashes or not count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
