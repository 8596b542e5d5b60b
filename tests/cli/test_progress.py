"""The word on what is going on: for people at a terminal, and only on long work."""

from __future__ import annotations

import io
import sys
import time

import pytest

from stackaudit.cli import progress
from stackaudit.cli.progress import Progress


class Terminal(io.StringIO):
    """A terminal that remembers what it shows."""

    def isatty(self) -> bool:
        return True


def work(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, quiet: bool = False) -> str:
    """Do two stages of long work; returns what was shown on standard error."""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress(quiet) as shown:
        shown.stage("Reading [the] inventory")
        until = time.monotonic() + 5
        while "Reading [the] inventory" not in stream.getvalue() and time.monotonic() < until:
            if not stream.isatty() or quiet:
                break
            time.sleep(0.01)
        shown.stage("Drawing the report")
    return stream.getvalue()


def test_long_work_at_a_terminal_says_its_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Reading [the] inventory" in work(monkeypatch, Terminal())


def test_nothing_is_shown_to_a_program_or_when_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    assert work(monkeypatch, io.StringIO()) == ""
    assert work(monkeypatch, Terminal(), quiet=True) == ""


def test_short_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress() as shown:
        shown.stage("Reading the inventory")
    assert stream.getvalue() == ""
