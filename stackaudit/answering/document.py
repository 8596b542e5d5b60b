"""One YAML file that is edited in place: everything that is not changed keeps its bytes.

Positions come from the parser's marks; edits are collected and made at once, from the end to the
beginning, so that no edit moves the place of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from stackaudit.answering.sheet import Answer
from stackaudit.interview import quoted
from stackaudit.resolve import Resolved
from stackaudit.source.problems import InputError, Mark, Problem
from stackaudit.source.text import DEFAULT_LIMITS, decode
from stackaudit.source.tree import Map
from stackaudit.source.words import make_id

Node = yaml.Node
Pair = tuple[yaml.ScalarNode, yaml.Node]


ON_THE_LINE: Final = 1_000_000
"""Deeper than any new line: what goes on a line goes in front of the lines below it."""


@dataclass(frozen=True)
class Edit:
    """Text put in place of what stands between two positions."""

    start: int
    end: int
    text: str
    answer: Answer | None = None
    depth: int = ON_THE_LINE
    """Its indent: where several texts are put in one place, the deepest goes first."""


class Document:
    """The text of a file, what stands where in it, and the edits to be made."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.byte_mark = ""
        """The byte order mark the file starts with, if it does."""
        self.edits: list[Edit] = []
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
        self.root: yaml.MappingNode | None = root if isinstance(root, yaml.MappingNode) else None

    # ---------------------------------------------------------------- looking

    def pair(self, mapping: yaml.MappingNode, key: str) -> Pair | None:
        """Return key and value of a mapping, the key compared as ids are."""
        for k, v in mapping.value:
            if k.value == key:
                return k, v
        return next(((k, v) for k, v in mapping.value if make_id(k.value) == make_id(key)), None)

    def section(self, key: str) -> yaml.Node | None:
        """Return the value of a top-level key."""
        found = self.pair(self.root, key) if self.root is not None else None
        return found[1] if found is not None else None

    def items(self, key: str) -> yaml.SequenceNode | None:
        """Return a section that is a list."""
        found = self.section(key)
        return found if isinstance(found, yaml.SequenceNode) else None

    def end(self, node: yaml.Node) -> int:
        """Return where what was written of a node really ends, without comments after it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            key, value = last if isinstance(last, tuple) else (last, last)
            return max(self.end(key), self.end(value))
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return start + len(self.text[start:end].rstrip())
        return end

    def raw(self, node: yaml.Node) -> str:
        """Return a node as it was written."""
        return self.text[int(node.start_mark.index) : self.end(node)]

    def empty(self, node: yaml.Node) -> bool:
        """Return whether nothing is said: no value, ``~`` or ``null``."""
        plain = isinstance(node, yaml.ScalarNode) and not node.style
        return plain and node.value in ("", "~", "null", "Null", "NULL")

    # ---------------------------------------------------------------- changing

    def replace(self, node: yaml.Node, text: str, answer: Answer | None) -> None:
        """Put a text in place of a node; after a bare colon it gets its space."""
        start, end = int(node.start_mark.index), self.end(node)
        if start == end:
            before = self.text[:start].rstrip()
            colon = before.endswith(":")
            start = end = len(before) if colon else start
            text = f" {text}" if colon else f": {text}"
        self.edits.append(Edit(start, end, text, answer))

    def insert(self, at: int, text: str, answer: Answer | None) -> None:
        """Put a text at a position."""
        self.edits.append(Edit(at, at, text, answer))

    def drop_colon(self, node: yaml.Node) -> None:
        """Take away the colon in front of a value that is not there."""
        at = self.text.rfind(":", 0, int(node.start_mark.index) + 1)
        self.edits.append(Edit(at, self.end(node), ""))

    def add_key(
        self, mapping: yaml.MappingNode, key: str, value: str, answer: Answer | None
    ) -> None:
        """Add a key at the end of a mapping, in its own style."""
        if mapping.flow_style:
            if mapping.value:
                at = max(self.end(n) for n in mapping.value[-1])
                self.edits.append(Edit(at, at, f", {quoted(key)}: {value}", answer))
            else:
                at = int(mapping.start_mark.index) + 1
                first = not any(e.start == at for e in self.edits)
                text = f"{quoted(key)}: {value}"
                self.edits.append(Edit(at, at, text if first else f", {text}", answer))
            return
        self.add_line(
            self.end(mapping), mapping.start_mark.column, f"{quoted(key)}: {value}", answer
        )

    def add_line(self, after: int, indent: int, text: str, answer: Answer | None) -> None:
        """Add a line below the one that a position is in."""
        at = self.text.find("\n", after)
        lead = " " * indent
        if at < 0:
            at = len(self.text)
            line = f"{self.newline}{lead}{text}"
        else:
            at -= self.text[at - 1 : at] == "\r"
            line = f"{self.newline}{lead}{text}"
        self.edits.append(Edit(at, at, line, answer, indent))

    def add_item(self, items: yaml.SequenceNode, text: str, answer: Answer | None) -> None:
        """Add an entry at the end of a list, in its own style."""
        if not items.flow_style:
            column = items.start_mark.column
            self.add_line(self.end(items), column, f"- {text}", answer)
        elif items.value:
            at = self.end(items.value[-1])
            self.edits.append(Edit(at, at, f", {text}", answer))
        else:
            at = int(items.start_mark.index) + 1
            first = not any(e.start == at for e in self.edits)
            self.edits.append(Edit(at, at, text if first else f", {text}", answer))

    def add_section(self, text: str, answer: Answer | None) -> None:
        """Add lines at the end of the file."""
        assert self.root is not None
        if self.root.flow_style:
            key, _, value = text.partition(": ")
            self.add_key(self.root, key, value, answer)
            return
        self.add_line(self.end(self.root), 0, text, answer)

    def result(self) -> tuple[str, list[tuple[int, int, Answer]]]:
        """Return the new text, and which answer stands where in it."""
        order = sorted(
            enumerate(self.edits), key=lambda pair: (pair[1].start, -pair[1].depth, pair[0])
        )
        parts: list[str] = []
        spans: list[tuple[int, int, Answer]] = []
        done = length = 0
        for _, edit in order:
            before = self.text[done : edit.start]
            parts += [before, edit.text]
            length += len(before)
            if edit.answer is not None:
                spans.append((length, length + len(edit.text), edit.answer))
            length += len(edit.text)
            done = max(done, edit.end)
        parts.append(self.text[done:])
        return "".join(parts), spans


def file_of(path: Path, name: str) -> Path:
    """Return the file of a name in an inventory, which is a folder or that one file."""
    return path / name if path.is_dir() else path


def read_documents(there: Resolved, path: Path) -> dict[str, Document]:
    """Return the files of an inventory, by name, to be edited in place.

    Raises :class:`~stackaudit.source.problems.InputError` for a file that cannot be edited.
    """
    found = {}
    for file in there.files:
        data = file_of(path, file.name).read_bytes()
        text, problems = decode(data, file.name, DEFAULT_LIMITS)
        if text is None:
            raise InputError(problems)
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            hint = "save it as UTF-8 first"
            raise InputError([Problem("E223", "this file is UTF-16", Mark(file.name, 1, 1), hint)])
        document = Document(file.name, text)
        document.byte_mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
        found[file.name] = document
    return found


def same(value: Any, node: yaml.Node) -> bool:
    """Return whether an answer says what stands there already."""
    return agree(value, _of(node))


def agree(one: Any, other: Any) -> bool:
    """Return whether two values say the same: case, order and the form of numbers aside."""
    return bool(_plain(one) == _plain(other))


def _of(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {k.value: _of(v) for k, v in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_of(n) for n in node.value]
    return node.value


_SAME = {"true": "yes", "false": "no"}


def _plain(value: Any) -> Any:
    """Return a value without what makes no difference: case, spaces, the order of a list."""
    if isinstance(value, dict | Map):
        return {make_id(str(k)): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        each = [_plain(v) for v in value]
        return each[0] if len(each) == 1 else sorted(each, key=repr)
    word = make_id(str(value)) or str(value)
    number = str(value).replace(",", "").strip()
    if number.replace(".", "", 1).isdigit():
        return float(number)
    return _SAME.get(word, word)
