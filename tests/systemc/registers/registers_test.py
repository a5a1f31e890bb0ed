# SPDX-License-Identifier: Apache-2.0
"""The generator of what is known of the register map: what it reads, refuses and makes. Argument: its folder.

IEEE's schema of IP-XACT is no package of Debian: PLUMBLINE_IPXACT_SCHEMA=FOLDER/index.xsd (1685-2014) names a copy to validate with.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

FOLDER = sys.argv.pop()
sys.path.insert(0, FOLDER)
import rdl  # noqa: E402
import registers  # noqa: E402

NAMESPACE = "{http://www.accellera.org/XMLSchema/IPXACT/1685-2014}"
# Two registers: one that is only read, of one field, and one of two fields that are read and written.
SMALL = """addrmap small {
    name = "Small"; desc = "An example";
    default sw = r;
    reg { desc = "which"; field {} VALUE[31:0] = 0x10; } ID @ 0x0;
    reg {
        desc = "modes"; c_prefix = "MODE"; default sw = rw;
        field { desc = "fast"; } FAST[0:0] = 1;
        field { desc = "how much"; } LEVEL[7:4] = 3;
    } MODE @ 0x4;
};
"""


def block_of(text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "map.rdl"
        path.write_text(text, encoding="utf-8")
        return rdl.read(str(path))


class Reading(unittest.TestCase):
    def test_takes_registers_fields_and_defaults(self):
        block = block_of(SMALL)
        self.assertEqual([register.name for register in block.registers], ["ID", "MODE"])
        self.assertEqual([register.access for register in block.registers], ["r", "rw"])
        self.assertEqual(block.size, 8)
        # FAST is bit 0, LEVEL begins at bit 4.
        self.assertEqual(block.registers[1].reset, 1 | 3 << 4)

    def refused(self, text, message):
        with self.assertRaisesRegex(rdl.RdlError, message):
            block_of(text)

    def test_refuses_what_overlaps_or_does_not_fit(self):
        self.refused(SMALL.replace("@ 0x4", "@ 0x0"), r"MODE: is at 0x0, expected a multiple of 4 from 0x4 on")
        self.refused(SMALL.replace("@ 0x4", "@ 0x6"), r"MODE: is at 0x6")
        self.refused(SMALL.replace("[7:4]", "[7:0]"), r"MODE.LEVEL: is \[7:0\], expected bits from 1 to 31")
        self.refused(SMALL.replace("= 3", "= 16"), r"MODE.LEVEL: is reset to 16, expected 4 bits")

    def test_says_the_line_of_what_it_does_not_know(self):
        self.refused(SMALL.replace("reg {", "regfile {", 1), r"map.rdl:4: is '\{', expected ';'")
        self.refused(SMALL.replace("[7:4]", "[7]"), r"map.rdl:8: is '\]', expected ':'")
        self.refused(SMALL.replace("0x10", "?"), r"map.rdl:4: '\?' was not expected")
        self.refused(SMALL + "addrmap", r"map.rdl:11: is 'addrmap', expected the end")
        self.refused(SMALL[:SMALL.index("@ 0x4")], r"expected '@'")


class Making(unittest.TestCase):
    def test_names_bits_in_the_header(self):
        text = registers.header(rdl.read(str(pathlib.Path(FOLDER) / "plumbline.rdl")))
        self.assertIn("#define PLUMBLINE_REG_CONTROL 0x0cu\n", text)
        self.assertIn("#define PLUMBLINE_CONTROL_RESET (1u << 1)\n", text)
        # Bits 15 to 8: shifted by 8, 8 bits wide.
        self.assertIn("#define PLUMBLINE_STATUS_WAITING(value) (((value) >> 8) & 0xffu)\n", text)
        self.assertEqual(len(re.findall(r"^    X\(", text, re.M)), len(re.findall(r"#define PLUMBLINE_REG_(?!END)", text)))

    def test_lists_every_register_in_the_table(self):
        table = registers.table(block_of(SMALL))
        self.assertIn("| 0x04 | `MODE` | rw | modes. 0 `FAST`: fast; 7:4 `LEVEL`: how much |\n", table)
        self.assertEqual(table.count("\n"), 2 + 2)

    def test_describes_every_register_as_ip_xact(self):
        block = rdl.read(str(pathlib.Path(FOLDER) / "plumbline.rdl"))
        component = ElementTree.fromstring(registers.ipxact(block).encode())
        found = component.findall(f".//{NAMESPACE}register")
        self.assertEqual([each.find(NAMESPACE + "name").text for each in found], [each.name for each in block.registers])
        offsets = [int(each.find(NAMESPACE + "addressOffset").text.removeprefix("'h"), 16) for each in found]
        self.assertEqual(offsets, [each.offset for each in block.registers])
        for register, element in zip(block.registers, found):
            fields = element.findall(NAMESPACE + "field")
            self.assertEqual([int(field.find(NAMESPACE + "bitWidth").text) for field in fields],
                             [field.width for field in register.fields])

    @unittest.skipUnless(os.environ.get("PLUMBLINE_IPXACT_SCHEMA") and shutil.which("xmllint"), "no schema, or no xmllint")
    def test_is_valid_ip_xact(self):
        text = registers.ipxact(rdl.read(str(pathlib.Path(FOLDER) / "plumbline.rdl")))
        command = ["xmllint", "--nonet", "--noout", "--schema", os.environ["PLUMBLINE_IPXACT_SCHEMA"], "-"]
        result = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 0, result.stderr)


if __name__ == "__main__":
    unittest.main()
