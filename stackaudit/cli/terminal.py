"""Words on a terminal: plain where the output is read by a program, coloured where by a person."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from pathlib import Path
from typing import Final, TextIO

from stackaudit.source.problems import visible

BOLD: Final = "1"
DIM: Final = "2"
RED: Final = "31"
YELLOW: Final = "33"
GREEN: Final = "32"
CYAN: Final = "36"

_STYLE = re.compile("\x1b\\[[0-9;]*m")


def coloured(stream: TextIO) -> bool:
    """Return whether to colour: only a terminal, never with ``NO_COLOR`` or a dumb terminal."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def paint(text: str, *styles: str, stream: TextIO | None = None) -> str:
    """Return text in the given styles when the stream (standard output) shows colours."""
    if not styles or not coloured(stream or sys.stdout):
        return text
    return f"\x1b[{';'.join(styles)}m{text}\x1b[0m"


def link(path: Path, stream: TextIO | None = None) -> str:
    """Return the path as a person would type it, clickable on a terminal that can."""
    shown = visible(str(path))
    if not coloured(stream or sys.stdout):
        return shown
    return f"\x1b]8;;{path.resolve().as_uri()}\x1b\\{shown}\x1b]8;;\x1b\\"


def width() -> int:
    """Return how many columns to fill: those of the terminal, at most 100."""
    return max(40, min(shutil.get_terminal_size((100, 24)).columns, 100))


def wrapped(text: str, first: str = "", rest: str | None = None) -> str:
    """Return text wrapped to the terminal, ``first`` in front of it and ``rest`` of other lines."""
    indent = " " * len(first) if rest is None else rest
    # A coloured label is wider in letters than on the screen.
    shown = _STYLE.sub("", first)
    filled = textwrap.fill(
        visible(text),
        width(),
        initial_indent=shown,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return first + filled[len(shown) :]


def say(text: str = "", stream: TextIO | None = None) -> None:
    """Print a line; letters the terminal cannot show are replaced, a closed pipe is no failure."""
    out = stream or sys.stdout
    try:
        try:
            print(text, file=out)
        except UnicodeEncodeError:
            encoding = out.encoding or "ascii"
            print(text.encode(encoding, "replace").decode(encoding), file=out)
    except BrokenPipeError:
        _let_go(out)


def pour(text: str | bytes) -> None:
    """Print for another program: UTF-8 and unchanged, whatever the terminal's own letters."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8") if isinstance(text, str) else text)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _let_go(sys.stdout)


def _let_go(out: TextIO) -> None:
    """Send the rest nowhere: the reader (``| head``) went away, which is no failure."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def complain(message: str, hint: str = "") -> None:
    """Print an error to standard error, with what to do about it."""
    label = paint("error:", BOLD, RED, stream=sys.stderr)
    say(f"{label} {visible(message)}", sys.stderr)
    if hint:
        say(f"  {paint('hint:', CYAN, stream=sys.stderr)} {visible(hint)}", sys.stderr)
