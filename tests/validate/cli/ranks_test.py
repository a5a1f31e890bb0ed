# SPDX-License-Identifier: Apache-2.0
"""`mpirun -n N plumbline explore`: the bytes of one process, also where ranks were killed and the same command goes on.

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


class RanksTest(command.CommandTest):
    def begin(self, ranks, *more):
        explore = [MPIRUN, *LOCAL, "-n", str(ranks), *self.arguments("explore", *SPACE, *more)]
        return subprocess.Popen(explore, cwd=self.folder, env={**os.environ, **AS_ROOT}, text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)

    def explored(self, ranks, *more):
        process = self.begin(ranks, *more)
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
                process.communicate(timeout=TIMEOUT)
                code, out, err = self.explored(3, "--store", store)
                self.assertEqual((code, out), (0, whole), err)


if __name__ == "__main__":
    if len(sys.argv) > 3 and sys.argv[3].isdigit():
        KILLS = int(sys.argv.pop(3))
    MPIRUN = sys.argv.pop(2)
    command.main()
