"""The findings register: one card a finding, what follows from it inside, possible ones apart and quiet."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from stackaudit.report.answer import ActionLine, action_line
from stackaudit.report.context import Context
from stackaudit.report.safe import esc
from stackaudit.result import CATEGORIES, Finding, Step

MANY = 3
"""From this many possible findings of one check on, they share a card."""


@dataclass(frozen=True)
class Card:
    """A finding with everything said about it."""

    finding: Finding
    anchor: str
    severity: Markup
    scopes: str
    evidence: list[Markup]
    action: ActionLine | None
    at_stake: Markup | str
    path: Markup | str
    led: list[Card] = field(default_factory=list)
    related: list[Markup] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """The findings of one check."""

    check: str
    title: str
    why: str
    confirmed: list[Card]
    possible: list[Card]
    together: bool
    anchor: str


@dataclass(frozen=True)
class Area:
    """The findings of one area."""

    id: str
    name: Markup
    counts: Markup
    groups: list[Group]


@dataclass(frozen=True)
class Register:
    """All open findings."""

    title: Markup
    reading: Markup | None
    areas: list[Area]


def register(c: Context) -> Register | None:
    """Return the register, or None without an open finding."""
    if not c.open:
        return None
    shown = {f.id for f in c.open}
    checks = {k.id: k for k in c.result.checks}
    by_check: dict[str, list[Finding]] = {}
    for finding in c.open:
        if finding.led_by in shown and finding.led_by != finding.id and not _circular(c, finding):
            continue
        by_check.setdefault(finding.check, []).append(finding)
    areas = []
    for category in CATEGORIES:
        groups = []
        for check, findings in by_check.items():
            if findings[0].category != category:
                continue
            known = checks.get(check)
            cards = [card(c, f) for f in findings]
            possible = [k for k in cards if k.finding.confidence == "possible"]
            groups.append(
                Group(
                    check,
                    known.title if known else check,
                    known.why if known else "",
                    [k for k in cards if k.finding.confidence == "confirmed"],
                    possible,
                    len(possible) >= MANY,
                    c.check_anchors.get(check, ""),
                )
            )
        if groups:
            mine = [f for f in c.open if f.category == category]
            sure = sum(f.confidence == "confirmed" for f in mine)
            areas.append(Area(category, c.w(f"area.{category}"), counts(c, category, sure, len(mine) - sure), groups))
    sure = sum(f.confidence == "confirmed" for f in c.open)
    maybe = len(c.open) - sure
    key = "findings.title.both" if sure and maybe else "findings.title.possible" if maybe else "findings.title.confirmed"
    title = c.w(key, n=c.count("findings-confirmed", sure), possible=c.count("findings-possible", maybe))
    return Register(title, c.w("findings.reading") if maybe else None, areas)


def counts(c: Context, category: str, confirmed: int, possible: int) -> Markup:
    """Return how many findings an area has, in words."""
    parts = []
    if confirmed:
        parts.append(c.w("findings.confirmed", n=c.count(f"area-{category}-confirmed", confirmed)))
    if possible:
        parts.append(c.w("findings.possible", n=c.count(f"area-{category}-possible", possible)))
    return Markup(", ").join(parts)


def card(c: Context, finding: Finding, *, nested: bool = False) -> Card:
    """Return a finding as a card, with the findings that follow from it."""
    led = [] if nested else [card(c, c.findings[i], nested=True) for i in finding.leads if i in c.findings and c.findings[i] in c.open]
    money: Markup | str = ""
    if finding.money:
        money = c.w("money.a-year", money=c.money(finding.money), basis=finding.money.basis)
    return Card(
        finding=finding,
        anchor=c.finding_anchors[finding.id],
        severity=c.severity(finding.severity),
        scopes=c.scopes(finding.scopes),
        evidence=[evidence(c, finding, i) for i in range(len(finding.evidence))],
        action=action_line(c, finding.action) if finding.action and not nested else None,
        at_stake=money,
        path=path(c, finding.path),
        led=led,
        related=[c.finding_link(i) for i in finding.related if i in c.findings],
    )


def evidence(c: Context, finding: Finding, number: int) -> Markup:
    """Return one fact in words: what it says, the inventory's own words, and where they stand."""
    fact = finding.evidence[number]
    out = esc(fact.text)
    if fact.quote:
        out += f" <q><code>{esc(fact.quote)}</code></q>"
    if fact.place:
        out += f' <span class="place">{esc(c.place(fact.place))}</span>'
    if fact.assumed:
        out += f' <span class="assumed">{c.w("assumed")}</span>'
    return Markup(out)


def path(c: Context, steps: list[Step]) -> Markup | str:
    """Return a path as names with arrows."""
    if not steps:
        return ""
    out = [c.tool(steps[0].source)]
    for step in steps:
        word = c.w("path.by-hand") if step.automatic is False else c.w("path.to")
        out += [Markup(f' <span class="arrow" aria-hidden="true">→</span><span class="vh"> {word} </span> '), c.tool(step.target)]
    return Markup("").join(out)


def _circular(c: Context, finding: Finding) -> bool:
    """Tell whether a finding's lead is led itself, so that it would be shown nowhere."""
    lead = c.findings.get(finding.led_by or "")
    return lead is None or finding.id not in lead.leads or (lead.led_by in c.findings and lead.led_by is not None)
