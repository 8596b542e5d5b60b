"""The stack map: the customer journey, what serves each stage, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import name
from stackaudit.report.tables import Table
from stackaudit.result import CapabilityEntry

CHIPS = 6
"""Tools shown in one box; the others are counted there and named in the table."""
CHIPS_MANY = 3
"""Tools shown in one box of a stack of more than :data:`MANY` tools: the map is to stay a slide."""
MANY = 60
LONG = 40
"""From this many characters a name may be cut after two lines; pointing at it shows all of it."""


@dataclass(frozen=True)
class Chip:
    """A tool in a box."""

    tool: str
    name: str
    css: str
    note: str

    @property
    def label(self) -> Markup:
        """The name, isolated where it needs to be."""
        return name(self.name)

    @property
    def long(self) -> bool:
        """Whether the name may take more room than there is."""
        return len(self.name) >= LONG

    @property
    def classes(self) -> str:
        """What the chip is drawn like."""
        return " ".join(["chip", *self.css.split(), *(["long"] if self.long else [])])


@dataclass(frozen=True)
class Box:
    """A capability of the map."""

    capability: CapabilityEntry
    css: str
    word: Markup | str
    chips: list[Chip]
    more: int = 0


@dataclass(frozen=True)
class Stage:
    """A column of the map; the last one is the band under all of them."""

    id: str
    name: str
    boxes: list[Box] = field(default_factory=list)


@dataclass(frozen=True)
class StackMap:
    """The map, its sentence and its table."""

    title: Markup
    reading: Markup
    stages: list[Stage]
    band: Stage | None
    unplaced: list[Chip]
    hidden: int
    legend: list[tuple[str, Markup]]
    table: Table


def gap_state(c: Context) -> dict[str, str]:
    """Return the capabilities without a tool: ``confirmed``, ``possible`` or ``accepted``."""
    states: dict[str, str] = {}
    for finding in c.result.findings:
        if finding.check != "missing-capability" or finding.severity == "info":
            continue
        state = (
            finding.confidence
            if finding.accepted is None or finding.accepted.lapsed
            else "accepted"
        )
        for subject in finding.subjects:
            if subject.kind == "capability" and states.get(subject.id) != "confirmed":
                states[subject.id] = state
    return states


def provided(c: Context, capability: CapabilityEntry) -> bool:
    """Tell whether a tool in use serves a capability."""
    return any(
        p.strength != "unused" and p.tool in c.tools and c.tools[p.tool].in_use
        for p in capability.providers
    )


def overlap_state(c: Context) -> set[str]:
    """Return the capabilities that several tools provide without need, as the findings have it."""
    shared: set[str] = set()
    for finding in c.of("overlapping-tools"):
        shared |= {s.id for s in finding.subjects if s.kind == "capability"}
        for key in ("shared", "capabilities", "shared_capabilities"):
            listed = finding.details.get(key)
            if isinstance(listed, (list, tuple)):
                shared |= {x for x in listed if isinstance(x, str)}
    return shared


def stack_map(c: Context) -> StackMap | None:
    """Return the map, or None where no capability is known."""
    gaps, overlaps = gap_state(c), overlap_state(c)
    cut_off = {t.id for t in c.unconnected} if c.result.integrations else set()
    by_stage: dict[str, list[Box]] = {}
    boxes: list[tuple[list[str], Box]] = []
    hidden = 0
    placed: set[str] = set()
    rows = []
    for cap in c.result.capabilities:
        stages = [s for s in cap.stages if s != "enabling"] or ["enabling"]
        box = _box(c, cap, gaps, overlaps, cut_off)
        placed |= {p.tool for p in cap.providers}
        if box is None:
            hidden += 1
            continue
        boxes.append((stages, box))
        rows.append(
            (
                cap.name,
                ", ".join(c.stages.get(s, s) for s in cap.stages),
                c.w(f"expected.{cap.expected}") if cap.expected else c.w("not-stated"),
                c.tool_list(p.tool for p in cap.providers) if cap.providers else "",
                box.word,
            )
        )
    if not boxes:
        return None
    # A capability is drawn once, in that of its stages with most room: the map stays a slide.
    for stages, box in sorted(boxes, key=lambda x: (len(x[0]), x[1].capability.id)):
        stage = min(
            stages, key=lambda x: (sum(_lines(b) for b in by_stage.get(x, [])), stages.index(x))
        )
        by_stage.setdefault(stage, []).append(box)
    columns = [
        Stage(s.id, s.name, _order(by_stage[s.id]))
        for s in c.result.stages
        if s.id in by_stage and s.id != "enabling"
    ]
    band = next(
        (
            Stage(s.id, s.name, _order(by_stage["enabling"]))
            for s in c.result.stages
            if s.id == "enabling" and s.id in by_stage
        ),
        None,
    )
    unplaced = [Chip(t.id, t.name, "", "") for t in c.in_use if t.id not in placed]
    labels = [c.w(f"map.col.{k}") for k in ("capability", "stages", "expected", "tools", "state")]
    table = Table("map-table", c.w("map.table"), labels, rows, note=c.rest_note(rows))
    return StackMap(
        _title(c, gaps),
        _reading(c, gaps),
        columns,
        band,
        unplaced,
        hidden,
        _legend(c, [b for _, b in boxes]),
        table,
    )


def _box(
    c: Context, cap: CapabilityEntry, gaps: dict[str, str], overlaps: set[str], cut_off: set[str]
) -> Box | None:
    chips = []
    for provider in cap.providers:
        tool = c.tools.get(provider.tool)
        if tool and not tool.in_use:
            css, note = "unused", c.w.plain("map.not-in-use", status=tool.status)
        elif provider.strength == "unused":
            css, note = "unused", c.w.plain("map.unused")
        elif provider.tool in cut_off:
            css, note = "cut", c.w.plain("map.cut")
        else:
            css, note = ("second" if provider.strength == "secondary" else ""), ""
        chips.append(Chip(provider.tool, c.tool_name(provider.tool), css, note))
    chips.sort(key=lambda k: k.css == "unused")
    used = sum(k.css != "unused" for k in chips)
    most = CHIPS if len(c.in_use) <= MANY else CHIPS_MANY
    chips, more = chips[:most], max(0, len(chips) - most)
    if cap.id in gaps:
        state = gaps[cap.id]
        word = c.w(f"map.gap.{state}")
        if cap.missing_in and "all" not in cap.missing_in:
            word = c.w("map.gap.scope", word=word, scopes=c.scopes(cap.missing_in))
        return Box(cap, f"gap {state}", word, chips, more)
    if not used:
        if cap.expected not in ("must", "should"):
            return None
        # Expected and not found missing: what would provide it is unused, planned, or unknown.
        word = c.w("map.gap.nominal") if chips else c.w("map.gap.unjudged")
        return Box(cap, "gap possible", word, chips, more)
    overlap = cap.id in overlaps
    return Box(
        cap,
        "overlap" if overlap else "",
        c.w("map.overlap", n=used) if overlap else "",
        chips,
        more,
    )


def _lines(box: Box) -> int:
    """Return about how many lines a box takes."""
    chips = sum(len(k.name) + 4 for k in box.chips) // 24 + 1 if box.chips else 0
    return 1 + len(box.capability.name) // 24 + chips + bool(box.word)


def _order(boxes: list[Box]) -> list[Box]:
    rank = {"gap confirmed": 0, "overlap": 1, "": 2, "gap possible": 3, "gap accepted": 4}
    return sorted(boxes, key=lambda b: (rank[b.css], b.capability.name))


def _legend(c: Context, boxes: list[Box]) -> list[tuple[str, Markup]]:
    """Return what the marks mean that are on the map."""
    used = {k.css for b in boxes for k in b.chips}
    return [
        (css, c.w(f"map.legend.{css or 'first'}"))
        for css in ("", "second", "unused", "cut")
        if css in used
    ]


def _title(c: Context, gaps: dict[str, str]) -> Markup:
    expected = [x for x in c.result.capabilities if x.expected in ("must", "should")]
    if not expected:
        have = sum(provided(c, x) for x in c.result.capabilities)
        return c.w(
            "map.title.no-profile", tools=c.tools_in_use(), n=c.count("capabilities-provided", have)
        )
    confirmed = sum(s == "confirmed" for s in gaps.values())
    possible = sum(s == "possible" for s in gaps.values())
    known = c.capabilities
    missing = [i for i, s in gaps.items() if s == "confirmed"]
    # A tool in one part of the company is no tool for the others, but it is one.
    partly = sum(i in known and provided(c, known[i]) for i in missing)
    # Served is what has a tool and no open gap: a tool for one brand does not serve the others.
    served = sum(
        provided(c, x) and gaps.get(x.id) not in ("confirmed", "possible") for x in expected
    )
    values = {
        "served": c.count("expected-served", served),
        "of": c.count("expected-capabilities", len(expected)),
        "n": c.count("capabilities-without", confirmed - partly),
        "possible": c.count("capabilities-maybe-missing", possible),
    }
    rest = len(expected) - served - confirmed - possible
    more = (
        c.w("map.title.rest", n=c.count("capabilities-open", rest))
        if rest > 0 and (confirmed or possible)
        else Markup("")
    )
    if partly:
        some = c.w("map.title.partly", n=c.count("capabilities-partly", partly))
        return c.w("map.title.gaps-partly", partly=some, **values) + more
    if confirmed:
        return c.w("map.title.gaps", **values) + more
    if possible:
        return c.w("map.title.possible", **values) + more
    return c.w("map.title.none" if served == len(expected) else "map.title.served", **values)


def _reading(c: Context, gaps: dict[str, str]) -> Markup:
    return c.w("map.reading") if gaps else c.w("map.reading.no-gaps")
