# SPDX-License-Identifier: Apache-2.0
"""Reads waveforms (VCD): of each signal its values, and the times from which on it has them.

    waves = vcd.read(text)
    waves.signals["sram.r_port_1.busy"]  # [(0, "0"), (2000, "1"), (12000, "0")]
    waves.end
"""

from collections import defaultdict
from dataclasses import dataclass


@dataclass
class Waves:
    signals: dict
    end: int  # the last time


def read(text):
    scopes, codes, changes, time = [], {}, defaultdict(list), 0
    for words in filter(None, map(str.split, text.splitlines())):
        if words[0] == "$scope":
            scopes.append(words[2])
        elif words[0] == "$upscope":
            scopes.pop()
        elif words[0] == "$var":
            codes[".".join([*scopes, words[4]])] = words[3]
        elif words[0][0] == "#":
            time = int(words[0][1:])
        elif words[0][0] == "b":
            changes[words[1]].append((time, _shortest(words[0][1:])))
        elif words[0][0] in "01xz":
            changes[words[0][1:]].append((time, words[0][0]))
    return Waves({name: changes[code] for name, code in codes.items()}, time)


def _shortest(value):
    """Writers differ in leading zeros and unknowns."""
    return value.lstrip("0") or "0" if set(value) <= {"0", "1"} else "x"


def high(changes, end):
    """How long a signal of one bit is 1 until `end`."""
    times = [time for time, _ in changes] + [end]
    return sum(after - time for (time, value), after in zip(changes, times[1:]) if value == "1")
