"""The part of HCL that machines write: blocks, attributes, lists, objects, strings, heredocs.

Segment's Git sync and Terraform's own exports use no more than this. The general parser on the
package index takes some ten seconds to build its grammar, which is too long for an export of twenty
small files. Syntax: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

DEPTH: Final = 60
"""Nested values deeper than this are not read; a tracking plan has about fifteen levels."""
_SPACE: Final = re.compile(r"(?:[ \t\r\n,;]+|#[^\n]*|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
_WORD: Final = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+|\[[^\]\n]*\])*")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_HEREDOC: Final = re.compile(r"<<(-?)([A-Za-z_]\w*)[^\n]*\n")
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_CONSTANTS: Final[dict[str, Any]] = {"true": True, "false": False, "null": None}


class HclProblem(Exception):  # noqa: N818 - it is no programming error
    """A text that is no HCL, with the line where reading stopped."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(f"{what}, line {line}")
        self.line = line


@dataclass(slots=True)
class Block:
    """A block: ``resource "segment_source" "id-1" { ... }``."""

    kind: str
    labels: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)


def blocks(text: str) -> list[Block]:
    """Return the blocks of a file. Raises :class:`HclProblem`."""
    reader = _Reader(text)
    body = reader.body(0, top=True)
    return body.blocks


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def body(self, depth: int, *, top: bool = False) -> Block:
        block = Block("", [])
        while True:
            self._space()
            if self.at >= len(self.text):
                if top:
                    return block
                raise self._problem("the file ends inside a block")
            if self.text[self.at] == "}" and not top:
                self.at += 1
                return block
            name = self._word("a name is expected")
            self._space()
            if self._here("="):
                block.values[name] = self._value(depth + 1)
            else:
                block.blocks.append(self._block(name, depth))

    def _block(self, kind: str, depth: int) -> Block:
        labels = []
        while not self._here("{"):
            if self.at < len(self.text) and self.text[self.at] == '"':
                labels.append(self._string())
            else:
                labels.append(self._word("a block is expected"))
            self._space()
        if depth > DEPTH:
            raise self._problem("blocks are nested too deeply")
        made = self.body(depth + 1)
        made.kind, made.labels = kind, labels
        return made

    def _value(self, depth: int) -> Any:
        self._space()
        if depth > DEPTH:
            raise self._problem("values are nested too deeply")
        if self.at >= len(self.text):
            raise self._problem("the file ends where a value is expected")
        char = self.text[self.at]
        if char == '"':
            return self._string()
        if char == "[":
            return self._list(depth)
        if char == "{":
            return self._object(depth)
        if char == "<" and (match := _HEREDOC.match(self.text, self.at)):
            return self._heredoc(match)
        if match := _NUMBER.match(self.text, self.at):
            self.at = match.end()
            number = match.group()
            return int(number) if number.lstrip("-").isdigit() else float(number)
        name = self._word("a value is expected")
        if self.at < len(self.text) and self.text[self.at] == "(":
            return self._call(name, depth)
        return _CONSTANTS.get(name, f"${{{name}}}")

    def _call(self, name: str, depth: int) -> Any:
        """Return what ``jsonencode`` was given; other functions have no value here."""
        self.at += 1
        given = []
        while not self._here(")"):
            given.append(self._value(depth + 1))
            self._space()
        return given[0] if name == "jsonencode" and len(given) == 1 else None

    def _list(self, depth: int) -> list[Any]:
        self.at += 1
        items = []
        self._space()
        while not self._here("]"):
            items.append(self._value(depth + 1))
            self._space()
        return items

    def _object(self, depth: int) -> dict[str, Any]:
        self.at += 1
        made: dict[str, Any] = {}
        self._space()
        while not self._here("}"):
            quoted = self.text[self.at : self.at + 1] == '"'
            key = self._string() if quoted else self._word("a key is expected")
            self._space()
            if not (self._here("=") or self._here(":")):
                raise self._problem("a value is expected")
            made[key] = self._value(depth + 1)
            self._space()
        return made

    def _string(self) -> str:
        text, at = self.text, self.at + 1
        parts: list[str] = []
        while at < len(text):
            char = text[at]
            if char == '"':
                self.at = at + 1
                return "".join(parts)
            if char == "\n":
                break
            if char == "\\" and at + 1 < len(text):
                given = text[at + 1]
                if given in "uU":
                    size = 4 if given == "u" else 8
                    digits = text[at + 2 : at + 2 + size]
                    try:
                        parts.append(chr(int(digits, 16)))
                    except (ValueError, OverflowError):
                        parts.append("\ufffd")
                    at += 2 + size
                    continue
                parts.append(_ESCAPES.get(given, given))
                at += 2
                continue
            if text.startswith(("${", "%{"), at) and text[at - 1] != char:
                end = self._template(at)
                parts.append(text[at:end])
                at = end
                continue
            parts.append(char)
            at += 1
        raise self._problem("a quoted text has no end")

    def _template(self, at: int) -> int:
        """Return where ``${ ... }`` ends, which may hold braces and quotes of its own."""
        depth, inside = 0, False
        for place in range(at, len(self.text)):
            char = self.text[place]
            if char == '"' and self.text[place - 1] != "\\":
                inside = not inside
            elif not inside and char in "{}":
                depth += 1 if char == "{" else -1
                if depth == 0:
                    return place + 1
        raise self._problem("a template has no end")

    def _heredoc(self, match: re.Match[str]) -> str:
        end = re.compile(rf"^[ \t]*{match.group(2)}[ \t]*\r?$", re.MULTILINE)
        found = end.search(self.text, match.end())
        if found is None:
            raise self._problem(f"the text {match.group()!r} has no end")
        self.at = found.end()
        return self.text[match.end() : found.start()]

    def _space(self) -> None:
        if match := _SPACE.match(self.text, self.at):
            self.at = match.end()

    def _here(self, sign: str) -> bool:
        self._space()
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        if self.at >= len(self.text):
            raise self._problem("the file ends too early")
        return False

    def _word(self, missing: str) -> str:
        match = _WORD.match(self.text, self.at)
        if match is None:
            raise self._problem(missing)
        self.at = match.end()
        return match.group()

    def _problem(self, what: str) -> HclProblem:
        return HclProblem(what, self.text.count("\n", 0, self.at) + 1)
