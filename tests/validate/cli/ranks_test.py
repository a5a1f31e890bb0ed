# SPDX-License-Identifier: Apache-2.0
"""`mpirun -n N plumbline explore`, `validate` or `calibrate`: the bytes of one process, also where ranks were killed and the same
command goes on.

    python3 ranks_test.py PLUMBLINE MPIRUN [KILLS]

KILLS (default: 2) times the rank that deals is killed, and as often another one.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import command

MPIRUN = None
KILLS = 2
SPACE = ["--tile-x", "1,2,3,4,6,8,16,32", "--tile-y", "1,2,4,8,32", "--factors", "4", "--format", "csv", "--threads", "1"]
# On this machine alone, also as root, whatever the number of its processors.
LOCAL = ["--oversubscribe", "--mca", "btl", "self,vader", "--mca", "plm", "isolated", "--mca", "oob_tcp_if_include", "lo"]
AS_ROOT = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
TIMEOUT = 300  # seconds
ALONE = 20  # seconds that mpirun may take when no rank is left


def ranks_of(mpirun):
    """Processes that mpirun began, by their number."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"\nPPid:\t{mpirun.pid}\n" not in (path.parent / "status").read_text(encoding="utf-8"):
                continue
            for each in path.read_bytes().split(b"\0"):
                if each.startswith(b"OMPI_COMM_WORLD_RANK="):
                    found[int(each.split(b"=")[1])] = int(path.parent.name)
        except OSError:
            pass
    return found


def wait_after_kill(mpirun):
    """Until mpirun has ended. When a rank is killed, that of Debian 12 (Open MPI 4.1, PMIx 4.2) may lock itself out in
    PMIx_server_finalize, with no rank left: then it is killed, too."""
    end = time.monotonic() + TIMEOUT
    while True:
        try:
            mpirun.communicate(timeout=ALONE)
            return
        except subprocess.TimeoutExpired:
            if not ranks_of(mpirun):
                mpirun.kill()
            elif time.monotonic() > end:
                raise


class RanksTest(command.CommandTest):
    def begin(self, ranks, *more, arguments=None):
        arguments = arguments or self.arguments("explore", *SPACE)
        return subprocess.Popen([MPIRUN, *LOCAL, "-n", str(ranks), *arguments, *more], cwd=self.folder, env={**os.environ, **AS_ROOT}, text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)

    def explored(self, ranks, *more, arguments=None):
        process = self.begin(ranks, *more, arguments=arguments)
        out, err = process.communicate(timeout=TIMEOUT)
        return process.returncode, out, err

    def whole(self):
        result = self.run_command("explore", *SPACE)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def test_any_number_gives_the_same_bytes(self):
        whole = self.whole()
        for ranks in (1, 2, 3):
            code, out, err = self.explored(ranks)
            self.assertEqual((code, out), (0, whole), err)

    def test_fill_the_store_that_one_process_fills(self):
        self.run_command("explore", *SPACE, "--store", "alone")
        code, _, err = self.explored(3, "--store", "together")
        self.assertEqual(code, 0, err)
        self.assertEqual(self.rows("together"), self.rows("alone"))

    def test_one_says_what_is_wrong(self):
        code, out, err = self.explored(2, "--cuts", "after-lunch")
        self.assertEqual(code, 2, err)
        self.assertEqual(err.count("after-lunch"), 1)
        self.assertEqual(out, "")
        code, out, err = self.explored(2, "--store", "no/such/folder.db")
        self.assertEqual((code, err.count("no/such/folder.db: ")), (2, 1), err)

    def test_one_says_that_nothing_is_feasible(self):
        flags = [*SPACE[4:], "--tiles", "99x99", "--no-single-layer", "--no-layer-by-layer"]
        explore = [MPIRUN, *LOCAL, "-n", "2", *self.arguments("explore", *flags)]
        result = subprocess.run(explore, cwd=self.folder, env={**os.environ, **AS_ROOT}, text=True, capture_output=True,
                                timeout=TIMEOUT, check=False)
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertEqual(result.stderr.count("infeasible: "), 1, result.stderr)

    def simulations(self):
        """Commands that simulate many schedules, without a store."""
        return {
            "validate": self.arguments("validate", "--tiles", "2x4,3x4,8x2", "--format", "json"),
            "generated": [self.program, "validate", "--generated", "6", "--seed", "3"],
            "calibrate": self.arguments("calibrate", "--tiles", "2x4,3x4,3x8,8x4", "--parameters", "steps.dispatch"),
        }

    def test_simulate_what_one_process_simulates(self):
        for name, arguments in self.simulations().items():
            with self.subTest(command=name):
                whole = subprocess.run(arguments, cwd=self.folder, text=True, capture_output=True, timeout=TIMEOUT, check=False)
                self.assertTrue(whole.stdout, whole.stderr)
                for ranks in (2, 3):
                    code, out, err = self.explored(ranks, "--store", f"{name}{ranks}", arguments=arguments)
                    self.assertEqual((code, out), (whole.returncode, whole.stdout), err)
                code, out, err = self.explored(2, "--store", f"{name}2", arguments=arguments)
                self.assertEqual(out, whole.stdout, err)

    def test_simulate_a_shard(self):
        arguments = self.simulations()["generated"]
        code, out, err = self.explored(2, "--shard", "1/2", "--store", "part", arguments=arguments)
        self.assertEqual((code, out), (0, "3 schedules of shard 1/2 in part: 3 computed, 0 were there\n"), err)

    def test_one_says_what_is_wrong_with_simulations(self):
        arguments = self.simulations()
        code, _, err = self.explored(2, "--mapping", "no_rules", arguments=arguments["validate"])
        self.assertEqual((code, err.count("no_rules")), (2, 1), err)
        code, _, err = self.explored(2, arguments=self.arguments("calibrate", "--tiles", "99x99"))
        self.assertEqual((code, err.count("infeasible: ")), (3, 1), err)

    def test_that_simulate_and_are_killed_lose_nothing(self):
        arguments = self.simulations()["generated"]
        _, whole, _ = self.explored(3, arguments=arguments)
        chance = random.Random(19)
        for victim in (0, 1):
            store = f"killed{victim}"
            process = self.begin(3, "--store", store, arguments=arguments)
            time.sleep(chance.uniform(0.5, 2))
            rank = ranks_of(process).get(victim)
            if rank is not None:
                os.kill(rank, signal.SIGKILL)
            wait_after_kill(process)
            code, out, err = self.explored(3, "--store", store, arguments=arguments)
            self.assertEqual((code, out), (0, whole), err)

    def test_that_are_killed_lose_nothing(self):
        begin = time.monotonic()
        _, whole, _ = self.explored(3)
        seconds = time.monotonic() - begin
        chance = random.Random(17)
        for i in range(2 * KILLS):
            with self.subTest(kill=i):
                store = f"store{i}"
                process = self.begin(3, "--store", store)
                time.sleep(chance.uniform(0, seconds))
                victim = ranks_of(process).get(0 if i % 2 == 0 else chance.choice([1, 2]))
                if victim is not None:
                    os.kill(victim, signal.SIGKILL)
                wait_after_kill(process)
                code, out, err = self.explored(3, "--store", store)
                self.assertEqual((code, out), (0, whole), err)


if __name__ == "__main__":
    if len(sys.argv) > 3 and sys.argv[3].isdigit():
        KILLS = int(sys.argv.pop(3))
    MPIRUN = sys.argv.pop(2)
    command.main()
