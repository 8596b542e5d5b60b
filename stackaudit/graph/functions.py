"""Functions of the company that handle the same data, and how firmly their tools are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from stackaudit.graph.model import Flow, StackTool
from stackaudit.graph.walls import Edge, Joint, joint

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack

NEUTRAL: Final = frozenset({"it", "data", "operations"})
"""Functions that serve the others: their tools join, and they have no walls of their own."""

Level = Literal["nothing", "by-hand", "single", "enough"]
"""What joins the tools of two functions: at most work by hand, or a single integration."""

Edges = dict[int, list[Edge]]

ORDER: Final[tuple[Level, ...]] = ("nothing", "by-hand", "single", "enough")


@dataclass(frozen=True)
class SharedObject:
    """Whose tools handle an object, and what joins them."""

    tools: dict[str, list[StackTool]]
    """Function → its tools that handle the object."""
    functions: dict[int, str]
    """Tool → function of its team; none for a tool whose team is not known."""
    used_by: dict[int, frozenset[str]]
    """Tool → functions of the teams that use it, its own among them."""
    nobody: list[StackTool]
    """Tools that handle the object, of which no team is known."""
    sure: Edges
    """Automated edges of the object."""
    by_hand: Edges
    """Sure edges and those by hand."""
    perhaps: Edges
    """Automated edges that may carry it."""
    passable: frozenset[int]
    """Databases of suites, and tools outside the audit: anything may pass them."""


def functions_of_tools(stack: Stack) -> tuple[dict[int, str], dict[int, frozenset[str]]]:
    """Return tool → function of its team, and tool → functions of its users.

    Where no team is named, a team that owns it is taken.
    """
    team = {t.id: t.function for t in stack.inventory.teams if t.function is not None}
    home: dict[int, str] = {}
    users: dict[int, frozenset[str]] = {}
    for tool in stack.tools:
        if tool.record is None or not tool.in_use:
            continue
        owners = [w.removeprefix("team:") for w in tool.record.owner or () if w[:5] == "team:"]
        named = tool.record.team if tool.record.team is not None else next(iter(owners), None)
        if named in team:
            home[tool.index] = team[named]
        used = {team[u] for u in tool.record.used_by or () if u in team}
        users[tool.index] = frozenset(used | {home[tool.index]} if tool.index in home else used)
    return home, users


def shared_object(
    stack: Stack, data_object: str, home: dict[int, str], users: dict[int, frozenset[str]]
) -> SharedObject:
    """Return whose tools handle an object and what joins them, given `functions_of_tools`."""
    tools: dict[str, list[StackTool]] = {}
    nobody = []
    for tool in stack.subjects:
        if data_object not in tool.roles or (tool.kind == "service" and not tool.data_declared):
            continue
        if tool.index not in home:
            nobody.append(tool)
        else:
            tools.setdefault(home[tool.index], []).append(tool)
    sure, by_hand, perhaps = _edges(stack, data_object)
    hubs = {len(stack.tools) + number for number in range(len(stack.sharing))}
    outside = {t.index for t in stack.tools if t.in_use and t.out_of_scope}
    return SharedObject(
        tools, home, users, nobody, sure, by_hand, perhaps, frozenset(hubs | outside)
    )


def _edges(stack: Stack, data_object: str) -> tuple[Edges, Edges, Edges]:
    """Return what joins tools for an object: automated, also by hand, and perhaps automated."""
    sure: Edges = {}
    by_hand: Edges = {}
    perhaps: Edges = {}
    for flow in stack.flows:
        if not flow.live or flow.source is None or flow.target is None:
            continue
        if flow.kind == "host":
            _join(flow.source, flow.target, -2 - 2 * flow.index, (sure, by_hand, perhaps))
            continue
        carries = data_object in (flow.objects or ())
        may = carries or (flow.objects is None and stack.may_carry(flow, data_object))
        kinds = (
            (perhaps, may and flow.automatic is not False),
            (by_hand, carries),
            (sure, carries and flow.automatic is True),
        )
        for edges in (edges for edges, counts in kinds if counts):
            edges.setdefault(flow.source, []).append((flow.target, flow.index))
            edges.setdefault(flow.target, []).append((flow.source, flow.index))
    for number, (_suite, objects, group) in enumerate(stack.sharing):
        if data_object in objects:
            hub = len(stack.tools) + number
            for tool in group:
                name = -2 - 2 * (len(stack.flows) + number * len(stack.tools) + tool.index)
                _join(tool.index, hub, name, (sure, by_hand, perhaps))
    return sure, by_hand, perhaps


def _join(one: int, other: int, number: int, maps: tuple[Edges, ...]) -> None:
    """Join two tools that share one database, for good: by two edges, numbered from below."""
    for edges in maps:
        for name in (number, number - 1):
            edges.setdefault(one, []).append((other, name))
            edges.setdefault(other, []).append((one, name))


def joined(found: SharedObject, one: str, other: str) -> tuple[Level, int | None]:
    """Return how two functions are joined, and the flow that all depends on, if there is one."""
    if any(
        {one, other} <= found.used_by[t.index] for t in (*found.tools[one], *found.tools[other])
    ):
        return "enough", None
    ends = [t.index for t in found.tools[one]], [t.index for t in found.tools[other]]
    automated = joint(*ends, _within(found, one, other, found.sure))
    if automated.ways > 1:
        return "enough", None
    if automated.ways == 1:
        return "single", automated.bridge
    anyhow = joint(*ends, _within(found, one, other, found.by_hand))
    return ("by-hand" if anyhow.ways else "nothing"), None


def joined_at_best(found: SharedObject, one: str, other: str, level: Level) -> Level:
    """Return how they are joined if what is unknown were in their favour."""
    ours, theirs = [t.index for t in found.tools[one]], [t.index for t in found.tools[other]]
    open_ = [t.index for t in found.nobody]
    edges = _within(found, one, other, found.perhaps, unknown=True)
    best: Joint = max(
        (joint([*ours, *open_], theirs, edges), joint(ours, [*theirs, *open_], edges)),
        key=lambda j: j.ways,
    )
    reached: Level = ("nothing", "single", "enough")[best.ways]
    return max(level, reached, key=ORDER.index)


def _within(
    found: SharedObject,
    one: str,
    other: str,
    edges: Edges,
    *,
    unknown: bool = False,
) -> Edges:
    """Return the edges between tools of the two functions and neutral ones.

    Tools outside the audit are stops that anything may pass.
    """
    wanted = {one, other} | NEUTRAL

    def inside(tool: int) -> bool:
        home = found.functions.get(tool)
        return unknown if home is None else home in wanted

    known = {n for n in edges if inside(n) or n in found.passable}
    return {n: [(m, number) for m, number in edges[n] if m in known] for n in edges if n in known}


def joined_by_hand(stack: Stack, found: SharedObject, one: str, other: str) -> list[Flow]:
    """Return the flows by hand that join the two functions."""
    edges = _within(found, one, other, found.by_hand)
    numbers = sorted({n for near in edges.values() for _m, n in near if n >= 0})
    flows = [stack.flows[n] for n in numbers if stack.flows[n].automatic is False]
    ends = {t.index for t in (*found.tools[one], *found.tools[other])}
    return [f for f in flows if ends & set(f.ends)]
