"""Findings merged into things a person can do, the first things first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final, Protocol

from stackaudit.result import SEVERITIES, Action, Finding, Money, Question, When

EFFORT_ORDER: Final = {"small": 0, "medium": 1, "large": 2}
NOW_DAYS: Final = 30
NEXT_DAYS: Final = 90
QUESTIONS_AS_ACTIONS: Final = 3
"""How many of the weightiest questions become things to do when little is confirmed."""

URGENT_DAYS: Final = 14
"""A day that comes within so many days and cannot be moved goes before what is as grave."""

PERMISSION: Final = frozenset({"consent", "preference"})
"""Data objects that say what people agreed to."""

_CHOICES: Final = ("consolidate:", "merge:", "retire:")
_INVESTMENTS: Final = ("connect:", "integrate:", "automate:", "hasten:")


class Dated(Protocol):
    """What says which day it is: the stack, or the result of an audit of it."""

    @property
    def as_of(self) -> date:
        """Return the day the facts describe."""


def merge_actions(
    stack: Dated, findings: Sequence[Finding], questions: Sequence[Question]
) -> list[Action]:
    """Return what to do, in order.

    What is to be done now comes first; then the gravest, the confirmed before the possible. Among
    equals a day that is near goes first, then what concerns people's permission, what settles most,
    the least effort; naming an owner comes after what is wrong. So what is grave and only possible
    stands before what is sure and light, and is to be confirmed first. Accepted findings ask for
    nothing. Where fewer than three actions are confirmed, the weightiest questions become actions
    too: finding out is then the best next thing to do.
    """
    merged: dict[str, Action] = {}
    for finding in findings:
        action = finding.action
        if action is None or (finding.accepted is not None and not finding.accepted.lapsed):
            continue
        known = merged.get(action.id)
        merged[action.id] = action if known is None else _join(known, action)
    actions = [a.model_copy(update={"when": _when(stack, a)}) for a in merged.values()]
    if sum(1 for a in actions if a.confidence == "confirmed") < QUESTIONS_AS_ACTIONS:
        actions += [_find_out(q) for q in questions[:QUESTIONS_AS_ACTIONS]]
    about = {f.id for f in findings if _about_permission(f)}
    actions.sort(key=lambda action: _rank(stack, action, about))
    return _ordered(actions, findings)


def _ordered(actions: Sequence[Action], findings: Sequence[Finding]) -> list[Action]:
    """Name under each action what is to be done before it.

    Nobody can build a flow into a record that is not agreed on; and which tools go is decided
    before the contract of one of them is renewed. What is to take over from another tool must be
    going to stay, so that its own renewal is decided first; and no work goes into connecting a tool
    on whose stay there is something graver to decide.
    """
    known = {action.id for action in actions}
    carried = {f.id: f.details["need"]["object"] for f in findings if f.details.get("need")}
    choices = [a for a in actions if a.id.startswith(_CHOICES)]
    renewals = [
        a
        for a in actions
        if a.confidence == "confirmed" and any(i.startswith("renewal-deadline:") for i in a.settles)
    ]
    first = _renewed_first(choices, renewals)
    ordered = []
    for action in actions:
        before: set[str] = set()
        if action.id.startswith(("connect:", "integrate:", "automate:")):
            before = {f"record:{carried[i]}" for i in action.settles if i in carried} & known
        if action.id.startswith(_INVESTMENTS):
            before |= {d.id for d in (*choices, *renewals) if _graver(d, action)}
        elif action.id.startswith("contract:"):
            before = {
                c.id
                for c in choices
                if set(c.tools) & set(action.tools) and action.id not in first.get(c.id, ())
            }
        before |= first.get(action.id, set())
        ordered.append(
            action.model_copy(update={"depends_on": sorted(before)}) if before else action
        )
    return ordered


def _renewed_first(choices: Sequence[Action], renewals: Sequence[Action]) -> dict[str, set[str]]:
    """Return for every tool that another could take over from which renewals are decided first.

    They are those of the tool that takes over. Where their contract covers what may go itself, the
    choice comes first, so that nothing waits for itself.
    """
    going = {c.id.partition(":")[2] for c in choices if c.id.startswith("retire:")}
    return {
        c.id: {r.id for r in renewals if set(c.tools) & set(r.tools) and not going & set(r.tools)}
        for c in choices
        if c.id.startswith("retire:")
    }


def _graver(decision: Action, action: Action) -> bool:
    """Return whether it is to be decided first, as graver, if a tool of an action stays."""
    return (
        decision.confidence == "confirmed"
        and SEVERITIES.index(decision.severity) < SEVERITIES.index(action.severity)
        and bool(set(decision.tools) & set(action.tools))
    )


def _join(one: Action, other: Action) -> Action:
    grave = min(one.severity, other.severity, key=SEVERITIES.index)
    deadlines = [d for d in (one.deadline, other.deadline) if d is not None]
    return one.model_copy(
        update={
            "settles": [*one.settles, *other.settles],
            "severity": grave,
            "confidence": "confirmed"
            if "confirmed" in (one.confidence, other.confidence)
            else "possible",
            "saving": _add(one.saving, other.saving),
            "deadline": min(deadlines, default=None),
            "owner": one.owner or other.owner,
            "tools": sorted({*one.tools, *other.tools}),
        }
    )


def _add(one: Money | None, other: Money | None) -> Money | None:
    if one is None or other is None:
        return one or other
    return Money(low=one.low + other.low, high=one.high + other.high, basis=one.basis)


def _when(stack: Dated, action: Action) -> When:
    """Return when to do it.

    Now: due within 30 days, or grave, sure and not large; next: due within 90 days, or grave; else
    later.
    """
    if action.deadline is not None:
        if action.deadline <= stack.as_of + timedelta(days=NOW_DAYS):
            return "now"
        if action.deadline <= stack.as_of + timedelta(days=NEXT_DAYS):
            return "next"
    sure = action.confidence == "confirmed"
    if sure and action.severity == "high" and action.effort != "large":
        return "now"
    if sure and action.severity in ("high", "medium"):
        return "next"
    return "later"


def _find_out(question: Question) -> Action:
    return Action(
        id=f"answer:{question.id}",
        text=f"Find out: {_asked(question.text)}",
        effort="small",
        settles=[],
        owner=question.asked_of,
        severity="info",
        when="now",
        tools=sorted(s.id for s in question.subjects if s.kind == "tool"),
    )


def _asked(text: str) -> str:
    """Return a question without what it says of the inventory's keys: its sheet has that."""
    question, mark, rest = text.partition("? ")
    return f"{question}?" if mark and "`" in rest else text


def _about_permission(finding: Finding) -> bool:
    """Return whether a finding says that a tool may reach people who did not agree to it."""
    if finding.check in ("consent-not-propagated", "late-suppression"):
        return True
    handled = any(s.kind == "object" and s.id in PERMISSION for s in finding.subjects)
    return finding.check == "manual-bridge" and handled


def _rank(
    stack: Dated, action: Action, about: Collection[str]
) -> tuple[bool, int, bool, date, bool, bool, int, float, int, str]:
    """Return where an action stands among all; `about` are the findings about permission."""
    finding_out = action.id.startswith("answer:")
    sure = action.confidence == "confirmed"
    by = action.deadline
    near = by is not None and by <= stack.as_of + timedelta(days=URGENT_DAYS)
    permission = any(i in about for i in action.settles)
    return (
        not (sure and (action.when == "now" or finding_out)),
        SEVERITIES.index(action.severity),
        not (sure or permission),
        by if by is not None and near else date.max,
        not permission,
        action.id.startswith("owner:"),
        -len(action.settles),
        -(action.saving.high if action.saving is not None else 0.0),
        EFFORT_ORDER[action.effort],
        action.id,
    )
