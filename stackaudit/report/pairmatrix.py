"""Who sends to whom, before and after: the tools of both in one order, on the same axes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from stackaudit.report.both import Both
from stackaudit.report.context import COLUMNS, Context
from stackaudit.report.matrix import best, drawn
from stackaudit.report.owners import degree
from stackaudit.report.safe import name
from stackaudit.report.svg import Svg, fit
from stackaudit.report.tables import Cell, Table
from stackaudit.result import FlowEntry

TOOLS: Final = 36
"""Tools of both results with a row of their own; above, areas have rows."""

SIDE: Final = 560.0
"""Width of one of the two pictures: both stand beside each other on a screen and on paper."""

Ends = tuple[str, str]


@dataclass(frozen=True)
class PairMatrix:
    """Two matrices on the same axes, and the pairs of tools that differ."""

    title: Markup
    reading: Markup
    before: Markup
    after: Markup
    legend: list[tuple[str, str, Markup]]
    table: Table


def pair_matrix(b: Both) -> PairMatrix | None:
    """Return both matrices, or None where no integration joins two tools in either result."""
    was = _pairs(b.old, b)
    now = _pairs(b.new, b)
    if not was and not now:
        return None
    w = b.w
    order = _order(b)
    ids = {t for t, _ in order}
    was, now = ({p: k for p, k in found.items() if set(p) <= ids} for found in (was, now))
    changed = {p for p in was.keys() | now.keys() if was.get(p) != now.get(p)}
    came, gone = len(now.keys() - was.keys()), len(was.keys() - now.keys())
    title = w(
        "cmp.matrix.title",
        came=w("cmp.matrix.came", n=w.fact("pairs-new", came)),
        gone=w("cmp.matrix.gone", n=w.fact("pairs-gone", gone)),
        other=w("cmp.matrix.other", n=w.fact("pairs-other", len(changed) - came - gone)),
    )
    touched = {end for ends in changed for end in ends}
    few = [(t, where) for t, where in order if t in touched or where != "both"]
    reading = w("cmp.matrix.reading")
    if len(order) > TOOLS and 0 < len(few) <= TOOLS:
        reading += Markup(" ") + w("cmp.matrix.changed-only", n=len(few), of=len(order))
        order = few
    if len(order) <= TOOLS:
        drawn_ids = {t for t, _ in order}
        shown = [{p: k for p, k in found.items() if set(p) <= drawn_ids} for found in (was, now)]
        before, after = (_picture(b, order, shown, when) for when in (0, 1))
        kinds = sorted({*shown[0].values(), *shown[1].values()}, key=_KINDS.index)
        legend = [(f"c {k}", "", w(f"matrix.{k}")) for k in kinds]
        there = _marks(shown, 0) | _marks(shown, 1)
        legend += [("ring", m, w(f"cmp.matrix.mark.{k}")) for k, m in _MARKS.items() if m in there]
    else:
        areas = [d for d in [*b.domains(), ""] if any(_area(b, t) == d for t in ids)]
        counts = [_by_area(b, found) for found in (was, now)]
        most = max([*counts[0].values(), *counts[1].values()], default=1)
        before = _areas(b, areas, counts, 0, most)
        after = _areas(b, areas, counts, 1, most)
        reading = w("cmp.matrix.aggregated", n=len(order), limit=TOOLS)
        legend = [("ring", "+1", w("cmp.matrix.mark.area"))]
    return PairMatrix(title, reading, before, after, legend, _table(b, was, now, changed))


_KINDS: Final = ("auto", "broken", "hand", "unknown", "planned")
_MARKS: Final = {"new": "+", "gone": "\u2212", "other": "\u2260"}


def _pairs(c: Context, b: Both) -> dict[Ends, str]:
    """Return how every pair of tools is connected, by the tools' newer ids."""
    found: dict[Ends, list[FlowEntry]] = {}
    for (source, target), flows in drawn(c).items():
        ends = (source, target) if c is b.new else (b.tool_now(source), b.tool_now(target))
        found.setdefault(ends, []).extend(flows)
    return {ends: best(flows) for ends, flows in found.items()}


def _order(b: Both) -> list[tuple[str, str]]:
    """Return the tools in use of either result and where each is: both, before, or after."""
    old = {b.tool_now(t.id): t for t in b.old.in_use}
    new = {t.id: t for t in b.new.in_use}
    rank = {column: i for i, column in enumerate(COLUMNS)}
    tools = {**old, **new}

    def place(tool: str) -> tuple[int, int, str]:
        entry = tools[tool]
        column = entry.column if entry.column in COLUMNS else "other"
        return rank[column], -degree(entry), tool

    return [
        (t, "both" if t in old and t in new else "after" if t in new else "before")
        for t in sorted(tools, key=place)
    ]


