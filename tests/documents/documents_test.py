# SPDX-License-Identifier: Apache-2.0
"""Makes pages wrong in every way that the check knows, and expects each to be named; and lets it mend what it can."""

import contextlib
import io
import tempfile
import time
import unittest
import unittest.mock
from pathlib import Path

import console
import documents
import elision

PLUMBLINE = r"""#!/bin/sh
case "$1 $2" in
    "evaluate --help") echo "  --accelerator TEXT"; echo "  -o,--output TEXT";;
    "evaluate "*) printf 'memory   words\nsram     1,024\ndram     2,048\ntook 12 ms for 3 tiles\n';;
    "show "*) cat "$2";;
    *) echo "plumbline: no" >&2; exit 2;;
esac
"""

RIGHT = """# A page

Text, `platforms/net.yaml`, a [link](other.md#some-place) and `plumbline evaluate --accelerator x`.

```console
$ plumbline evaluate --accelerator x
memory   words
…
dram     2,048
took … ms for 3 tiles

$ plumbline nothing
plumbline: no
[exit code 2]
```
"""


class Tree:
    """A repository with a page, another one, a file, and a build with a command."""

    def __init__(self, folder, page):
        self.folder = folder
        self.write("README.md", page)
        self.write("other.md", "# Other\n\n## Some place\n")
        self.write("platforms/net.yaml", "")
        self.write("build/quick/bin/plumbline", PLUMBLINE).chmod(0o755)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *options):
        with contextlib.redirect_stdout(io.StringIO()) as output:
            code = documents.main([*options, str(self.folder), str(self.folder / "build/quick"), "README.md"])
        return code, output.getvalue()


class Pages(unittest.TestCase):
    def tree(self, page):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        return Tree(Path(temporary.name), page)

    def check(self, page, *options):
        return self.tree(page).run(*options)

    def expect_named(self, page, *texts):
        code, output = self.check(page)
        self.assertEqual(code, 1)
        for text in texts:
            self.assertIn(text, output)


class Outputs(Pages):
    def test_that_are_printed_pass(self):
        self.assertEqual(self.check(RIGHT), (0, ""))

    def test_with_another_digit_are_shown(self):
        self.expect_named(RIGHT.replace("2,048", "2,049"), "-dram     2,049", "+dram     2,048")

    def test_beside_an_elision_are_compared(self):
        self.expect_named(RIGHT.replace("3 tiles", "4 tiles"), "-took … ms for 4 tiles", "+took … ms for 3 tiles")

    def test_without_a_line_are_shown(self):
        self.expect_named(RIGHT.replace("…\ndram", "dram"), "+sram     1,024")

    def test_with_a_line_too_much_are_shown(self):
        self.expect_named(RIGHT.replace("took …", "sum      3,072\ntook …"), "-sum      3,072")

    def test_of_failures_need_the_exit_code(self):
        self.expect_named(RIGHT.replace("[exit code 2]\n", ""), "+[exit code 2]")
        self.expect_named(RIGHT.replace("code 2]", "code 3]"), "-[exit code 3]", "+[exit code 2]")

    def test_of_successes_have_no_exit_code(self):
        self.expect_named(RIGHT.replace("3 tiles\n", "3 tiles\n[exit code 1]\n"), "-[exit code 1]")

    def test_are_not_hidden_by_an_elision_when_the_command_fails(self):
        self.expect_named("```console\n$ plumbline nothing\n…\n```\n", "+[exit code 2]")

    def test_of_continued_commands_are_compared(self):
        page = RIGHT.replace("evaluate --accelerator x\nmem", "evaluate \\\n    --accelerator x\nmem")
        self.assertEqual(self.check(page), (0, ""))

    def test_in_lists_are_compared(self):
        page = "* A list:\n\n  ```console\n  $ printf 'a\\n\\nb\\n'\n  a\n\n  b\n  ```\n"
        self.assertEqual(self.check(page), (0, ""))
        self.expect_named(page.replace("  b\n", "  c\n"), "-  c", "+  b")

    def test_can_be_of_files_that_the_page_shows(self):
        page = "```yaml title=a/net.yaml\nlayers: 1\n```\n\n```console\n$ plumbline show a/net.yaml\nlayers: 1\n```\n"
        self.assertEqual(self.check(page), (0, ""))
        self.expect_named(page.replace("layers: 1", "layers: 2", 1), "+layers: 2")

    def test_of_later_commands_see_files_of_earlier_ones_and_the_tree(self):
        page = "```console\n$ echo 1 >out\n$ cat out platforms/net.yaml\n1\n$ ls build/release/bin\nplumbline\n```\n"
        self.assertEqual(self.check(page), (0, ""))


    def test_of_commands_that_never_end_leave_no_process(self):
        with tempfile.TemporaryDirectory() as folder, unittest.mock.patch("console.TIMEOUT", 0.5):
            shell = console.Shell(Path(folder), [])
            lines, code = shell.run("sleep 600 & echo $! > sleeper; wait")
            self.assertEqual((lines, code), (["(nothing within 0.5 seconds)"], 124))
            sleeper = int((Path(folder) / "sleeper").read_text(encoding="utf-8"))
            state = Path(f"/proc/{sleeper}/stat")
            deadline = time.monotonic() + 10
            while state.exists() and state.read_text(encoding="utf-8").split()[2] != "Z" and time.monotonic() < deadline:
                time.sleep(0.01)
            self.assertFalse(state.exists() and state.read_text(encoding="utf-8").split()[2] != "Z")

    def test_cannot_be_of_files_within_the_repository(self):
        with self.assertRaisesRegex(ValueError, "platforms/a.yaml would be written into the repository"):
            self.check("```yaml title=platforms/a.yaml\na: 1\n```\n")


    def test_are_not_looked_at_where_nothing_is_to_run(self):
        page = RIGHT.replace("2,048", "2,049")
        self.assertEqual(self.check(page, "--without-running"), (0, ""))
        code, output = self.check(page.replace("--accelerator x`", "--accelerate x`"), "--without-running")
        self.assertEqual((code, output), (1, "README.md:3: plumbline evaluate has no flag --accelerate\n"))


