"""Showing a file in the browser."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path

from stackaudit.cli.terminal import say


def open_file(path: Path) -> None:
    """Open a file in the default browser, or say that there is none."""
    if not webbrowser.open(path.resolve().as_uri()):
        say(f"No browser could be opened; the report is {path}", sys.stderr)
