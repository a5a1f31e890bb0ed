# SPDX-License-Identifier: Apache-2.0
"""The command and its workers killed at any moment: nothing is lost, nobody is left behind, and the same command goes on.

    python3 interrupts_test.py PLUMBLINE [KILLS]

KILLS (default: 2) times each of explore, validate and calibrate is killed, and as often one of its workers.
"""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import command
from command import LENIENT

SPACE = ["--tile-x", "2,4,8", "--tile-y", "2,4,8"]
# Name of a command -> flags of a run that takes a second or some.
RUNS = {
    "explore": ["--tile-x", "1,2,3,4,6,8,16,32", "--tile-y", "1,2,4,8,32", "--factors", "6", "--format", "csv"],
    "validate": [*SPACE, "--factors", "3", "--processes", "2", "--format", "json", *LENIENT],
    "calibrate": [*SPACE, "--factors", "3", "--processes", "2", "--format", "json", "--parameters", "steps.dispatch"],
}
WITH_WORKERS = ["validate", "calibrate"]
KILLS = 2


def workers_of(process):
    try:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="utf-8").split()
        # Who has ended, and is not yet asked how, cannot be killed any more.
        return [int(each) for each in children if ") Z " not in Path(f"/proc/{each}/stat").read_text(encoding="utf-8")]
    except OSError:
        return []


def wait_until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"still not after {seconds} s")
        time.sleep(0.002)


class InterruptedTest(command.CommandTest):
    def store_lines(self, store):
        """Results in a store, and its header: lines of JSON, or points in SQLite."""
        path = self.folder / store
        if not path.exists():
            return 0
        if path.read_bytes()[:6] != b"SQLite":
            return path.read_bytes().count(b"\n")
        return 1 + len(self.rows(store))

    def expect_nobody(self, store):
        """No process has a command line with this store."""

        def left():
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    here = (path.parent / "cwd").resolve() == self.folder.resolve()
                    if here and store.encode() in path.read_bytes().split(b"\0"):
                        return True
                except OSError:
                    pass
            return False

        wait_until(lambda: not left(), seconds=5)

    def begin(self, name, store, **options):
        """A run that has finished something, and goes on."""
        process = self.start(name, *RUNS[name], "--store", store, **options)
        wait_until(lambda: self.store_lines(store) > 1 or process.poll() is not None)
        return process

    def expect_goes_on(self, name, store, whole):
        result = self.run_command(name, *RUNS[name], "--store", store)
        self.assertEqual((result.returncode, result.stdout), (0, whole), result.stderr)

    def whole(self, name):
        result = self.run_command(name, *RUNS[name])
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def kill_one(self, process):
        """Some worker; whether there was one."""
        for worker in workers_of(process):
            try:
                os.kill(worker, signal.SIGKILL)
                return True
            except ProcessLookupError:
                pass
        return False


class Interrupts(InterruptedTest):
    def test_by_any_signal_take_workers_along(self):
        whole = self.whole("validate")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
            with self.subTest(signal=number):
                store = f"store.{number}"
                process = self.begin("validate", store)
                process.send_signal(number)
                process.wait()
                self.assertEqual(process.returncode, -number)
                self.expect_goes_on("validate", store, whole)
                self.expect_nobody(store)
        self.expect_nothing_unfinished()

    def test_that_the_user_wants_ignored_are_ignored(self):
        ignore = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
        process = self.begin("validate", "store", preexec_fn=ignore)
        process.send_signal(signal.SIGHUP)
        process.communicate()
        self.assertEqual(process.returncode, 0)

    def test_remove_what_is_half_written(self):
        trace = ["--tile", "1x1", "--factors", "3", "--trace", "run.json", "--fidelity", "cycle"]
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            process = self.start("simulate", *trace)
            wait_until(lambda: list(self.folder.glob("run.json.tmp.*")) and process.poll() is None)
            process.send_signal(number)
            process.communicate()
            self.assertEqual(process.returncode, -number)
            self.assertFalse((self.folder / "run.json").exists())
            self.expect_nothing_unfinished()


class Workers(InterruptedTest):
    def test_that_are_killed_are_named_by_their_schedule(self):
        whole = self.whole("validate")
        process, store, errors = self.run_with_a_killed_worker("validate")
        self.assertEqual(process.returncode, 2, errors)
        killed = r"its worker was killed by signal 9 \(Killed\)"
        self.assertRegex(errors, r"warning: \S+ \d+x\d+ auto of net.yaml on meta_prototype_df: " + killed)
        self.assertRegex(errors, r"error: validate: \S+ \d+x\d+ auto .* has no result, since " + killed)
        # The other 26 are there.
        self.assertEqual(self.store_lines(store), 1 + 26)
        self.expect_goes_on("validate", store, whole)

    def run_with_a_killed_worker(self, name):
        """A worker that has answered already cannot be lost any more: then another run is begun."""
        for attempt in range(20):
            store = f"store{attempt}"
            process = self.begin(name, store, stderr=subprocess.PIPE)
            wait_until(lambda: self.kill_one(process) or process.poll() is not None)
            errors = process.communicate()[1]
            if process.returncode != 0:
                break
        return process, store, errors

    def test_that_lack_memory_are_not_remembered(self):
        """Another time there may be more."""
        whole = self.whole("validate")
        codes = set()
        for megabytes in (30, 40, 60, 80, 120):
            limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
            result = self.run_command("validate", *RUNS["validate"], "--store", "store", preexec_fn=limit)
            codes.add(result.returncode)
            self.assertNotIn("bad_alloc", result.stderr)
        self.assertTrue(codes - {0}, "no limit was too low")
        self.expect_goes_on("validate", "store", whole)


