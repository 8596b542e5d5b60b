"""What became of the findings, and why: by state, those of one check together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from stackaudit.compare.model import Change, Fact, State
from stackaudit.report.both import Since
from stackaudit.report.safe import like, name, prose
from stackaudit.report.tables import Cell, Table
from stackaudit.result import Severity

TOLD: Final[tuple[State, ...]] = ("new", "reclassified", "not-judged", "resolved", "accepted")
"""States told with their reasons; what is open as before is a table."""

FACTS: Final = 4
"""Facts of one finding that are written out; the table of facts has all."""

CARDS: Final = 6
"""Findings of one check and state as cards; above, they are lines of one card."""

LINES: Final = 60
"""Lines of one check and state; the others are counted, and are in the table of all findings."""


@dataclass(frozen=True)
class Told:
    """One finding and why it changed."""

    severity: Markup
    css: str
    sentence: Markup
    moved: list[Markup]
    notes: list[Markup]
    why: Markup
    facts: list[Markup]


@dataclass(frozen=True)
class Kin:
    """Findings of one check that went the same way."""

    title: str
    together: bool
    shared: Markup
    told: list[Told]
    more: int


@dataclass(frozen=True)
class Became:
    """All findings of one state."""

    state: State
    title: Markup
    reading: Markup
    kin: list[Kin]


def became(b: Since) -> list[Became]:
    """Return the states that hold a finding, those that ask for attention first."""
    made = []
    for state in TOLD:
        found = b.comparison.of(state)
        if found:
            reading = b.w(f"cmp.{state}.reading")
            made.append(Became(state, counted(b, state), reading, _kin(b, found)))
    return made


def counted(b: Since, state: State) -> Markup:
    """Return how many findings are in a state, information apart."""
    found = b.comparison.of(state)
    info = sum(grave(c) == "info" for c in found)
    n = len(found) - info
    if not n:
        return b.w(f"cmp.{state}.title.info", n=b.w.fact(f"{state}-information", info))
    title = b.w(f"cmp.{state}.title", n=b.w.fact(f"count-{state}", n))
    if info:
        title += b.w("cmp.and-information", n=b.w.fact(f"{state}-information", info))
    return title


def grave(change: Change) -> Severity:
    """Return a finding's severity: as it is now, or as it was when it is gone."""
    return change.severity or change.was_severity or "info"


def severity(b: Since, change: Change) -> Markup:
    """Return a finding's severity in a word."""
    sure = change.confidence or change.was_confidence or "confirmed"
    return b.new.severity(grave(change), sure)


def _kin(b: Since, changes: Sequence[Change]) -> list[Kin]:
    titles = {k.id: k.title for c in b.contexts for k in c.result.checks}
    by_check: dict[str, list[Change]] = {}
    for change in changes:
        by_check.setdefault(change.check, []).append(change)
    made = []
    for check, found in by_check.items():
        together = len(found) > CARDS
        told = [_told(b, c) for c in found[:LINES]]
        whys = {t.why for t in told}
        shared = Markup("")
        if len(told) > 1 and len(whys) == 1 and not any(t.facts for t in told):
            shared = whys.pop()
            told = [replace(t, why=Markup("")) for t in told]
        made.append(
            Kin(titles.get(check, check), together, shared, told, max(0, len(found) - LINES))
        )
    return made


def _told(b: Since, change: Change) -> Told:
    sure = change.confidence or change.was_confidence or "confirmed"
    return Told(
        severity=severity(b, change),
        css=f"{grave(change)} {sure}",
        sentence=prose(change.sentence),
        moved=moved(b, change),
        notes=notes(b, change),
        why=reason(b, change),
        facts=facts(b, change),
    )


def moved(b: Since, change: Change) -> list[Markup]:
    """Return how severity and confidence moved."""
    w = b.w
    lines = []
    if change.severity and change.was_severity and change.severity != change.was_severity:
        was, now = (w(f"severity.{s}") for s in (change.was_severity, change.severity))
        lines.append(w("cmp.severity", was=was, now=now))
    if change.confidence and change.was_confidence and change.confidence != change.was_confidence:
        was, now = (w(f"confidence.{s}") for s in (change.was_confidence, change.confidence))
        lines.append(w("cmp.confidence", was=was, now=now))
    return lines


