"""Loops of automated flows that write one object, and whether somebody wins a conflict on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import networkx as nx

from stackaudit.graph.model import Flow

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack

LONGEST: Final = 4
"""Flows in the longest loop that is looked for."""
STEPS: Final = 100_000
"""Steps of the search per object, so that a dense stack cannot stop an audit."""

Owner = Literal["guards", "elsewhere", "none", "unknown"]
Arcs = dict[int, dict[int, list[Flow]]]


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop of flows in which each may overwrite what the others wrote."""

    data_object: str
    tools: tuple[int, ...]
    """In the order of the loop, from the tool that comes first in the inventory."""
    flows: tuple[Flow, ...]
    owners: tuple[Owner, ...]
    """Per flow who wins a conflict: a tool elsewhere, nobody, or not known."""


@dataclass(frozen=True, slots=True)
class Loops:
    """The loops of one object."""

    loops: tuple[Loop, ...]
    guarded: int
    """How many pairs of tools overwrite each other with somebody who wins."""
    complete: bool
    """False where the search was cut short: there may be more."""


def loops_of(stack: Stack, data_object: str) -> Loops:
    """Return the unguarded loops of an object, each flow in one loop at most, the shortest first.

    Flows by hand never count, flows of unknown direction neither. A flow whose field owner is one
    of its ends guards every loop that it is on; an owner elsewhere guards a loop of two (somebody
    has thought of it) and a longer one only when he is on it.
    """
    arcs, guarded = _arcs(stack, data_object)
    used: set[int] = set()
    found: list[Loop] = []
    for nodes in _pairs(arcs):
        flows = _pick(stack, arcs, nodes, used)
        if flows is None:
            guarded += 1
            continue
        found.append(_loop(stack, data_object, nodes, flows))
        used.update(f.index for f in flows)
    complete = True
    budget = [STEPS]
    for component in _components(arcs):
        for nodes in _longer(arcs, component, budget):
            flows = _pick(stack, arcs, nodes, used)
            if flows is not None:
                found.append(_loop(stack, data_object, nodes, flows))
                used.update(f.index for f in flows)
    complete = budget[0] > 0
    found.sort(key=lambda loop: (len(loop.flows), [stack.tools[i].id for i in loop.tools]))
    return Loops(tuple(found), guarded, complete)


def owner_of(stack: Stack, flow: Flow) -> tuple[Owner, int | None]:
    """Return who wins a conflict on a flow, and the tool that does."""
    stated = flow.record.field_owner if flow.record is not None else None
    if stated is None:
        return "unknown", None
    if stated == "none":
        return "none", None
    tool = stack.tool(stated)
    if tool is None:
        return "elsewhere", None
    return ("guards" if tool.index in flow.ends else "elsewhere"), tool.index


def _arcs(stack: Stack, data_object: str) -> tuple[Arcs, int]:
    """Return source → target → flows that no owner at one of their ends guards.

    And how many both-ways flows such an owner guards.
    """
    arcs: Arcs = {}
    guarded = 0
    for flow in stack.carrying(data_object):
        if not flow.live or flow.automatic is False or flow.direction == "unknown":
            continue
        if flow.source is None or flow.target is None:
            continue
        both = flow.direction == "both-ways"
        if owner_of(stack, flow)[0] == "guards":
            guarded += both
            continue
        arcs.setdefault(flow.source, {}).setdefault(flow.target, []).append(flow)
        if both:
            arcs.setdefault(flow.target, {}).setdefault(flow.source, []).append(flow)
    return arcs, guarded


def _pairs(arcs: Arcs) -> Iterator[tuple[int, ...]]:
    for source in sorted(arcs):
        for target in sorted(arcs[source]):
            if source < target and source in arcs.get(target, {}):
                yield source, target


def _components(arcs: Arcs) -> list[list[int]]:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from((s, t) for s in sorted(arcs) for t in sorted(arcs[s]))
    found = [sorted(c) for c in nx.strongly_connected_components(graph) if len(c) > 2]
    return sorted(found)


def _longer(arcs: Arcs, component: list[int], budget: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield loops of three, then of four, each from its smallest tool."""
    inside = set(component)
    near = {n: [t for t in sorted(arcs.get(n, {})) if t in inside] for n in component}
    back: dict[int, set[int]] = {n: set() for n in component}
    for source, targets in near.items():
        for target in targets:
            back[target].add(source)
    for length in range(3, LONGEST + 1):
        for start in component:
            yield from _from(near, back[start], (start,), length, budget)


def _from(
    near: dict[int, list[int]],
    home: set[int],
    path: tuple[int, ...],
    length: int,
    budget: list[int],
) -> Iterator[tuple[int, ...]]:
    """Yield the loops that begin with a path; `home` are the tools with a flow to its start."""
    for nxt in near[path[-1]]:
        budget[0] -= 1
        if budget[0] <= 0:
            return
        if nxt <= path[0] or nxt in path:
            continue
        longer = (*path, nxt)
        if len(longer) < length:
            yield from _from(near, home, longer, length, budget)
        elif nxt in home:
            yield longer


def _pick(
    stack: Stack, arcs: Arcs, nodes: tuple[int, ...], used: set[int]
) -> tuple[Flow, ...] | None:
    """Return one flow per step of a loop in one scope, the least guarded; None where it is guarded.

    None also where a flow is on a shorter loop already.
    """
    chosen: list[Flow] = []
    scopes = stack.everywhere
    for place, source in enumerate(nodes):
        target = nodes[(place + 1) % len(nodes)]
        free = [f for f in arcs[source].get(target, ()) if f.index not in used]
        free = [f for f in free if not _guards(stack, f, nodes)]
        if not free:
            return None
        flow = min(
            free, key=lambda f: (owner_of(stack, f)[0] == "unknown", f.automatic is None, f.id)
        )
        chosen.append(flow)
        scopes &= flow.scopes
    return tuple(chosen) if scopes else None


def _guards(stack: Stack, flow: Flow, nodes: tuple[int, ...]) -> bool:
    owner, tool = owner_of(stack, flow)
    return owner == "elsewhere" and (len(nodes) == 2 or tool in nodes)


def _loop(stack: Stack, data_object: str, nodes: tuple[int, ...], flows: tuple[Flow, ...]) -> Loop:
    return Loop(data_object, nodes, flows, tuple(owner_of(stack, f)[0] for f in flows))
