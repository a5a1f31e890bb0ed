# SPDX-License-Identifier: Apache-2.0
"""Checks that the sources of a folder compile as one unit, as the preset `quickstart` does it.

    python3 check_names.py REPOSITORY

A constant, a type, or a function with the same parameters must not stand in the unnamed namespaces of two sources of one folder. Such a
pair is often one thing written twice: then it belongs into a header of the folder.
"""

import re
import sys
from pathlib import Path

FOLDERS = ["model/src", "systemc/src", "validate/src", "validate/cli"]
UNNAMED = re.compile(r"^namespace \{\n(.*?)^\}  // namespace$", re.M | re.S)
TYPE = re.compile(r"^(?:struct|class|enum class|enum) (\w+)[^;]*?\{|^using (\w+) =", re.M)
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
    """What the unnamed namespaces of a source declare at their top."""
    for block in UNNAMED.findall(text):
        for named, alias in TYPE.findall(block):
            yield named or alias
        yield from CONSTANT.findall(block)
        for name, parameters in FUNCTION.findall(block):
            yield f"{name}({without_names(parameters)})"


def clashes_in(repository):
    """One line for each name that two sources of a folder have."""
    for folder in FOLDERS:
        directories = {path.parent for path in (repository / folder).rglob("*.cpp")}
        for directory in sorted(directories):
            owners = {}
            for path in sorted(directory.glob("*.cpp")):
                for name in sorted(set(names_in(path.read_text(encoding="utf-8")))):
                    owners.setdefault(name, []).append(path.name)
            for name, files in owners.items():
                if len(files) > 1:
                    yield f"{directory.relative_to(repository)}: {name} is in the unnamed namespaces of {' and '.join(files)}"


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
