# SPDX-License-Identifier: Apache-2.0
"""What a page shows without running it, and the little that can be said of it.

Blocks tagged `console` are run. Those tagged `sh` are not (they install, build, or take too long), and hold nothing but
commands. In any other block, and in indented code, a command would go unchecked: it is an error.
"""

import re

import markdown

RUN, NOT_RUN = "console", "sh"
COMMAND = re.compile(r"^\s*(\$ |(\S*/)?(plumbline (\w+ )?-|ctest |cmake -|bash \S+\.sh|python3 \S+\.py|bin/\w))")
INDENTED = re.compile(r"^ {4,}(\S.*)$")
PROMPT = re.compile(r"^\$ ")
FLAG = re.compile(r"(?<![\w-])--?[a-z][\w-]*")
CALL = re.compile(r"(?:^|[\s/])plumbline ([a-z]+)(?= |$)([^|;&]*)")


def unrun_commands(blocks, prose):
    """A line and a sentence for each command that nothing checks, and for each block that does not say what it is."""
    for block in blocks:
        if not block.closed:
            yield block.first - 1, "the block does not end"
        if not block.tag:
            yield block.first - 1, "the block has no tag: console (run), sh (not run), text, or a language"
        yield from unrun_in(block)
    for line in prose:
        if INDENTED.match(line.text) and COMMAND.match(line.text):
            yield line.number, "a command in indented code is not run: it belongs into a block tagged console"


def unrun_in(block):
    if block.tag == RUN:
        if not block.lines or not PROMPT.match(block.lines[0]):
            yield block.first, "a console block begins with a command"
        return
    for number, text in enumerate(block.lines, start=block.first):
        if PROMPT.match(text.lstrip()) or (block.tag != NOT_RUN and COMMAND.match(text)):
            yield number, f"a command in a block tagged {block.tag or 'nothing'} is not run"


def unknown_flags(blocks, prose, help_of):
    """Flags of `plumbline` that it does not have, in `sh` blocks and code spans; help_of(command) says what it has."""
    for number, text in unrun_texts(blocks, prose):
        for command, rest in CALL.findall(text):
            known = help_of(command)
            if known is None:
                yield number, f"plumbline has no command {command}"
                continue
            for flag in FLAG.findall(rest):
                if flag not in FLAG.findall(known):
                    yield number, f"plumbline {command} has no flag {flag}"


def unrun_texts(blocks, prose):
    """Commands in `sh` blocks, with continued lines joined, and code spans; each with its line."""
    for block in blocks:
        if block.tag == NOT_RUN:
            yield block.first, re.sub(r"#.*$", "", "\n".join(block.lines).replace("\\\n", " "), flags=re.M)
    yield from markdown.spans_of(prose)
