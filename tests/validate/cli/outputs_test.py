# SPDX-License-Identifier: Apache-2.0
"""Results written to files, links, devices and pipes, with and without space and rights.

    python3 outputs_test.py PLUMBLINE
"""

import os
import resource
import shlex
import stat
import subprocess
import threading

import command
from command import LENIENT, ONE


def limit_file_size(size):
    """In place of a full disk: nobody can make one without being root."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


class Outputs(command.CommandTest):
    def evaluate(self, *more, **options):
        return self.run_command("evaluate", *ONE, *more, **options)

    def report(self):
        return self.evaluate().stdout

    def test_a_link_stays_and_its_file_is_replaced(self):
        (self.folder / "results").mkdir()
        self.add("results/old.txt", "of yesterday")
        (self.folder / "near").symlink_to("results/old.txt")
        (self.folder / "far").symlink_to("near")
        self.assertEqual(self.evaluate("-o", "far").returncode, 0)
        self.assertTrue((self.folder / "far").is_symlink() and (self.folder / "near").is_symlink())
        self.assertEqual(self.text("results/old.txt"), self.report())

    def test_a_link_to_nothing_makes_the_file(self):
        (self.folder / "link").symlink_to("new.txt")
        self.assertEqual(self.evaluate("-o", "link").returncode, 0)
        self.assertTrue((self.folder / "link").is_symlink())
        self.assertEqual(self.text("new.txt"), self.report())

    def test_a_circle_of_links_is_refused(self):
        (self.folder / "a").symlink_to("b")
        (self.folder / "b").symlink_to("a")
        self.expect_refused(self.evaluate("-o", "a"), "a: cannot be written: Too many levels of symbolic links")

    def test_a_pipe_is_written_into(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        read = []
        reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
        reader.start()
        self.assertEqual(self.evaluate("-o", "pipe").returncode, 0)
        reader.join()
        self.assertEqual(read, [self.report()])
        self.assertTrue(stat.S_ISFIFO(pipe.lstat().st_mode))

    def test_a_device_is_written_into(self):
        terminal, device = os.openpty()
        name = os.ttyname(device)
        self.assertEqual(self.evaluate("-o", name, "--format", "json").returncode, 0)
        self.assertTrue(stat.S_ISCHR(os.lstat(name).st_mode))
        self.assertTrue(os.read(terminal, 100).startswith(b"{"))
        os.close(device)
        os.close(terminal)

    def test_a_device_that_is_full_is_named(self):
        (self.folder / "link").symlink_to("/dev/full")
        self.expect_refused(self.evaluate("-o", "link"), "link: cannot be written: No space left on device")
        self.assertEqual(os.readlink(self.folder / "link"), "/dev/full")

    def test_standard_output_by_name_goes_on_where_others_stopped(self):
        report = self.report()
        self.assertEqual(self.evaluate("-o", "/dev/stdout").stdout, report)
        line = shlex.join(self.arguments("evaluate", *ONE, "-o", "/dev/stdout"))
        script = f"(echo before; {line}; echo after) > all.txt"
        subprocess.run(["sh", "-c", script], cwd=self.folder, check=True)
        self.assertEqual(self.text("all.txt"), f"before\n{report}after\n")

    def test_what_has_the_temporary_name_is_left_alone(self):
        self.add("victim", "precious")
        line = shlex.join(self.arguments("evaluate", *ONE, "-o", "out"))
        script = f"ln -s victim out.tmp.$$; echo mine > out.tmp.$$.1; exec {line}"
        subprocess.run(["sh", "-c", script], cwd=self.folder, check=True)
        self.assertEqual(self.text("victim"), "precious")
        self.assertEqual(self.text("out"), self.report())
        self.assertEqual(len(list(self.folder.glob("out.tmp.*"))), 2)

    def test_modes_are_those_of_the_umask_or_of_the_file(self):
        self.add("private", "old")
        os.chmod(self.folder / "private", 0o600)
        for name in ["new", "private"]:
            self.assertEqual(self.evaluate("-o", name, preexec_fn=lambda: os.umask(0o027)).returncode, 0)
        self.assertEqual(stat.S_IMODE((self.folder / "new").stat().st_mode), 0o640)
        self.assertEqual(stat.S_IMODE((self.folder / "private").stat().st_mode), 0o600)

    def test_a_folder_is_refused(self):
        (self.folder / "results").mkdir()
        self.expect_refused(self.evaluate("-o", "results"), "results: cannot be written: Is a directory")
        self.expect_refused(self.evaluate("--schedule-out", "no/such/s.json"), "no/such/s.json: cannot be written")

    def test_of_one_file_are_refused(self):
        (self.folder / "link").symlink_to("out")
        self.expect_refused(self.evaluate("-o", "out", "--schedule-out", "link"), "link: is asked for twice")
        stored = self.run_command("explore", "--tiles", "8x8", "--store", "s", "-o", "./s")
        self.expect_refused(stored, "s: is asked for twice")

    def test_that_are_inputs_are_refused(self):
        network = self.text("net.yaml")
        self.expect_refused(self.evaluate("-o", "./net.yaml"), "./net.yaml: is read (workload), expected another file for --output")
        self.assertEqual(self.text("net.yaml"), network)

    def test_a_full_disk_leaves_what_was_there(self):
        self.add("out", "of yesterday")
        for flags in (["-o", "out", "--format", "json"], ["--schedule-out", "out"]):
            result = self.evaluate(*flags, preexec_fn=limit_file_size(1000))
            self.expect_refused(result, "out: cannot be written: File too large")
        trace = self.run_command("simulate", *ONE, "--trace", "t.json", preexec_fn=limit_file_size(1000))
        self.expect_refused(trace, "t.json: cannot be written: File too large")
        self.assertEqual(self.text("out"), "of yesterday")
        self.assertFalse((self.folder / "t.json").exists())
        self.expect_nothing_unfinished()


class WithoutRights(command.CommandTest):
    def as_nobody(self, *more):
        """Root may write everywhere."""
        user = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
        try:
            return self.run_command("evaluate", *ONE, *more, **user)
        except PermissionError:
            self.skipTest("nobody may not run the command where it lies")

    def test_a_folder_that_may_not_be_written_is_named(self):
        os.chmod(self.folder, 0o555)
        self.addCleanup(os.chmod, self.folder, 0o755)
        self.expect_refused(self.as_nobody("-o", "out"), "out: cannot be written: Permission denied")

    def test_a_file_that_may_not_be_written_is_not_replaced(self):
        os.chmod(self.folder, 0o777)
        self.add("out", "of yesterday")
        os.chmod(self.folder / "out", 0o444)
        self.expect_refused(self.as_nobody("-o", "out"), "out: cannot be written: Permission denied")
        self.assertEqual(self.text("out"), "of yesterday")


class Stores(command.CommandTest):
    def test_that_no_longer_grow_end_the_command_and_go_on(self):
        flags = ["--tiles", "8x8,16x16,full", "--processes", "1", "--factors", "3", *LENIENT]
        whole = self.run_command("validate", *flags, "--store", "whole").stdout
        size = (self.folder / "whole").stat().st_size
        flags += ["--store", "store"]
        full = self.run_command("validate", *flags, preexec_fn=limit_file_size(size // 2))
        self.expect_refused(full, "store: cannot be appended to: File too large")
        kept = self.text("store")
        self.assertTrue(kept.endswith("\n") and kept.count("\n") > 1)
        self.assertEqual(self.run_command("validate", *flags).stdout, whole)

    def test_are_regular_files(self):
        os.mkfifo(self.folder / "pipe")
        for path in ("pipe", "/dev/null"):
            result = self.run_command("explore", "--tiles", "8x8", "--store", path)
            self.expect_refused(result, f"{path}: is no regular file, expected a store")

    def test_know_files_by_content_not_by_name(self):
        """Names may have spaces, and a built-in file has a name and a path."""
        for name in ("x", "x y"):
            self.add(name, self.builtin("accelerators/meta_prototype_df.yaml"))
        self.add("z", command.NETWORK)
        self.add("y z", command.NETWORK.replace("32, 32", "24, 24"))
        rules = ["--mapping", "meta_prototype"]
        pairs = ["--accelerator", "x,x y", "--workload", "z,y z", *rules, "--tiles", "8x8", "--format", "csv"]
        arguments = [str(self.program), "explore", *pairs]
        run = lambda more: subprocess.run(arguments + more, cwd=self.folder, capture_output=True, text=True, check=True)
        alone = run([]).stdout
        self.assertEqual(run(["--store", "s"]).stdout, alone)
        self.assertEqual(run(["--store", "s"]).stdout, alone)
        explore = ["explore", "--tiles", "8x8", "--store", "t", "--format", "csv"]
        by_name = self.run_command(*explore)
        points = self.rows("t")
        path = ["--accelerator", "x", *rules, "--workload", "net.yaml"]
        by_path = subprocess.run([str(self.program), *explore, *path], cwd=self.folder, text=True, capture_output=True)
        self.assertEqual((by_path.returncode, by_path.stdout), (0, by_name.stdout), by_path.stderr)
        self.assertEqual(self.rows("t"), points)

    def builtin(self, name):
        return (command.PLATFORMS / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    command.main()
