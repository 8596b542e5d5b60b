"""Where an audit writes: from ``-o`` and ``--format`` to files, checked before any work is done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stackaudit.cli.errors import CommandError, nearest

if TYPE_CHECKING:
    from stackaudit.result import AuditResult

FORMATS: Final = ("html", "json")
"""What an audit can write."""

DEFAULT_FOLDER: Final = Path("reports")


@dataclass(frozen=True)
class Outputs:
    """The files of one run, by format; ``to_stdout`` names the one that is printed instead."""

    files: dict[str, Path]
    to_stdout: str | None = None


def read_formats(given: str | None) -> list[str] | None:
    """Return the formats named in ``html,json``, in a fixed order; None when not given.

    Raises :class:`CommandError` for an unknown one.
    """
    if given is None:
        return None
    named = [part.strip().lower() for part in given.split(",") if part.strip()]
    for name in named:
        if name not in FORMATS:
            known = f"known formats: {', '.join(FORMATS)}"
            raise CommandError(f"unknown format {name!r}", nearest(name, FORMATS) or known)
    if not named:
        raise CommandError("--format names no format", f"known formats: {', '.join(FORMATS)}")
    return [name for name in FORMATS if name in named]


def stem_of(source: Path) -> str:
    """Return the name reports of an inventory get: the file's or folder's own name."""
    whole = source.resolve()
    return (whole.name if whole.is_dir() else whole.stem) or "audit"


def plan(source: Path, output: Path | None, formats: list[str] | None) -> Outputs:
    """Return which files an audit of ``source`` writes.

    Without ``-o``: ``reports/NAME.html`` and ``reports/NAME.json``. With a folder, the same names
    in it; with a file, that file and the other formats beside it; with ``-``, one format printed.

    Raises :class:`CommandError` when ``-o`` and ``--format`` contradict each other.
    """
    if output is not None and str(output) == "-":
        wanted = formats or ["json"]
        if len(wanted) > 1:
            raise CommandError("-o - prints one format", "add --format json or --format html")
        return Outputs({}, wanted[0])
    wanted = formats or list(FORMATS)
    if output is None:
        return Outputs({name: DEFAULT_FOLDER / f"{stem_of(source)}.{name}" for name in wanted})
    suffix = output.suffix.lower().lstrip(".").replace("htm", "html").replace("htmll", "html")
    if output.is_dir() or (suffix not in FORMATS and not output.exists() and not suffix):
        return Outputs({name: output / f"{stem_of(source)}.{name}" for name in wanted})
    if suffix not in FORMATS:
        raise CommandError(
            f"cannot tell from {output} what to write",
            "end the name in .html or .json, or name a folder",
        )
    if suffix not in wanted:
        raise CommandError(
            f"-o {output} and --format {','.join(wanted)} do not fit together",
            f"add {suffix} to --format, or name a .{wanted[0]} file",
        )
    return Outputs(
        {name: output if name == suffix else output.with_suffix(f".{name}") for name in wanted}
    )


def render(result: AuditResult, name: str) -> str:
    """Return the result in one format, looked over before anybody else sees it.

    Raises :class:`CommandError` (4) when a rendering is not whole.
    """
    if name == "json":
        return result.to_json()
    from stackaudit.report.html import render_html

    text = render_html(result)
    if not text.startswith("<!") or not text.rstrip().endswith("</html>"):
        raise CommandError("the report is not whole; nothing was written", code=4)
    return text
