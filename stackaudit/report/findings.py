"""The findings register: a card for each, what follows from it inside, possible ones quiet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from markupsafe import Markup

from stackaudit.report.alike import Block, alike
from stackaudit.report.answer import ActionLine, action_line
from stackaudit.report.context import Context
from stackaudit.report.marks import Marks, marks
from stackaudit.report.safe import Foreign, esc, like, prose
from stackaudit.result import CATEGORIES, Finding, Step

# What is inside quotation marks is no remark; a text with a lone mark is left as it is.
_REMARK: Final = re.compile(r"^((?:[^\"'#]|(?<!\s)#|\"[^\"]*\"|'[^']*')*?)\s+#\s.*$")

MANY = 3
"""From this many possible findings of one check on, they share a card."""


CARDS = 40
"""Findings of one check with all their evidence; the others are said in a line each."""

FEWER: Final = ((200, 12), (800, 6))
"""Fewer of them where there are more findings than so many: nobody reads a thousand cards."""


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
    harmless: Markup | str
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
    shared: list[Markup]
    all_rest: list[Markup]
    blocks: list[Block]
    brief: list[tuple[str, Finding]]


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
    marks: Marks
    lines: list[tuple[str, Finding]] = field(default_factory=list)
    part: Markup | None = None


Wanted = Callable[[Finding], bool]


def register(c: Context, full: Wanted | None = None, line: Wanted | None = None) -> Register | None:
    """Return the register, or None without an open finding.

    A view for an audience has the findings that are to be there in `full`, each with what it leads
    to or follows from, and those that are to be there in a `line`; it says how many these are.
    """
    if not c.open:
        return None
    checks = {k.id: k for k in c.result.checks}
    by_check: dict[str, list[Finding]] = {}
    for finding in c.open:
        if (
            finding.led_by in c.open_ids
            and finding.led_by != finding.id
            and not _circular(c, finding)
        ):
            continue
        if full and not any(full(f) for _, f in _brief(c, finding)):
            continue
        by_check.setdefault(finding.check, []).append(finding)
    most = min([CARDS, *(few for many, few in FEWER if len(c.open) > many)])
    areas = []
    for category in CATEGORIES:
        groups = []
        for check, findings in by_check.items():
            if findings[0].category != category:
                continue
            known = checks.get(check)
            cards = [card(c, f) for f in findings[:most]]
            brief = [line for f in findings[most:] for line in _brief(c, f)]
            possible = [k for k in cards if k.finding.confidence == "possible"]
            alone = [k for k in possible if not k.led]
            together = len(alone) >= MANY
            shared: list[Markup] = []
            sure_cards = [k for k in cards if k.finding.confidence == "confirmed"]
            all_rest: list[Markup] = []
            sure_cards, blocks = alike(sure_cards)
            if len(sure_cards) >= MANY:
                sure_cards, all_rest = _rest(c, sure_cards)
            if together:  # one that others follow from keeps its card: they stand in it
                sure_cards += [k for k in possible if k.led]
                possible, shared = _share(c, alone)
            said = (*all_rest, *shared, *(e for b in blocks for e in b.facts))
            seen = {m[0] for e in said for m in _QUOTED.finditer(e)}
            groups.append(
                Group(
                    check,
                    known.title if known else check,
                    known.why if known else "",
                    _once(sure_cards, seen),
                    _once(possible, seen),
                    together,
                    c.check_anchors.get(check, ""),
                    shared,
                    all_rest,
                    [replace(b, cards=_once(b.cards, seen)) for b in blocks],
                    brief,
                )
            )
        if groups:
            areas.append(Area(category, c.w(f"area.{category}"), counts(c, category), groups))
    sure = sum(f.confidence == "confirmed" for f in c.problems)
    maybe = len(c.problems) - sure
    key = (
        "both"
        if sure and maybe
        else "possible"
        if maybe
        else "confirmed"
        if sure
        else "information"
    )
    key = f"findings.title.{key}"
    title = c.w(
        key,
        n=c.count("findings-confirmed", sure),
        possible=c.w("findings.are-possible", n=c.count("findings-possible", maybe)),
    )
    reading = c.w("findings.reading") if maybe else None
    if full is None or line is None:
        return Register(title, reading, areas, marks(c))
    shown = {f.id for mine in by_check.values() for top in mine for _, f in _brief(c, top)}
    lines = [(c.finding_anchors[f.id], f) for f in c.open if f.id not in shown and line(f)]
    part = c.w("audience.findings", n=len(shown), lines=len(lines), of=len(c.open))
    return Register(title, reading, areas, marks(c), lines, part)


def counts(c: Context, category: str) -> Markup:
    """Return how many findings an area has, in words; information is counted apart."""
    mine = [f for f in c.problems if f.category == category]
    confirmed = sum(f.confidence == "confirmed" for f in mine)
    possible = len(mine) - confirmed
    information = sum(f.category == category for f in c.open) - len(mine)
    parts = []
    if confirmed:
        parts.append(c.w("findings.confirmed", n=c.count(f"area-{category}-confirmed", confirmed)))
    if possible:
        parts.append(c.w("findings.possible", n=c.count(f"area-{category}-possible", possible)))
    if information:
        parts.append(
            c.w("findings.information", n=c.count(f"area-{category}-information", information))
        )
    return Markup(", ").join(parts)


def card(c: Context, finding: Finding, *, nested: bool = False) -> Card:
    """Return a finding as a card, with the findings that follow from it."""
    led = (
        []
        if nested
        else [card(c, c.findings[i], nested=True) for i in finding.leads if _follows(c, i, finding)]
    )
    money: Markup | str = ""
    if finding.money:
        money = c.w("money.a-year", money=c.money(finding.money)) + c.basis(finding.money)
    return Card(
        finding=finding,
        anchor=c.finding_anchors[finding.id],
        severity=c.severity(finding.severity, finding.confidence),
        scopes=c.scopes(finding.scopes),
        evidence=[evidence(c, finding, i) for i in range(len(finding.evidence))],
        action=action_line(c, finding.action) if finding.action and not nested else None,
        at_stake=money,
        harmless=prose(finding.harmless_if) if finding.harmless_if else "",
        path=path(c, finding.path),
        led=led,
        related=[c.finding_link(i) for i in finding.related if i in c.findings],
    )


def _brief(c: Context, finding: Finding) -> list[tuple[str, Finding]]:
    """Return a finding and those that follow from it, each with its anchor."""
    led = [c.findings[i] for i in finding.leads if _follows(c, i, finding)]
    return [(c.finding_anchors[f.id], f) for f in (finding, *led)]


def _follows(c: Context, finding: str, lead: Finding) -> bool:
    """Tell whether an open finding is shown under `lead`: only under the one it names itself."""
    return finding in c.open_ids and c.findings[finding].led_by == lead.id != finding


def _share(c: Context, cards: list[Card]) -> tuple[list[Card], list[Markup]]:
    """Return the cards without the facts that many of them rest on, and those facts, said once."""
    times: dict[Markup, int] = {}
    for one in cards:
        for fact in dict.fromkeys([*one.evidence, *_harmless(c, one)]):
            times[fact] = times.get(fact, 0) + 1
    common = {fact for fact, n in times.items() if n >= MANY}
    kept = [
        replace(k, evidence=[e for e in [*k.evidence, *_harmless(c, k)] if e not in common])
        for k in cards
    ]
    said = [
        fact
        if times[fact] == len(cards)
        else c.w("findings.rests", n=times[fact]) + Markup(" ") + fact
        for fact in times
        if fact in common
    ]
    return kept, said


def _rest(c: Context, cards: list[Card]) -> tuple[list[Card], list[Markup]]:
    """Return the cards without the facts that all of them rest on, and those facts."""
    common = set(cards[0].evidence).intersection(*(k.evidence for k in cards[1:]))
    said = [e for e in cards[0].evidence if e in common]
    same = {k.harmless for k in cards}
    if len(same) == 1 and "" not in same:
        said += _harmless(c, cards[0])
        cards = [replace(k, harmless="") for k in cards]
    # A card keeps at least one fact of its own; where there is none, it keeps them all.
    return [
        replace(k, evidence=[e for e in k.evidence if e not in common] or k.evidence) for k in cards
    ], said


def _harmless(c: Context, one: Card) -> list[Markup]:
    text = one.finding.harmless_if
    # A translated sentence keeps its capital: it may begin with a noun.
    small = c.w.is_english or isinstance(text, Foreign)
    what = prose(like(text, text[:1].lower() + text[1:]) if small else text)
    return [c.w("findings.harmless-if", what=what)] if text else []


def evidence(c: Context, finding: Finding, number: int) -> Markup:
    """Return one fact in words: what it says, the inventory's own words, and where they stand."""
    fact = finding.evidence[number]
    out = str(prose(fact.text))
    if fact.quote:
        out += f" <q>{esc(without_remark(fact.quote))}</q>"
    if fact.place:
        out += f" <cite>{esc(c.place(fact.place))}</cite>"
    if fact.assumed:
        out += f' <span class="assumed">{c.w("assumed")}</span>'
    return Markup(out)


