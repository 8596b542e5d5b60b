"""Problems of a file, each with its place, a stable code, what is wrong and what to do.

A reader collects problems and goes on; only :class:`InputError` ever leaves it, carrying all of
them in the order of the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Level = Literal["error", "warning"]


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
    """Other places that belong to the problem: the first of two duplicates, the other end of a clash."""

    @property
    def level(self) -> Level:
        """Return ``"warning"`` for ``W`` codes, ``"error"`` for all others."""
        return "warning" if self.code.startswith("W") else "error"


def in_file_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems sorted by file, line, column and code, without exact repeats."""
    seen: dict[tuple[Mark, str, str], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.mark, problem.code, problem.message), problem)
    return [seen[key] for key in sorted(seen)]


class InputError(Exception):
    """An input that cannot be used; carries every problem found, warnings included.

    ``InputError`` is the only exception that reading an inventory or a catalogue file raises.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_file_order(problems)
        errors = sum(1 for p in self.problems if p.level == "error")
        super().__init__(f"{errors} error{'' if errors == 1 else 's'} in the input")
