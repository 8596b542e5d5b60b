"""Impact and effort of the first actions: a numbered dot each, and the list of the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import prose
from stackaudit.report.svg import Svg
from stackaudit.report.tables import Table
from stackaudit.result import Action

DOTS: Final = 12
"""Actions drawn: the first of the roadmap."""

_IMPACT: Final = ("many", "two", "one")
_EFFORT: Final = ("small", "medium", "large")


@dataclass(frozen=True)
class Quadrant:
    """The picture, and the actions behind the numbers."""

    title: Markup
    picture: Markup
    table: Table


def quadrant(c: Context) -> Quadrant | None:
    """Return the picture, or None with fewer than three confirmed actions above information."""
    sure = (a for a in c.result.actions if a.confidence == "confirmed" and a.severity != "info")
    shown = [a for a in sure if a.settles][:DOTS]
    if len(shown) < 3:
        return None
    title = c.w(
        "quadrant.title",
        small=c.count("actions-small", sum(a.effort == "small" for a in shown)),
        many=c.count("actions-many", sum(len(a.settles) > 1 for a in shown)),
        of=c.count("actions-drawn", len(shown)),
    )
    rows = [
        (
            i,
            prose(a.text),
            c.severity(a.severity),
            c.w(f"size.{a.effort}"),
            len(a.settles),
        )
        for i, a in enumerate(shown, 1)
    ]
    labels = [
        c.w(f"quadrant.col.{k}") for k in ("number", "action", "severity", "effort", "settles")
    ]
    table = Table(
        "quadrant-table", c.w("quadrant.table"), labels, rows, css="tight", numeric=frozenset({4})
    )
    return Quadrant(title, _picture(c, shown), table)


def _picture(c: Context, shown: list[Action]) -> Markup:
    left, top, wide, high, per = 74.0, 4.0, 146.0, 76.0, 4
    svg = Svg(left + 3 * wide + 4, top + 3 * high + 40, c.w.plain("quadrant.label"), "pic quad")
    cells: dict[tuple[int, int], list[int]] = {}
    for number, a in enumerate(shown, 1):
        key = (_EFFORT.index(a.effort), max(0, 3 - len(a.settles)))
        cells.setdefault(key, []).append(number)
    for row, impact in enumerate(_IMPACT):
        y = top + row * high
        svg.text(left - 10, y + high / 2 + 4, c.w.plain(f"quadrant.{impact}"), "lab end")
        for column in range(3):
            x = left + column * wide
            svg.rect(x, y, wide - 4, high - 4, "a2" if (column, row) == (0, 0) else "a0", r=3)
            dots = cells.get((column, row), [])
            lines = [dots[i : i + per] for i in range(0, len(dots), per)]
            for line, numbers in enumerate(lines):
                cy = y + high / 2 - 2 + (line - (len(lines) - 1) / 2) * 24
                for place, number in enumerate(numbers):
                    cx = x + wide / 2 - 2 + (place - (len(numbers) - 1) / 2) * 30
                    # A short path with a round cap is a dot: the numbers stay on top of it.
                    svg.path(f"M{cx:.0f} {cy:.0f}h.01", "dot")
                    svg.text(cx, cy + 4, str(number), "dotn")
    for column, effort in enumerate(_EFFORT):
        x = left + column * wide + wide / 2 - 2
        svg.text(x, top + 3 * high + 14, c.w.plain(f"effort.{effort}"), "ax mid")
    svg.text(left - 10, top + 3 * high + 14, c.w.plain("quadrant.impact"), "ax end")
    return svg.done()
