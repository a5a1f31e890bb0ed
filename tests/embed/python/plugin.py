# SPDX-License-Identifier: Apache-2.0
"""Loads the SystemC plugin from a program that is none, asks which hosts it fits, and expects to be refused in words.

    python3 plugin.py PACKAGE_FOLDER [IGNORED]
"""

import ctypes
import sys
from pathlib import Path


class Functions(ctypes.Structure):
    """The beginning of plumbline_sc_functions; more functions follow."""

    _fields_ = [
        ("size", ctypes.c_size_t),
        ("plumbline_version", ctypes.c_char_p),
        ("systemc_version", ctypes.c_char_p),
        ("systemc_cplusplus", ctypes.c_long),
        ("bus_width", ctypes.c_uint),
        ("config_create", ctypes.CFUNCTYPE(ctypes.c_void_p)),
        ("config_destroy", ctypes.CFUNCTYPE(None, ctypes.c_void_p)),
        ("error", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)),
        ("set_data_folder", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p)),
        ("set_accelerator", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p)),
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
    config = functions.config_create()
    assert functions.set_accelerator(config, b"meta_prototype_df") != 0
    assert b"this program shows none: link it with the SystemC library" in functions.error(config)
    functions.config_destroy(config)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
