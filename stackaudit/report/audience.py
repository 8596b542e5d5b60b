"""Views of one result for one reader: fewer sections in another order, never another number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final, Literal

from markupsafe import Markup

from stackaudit.report.answer import First, action_line
from stackaudit.report.appendix import Appendix
from stackaudit.report.context import Context
from stackaudit.report.findings import register
from stackaudit.report.order import SECTIONS, name_of
from stackaudit.report.personal import about_people, personal, tools_with_personal_data
from stackaudit.report.tables import Table
from stackaudit.report.terms import tools_with_terms
from stackaudit.report.unknowns import unknowns
from stackaudit.result import Action, Category, Finding, Question, Tile

if TYPE_CHECKING:
    from stackaudit.report.html import View

Audience = Literal["cmo", "ops", "finance", "privacy"]

AUDIENCES: Final[tuple[Audience, ...]] = ("cmo", "ops", "finance", "privacy")

SHORT: Final = 6
"""Rows of a table in the view for a CMO; all are in the full report."""

ACTIONS: Final = 5
"""Actions on the first screen."""

STEPS: Final = 2
"""Steps of the roadmap in the view for a CMO, the nearest ones."""


@dataclass(frozen=True)
class Banner:
    """What is said above everything: for whom this view is, and what is left out."""

    who: Markup
    said: Markup
    brief: bool
    """Whether what is folded stays off the paper, and no cover page stands before it."""


@dataclass(frozen=True)
class Short(Table):
    """The first rows of a table, with a word on the others."""

    said: Markup | str = ""

    def __html__(self) -> str:
        return super().__html__() + f'<p class="note">{self.said}</p>'


@dataclass(frozen=True)
class _Subject:
    """What a reader is concerned with."""

    categories: frozenset[Category]
    facts: frozenset[str]
    """Keys of the inventory whose questions are theirs."""
    line: Callable[[Context, Finding], bool]
    acts: Callable[[Action], bool]


_ORDER: Final[dict[Audience, tuple[str, ...]]] = {
    "cmo": ("answer", "map", "silos", "money", "trust", "roadmap"),
    "ops": (
        *("answer", "roadmap", "silos", "ownership", "map", "coverage"),
        *("findings", "unknowns", "trust", "money", "appendix"),
    ),
    "finance": ("answer", "money", "coverage", "findings", "unknowns", "appendix"),
    "privacy": ("answer", "trust", "personal", "findings", "unknowns", "appendix"),
}
_TILES: Final[dict[Audience, tuple[str, ...]]] = {
    "cmo": ("saving", "spend", "findings", "flows"),
    "ops": ("flows", "findings", "questions", "tools"),
    "finance": ("spend", "saving"),
    "privacy": ("findings", "questions"),
}


def _money(_: Context, finding: Finding) -> bool:
    return finding.money is not None or finding.saving is not None


def _of_people(c: Context, finding: Finding) -> bool:
    return any(
        s.kind == "object" and s.id in c.objects and about_people(c.objects[s.id])
        for s in finding.subjects
    )


_SUBJECTS: Final[dict[str, _Subject]] = {
    "finance": _Subject(
        frozenset({"redundancies", "spend"}),
        frozenset({"cost", "contract", "contracts", "seats"}),
        _money,
        lambda a: a.saving is not None or a.deadline is not None,
    ),
    "privacy": _Subject(
        frozenset({"trust"}),
        frozenset({"privacy", "personal_data", "gated_by"}),
        _of_people,
        lambda _: False,
    ),
}


def for_audience(v: View, c: Context, who: Audience) -> View:
    """Return the view of the same result for one reader."""
    made = _made(v, c, who)
    order = _ORDER[who]
    first = replace(made.first, tiles=_sorted(made.first, _TILES[who]))
    left = [name_of(s, c.w) for s in SECTIONS if s not in order]
    if c.w.has(f"audience.{who}.left"):
        left.append(c.w(f"audience.{who}.left"))
    said = c.w(f"audience.{who}")
    if left:
        said += Markup(" ") + c.w("audience.left", what=c.w.listed(left))
    banner = Banner(c.w(f"audience.{who}.name"), said, who == "cmo")
    return replace(made, order=order, first=first, audience=banner)


def _made(v: View, c: Context, who: Audience) -> View:
    if who == "ops":
        return v
    v = replace(v, scores=None, quadrant=None, first=_without_detail(v.first))
    return _cmo(v, c) if who == "cmo" else _specialist(v, c, who)


def _sorted(first: First, ids: tuple[str, ...]) -> list[Tile]:
    rank = {i: n for n, i in enumerate(ids)}
    return sorted(first.tiles, key=lambda t: rank.get(t.id, len(rank)))


def _without_detail(first: First) -> First:
    return replace(first, answers=[a.model_copy(update={"missing": []}) for a in first.answers])


def _cmo(v: View, c: Context) -> View:
    silos, money, trust, road = v.silos, v.spending, v.trust, v.roadmap
    return replace(
        v,
        map=v.map and replace(v.map, hidden=0),
        silos=silos and replace(silos, table=_short(c, silos.table, silos.more), more=None),
        repairs=None,
        matrices=None,
        flow_map=None,
        strips=None,
        spending=money
        and replace(
            money,
            strip=None,
            contracts=_none(money.contracts),
            reading=Markup(" ").join(p for p in (_sentence(money.soon), money.reading) if p),
        ),
        trust=trust
        and replace(
            trust,
            senders=trust.senders and _short(c, trust.senders),
            risks=trust.risks and _short(c, trust.risks),
        ),
        roadmap=road
        and replace(
            road,
            steps=[_short(c, t) for t in road.steps[:STEPS]],
            possible=_short(c, road.possible),
        ),
        register=None,
        unknowns=None,
        declared=None,
        coverage=None,
        owners=None,
        losses=None,
    )


def _sentence(title: Markup | None) -> Markup:
    """Return a title as a sentence."""
    return title + "." if title else Markup("")


def _specialist(v: View, c: Context, who: Audience) -> View:
    about = _SUBJECTS[who]
    category = {k.id: k.category for k in c.result.checks}

    def wanted(question: Question) -> bool:
        decided = {category.get(s.partition(":")[0]) for s in question.settles}
        return bool(decided & about.categories or _keys(question.fills) & about.facts)

    def full(finding: Finding) -> bool:
        return finding.category in about.categories

    shown = replace(
        v,
        first=_first(v.first, c, about),
        map=None,
        silos=None,
        repairs=None,
        matrices=None,
        flow_map=None,
        strips=None,
        owners=None,
        losses=None,
        roadmap=None,
        register=register(c, full, lambda f: about.line(c, f)),
    )
    if who == "finance":
        return replace(
            shown,
            trust=None,
            coverage=v.coverage
            and replace(v.coverage, heat=Markup(""), title=v.coverage.pairs_title),
            unknowns=unknowns(c, wanted, ("owner", "cost", "contract", "seats")),
            appendix=_appendix(c, v.appendix, tools_with_terms(c)),
        )
    return replace(
        shown,
        spending=None,
        freed=None,
        coverage=None,
        personal=personal(c),
        unknowns=unknowns(c, wanted, ("owner", "data", "channels", "privacy")),
        appendix=_appendix(c, v.appendix, tools_with_personal_data(c)),
    )


def _keys(fills: Iterable[str]) -> set[str]:
    """Return the keys of the inventory that answers belong to, and the lists they are in."""
    parts = [f.split("/") for f in fills]
    return {p[-1].partition(".")[0] for p in parts} | {p[0] for p in parts}


def _first(first: First, c: Context, about: _Subject) -> First:
    """Return the first screen with the reader's own actions, where there are any."""

    def mine(action: Action) -> bool:
        settled = (c.findings[i] for i in action.settles if i in c.findings)
        return about.acts(action) or any(f.category in about.categories for f in settled)

    front = [c.actions[i] for i in c.result.summary.first_actions if i in c.actions]
    ordered = {a.id: a for a in [*front, *c.result.actions] if mine(a)}
    chosen = list(ordered.values())[:ACTIONS]
    if not chosen:
        return first
    return replace(first, actions=[action_line(c, a) for a in chosen])


