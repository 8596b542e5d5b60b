"""The flow map: tools in columns by what they do with data, lines between them, silos below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from stackaudit.report.context import COLUMNS, Context
from stackaudit.report.flowdata import Choices, FlowData
from stackaudit.report.flowlines import HEAD, HIGH, STEP, WIDE, Box, Line, between, lines
from stackaudit.report.matrix import best, drawn
from stackaudit.report.safe import esc
from stackaudit.report.svg import Svg, fit, width
from stackaudit.result import FlowEntry

TOOLS: Final = 120
"""Up to here every tool has its own box; above, areas have."""
_PAGE: Final = 1192.0
_APART: Final = 34.0
"""Between two tools of an island."""

Edges = dict[tuple[str, str], list[FlowEntry]]


@dataclass(frozen=True)
class FlowMap:
    """The picture, its sentence, what to choose from, and the numbers its script works with."""

    title: Markup
    picture: Markup
    choices: Choices
    data: Markup
    by_tool: bool
    aggregated: Markup | None


def flow_map(c: Context) -> FlowMap | None:
    """Return the flow map, or None where no integration joins two tools."""
    pairs = drawn(c)
    if not pairs:
        return None
    groups = len(c.in_use) > TOOLS
    boxes, edges = _by_area(c, pairs) if groups else _by_tool(c, pairs)
    touched = {end for pair in edges for end in pair}
    carriers = {v for f in c.live for v in f.via or ()}
    placed = [n for n in boxes if n.id in touched or n.id in carriers]
    main = {n.id for n in placed if groups or not _apart(c, n.id)}
    inside = [n for n in placed if n.id in main]
    columns = _columns(inside, edges)
    # Columns spread over the page's width, but never so close that lines cannot turn between them.
    gap = min(120.0, max(44.0, (_PAGE - len(columns) * WIDE) / max(1, len(columns) - 1)))
    high = _place(columns, gap)
    wide = max(len(columns) * (WIDE + gap) - gap + 4, 860.0)
    apart = [n for n in boxes if n.id not in main]
    index = {n.id: i for i, n in enumerate(boxes)}
    band = Svg.piece()
    band_high = 0.0 if groups else _band(c, band, apart, edges, wide, high + 34, index)
    svg = Svg(wide + 8, high + 26 + band_high, c.w.plain("flow.label"), "pic flow", image=False)
    svg.raw(
        '<defs><marker id="ah" viewBox="0 0 6 6" refX="5.6" refY="3" markerWidth="7" '
        'markerHeight="7" markerUnits="userSpaceOnUse" orient="auto">'
        '<path d="M0 .4 6 3 0 5.6z"/></marker></defs>'
    )
    for column, blocks in columns:
        x = blocks[0][0].x
        svg.text(x, 13, c.w.plain(f"column.{column}"), "colhead")
        svg.line(x, 20, x + WIDE, 20, "colrule")
    known = {n.id: n for n in inside}
    order = [[n for block in blocks for n in block] for _, blocks in columns]
    shown = [p for p in sorted(edges) if p[0] in known and p[1] in known]
    data = FlowData(c, index, pairs)
    for pair, line in sorted(lines(shown, order).items()):
        _draw_line(svg, line, known[pair[0]], known[pair[1]], edges[pair], index)
    for area, x, y in _heads(columns):
        label = c.domains.get(area, "")
        svg.text(x, y, fit(label, 10.5, min(WIDE + gap - 8, wide - x)), "areahead", title=label)
    for box in inside:
        _draw_box(svg, box, index[box.id], "", counted=groups)
    svg.raw(band.inside())
    return FlowMap(
        title=_title(c, apart, groups),
        picture=svg.done(),
        choices=data.choices(tools=not groups),
        data=data.by_area(edges) if groups else data.by_tool(),
        by_tool=not groups,
        aggregated=c.w("flow.aggregated", tools=c.tools_in_use(), limit=TOOLS) if groups else None,
    )


def _title(c: Context, apart: list[Box], groups: bool) -> Markup:
    if groups:
        return c.w("flow.title.areas")
    islands = {
        c.tools[n.id].island
        for n in apart
        if n.id in c.tools and c.tools[n.id] not in c.unconnected
    }
    lone = len(c.unconnected)
    if islands:
        return c.w(
            "flow.title.islands",
            n=len(islands),
            lone=c.w("flow.lone", n=c.count("unconnected", lone)),
        )
    return c.w("flow.title", n=c.count("unconnected", lone))


def _apart(c: Context, tool: str) -> bool:
    """Tell whether a tool is in a group of its own, away from the largest one."""
    entry = c.tools.get(tool)
    return entry is not None and entry.island is not None and entry.island > 0 and not entry.carries


def _by_tool(c: Context, pairs: Edges) -> tuple[list[Box], Edges]:
    ends = {e for pair in pairs for e in pair}
    nodes = []
    for t in c.result.tools:
        if not (t.in_use or t.id in ends):
            continue
        column = c.column(t.id)
        sub = c.w.plain("flow.carries", n=t.carries) if t.carries else ""
        nodes.append(Box(t.id, t.name, column, t.domain or "", c.tool_anchors[t.id], sub))
    return nodes, pairs


def _by_area(c: Context, pairs: Edges) -> tuple[list[Box], Edges]:
    """Merge tools of one area and one column into one node."""
    group: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for t in c.in_use:
        column = c.column(t.id)
        key = f"{column}:{t.domain or ''}"
        group[t.id] = key
        members.setdefault(key, []).append(t.id)
    edges: Edges = {}
    for (source, target), flows in pairs.items():
        a, b = group.get(source), group.get(target)
        if a and b and a != b:
            edges.setdefault((a, b), []).extend(flows)
    nodes = []
    for key, tools in sorted(members.items()):
        column, _, domain = key.partition(":")
        label = c.domains.get(domain, c.w.plain("area.none"))
        nodes.append(
            Box(key, label, column, domain, "tools", c.w.plain("flow.members", n=len(tools)))
        )
    return nodes, edges


def _columns(nodes: list[Box], edges: Edges) -> list[tuple[str, list[list[Box]]]]:
    """Return the columns, each a list of areas of nodes, in an order in which few lines cross.

    The order comes from barycentres, in four sweeps from side to side.
    """
    near: dict[str, list[str]] = {}
    for a, b in edges:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    by_column = [(col, [n for n in nodes if n.column == col]) for col in COLUMNS]
    by_column = [(col, ns) for col, ns in by_column if ns]
    where: dict[str, float] = {}
    for _, ns in by_column:
        ns.sort(key=lambda n: (n.area, -len(near.get(n.id, ())), n.id))
        for i, n in enumerate(ns):
            where[n.id] = (i + 0.5) / len(ns)
    for sweep in range(4):
        for _, ns in by_column if sweep % 2 == 0 else reversed(by_column):
            for n in ns:
                others = [where[o] for o in near.get(n.id, ()) if o in where]
                n.order = round(sum(others) / len(others), 6) if others else 0.5
            areas: dict[str, list[float]] = {}
            for n in ns:
                areas.setdefault(n.area, []).append(n.order)
            mean = {a: round(sum(v) / len(v), 6) for a, v in areas.items()}
            ns.sort(key=lambda n: (mean[n.area], n.area, n.order, n.id))
            for i, n in enumerate(ns):
                where[n.id] = (i + 0.5) / len(ns)
    columns: list[tuple[str, list[list[Box]]]] = []
    for col, ns in by_column:
        blocks: list[list[Box]] = []
        for n in ns:
            if blocks and blocks[-1][0].area == n.area:
                blocks[-1].append(n)
            else:
                blocks.append([n])
        columns.append((col, blocks))
    return columns


def _place(columns: list[tuple[str, list[list[Box]]]], gap: float) -> float:
    """Give every node its place, the columns centred beside each other; return the height."""
    heights = [sum(HEAD + STEP * len(b) + 4 for b in blocks) for _, blocks in columns]
    tallest = max(heights, default=0.0)
    for i, ((_, blocks), high) in enumerate(zip(columns, heights, strict=True)):
        y = 28 + (tallest - high) / 2
        for block in blocks:
            y += HEAD
            for node in block:
                node.x, node.y = 2 + i * (WIDE + gap), y
                y += STEP
            y += 4
    return 28 + tallest


def _heads(columns: list[tuple[str, list[list[Box]]]]) -> list[tuple[str, float, float]]:
    return [
        (block[0].area, block[0].x, block[0].y - 5)
        for _, blocks in columns
        for block in blocks
        if block[0].area
    ]


def _draw_box(svg: Svg, box: Box, number: int, css: str, *, counted: bool = False) -> None:
    """Draw a box; one of an area, whose name stands on it, has only the number of its tools."""
    room = WIDE - 14
    sub = ""
    headed = counted and bool(box.area)
    if box.sub and not headed:
        used = width(box.sub, 10.5)
        room -= used + 4
        x, y = round(box.x + WIDE - 7), round(box.y + 17)
        sub = f'<text x="{x}" y="{y}" class="ax end">{esc(box.sub)}</text>'
    label = box.sub if headed else fit(box.name, 12.5, room)
    # A name that is cut is whole in the title.
    title = "" if label == box.name else f"<title>{esc(box.name)}</title>"
    x, y = round(box.x), round(box.y)
    svg.raw(
        f'<a class="{f"node {css}".strip()}" href="#{box.href}" data-n="{number}">{title}'
        f'<path d="M{x} {y}h{WIDE:g}v{HIGH:g}h-{WIDE:g}z"/>'
        f'<text x="{x + 7}" y="{y + 17}">{esc(label)}</text>{sub}</a>'
    )


def _draw_line(
    svg: Svg, line: Line, a: Box, b: Box, flows: list[FlowEntry], index: dict[str, int]
) -> None:
    """Draw a line; what it carries is in the tables, and in the data for the script."""
    kind = best(flows)
    ends = f"{index[a.id]} {index[b.id]}"
    svg.raw(f'<path class="e {kind}" data-e="{ends}" d="{line.d}"/>')
    if kind == "broken":
        x, y = line.cross
        svg.raw(f'<path class="cross" d="M{x - 5:.1f} {y - 5:.1f}l10 10m0-10l-10 10"/>')


def _band(
    c: Context,
    svg: Svg,
    apart: list[Box],
    edges: Edges,
    wide: float,
    top: float,
    index: dict[str, int],
) -> float:
    """Draw the band of those apart, groups in frames, then single tools; return its height."""
    if not apart:
        return 0.0
    svg.line(0, top, wide, top, "bandrule")
    svg.text(0, top + 18, c.w.plain("flow.band", n=len(apart)), "colhead")
    together: dict[int, list[Box]] = {}
    alone = []
    lone = {t.id for t in c.unconnected}
    for n in apart:
        entry = c.tools.get(n.id)
        if n.id in lone or entry is None:
            alone.append(n)
        else:
            together.setdefault(entry.island if entry.island is not None else -1, []).append(n)
    x, y, tall = 2.0, top + 36, 0.0
    per_row = max(1, int((wide - 24 + _APART) // (WIDE + _APART)))
    for _, members in sorted(together.items()):
        members.sort(key=lambda m: m.id)
        across = min(len(members), per_row)
        frame = across * (WIDE + _APART) - _APART + 20
        rows = -(-len(members) // across)
        low = rows * (HIGH + 18) - 2
        if x + frame > wide + 2 and x > 2:
            x, y, tall = 2.0, y + tall + 14, 0.0
        svg.rect(x, y - 8, frame, low, "island", r=4)
        for i, n in enumerate(members):
            n.x = x + 10 + (i % across) * (WIDE + _APART)
            n.y = y + (i // across) * (HIGH + 18)
        _draw_island(svg, members, edges, index)
        x, tall = x + frame + 14, max(tall, low)
    if together:
        x, y = 2.0, y + tall + 8
    for n in sorted(alone, key=lambda m: m.id):
        if x + WIDE > wide:
            x, y = 2.0, y + STEP
        n.x, n.y = x, y
        _draw_box(svg, n, index[n.id], "lone")
        x += WIDE + 14
    return y + (HIGH if alone else 0) + 24 - top


def _draw_island(svg: Svg, members: list[Box], edges: Edges, index: dict[str, int]) -> None:
    known = {n.id: n for n in members}
    for pair in sorted(p for p in edges if p[0] in known and p[1] in known):
        a, b = known[pair[0]], known[pair[1]]
        near = a.y == b.y and abs(a.x - b.x) < 2 * WIDE
        line = between(a, b, near, (pair[1], pair[0]) in edges)
        _draw_line(svg, line, a, b, edges[pair], index)
    for n in members:
        _draw_box(svg, n, index[n.id], "")
