"""What goes wrong on a command line, as one exception with its exit code."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final

DONE: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
INVALID: Final = 3
FAILED: Final = 4
INTERRUPTED: Final = 130


class CommandError(Exception):
    """A command that cannot go on: what is wrong, what to do about it, and the exit code."""

    def __init__(self, message: str, hint: str = "", code: int = USAGE) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean 'x'?`` for the known word closest to ``word``, or an empty text."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""