def _short(c: Context, table: Table, more: Table | None = None) -> Table:
    """Return the first rows of a table that may go on in another one, with how many there are."""
    rows = len(table.rows) + (len(more.rows) if more else 0)
    shown = min(SHORT, len(table.rows))
    if rows <= shown:
        return table
    own = {f.name: getattr(table, f.name) for f in fields(table)}
    own |= {"rows": table.rows[:shown], "anchors": table.anchors[:shown]}
    return Short(**own, said=c.w("audience.short", n=rows, shown=shown))


def _none(table: Table) -> Table:
    return replace(table, rows=(), anchors=())


def _appendix(c: Context, whole: Appendix, tools: Table) -> Appendix:
    return replace(
        whole,
        title=c.w("audience.appendix"),
        tools=tools,
        integrations=_none(whole.integrations),
        checks=_none(whole.checks),
        notes=_none(whole.notes),
        glossary=_none(whole.glossary),
    )


_LINK: Final = re.compile(r'<a\b[^>]*?\shref="#([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_NUMBERS: Final = re.compile(r'(?:<a class="ref" href="#[^"]*"[^>]*>\d+</a> ?)+')
_ID: Final = re.compile(r'\sid="([^"]+)"')


def unlinked(html: str) -> str:
    """Return the page with links to what is not in this view as plain text.

    Where the numbers of findings are links, those that lead nowhere become how many they are.
    Text of strangers is escaped, so what looks like a tag here is one.
    """
    there = frozenset(_ID.findall(html))

    def numbers(found: re.Match[str]) -> str:
        links = list(_LINK.finditer(found[0]))
        kept = [link[0] for link in links if link[1] in there]
        gone = len(links) - len(kept)
        if gone:
            kept.append(f"+{gone}" if kept else str(gone))
        return " ".join(kept)

    html = _NUMBERS.sub(numbers, html)
    return _LINK.sub(lambda link: link[0] if link[1] in there else link[2], html)
