# SPDX-License-Identifier: Apache-2.0
"""What a shared library promises to programs that were built with another version of it.

    python3 interface.py check  LIBRARY HEADER FILE    exits 1 where FILE says otherwise
    python3 interface.py accept LIBRARY HEADER FILE    writes FILE, to be committed with the change
    python3 interface.py inside LIBRARY NAMESPACE      exits 1 where a C++ library exports what is not of its namespace
    python3 interface.py shares LIBRARY NAMESPACE      exits 1 where it hides types of others, which casts across it need

An interface is the exported symbols, and the declarations of the C header without comments. LIBRARY is read with `nm`.
"""

import difflib
import re
import subprocess
import sys
from pathlib import Path

STRONG = "TDBRG"  # weak ones come and go with the compiler's inlining


def exported(library, *options):
    """Type and name of each symbol that a library defines for others."""
    command = ["nm", "--dynamic", "--defined-only", "--format=posix", *options, str(library)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    for line in lines:
        name, kind = re.match(r"(.*?) ([A-Za-z])(?: |$)", line).groups()
        yield kind, name


def declarations(header):
    """Declarations and members of a C header in their order, without comments and preprocessor, each on a line."""
    text = re.sub(r"/\*.*?\*/", " ", header, flags=re.S)
    text = re.sub(r"^\s*#.*$", " ", text, flags=re.M)
    text = re.sub(r'extern "C" \{|\}\s*$', " ", text)
    text = re.sub(r"\s+", " ", text)
    lines = re.findall(r"[^;{]*(?:;|\{(?! [A-Z_]+ =)|\{[^}]*\}[^;]*;)", text)
    return [line.strip() for line in lines]


def interface(library, header):
    symbols = sorted(f"symbol {name}" for kind, name in exported(library) if kind in STRONG)
    return symbols + declarations(Path(header).read_text(encoding="utf-8"))


def changes(before, now):
    """One line for each promise that is broken (-) or new (+), in order: members of a struct have places."""
    return [line for line in difflib.ndiff(before, now) if line[0] in "-+"]


def check(library, header, file):
    before = Path(file).read_text(encoding="utf-8").splitlines()
    found = changes(before, interface(library, header))
    for line in found:
        print(line)
    if found:
        print(f"The interface of {Path(library).name} changed. If that is meant (a '-' breaks programs that are built, and\n"
              f"needs a new SOVERSION), accept it: cmake --build <build folder> --target accept_abi")
    return 1 if found else 0


def accept(library, header, file):
    Path(file).write_text("".join(f"{line}\n" for line in interface(library, header)), encoding="utf-8")
    return 0


def inside(library, namespace):
    """Templates and inline functions of others are weak, and the same in every library; the rest is to be our own."""
    own = re.compile(rf"\b{namespace}::")
    foreign = [name for kind, name in exported(library, "--demangle") if kind in STRONG and not own.search(name)]
    for name in foreign:
        print(f"{Path(library).name} exports {name}")
    return 1 if foreign else 0


def shares(library, namespace):
    """A type that is hidden is another one on each side of the library's border: dynamic_cast fails. Templates of types that
    are our own may be."""
    typeinfo = re.compile(rf"(typeinfo for {namespace}::.*?) [A-Za-z](?: |$)")
    command = ["nm", "--defined-only", "--format=posix", "--demangle", str(library)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    present = {match.group(1) for match in map(typeinfo.match, lines) if match and "plumbline::" not in match.group(1)}
    hidden = sorted(present - {name for _, name in exported(library, "--demangle")})
    for name in hidden:
        print(f"{Path(library).name} hides {name}")
    return 1 if hidden or not present else 0


COMMANDS = {"check": (check, 3), "accept": (accept, 3), "inside": (inside, 2), "shares": (shares, 2)}


def main(arguments):
    command, count = COMMANDS.get(arguments[0] if arguments else "", (None, 0))
    if command is None or len(arguments) != count + 1:
        print(__doc__, file=sys.stderr)
        return 2
    return command(*arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
