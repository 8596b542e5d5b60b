"""Compare two audit results: every finding of either, with what became of it and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stackaudit.compare.facts import differing_facts, facts_about
from stackaudit.compare.model import (
    STATES,
    Change,
    Comparison,
    Fact,
    NotComparableError,
    Reason,
    State,
)
from stackaudit.compare.numbers import measures
from stackaudit.compare.rules import check_rules, differing_rules, unjudged, whole_rules
from stackaudit.result import SEVERITIES, AuditResult, Finding


class _Both(NamedTuple):
    old: AuditResult
    new: AuditResult
    facts: list[Fact]


def compare(old: AuditResult, new: AuditResult) -> Comparison:
    """Return what changed from one audit result to a later one of the same company.

    A finding that is gone is `resolved` only when its check ran and judged; else it is
    `not-judged`. Every change has its reason: facts of the inventory that differ come first, then
    rules, then the day.

    Raises :class:`NotComparableError` when the results are of different companies or formats, in
    the wrong order of time, or one of them is redacted.
    """
    _refuse(old, new)
    both = _Both(old, new, differing_facts(old, new))
    rules = differing_rules(old, new)
    after = {f.id: f for f in new.findings}
    pairs = renamed(old, new)
    before = {_called_now(f.id, after, pairs): f for f in old.findings}
    changes = sorted(
        (
            _change(both, before.get(identity), after.get(identity))
            for identity in before.keys() | after.keys()
        ),
        key=_rank,
    )
    counts = {state: sum(1 for c in changes if c.state == state) for state in STATES}
    return Comparison(
        company=new.company.name,
        currency=new.company.currency,
        old_day=old.as_of,
        new_day=new.as_of,
        old_version=old.version,
        new_version=new.version,
        same_inventory=old.inventory_hash == new.inventory_hash,
        rules=rules,
        headline=_headline(changes),
        counts=counts,
        measures=measures(old, new, rules),
        changes=changes,
        facts=both.facts,
    )


def _refuse(old: AuditResult, new: AuditResult) -> None:
    one, other = old.company.name, new.company.name
    if " ".join(one.split()).casefold() != " ".join(other.split()).casefold():
        raise NotComparableError(
            f"the results are of different companies: {one} and {other}",
            "compare two audits of one company",
        )
    if old.stackaudit_result != new.stackaudit_result:
        raise NotComparableError(
            f"the results have different formats: {old.stackaudit_result} and "
            f"{new.stackaudit_result}",
            "audit both inventories again with one version",
        )
    if any(note.code == "redacted" for result in (old, new) for note in result.notes):
        raise NotComparableError(
            "a redacted result cannot be compared: what it leaves out would read as a change",
            "compare the whole results",
        )
    if old.as_of > new.as_of:
        raise NotComparableError(
            f"the first result describes {old.as_of.isoformat()}, a later day than the second "
            f"({new.as_of.isoformat()})",
            "name the older result first",
        )


def renamed(old: AuditResult, new: AuditResult) -> dict[str, str]:
    """Return old id → new id of tools that only changed their id.

    It is one tool when the old id is gone, the new one was not there, and name or product are the
    same and of no second tool.
    """
    before, after = ({t.id for t in result.tools} for result in (old, new))
    gone = {t.id: t for t in old.tools if t.id not in after}
    came = {t.id: t for t in new.tools if t.id not in before}
    pairs: dict[str, str] = {}
    for identity, tool in sorted(gone.items()):
        same = [
            other.id
            for other in came.values()
            if other.name.casefold() == tool.name.casefold()
            or (tool.product is not None and other.product == tool.product)
        ]
        if len(same) == 1 and same[0] not in pairs.values():
            pairs[identity] = same[0]
    return pairs


def _called_now(identity: str, after: Mapping[str, Finding], pairs: Mapping[str, str]) -> str:
    """Return a finding's id with the tools' new ids in it, where the newer result has that one."""
    if identity in after or not pairs:
        return identity
    words = sorted(pairs, key=lambda word: (-len(word), word))
    pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])"
    now = re.sub(pattern, lambda m: pairs[m.group()], identity)
    return now if now in after else identity


def _change(both: _Both, old: Finding | None, new: Finding | None) -> Change:
    shown = new or old
    assert shown is not None
    facts = _facts(both, old, new)
    rules = _rules(both, shown)
    differs = _differs(old, new)
    state, note = _state(both, old, new, differs)
    unchanged = state == "open" or (state == "accepted" and not differs)
    reason = None if unchanged else _reason(both, state, facts, rules)
    if old is not None and new is not None and old.id != new.id:
        note = f"{note} It was {old.id} before: a tool has another id now.".strip()
    if state == "new" and old is None and unjudged(shown, both.old) and not facts:
        note = note or f"Not judged before. {unjudged(shown, both.old)}"
    return Change(
        id=shown.id,
        check=shown.check,
        category=shown.category,
        state=state,
        sentence=shown.sentence,
        severity=new.severity if new else None,
        confidence=new.confidence if new else None,
        was_severity=old.severity if old else None,
        was_confidence=old.confidence if old else None,
        differs=differs,
        reason=reason,
        facts=[] if unchanged else facts,
        rules=[] if unchanged else rules,
        note=note,
    )


def _state(
    both: _Both, old: Finding | None, new: Finding | None, differs: Sequence[str]
) -> tuple[State, str]:
    """Return what became of a finding, with a sentence where there is more to say."""
    if new is None:
        assert old is not None
        why = unjudged(old, both.new) or _left_out(both, old)
        return ("not-judged", why) if why else ("resolved", "")
    if new.accepted is not None and not new.accepted.lapsed:
        because = f": {new.accepted.because}" if new.accepted.because else ""
        return "accepted", f"Accepted until {new.accepted.until.isoformat()}{because}."
    if old is None:
        return "new", ""
    return ("reclassified" if differs else "open"), ""


def _left_out(both: _Both, old: Finding) -> str:
    """Return that a tool of the finding was put out of scope; empty when none was."""
    mine = {s.id for s in old.subjects if s.kind == "tool"}
    names = {t.name.casefold() for t in both.old.tools if t.id in mine}
    listed = {t.id for t in both.new.tools}
    for left in both.new.out_of_scope:
        if left.name.casefold() in names | (mine - listed):
            return f"{left.name} was put out of scope."
    return ""


def _differs(old: Finding | None, new: Finding | None) -> list[str]:
    """Return in words what is classified otherwise."""
    if new is None or old is None:
        return []
    lines = [
        f"{what} was {was}, is {now}"
        for what, was, now in (
            ("severity", old.severity, new.severity),
            ("confidence", old.confidence, new.confidence),
        )
        if was != now
    ]
    was_accepted, is_accepted = (
        f.accepted is not None and not f.accepted.lapsed for f in (old, new)
    )
    if was_accepted and not is_accepted:
        lapsed = new.accepted is not None
        lines.append("its acceptance lapsed" if lapsed else "it is no longer accepted")
    elif is_accepted and not was_accepted:
        lines.append("it is accepted now")
    return lines


def _facts(both: _Both, old: Finding | None, new: Finding | None) -> list[Fact]:
    """Return the differing facts that the finding, before or after, is about."""
    about = {
        id(fact)
        for finding in (old, new)
        if finding is not None
        for fact in facts_about(finding, both.old, both.new, both.facts)
    }
    return [fact for fact in both.facts if id(fact) in about]


def _rules(both: _Both, finding: Finding) -> list[str]:
    """Return the rules that differ and bear on the finding: those of its check, then the rest."""
    old, new = (
        next((c for c in result.checks if c.id == finding.check), None)
        for result in (both.old, both.new)
    )
    mine = check_rules(finding.check, old, new)
    return [
        *mine,
        *(
            line
            for line in whole_rules(both.old, both.new)
            if line.startswith(("the profile", "the version"))
        ),
    ]


def _reason(both: _Both, state: State, facts: Sequence[Fact], rules: Sequence[str]) -> Reason:
    if state == "not-judged":
        return "no longer judged"
    if state == "accepted":
        return "fact changed"
    version_only = all(line.startswith("the version") for line in rules)
    if rules and not version_only and not facts:
        return "rule changed"
    # A check that was added or has another limit explains more than any fact beside it.
    if any(not line.startswith("the ") or line.startswith("the check") for line in rules):
        return "rule changed"
    if facts:
        return "fact changed"
    if rules:
        return "rule changed"
    # Time alone seldom mends anything: a fact that results do not carry (an agreement signed) did.
    mended = state == "resolved" and both.old.inventory_hash != both.new.inventory_hash
    if both.old.as_of != both.new.as_of and not mended:
        return "time passed"
    return "not explained"


def _rank(change: Change) -> tuple[int, int, bool, str]:
    severity = change.severity or change.was_severity or "info"
    confidence = change.confidence or change.was_confidence
    return (
        STATES.index(change.state),
        SEVERITIES.index(severity),
        confidence != "confirmed",
        change.id,
    )


def _headline(changes: Sequence[Change]) -> str:
    """Return the movement in a sentence; information is not counted as a problem."""
    count = {
        state: sum(
            1 for c in changes if c.state == state and (c.severity or c.was_severity) != "info"
        )
        for state in STATES
    }
    by_rule = sum(
        1
        for c in changes
        if c.state in ("new", "resolved")
        and c.reason == "rule changed"
        and (c.severity or c.was_severity) != "info"
    )
    parts = [
        f"{count['resolved']} resolved",
        f"{count['new']} new",
        f"{count['open']} open as before",
    ]
    if count["reclassified"]:
        parts.append(f"{count['reclassified']} reclassified")
    if count["accepted"]:
        parts.append(f"{count['accepted']} accepted")
    text = f"Findings: {', '.join(parts)}"
    if count["not-judged"]:
        text += f"; {count['not-judged']} no longer judged, which is not the same as resolved"
    if by_rule:
        text += f"; {by_rule} of the new and resolved come from other rules, not from other facts"
    return f"{text}."
