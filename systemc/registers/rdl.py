# SPDX-License-Identifier: Apache-2.0
"""Reads a register map in SystemRDL: an address map of anonymous registers of anonymous fields, properties, defaults, and
properties of one's own. What is beyond that is refused with its line.

    block = rdl.read("plumbline.rdl")
    for register in block.registers: print(register.name, hex(register.offset), register.access)
"""
import dataclasses
import re
from typing import Any, Dict, List, Optional

TOKEN = re.compile(r'(?P<space>\s+|//[^\n]*|/\*.*?\*/)|"(?P<text>(?:[^"\\]|\\.)*)"|(?P<number>0x[0-9a-fA-F]+|\d+)'
                   r'|(?P<word>[A-Za-z_]\w*)|(?P<mark>[{}\[\]:;=@])', re.S)


class RdlError(Exception):
    """A file that is not what this module reads."""


@dataclasses.dataclass
class Field:
    """Bits of a register."""
    name: str
    high: int
    low: int
    reset: Optional[int]
    properties: Dict[str, Any]

    @property
    def width(self) -> int:
        return self.high - self.low + 1

    @property
    def access(self) -> str:
        return self.properties.get("sw", "rw")

    @property
    def desc(self) -> str:
        return self.properties.get("desc", "")


@dataclasses.dataclass
class Register:
    """One register at its address."""
    name: str
    offset: int
    fields: List[Field]
    properties: Dict[str, Any]

    @property
    def access(self) -> str:
        """r, w or rw: what any of its fields allows."""
        modes = "".join(field.access for field in self.fields)
        return "".join(mode for mode in "rw" if mode in modes)

    @property
    def desc(self) -> str:
        return self.properties.get("desc", "")

    @property
    def reset(self) -> int:
        return sum((field.reset or 0) << field.low for field in self.fields)


@dataclasses.dataclass
class Block:
    """The address map."""
    name: str
    registers: List[Register]
    properties: Dict[str, Any]

    @property
    def size(self) -> int:
        """Bytes to the end of the last register."""
        return max(register.offset + 4 for register in self.registers)


def tokens_of(text: str, path: str):
    place = 0
    found = []
    while place < len(text):
        match = TOKEN.match(text, place)
        line = text.count("\n", 0, place) + 1
        if not match:
            raise RdlError(f"{path}:{line}: '{text[place]}' was not expected")
        kind = match.lastgroup
        if kind == "text":
            found.append((kind, re.sub(r"\\(.)", r"\1", match.group("text")), line))
        elif kind != "space":
            found.append((kind, match.group(), line))
        place = match.end()
    return found


class Parser:
    def __init__(self, text: str, path: str):
        self.path = path
        self.tokens = tokens_of(text, path)
        self.next = 0

    def fail(self, expected: str):
        kind, value, line = self.tokens[min(self.next, len(self.tokens) - 1)]
        raise RdlError(f"{self.path}:{line}: is '{value}', expected {expected}")

    def peek(self) -> str:
        return self.tokens[self.next][1] if self.next < len(self.tokens) else ""

    def take(self, kind: str, expected: str) -> str:
        if self.next >= len(self.tokens) or self.tokens[self.next][0] != kind:
            self.fail(expected)
        self.next += 1
        return self.tokens[self.next - 1][1]

    def mark(self, mark: str):
        if self.peek() != mark:
            self.fail(f"'{mark}'")
        self.next += 1

    def number(self) -> int:
        return int(self.take("number", "a number"), 0)

    def value(self):
        kind, value, _ = self.tokens[self.next]
        if kind == "mark":
            self.fail("a value")
        self.next += 1
        return int(value, 0) if kind == "number" else value

    def assignment(self, properties: Dict[str, Any]):
        name = self.take("word", "a property")
        properties[name] = True
        if self.peek() == "=":
            self.mark("=")
            properties[name] = self.value()
        self.mark(";")

    def block(self) -> Block:
        while self.peek() == "property":
            self.declaration()
        if self.take("word", "'addrmap'") != "addrmap":
            self.next -= 1
            self.fail("'addrmap'")
        name = self.take("word", "a name")
        registers: List[Register] = []
        properties: Dict[str, Any] = {}
        self.body("reg", properties, {}, lambda defaults: registers.append(self.register(defaults)))
        self.mark(";")
        return Block(name, registers, properties)

    def declaration(self):
        """Of a property of one's own, which is taken wherever it is assigned."""
        self.next += 1
        self.take("word", "a name")
        self.mark("{")
        while self.peek() != "}":
            self.assignment({})
        self.mark("}")
        self.mark(";")

    def body(self, component: str, properties: Dict[str, Any], outer: Dict[str, Any], read):
        """What is between braces: components, defaults for them, and properties."""
        defaults = dict(outer)
        self.mark("{")
        while self.peek() != "}":
            if self.peek() == component:
                self.next += 1
                read(defaults)
            elif self.peek() == "default":
                self.next += 1
                self.assignment(defaults)
            else:
                self.assignment(properties)
        self.mark("}")

    def register(self, defaults: Dict[str, Any]) -> Register:
        properties = dict(defaults)
        fields: List[Field] = []
        self.body("field", properties, defaults, lambda inner: fields.append(self.field(inner)))
        name = self.take("word", "a name")
        self.mark("@")
        offset = self.number()
        self.mark(";")
        return Register(name, offset, fields, properties)

    def field(self, defaults: Dict[str, Any]) -> Field:
        properties = dict(defaults)
        self.mark("{")
        while self.peek() != "}":
            self.assignment(properties)
        self.mark("}")
        name = self.take("word", "a name")
        self.mark("[")
        high = self.number()
        self.mark(":")
        low = self.number()
        self.mark("]")
        reset = None
        if self.peek() == "=":
            self.mark("=")
            reset = self.number()
        self.mark(";")
        return Field(name, high, low, reset, properties)


def check(block: Block, path: str):
    """Registers follow one another without overlap, fields too, and resets fit."""
    end = 0
    for register in block.registers:
        if register.offset % 4 or register.offset < end:
            raise RdlError(f"{path}: {register.name}: is at {register.offset:#x}, expected a multiple of 4 from {end:#x} on")
        end = register.offset + 4
        bit = 0
        for field in register.fields:
            if field.low < bit or field.high < field.low or field.high > 31:
                raise RdlError(f"{path}: {register.name}.{field.name}: is [{field.high}:{field.low}], expected bits from {bit} to 31")
            if field.reset is not None and field.reset >> field.width:
                raise RdlError(f"{path}: {register.name}.{field.name}: is reset to {field.reset}, expected {field.width} bits")
            bit = field.high + 1


def read(path: str) -> Block:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    parser = Parser(text, path)
    block = parser.block()
    if parser.next != len(parser.tokens):
        parser.fail("the end")
    check(block, path)
    return block
