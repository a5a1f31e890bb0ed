# SPDX-License-Identifier: Apache-2.0
"""Completions in the shells that they are for: every command, every flag of each, values, files.

    python3 completions_test.py PLUMBLINE [zsh]

What has to be offered is taken from the help of each command. Without `zsh` bash alone is asked.
"""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
WITH_ZSH = "zsh" in sys.argv[2:]

ASK_BASH = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_plumbline
printf '%s\\n' "${COMPREPLY[@]}"
"""

# Where zsh would choose among the specifications of _arguments, they are printed; of commands with others below them it goes on
# with the next one that is asked for.
ASK_ZSH = """
file=$1; shift; shift
wanted=("$@")
_arguments() {
    if [[ $1 == -C ]] && (( $#wanted )); then state=argument; line=($wanted[1]); shift wanted
    else print -rl -- "$@"; state=command; fi
}
_describe() { print -rl -- "${(P@)2}" }
_files() { }
source $file
"""


def run(*arguments, **options):
    return subprocess.run(arguments, check=True, text=True, capture_output=True, **options).stdout


def help_of(command):
    return run(str(PROGRAM), *command, "--help")


def commands_below(command):
    """Names of the commands that the help of another lists."""
    parts = help_of(command).split("Subcommands:\n")
    return re.findall(r"^  (\w+) ", parts[1].split("\n\nExamples")[0], re.M) if len(parts) > 1 else []


def all_commands():
    """Each as a list of words: ["new", "accelerator"]."""
    waiting, found = [[]], []
    while waiting:
        command = waiting.pop()
        below = commands_below(command)
        waiting += [command + [name] for name in below]
        found += [] if below else [command]
    return found


def flags_of(command):
    options = help_of(command).split("Options:\n")[1].split("\nExamples:")[0]
    names = re.findall(r"^  (-\S+)", options, re.M)
    return sorted(flag for name in names for flag in re.findall(r"(?:^|(?<=,))-[\w-]+", name))


class CompletionTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        for shell in ["bash", "zsh"]:
            (cls.folder / shell).write_text(run(str(PROGRAM), "completion", shell), encoding="utf-8")
        cls.commands = all_commands()

    def bash(self, *words):
        script = self.folder / "bash"
        answer = run("bash", "--norc", "-c", ASK_BASH, "ask", str(script), "plumbline", *words, cwd=self.folder)
        return answer.split()

    def zsh(self, *words):
        return run("zsh", "-f", "-c", ASK_ZSH, "ask", str(self.folder / "zsh"), "plumbline", *words)

    def test_there_are_commands(self):
        self.assertIn(["evaluate"], self.commands)
        self.assertIn(["new", "accelerator"], self.commands)

    def test_bash_completes_commands(self):
        self.assertEqual(self.bash("eval"), ["evaluate"])
        self.assertEqual(self.bash("new", ""), ["accelerator"])

    def test_bash_completes_each_commands_flags(self):
        for command in self.commands:
            with self.subTest(command=command):
                offered = self.bash(*command, "-")
                self.assertEqual(sorted(offered), flags_of(command))

    def test_bash_completes_values(self):
        self.assertEqual(self.bash("evaluate", "--estimator", ""), ["uniform", "refined"])
        self.assertEqual(self.bash("evaluate", "--mode", "fully"), ["fully-recompute", "fully-cached"])
        self.assertEqual(self.bash("evaluate", "--accelerator", "tesla"), ["tesla_npu_like", "tesla_npu_like_df"])
        self.assertEqual(self.bash("completion", "z"), ["zsh"])

    def test_bash_completes_files(self):
        (self.folder / "network.yaml").write_text("", encoding="utf-8")
        self.assertEqual(self.bash("evaluate", "--workload", "netw"), ["network.yaml"])
        self.assertEqual(self.bash("check", "netw"), ["network.yaml"])
        self.assertEqual(self.bash("evaluate", "--format", "netw"), [])

    @unittest.skipUnless(WITH_ZSH, "there is no zsh")
    def test_zsh_completes_commands(self):
        offered = self.zsh()
        for name in sorted({command[0] for command in self.commands}):
            self.assertRegex(offered, rf"(?m)^{name}:")

    @unittest.skipUnless(WITH_ZSH, "there is no zsh")
    def test_zsh_completes_each_commands_flags(self):
        for command in self.commands:
            with self.subTest(command=command):
                offered = re.findall(r"^\*(-[\w-]+)\[", self.zsh(*command), re.M)
                self.assertEqual(sorted(offered), flags_of(command))

    @unittest.skipUnless(WITH_ZSH, "there is no zsh")
    def test_zsh_completes_values(self):
        offered = self.zsh("evaluate")
        self.assertRegex(offered, r"(?m)^\*--estimator\[.*:\(uniform refined\)$")
        self.assertRegex(offered, r"(?m)^\*--accelerator\[.*compadd -- .*tesla_npu_like.*_files")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
