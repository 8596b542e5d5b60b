"""What every section needs: the result by id, names as links, places, days and money in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Final

from markupsafe import Markup

from stackaudit.report.safe import like, name, prose, visible
from stackaudit.report.tables import shown
from stackaudit.report.words import Fact, Words
from stackaudit.result import (
    CATEGORIES,
    SEVERITIES,
    Action,
    AuditResult,
    CapabilityEntry,
    Confidence,
    Finding,
    FlowEntry,
    Money,
    ObjectEntry,
    Place,
    Severity,
    ToolEntry,
)

COLUMNS: Final = ("attract", "capture", "integrate", "record", "engage", "measure", "other")
"""Stages of the data flow, in the order data takes."""

SENTENCES: Final = 3
"""Findings named by their sentences where many share a cell; the others by their numbers."""


def anchors(prefix: str, ids: Iterable[str]) -> dict[str, str]:
    """Return an element id for every id: readable, unique, and the same whatever the order."""
    made = {i: f"{prefix}-{re.sub(r'[^a-z0-9]+', '-', i.lower()).strip('-')}" for i in ids}
    counts: dict[str, int] = {}
    for anchor in made.values():
        counts[anchor] = counts.get(anchor, 0) + 1
    return {
        i: a if counts[a] == 1 else f"{a}-{sha256(i.encode('utf-8', 'replace')).hexdigest()[:6]}"
        for i, a in made.items()
    }


class Context:
    """The result of an audit, looked up by id and put in words."""

    def __init__(self, result: AuditResult, words: Words, *, named: bool = True) -> None:
        self.result = result
        self.w = words
        self.named = named
        self.currency = result.company.currency
        self.tools: dict[str, ToolEntry] = {t.id: t for t in result.tools}
        self.capabilities: dict[str, CapabilityEntry] = {c.id: c for c in result.capabilities}
        self.objects: dict[str, ObjectEntry] = {o.id: o for o in result.objects}
        self.flows: dict[str, FlowEntry] = {f.id: f for f in result.integrations}
        self.findings: dict[str, Finding] = {f.id: f for f in result.findings}
        self.actions: dict[str, Action] = {a.id: a for a in result.actions}
        self.domains = {d.id: d.name for d in result.domains}
        self.stages = {s.id: s.name for s in result.stages}
        self.teams = {t.id: t.name for t in result.teams}
        self.tool_anchors = anchors("tool", self.tools)
        self.flow_anchors = anchors("flow", self.flows)
        self.finding_anchors = anchors("f", self.findings)
        self._tool_links: dict[str, Markup] = {}
        self.check_anchors = anchors("check", (c.id for c in result.checks))

    # The stack in numbers

    @cached_property
    def in_use(self) -> list[ToolEntry]:
        """Tools in use, in the result's order."""
        return [t for t in self.result.tools if t.in_use]

    @cached_property
    def _listed(self) -> frozenset[str]:
        """Tools that have a row in the register, and not only in its data."""
        return frozenset(t.id for t in self.result.tools[: shown(len(self.result.tools))])

    @cached_property
    def unconnected(self) -> list[ToolEntry]:
        """Tools in use for which no live integration is recorded, as an end or as a carrier."""
        return [t for t in self.in_use if not (t.sends_to or t.receives_from or t.carries)]

    @cached_property
    def live(self) -> list[FlowEntry]:
        """Integrations that carry data today."""
        return [f for f in self.result.integrations if f.live]

    @cached_property
    def open(self) -> list[Finding]:
        """Findings that are not accepted, the gravest and the confirmed ones first."""
        rank = {s: i for i, s in enumerate(SEVERITIES)}
        kept = [f for f in self.result.findings if f.accepted is None or f.accepted.lapsed]
        return sorted(kept, key=lambda f: (f.confidence != "confirmed", rank[f.severity], f.id))

    @cached_property
    def open_ids(self) -> frozenset[str]:
        """Ids of the open findings."""
        return frozenset(f.id for f in self.open)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Open findings numbered as the register has them, what follows from one behind it."""
        area = {name: i for i, name in enumerate(CATEGORIES)}
        place = {f.id: i for i, f in enumerate(self.open)}
        lead = {
            i: f.id
            for f in self.open
            for i in f.leads
            if i in place and i != f.id
            if self.findings[i].led_by == f.id
        }
        top = [f for f in self.open if f.id not in lead]
        first = {f.check: place[f.id] for f in reversed(top)}
        spot = {f.id: (area[f.category], first[f.check], place[f.id]) for f in top}
        behind = {i: n for f in self.open for n, i in enumerate(f.leads, 1)}
        last = (len(area), 0, 0)
        ids = sorted(
            place,
            key=lambda i: (spot.get(lead.get(i) or i, last), behind[i] if i in lead else 0, i),
        )
        return {i: n for n, i in enumerate(ids, 1)}

    @cached_property
    def problems(self) -> list[Finding]:
        """Open findings that are more than information: the ones the summary counts."""
        return [f for f in self.open if f.severity != "info"]

    @cached_property
    def accepted(self) -> list[Finding]:
        """Findings the company lives with."""
        return [f for f in self.result.findings if f.accepted is not None and not f.accepted.lapsed]

    def of(self, *checks: str) -> list[Finding]:
        """Return the open findings of these checks."""
        return [f for f in self.open if f.check in checks]

    def complete(self, what: str) -> bool:
        """Tell whether the inventory states that its list of `what` is complete."""
        return what in (self.result.company.complete or ())

    # Numbers in prose

    def count(self, key: str, value: int) -> Fact:
        """Return the number `value`, to be used in prose and tables under one name."""
        return self.w.fact(key, value)

    def tools_in_use(self) -> Markup:
        """Return ``32 tools``."""
        return self.w("tools", n=self.count("tools-in-use", len(self.in_use)))

    # Names

    def tool_name(self, tool: str) -> str:
        """Return a tool's name as text, or its id where it is not listed."""
        entry = self.tools.get(tool)
        return entry.name if entry else tool

    def tool(self, tool: str) -> Markup:
        """Return a tool's name as a link to its row of the register."""
        link = self._tool_links.get(tool)
        if link is None:
            link = name(tool)
            if tool in self._listed:
                link = Markup(
                    f'<a href="#{self.tool_anchors[tool]}">{name(self.tools[tool].name)}</a>'
                )
            self._tool_links[tool] = link
        return link

    def tool_list(self, tools: Iterable[str], *, limit: int = 0) -> Markup:
        """Return the names of tools as one phrase; links would weigh much and read badly."""
        return self.w.listed((name(self.tool_name(t)) for t in tools), limit=limit)

    def column(self, tool: str) -> str:
        """Return the stage of the data flow a tool is in; an unknown one is `other`."""
        entry = self.tools.get(tool)
        return entry.column if entry and entry.column in COLUMNS else "other"

    def capability_name(self, capability: str) -> str:
        """Return a capability's name."""
        entry = self.capabilities.get(capability)
        return entry.name if entry else capability

    def object_name(self, data_object: str) -> str:
        """Return a data object's name; a part of one is named ``Contact / enrichment``."""
        whole, _, part = data_object.partition("/")
        entry = self.objects.get(whole)
        # What no tool handles has no entry: its id, in words, is the best there is.
        return (entry.name if entry else whole.replace("-", " ").capitalize()) + (
            f" / {part}" if part else ""
        )

    def end_name(self, end: str) -> str:
        """Return the name of the end of a needed flow: a capability or ``tool:ID``."""
        return self.tool_name(end[5:]) if end.startswith("tool:") else self.capability_name(end)

    def team_name(self, team: str) -> str:
        """Return a team's name."""
        return self.teams.get(team, team)

    def people(self, people: list[str] | None) -> Markup:
        """Return owners in words: unknown and none are two things."""
        if people is None:
            return Markup(f"<i>{self.w('not-known')}</i>")
        if not people:
            return Markup(f'<strong class="none">{self.w("no-owner")}</strong>')
        return self.w.listed(self.person(p) for p in people)

    def cost(self, tool: ToolEntry) -> Markup | str:
        """Return what a tool costs a year; withheld and not known are two things."""
        if tool.cost:
            return self.money(tool.cost)
        stated = "cost" in tool.known or tool.contract is not None
        hidden = "costs" in self.result.redacted and stated
        return Markup(f"<i>{self.w('withheld' if hidden else 'not-known')}</i>")

    def reason(self, reason: str | None) -> Markup | str:
        """Return a stated reason; withheld and none given are two things."""
        if reason == "withheld" and self.result.redacted:
            return Markup(f"<i>{self.w('withheld')}</i>")
        return reason or self.w("no-reason")

    def person(self, person: str) -> Markup:
        """Return one owner: a person, a team or a role."""
        kind, _, what = person.partition(":")
        if kind == "team" and what:
            return name(self.team_name(what))
        if kind == "role" and what:
            return name(what)
        return self.w("withheld") if person == "withheld" else name(person)

    def finding_link(self, finding: str) -> Markup:
        """Return a link to a finding, by its sentence."""
        entry = self.findings.get(finding)
        if entry is None:
            return name(finding)
        return Markup(f'<a href="#{self.finding_anchors[finding]}">{prose(entry.sentence)}</a>')

    def finding_links(self, findings: Sequence[str]) -> Markup:
        """Return links to findings: the first by their sentences, the others by their numbers."""
        first = Markup("; ").join(self.finding_link(i) for i in findings[:SENTENCES])
        rest = [i for i in findings[SENTENCES:] if i in self.numbers]
        more = Markup(" ").join(self.finding_number(i) for i in rest)
        return first + Markup("; ") + more if more else first

    def finding_number(self, finding: str) -> Markup:
        """Return a link to an open finding, by its number in the register."""
        anchor = self.finding_anchors[finding]
        return Markup(f'<a class="ref" href="#{anchor}">{self.numbers[finding]}</a>')

    # Facts in words

    def place(self, place: Place | None) -> str:
        """Return ``tools.yaml:31``, without any folder in front that is not the inventory's."""
        return f"{visible(place.file)}:{place.line}" if place else ""

    def day(self, day: date | None) -> str:
        """Return a day in words, or nothing."""
        return self.w.day(day) if day else ""

    def duration(self, minutes: int) -> Markup:
        """Return a time in the largest unit it fills, rounded up: a worst case is no average."""
        if minutes <= 0:
            return self.w("time.none")
        for unit, size in (("day", 1440), ("hour", 60)):
            if minutes >= 2 * size or minutes == size:
                return self.w(f"time.{unit}", n=-(-minutes // size))
        return self.w("time.minute", n=minutes)

    def money(self, money: Money | None) -> str:
        """Return an amount with its currency, or nothing."""
        return self.w.money(money, self.currency) if money else ""

    def rest_note(self, rows: Sequence[object]) -> Markup:
        """Return what to say under a table that does not show all of its rows."""
        return self.w("table.rest", n=len(rows), shown=min(len(rows), shown(len(rows))))

    def basis(self, money: Money) -> Markup:
        """Return what an amount comes from, in brackets, or nothing."""
        text = money.basis.rstrip(".")
        text = text[:1].lower() + text[1:] if text[1:2].islower() else text
        return Markup(f" ({prose(like(money.basis, text))})") if text else Markup("")

    def scopes(self, scopes: Iterable[str]) -> str:
        """Return scopes as the company writes them; none means the whole company."""
        return ", ".join(scopes)

    def severity(self, severity: Severity, confidence: Confidence = "confirmed") -> Markup:
        """Return a severity as a word; what is only possible has it under a condition."""
        text = self.w(f"severity.{severity}")
        css: str = severity
        if confidence == "possible" and severity != "info":
            text, css = self.w("severity.if", severity=text), f"{severity} if"
        return Markup(f'<span class="sev {css}">{text}</span>')
