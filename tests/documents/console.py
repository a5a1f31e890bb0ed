# SPDX-License-Identifier: Apache-2.0
"""Runs what a page tells its reader to type, and says how the page has to read.

Commands run in the order of the page, each in a shell of its own that begins at the root of what looks like a clone: links to
the folders of the repository, and to the build as build/release. Files that a command writes there are met by later ones.
"""

import os
import signal
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import elision

PROMPT = "$ "
TIMEOUT = 1500  # seconds, which no command takes by far: machines differ
EXIT_CODE = "[exit code {}]"


@dataclass
class Step:
    """A command in a block, and the lines `begin` to `end` of the block that show its output."""

    command: str
    begin: int
    end: int


def steps_of(block):
    """Commands of a block; what stands before the first of them belongs to none."""
    steps, index = [], 0
    while index < len(block.lines):
        if not block.lines[index].startswith(PROMPT):
            index += 1
            continue
        first = index
        while block.lines[index].endswith("\\") and index + 1 < len(block.lines):
            index += 1
        index += 1
        command = "\n".join(block.lines[first:index]).removeprefix(PROMPT)
        end = next((at for at in range(index, len(block.lines)) if block.lines[at].startswith(PROMPT)), len(block.lines))
        steps.append(Step(command, index, end))
        index = end
    return steps


class Shell:
    """Where commands of one page run; `printed` is all that they printed so far."""

    def __init__(self, folder, programs):
        self.folder = folder
        self.printed = []
        self.environment = {
            **os.environ,
            "PATH": os.pathsep.join([*map(str, programs), os.environ.get("PATH", "")]),
            "LC_ALL": "C.UTF-8",
            "SC_COPYRIGHT_MESSAGE": "DISABLE",
        }

    def write(self, name, lines):
        """A file that the page shows."""
        path = self.folder / name
        if self.folder.resolve() not in path.resolve().parents:
            raise ValueError(f"{name} would be written into the repository")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")

    def run(self, command):
        """What a terminal would show of a command, line by line, and its exit code."""
        with subprocess.Popen(["bash", "-c", command], cwd=self.folder, env=self.environment, start_new_session=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            try:
                output, _ = process.communicate(timeout=TIMEOUT)
            except BaseException as error:  # also where the whole check is given up
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # the shell, and what it started
                if not isinstance(error, subprocess.TimeoutExpired):
                    raise
                return [f"(nothing within {TIMEOUT} seconds)"], 124
        lines = output.decode("utf-8", "replace").split("\n")
        self.printed += lines
        return lines, process.returncode


@contextmanager
def shell_in_clone(repository, build, programs):
    """A shell in a scratch folder that looks like a clone."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for entry in sorted(repository.iterdir()):
            if entry.name not in ("build", ".git"):
                (folder / entry.name).symlink_to(entry)
        (folder / "build").mkdir()
        (folder / "build/release").symlink_to(build)
        yield Shell(folder, programs)


def updated_block(block, shell):
    """The lines of a console block as they have to be."""
    lines, done = [], 0
    for step in steps_of(block):
        lines += block.lines[done:step.begin]
        lines += updated_output(block.lines[step.begin:step.end], *shell.run(step.command))
        done = step.end
    return lines + block.lines[done:]


def updated_output(shown, printed, code):
    """Output and exit code of a command; empty lines that part it from the next one stay."""
    output = elision.stripped(shown)
    blank = [""] * (len(shown) - len(output))
    claimed = output.pop() if output and output[-1].startswith(EXIT_CODE.format("")[:-1]) else None
    now = EXIT_CODE.format(code) if code else None
    lines = elision.updated(output, printed) + ([now] if now else [])
    if lines == output + ([claimed] if claimed else []):
        return shown
    return lines + blank
