"""The audit in some thirty lines on the terminal: the answer, the counts, what to do first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stackaudit.cli.terminal import BOLD, CYAN, DIM, RED, YELLOW, link, paint, say, wrapped

if TYPE_CHECKING:
    from stackaudit.result import Action, AreaCount, AuditResult

SEVERITY_STYLE: Final = {"high": (BOLD, RED), "medium": (YELLOW,), "low": (CYAN,), "info": (DIM,)}
MOST: Final = 3
"""Questions shown; the report has all of them."""


def show_summary(result: AuditResult) -> None:
    """Print what an audit says, for the person who ran it."""
    say()
    say(paint(wrapped(f"{result.company.name}: {result.summary.headline}"), BOLD))
    for sentence in result.summary.so_what:
        say(wrapped(sentence))
    say()
    _areas(result)
    _actions(result)
    _questions(result)
    if result.summary.good:
        say(wrapped(result.summary.good))
    for label, sentence in (
        ("How much is known", result.summary.completeness),
        ("Checks", _checks(result)),
        ("Day", _day(result)),
    ):
        if sentence:
            say(wrapped(sentence, f"{paint(label, BOLD)}: ", ""))
    for check in result.checks:
        if check.status == "error":
            words = f"The check {check.id} failed and says nothing about this stack: {check.error}"
            say(paint(wrapped(words), RED))


def show_files(files: Mapping[str, Path]) -> None:
    """Print where the files are, the report first."""
    names = {"html": "Report", "json": "Data", "pdf": "PDF"}
    say()
    for kind, path in files.items():
        say(f"{paint(names.get(kind, kind) + ':', BOLD)} {link(path)}")


def _areas(result: AuditResult) -> None:
    heads = ("high", "medium", "low", "info")
    if not result.areas:
        return
    say(f"{'Findings':<14}{''.join(f'{head:>8}' for head in heads)}")
    for area in result.areas:
        cells = "".join(_cell(getattr(area, head), head) for head in heads)
        say(f"  {area.category.capitalize():<12}{cells}{_remark(area)}")
    say()


def _cell(number: int, severity: str) -> str:
    return paint(f"{number:>8}", *SEVERITY_STYLE[severity]) if number else f"{'-':>8}"


def _remark(area: AreaCount) -> str:
    parts = []
    if area.possible:
        parts.append(f"{area.possible} only possible")
    if area.accepted:
        parts.append(f"{area.accepted} accepted")
    return f"   {paint('(' + ', '.join(parts) + ')', DIM)}" if parts else ""


def _actions(result: AuditResult) -> None:
    known = {action.id: action for action in result.actions}
    first = [known[name] for name in result.summary.first_actions if name in known]
    if not first:
        return
    say(paint("What to do first", BOLD))
    for number, action in enumerate(first, start=1):
        say(wrapped(f"{action.text} ({_terms(action)})", f"  {number}. "))
    say()


def _terms(action: Action) -> str:
    parts = ["only possible, confirm first"] if action.confidence == "possible" else []
    parts.append(f"{action.effort} effort")
    if action.deadline:
        parts.append(f"by {action.deadline:%Y-%m-%d}")
    if action.owner:
        parts.append(action.owner)
    return ", ".join(parts)


def _questions(result: AuditResult) -> None:
    if not result.questions:
        return
    more = len(result.questions) - MOST
    tail = f" (the first {MOST} of {len(result.questions)})" if more > 0 else ""
    say(paint("Questions that would settle most", BOLD) + tail)
    for question in result.questions[:MOST]:
        say(wrapped(question.text, "  - "))
    say()


def _checks(result: AuditResult) -> str:
    """Return how the checks went, in a sentence; nothing when none ran."""
    words = {
        "fail": "found something",
        "pass": "found nothing",
        "unknown": "could not judge",
        "not-applicable": "did not apply",
    }
    statuses = [check.status for check in result.checks]
    counts = [f"{statuses.count(key)} {word}" for key, word in words.items() if key in statuses]
    return f"{len(statuses)} ran; {', '.join(counts)}." if counts else ""


def _day(result: AuditResult) -> str:
    """Return which day the facts describe, and who said so."""
    day = result.as_of.isoformat()
    if result.as_of_from == "today":
        return (
            f"{day}, which is today: the inventory does not say which day it describes "
            "(as_of under company does, or --as-of)."
        )
    where = "given on the command line" if result.as_of_from == "option" else "from the inventory"
    return f"the facts describe {day} ({where})."
