"""A word on what is going on while a long command works: for people at a terminal only."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from rich.status import Status

PATIENCE: Final = 0.6
"""Seconds of work before anything is shown; a small audit never gets there."""


class Progress:
    """Show the stage a command is in on standard error, once the work has lasted a while.

    Nothing is shown, and nothing imported, when standard error is no terminal or ``quiet`` is set.
    """

    def __init__(self, quiet: bool = False) -> None:
        self._stage = ""
        self._status: Status | None = None
        self._lock = threading.Lock()
        self._done = False
        self._timer: threading.Timer | None = None
        if not quiet and sys.stderr.isatty():
            self._timer = threading.Timer(PATIENCE, self._show)
            self._timer.daemon = True

    def __enter__(self) -> Self:
        if self._timer is not None:
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        with self._lock:
            self._done = True
            if self._status is not None:
                self._status.stop()

    def stage(self, text: str) -> None:
        """Say what the command is doing now."""
        with self._lock:
            self._stage = text
            if self._status is not None:
                self._status.update(_plain(text))

    def _show(self) -> None:
        from rich.console import Console
        from rich.status import Status

        with self._lock:
            if not self._done:
                self._status = Status(_plain(self._stage), console=Console(stderr=True))
                self._status.start()


def _plain(text: str) -> str:
    """Return text that rich shows as it is, brackets included."""
    from rich.markup import escape

    return escape(text)
