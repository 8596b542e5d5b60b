"""Who sends to whom: an adjacency matrix of the stack, and a small one for every data object.

A matrix beats a drawing of nodes and lines for everything but following one path once there are
more than some twenty nodes (Ghoniem, Fekete & Castagliola 2005); a silo is an empty row and column.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from stackaudit.report.context import COLUMNS, Context
from stackaudit.report.owners import degree
from stackaudit.report.sheets import COLUMNS as BLOCK
from stackaudit.report.sheets import ROWS, sheets, spans
from stackaudit.report.svg import Svg, fit
from stackaudit.report.tables import Table
from stackaudit.result import FlowEntry, ObjectEntry, ToolEntry

TOOLS: Final = 60
"""Up to here every tool has its own row; above, areas have."""
OBJECTS: Final = 8
"""Small matrices drawn; the others are in the table of objects."""
SMALL: Final = 14
"""Tools in a small matrix."""
_STATES: Final = ("auto", "broken", "hand", "unknown", "planned")


@dataclass(frozen=True)
class ObjectMatrix:
    """One data object: who does what with it, and between whom it moves."""

    title: Markup
    note: Markup
    picture: Markup


@dataclass(frozen=True)
class Matrices:
    """The matrix of the stack and the small ones."""

    title: Markup
    picture: Markup
    legend: list[tuple[str, Markup]]
    letters: list[tuple[str, str]]
    aggregated: Markup | None
    table: Table
    objects: list[ObjectMatrix]
    objects_title: Markup
    object_table: Table


def state(flow: FlowEntry) -> str:
    """Return how an integration is drawn: auto, hand, unknown, planned or broken."""
    if flow.live:
        return "unknown" if flow.automatic is None else "auto" if flow.automatic else "hand"
    return (
        "planned"
        if flow.status == "planned"
        else "broken"
        if flow.status in ("broken", "paused", "idle")
        else "gone"
    )


def drawn(c: Context) -> dict[tuple[str, str], list[FlowEntry]]:
    """Return the integrations by their two ends, both ways where they go so; no retired ones."""
    pairs: dict[tuple[str, str], list[FlowEntry]] = {}
    for flow in c.result.integrations:
        if flow.source not in c.tools or flow.target not in c.tools or state(flow) == "gone":
            continue
        if flow.source and flow.target:
            pairs.setdefault((flow.source, flow.target), []).append(flow)
            if flow.direction == "both-ways":
                pairs.setdefault((flow.target, flow.source), []).append(flow)
    return pairs


def best(flows: list[FlowEntry]) -> str:
    """Return the state a pair is drawn in: an automatic integration outranks a broken one."""
    return min((state(f) for f in flows), key=_STATES.index)


def matrices(c: Context) -> Matrices | None:
    """Return the matrices, or None where no integration joins two tools."""
    pairs = drawn(c)
    if not pairs:
        return None
    rank = {name: i for i, name in enumerate(COLUMNS)}
    tools = sorted((t for t in c.in_use), key=lambda t: (rank[c.column(t.id)], -degree(t), t.id))
    letters = _letters(c)
    aggregated = None
    legend = [(k, c.w(f"matrix.{k}")) for k in _STATES if any(best(f) == k for f in pairs.values())]
    if len(tools) <= TOOLS:
        picture = _picture(c, tools, pairs, letters)
    else:
        picture, legend = _areas(c, tools, pairs)
        aggregated = c.w("matrix.aggregated", tools=c.tools_in_use(), limit=TOOLS)
    named = {f.method: f.method_name or f.method for f in c.result.integrations if f.method}
    rows = {t.id for t in tools}
    written = {f[0].method for (a, b), f in pairs.items() if a in rows and b in rows}
    used = sorted((x, named[m]) for m, x in letters.items() if m in named and m in written)
    objects, others = _objects(c, pairs)
    return Matrices(
        title=_title(c, tools),
        picture=picture,
        legend=legend,
        letters=used if aggregated is None else [],
        aggregated=aggregated,
        table=_table(c, tools, pairs),
        objects=objects,
        objects_title=c.w("matrix.objects", n=len(objects)),
        object_table=others,
    )


def _letters(c: Context) -> dict[str, str]:
    """Return a letter for every method in use, from its own name."""
    letters: dict[str, str] = {}
    for method in sorted({f.method for f in c.result.integrations if f.method}):
        own = [ch for ch in method.upper() if ch.isalnum()] + list(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        )
        letters[method] = next((ch for ch in own if ch not in letters.values()), "?")
    return letters


def _title(c: Context, tools: list[ToolEntry]) -> Markup:
    most = max(tools, key=lambda t: (t.receives_from, t.id), default=None)
    if most is None or most.receives_from < 2:
        return c.w("matrix.title.plain")
    return c.w("matrix.title", tool=c.tool(most.id), n=most.receives_from)


def _picture(
    c: Context,
    tools: list[ToolEntry],
    pairs: dict[tuple[str, str], list[FlowEntry]],
    letters: dict[str, str],
) -> Markup:
    whole, paper = _drawing(c, tools, pairs, letters, "mx")
    if not paper:
        return whole
    # On paper a page of empty rows tells nothing: who exchanges nothing is named in a sentence.
    joined = [t for t in tools if t not in c.unconnected]
    left_out = len(tools) - len(joined)
    note = Markup("")
    if left_out * 4 >= len(tools) and len(joined) > 1:
        hidden, paper = _drawing(c, joined, pairs, letters, "mp")
        paper = (
            Markup('<div class="source">') + hidden + Markup("</div>") + paper if paper else hidden
        )
        note = Markup("<p>") + c.w("matrix.apart", n=left_out) + Markup("</p>")
    return whole + Markup('<div class="paper">') + note + paper + Markup("</div>")


def _drawing(
    c: Context,
    tools: list[ToolEntry],
    pairs: dict[tuple[str, str], list[FlowEntry]],
    letters: dict[str, str],
    key: str,
) -> tuple[Markup, Markup]:
    """Return the matrix of the tools in one, and in blocks for paper where it is too large."""
    cell, gap, gutter, names, top = 20.0, 7.0, 74.0, 142.0, 112.0
    left = gutter + names
    at: dict[str, float] = {}
    offset, previous = 0.0, None
    for tool in tools:
        if previous is not None and c.column(tool.id) != previous:
            offset += gap
        at[tool.id] = offset
        offset += cell
        previous = c.column(tool.id)
    label = c.w.plain("matrix.label", tools=len(tools))
    blocks = len(tools) > ROWS
    css = "pic matrix screen" if blocks else "pic matrix"
    whole = Svg(left + offset + 78, top + offset + 6, label, css)
    svg, heads = Svg.piece(), [Svg.piece() for _ in spans(len(tools), BLOCK)]
    head_of = [n for n, s in enumerate(spans(len(tools), BLOCK)) for _ in range(s.first, s.end)]
    empty = {t.id for t in c.unconnected}
    previous = None
    grid: list[str] = []
    diagonal: list[str] = []
    for tool in tools:
        o = at[tool.id]
        if tool.id in empty:
            svg.rect(left, top + o, offset, cell, "void")
            svg.rect(left + o, top, cell, offset, "void")
    for number, tool in enumerate(tools):
        o = at[tool.id]
        y, x = top + o, left + o
        if c.column(tool.id) != previous:
            svg.text(0, y + 14, c.w.plain(f"column.{c.column(tool.id)}"), "ax")
            previous = c.column(tool.id)
        grid.append(f"M{left:g} {y + cell / 2:g}h{offset:g}M{x + cell / 2:g} {top:g}v{offset:g}")
        diagonal.append(f"M{x + 1:g} {y + 1:g}h18v18h-18z")
        if tool.id in empty:
            svg.rect(gutter, y + 1, names - 2, cell - 2, "apart")
        svg.text(left - 8, y + 14, fit(tool.name, 12.5, names - 14), "lab end", title=tool.name)
        head = heads[head_of[number]]
        head.text(x + 13, top - 6, fit(tool.name, 12, 112), "lab small", title=tool.name, turn=-55)
    svg.path("".join(grid), "tick")
    svg.path("".join(diagonal), "self")
    cells: dict[str, list[tuple[float, float, str]]] = {}
    for (source, target), flows in sorted(pairs.items()):
        if source not in at or target not in at:
            continue
        kind = best(flows)
        letter = "×" if kind == "broken" else letters.get(flows[0].method or "", "?")
        cells.setdefault(kind, []).append((left + at[target], top + at[source], letter))
    for kind, marks in sorted(cells.items()):
        svg.cells([(x + 1.5, y + 1.5) for x, y, _ in marks], cell - 3, f"c {kind}")
        svg.letters([(x + cell / 2, y + 14, letter) for x, y, letter in marks], f"ct {kind}")
    for number, head in enumerate(heads):
        whole.group(f"{key}-{number}", head, "pic matrix")
    whole.group(f"{key}-r", svg, "pic matrix")
    if not blocks:
        return whole.done(), Markup("")
    places = list(at.values())
    return whole.done(), sheets(key, places, left=left, top=top, cell=cell, beyond=78)


def _areas(
    c: Context, tools: list[ToolEntry], pairs: dict[tuple[str, str], list[FlowEntry]]
) -> tuple[Markup, list[tuple[str, Markup]]]:
    """Draw the matrix by area, a number of pairs of tools in each cell, and its legend."""
    area = {t.id: t.domain or "" for t in tools}
    order = [d for d in c.domains if d in area.values()] + ([""] if "" in area.values() else [])
    counts: dict[tuple[str, str], int] = {}
    for source, target in pairs:
        if source in area and target in area:
            at = (area[source], area[target])
            counts[at] = counts.get(at, 0) + 1
    top, left, cell = 178.0, 230.0, 34.0
    size = cell * len(order)
    high = max(counts.values(), default=1)
    # Where each shade begins: thirds of the fullest cell, fewer of them where it holds little.
    steps = sorted({1, high // 3 + 1, 2 * high // 3 + 1})
    svg = Svg(
        left + size + 110,
        top + size + 6,
        c.w.plain("matrix.label.areas", n=len(order)),
        "pic matrix",
    )
    for i, domain in enumerate(order):
        label = c.domains.get(domain, c.w.plain("area.none"))
        svg.text(left - 8, top + i * cell + 21, fit(label, 12.5, left - 12), "lab end", title=label)
        svg.text(
            left + i * cell + 22, top - 8, fit(label, 12, 200), "lab small", title=label, turn=-55
        )
        for j, other in enumerate(order):
            n = counts.get((domain, other), 0)
            shade = sum(n >= step for step in steps)
            tip = f"{label} → {c.domains.get(other, c.w.plain('area.none'))}: {c.w.number(n)}"
            at_x, at_y = left + j * cell + 1, top + i * cell + 1
            svg.rect(at_x, at_y, cell - 2, cell - 2, f"a{shade}", r=2, title=tip if n else "")
            if n:
                svg.text(left + j * cell + cell / 2, top + i * cell + 21, c.w.number(n), "ct num")
    ends = [*(s - 1 for s in steps[1:]), high]
    legend = [
        (f"a{i + 1}", c.w("matrix.pairs", n=end, span=f"{s}–{end}" if s < end else f"{s}"))
        for i, (s, end) in enumerate(zip(steps, ends, strict=True))
    ]
    return svg.done(), legend


def _table(
    c: Context, tools: list[ToolEntry], pairs: dict[tuple[str, str], list[FlowEntry]]
) -> Table:
    sends: dict[str, list[str]] = {}
    receives: dict[str, list[str]] = {}
    for source, target in sorted(pairs):
        sends.setdefault(source, []).append(target)
        receives.setdefault(target, []).append(source)
    rows = [
        (
            c.tool(t.id),
            c.w.plain(f"column.{c.column(t.id)}"),
            c.tool_list(sends.get(t.id, ())) or c.w("nothing"),
            c.tool_list(receives.get(t.id, ())) or c.w("nothing"),
        )
        for t in tools
    ]
    return Table(
        "matrix-table",
        c.w("matrix.table"),
        [c.w(f"matrix.col.{k}") for k in ("tool", "stage", "sends", "receives")],
        rows,
        note=c.rest_note(rows),
    )


def _handlers(c: Context, thing: ObjectEntry) -> list[str]:
    ids = dict.fromkeys(
        [*thing.captured_by, *thing.stored_by, *thing.activated_by, *thing.measured_by]
    )
    return [i for i in ids if i in c.tools and c.tools[i].in_use]


def object_matrices(
    c: Context, wanted: Callable[[ObjectEntry], bool]
) -> tuple[list[ObjectMatrix], Table]:
    """Return the small matrices and the table of the data objects that are wanted."""
    return _objects(c, drawn(c), wanted)


def _objects(
    c: Context,
    pairs: dict[tuple[str, str], list[FlowEntry]],
    wanted: Callable[[ObjectEntry], bool] = lambda _: True,
) -> tuple[list[ObjectMatrix], Table]:
    about: dict[str, int] = {}
    for finding in c.open:
        for subject in finding.subjects:
            if subject.kind == "object":
                about[subject.id] = about.get(subject.id, 0) + 1
    things = [(thing, _handlers(c, thing)) for thing in c.result.objects if wanted(thing)]
    things = [(thing, who) for thing, who in things if len(who) > 1 or thing.flows]
    things.sort(key=lambda x: (-about.get(x[0].id, 0), not x[0].needs_record, -len(x[1]), x[0].id))
    # What nothing is known to move, and no finding is about, would only repeat the catalogue.
    worth = [
        (thing, who) for thing, who in things if len(who) > 1 and (thing.flows or thing.id in about)
    ]
    made = [_object(c, thing, who, pairs) for thing, who in worth[:OBJECTS]]
    labels = [
        c.w(f"objects.col.{k}")
        for k in ("object", "record", "captured", "stored", "activated", "measured", "flows")
    ]
    rows = [
        (
            c.w("plain", text=thing.name),
            _record(c, thing),
            c.tool_list(thing.captured_by),
            c.tool_list(thing.stored_by),
            c.tool_list(thing.activated_by),
            c.tool_list(thing.measured_by),
            len(thing.flows),
        )
        for thing, _ in things
    ]
    return made, Table(
        "object-table", c.w("objects.table"), labels, rows, numeric=frozenset({6}), css="wide"
    )


def _record(c: Context, thing: ObjectEntry) -> Markup:
    if not thing.record:
        return c.w("not-stated")
    parts = []
    for scope, tools in sorted(thing.record.items()):
        who = c.tool_list(tools) if tools else c.w("stated-none")
        parts.append(
            who if scope == "all" else who + Markup(" (") + c.scopes([scope]) + Markup(")")
        )
    return Markup("; ").join(parts)


def _object(
    c: Context, thing: ObjectEntry, who: list[str], pairs: dict[tuple[str, str], list[FlowEntry]]
) -> ObjectMatrix:
    sure: dict[tuple[str, str], str] = {}
    maybe = frozenset(thing.maybe_flows)
    for pair, flows in pairs.items():
        carrying = [f for f in flows if thing.id in {o.partition("/")[0] for o in f.objects or ()}]
        if carrying:
            sure[pair] = best(carrying)
        elif any(f.id in maybe for f in flows):
            sure[pair] = "maybe"
    records = {t for tools in thing.record.values() for t in tools}
    rank = {name: i for i, name in enumerate(COLUMNS)}
    touched = {end for pair, kind in sure.items() if kind != "maybe" for end in pair}
    everyone = sorted({*who, *touched}, key=lambda t: (rank[c.column(t)], t))
    kept = everyone
    if len(everyone) > SMALL:
        ordered = sorted(everyone, key=lambda t: (t not in records, t in touched, t))[:SMALL]
        kept = [t for t in everyone if t in ordered]
    joined = {
        end for pair, kind in sure.items() if kind in ("auto", "hand", "unknown") for end in pair
    }
    apart = [t for t in who if t not in joined]
    names, cell = 138.0, 17.0
    left, top = names + 62.0, 18.0
    svg = Svg(
        left + cell * len(kept) + 4,
        top + cell * len(kept) + 4,
        c.w.plain("objects.label", name=thing.name),
        "pic small",
    )
    at = {t: i for i, t in enumerate(kept)}
    grid: list[str] = []
    diagonal: list[str] = []
    roles = {
        t: "".join(
            c.w.plain(f"role.{r}.letter") if t in held else "·"
            for r, held in (
                ("capture", thing.captured_by),
                ("store", thing.stored_by),
                ("activate", thing.activated_by),
                ("measure", thing.measured_by),
            )
        )
        for t in kept
    }
    for tool, i in at.items():
        y = top + i * cell
        record = tool in records
        label = ("★ " if record else "") + c.tool_name(tool)
        svg.text(
            names,
            y + 12.5,
            fit(label, 11.5, names - 2, bold=record),
            "lab end s" + (" rec" if record else "") + (" off" if tool in apart else ""),
            title=label,
        )
        svg.text(names + 6, y + 12.5, roles[tool], "mono")
        if i > 8:
            svg.text(left - 6, y + 12.5, str(i + 1), "ax end")
            svg.text(left + i * cell + cell / 2, top - 5, str(i + 1), "ax mid")
        long = cell * len(kept)
        grid.append(
            f"M{left:g} {y + cell / 2:g}h{long:g}M{left + i * cell + cell / 2:g} {top:g}v{long:g}"
        )
        diagonal.append(f"M{left + i * cell + 5:g} {y + 5:g}h7v7h-7z")
    # One digit each: they share an element.
    first = [(i, str(i + 1)) for i in range(min(9, len(kept)))]
    svg.letters([(left - 6, top + i * cell + 12.5, d) for i, d in first], "ax end")
    svg.letters([(left + i * cell + cell / 2, top - 5, d) for i, d in first], "ax mid")
    svg.path("".join(grid), "tick")
    svg.path("".join(diagonal), "self")
    for kind in sorted(set(sure.values())):
        svg.cells(
            [
                (left + at[target] * cell + 2, top + at[source] * cell + 2)
                for (source, target), one in sorted(sure.items())
                if one == kind and source in at and target in at
            ],
            cell - 4,
            f"c {kind}",
        )
    values = {"name": thing.name, "n": len(apart), "of": len(who)}
    if not c.result.integrations:
        title = c.w("objects.held", name=thing.name, n=len(who))
    else:
        title = c.w(
            "objects.title" if c.complete("integrations") else "objects.title.recorded", **values
        )
    note = c.w("objects.record", tools=_record(c, thing)) if thing.needs_record else Markup("")
    if len(kept) < len(everyone):
        note += Markup(" ") + c.w("objects.more", n=len(everyone) - len(kept))
    return ObjectMatrix(title, note, svg.done())
