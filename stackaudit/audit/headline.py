"""The headline: the biggest confirmed problem and its size, in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from stackaudit.result import Answer, Finding, Question

WEIGHT: Final = {"high": 5, "medium": 2, "low": 1, "info": 0}
"""What a finding counts for when the biggest problem is chosen and none is grave."""

ORDER: Final = ("silos", "trust", "spend", "gaps", "redundancies", "resilience")
"""Which theme comes first where as many findings are grave: what goes wrong already and what
reaches people before what is compared with a profile."""

ALONE: Final = frozenset({"resilience", "spend", "trust"})
"""Themes whose single finding says more than that there is one."""

CONTRACTS: Final = ("renewal-deadline", "unknown-terms")
"""Checks about how a contract ends."""

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
    theme, mine = biggest(sure)
    if len(mine) == 1 and theme in ALONE:
        return mine[0].sentence.rstrip(".")
    return SENTENCES[theme](mine, tools, integrated)


def biggest(sure: Sequence[Finding]) -> tuple[str, list[Finding]]:
    """Return the theme with most grave findings among confirmed ones, and its findings.

    The lighter ones do not count beside grave ones, and what has one cause counts once: a profile
    that fits badly is no bigger problem than one integration that is broken.
    """
    themes: dict[str, list[Finding]] = {}
    for finding in sure:
        theme = "silos" if finding.check in FLOWS and not _lacks(finding) else finding.category
        themes.setdefault(theme, []).append(finding)
    grave = any(f.severity == "high" for f in sure)

    def size(theme: str) -> int:
        counted = [f for f in themes[theme] if f.severity == "high" or not grave]
        causes: dict[str, int] = {}
        for finding in counted:
            cause = _cause(finding)
            causes[cause] = max(causes.get(cause, 0), WEIGHT[finding.severity])
        return sum(causes.values())

    most = min(themes, key=lambda t: (-size(t), ORDER.index(t)))
    return most, themes[most]


def _cause(finding: Finding) -> str:
    """Return what a finding has in common with others of its theme: its first tool, as a rule."""
    if _lacks(finding):
        return "what the profile expects"
    first = next((s for s in finding.subjects if s.kind in ("tool", "integration")), None)
    return finding.id if first is None else f"{first.kind}:{first.id}"


def _lacks(finding: Finding) -> bool:
    """Return whether a finding says that the company has no tool for something expected."""
    stage = finding.action is not None and finding.action.id.startswith("stage:")
    return finding.check == "missing-capability" or stage


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 tool``, ``3 tools``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _of(findings: Sequence[Finding], *checks: str) -> list[Finding]:
    return [f for f in findings if f.check in checks]


def _flows(mine: Sequence[Finding], tools: int, integrated: Answer) -> str:
    # What is broken is named, unless far more is missing besides: that is the bigger problem, and
    # the broken ones are among the first actions.
    parts = []
    left = integrated.of - integrated.done - integrated.unknown
    broken = [
        f
        for f in _of(mine, "broken-integration")
        if f.action is not None and f.action.id.startswith("repair:")
    ]
    if len(broken) > 1 and left > 2 * len(broken):
        broken = []
    if len(broken) == 1:
        parts.append(broken[0].sentence.rstrip("."))
    elif broken:
        parts.append(f"{len(broken)} integrations are broken or paused")
    if left and not broken and integrated.answer != "unknown":
        what = "of data that the company needs"
        if integrated.of == 1:
            parts.append(f"The only flow {what} does not run by itself")
        else:
            verb = "does not run by itself" if left == 1 else "do not run by themselves"
            parts.append(f"{left} of {integrated.of} flows {what} {verb}")
    cut = {f.subjects[0].id for f in _of(mine, "trapped-data", "blind-tool")}
    for island in _of(mine, "disconnected-island"):
        cut |= {s.id for s in island.subjects if s.kind == "tool"}
    if cut:
        verb = "works" if len(cut) == 1 else "work"
        parts.append(f"{len(cut)} of {tools} tools {verb} apart from the company’s records")
    if not parts:
        problems = count(len(mine), "problem")
        return f"{problems} in the flow of data need{'s' if len(mine) == 1 else ''} attention"
    return ", and ".join(parts)


def _gaps(mine: Sequence[Finding], _tools: int, _integrated: Answer) -> str:
    # A finding is of one part of the company: what several parts lack is still one capability.
    found = _of(mine, "missing-capability")
    nowhere = {f.subjects[0].id for f in found if not f.scopes}
    somewhere = {f.subjects[0].id for f in found} - nowhere
    nominal = len({f.subjects[0].id for f in _of(mine, "nominal-capability")})
    parts = []
    if nowhere:
        has = "has" if len(nowhere) == 1 else "have"
        what = count(len(nowhere), "expected capability", "expected capabilities")
        parts.append(f"{what} {has} no tool")
    if somewhere:
        has = "has" if len(somewhere) == 1 else "have"
        what = count(len(somewhere), "expected capability", "expected capabilities")
        parts.append(
            f"{f'{len(somewhere)} more' if nowhere else what} {has} none in part of the company"
        )
    if nominal:
        parts.append(f"{nominal} {'is' if nominal == 1 else 'are'} there in name only")
    if parts:
        return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)
    return f"{count(len(mine), 'gap')} need{'s' if len(mine) == 1 else ''} attention"


def _overlaps(mine: Sequence[Finding], _tools: int, _integrated: Answer) -> str:
    twice = _of(mine, "duplicate-product", "overlapping-tools", "shadowed-by-suite")
    tools = {s.id for f in twice for s in f.subjects if s.kind == "tool"}
    if not twice:
        return f"{count(len(mine), 'redundancy', 'redundancies')} in data and records to resolve"
    jobs = f"{count(len(twice), 'job')} {'is' if len(twice) == 1 else 'are'}"
    return f"{len(tools)} tools overlap: {jobs} done more than once"


def _spend(mine: Sequence[Finding], _tools: int, _integrated: Answer) -> str:
    contracts = len(_of(mine, *CONTRACTS))
    if contracts and all(f.severity != "high" for f in mine if f.check not in CONTRACTS):
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
    unowned = len(_of(mine, "unowned"))
    ending = len(_of(mine, "end-of-life-product"))
    undeclared = len([f for f in _of(mine, "undeclared-tool") if f.severity != "info"])
    if 2 * (unowned + ending + undeclared) < len(mine):
        return f"{count(len(mine), 'weak point')} in ownership, products and connections"
    parts = []
    if undeclared:
        verb = "is" if undeclared == 1 else "are"
        parts.append(f"{count(undeclared, 'tool')} {verb} on other lists and not in the inventory")
    if unowned:
        parts.append(f"{count(unowned, 'tool')} {'has' if unowned == 1 else 'have'} no owner")
    if ending:
        vendor = "its vendor withdraws" if ending == 1 else "their vendors withdraw"
        what = (
            f"{ending} {'is' if ending == 1 else 'are'}"
            if unowned or undeclared
            else (f"{count(ending, 'tool')} {'is' if ending == 1 else 'are'}")
        )
        parts.append(f"{what} in use although {vendor} {'it' if ending == 1 else 'them'}")
    return ", and ".join(parts)


SENTENCES: Final[Mapping[str, Callable[[Sequence[Finding], int, Answer], str]]] = {
    "silos": _flows,
    "gaps": _gaps,
    "redundancies": _overlaps,
    "spend": _spend,
    "trust": _trust,
    "resilience": _resilience,
}
