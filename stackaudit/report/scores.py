"""Scores: how sound each area is, as a range, or why that cannot be said."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import prose
from stackaudit.report.tables import Table
from stackaudit.result import AreaScore


@dataclass(frozen=True)
class Scores:
    """The scores, and how they are counted."""

    title: Markup
    table: Table
    formula: list[Markup]


def scores(c: Context) -> Scores | None:
    """Return the scores, or None where the result has none."""
    found = c.result.scores
    if not found:
        return None
    scored = [s for s in found if s.low is not None and s.high is not None]
    if scored:
        worst = min(scored, key=lambda s: (s.low or 0, s.high or 0, s.category))
        low = worst.low or 0
        title = c.w(
            "scores.title" if len(scored) > 1 else "scores.title.one",
            area=c.w(f"area.{worst.category}"),
            score=c.w.fact("score-worst", low, _range(c, worst)),
        )
    else:
        title = c.w("scores.title.none")
    rows = [
        (
            Markup(f'<a href="#area-{s.category}">{c.w(f"area.{s.category}")}</a>')
            if any(f.category == s.category for f in c.open)
            else c.w(f"area.{s.category}"),
            _range(c, s) if s.low is not None else "–",
            s.examined,
            s.unknown,
            _why(c, s.why) if s.low is None and s.why else "",
        )
        for s in found
    ]
    if not any(row[-1] for row in rows):
        rows = [row[:-1] for row in rows]  # type: ignore[misc]
    labels = [c.w(f"scores.col.{k}") for k in ("area", "score", "examined", "open", "why")]
    table = Table(
        "score-table",
        c.w("scores.table"),
        labels[: len(rows[0])],
        rows,
        numeric=frozenset({1, 2, 3}),
    )
    titles = {k.id: k.title for k in c.result.checks}
    formula = [prose(s) for s in dict.fromkeys(s.formula for s in found if s.formula)]
    formula += [
        c.w(
            "scores.weights",
            area=c.w(f"area.{s.category}"),
            weights=c.w.listed(
                prose(f"{titles.get(k, k)} {v:g}") for k, v in sorted(s.weights.items())
            ),
        )
        for s in scored
        if s.weights
    ]
    if c.result.quality and c.result.quality.formula:
        formula.append(c.w("scores.completeness", formula=prose(c.result.quality.formula)))
    return Scores(title, table, formula)


def _why(c: Context, why: str) -> Markup:
    """Return why there is no score; the reason may say itself that there is none."""
    said = c.w.plain("scores.why", why="")
    return prose(why) if why.startswith(said) else c.w("scores.why", why=prose(why))


def _range(c: Context, s: AreaScore) -> str:
    low, high = c.w.number(s.low or 0), c.w.number(s.high or 0)
    return low if low == high else f"{low}–{high}"
