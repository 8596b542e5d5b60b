"""What could not be judged: which facts are missing, and the questions that would settle most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import name, prose
from stackaudit.report.tables import SHOWN, Table
from stackaudit.result import Question

FIELDS = (
    "product",
    "status",
    "capabilities",
    "data",
    "channels",
    "owner",
    "technical_owner",
    "team",
    "used_by",
    "cost",
    "contract",
    "seats",
    "privacy",
    "reviewed",
)
"""Inventory keys of the completeness grid, in the order of the inventory."""


FIRST = 6
"""Questions to one person that are open to see; the others are folded."""


NAMED = 3
"""A question names at least so many of what it is about."""


@dataclass(frozen=True)
class Line:
    """A question, what its answer settles, and where in the inventory it belongs."""

    text: Markup
    settles: Markup
    fills: str
    names: Markup
    """All that it asks about, where the question itself names only the first."""


@dataclass(frozen=True)
class Asked:
    """The questions to one person, those that settle most first."""

    who: Markup
    about: Markup
    first: list[Line]
    rest: list[Line]


@dataclass(frozen=True)
class Unknowns:
    """Missing facts and questions."""

    title: Markup
    people: list[Asked]
    fields: Table
    grid: Table | None
    reading: Markup | None = None


def unknowns(
    c: Context,
    wanted: Callable[[Question], bool] | None = None,
    shown: Sequence[str] = FIELDS,
) -> Unknowns | None:
    """Return the section, or None for an inventory without tools.

    A view for an audience has the `wanted` questions, says how many they are of all, and of the
    facts that are written down the `shown` ones.
    """
    if not c.in_use:
        return None
    w = c.w
    questions = c.result.questions
    title = (
        w("unknowns.title", n=c.count("questions", len(questions)))
        if questions
        else w("unknowns.title.none")
    )
    known = {t.id: frozenset(t.known) for t in c.in_use}
    used = [
        f
        for f in shown
        if f in ("owner", "cost", "data", "contract") or any(f in k for k in known.values())
    ]
    counted = [(f, sum(f in k for k in known.values())) for f in used]
    fields = Table(
        "field-table",
        w("unknowns.fields"),
        [
            w("unknowns.col.field"),
            w("unknowns.col.known", tools=len(known)),
            w("unknowns.col.share"),
        ],
        [
            (w(f"field.{f}"), n, bar(n, len(known)))
            for f, n in sorted(counted, key=lambda x: (-x[1], x[0]))
        ],
        numeric=frozenset({1}),
    )
    mine = [q for q in questions if wanted is None or wanted(q)]
    reading = None if wanted is None else w("audience.questions", n=len(mine), of=len(questions))
    grid = None
    if len(known) <= SHOWN and wanted is None:
        yes, no = w("yes"), ""  # an empty cell is drawn with a dash
        order = sorted(c.in_use, key=lambda t: (sum(f in known[t.id] for f in used), t.id))
        grid = Table(
            "completeness",
            w("unknowns.grid"),
            [w("unknowns.col.tool"), *(w(f"field.{f}") for f in used)],
            [(c.tool(t.id), *(yes if f in known[t.id] else no for f in used)) for t in order],
            css="grid",
        )
    return Unknowns(title, _people(c, mine), fields, grid, reading)


def _people(c: Context, questions: list[Question]) -> list[Asked]:
    """Return the questions by who is likely to know, the one who can settle most first."""
    titles = {k.id: k.title for k in c.result.checks}
    by_person: dict[str | None, list[Question]] = {}
    for q in questions[:SHOWN]:
        by_person.setdefault(q.asked_of, []).append(q)
    weight = {p: sum(q.weight for q in mine) for p, mine in by_person.items()}
    order = sorted(by_person, key=lambda p: (p is None, -weight[p], p or ""))
    out = []
    for person in order:
        lines = [_line(c, q, titles) for q in by_person[person]]
        about = c.w(
            "unknowns.about",
            questions=c.w("unknowns.asked", n=len(lines)),
            settles=c.w("unknowns.settles", n=weight[person]),
        )
        who = c.person(person) if person else c.w("unknowns.anybody")
        out.append(Asked(who, about, lines[:FIRST], lines[FIRST:]))
    return out


def _line(c: Context, q: Question, titles: dict[str, str]) -> Line:
    checks = dict.fromkeys(s.partition(":")[0] for s in q.settles)
    said = c.w.listed((prose(titles.get(k, k)) for k in checks), limit=4)
    settles = c.w("unknowns.decides", n=q.weight, checks=said) if said else Markup("")
    return Line(prose(q.text), settles, _fills(q.fills), _names(c, q))


def _names(c: Context, q: Question) -> Markup:
    """Return all that a question is about, if it says `and 9 more`: who is asked has to know."""
    names = []
    for subject in q.subjects:
        flow = c.flows.get(subject.id) if subject.kind == "integration" else None
        if flow:
            arrow = "→" if flow.direction == "one-way" else "–"
            ends = (c.tool_name(end) if end else "?" for end in (flow.source, flow.target))
            names.append(f" {arrow} ".join(ends))
        else:
            names.append(c.tool_name(subject.id) if subject.kind == "tool" else subject.name)
    names = list(dict.fromkeys(n for n in names if n))
    if len(names) <= NAMED or all(n in q.text for n in names):
        return Markup("")
    return Markup("; ").join(name(n) for n in names)


def _fills(fills: list[str]) -> str:
    """Return where the answers belong; what is the same key of many is said once, with a `*`."""
    keys: dict[str, list[str]] = {}
    for fill in fills:
        part, _, rest = fill.partition("/")
        key = rest.partition("/")[2]
        keys.setdefault(f"{part}/*/{key}" if key else fill, []).append(fill)
    return ", ".join(many[0] if len(many) == 1 else key for key, many in keys.items())


def bar(value: int, of: int) -> Markup:
    """Return a bar for a share, as an ornament of the number beside it."""
    wide = round(120 * value / of, 1) if of else 0
    return Markup(
        f'<svg class="bar" aria-hidden="true"><path d="M0 4h120"/><path d="M0 4h{wide:g}"/></svg>'
    )