class Rewriting(Pages):
    def test_puts_in_what_is_printed_and_keeps_elisions(self):
        tree = self.tree(RIGHT.replace("2,048", "7").replace("3 tiles", "9 tiles").replace("code 2", "code 1"))
        code, output = tree.run("--rewrite")
        self.assertEqual((code, output), (0, "README.md: rewritten\n"))
        self.assertEqual((tree.folder / "README.md").read_text(encoding="utf-8"), RIGHT)

    def test_leaves_pages_that_are_right(self):
        self.assertEqual(self.check(RIGHT, "--rewrite"), (0, ""))

    def test_still_names_what_it_cannot_mend(self):
        code, output = self.check(RIGHT.replace("other.md", "gone.md"), "--rewrite")
        self.assertEqual(code, 1)
        self.assertIn("README.md:3: the link goes to gone.md", output)


class Commands(Pages):
    def test_in_blocks_of_another_kind_are_named(self):
        self.expect_named("```text\n$ ls\n```\n", "README.md:2: a command in a block tagged text is not run")
        self.expect_named("```text\nplumbline evaluate --accelerator x\n```\n", "README.md:2: a command in a block")

    def test_in_indented_code_are_named(self):
        self.expect_named("Type\n\n    plumbline evaluate --accelerator x\n", "README.md:3: a command in indented code")

    def test_need_a_block_with_a_tag(self):
        self.expect_named("```\na\n```\n", "README.md:1: the block has no tag")

    def test_begin_their_block(self):
        self.expect_named("```console\noutput\n$ true\n```\n", "README.md:2: a console block begins with a command")

    def test_need_a_block_that_ends(self):
        self.expect_named("```console\n$ true\n", "README.md:1: the block does not end")

    def test_that_are_not_run_have_flags_that_exist(self):
        page = "```sh\nplumbline evaluate --accelerator x -o y   # --what\nplumbline evaluate \\\n  --output y\n```\n"
        self.assertEqual(self.check(page), (0, ""))
        self.expect_named(page.replace("--output", "--outputs"), "README.md:2: plumbline evaluate has no flag --outputs")
        self.expect_named("`plumbline evaluate --gone`\n", "README.md:1: plumbline evaluate has no flag --gone")
        self.expect_named("`plumbline gone`\n", "README.md:1: plumbline has no command gone")

    def test_that_are_not_run_name_paths_that_exist(self):
        self.assertEqual(self.check("```sh\nbash platforms/net.yaml && build/release/bin/plumbline\n```\n"), (0, ""))
        self.expect_named("```sh\ntrue\nbash platforms/gone.sh\n```\n", "README.md:3: platforms/gone.sh does not exist")
        self.expect_named("```sh\nbuild/release/bin/gone\n```\n", "README.md:2: build/release/bin/gone does not exist")