def _picture(
    b: Both, order: list[tuple[str, str]], both: list[dict[Ends, str]], when: int
) -> Markup:
    names, top, right = 138.0, 96.0, 52.0
    cell = min(20.0, (SIDE - names - right) / max(len(order), 1))
    size = cell * len(order)
    label = b.w.plain("cmp.matrix.label", day=b.days[when])
    svg = Svg(SIDE, top + size + 6, label, "pic matrix pairmatrix")
    at = {tool: i * cell for i, (tool, _) in enumerate(order)}
    absent = {tool for tool, where in order if where == ("after", "before")[when]}
    grid: list[str] = []
    diagonal: list[str] = []
    for tool, _ in order:
        o = at[tool]
        y, x = top + o, names + o
        if tool in absent:
            svg.rect(names, y, size, cell, "void")
            svg.rect(x, top, cell, size, "void")
    for tool, where in order:
        o = at[tool]
        y, x = top + o, names + o
        text = b.tool_name(tool)
        if where != "both":
            text = b.w.plain(f"cmp.matrix.only.{where}", name=text)
        css = " away" if tool in absent else ""
        grid.append(
            f"M{names:g} {y + cell / 2:.4g}h{size:.4g}M{x + cell / 2:.4g} {top:g}v{size:.4g}"
        )
        diagonal.append(f"M{x + 1:.4g} {y + 1:.4g}h{cell - 2:.3g}v{cell - 2:.3g}h-{cell - 2:.3g}z")
        middle = y + cell / 2 + 4
        svg.text(names - 7, middle, fit(text, 11.5, names - 9), f"lab end s{css}", title=text)
        svg.text(
            x + cell / 2 + 2,
            top - 5,
            fit(b.tool_name(tool), 11, 104),
            f"lab small s{css}",
            title=text,
            turn=-58,
        )
    svg.path("".join(grid), "tick")
    svg.path("".join(diagonal), "self")
    for (source, target), kind in sorted(both[when].items()):
        x, y = names + at[target], top + at[source]
        title = f"{b.tool_name(source)} → {b.tool_name(target)}"
        svg.cell(x + 1.5, y + 1.5, cell - 3, f"c {kind}", title)
    for ends in sorted(both[0].keys() | both[1].keys()):
        mark = _mark(both[0].get(ends), both[1].get(ends), when)
        if mark:
            source, target = ends
            x, y = names + at[target], top + at[source]
            title = f"{b.tool_name(source)} → {b.tool_name(target)}"
            svg.cell(x - 0.5, y - 0.5, cell + 1, "ring", title)
            svg.text(x + cell / 2, y + cell / 2 + 4, mark, f"ct {both[when].get(ends, '')}")
    return svg.done()


def _marks(both: list[dict[Ends, str]], when: int) -> set[str]:
    """Return the signs one of the two pictures has."""
    ends = both[0].keys() | both[1].keys()
    return {_mark(both[0].get(e), both[1].get(e), when) for e in ends} - {""}


def _mark(was: str | None, now: str | None, when: int) -> str:
    """Return the sign of a change: what is new in the newer picture, what is gone in the older."""
    if was == now:
        return ""
    if was and now:
        return _MARKS["other"] if when else ""
    if now:
        return _MARKS["new"] if when else ""
    return "" if when else _MARKS["gone"]


def _area(b: Both, tool: str) -> str:
    entry = b.new.tools.get(tool) or b.old.tools.get(tool)
    if entry is None:
        entry = next((t for t in b.old.in_use if b.tool_now(t.id) == tool), None)
    return (entry.domain if entry else None) or ""


def _by_area(b: Both, pairs: dict[Ends, str]) -> dict[Ends, int]:
    counts: dict[Ends, int] = {}
    for source, target in pairs:
        at = (_area(b, source), _area(b, target))
        counts[at] = counts.get(at, 0) + 1
    return counts


def _areas(
    b: Both, areas: list[str], counts: list[dict[Ends, int]], when: int, most: int
) -> Markup:
    """Draw a matrix by area: the number in a cell is how many pairs of tools are connected."""
    names, top, right = 150.0, 120.0, 58.0
    cell = min(34.0, (SIDE - names - right) / max(len(areas), 1))
    size = cell * len(areas)
    label = b.w.plain("cmp.matrix.label.areas", day=b.days[when])
    svg = Svg(SIDE, top + size + 6, label, "pic matrix pairmatrix")
    for i, area in enumerate(areas):
        text = b.domain(area) if area else b.w.plain("area.none")
        y, x = top + i * cell, names + i * cell
        svg.text(names - 7, y + cell / 2 + 4, fit(text, 11.5, names - 9), "lab end s", title=text)
        svg.text(x + cell / 2 + 2, top - 6, fit(text, 11, 128), "lab small s", title=text, turn=-58)
        for j, other in enumerate(areas):
            n = counts[when].get((area, other), 0)
            step = n - counts[0].get((area, other), 0)
            shade = 0 if not n else 1 if n <= most / 4 else 2 if n <= most / 2 else 3
            x = names + j * cell
            svg.rect(x + 1, y + 1, cell - 2, cell - 2, f"a{shade}", r=2)
            lift = 0.0
            if when and step:
                sign = "+" if step > 0 else "\u2212"
                svg.cell(x + 1, y + 1, cell - 2, "ring", text)
                svg.text(x + cell / 2, y + cell - 3.5, f"{sign}{abs(step)}", "ct step")
                lift = 5.0
            if n or (when and step):
                svg.text(x + cell / 2, y + cell / 2 + 4 - lift, b.w.number(n), "ct num")
    return svg.done()


def _table(b: Both, was: dict[Ends, str], now: dict[Ends, str], changed: set[Ends]) -> Table:
    w = b.w
    rows: list[tuple[Cell, ...]] = []
    for ends in sorted(changed, key=lambda e: (e in was and e in now, e not in now, e)):
        source, target = (name(b.tool_name(e)) for e in ends)
        key = "other" if ends in was and ends in now else "new" if ends in now else "gone"
        words = [
            w(f"matrix.{found[ends]}") if ends in found else w("cmp.matrix.none")
            for found in (was, now)
        ]
        rows.append((source + Markup(" → ") + target, *words, w(f"cmp.matrix.mark.{key}")))
    labels = [w(f"cmp.col.{k}") for k in ("pair", "before", "after", "change")]
    note = w("cmp.rest", n=len(rows))
    return Table("pairs-table", w("cmp.matrix.table"), labels, rows, note=note)
