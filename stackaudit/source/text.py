"""The text of a file: bytes to characters, positions to lines, and what may not stand in it."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stackaudit.source.problems import Mark, Problem
from stackaudit.source.secrets import masked_line


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an input may be; past a limit reading stops with a problem that names it."""

    bytes: int = 200 * 1024 * 1024
    depth: int = 40
    nodes: int = 10_000_000
    """Texts count one, mappings and lists two (their start and their end)."""


DEFAULT_LIMITS: Final = Limits()


class Source:
    """The text of one file: turns character positions into lines, columns and excerpts."""

    __slots__ = ("_shown", "_starts", "broken", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._starts: list[int] | None = None
        self._shown: dict[int, str] = {}
        self.broken: set[int] = set()
        """Positions of mappings that lack something the reader refused, and has reported."""

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            starts, at = [0], 0
            for line in self.text.splitlines(keepends=True):
                at += len(line)
                starts.append(at)
            if len(starts) > 1 and not self.text.endswith(("\n", "\r")):
                starts.pop()
            self._starts = starts
        return self._starts

    def mark(self, index: int) -> Mark:
        """Return the place of a character."""
        starts = self._line_starts()
        line = bisect_right(starts, index)
        return Mark(self.name, line, index - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Return a line, counted from 1, with secrets masked."""
        starts = self._line_starts()

        def raw(n: int) -> str:
            end = starts[n] if n < len(starts) else len(self.text)
            return self.text[starts[n - 1] : end].rstrip("\r\n")

        if not 1 <= number <= len(starts):
            return ""
        if number not in self._shown:  # one line is the evidence of many findings
            before = raw(number - 1)[-200:] if number > 1 else ""
            self._shown[number] = masked_line(raw(number), before)
        return self._shown[number]

    def holds(self, pattern: re.Pattern[str]) -> bool:
        """Return whether a pattern is found anywhere in the text."""
        return pattern.search(self.text) is not None

    def line_at(self, mark: Mark) -> str:
        """Return the line of a place, with secrets masked."""
        return self.line(mark.line)

    def problem(
        self, code: str, index: int, message: str, hint: str = "", also: tuple[Mark, ...] = ()
    ) -> Problem:
        """Return a problem at a character of this text, with its source line."""
        mark = self.mark(index)
        return Problem(code, message, mark, hint, self.line_at(mark), also)


class Joined(Source):
    """Several files read as one: positions run on from file to file."""

    __slots__ = ("_bases", "_parts")

    def __init__(self, parts: Sequence[Source]) -> None:
        super().__init__(parts[0].name if parts else "", "")
        self._parts = list(parts)
        self._bases = [0]
        for part in parts:
            self._bases.append(self._bases[-1] + len(part.text) + 1)

    def base_of(self, source: Source) -> int:
        """Return what to add to a position of one of the files."""
        return next(
            base for base, part in zip(self._bases, self._parts, strict=False) if part is source
        )

    def _part(self, index: int) -> tuple[Source, int]:
        n = min(bisect_right(self._bases, index), len(self._parts)) - 1
        return self._parts[n], index - self._bases[n]

    def mark(self, index: int) -> Mark:
        """Return the place of a character of one of the files."""
        part, at = self._part(index)
        return part.mark(at)

    def holds(self, pattern: re.Pattern[str]) -> bool:
        """Return whether a pattern is found in any of the files."""
        return any(part.holds(pattern) for part in self._parts)

    def line_at(self, mark: Mark) -> str:
        """Return the line of a place in one of the files, with secrets masked."""
        return next((p.line(mark.line) for p in self._parts if p.name == mark.file), "")


def decode(data: bytes | str, name: str, limits: Limits) -> tuple[str | None, list[Problem]]:
    """Return the text of a file's bytes, without its mark, or the problem in the way."""
    start = Mark(name, 1, 1)
    if len(data) > limits.bytes:
        message = f"the file is larger than {limits.bytes:,} bytes"
        return None, [Problem("E002", message, start, "split it into several files in one folder")]
    if isinstance(data, str):
        return data.removeprefix("\ufeff"), []
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        good = data[: error.start].decode(encoding, "replace").removeprefix("\ufeff")
        source = Source(name, good + "\ufffd")
        hint = (
            "save the file as UTF-8 (in Excel: CSV UTF-8; in an editor: Save with encoding UTF-8)"
        )
        if b"\x00" in data[:200]:
            hint = (
                "this looks like UTF-16 without its mark, or not like a text file; save it as UTF-8"
            )
        what = "UTF-16" if encoding == "utf-16" else "UTF-8"
        return None, [source.problem("E003", len(good), f"the file is not {what} text here", hint)]


_ASCII_CONTROLS: Final = bytes(n for n in range(32) if n not in (9, 10, 13)) + b"\x7f"
_WIDE_CONTROLS: Final = re.compile("[\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def forbidden(text: str) -> int | None:
    """Return the position of the first character that no inventory may hold."""
    # Looking for control characters by deleting them is 20 times as fast as a regex.
    raw = text.encode("utf-8", "surrogatepass")
    found = []
    if len(raw.translate(None, _ASCII_CONTROLS)) != len(raw):
        found.append(
            next(n for n, c in enumerate(text) if (c < " " and c not in "\t\r\n") or c == "\x7f")
        )
    if len(raw) != len(text) and (match := _WIDE_CONTROLS.search(text)):
        found.append(match.start())
    return min(found, default=None)