class References(Pages):
    def test_to_absent_files_and_places_are_named(self):
        self.expect_named(RIGHT.replace("some-place", "none"), "README.md:3: the link goes to #none, and other.md has no such")
        self.expect_named("[here](#there)\n", "README.md:1: the link goes to #there")

    def test_to_headings_are_found_as_github_names_them(self):
        page = "# What's `in`, here?\n## A\n## A\n[x](#whats-in-here) [y](#a-1)\n"
        self.assertEqual(self.check(page), (0, ""))

    def test_in_code_spans_are_checked(self):
        self.expect_named(RIGHT.replace("net.yaml", "gone.yaml"), "README.md:3: platforms/gone.yaml does not exist")

    def test_may_name_several_files(self):
        page = "`platforms/net.{yaml,yaml}` `platforms/*.yaml` `platforms/net` `a/b` `/` `plumbline/trace/1`\n"
        self.assertEqual(self.check(page), (0, ""))
        self.expect_named("`plumbline/units.hpp`\n", "plumbline/units.hpp does not exist")
        self.expect_named("`platforms/{net,gone}.yaml`\n", "platforms/{net,gone}.yaml does not exist")


class Figures(Pages):
    def test_that_no_command_prints_are_named(self):
        self.assertEqual(self.check(RIGHT.replace("Text,", "Text, 1,024 words, 5 %, `5.5 %`,")), (0, ""))
        self.assertEqual(self.check("```console\n$ echo 1024, 1.5\n1024, 1.5\n```\n1,024 and 1.5 %\n"), (0, ""))
        self.expect_named(RIGHT.replace("Text,", "Text, −5.5 %,"), "README.md:3: no command of this page prints 5.5\n")
        self.expect_named(RIGHT.replace("Text,", "Text, 2,049,"), "README.md:3: no command of this page prints 2,049\n")

    def test_may_come_from_elsewhere(self):
        page = "<!-- figures of platforms/net.yaml -->\nAll 2,049 of them.\n"
        self.assertEqual(self.check(page), (0, ""))
        self.expect_named(page + "\nAnd 7,000.\n", "README.md:4: no command of this page prints 7,000")
        self.expect_named(page.replace("net", "gone"), "README.md:1: figures of platforms/gone.yaml, which does not exist")


class Elisions(unittest.TestCase):
    def test_stand_for_any_lines_and_none(self):
        for printed in (["a", "z"], ["a", "b", "c", "z"]):
            self.assertEqual(elision.updated(["a", "…", "z"], printed), ["a", "…", "z"])

    def test_stay_where_other_lines_change(self):
        shown = elision.updated(["a", "…", "y 1 2", "…"], ["a", "b", "c", "y 1 3", "d"])
        self.assertEqual(shown, ["a", "…", "y 1 3", "…"])

    def test_within_a_line_stay_where_other_words_change(self):
        self.assertEqual(elision.updated(["run 5: … ms"], ["run 6: 1.2 ms"]), ["run 6: … ms"])
        self.assertEqual(elision.updated(["run 5: … ms"], ["nothing ran"]), ["nothing ran"])

    def test_do_not_swallow_changes(self):
        self.assertEqual(elision.updated(["a 1", "…", "z"], ["a 2", "b", "z"]), ["a 2", "…", "z"])


if __name__ == "__main__":
    unittest.main()
