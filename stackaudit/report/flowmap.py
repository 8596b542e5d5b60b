"""The flow map: tools in columns by what they do with data, lines between them, silos below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from stackaudit.report.context import COLUMNS, Context
from stackaudit.report.matrix import best, drawn, state
from stackaudit.report.safe import esc
from stackaudit.report.svg import Svg, fit, width
from stackaudit.result import FlowEntry

TOOLS: Final = 120
"""Up to here every tool has its own box; above, areas have."""
_WIDE: Final = 132.0
_HIGH: Final = 26.0
_STEP: Final = 31.0
_HEAD: Final = 19.0
_PAGE: Final = 1192.0


@dataclass(frozen=True)
class FlowMap:
    """The picture, its sentence, and the objects to choose from."""

    title: Markup
    picture: Markup
    objects: list[tuple[int, str]]
    aggregated: Markup | None


@dataclass
class _Node:
    id: str
    name: str
    column: str
    area: str
    href: str
    sub: str = ""
    x: float = 0
    y: float = 0
    order: float = 0


def flow_map(c: Context) -> FlowMap | None:
    """Return the flow map, or None where no integration joins two tools."""
    pairs = drawn(c)
    if not pairs:
        return None
    groups = len(c.in_use) > TOOLS
    nodes, edges = _by_area(c, pairs) if groups else _by_tool(c, pairs)
    touched = {end for pair in edges for end in pair}
    carriers = {v for f in c.live for v in f.via or ()}
    placed = [n for n in nodes if n.id in touched or n.id in carriers]
    main = {n.id for n in placed if groups or not _apart(c, n.id)}
    inside = [n for n in placed if n.id in main]
    columns = _columns(inside, edges)
    # Columns spread over the page's width, but never so close that lines cannot turn between them.
    gap = min(120.0, max(40.0, (_PAGE - len(columns) * _WIDE) / max(1, len(columns) - 1)))
    high = _place(columns, gap)
    wide = max(len(columns) * (_WIDE + gap) - gap + 4, 860.0)
    objects = sorted(
        {o.partition("/")[0] for fs in pairs.values() for f in fs for o in f.objects or ()},
        key=lambda o: (c.object_name(o), o),
    )
    number = {o: i for i, o in enumerate(objects)}
    apart = [n for n in nodes if n.id not in main]
    band, band_high = _band(c, apart, wide, high + 34, groups)
    svg = Svg(wide + 8, high + 26 + band_high, c.w.plain("flow.label"), "pic flow", image=False)
    svg.raw(
        '<defs><marker id="ah" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" '
        'markerHeight="6" orient="auto">'
        '<path d="M0 0 6 3 0 6z"/></marker></defs>'
    )
    for column, _ in columns:
        x = next(n.x for n in inside if n.column == column)
        svg.text(x, 13, c.w.plain(f"column.{column}"), "colhead")
        svg.line(x, 20, x + _WIDE, 20, "colrule")
    known = {n.id: n for n in inside}
    index = {n.id: i for i, n in enumerate(nodes)}
    _draw_edges(c, svg, edges, known, index, number)
    for area, x, y in _heads(columns):
        label = c.domains.get(area, "")
        svg.text(x, y, fit(label, 10.5, min(_WIDE + gap - 8, wide - x)), "areahead", title=label)
    for node in inside:
        _draw_node(svg, node, index[node.id], "")
    svg.raw(band)
    return FlowMap(
        title=_title(c, apart, groups),
        picture=svg.done(),
        objects=[(number[o], c.object_name(o)) for o in objects],
        aggregated=c.w("flow.aggregated", tools=c.tools_in_use(), limit=TOOLS) if groups else None,
    )


def _title(c: Context, apart: list[_Node], groups: bool) -> Markup:
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


def _by_tool(
    c: Context, pairs: dict[tuple[str, str], list[FlowEntry]]
) -> tuple[list[_Node], dict[tuple[str, str], list[FlowEntry]]]:
    ends = {e for pair in pairs for e in pair}
    nodes = []
    for t in c.result.tools:
        if not (t.in_use or t.id in ends):
            continue
        column = c.column(t.id)
        sub = c.w.plain("flow.carries", n=t.carries) if t.carries else ""
        nodes.append(_Node(t.id, t.name, column, t.domain or "", c.tool_anchors[t.id], sub))
    return nodes, pairs


def _by_area(
    c: Context, pairs: dict[tuple[str, str], list[FlowEntry]]
) -> tuple[list[_Node], dict[tuple[str, str], list[FlowEntry]]]:
    """Merge tools of one area and one column into one node."""
    group: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for t in c.in_use:
        column = c.column(t.id)
        key = f"{column}:{t.domain or ''}"
        group[t.id] = key
        members.setdefault(key, []).append(t.id)
    edges: dict[tuple[str, str], list[FlowEntry]] = {}
    for (source, target), flows in pairs.items():
        a, b = group.get(source), group.get(target)
        if a and b and a != b:
            edges.setdefault((a, b), []).extend(flows)
    nodes = []
    for key, tools in sorted(members.items()):
        column, _, domain = key.partition(":")
        label = c.domains.get(domain, c.w.plain("area.none"))
        nodes.append(
            _Node(key, label, column, "", "tools", c.w.plain("flow.members", n=len(tools)))
        )
    return nodes, edges


def _columns(
    nodes: list[_Node], edges: dict[tuple[str, str], list[FlowEntry]]
) -> list[tuple[str, list[list[_Node]]]]:
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
    columns: list[tuple[str, list[list[_Node]]]] = []
    for col, ns in by_column:
        blocks: list[list[_Node]] = []
        for n in ns:
            if blocks and blocks[-1][0].area == n.area:
                blocks[-1].append(n)
            else:
                blocks.append([n])
        columns.append((col, blocks))
    return columns


def _place(columns: list[tuple[str, list[list[_Node]]]], gap: float) -> float:
    """Give every node its place, the columns centred beside each other; return the height."""
    heights = [sum(_HEAD + _STEP * len(b) + 4 for b in blocks) for _, blocks in columns]
    tallest = max(heights, default=0.0)
    for i, ((_, blocks), high) in enumerate(zip(columns, heights, strict=True)):
        y = 28 + (tallest - high) / 2
        for block in blocks:
            y += _HEAD
            for node in block:
                node.x, node.y = 2 + i * (_WIDE + gap), y
                y += _STEP
            y += 4
    return 28 + tallest


def _heads(columns: list[tuple[str, list[list[_Node]]]]) -> list[tuple[str, float, float]]:
    return [
        (block[0].area, block[0].x, block[0].y - 5)
        for _, blocks in columns
        for block in blocks
        if block[0].area
    ]


def _draw_node(svg: Svg, node: _Node, number: int, css: str) -> None:
    room = _WIDE - 14
    sub = ""
    if node.sub:
        used = width(node.sub, 10.5)
        room -= used + 4
        x, y = node.x + _WIDE - 7, node.y + 17
        sub = f'<text x="{x:.1f}" y="{y:.1f}" class="ax end">{esc(node.sub)}</text>'
    label = esc(fit(node.name, 12.5, room))
    svg.raw(
        f'<a class="node {css}" href="#{node.href}" data-n="{number}">'
        f"<title>{esc(node.name)}</title>"
        f'<rect x="{node.x:.1f}" y="{node.y:.1f}" width="{_WIDE:g}" height="{_HIGH:g}" rx="3"/>'
        f'<text x="{node.x + 7:.1f}" y="{node.y + 17.5:.1f}">{label}</text>{sub}</a>'
    )


def _draw_edges(
    c: Context,
    svg: Svg,
    edges: dict[tuple[str, str], list[FlowEntry]],
    known: dict[str, _Node],
    index: dict[str, int],
    number: dict[str, int],
) -> None:
    order = {col: i for i, col in enumerate(COLUMNS)}
    ports: dict[tuple[str, str], list[tuple[float, tuple[str, str]]]] = {}
    sides: dict[tuple[str, str], tuple[str, str]] = {}
    for pair in sorted(edges):
        if pair[0] not in known or pair[1] not in known:
            continue
        a, b = known[pair[0]], known[pair[1]]
        step = order[b.column] - order[a.column]
        out, into = ("r", "l") if step > 0 else ("l", "r") if step < 0 else ("r", "r")
        sides[pair] = (out, into)
        ports.setdefault((a.id, out), []).append((b.y, pair))
        ports.setdefault((b.id, into), []).append((a.y, pair))
    spot: dict[tuple[str, tuple[str, str]], float] = {}
    for (node, _), ends in ports.items():
        ends.sort()
        for i, (_, pair) in enumerate(ends):
            share = (i + 1) / (len(ends) + 1)
            spot[node, pair] = known[node].y + 4 + (_HIGH - 8) * share
    for pair, (out, into) in sides.items():
        flows = edges[pair]
        a, b = known[pair[0]], known[pair[1]]
        x1 = a.x + (_WIDE if out == "r" else 0)
        x2 = b.x + (_WIDE if into == "r" else 0)
        y1, y2 = spot[a.id, pair], spot[b.id, pair]
        bend = max(30.0, abs(x2 - x1) * 0.42)
        if out == into:
            bend = 24 + min(26.0, abs(y2 - y1) * 0.1)
        d1 = bend if out == "r" else -bend
        d2 = bend if into == "r" else -bend
        kind = best(flows)
        # One attribute says the ends, the objects and the carriers: `12 4 3,7 9`; `u`: not known.
        carried = [
            str(number[o])
            for o in sorted({o.partition("/")[0] for f in flows for o in f.objects or ()})
        ]
        carried += ["u"] if any(f.objects is None for f in flows) else []
        via = [str(index[v]) for v in sorted({v for f in flows for v in f.via or ()}) if v in index]
        facts = f"{index[a.id]} {index[b.id]} {','.join(carried) or '-'} {','.join(via) or '-'}"
        what = edge_words(c, flows) if len(flows) < 6 else c.w.plain("flow.count", n=len(flows))
        svg.raw(
            f'<path class="e {kind}" data-e="{facts}" d="M{x1:.0f} {y1:.0f}'
            f'C{x1 + d1:.0f} {y1:.0f} {x2 + d2:.0f} {y2:.0f} {x2:.0f} {y2:.0f}">'
            f"<title>{esc(f'{a.name} → {b.name}: {what}')}</title></path>"
        )
        if kind == "broken":
            mx, my = (x1 + x2) / 2 + (d1 + d2) * 3 / 8, (y1 + y2) / 2
            svg.raw(f'<path class="cross" d="M{mx - 5:.1f} {my - 5:.1f}l10 10m0-10l-10 10"/>')


def edge_words(c: Context, flows: list[FlowEntry]) -> str:
    """Return what a line stands for: the objects and how they move."""
    parts = []
    for flow in flows:
        what = (
            ", ".join(c.object_name(o) for o in flow.objects)
            if flow.objects is not None
            else c.w.plain("content-unknown")
        )
        kind = state(flow)
        parts.append(what if kind == "auto" else f"{what}, {c.w.plain('matrix.' + kind)}")
    return "; ".join(dict.fromkeys(parts))


def _band(
    c: Context,
    apart: list[_Node],
    wide: float,
    top: float,
    groups: bool,
) -> tuple[str, float]:
    """Draw the band of those apart: the small groups, each in a frame, then the single tools."""
    if not apart or groups:
        return "", 0.0
    inner = Svg.piece()
    inner.line(0, top, wide, top, "bandrule")
    label = c.w.plain("flow.band", n=len(apart))
    inner.text(0, top + 18, label, "colhead")
    together: dict[int, list[_Node]] = {}
    alone = []
    lone = {t.id for t in c.unconnected}
    for n in apart:
        entry = c.tools.get(n.id)
        if n.id in lone or entry is None:
            alone.append(n)
        else:
            together.setdefault(entry.island if entry.island is not None else -1, []).append(n)
    index = {t: i for i, t in enumerate(x.id for x in _all(c))}
    x, y = 2.0, top + 36
    for _, members in sorted(together.items()):
        need = len(members) * (_WIDE + 34) - 34 + 20
        if x + need > wide and x > 2:
            x, y = 2.0, y + _HIGH + 30
        inner.rect(x, y - 8, min(need, wide - 4), _HIGH + 16, "island", r=4)
        at = x + 10
        for i, n in enumerate(sorted(members, key=lambda m: m.id)):
            if at + _WIDE > wide:
                break
            n.x, n.y = at, y
            if i:
                inner.line(at - 34, y + _HIGH / 2, at, y + _HIGH / 2, "e link")
            _draw_node(inner, n, index.get(n.id, 0), "cutoff")
            at += _WIDE + 34
        x += need + 14
    if together and alone:
        x, y = 2.0, y + _HIGH + 24
    for n in sorted(alone, key=lambda m: m.id):
        if x + _WIDE > wide:
            x, y = 2.0, y + _STEP + 3
        n.x, n.y = x, y
        _draw_node(inner, n, index.get(n.id, 0), "cutoff lone")
        x += _WIDE + 14
    return inner.inside(), y + _HIGH + 10 - top + 14


def _all(c: Context) -> list[_Node]:
    return _by_tool(c, drawn(c))[0]
