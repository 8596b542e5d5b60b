"""The headline: the biggest confirmed problem and its size, in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from stackaudit.result import Answer, Finding, Question

WEIGHT: Final = {"high": 5, "medium": 2, "low": 1, "info": 0}
"""What a finding counts for when the biggest problem is chosen."""

FLOWS: Final = frozenset({"missing-flow", "broken-process", "journey-break", "unmeasured-channel"})
"""Checks of the area gaps that are about the flow of data, like the silos."""


def headline(
    company: str,
    tools: int,
    sure: Sequence[Finding],
    live: Sequence[Finding],
    questions: Sequence[Question],
    integrated: Answer,
) -> str:
    """Return the biggest confirmed problem and its size; if none is confirmed, what is unknown.

    Parameters
    ----------
    company, tools
        Whose stack it is, and how many tools in use it has.
    sure, live
        Open findings above information: the confirmed ones, and all.
    integrated
        The answer to the third question, whose numbers the headline may use.
    """
    whose = f"{_possessive(company)} {count(tools, 'tool')}"
    if not live:
        text = f"Nothing wrong was found in what is recorded of {whose}"
        if questions:
            verb = "is" if len(questions) == 1 else "are"
            text += f"; {count(len(questions), 'question')} {verb} open"
        return text
    if not sure:
        problems = count(len(live), "possible problem")
        return f"What is recorded of {whose} points to {problems}; none is confirmed yet"
    themes: dict[str, list[Finding]] = {}
    for finding in sure:
        theme = "silos" if finding.check in FLOWS else finding.category
        themes.setdefault(theme, []).append(finding)
    biggest = min(themes, key=lambda t: (-sum(WEIGHT[f.severity] for f in themes[t]), t))
    return SENTENCES[biggest](themes[biggest], tools, integrated)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 tool``, ``3 tools``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _of(findings: Sequence[Finding], *checks: str) -> list[Finding]:
    return [f for f in findings if f.check in checks]


def _flows(mine: Sequence[Finding], tools: int, integrated: Answer) -> str:
    parts = []
    left = integrated.of - integrated.done - integrated.unknown
    if left and integrated.answer != "unknown":
        verb = "does" if left == 1 else "do"
        what = "flows of data that the company needs"
        parts.append(f"{left} of {integrated.of} {what} {verb} not run by themselves")
    cut = {f.subjects[0].id for f in _of(mine, "trapped-data", "blind-tool")}
    for island in _of(mine, "disconnected-island"):
        cut |= {s.id for s in island.subjects if s.kind == "tool"}
    if cut:
        verb = "works" if len(cut) == 1 else "work"
        parts.append(f"{len(cut)} of {tools} tools {verb} apart from its records")
    if not parts:
        problems = count(len(mine), "problem")
        return f"{problems} in the flow of data need{'s' if len(mine) == 1 else ''} attention"
    if len(parts) == 1 and cut:
        return parts[0].replace("its records", "the company’s records")
    return ", and ".join(parts)


def _gaps(mine: Sequence[Finding], _tools: int, _integrated: Answer) -> str:
    missing = len(_of(mine, "missing-capability"))
    nominal = len(_of(mine, "nominal-capability"))
    parts = []
    if missing:
        has = "has" if missing == 1 else "have"
        parts.append(
            f"{count(missing, 'expected capability', 'expected capabilities')} {has} no tool"
        )
    if nominal:
        parts.append(f"{nominal} {'is' if nominal == 1 else 'are'} there in name only")
    if parts:
        return " and ".join(parts)
    return f"{count(len(mine), 'gap')} need{'s' if len(mine) == 1 else ''} attention"


def _overlaps(mine: Sequence[Finding], _tools: int, _integrated: Answer) -> str:
    twice = _of(mine, "duplicate-product", "overlapping-tools", "shadowed-by-suite")
    tools = {s.id for f in twice for s in f.subjects if s.kind == "tool"}
    if not twice:
        return f"{count(len(mine), 'redundancy', 'redundancies')} in data and records to resolve"
    jobs = f"{count(len(twice), 'job')} {'is' if len(twice) == 1 else 'are'}"
    return f"{len(tools)} tools overlap: {jobs} paid for more than once"


def _spend(mine: Sequence[Finding], _tools: int, _integrated: Answer) -> str:
    contracts = len(_of(mine, "renewal-deadline", "unknown-terms"))
    if contracts == len(mine):
        needs, renews = ("needs", "it renews") if contracts == 1 else ("need", "they renew")
        return f"{count(contracts, 'contract')} {needs} a decision before {renews}"
    verb = "asks" if len(mine) == 1 else "ask"
    return f"{count(len(mine), 'item')} of spend {verb} for a decision"


def _trust(mine: Sequence[Finding], _tools: int, _integrated: Answer) -> str:
    senders = {f.subjects[0].id for f in _of(mine, "consent-not-propagated")}
    if senders:
        verb = "contacts" if len(senders) == 1 else "contact"
        return (
            f"{count(len(senders), 'tool')} {verb} people without a recorded path of what those "
            "people agreed to"
        )
    return f"{count(len(mine), 'risk')} in the handling of personal data to check with counsel"


def _resilience(mine: Sequence[Finding], _tools: int, _integrated: Answer) -> str:
    verb = "needs" if len(mine) == 1 else "need"
    return (
        f"{count(len(mine), 'weak point')} in ownership, products and connections {verb} attention"
    )


SENTENCES: Final[Mapping[str, Callable[[Sequence[Finding], int, Answer], str]]] = {
    "silos": _flows,
    "gaps": _gaps,
    "redundancies": _overlaps,
    "spend": _spend,
    "trust": _trust,
    "resilience": _resilience,
}