class Random(InterruptedTest):
    def seconds(self, name):
        begin = time.monotonic()
        whole = self.whole(name)
        return time.monotonic() - begin, whole

    def test_kills_of_the_command_lose_nothing(self):
        for name in RUNS:
            seconds, whole = self.seconds(name)
            chance = random.Random(13)
            for i in range(KILLS):
                with self.subTest(command=name, kill=i):
                    store = f"{name}.{i}"
                    process = self.start(name, *RUNS[name], "--store", store)
                    time.sleep(chance.uniform(0, seconds))
                    process.send_signal(chance.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL]))
                    process.wait()
                    if i % 2 == 1:
                        time.sleep(1)
                    self.expect_goes_on(name, store, whole)
                    self.expect_nobody(store)

    def test_kills_of_workers_lose_nothing(self):
        for name in WITH_WORKERS:
            seconds, whole = self.seconds(name)
            chance = random.Random(31)
            for i in range(KILLS):
                with self.subTest(command=name, kill=i):
                    store = f"{name}.w{i}"
                    process = self.start(name, *RUNS[name], "--store", store, stderr=subprocess.PIPE)
                    time.sleep(chance.uniform(0, seconds))
                    killed = self.kill_one(process)
                    errors = process.communicate()[1]
                    self.assertIn(process.returncode, [0, 2] if killed else [0], errors)
                    if i % 2 == 1:
                        time.sleep(1)
                    self.expect_goes_on(name, store, whole)
                    self.expect_nobody(store)


class Stores(InterruptedTest):
    """Of explore: an SQLite file."""

    def explore(self, store, **options):
        return self.run_command("explore", *RUNS["explore"], "--store", store, **options)

    def test_hold_each_point_once_however_often_they_are_killed(self):
        self.assertEqual(self.explore("whole").returncode, 0)
        for _ in range(KILLS):
            process = self.begin("explore", "killed")
            process.kill()
            process.wait()
        self.assertEqual(self.explore("killed").returncode, 0)
        self.assertEqual(self.rows("killed"), self.rows("whole"))
        self.assertEqual(self.rows("killed", "PRAGMA integrity_check"), [("ok",)])

    def test_are_filled_by_two_at_once(self):
        whole = self.whole("explore")
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        both = [self.start("explore", *RUNS["explore"], "--store", "both", **pipes) for _ in range(2)]
        for process, (out, err) in [(each, each.communicate()) for each in both]:
            self.assertEqual(process.returncode, 0, err)
            self.assertEqual(out, whole)
        self.assertEqual(self.explore("alone").returncode, 0)
        self.assertEqual(self.rows("both"), self.rows("alone"))

    def test_are_sound_when_the_disk_is_full(self):
        """A file may not grow beyond a limit, as on a full disk."""
        whole = self.whole("explore")
        limit = lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000)))
        result = self.explore("full", preexec_fn=limit)
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r"full: cannot be (read or )?written: the disk is full")
        self.assertEqual(self.rows("full", "PRAGMA integrity_check"), [("ok",)])
        self.expect_goes_on("explore", "full", whole)

    def test_of_mappings_that_are_full_make_no_point_infeasible(self):
        """What is kept of a point must not depend on the room for a cache beside it."""
        limit = lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000)))
        for command in ("explore", "optimize"):
            space = RUNS["explore"][: RUNS["explore"].index("--format")]
            result = self.run_command(command, *space, "--mapping-cache", "mappings", preexec_fn=limit)
            self.assertEqual(result.returncode, 2, command)
            self.assertRegex(result.stderr, r"mappings: cannot be (read or )?written: the disk is full")
            self.assertNotIn("infeasible", result.stdout + result.stderr)

    def test_that_are_read_only_are_left_alone(self):
        self.assertEqual(self.explore("points").returncode, 0)
        before = self.rows("points")
        (self.folder / "points").chmod(0o444)
        # Root may write everywhere.
        user = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
        result = self.explore("points", **user)
        self.expect_refused(result, "points: cannot be written: Permission denied")
        self.assertEqual(self.rows("points"), before)

    def test_where_nobody_may_write_are_read(self):
        """As on a read-only disk: a reader can put nothing beside the file."""
        odd = "100% of them? #1"
        self.assertEqual(self.explore(odd).returncode, 0)
        query = lambda **user: subprocess.run([str(self.program), "query", odd], cwd=self.folder, text=True, capture_output=True, check=False, **user)
        asked = query()
        self.assertEqual(asked.returncode, 0, asked.stderr)
        user = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
        (self.folder / odd).chmod(0o444)
        self.folder.chmod(0o555)
        try:
            again = query(**user)
        finally:
            self.folder.chmod(0o755)
        self.assertEqual(again.stderr, "")
        self.assertEqual(again.stdout, asked.stdout)


if __name__ == "__main__":
    if len(sys.argv) > 2 and sys.argv[2].isdigit():
        KILLS = int(sys.argv.pop(2))
    command.main()
