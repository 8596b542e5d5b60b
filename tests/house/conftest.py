"""The project's own files, as the tests about the project see them."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "stackaudit"
TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".cfg", ".csv", ".j2", ".html", ".css", ".js", ""}


@lru_cache
def _committed() -> tuple[Path, ...]:
    """Return every file git knows of or would take; without git, all but the obvious leftovers."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        found = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = [
            path
            for path in ROOT.rglob("*")
            if not any(part.startswith(".") or part == "__pycache__" for part in path.parts)
        ]
    return tuple(sorted(path for path in found if path.is_file()))


@pytest.fixture(scope="session")
def committed() -> tuple[Path, ...]:
    """Every file of the project."""
    return _committed()


@pytest.fixture(scope="session")
def texts(committed: tuple[Path, ...]) -> dict[str, str]:
    """The text of every file of the project that people write, by path from the top."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in committed
        if path.suffix in TEXT and path.parent != ROOT / "reports"
    }


GENERATED = {
    "stackaudit/report/compiled.py": "made by stackaudit.report.compile, compared with it in tests",
}
"""Modules that nobody writes, and why."""


@pytest.fixture(scope="session")
def modules(texts: dict[str, str]) -> dict[str, str]:
    """The text of every module of the package that somebody writes, by path."""
    return {
        name: text
        for name, text in texts.items()
        if name.startswith("stackaudit/") and name.endswith(".py") and name not in GENERATED
    }
