"""``stackaudit explain``: the page of a check, or a finding with everything it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.errors import DONE, CommandError, nearest
from stackaudit.cli.terminal import BOLD, DIM, paint, say, wrapped
from stackaudit.source.problems import visible

if TYPE_CHECKING:
    from stackaudit.result import AuditResult, Evidence, Finding


def explain(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", help="A check (missing-flow), or a finding (CHECK:KEY or its key)."
        ),
    ],
    where: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]",
            help="For a finding: the inventory, or the JSON of an audit. "
            "Default: the newest JSON in reports/.",
        ),
    ] = None,
    result_file: Annotated[
        Path | None, typer.Option("--result", metavar="FILE", help="The JSON of an audit, as PATH.")
    ] = None,
) -> int:
    """Explain a check, or a finding with its evidence."""
    from stackaudit.registry import installed

    checks = {entry.check.id: entry.check for entry in installed().checks}
    place = result_file or where
    if what in checks and place is None:
        from stackaudit.cli.pages import print_page

        print_page(checks[what])
        return DONE
    result = _result(place, what, sorted(checks))
    found = [f for f in result.findings if what in (f.id, f.key, f.check)]
    if not found:
        near = nearest(
            what, [name for f in result.findings for name in (f.id, f.key)] + sorted(checks)
        )
        raise CommandError(
            f"no check and no finding of {result.company.name} is called {what!r}",
            near or "the register at the end of the report lists every finding with its id",
        )
    for number, finding in enumerate(found):
        if number:
            say()
        _show(finding, result)
    say()
    for name in sorted({finding.check for finding in found}):
        say(f"stackaudit explain {name} has the whole page of the check.")
    return DONE


def _result(place: Path | None, what: str, checks: list[str]) -> AuditResult:
    """Return the audit that a finding is looked up in."""
    from stackaudit.cli.reading import read_result

    if place is not None:
        if place.suffix == ".json" and not place.is_dir():
            return read_result(place)
        from stackaudit.cli.audit import judge, read

        return judge(read(place, None, quiet=True), None)
    from stackaudit.cli.outputs import DEFAULT_FOLDER

    written = sorted(
        DEFAULT_FOLDER.glob("*.json"), key=lambda path: (path.stat().st_mtime, path.name)
    )
    if not written:
        raise CommandError(
            f"there is no check {what!r}",
            nearest(what, checks)
            or "for a finding, name the inventory or the JSON of an audit after it",
        )
    say(paint(f"From {written[-1]}:", DIM))
    return read_result(written[-1])


def _show(finding: Finding, result: AuditResult) -> None:
    say(f"{paint(visible(finding.id), BOLD)}")
    say(f"{finding.severity}, {finding.confidence}{_scopes(finding)}")
    say()
    say(wrapped(finding.sentence))
    say()
    say(paint("It rests on", BOLD))
    for evidence in finding.evidence:
        _evidence(evidence)
    if finding.harmless_if:
        say()
        say(wrapped(finding.harmless_if, "Harmless if: "))
    if finding.action is not None:
        say()
        say(wrapped(finding.action.text, "What to do: "))
    if finding.money is not None:
        say()
        say(wrapped(finding.money.basis, "Money: "))
    if finding.accepted is not None:
        state = "accepted until" if not finding.accepted.lapsed else "was accepted until"
        because = f": {finding.accepted.because}" if finding.accepted.because else ""
        say()
        say(wrapped(f"{state} {finding.accepted.until.isoformat()}{because}"))
    for label, ids in (
        ("Follows from", [finding.led_by] if finding.led_by else []),
        ("Leads to", finding.leads),
    ):
        if ids:
            say(wrapped(", ".join(ids), f"{label}: "))
    why = next((check.why for check in result.checks if check.id == finding.check), "")
    if why:
        say()
        say(paint("Why it matters", BOLD))
        say(wrapped(" ".join(why.split()), "  "))


def _scopes(finding: Finding) -> str:
    return f", in {', '.join(finding.scopes)}" if finding.scopes else ""


def _evidence(evidence: Evidence) -> None:
    assumed = " (assumed)" if evidence.assumed else ""
    say(wrapped(f"{evidence.text}{assumed}", "  - "))
    if evidence.place is not None:
        place = evidence.place
        quote = f": {evidence.quote}" if evidence.quote else ""
        say(paint(wrapped(f"{place.file}:{place.line}:{place.column}{quote}", "      "), DIM))
