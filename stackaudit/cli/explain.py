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
    _path(finding, result)
    check = next((check for check in result.checks if check.id == finding.check), None)
    if check is not None and check.thresholds:
        values = ", ".join(f"{n.replace('_', ' ')} {v}" for n, v in check.thresholds.items())
        changed = any(line.startswith(f"{check.id}: ") for line in result.changed)
        tail = " (changed by the profile)" if changed else ""
        say()
        say(wrapped(f"{values}{tail}", "Judged with: ", "  "))
    _amounts(finding, result)
    _against(finding, check.false_positives if check is not None else "")
    _settled(finding, result)
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
    why = check.why if check is not None else ""
    if why:
        say()
        say(paint("Why it matters", BOLD))
        say(wrapped(" ".join(why.split()), "  "))


def _path(finding: Finding, result: AuditResult) -> None:
    """Show the path of a finding, hop by hop."""
    if not finding.path:
        return
    names = {tool.id: tool.name for tool in result.tools}
    flows = {flow.id: flow for flow in result.integrations}
    say()
    say(paint("The path", BOLD))
    for number, step in enumerate(finding.path, start=1):
        ends = f"{names.get(step.source, step.source)} → {names.get(step.target, step.target)}"
        flow = flows.get(step.over)
        words = [flow.method_name or "", flow.every or ""] if flow is not None else [step.over]
        if flow is not None and not flow.live:
            words.append(flow.status)
        if step.automatic is False:
            words.append("by hand")
        how = ", ".join(word for word in words if word)
        say(wrapped(f"{ends}{f': {how}' if how else ''}", f"  {number}. "))


def _amounts(finding: Finding, result: AuditResult) -> None:
    """Show what is at stake and what can be saved, each with its formula."""
    action = next((a for a in result.actions if finding.id in a.settles), finding.action)
    for label, amount in (("At stake", finding.money), ("Saving", finding.saving)):
        if amount is None:
            continue
        low, high = f"{amount.low:,.0f}", f"{amount.high:,.0f}"
        text = low if low == high else f"{low} to {high}"
        text = f"{text} {result.company.currency or ''}".rstrip() + " a year"
        if label == "Saving" and action is not None and action.saving_from is not None:
            text += f", from {action.saving_from.isoformat()}"
        say()
        say(wrapped(f"{text} = {amount.basis}" if amount.basis else text, f"{label}: ", "  "))


def _against(finding: Finding, false_positives: str) -> None:
    """Show the counter-argument: what would make the finding harmless, and when it is wrong."""
    if not finding.harmless_if and not false_positives:
        return
    say()
    say(paint("What speaks against it", BOLD))
    if finding.harmless_if:
        say(wrapped(finding.harmless_if, "  Harmless if: "))
    if false_positives:
        say(wrapped(" ".join(false_positives.split()), "  Known to be wrong: "))


def _settled(finding: Finding, result: AuditResult) -> None:
    """Show what settles a finding: the action, the integration, or the answer to a question."""
    action = next((a for a in result.actions if finding.id in a.settles), finding.action)
    asked = [q for q in result.questions if finding.id in q.settles or finding.check in q.settles]
    repairs = [r for r in result.repairs if finding.id in r.settles]
    if action is None and not asked and not repairs:
        return
    say()
    say(paint("What settles it", BOLD))
    if action is not None:
        terms = [f"{action.effort} effort"]
        terms += [f"by {action.deadline.isoformat()}"] if action.deadline is not None else []
        terms += [action.owner] if action.owner else []
        say(wrapped(f"{action.text} ({', '.join(terms)})", "  Action: "))
        others = [name for name in action.settles if name != finding.id]
        if others:
            say(wrapped(", ".join(others), "    with it: "))
    for repair in repairs:
        if action is not None and repair.text == action.text:
            continue
        say(wrapped(f"{repair.text} (settles {len(repair.settles)})", "  Integration: "))
    if finding.confidence == "possible":
        for question in asked[:3]:
            say(wrapped(question.text, "  To know: "))


def _scopes(finding: Finding) -> str:
    return f", in {', '.join(finding.scopes)}" if finding.scopes else ""


def _evidence(evidence: Evidence) -> None:
    assumed = " (assumed)" if evidence.assumed else ""
    say(wrapped(f"{evidence.text}{assumed}", "  - "))
    if evidence.place is not None:
        place = evidence.place
        quote = f": {evidence.quote}" if evidence.quote else ""
        say(paint(wrapped(f"{place.file}:{place.line}:{place.column}{quote}", "      "), DIM))
