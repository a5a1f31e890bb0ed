# SPDX-License-Identifier: Apache-2.0
"""What a page refers to: links go to files and places that exist, paths in code spans and in `sh` blocks lie in the tree.

A path is what begins with a folder of the repository, or with one beside the page. It may hold `*` and `{a,b}`, and may be
without its extension, as `src/csv` for `src/csv.hpp` and `src/csv.cpp`. Headers may be called as they are included.
"""

import re
import shlex
from pathlib import Path

import markdown

PATH = re.compile(r"^[\w.*{},/+-]+$")
ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.I)
BRACES = re.compile(r"\{([^{}]*)\}")
INCLUDE_FOLDERS = ["model/include", "model/c/include", "systemc/include", "systemc/cci/include", "systemc/plugin/include", "validate/include"]


def broken_links(page, prose):
    """A line and a sentence for each link that leads nowhere."""
    for number, target in markdown.links_of(prose):
        if ELSEWHERE.match(target):
            continue
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        if not file.exists():
            yield number, f"the link goes to {path}, which does not exist"
        elif anchor and not has_anchor(file, anchor):
            yield number, f"the link goes to #{anchor}, and {file.name} has no such place"


def has_anchor(file, anchor):
    if file.suffix != ".md":
        return False
    return anchor in markdown.anchors_of(markdown.parse(file.read_text(encoding="utf-8"))[1])


def absent_paths(page, prose, blocks, repository, build):
    """A line and a sentence for each path in a code span or `sh` block that does not exist."""
    for number, word in named_in(prose, blocks):
        if names_path(word, page, repository) and not exists(word, page, repository, build):
            yield number, f"{word} does not exist"


def named_in(prose, blocks):
    """Words that may be paths, each with its line."""
    for number, span in markdown.spans_of(prose):
        for word in span.split():
            yield number, word
    for block in blocks:
        if block.tag == "sh":
            for number, line in enumerate(block.lines, start=block.first):
                for word in shlex.split(line.removesuffix("\\"), comments=True):
                    yield number, word


def names_path(word, page, repository):
    first, slash, _ = word.partition("/")
    if not slash or not PATH.match(word) or first in ("", ".", ".."):
        return False
    if first == "plumbline":
        return word.endswith((".h", ".hpp"))
    return first == "build" or any((folder / first).is_dir() for folder in (repository, page.parent))


def exists(word, page, repository, build):
    return all(one_exists(path, page, repository, build) for path in alternatives(word))


def alternatives(word):
    """`a.{hpp,cpp}` is a.hpp and a.cpp."""
    braces = BRACES.search(word)
    if not braces:
        return [word]
    return [path for part in braces.group(1).split(",")
            for path in alternatives(word[:braces.start()] + part.strip() + word[braces.end():])]


def one_exists(word, page, repository, build):
    if word.startswith("build/"):
        return not word.startswith("build/release/") or found(build, word.removeprefix("build/release/"))
    if word.startswith("plumbline/"):
        return any(found(repository / folder, word) for folder in INCLUDE_FOLDERS)
    return found(repository, word) or found(page.parent, word)


def found(folder, word):
    path = word.rstrip("/")
    return any(any(folder.glob(name)) for name in (path, path + ".*"))
