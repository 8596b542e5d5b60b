"""The graph of an inventory, for commands that ask it a question."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stackaudit.graph import Stack


def open_stack(path: Path, catalogue: Path | None = None, as_of: str | None = None) -> Stack:
    """Return the stack of an inventory on the day given, else stated in it, else today."""
    from stackaudit.cli.audit import read, read_day
    from stackaudit.graph import build_stack

    day = read_day(as_of)
    resolved = read(path, catalogue, quiet=True)
    # As in an audit: a day has to come from somewhere.
    day = day or resolved.inventory.company.as_of or date.today()  # noqa: DTZ011
    return build_stack(resolved, day)
