# SPDX-License-Identifier: Apache-2.0
"""Runs every command that a page shows, and compares what it prints with what the page says.

    python3 documents.py [--rewrite] [--programs FOLDER]… [--without-running] REPOSITORY BUILD PAGE…

A page is Markdown. Its blocks are
  ```console              run: lines `$ command`, each with its output below, standard error included. A line `…` stands for
                          any lines, `…` within a line for any text. `[exit code 2]` ends the output of a command that fails.
  ```yaml title=net.yaml  a file, which commands of the page find under that name
  ```sh                   commands that are not run: paths and flags that they name have to exist
  ```text, ```cpp, …      no commands
Commands begin at the root of a clone whose build is build/release. Also checked: links, paths in code spans, and that figures
in prose are printed by a command of the page (figures.py).

Where what a page calls is not there, --without-running checks the rest of it.

Exits with 1 where a page is wrong. --rewrite puts into the pages what is printed now; what is left over is still named.
"""

import argparse
import difflib
import signal
import sys
from functools import partial
from pathlib import Path

import console
import figures
import markdown
import references
import unrun


def main(arguments):
    options = options_of(arguments)
    wrong = sum(wrong_on_page(options.repository / page, options) for page in options.pages)
    return 1 if wrong else 0


def options_of(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rewrite", action="store_true", help="put into the pages what is printed now")
    parser.add_argument("--programs", action="append", default=[], type=Path, help="a folder of programs that pages call")
    parser.add_argument("--without-running", action="store_true", help="check everything but outputs of commands")
    parser.add_argument("repository", type=Path)
    parser.add_argument("build", type=Path)
    parser.add_argument("pages", nargs="+", help="relative to the repository")
    options = parser.parse_args(arguments)
    options.repository, options.build = options.repository.resolve(), options.build.resolve()
    options.programs = [options.build / "bin", *(folder.resolve() for folder in options.programs)]
    return options


def wrong_on_page(page, options):
    """Prints what is wrong with a page; how much that is."""
    name = page.relative_to(options.repository)
    text = page.read_text(encoding="utf-8")
    blocks, prose = markdown.parse(text)
    with console.shell_in_clone(options.repository, options.build, options.programs) as shell:
        sentences = sorted(set(sentences_about(page, blocks, prose, options, shell)))
        if options.without_running:
            return told(name, sentences)
        rewritten = updated_page(text, blocks, shell)
        sentences += figures.unprinted(prose, blocks, shell.printed, options.repository)
    told(name, sentences)
    if rewritten != text and options.rewrite:
        page.write_text(rewritten, encoding="utf-8")
        print(f"{name}: rewritten")
        return len(sentences)
    difference = list(difflib.unified_diff(text.split("\n"), rewritten.split("\n"), f"{name}: shown", f"{name}: printed",
                                           lineterm=""))
    print("\n".join(difference), end="\n" if difference else "")
    return len(sentences) + bool(difference)


def told(name, sentences):
    """Prints them; how many they are."""
    for number, sentence in sentences:
        print(f"{name}:{number}: {sentence}")
    return len(sentences)


def sentences_about(page, blocks, prose, options, shell):
    """Everything that is wrong but outputs, each with its line."""
    yield from unrun.unrun_commands(blocks, prose)
    yield from unrun.unknown_flags(blocks, prose, partial(help_of, shell, {}))
    yield from references.broken_links(page, prose)
    yield from references.absent_paths(page, prose, blocks, options.repository, options.build)


def help_of(shell, known, command):
    """What `plumbline COMMAND --help` prints, or None where there is no such command."""
    if command not in known:
        lines, code = shell.run(f"plumbline {command} --help")
        known[command] = "\n".join(lines) if code == 0 else None
    return known[command]


def updated_page(text, blocks, shell):
    """The page as it has to be: files are written and commands run in its order."""
    lines = text.split("\n")
    done, result = 0, []
    for block in blocks:
        begin, end = block.first - 1, block.first - 1 + len(block.lines)
        if "title" in block.options:
            shell.write(block.options["title"], block.lines)
        if block.tag == unrun.RUN:
            result += lines[done:begin]
            result += [block.indent + line if line else "" for line in console.updated_block(block, shell)]
            done = end
    return "\n".join(result + lines[done:])


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what runs is ended
    sys.exit(main(sys.argv[1:]))
