"""Two audit results as one HTML file: what changed, why, and both stacks on the same axes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from jinja2 import Template
from markupsafe import Markup

from stackaudit.branding.model import Brand
from stackaudit.compare import Comparison, compare
from stackaudit.compare.model import Change, Measure, State
from stackaudit.report import assets, changes, moved, pairs
from stackaudit.report.both import Both
from stackaudit.report.changes import Became
from stackaudit.report.dress import House, coloured, foot, unnamed
from stackaudit.report.html import csp_hash, environment
from stackaudit.report.moved import Moved
from stackaudit.report.pairheat import PairHeat, pair_heat
from stackaudit.report.pairmatrix import PairMatrix, pair_matrix
from stackaudit.report.paper import rules as paper_rules
from stackaudit.report.safe import like, name, prose
from stackaudit.report.tables import Cell, Table
from stackaudit.report.translated import translated, translated_comparison
from stackaudit.report.words import Words
from stackaudit.result import AuditResult

TILES: Final = {
    "support-integrated": 1,
    "findings-high": -1,
    "findings-confirmed": -1,
    "spend": 0,
    "saving": 0,
    "completeness": 1,
}
"""Numbers of the first screen, and whether more of them is better (1), worse (-1) or neither."""

TOP: Final = 5
"""Findings of a state named on the first screen."""

_PARTS: Final[tuple[State, ...]] = ("resolved", "new", "open")
_ASIDE: Final[tuple[State, ...]] = ("reclassified", "accepted", "not-judged")


@dataclass(frozen=True)
class Tile:
    """A number of the first screen, before and after."""

    value: str
    label: Markup
    was: Markup
    tone: str


@dataclass(frozen=True)
class Brief:
    """Findings named on the first screen."""

    title: Markup
    lines: list[tuple[Markup, Markup]]
    more: Markup | None


@dataclass(frozen=True)
class View:
    """All that the template shows; a section that is None is not there."""

    company: Markup
    period: Markup
    days: tuple[str, str]
    scope: list[Markup]
    headline: Markup
    so_what: list[Markup]
    tiles: list[Tile]
    briefs: list[Brief]
    limits: list[Markup]
    numbers: Table
    numbers_title: Markup
    areas_title: Markup | None
    appendix_title: Markup
    became: list[Became]
    open: Table
    open_title: Markup | None
    scores: pairs.Pair | None
    severities: pairs.Pair | None
    spend: pairs.Pair | None
    money: Moved | None
    heat: PairHeat | None
    matrix: PairMatrix | None
    facts: Table
    rules: list[Markup]
    method: list[Markup]
    contents: list[tuple[str, Markup]]


def render_comparison(
    old: AuditResult,
    new: AuditResult,
    *,
    comparison: Comparison | None = None,
    words: Words | None = None,
    paper: str | None = None,
    brand: Brand | None = None,
) -> str:
    """Return the comparison of two audit results: one HTML file without any script.

    Parameters
    ----------
    old, new
        Two results of one company, the older first.
    comparison
        What :func:`stackaudit.compare.compare` says of them, if it was asked already.
    words
        The language and locale; English.
    paper
        The size of its pages when printed (`stackaudit.report.paper.SIZES`).
    brand
        Whose page it is.

    The same results give the same bytes. Raises
    :class:`~stackaudit.compare.NotComparableError` when they say nothing about each other.
    """
    said = comparison or compare(old, new)
    words = words.fresh() if words else Words()
    said = translated_comparison(said, (old, new), words)
    b = Both(translated(old, words), translated(new, words), said, words)
    style = coloured(assets.style(assets.COMPARED), brand)
    style += paper_rules(b.w, foot(brand, new.company.name), paper)
    named = brand is None or brand.tool_name
    if not named:
        style = unnamed(style, b.w.plain("tool.unnamed"))
    policy = (
        f"default-src 'none'; style-src '{csp_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    v = view(b)
    house = House(brand or Brand())
    page = _template().render(v=v, d=house, w=b.w, policy=policy, style=Markup(style))
    return page if named else unnamed(page, b.w.plain("tool.unnamed"))


@cache
def _template() -> Template:
    return environment().from_string(assets.template("compare.html"))


def view(b: Both) -> View:
    """Return the sections of the comparison."""
    w, said = b.w, b.comparison
    before, after = b.days
    told = changes.became(b)
    open_ = said.of("open")
    parts = {
        "scores": pairs.scores(b),
        "severities": pairs.severities(b),
        "spend": pairs.spend(b),
    }
    heat, matrix, money = pair_heat(b), pair_matrix(b), moved.moved(b)
    areas = (parts["severities"], parts["scores"])
    contents = [("answer", w("nav.answer")), ("numbers", w("cmp.nav.numbers"))]
    contents += [(f"state-{t.state}", w(f"cmp.{t.state}")) for t in told]
    for there, address in (
        (open_, "state-open"),
        (parts["severities"] or parts["scores"], "areas"),
        (heat, "coverage"),
        (matrix, "flows"),
        (money, "money"),
    ):
        if there:
            word = "cmp.open" if address == "state-open" else f"cmp.nav.{address}"
            contents.append((address, w(word)))
    contents.append(("appendix", w("nav.appendix")))
    return View(
        company=name(said.company),
        period=w("cmp.period", before=before, after=after),
        days=b.days,
        scope=[
            w("cmp.scope", what=w("tools", n=len(c.in_use)), day=day)
            for c, day in zip(b.contexts, b.days, strict=True)
        ],
        headline=headline(b),
        so_what=_so_what(b),
        tiles=[_tile(b, m) for m in said.measures if m.id in TILES and m.before is not None],
        briefs=[brief for state in ("new", "resolved") if (brief := _brief(b, state))],
        limits=limits(b),
        numbers=_numbers(b),
        numbers_title=_numbers_title(b),
        areas_title=next((p.title for p in areas if p), None),
        appendix_title=w("cmp.appendix", n=w.fact("facts", len(said.facts))),
        became=told,
        open=changes.all_changes(b, ("open",), "open-table", w("cmp.open.table")),
        open_title=changes.counted(b, "open") if open_ else None,
        scores=parts["scores"],
        severities=parts["severities"],
        spend=parts["spend"],
        money=money,
        heat=heat,
        matrix=matrix,
        facts=changes.all_facts(b),
        rules=[b.said(like(rule, rule[:1].upper() + rule[1:])) for rule in said.rules],
        method=_method(b),
        contents=contents,
    )


def counts(b: Both) -> dict[State, int]:
    """Return how many findings became what; information is not counted as a problem."""
    found: dict[State, int] = {}
    for change in b.comparison.changes:
        found[change.state] = found.get(change.state, 0) + (changes.grave(change) != "info")
    return found


def headline(b: Both) -> Markup:
    """Return the movement in a sentence."""
    w, found = b.w, counts(b)
    moved_ = any(found.get(s) for s in ("new", "resolved", *_ASIDE))
    if not moved_ and not found.get("open"):
        return w("cmp.headline.nothing", day=b.days[0])
    if not moved_:
        return w("cmp.headline.same", day=b.days[0], n=w.fact("count-open", found["open"]))
    parts = {s: w(f"cmp.headline.{s}", n=w.fact(f"count-{s}", found.get(s, 0))) for s in _PARTS}
    return w("cmp.headline", day=b.days[0], **parts)


def _so_what(b: Both) -> list[Markup]:
    w, found = b.w, counts(b)
    lines = []
    aside = [w(f"cmp.aside.{s}", n=w.fact(f"count-{s}", found[s])) for s in _ASIDE if found.get(s)]
    if aside:
        lines.append(w("cmp.aside", what=w.listed(aside)))
    fresh = [c for c in b.comparison.of("new") if changes.grave(c) != "info"]
    reasons: dict[str | None, int] = {}
    for change in fresh:
        reasons[change.reason] = reasons.get(change.reason, 0) + 1
    known = [
        w(f"cmp.because.{key.replace(' ', '-')}", n=w.fact(f"new-{key.split()[0]}", reasons[key]))
        for key in ("fact changed", "rule changed", "time passed", "not explained")
        if key in reasons
    ]
    if known:
        lines.append(w("cmp.because", what=w.listed(known)))
    return lines


def _brief(b: Both, state: State) -> Brief | None:
    found = [c for c in b.comparison.of(state) if changes.grave(c) != "info"]
    if not found:
        return None
    # One finding of a check stands for its kin: the first screen shows kinds, not repetitions.
    first: dict[str, Change] = {}
    for change in found:
        first.setdefault(change.check, change)
    kept = list(first.values())[:TOP]
    more = len(found) - len(kept)
    lines = [(changes.severity(b, c), prose(c.sentence)) for c in kept]
    link = Markup(f'<a href="#state-{state}">{b.w(f"cmp.{state}.more", n=more)}</a>')
    return Brief(b.w(f"cmp.{state}.brief"), lines, link if more else None)


def limits(b: Both) -> list[Markup]:
    """Return in sentences what of the two results cannot be compared."""
    w, said = b.w, b.comparison
    lines = []
    if said.rules:
        lines.append(w("cmp.limit.rules", n=len(said.rules)))
    if not b.same_currency:
        was, now = (c.currency or w.plain("cmp.unknown") for c in b.contexts)
        lines.append(w("cmp.limit.currency", was=was, now=now))
    if b.old.result.company.profile != b.new.result.company.profile:
        lines.append(w("cmp.limit.profile"))
    for key in ("scores", "funds", "quality"):
        there = [bool(getattr(c.result, key)) for c in b.contexts]
        if there[0] != there[1] and (key != "funds" or not there[0]):
            lines.append(w(f"cmp.limit.{key}", day=b.days[there.index(False)]))
    if said.same_inventory:
        lines.append(w("cmp.limit.same-inventory"))
    return lines or [w("cmp.limit.none")]


def _tile(b: Both, m: Measure) -> Tile:
    before, after = value(b, m, "before"), value(b, m, "after")
    tone = "neutral"
    better = TILES[m.id]
    if better and m.comparable and m.before is not None and m.after is not None:
        by = (m.after - m.before) * better
        tone = "good" if by > 0 else "bad" if by < 0 else "neutral"
    was = b.w("cmp.tile.same")
    if before != after or not m.comparable:
        key = "cmp.tile.spend" if m.id == "spend" and m.comparable else "cmp.tile"
        was = b.w(key, was=before, change=step(b, m))
    return Tile(after, b.w(f"cmp.measure.{m.id}"), was, tone)


def value(b: Both, m: Measure, when: str) -> str:
    """Return one side of a measure as the report writes it."""
    w = b.w
    low, high, of = (getattr(m, when + end) for end in ("", "_high", "_of"))
    if low is None:
        return w.plain("cmp.unknown")
    if m.unit == "money":
        context = b.old if when == "before" else b.new
        return b.money(low, low if high is None else high, context)
    text = w.number(low)
    if high is not None and round(high) != round(low):
        text = f"{text}–{w.number(high)}"
    return text if of is None else w.plain("cmp.of", n=text, of=of)


def step(b: Both, m: Measure) -> Markup | str:
    """Return how far a measure moved, or why that cannot be said."""
    w = b.w
    if not m.comparable:
        return w(f"cmp.why-not.{_bar_to(m)}")
    if m.before is None or m.after is None:
        return w("cmp.why-not.unknown")
    if m.id == "spend":
        moved_low, moved_high = moved.cost_itself(b)
        return moved.spread(b, moved_low, moved_high)
    low = m.after - m.before
    ends = (m.after if m.after_high is None else m.after_high) - (
        m.before if m.before_high is None else m.before_high
    )
    return b.span(low, ends, b.money_step if m.unit == "money" else b.step)


def _bar_to(m: Measure) -> str:
    return "currency" if m.unit == "money" else "rules" if m.id.startswith("score-") else "profile"


def _numbers(b: Both) -> Table:
    w = b.w
    rows: list[tuple[Cell, ...]] = []
    for m in b.comparison.measures:
        label = (
            w("cmp.measure.score", area=w(f"area.{m.id.removeprefix('score-')}"))
            if m.id.startswith("score-")
            else w(f"cmp.measure.{m.id}")
        )
        note: Markup | str = ""
        if m.id == "spend" and m.before_of is not None and m.after_of is not None:
            note = w("cmp.measure.spend.known", was=m.before_of, now=m.after_of)
            if m.before is not None and m.after is not None and m.comparable:
                itself = moved.cost_itself(b)[0]
                if round(itself) != round(m.after - m.before):
                    note += w("cmp.measure.spend.other")
        sides = ((value(b, m, when), getattr(m, when)) for when in ("before", "after"))
        shown = [
            w.fact(f"{m.id}-{i}", number, text).__html__() if number is not None else text
            for i, (text, number) in enumerate(sides)
        ]
        if m.unit == "money" or m.before_of is not None:
            # Of a share or a range of money the prose says other parts; the table has the whole.
            shown = [value(b, m, "before"), value(b, m, "after")]
        change = step(b, m)
        if not m.comparable:
            note, change = change, w("cmp.not-comparable")
        rows.append((label, *shown, change, note))
    if not any(row[4] for row in rows):
        rows = [row[:4] for row in rows]
    labels = [w(f"cmp.col.{k}") for k in ("number", "before", "after", "change", "note")]
    return Table(
        "numbers-table",
        w("cmp.numbers"),
        labels[: len(rows[0])],
        rows,
        numeric=frozenset({1, 2, 3}),
    )


def _numbers_title(b: Both) -> Markup:
    shown = b.comparison.measures
    moved_ = sum(
        m.comparable
        and (m.before, m.before_high, m.before_of) != (m.after, m.after_high, m.after_of)
        for m in shown
    )
    return b.w("cmp.numbers.title", n=b.w.fact("numbers-moved", moved_), of=len(shown))


def _method(b: Both) -> list[Markup]:
    w, said = b.w, b.comparison
    hashes = [
        Markup('<code class="hash">') + c.result.inventory_hash + Markup("</code>")
        for c in b.contexts
    ]
    return [
        w("cmp.method.same"),
        w("cmp.method.states"),
        w("cmp.method.reasons"),
        w("cmp.method.versions", was=said.old_version, now=said.new_version),
        w("cmp.method.hashes", was=hashes[0], now=hashes[1]),
    ]
