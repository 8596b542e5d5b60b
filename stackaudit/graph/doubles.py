"""The same object from one tool to another by two automated routes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stackaudit.graph.model import Flow, StackTool
from stackaudit.graph.routes import Arc, doubly_reached, two_routes

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack

Routes = tuple[list[Arc], list[Arc]]
"""Two routes that share no arc, the shorter first."""


@dataclass
class Double:
    """An object that gets from one tool to another by two routes, and the scopes where it does."""

    data_object: str
    source: StackTool
    target: StackTool
    routes: Routes
    scopes: list[str] = field(default_factory=list)


def doubles(
    stack: Stack,
    data_object: str,
    scope: int,
    memo: dict[tuple[int, int], Routes],
    *,
    perhaps: bool,
) -> list[Double]:
    """Return the pairs of tools with two routes for an object in a scope, by ids.

    With `perhaps` flows count of which it is not known whether they run by themselves. Suites, and
    apps in their hosts, are no routes: what they share is there once. `memo` keeps the routes of an
    object from scope to scope, so that one pair is shown with the same ones.
    """
    arcs: dict[int, list[tuple[int, int]]] = {}
    entries: dict[int, int] = {}
    for node, out in stack.view(data_object, scope).out.items():
        kept = [
            (nxt, flow)
            for nxt, flow in out
            if flow >= 0 and runs(stack.flows[flow], perhaps=perhaps)
        ]
        if kept:
            arcs[node] = kept
        for nxt, _flow in kept:
            entries[nxt] = entries.get(nxt, 0) + 1
    goals = {n for n, times in entries.items() if times > 1 and stack.tools[n].subject}
    found: dict[tuple[str, str], Double] = {}
    if not goals:
        return []
    for start in _sources(stack, data_object, scope, arcs, entries):
        for end in doubly_reached(start, arcs, goals):
            _add(stack, data_object, (start, end), arcs, found, memo)
    for node in sorted(n for n in arcs if stack.tools[n].subject):
        times: dict[int, int] = {}
        for nxt, _flow in arcs[node]:
            times[nxt] = times.get(nxt, 0) + 1
        for end in sorted(n for n, count in times.items() if count > 1 and n in goals):
            direct = {node: [(n, f) for n, f in arcs[node] if n == end]}
            _add(stack, data_object, (node, end), direct, found, memo)
    return [found[k] for k in sorted(found)]


def runs(flow: Flow, *, perhaps: bool) -> bool:
    """Return whether an integration runs by itself, or `perhaps` does."""
    if flow.kind != "integration":
        return False
    return flow.automatic is True or (perhaps and flow.automatic is None)


def _sources(
    stack: Stack, data_object: str, scope: int, sends: Iterable[int], entries: dict[int, int]
) -> list[int]:
    """Return where an object comes from: who captures it, its record, and who only sends it."""
    record = set(stack.record(data_object, scope).tools)
    return sorted(
        n
        for n in sends
        if stack.tools[n].subject
        and (n in record or stack.tools[n].has_role("capture", data_object) or n not in entries)
    )


def _add(
    stack: Stack,
    data_object: str,
    ends: tuple[int, int],
    arcs: dict[int, list[tuple[int, int]]],
    found: dict[tuple[str, str], Double],
    memo: dict[tuple[int, int], Routes],
) -> None:
    """Add the two routes between two tools; where another scope has some, those are shown."""
    source, target = stack.tools[ends[0]], stack.tools[ends[1]]
    key = (source.id, target.id)
    near = source.suite is not None and source.suite == target.suite
    if key in found or (near and stack.one_database(source, target, data_object)):
        return
    routes = memo.get(ends)
    if routes is None:
        routes = two_routes(*ends, arcs)
    if routes is not None:
        memo[ends] = routes
        found[key] = Double(data_object, source, target, routes)


def flows_of(routes: Routes) -> list[int]:
    """Return the flows of two routes, by index."""
    return [arc[2] for route in routes for arc in route]


def filtered_differently(stack: Stack, routes: Routes) -> bool:
    """Return whether both routes are filtered, and not by the same words."""
    words = [
        {
            record.only
            for a in route
            if (record := stack.flows[a[2]].record) is not None and record.only
        }
        for route in routes
    ]
    return bool(words[0]) and bool(words[1]) and words[0] != words[1]
