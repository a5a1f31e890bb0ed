# SPDX-License-Identifier: Apache-2.0
"""A frame of FSRCNN at two fidelities of the accelerator: cycles, counters and time on this host, as a table.

    python3 fidelities.py RISCV FIRMWARE NETWORK [--check | --check-all]

The second frame of two counts: before the first, the emulator has not translated the driver yet. Each run is a process of its
own, of several the fastest counts. With --check exits 1 where counters differ or cycles are more
than 5 % apart; with --check-all also where `analytical` is less than 1,000 times as fast.
"""

import re
import subprocess
import sys
from dataclasses import dataclass

MOST_DEVIATION = 0.05
LEAST_SPEED_UP = 1000
RUNS = {"transaction": 2, "analytical": 5}


@dataclass(frozen=True)
class Run:
    accelerator_cycles: int
    network_cycles: int
    milliseconds: float
    counters: tuple


def run(command, fidelity, data):
    """One run of the platform."""
    done = subprocess.run([*command, "--frames", "2", "--fidelity", fidelity, "--data", data], capture_output=True, text=True, check=True)
    number = lambda pattern: float(re.search(pattern, done.stdout)[1])
    return Run(
        accelerator_cycles=int(number(r"(\d+) cycles of the accelerator")),
        network_cycles=int(number(r"had its last frame after (\d+) cycles")),
        milliseconds=number(r"([\d.]+) ms on this host"),
        counters=tuple(re.findall(r"hart 0: (memory .*)", done.stdout)),
    )


def fastest(command, fidelity, data):
    runs = [run(command, fidelity, data) for _ in range(RUNS[fidelity])]
    assert len({(each.network_cycles, each.counters) for each in runs}) == 1, "two runs differ"
    return min(runs, key=lambda each: each.milliseconds)


def row(fidelity, data, each, detailed):
    deviation = each.accelerator_cycles / detailed.accelerator_cycles - 1
    counters = "equal" if each.counters == detailed.counters else "other"
    speed_up = f"{detailed.milliseconds / each.milliseconds:,.0f} x"
    cells = [fidelity, data]
    cells += [f"{each.accelerator_cycles:,}", f"{deviation:+.2%}", counters, f"{each.milliseconds:,.3f}", speed_up]
    return "| " + " | ".join(cells) + " |"


def main(arguments):
    if len(arguments) not in (3, 4):
        print(__doc__, file=sys.stderr)
        return 2
    command, check = arguments[:3], arguments[3:]
    fine = True
    print("| fidelity | data | cycles | to transaction | counters | host [ms] | speed-up |\n|---|---|---|---|---|---|---|")
    for data in ("none", "real"):
        detailed = fastest(command, "transaction", data)
        brief = fastest(command, "analytical", data)
        print(row("transaction", data, detailed, detailed))
        print(row("analytical", data, brief, detailed), flush=True)
        fine = fine and len(detailed.counters) > 0 and brief.counters == detailed.counters
        fine = fine and abs(brief.accelerator_cycles / detailed.accelerator_cycles - 1) <= MOST_DEVIATION
        if "--check-all" in check and data == "none":
            fine = fine and detailed.milliseconds >= LEAST_SPEED_UP * brief.milliseconds
    return 0 if fine or not check else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