def notes(b: Since, change: Change) -> list[Markup]:
    """Return what else there is to say of a change, a sentence each."""
    lines = [
        b.said(like(text, text[:1].upper() + text[1:] + "."))
        for text in change.differs
        if not text.startswith(("severity was", "confidence was"))
    ]
    if change.note:
        lines.append(b.said(change.note))
    return lines


def reason(b: Since, change: Change) -> Markup:
    """Return why a finding changed, in a sentence; nothing where it did not."""
    if change.reason is None or change.reason == "no longer judged":
        return Markup("")
    key = change.reason.replace(" ", "-")
    if key == "fact-changed" and not change.facts:
        return Markup("")  # an acceptance that was written down: `moved` says it
    if key == "rule-changed":
        rules = Markup("; ").join(b.said(rule) for rule in change.rules)
        return b.w("cmp.why.rule-changed", rules=rules)
    return b.w(f"cmp.why.{key}")


def facts(b: Since, change: Change) -> list[Markup]:
    """Return the facts about a finding that differ, the first few."""
    lines = [fact(b, one) for one in change.facts[:FACTS]]
    rest = len(change.facts) - FACTS
    if rest > 0:
        more = b.w("cmp.facts.more", n=rest)
        lines.append(Markup('<a href="#facts">') + more + Markup("</a>") if b.has_facts else more)
    return lines


def fact(b: Since, one: Fact) -> Markup:
    """Return a fact in words: what it is of, as it was, as it is, and where it is written."""
    w = b.w
    place = b.place(one.kind, one.id)
    what = named(b, one)
    if not one.key:
        key = "gone" if one.after is None else "came"
        text = w(
            f"cmp.fact.{key}.out" if one.kind == "out-of-scope" else f"cmp.fact.{key}", what=what
        )
    else:
        text = w(
            "cmp.fact",
            what=what,
            field=key_name(b, one),
            was=_value(b, one.before),
            now=_value(b, one.after),
        )
    return text + (Markup(" ") + place if place else Markup(""))


def named(b: Since, one: Fact) -> Markup:
    """Return what a fact is of: its name, with its kind where the name alone does not tell."""
    if one.kind in ("tool", "company", "out-of-scope"):
        return name(one.name)
    if one.kind == "contract":
        return b.w("cmp.of.contract", name=name(b.contract_name(one.id)))
    return b.w(f"cmp.of.{one.kind}", name=name(one.name))


def key_name(b: Since, one: Fact) -> Markup:
    """Return the name of a key of the inventory in words."""
    known = f"field.{one.key}"
    if b.w.has(known):
        return b.w(known).lower() if b.w.is_english else b.w(known)
    return name(one.key.replace("_", " "))


def _listed(b: Since, value: str | None) -> Markup:
    """Return whether an entry that came or went as a whole is there."""
    return b.w("cmp.listed" if value else "cmp.not-listed")


def _value(b: Since, value: str | None) -> Markup:
    if value is None:
        return b.w("cmp.not-recorded")
    return name(b.w.signed(value, b.comparison.currency))


def all_facts(b: Since) -> Table:
    """Return every fact of the inventory that differs, as a table."""
    w = b.w
    rows: list[tuple[Cell, ...]] = [
        (
            named(b, one),
            key_name(b, one) if one.key else w("cmp.entry"),
            _value(b, one.before) if one.key else _listed(b, one.before),
            _value(b, one.after) if one.key else _listed(b, one.after),
            b.place(one.kind, one.id),
        )
        for one in b.comparison.facts
    ]
    labels = [w(f"cmp.col.{k}") for k in ("what", "key", "before", "after", "place")]
    return Table("facts-table", w("cmp.facts"), labels, rows, note=b.rest_note(rows))


def all_changes(b: Since, states: Sequence[State], identity: str, caption: Markup) -> Table:
    """Return the findings of some states as a table with their reasons."""
    w = b.w
    rows: list[tuple[Cell, ...]] = []
    for change in b.comparison.changes:
        if change.state not in states:
            continue
        why = [*moved(b, change), *notes(b, change), reason(b, change), *facts(b, change)]
        said = Markup("<br>").join(line for line in why if line)
        rows.append((prose(change.sentence), severity(b, change), w(f"cmp.{change.state}"), said))
    labels = [w(f"cmp.col.{k}") for k in ("finding", "severity", "state", "why")]
    if len(states) == 1:
        rows, labels = [row[:2] for row in rows], labels[:2]
    return Table(identity, caption, labels, rows, note=b.rest_note(rows))
