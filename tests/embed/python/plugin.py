# SPDX-License-Identifier: Apache-2.0
"""Loads the SystemC plugin from a program that is none, and asks which hosts it fits.

    python3 plugin.py PACKAGE_FOLDER [IGNORED]
"""

import ctypes
import sys
from pathlib import Path


class Functions(ctypes.Structure):
    """The beginning of plumbline_sc_functions; the rest are functions."""

    _fields_ = [
        ("size", ctypes.c_size_t),
        ("plumbline_version", ctypes.c_char_p),
        ("systemc_version", ctypes.c_char_p),
        ("systemc_cplusplus", ctypes.c_long),
        ("bus_width", ctypes.c_uint),
    ]


def main(arguments):
    plugin = ctypes.CDLL(str(next(Path(arguments[0]).glob("lib*/**/libplumbline_sc.so"))))
    entry = plugin.plumbline_sc_entry_point
    entry.restype = ctypes.POINTER(Functions)
    assert not entry(2), "a host of a version that does not exist yet is served"
    functions = entry(1).contents
    print(f"Plumbline {functions.plumbline_version.decode()}, SystemC {functions.systemc_version.decode()} "
          f"of C++ {functions.systemc_cplusplus}, sockets of {functions.bus_width} bits")
    assert functions.size > ctypes.sizeof(Functions)
    assert functions.systemc_version.startswith(b"2.3") and functions.systemc_cplusplus >= 199711
    assert functions.bus_width == 32
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
