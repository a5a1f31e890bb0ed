# SPDX-License-Identifier: Apache-2.0
"""Standard output that is full, closed, or no longer read; standard input and error that are closed.

    python3 streams_test.py PLUMBLINE
"""

import os
import subprocess

import command
from command import ONE


def without(*descriptors):
    def close():
        for descriptor in descriptors:
            os.close(descriptor)

    return close


class StandardOutput(command.CommandTest):
    def test_that_is_full_is_an_error(self):
        with open("/dev/full", "wb") as full:
            for arguments in (["evaluate", *ONE], ["explore", "--tiles", "8x8", "--format", "csv"]):
                result = self.run_command(*arguments, stdout=full)
                self.expect_refused(result, "standard output: cannot be written: No space left on device")
            for flag in ("--help", "--version"):
                result = subprocess.run([str(self.program), flag], stdout=full, stderr=subprocess.PIPE, text=True)
                self.expect_refused(result, "standard output")

    def test_that_is_closed_is_an_error_where_it_is_used(self):
        result = self.run_command("evaluate", *ONE, preexec_fn=without(1))
        self.expect_refused(result, "standard output: cannot be written: Bad file descriptor")
        report = self.run_command("evaluate", *ONE).stdout
        self.assertEqual(self.run_command("evaluate", *ONE, "-o", "out", preexec_fn=without(1)).returncode, 0)
        self.assertEqual(self.text("out"), report)

    def test_that_is_closed_leaves_a_store_a_store(self):
        explore = ["explore", "--tiles", "8x8", "--factors", "3", "--store", "s"]
        self.assertEqual(self.run_command(*explore, preexec_fn=without(0, 1, 2)).returncode, 2)
        again = self.run_command(*explore)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(again.stdout, self.run_command(*explore[:-2]).stdout)

    def test_that_nobody_reads_any_more_is_no_error(self):
        read, write = os.pipe()
        os.close(read)
        result = self.run_command("evaluate", *ONE, stdout=write)
        os.close(write)
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_takes_results_that_fill_buffers(self):
        """Some megabytes through a pipe, by a reader who takes his time."""
        sizes = ",".join(str(size) for size in range(1, 33))
        explore = ["explore", "--tile-x", sizes, "--tile-y", sizes, "--factors", "1", "--format", "json"]
        process = self.start(*explore, "--modes", "fully-recompute", stdout=subprocess.PIPE)
        text = process.communicate()[0]
        self.run_command(*explore, "--modes", "fully-recompute", "-o", "all.json")
        self.assertEqual(process.returncode, 0)
        self.assertGreater(len(text), 1 << 18)
        self.assertEqual(text, self.text("all.json"))


class OtherDescriptors(command.CommandTest):
    def test_that_are_closed_change_nothing(self):
        report = self.run_command("evaluate", *ONE).stdout
        for closed in ((0,), (2,), (0, 2)):
            result = self.run_command("evaluate", *ONE, "-o", "out", preexec_fn=without(*closed))
            self.assertEqual((result.returncode, self.text("out")), (0, report))


if __name__ == "__main__":
    command.main()
