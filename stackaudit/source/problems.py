"""Problems of a file, each with its place, a stable code, what is wrong and what to do.

A reader collects problems and goes on; only :class:`InputError` ever leaves it, carrying all of
them in the order of the files. The codes stand in :mod:`stackaudit.source.codes`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Level = Literal["error", "warning"]

_EXCERPT_WIDTH = 100


class Mark(NamedTuple):
    """A place in a file: its name as given by the user, line and column counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input, said to the person who must mend it."""

    code: str
    """Stable code, ``E…`` for errors and ``W…`` for warnings; listed in docs/errors.md."""
    message: str
    mark: Mark
    hint: str = ""
    source_line: str = ""
    """The line as written (secrets masked), for the excerpt under the message."""
    also: tuple[Mark, ...] = field(default=())
    """Other places that belong to it: the first of two duplicates, the other end of a clash."""

    @property
    def level(self) -> Level:
        """Return ``"warning"`` for ``W`` codes, ``"error"`` for all others."""
        return "warning" if self.code.startswith("W") else "error"

    def __str__(self) -> str:
        return visible(f"{self.mark}: {self.level}[{self.code}]: {self.message}")

    def render(self) -> str:
        """Return the problem for a terminal: place, message, source line with a caret, hint.

        Control and direction-changing characters are shown by their code point, so that a hostile
        file cannot move the cursor or reorder the text.
        """
        lines = [str(self)]
        if self.source_line.strip():
            number = str(self.mark.line)
            line, offset = self.source_line, max(0, self.mark.column - 1)
            start = max(0, offset - _EXCERPT_WIDTH + 20) if len(line) > _EXCERPT_WIDTH else 0
            before, after = line[start:offset], line[offset : start + _EXCERPT_WIDTH]
            lead = "…" if start else ""
            tail = "…" if start + _EXCERPT_WIDTH < len(line) else ""
            shown = lead + visible(before)
            lines.append(f"  {number} | {shown}{visible(after)}{tail}".rstrip())
            lines.append(f"  {' ' * len(number)} | {' ' * _columns(shown)}^")
        if self.hint:
            lines.append(f"  hint: {visible(self.hint)}")
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """Return the problem as plain data: the form of ``--format json``."""
        return {
            "file": self.mark.file,
            "line": self.mark.line,
            "column": self.mark.column,
            "level": self.level,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "also": [{"file": m.file, "line": m.line, "column": m.column} for m in self.also],
        }


def visible(text: str) -> str:
    """Return the text with control, format and lone-surrogate characters shown as ``<U+202E>``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " "
        if c == "\t"
        else f"<U+{ord(c):04X}>"
        if unicodedata.category(c) in ("Cc", "Cf", "Cn", "Cs", "Zl", "Zp")
        else c
        for c in text
    )


def _columns(text: str) -> int:
    """Return how many terminal columns a text takes (wide letters two, combining marks none)."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def in_file_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems sorted by file, line, column and code, without exact repeats."""
    seen: dict[tuple[Mark, str, str], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.mark, problem.code, problem.message), problem)
    return [seen[key] for key in sorted(seen)]


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any of the problems is an error and not merely a warning."""
    return any(problem.level == "error" for problem in problems)


class InputError(Exception):
    """An input that cannot be used; carries every problem found, warnings included.

    ``InputError`` is the only exception that reading an inventory or a catalogue file raises.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_file_order(problems)
        errors = sum(1 for p in self.problems if p.level == "error")
        super().__init__(f"{errors} error{'' if errors == 1 else 's'} in the input")
