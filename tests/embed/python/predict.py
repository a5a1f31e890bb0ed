# SPDX-License-Identifier: Apache-2.0
"""Predicts FSRCNN through ctypes: no compiler, no header, nothing but the shared library.

    python3 predict.py PACKAGE_FOLDER [IGNORED]
"""

import ctypes
import sys
from pathlib import Path

OK, BAD_INPUT, INFEASIBLE = 0, 2, 3


def load(package):
    """The library, with the types of what it returns: int is the default of ctypes."""
    library = ctypes.CDLL(str(next(Path(package).glob("lib*/**/libplumbline.so.1"))))
    texts = ["session_error", "cost_part_name", "cost_traffic_memory_name", "cost_traffic_operand", "version"]
    numbers = ["cost_energy", "cost_traffic_accesses"]
    handles = ["session_create"]
    for names, type_ in [(texts, ctypes.c_char_p), (numbers, ctypes.c_double), (handles, ctypes.c_void_p)]:
        for name in names:
            getattr(library, f"plumbline_{name}").restype = type_
    for name in ["cost_latency", "cost_part_count", "cost_traffic_count"]:
        getattr(library, f"plumbline_{name}").restype = ctypes.c_int64
    return library


class Refused(Exception):
    def __init__(self, status, text):
        super().__init__(text)
        self.status = status


class Plumbline:
    """A session; what it makes are handles, which live as long as the process here."""

    def __init__(self, package):
        self.library = load(package)
        self.session = ctypes.c_void_p(self.library.plumbline_session_create())

    def call(self, name, *arguments):
        status = getattr(self.library, f"plumbline_{name}")(self.session, *arguments)
        if status != OK:
            raise Refused(status, self.library.plumbline_session_error(self.session).decode())

    def make(self, name, *arguments):
        handle = ctypes.c_void_p()
        self.call(name, *arguments, ctypes.byref(handle))
        return handle

    def query(self, name, *arguments):
        sizes = [ctypes.c_size_t(a) if isinstance(a, int) else a for a in arguments]
        value = getattr(self.library, f"plumbline_{name}")(*sizes)
        return value.decode() if isinstance(value, bytes) else value


def prediction(plumbline):
    accelerator = plumbline.make("accelerator_load", b"meta_prototype_df")
    workload = plumbline.make("workload_load", b"fsrcnn")
    mapping = plumbline.make("mapping_load", None, accelerator)
    options = plumbline.make("options_create")
    plumbline.call("options_set_tile", options, ctypes.c_int64(60), ctypes.c_int64(72))
    plumbline.call("options_set_factors", options, 4)
    schedule = plumbline.make("schedule_plan", accelerator, workload, mapping, options)
    return plumbline.make("predict", schedule, b"refined")


def main(arguments):
    plumbline = Plumbline(arguments[0])
    cost = prediction(plumbline)
    energies = [plumbline.query("cost_energy", cost, part) for part in range(plumbline.query("cost_part_count", cost))]
    print(f"{plumbline.query('cost_part_name', cost, 0)}: {energies[0]:.0f} pJ, "
          f"{plumbline.query('cost_latency', cost, 0)} cycles")
    assert energies[0] > 0 and abs(sum(energies[1:]) - energies[0]) < 1e-9 * energies[0]
    rows = range(plumbline.query("cost_traffic_count", cost, 0))
    memories = {plumbline.query("cost_traffic_memory_name", cost, 0, row) for row in rows}
    assert "dram" in memories, memories
    try:
        plumbline.make("workload_load", b"no_such_network")
    except Refused as refused:
        assert refused.status == BAD_INPUT and "no_such_network" in str(refused), refused
    else:
        raise AssertionError("a network that does not exist was loaded")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
