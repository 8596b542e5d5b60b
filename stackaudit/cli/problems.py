"""Problems of an input, on a terminal or as JSON."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final, TextIO

from stackaudit.cli.errors import INVALID, USAGE
from stackaudit.cli.terminal import BOLD, CYAN, RED, YELLOW, coloured, paint, say
from stackaudit.source.problems import Problem

FEW: Final = 5
"""Warnings an audit shows before it says how many more there are."""

UNREADABLE: Final = "E001"
"""The code of a file that is missing or that the system does not let us read."""

_HEAD = re.compile(r"(?P<place>.*?:\d+:\d+): (?P<label>(?:error|warning)\[\w+\]): ")


def counted(number: int, one: str, many: str = "") -> str:
    """Return ``1 problem`` or ``2 problems``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def show_problems(problems: Iterable[Problem], stream: TextIO | None = None) -> None:
    """Print every problem the way compilers do: place, what is wrong, the line, what to do."""
    out = stream or sys.stderr
    for problem in problems:
        text = problem.render()
        say(_coloured(text, problem.level, out) if coloured(out) else text, out)


def _coloured(text: str, level: str, out: TextIO) -> str:
    colour = RED if level == "error" else YELLOW
    first, *others = text.split("\n")
    found = _HEAD.match(first)
    if found:
        place = paint(found["place"], BOLD, stream=out)
        label = paint(found["label"], BOLD, colour, stream=out)
        first = f"{place}: {label}: {first[found.end() :]}"
    return "\n".join([first, *(_coloured_rest(line, colour, out) for line in others)])


def _coloured_rest(line: str, colour: str, out: TextIO) -> str:
    if line.startswith("  hint: "):
        return f"  {paint('hint:', CYAN, stream=out)} {line[8:]}"
    if line.rstrip().endswith("| ^") or line.strip(" |") == "^":
        return line[:-1] + paint("^", BOLD, colour, stream=out)
    return line


def exit_code_of(problems: Iterable[Problem]) -> int:
    """Return 3 for an invalid inventory, 2 when the only errors are files that cannot be read."""
    codes = {problem.code for problem in problems if problem.level == "error"}
    return USAGE if codes == {UNREADABLE} else INVALID


def closing(problems: Sequence[Problem]) -> str:
    """Return the last line of a failed read: ``3 problems; nothing was written``."""
    errors = sum(1 for problem in problems if problem.level == "error")
    warnings = len(problems) - errors
    tail = f" and {counted(warnings, 'warning')}" if warnings else ""
    return f"{counted(errors, 'problem')}{tail}; nothing was written"


def show_warnings(problems: Sequence[Problem], path: str) -> None:
    """Print the first few warnings of a valid inventory, and where to see the others."""
    for problem in problems[:FEW]:
        say(str(problem), sys.stderr)
    if len(problems) > FEW:
        more = counted(len(problems) - FEW, "more warning")
        say(f"{more}; see them with: stackaudit validate {path}", sys.stderr)


def as_json(data: Any) -> str:
    """Return data as JSON text people can read, with a final newline."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
