"""``stackaudit compare``: what changed from one audit to the next, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from stackaudit.cli.errors import DONE, INVALID, CommandError
from stackaudit.cli.outputs import PaperSize, PdfEngine
from stackaudit.cli.terminal import BOLD, DIM, link, paint, pour, say, wrapped
from stackaudit.source.problems import visible

if TYPE_CHECKING:
    from stackaudit.branding.model import Brand
    from stackaudit.compare.model import Change, Comparison, Measure, State
    from stackaudit.report.words import Words
    from stackaudit.result import AuditResult

TITLES: Final[dict[State, str]] = {
    "new": "New",
    "reclassified": "Reclassified",
    "not-judged": "No longer judged: neither there nor resolved",
    "resolved": "Resolved",
    "accepted": "Accepted",
    "open": "Open as before",
}

SHOWN: Final = 12
"""Facts of one finding that are written out; the JSON has all."""


class Form(StrEnum):
    """How to write the comparison."""

    text = "text"
    md = "md"
    json = "json"
    html = "html"
    pdf = "pdf"


def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The JSON file of the earlier audit.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The JSON file of the later audit.")],
    form: Annotated[
        Form | None,
        typer.Option(
            "--format",
            metavar="text|md|json|html|pdf",
            help="For the terminal, as Markdown, for programs, or as a page with pictures. "
            "Default: by the ending of FILE, else text.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write. Default: print it."),
    ] = None,
    pdf_engine: Annotated[
        PdfEngine | None,
        typer.Option("--pdf-engine", metavar="ENGINE", help="As for audit."),
    ] = None,
    paper: Annotated[
        PaperSize | None,
        typer.Option("--paper", metavar="SIZE", help="As for audit."),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="LANGUAGE", help="Language of the page, as for audit."),
    ] = None,
    locale: Annotated[
        str | None,
        typer.Option("--locale", metavar="LOCALE", help="As for audit."),
    ] = None,
    brand: Annotated[
        Path | None,
        typer.Option("--brand", metavar="FILE", help="Look of the page, as for audit."),
    ] = None,
) -> int:
    """Say what changed from one audit to the next, and why."""
    from stackaudit.cli.dressing import read_dressing
    from stackaudit.cli.languages import spoken
    from stackaudit.cli.outputs import ready
    from stackaudit.cli.reading import read_result
    from stackaudit.compare import NotComparableError
    from stackaudit.compare import compare as compare_results

    if output is not None and str(output) == "-":
        output = None
    form = form or _form_of(output)
    engine = ready([form.value], pdf_engine)
    words = spoken(language, locale)
    house = read_dressing(brand, None, quiet=False).brand
    results = read_result(old), read_result(new)
    try:
        comparison = compare_results(*results)
    except NotComparableError as error:
        raise CommandError(
            f"{old} and {new} cannot be compared: {error}", error.hint, INVALID
        ) from None
    if output is None and form is Form.text:
        for line in _text(comparison):
            say(line)
        return DONE
    text: str | bytes
    if form in (Form.html, Form.pdf):
        text = _page(results, comparison, words, paper, engine, house)
    else:
        text = {
            Form.text: lambda: "\n".join(_plain(_text(comparison))) + "\n",
            Form.md: lambda: as_markdown(comparison),
            Form.json: comparison.to_json,
        }[form]()
    if output is None:
        pour(text)
        return DONE
    from stackaudit.writing import WritingError, write_together

    try:
        write_together({output: text}, [old, new])
    except WritingError as error:
        raise CommandError(str(error), "choose another place with -o") from error
    say(f"{comparison.headline} {link(output)}")
    return DONE


def _form_of(output: Path | None) -> Form:
    suffix = output.suffix.lower() if output is not None else ""
    known = {".json": Form.json, ".md": Form.md, ".html": Form.html, ".htm": Form.html}
    return (known | {".pdf": Form.pdf}).get(suffix, Form.text)


def _page(
    results: tuple[AuditResult, AuditResult],
    comparison: Comparison,
    words: Words | None,
    paper: PaperSize | None,
    engine: str | None,
    brand: Brand | None = None,
) -> str | bytes:
    """Return the comparison as a page, or as a PDF where an engine for one is named."""
    from stackaudit.report.compared import render_comparison

    size = paper.value if paper else ("a4" if engine else None)
    text = render_comparison(*results, comparison=comparison, words=words, paper=size, brand=brand)
    if engine is None:
        return text
    from stackaudit.report.pdf import PdfError, render_pdf

    try:
        return render_pdf(text, comparison.new_day, engine)
    except PdfError as error:
        raise CommandError(str(error), error.hint) from error


def _plain(lines: Iterator[str]) -> Iterator[str]:
    return (re.sub("\x1b\\[[0-9;]*m", "", line) for line in lines)


def _text(comparison: Comparison) -> Iterator[str]:
    """Yield the comparison as lines for a terminal."""
    yield paint(visible(comparison.company), BOLD)
    yield _days(comparison)
    yield ""
    yield wrapped(comparison.headline)
    if comparison.rules:
        yield ""
        yield paint("Rules that differ", BOLD)
        for rule in comparison.rules:
            yield wrapped(rule, "  - ")
    rows = [row(measure, comparison.currency) for measure in comparison.measures]
    yield ""
    yield paint("The numbers", BOLD)
    widest = max(len(label) for label, *_ in rows)
    for label, before, after, note in rows:
        same = before == after
        shown = before if same else f"{before} -> {after}"
        line = f"  {label:<{widest}}  {shown}{f'  ({note})' if note else ''}"
        yield paint(line, DIM) if same else line
    for state, title in TITLES.items():
        changes = comparison.of(state)
        if not changes:
            continue
        yield ""
        yield paint(f"{title} ({len(changes)})", BOLD)
        for change in changes:
            if state == "open":
                yield wrapped(change.sentence, f"  {graveness(change)}: ", "    ")
                continue
            yield wrapped(change.sentence, f"  {graveness(change)}: ", "    ")
            for line in explained(change):
                yield paint(wrapped(line, "      "), DIM)
            yield paint(f"      {visible(change.id)}", DIM)


def graveness(change: Change) -> str:
    """Return a finding's severity in a word, ``possible`` in front where it is only that."""
    severity = change.severity or change.was_severity or "info"
    confidence = change.confidence or change.was_confidence
    return f"possible {severity}" if confidence == "possible" else severity


