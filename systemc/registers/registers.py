#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes what is known of the register map from plumbline.rdl beside this file.

    registers.py header|table|ipxact            prints it
    registers.py check REPOSITORY               header and table of the repository are what is made; 1: they are not
    registers.py write REPOSITORY               and makes them so
"""
import pathlib
import re
import sys
from xml.sax.saxutils import escape

import rdl

HERE = pathlib.Path(__file__).resolve().parent
HEADER = "systemc/include/plumbline/firmware/plumbline_register_map.h"
PAGE = "systemc/docs/peripheral.md"
TABLE = re.compile(r"(<!-- registers -->\n).*?(<!-- end of registers -->\n)", re.S)

HEADER_BEGIN = """/* SPDX-License-Identifier: Apache-2.0
 *
 * Offsets and bits of the registers. Made by systemc/registers/registers.py of plumbline.rdl beside it: change that.
 * C99, for firmware; plumbline_registers.h includes this, and has what goes with it.
 */
#ifndef PLUMBLINE_REGISTER_MAP_H
#define PLUMBLINE_REGISTER_MAP_H

/* clang-format off */

/* Offsets in bytes. */
"""
ACCESS = {"r": "read", "w": "write", "rw": "read and write"}


def header(block: rdl.Block) -> str:
    lines = [HEADER_BEGIN.rstrip("\n")]
    for register in block.registers:
        lines.append(f"/** {ACCESS[register.access]}: {register.desc} */")
        lines.append(f"#define PLUMBLINE_REG_{register.name} {register.offset:#04x}u")
    lines.append("/** end of the map */")
    lines.append(f"#define PLUMBLINE_REG_END {block.size:#04x}u")
    for register in block.registers:
        if "c_prefix" in register.properties:
            lines += ["", f"/* {register.name} */"] + [line for field in register.fields
                                                       for line in bits(register.properties["c_prefix"], field)]
    values = {register.name: register.reset for register in block.registers}
    lines += ["", "/** of ID */", f"#define PLUMBLINE_ID_VALUE {values['ID']:#010x}u",
              "/** of VERSION */", f"#define PLUMBLINE_VERSION_VALUE {values['VERSION']:#010x}u",
              "", "/** X(name, offset, may be read, may be written) of each register, in the order of addresses. */",
              "#define PLUMBLINE_REGISTERS(X) \\"]
    lines += [f"    X({register.name}, {register.offset:#04x}u, {int('r' in register.access)}, "
              f"{int('w' in register.access)}) \\" for register in block.registers]
    lines[-1] = lines[-1][:-2]
    lines += ["", "/* clang-format on */", "", "#endif"]
    return "\n".join(lines) + "\n"


def bits(prefix: str, field: rdl.Field):
    name = f"PLUMBLINE_{prefix}_{field.name}"
    yield f"/** {field.desc} */"
    if field.width == 1:
        yield f"#define {name} (1u << {field.low})"
    else:
        shifted = f"((value) >> {field.low})" if field.low else "(value)"
        yield f"#define {name}(value) ({shifted} & {(1 << field.width) - 1:#x}u)"


def table(block: rdl.Block) -> str:
    lines = ["| offset | name `PLUMBLINE_REG_…` | access | is |", "|---|---|---|---|"]
    for register in block.registers:
        named = [f"{place(field)} `{field.name}`" + (f": {field.desc}" if field.desc else "")
                 for field in register.fields if register.fields[0].width < 32 and (field.desc or register.fields[0].desc)]
        text = register.desc + (". " + "; ".join(named) if named else "")
        lines.append(f"| {register.offset:#04x} | `{register.name}` | {register.access} | {text} |")
    return "\n".join(lines) + "\n"


def place(field: rdl.Field) -> str:
    return str(field.low) if field.width == 1 else f"{field.high}:{field.low}"


IPXACT_ACCESS = {"r": "read-only", "w": "write-only", "rw": "read-write"}


def ipxact(block: rdl.Block) -> str:
    """IEEE 1685-2014."""
    version = dict((register.name, register.reset) for register in block.registers)["VERSION"]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             "<!-- SPDX-License-Identifier: Apache-2.0 -->",
             '<ipxact:component xmlns:ipxact="http://www.accellera.org/XMLSchema/IPXACT/1685-2014"',
             '    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
             '    xsi:schemaLocation="http://www.accellera.org/XMLSchema/IPXACT/1685-2014'
             ' http://www.accellera.org/XMLSchema/IPXACT/1685-2014/index.xsd">']
    depth = [1]

    def leaf(name, value):
        lines.append("    " * depth[0] + f"<ipxact:{name}>{escape(str(value))}</ipxact:{name}>")

    def inside(name, fill):
        lines.append("    " * depth[0] + f"<ipxact:{name}>")
        depth[0] += 1
        fill()
        depth[0] -= 1
        lines.append("    " * depth[0] + f"</ipxact:{name}>")

    def of_field(field):
        leaf("name", field.name)
        if field.desc:
            leaf("description", field.desc)
        leaf("bitOffset", field.low)
        if field.reset is not None:
            inside("resets", lambda: inside("reset", lambda: leaf("value", f"'h{field.reset:x}")))
        leaf("bitWidth", field.width)
        leaf("volatile", "true" if field.access == "r" else "false")
        leaf("access", IPXACT_ACCESS[field.access])

    def of_register(register):
        leaf("name", register.name)
        leaf("description", register.desc)
        leaf("addressOffset", f"'h{register.offset:x}")
        leaf("size", 32)
        leaf("access", IPXACT_ACCESS[register.access])
        for field in register.fields:
            inside("field", lambda field=field: of_field(field))

    def of_block():
        leaf("name", "registers")
        leaf("baseAddress", "'h0")
        leaf("range", f"'h{block.size:x}")
        leaf("width", 32)
        leaf("usage", "register")
        for register in block.registers:
            inside("register", lambda register=register: of_register(register))

    def of_map():
        leaf("name", "registers")
        inside("addressBlock", of_block)
        leaf("addressUnitBits", 8)

    leaf("vendor", "plumbline")
    leaf("library", "plumbline")
    leaf("name", block.name)
    leaf("version", f"{version >> 16}.{version & 0xffff}")
    inside("memoryMaps", lambda: inside("memoryMap", of_map))
    leaf("description", f"{block.properties['name']}: {block.properties['desc']}")
    return "\n".join(lines + ["</ipxact:component>"]) + "\n"


def made(block: rdl.Block, repository: pathlib.Path):
    """Files and what they have to be."""
    yield repository / HEADER, header(block)
    page = repository / PAGE
    yield page, TABLE.sub(lambda match: match.group(1) + table(block) + match.group(2), page.read_text(encoding="utf-8"))


def main(arguments) -> int:
    try:
        block = rdl.read(str(HERE / "plumbline.rdl"))
    except rdl.RdlError as error:
        print(error, file=sys.stderr)
        return 2
    printed = {"header": header, "table": table, "ipxact": ipxact}
    if len(arguments) == 1 and arguments[0] in printed:
        sys.stdout.write(printed[arguments[0]](block))
        return 0
    if len(arguments) != 2 or arguments[0] not in ("check", "write"):
        print(__doc__, file=sys.stderr)
        return 2
    result = 0
    for path, text in made(block, pathlib.Path(arguments[1])):
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        if arguments[0] == "write":
            path.write_text(text, encoding="utf-8")
        else:
            print(f"{path}: is not what systemc/registers/plumbline.rdl says; systemc/registers/registers.py write makes it so")
            result = 1
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