_QUOTED: Final = re.compile(r" (<q>.*?</q>) (<cite>.*?</cite>)", re.DOTALL)


def _once(cards: list[Card], seen: set[str]) -> list[Card]:
    """Return the cards of one check, the same words from the same place quoted in the first only.

    What a fact says and where it stands is with each of them.
    """

    def shorter(found: re.Match[str]) -> str:
        new = found[0] not in seen
        seen.add(found[0])
        return found[0] if new else f" {found[2]}"

    return [
        replace(
            k,
            evidence=[Markup(_QUOTED.sub(shorter, e)) for e in k.evidence],
            led=_once(k.led, seen),
        )
        for k in cards
    ]


def without_remark(quote: str) -> str:
    """Return the inventory's words without the remarks (`# ...`) at the ends of their lines."""
    return "\n".join(_REMARK.sub(r"\1", line) for line in quote.split("\n"))


def path(c: Context, steps: list[Step]) -> Markup | str:
    """Return a path as names with arrows."""
    if not steps:
        return ""
    out = [c.tool(steps[0].source)]
    for step in steps:
        word = c.w("path.by-hand") if step.automatic is False else c.w("path.to")
        out += [
            Markup(
                f' <span class="arrow" aria-hidden="true">→</span><span class="vh"> {word} </span> '
            ),
            c.tool(step.target),
        ]
    return Markup("").join(out)


def _circular(c: Context, finding: Finding) -> bool:
    """Tell whether a finding's lead is led itself, so that it would be shown nowhere."""
    lead = c.findings.get(finding.led_by or "")
    return (
        lead is None
        or finding.id not in lead.leads
        or (lead.led_by in c.findings and lead.led_by is not None)
    )