def explained(change: Change) -> list[str]:
    """Return why a finding changed, a line a reason."""
    lines = []
    if change.differs:
        lines.append(f"{'; '.join(change.differs)}.")
    if change.note:
        lines.append(change.note)
    if change.reason == "rule changed":
        lines.append(f"Rule changed: {'; '.join(change.rules)}.")
    if change.facts:
        facts = [fact.text for fact in change.facts[:SHOWN]]
        rest = len(change.facts) - SHOWN
        more = f"; and {rest} more" if rest > 0 else ""
        label = "Fact changed" if change.reason == "fact changed" else "Facts that changed too"
        lines.append(f"{label}: {'; '.join(facts)}{more}.")
    elif change.reason == "time passed":
        lines.append("Time passed: no fact about it differs, the day does.")
    elif change.reason == "not explained":
        lines.append("Not explained: neither a fact about it nor a rule differs.")
    return lines


def row(measure: Measure, currency: str | None) -> tuple[str, str, str, str]:
    """Return a number as label, before, after, and why the two are not to be compared."""
    before = _number(measure, currency, measure.before, measure.before_high, measure.before_of)
    after = _number(measure, currency, measure.after, measure.after_high, measure.after_of)
    note = "" if measure.comparable else f"not to be compared: {measure.why_not}"
    return measure.label, before, after, note


def _number(
    measure: Measure,
    currency: str | None,
    low: float | None,
    high: float | None,
    of: int | None,
) -> str:
    if low is None:
        return "not known"
    text = f"{low:,.0f}"
    if high is not None and round(high) != round(low):
        text += f"–{high:,.0f}"
    if measure.unit == "percent":
        return f"{text}%"
    if measure.unit == "money":
        text = f"{currency or ''} {text}".strip()
        return text if of is None else f"{text} (known for {of} tools)"
    return text if of is None else f"{text} of {of}"


def _days(comparison: Comparison) -> str:
    old, new = comparison.old_day.isoformat(), comparison.new_day.isoformat()
    same = "; the inventory is the same" if comparison.same_inventory else ""
    return f"From {old} to {new}{same}"


_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")


def _md(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(visible(text).split()))


def as_markdown(comparison: Comparison) -> str:
    """Return the comparison as Markdown; strangers' text in it is never markup."""
    lines = [
        f"# {_md(comparison.company)}: what changed",
        "",
        f"{_days(comparison)}.",
        "",
        _md(comparison.headline),
    ]
    if comparison.rules:
        lines += ["", "## Rules that differ", "", *(f"- {_md(rule)}" for rule in comparison.rules)]
    lines += ["", "## The numbers", "", "| | before | after | |", "|---|--:|--:|---|"]
    for measure in comparison.measures:
        cells = (_md(cell) for cell in row(measure, comparison.currency))
        lines.append(f"| {' | '.join(cells)} |")
    for state, title in TITLES.items():
        changes = comparison.of(state)
        if not changes:
            continue
        lines += ["", f"## {title} ({len(changes)})", ""]
        for change in changes:
            lines.append(f"- **{graveness(change)}** {_md(change.sentence)}")
            if state != "open":
                lines += [f"  - {_md(line)}" for line in explained(change)]
    return "\n".join(lines) + "\n"
