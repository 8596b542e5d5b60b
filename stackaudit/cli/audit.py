"""``stackaudit audit``: from an inventory to the report and its data."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.errors import DONE, FAILED, FINDINGS, CommandError, nearest
from stackaudit.cli.outputs import Audience, PaperSize, PdfEngine
from stackaudit.cli.progress import Progress
from stackaudit.cli.terminal import pour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stackaudit.cli.dressing import Look
    from stackaudit.compare import Comparison
    from stackaudit.report.words import Words
    from stackaudit.resolve import Resolved
    from stackaudit.result import AuditResult


class FailOn(StrEnum):
    """Severities, the gravest first."""

    high = "high"
    medium = "medium"
    low = "low"
    info = "info"


def audit(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="The inventory: a YAML file or a folder of them.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|DIR",
            help="Where to write: a file, a folder, or - to print one format. "
            "Default: reports/NAME.html and .json.",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="The day the facts describe, as 2026-11-01. Default: the inventory's, else today.",
        ),
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="LIST", help="What to write: html, json, pdf. Default: html,json."
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on",
            metavar="SEVERITY",
            help="Exit with 1 when a finding is as grave as this (high, medium, low, info) or "
            "graver. Accepted findings do not count.",
        ),
    ] = None,
    open_report: Annotated[
        bool, typer.Option("--open", help="Open the report in the browser.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    catalogue: Annotated[
        Path | None,
        typer.Option(
            "--catalogue",
            metavar="PATH",
            help="Your own products, capabilities and profiles. "
            "Default: those beside the inventory.",
        ),
    ] = None,
    check: Annotated[
        list[str] | None,
        typer.Option(
            "--check", metavar="ID", help="Run only this check; may be given several times."
        ),
    ] = None,
    redact: Annotated[
        str | None,
        typer.Option(
            "--redact",
            metavar="LIST",
            help="Leave out of all that is written: people, costs, vendors, or several of them.",
        ),
    ] = None,
    pdf_engine: Annotated[
        PdfEngine | None,
        typer.Option(
            "--pdf-engine",
            metavar="ENGINE",
            help="What makes the PDF: chromium or weasyprint. Default: the one that is installed.",
        ),
    ] = None,
    paper: Annotated[
        PaperSize | None,
        typer.Option(
            "--paper",
            metavar="SIZE",
            help="Size of the printed pages: a4 or letter. "
            "Default: a4 for the PDF, else that of the printer.",
        ),
    ] = None,
    audience: Annotated[
        Audience | None,
        typer.Option(
            "--audience",
            metavar="WHO",
            help="Draw the report for one reader: cmo, ops, finance or privacy.",
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            metavar="LANGUAGE",
            help="Language of the report: en, de, or a JSON file of words. Default: en.",
        ),
    ] = None,
    locale: Annotated[
        str | None,
        typer.Option(
            "--locale",
            metavar="LOCALE",
            help="How numbers, days and money are written, as en-US or de-CH. "
            "Default: as usual in the language.",
        ),
    ] = None,
    brand: Annotated[
        Path | None,
        typer.Option("--brand", metavar="FILE", help="Look of the report: name, logo, colours."),
    ] = None,
    comments: Annotated[
        Path | None,
        typer.Option("--comments", metavar="FILE", help="Your own words in the report."),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since",
            metavar="RESULT",
            help="The JSON file of the audit before: the report says what changed since.",
        ),
    ] = None,
) -> int:
    """Audit an inventory and write the report."""
    from stackaudit.cli.dressing import dressed, read_dressing
    from stackaudit.cli.languages import spoken
    from stackaudit.cli.outputs import plan, read_formats, ready
    from stackaudit.cli.redacting import read_redact, redacted
    from stackaudit.cli.since import read_since
    from stackaudit.cli.since import since as changes_since

    outputs = plan(path, output, read_formats(formats), audience)
    engine = ready([*outputs.files, outputs.to_stdout], pdf_engine)
    hidden = read_redact(redact)
    before = read_since(since, hidden)
    words = spoken(language, locale)
    dressing = read_dressing(brand, comments, quiet)
    day = read_day(as_of)
    with Progress(quiet) as progress:
        progress.stage("Reading the inventory")
        resolved = read(path, catalogue, quiet)
        progress.stage("Running the checks")
        result = judge(resolved, day, check)
        progress.stage("Drawing the report")
        shown = redacted(result, hidden)
        look = dressed(result, shown, dressing)
        changed = changes_since(before, result, since)
        files = deliver(
            shown,
            outputs.files,
            resolved,
            engine,
            paper=paper,
            audience=audience,
            words=words,
            look=look,
            since=changed,
        )
    if outputs.to_stdout:
        from stackaudit.cli.outputs import render

        kind = outputs.to_stdout
        text = render(
            shown,
            kind,
            engine,
            paper=paper,
            audience=audience,
            words=words,
            look=look,
            since=changed,
        )
        pour(text)
    elif not quiet:
        from stackaudit.cli.summary import show_files, show_summary

        show_summary(shown)
        show_files(files)
    if open_report and "html" in files:
        from stackaudit.cli.browser import open_file

        open_file(files["html"])
    return exit_code(result, fail_on)


def read_day(given: str | None) -> date | None:
    """Return the day given as ``--as-of``; raises :class:`CommandError` for what is no day."""
    if given is None:
        return None
    try:
        return date.fromisoformat(given) if len(given) == 10 else _no_day(given)
    except ValueError:
        return _no_day(given)


def _no_day(given: str) -> date:
    raise CommandError(f"--as-of {given} is not a date", "write year-month-day, as in 2026-11-01")


def read(path: Path, catalogue: Path | None, quiet: bool) -> Resolved:
    """Return the inventory, its warnings printed."""
    from stackaudit.cli.problems import show_warnings
    from stackaudit.cli.reading import read_inventory

    resolved = read_inventory(path, catalogue)
    if not quiet:
        show_warnings(resolved.problems, str(path))
    return resolved


def judge(resolved: Resolved, day: date | None, only: Sequence[str] | None = None) -> AuditResult:
    """Return the audit of an inventory on the day given, else stated in it, else today."""
    from stackaudit.audit import audit as run_audit
    from stackaudit.registry import installed

    known = sorted(entry.check.id for entry in installed().checks)
    for name in only or ():
        if name not in known:
            hint = nearest(name, known) or "stackaudit checks lists them"
            raise CommandError(f"there is no check {name!r}", hint)
    stated = resolved.inventory.company.as_of
    if day is not None:
        return run_audit(resolved, day, "option", only=only or None)
    if stated is not None:
        return run_audit(resolved, stated, "inventory", only=only or None)
    # The only look at the clock: a day has to come from somewhere, and the result says so.
    return run_audit(resolved, date.today(), "today", only=only or None)  # noqa: DTZ011 - the reader's own day


def deliver(
    result: AuditResult,
    files: dict[str, Path],
    resolved: Resolved,
    engine: str | None = None,
    *,
    paper: str | None = None,
    audience: Audience | None = None,
    words: Words | None = None,
    look: Look | None = None,
    since: Comparison | None = None,
) -> dict[str, Path]:
    """Render and write every output, all or none; returns the files."""
    from stackaudit.cli.outputs import render
    from stackaudit.writing import WritingError, write_together

    texts = {
        path: render(
            result,
            name,
            engine,
            paper=paper,
            audience=audience,
            words=words,
            look=look,
            since=since,
        )
        for name, path in files.items()
    }
    try:
        write_together(texts, resolved.paths)
    except WritingError as error:
        raise CommandError(
            str(error), "nothing was written; choose another place with -o"
        ) from error
    return files


def exit_code(result: AuditResult, fail_on: FailOn | None) -> int:
    """Return 4 when a check failed, 1 when a finding is as grave as ``fail_on``, else 0."""
    if any(check.status == "error" for check in result.checks):
        return FAILED
    if fail_on is None:
        return DONE
    grave = list(FailOn)[: list(FailOn).index(fail_on) + 1]
    counts = any(
        finding.severity in grave and (finding.accepted is None or finding.accepted.lapsed)
        for finding in result.findings
    )
    return FINDINGS if counts else DONE
