"""Routes that share no edge: whether data gets somewhere by two ways of their own."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

Arc = tuple[int, int, int]
"""Source, target, and the number that tells parallel arcs apart (a flow's index, or negative)."""


def doubly_reached(start: int, arcs: Mapping[int, Sequence[tuple[int, int]]]) -> set[int]:
    """Return the nodes to which two routes lead from a start that share no arc.

    A node has two such routes unless some arc lies on all its routes, that is, unless an arc
    dominates it (Menger's theorem). Arcs become nodes of their own, and the dominator tree
    (Cooper, Harvey, Kennedy 2001, "A simple, fast dominance algorithm") tells for all nodes.

    Parameters
    ----------
    start
        Where the routes begin.
    arcs
        Node → (next node, number of the arc).
    """
    graph: nx.DiGraph[object] = nx.DiGraph()
    seen = {start}
    queue = deque([start])
    count = 0
    while queue:
        node = queue.popleft()
        for nxt, number in arcs.get(node, ()):
            arc = (node, nxt, number)
            graph.add_edge(node, arc)
            graph.add_edge(arc, nxt)
            count += 1
            if nxt not in seen:
                seen.add(nxt)
                queue.append(nxt)
    if count < len(seen):  # a tree: one route to everywhere
        return set()
    above = dict(nx.immediate_dominators(graph, start))
    free: dict[object, bool] = {start: True}
    for node in seen:
        way: list[object] = []
        at: object = node
        while at not in free:
            way.append(at)
            at = above[at]
        for step in reversed(way):
            free[step] = not isinstance(step, tuple) and free[above[step]]
    return {node for node in seen if node != start and free[node]}


def two_routes(
    start: int, end: int, arcs: Mapping[int, Sequence[tuple[int, int]]]
) -> tuple[list[Arc], list[Arc]] | None:
    """Return two routes that share no arc, the shorter first; None when there are none.

    Two rounds of Edmonds and Karp's method with unit capacities: the second may undo arcs of the
    first.
    """
    used: dict[Arc, bool] = {}
    back: dict[int, list[Arc]] = {}
    for _round in range(2):
        way = _augment(start, end, arcs, used, back)
        if way is None:
            return None
        for arc, forward in way:
            if forward:
                used[arc] = True
                back.setdefault(arc[1], []).append(arc)
            else:
                del used[arc]
                back[arc[1]].remove(arc)
    routes = _split(start, end, used)
    first, second = sorted(routes, key=lambda r: (len(r), r))
    return first, second


def _augment(
    start: int,
    end: int,
    arcs: Mapping[int, Sequence[tuple[int, int]]],
    used: Mapping[Arc, bool],
    back: Mapping[int, Sequence[Arc]],
) -> list[tuple[Arc, bool]] | None:
    came: dict[int, tuple[int, Arc, bool] | None] = {start: None}
    queue = deque([start])
    while queue and end not in came:
        node = queue.popleft()
        for nxt, number in arcs.get(node, ()):
            arc = (node, nxt, number)
            if nxt not in came and arc not in used:
                came[nxt] = (node, arc, True)
                queue.append(nxt)
        for arc in back.get(node, ()):
            if arc[0] not in came:
                came[arc[0]] = (node, arc, False)
                queue.append(arc[0])
    if end not in came:
        return None
    way: list[tuple[Arc, bool]] = []
    at = end
    while (step := came[at]) is not None:
        way.append((step[1], step[2]))
        at = step[0]
    return way


def _split(start: int, end: int, used: Iterable[Arc]) -> list[list[Arc]]:
    """Return the routes that a set of used arcs consists of; rings on the way are left out."""
    out: dict[int, list[Arc]] = {}
    for arc in sorted(used):
        out.setdefault(arc[0], []).append(arc)
    routes = []
    for _round in range(2):
        route: list[Arc] = []
        at = start
        while at != end:
            arc = out[at].pop()
            route.append(arc)
            at = arc[1]
            seen = next((n for n, a in enumerate(route) if a[0] == at), None)
            if seen is not None:
                del route[seen:]
        routes.append(route)
    return routes
