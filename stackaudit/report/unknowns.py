"""What could not be judged: which facts are missing, and the questions that would settle most."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import prose
from stackaudit.report.tables import SHOWN, Table

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


@dataclass(frozen=True)
class Unknowns:
    """Missing facts and questions."""

    title: Markup
    questions: Table
    fields: Table
    grid: Table | None


def unknowns(c: Context) -> Unknowns | None:
    """Return the section, or None for an inventory without tools."""
    if not c.in_use:
        return None
    w = c.w
    questions = c.result.questions
    weights = [str(q.weight) for q in questions]
    rows = [
        (prose(q.text), c.person(q.asked_of) if q.asked_of else "", weight)
        for q, weight in zip(questions, weights, strict=True)
    ]
    labels = [w(f"unknowns.col.{k}") for k in ("question", "asked", "weight")]
    title = (
        w("unknowns.title", n=c.count("questions", len(questions)))
        if questions
        else w("unknowns.title.none")
    )
    listed = Table(
        "question-table",
        w("unknowns.questions"),
        labels,
        rows,
        numeric=frozenset({2}),
        note=c.rest_note(rows),
    )
    known = {t.id: frozenset(t.known) for t in c.in_use}
    used = [
        f
        for f in FIELDS
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
            (w(f"field.{f}"), n, _bar(n, len(known)))
            for f, n in sorted(counted, key=lambda x: (-x[1], x[0]))
        ],
        numeric=frozenset({1}),
    )
    grid = None
    if len(known) <= SHOWN:
        yes, no = Markup(f"<b>{w('yes')}</b>"), "–"
        order = sorted(c.in_use, key=lambda t: (sum(f in known[t.id] for f in used), t.id))
        grid = Table(
            "completeness",
            w("unknowns.grid"),
            [w("unknowns.col.tool"), *(w(f"field.{f}") for f in used)],
            [(c.tool(t.id), *(yes if f in known[t.id] else no for f in used)) for t in order],
            css="grid",
        )
    return Unknowns(title, listed, fields, grid)


def _bar(value: int, of: int) -> Markup:
    wide = round(100 * value / of, 1) if of else 0
    return Markup(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" width="120" height="8" '
        'aria-hidden="true"><rect width="100" height="8" class="rail"/>'
        f'<rect width="{wide:g}" height="8" class="fill"/></svg>'
    )
