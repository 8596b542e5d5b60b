"""The command line as tests use it: one call, and what it said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from stackaudit.__main__ import main


class Said(NamedTuple):
    """What one run of the command line came to."""

    code: int
    out: str
    err: str


Tool = Callable[..., Said]


@pytest.fixture
def tool(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Tool:
    """Run one command line in an empty folder, in this process."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in arguments])
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write an inventory into the folder the tool runs in."""

    def to(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return to
