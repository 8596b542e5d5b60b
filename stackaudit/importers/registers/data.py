"""YAML and JSON of other programs, read as plain data with line numbers, within limits.

The reader of inventories (:mod:`stackaudit.source`) refuses anchors, merge keys and tags; registers
of others use them. Here they are read: an alias is the value it names, a merge key
(``<<``, https://yaml.org/type/merge.html) fills what is not written, a tag is passed over, so that
no object is ever made from one. What can be read before a fault is kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Final

from stackaudit.importers.model import ImportFailure, SourceFile

DEPTH: Final = 60
VALUES: Final = 400_000
"""Values of one file, those behind aliases counted each time: ten references of ten references …
to one list are small in the file and large in memory."""
_NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))


class Record(dict[str, Any]):
    """A mapping that knows the line it starts at; 0 where the format has no lines (JSON)."""

    line: int = 0


@dataclass(slots=True)
class Documents:
    """The documents of a file, and why not all of it could be read."""

    each: list[Any] = field(default_factory=list)
    fault: str = ""


def read_data(file: SourceFile) -> Documents:
    """Return the documents of a YAML or JSON file.

    Values are texts, lists, :class:`Record` and None; booleans and numbers of JSON become texts.
    A fault after something could be read is in ``fault``.

    Raises :class:`ImportFailure` where nothing can be read, or a limit is passed.
    """
    text = file.text()
    if "\x00" in text[:4096]:
        raise ImportFailure(f"{file.name} is no text file", "export it as YAML or JSON")
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        try:
            return Documents([_plain(json.loads(text), [0], 0, file.name)])
        except RecursionError:
            raise _too_deep(file.name) from None
        except ValueError as error:
            whole = _whole_entries(text)  # of JSON that was cut off
            if whole:
                made = _plain(whole, [0], 0, file.name)
                return Documents([made], f"line {getattr(error, 'lineno', 1)}: it ends too early")
    return _Reader(file.name, text).read()


def _whole_entries(text: str) -> Any:
    """Return the entries of the first list of JSON that are whole, under the key it has."""
    start = text.find("[")
    made: list[Any] = []
    decoder = json.JSONDecoder()
    place = start + 1
    try:
        while start >= 0:
            while place < len(text) and text[place] in " \t\r\n,":
                place += 1
            value, place = decoder.raw_decode(text, place)
            made.append(value)
    except (ValueError, RecursionError):
        pass
    key = re.search(r'"(\w{1,40})"\s*:\s*\Z', text[max(0, start - 60) : start])
    entries = [m for m in made if isinstance(m, dict)]
    return ({key[1]: entries} if key else entries) if entries else None


def _plain(value: Any, count: list[int], depth: int, name: str) -> Any:
    count[0] += 1
    if count[0] > VALUES:
        raise _too_many(name)
    if depth > DEPTH:
        raise _too_deep(name)
    if isinstance(value, dict):
        return Record({str(k): _plain(v, count, depth + 1, name) for k, v in value.items()})
    if isinstance(value, list):
        return [_plain(v, count, depth + 1, name) for v in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None or isinstance(value, str) else str(value)


def _too_many(name: str) -> ImportFailure:
    return ImportFailure(
        f"{name} holds more than {VALUES:,} values", "split it, or export only the list of tools"
    )


def _too_deep(name: str) -> ImportFailure:
    return ImportFailure(
        f"{name} is nested more than {DEPTH} deep", "a register is a list of entries: is it one?"
    )


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is open."""

    value: Any
    anchor: str | None
    start: int
    """How many values there were before it."""
    key: str | None = None
    waiting: bool = False
    """A key was read and its value comes next."""
    merges: list[Any] = field(default_factory=list)


class _Reader:
    """Builds plain data from the events of the parser; events are never deeper than the limit."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.frames: list[_Frame] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.count = 0
        self.made = Documents()

    def read(self) -> Documents:
        import yaml

        loader = yaml.CSafeLoader(self.text.lstrip("\ufeff"))
        try:
            while loader.check_event():
                self._event(loader.get_event())
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = f"line {mark.line + 1}: " if mark else ""
            self._fault(f"{line}{error.problem or error.context or 'it is no YAML'}")
        except yaml.YAMLError:  # a character that may not stand in YAML
            self._fault("it holds a character that may not stand in a text file")
        finally:
            loader.dispose()
        return self.made

    def _fault(self, why: str) -> None:
        """Keep what was whole before the fault: entries of lists, not the one it stands in."""
        while self.frames:
            frame = self.frames.pop()
            if not self.frames:
                self.made.each.append(frame.value)
            elif isinstance(frame.value, list):
                self._put(frame.value, 0)
        if not any(self.made.each):
            raise ImportFailure(
                f"{self.name} cannot be read as YAML or JSON: {why}",
                "open it in an editor that marks YAML, and mend that line",
            )
        self.made.fault = why

    def _event(self, event: Any) -> None:
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self._count(1)
            null = event.implicit[0] and event.value in _NULLS
            value = None if null else event.value
            self._keep(event.anchor, value, 1)
            self._put(value, event.start_mark.line + 1)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            if len(self.frames) >= DEPTH:
                raise _too_deep(self.name)
            value = Record() if kind[0] == "M" else []
            if isinstance(value, Record):
                value.line = event.start_mark.line + 1
            self.frames.append(_Frame(value, event.anchor, self.count))
            self._count(1)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            frame = self.frames.pop()
            for other in frame.merges:
                for key, value in other.items():
                    frame.value.setdefault(key, value)
            self._keep(frame.anchor, frame.value, self.count - frame.start)
            if self.frames:
                self._put(frame.value, 0)
            else:
                self.made.each.append(frame.value)
        elif kind == "AliasEvent":
            value, size = self.anchors.get(event.anchor, (None, 1))
            self._count(size)
            self._put(value, 0)

    def _count(self, size: int) -> None:
        self.count += size
        if self.count > VALUES:
            raise _too_many(self.name)

    def _keep(self, anchor: str | None, value: Any, size: int) -> None:
        if anchor:
            self.anchors[anchor] = (value, size)

    def _put(self, value: Any, line: int) -> None:
        if not self.frames:
            if line:
                self.made.each.append(value)  # a document that is one text
            return
        frame = self.frames[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
        elif not frame.waiting:
            frame.key = value if isinstance(value, str) else None
            frame.waiting = True
        else:
            frame.waiting = False
            if frame.key == "<<":
                others = value if isinstance(value, list) else [value]
                frame.merges += [o for o in others if isinstance(o, Record)]
            elif frame.key is not None:
                frame.value[frame.key] = value
