"""Where an audit writes: from ``-o`` and ``--format`` to files, checked before any work is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stackaudit.cli.errors import CommandError, nearest

if TYPE_CHECKING:
    from stackaudit.cli.dressing import Look
    from stackaudit.compare import Comparison
    from stackaudit.report.words import Words
    from stackaudit.result import AuditResult

FORMATS: Final = ("html", "json", "pdf")
"""What an audit can write."""

USUAL: Final = ("html", "json")
"""What it writes when nobody says; a PDF needs a program that may not be there."""

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


def named(stem: str, name: str, audience: str | None) -> str:
    """Return the name of a file of one format; the data are the same for every audience."""
    return f"{stem}-{audience}.{name}" if audience and name != "json" else f"{stem}.{name}"


class Audience(StrEnum):
    """Readers a report has a view for."""

    cmo = "cmo"
    ops = "ops"
    finance = "finance"
    privacy = "privacy"


def plan(
    source: Path, output: Path | None, formats: list[str] | None, audience: str | None = None
) -> Outputs:
    """Return which files an audit of ``source`` writes.

    Without ``-o``: ``reports/NAME.html`` and ``reports/NAME.json``. With a folder, the same names
    in it; with a file, that file and the other formats beside it; with ``-``, one format printed.
    A view for an audience is ``NAME-AUDIENCE.html``, unless its file is named; the data are all.

    Raises :class:`CommandError` when ``-o`` and ``--format`` contradict each other.
    """
    if output is not None and str(output) == "-":
        wanted = formats or ["json"]
        if len(wanted) > 1:
            raise CommandError("-o - prints one format", "add --format json, html or pdf")
        return Outputs({}, wanted[0])
    paper = ["pdf"] if output is not None and output.suffix.lower() == ".pdf" else []
    wanted = formats or [*USUAL, *paper]
    if output is None:
        return Outputs({n: DEFAULT_FOLDER / named(stem_of(source), n, audience) for n in wanted})
    suffix = output.suffix.lower().lstrip(".").replace("htm", "html").replace("htmll", "html")
    if output.is_dir() or (suffix not in FORMATS and not output.exists() and not suffix):
        return Outputs({n: output / named(stem_of(source), n, audience) for n in wanted})
    if suffix not in FORMATS:
        raise CommandError(
            f"cannot tell from {output} what to write",
            "end the name in .html, .json or .pdf, or name a folder",
        )
    if suffix not in wanted:
        raise CommandError(
            f"-o {output} and --format {','.join(wanted)} do not fit together",
            f"add {suffix} to --format, or name a .{wanted[0]} file",
        )
    return Outputs(
        {name: output if name == suffix else output.with_suffix(f".{name}") for name in wanted}
    )


def render(
    result: AuditResult,
    name: str,
    pdf_engine: str | None = None,
    *,
    paper: str | None = None,
    audience: Audience | None = None,
    words: Words | None = None,
    look: Look | None = None,
    since: Comparison | None = None,
) -> str | bytes:
    """Return the result in one format, looked over before anybody else sees it.

    `look` is for people only: data is the result itself, without an author's overrides.
    A PDF is on A4 unless `paper` says otherwise; a page is printed on what the printer holds.

    Raises :class:`CommandError`: 4 when a rendering is not whole, 2 when a PDF cannot be made here.
    """
    if name == "json":
        return result.to_json()
    from stackaudit.report.html import render_html

    text = render_html(
        look.result if look else result,
        paper=paper or ("a4" if name == "pdf" else None),
        audience=audience.value if audience else None,
        words=words,
        brand=look.brand if look else None,
        voice=look.voice if look else None,
        since=since,
    )
    if look:
        look.check(text)
    if not text.startswith("<!") or not text.rstrip().endswith("</html>"):
        raise CommandError("the report is not whole; nothing was written", code=4)
    if name == "html":
        return text
    from stackaudit.report.pdf import PdfError, render_pdf

    try:
        return render_pdf(text, result.as_of, pdf_engine)
    except PdfError as error:
        raise CommandError(str(error), error.hint) from error


class PaperSize(StrEnum):
    """Sizes of paper."""

    a4 = "a4"
    letter = "letter"


class PdfEngine(StrEnum):
    """What can make a PDF."""

    chromium = "chromium"
    weasyprint = "weasyprint"


def ready(formats: Iterable[str | None], engine: PdfEngine | None) -> str | None:
    """Return the PDF engine's name after seeing, before any work, that a PDF can be made.

    Raises :class:`CommandError` when one is wanted and no engine is installed.
    """
    if "pdf" not in formats:
        return None
    from stackaudit.report.pdf import PdfError, find_engine

    try:
        return find_engine(engine.value if engine else None)[0]
    except PdfError as error:
        raise CommandError(str(error), error.hint) from error
