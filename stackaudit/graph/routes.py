"""Routes that share no edge: whether data gets somewhere by two ways of their own."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

Arc = tuple[int, int, int]
"""Source, target, and the number that tells parallel arcs apart (a flow's index, or negative)."""


def doubly_reached(
    start: int, arcs: Mapping[int, Sequence[tuple[int, int]]], goals: AbstractSet[int]
) -> list[int]:
    """Return the goals to which two routes lead from a start that share no arc, sorted.

    A node has two such routes unless some arc lies on all its routes, that is, unless an arc
    dominates it (Menger's theorem). The dominator tree (Cooper, Harvey, Kennedy 2001, "A simple,
    fast dominance algorithm"), with arcs as nodes of their own, tells for all nodes at once.

    Parameters
    ----------
    start
        Where the routes begin.
    arcs
        Node → (next node, number of the arc).
    goals
        The nodes that are asked about.
    """
    entries: dict[int, int] = {start: 0}
    queue = [start]
    for node in queue:
        for nxt, _number in arcs.get(node, ()):
            if nxt not in entries:
                entries[nxt] = 0
                queue.append(nxt)
            entries[nxt] += 1
    wanted = sorted(g for g in goals if g != start and entries.get(g, 0) > 1)
    if not wanted:
        return []
    above, barred = _dominators(start, arcs, entries)
    free: dict[int, bool] = {start: True}
    for goal in wanted:
        way = []
        at = goal
        while at not in free:
            way.append(at)
            at = above[at]
        for node in reversed(way):
            free[node] = node not in barred and free[above[node]]
    return [goal for goal in wanted if free[goal]]


def _dominators(
    start: int, arcs: Mapping[int, Sequence[tuple[int, int]]], entries: Mapping[int, int]
) -> tuple[dict[int, int], set[int]]:
    """Return node → immediate dominator, and the nodes that are an arc or have but one arc in.

    Arcs into nodes of several arcs are nodes themselves, numbered from -1 down; the one arc into
    any other node is left out, and the node is barred in its place.
    """
    after: dict[int, list[int]] = {}
    before: dict[int, list[int]] = {}
    barred: set[int] = set()
    for node in entries:
        for nxt, _number in arcs.get(node, ()):
            step = node
            if entries[nxt] > 1:
                step = -1 - len(barred)
                after.setdefault(node, []).append(step)
                before[step] = [node]
                barred.add(step)
            elif nxt == start:
                continue
            after.setdefault(step, []).append(nxt)
            before.setdefault(nxt, []).append(step)
    order = _postorder(start, after)
    place = {node: number for number, node in enumerate(order)}
    above: dict[int, int] = {start: start}
    changed = True
    while changed:
        changed = False
        for node in reversed(order[:-1]):
            new = -1 << 62
            for one in before[node]:
                if one in above:
                    new = one if new == -1 << 62 else _meet(one, new, above, place)
            if above.get(node) != new:
                above[node] = new
                changed = True
    barred |= {n for n, times in entries.items() if times == 1 and n != start}
    return above, barred


def _meet(one: int, other: int, above: Mapping[int, int], place: Mapping[int, int]) -> int:
    while one != other:
        while place[one] < place[other]:
            one = above[one]
        while place[other] < place[one]:
            other = above[other]
    return one


def _postorder(start: int, after: Mapping[int, Sequence[int]]) -> list[int]:
    """Return the nodes in the order in which a depth-first walk leaves them; the start is last."""
    order: list[int] = []
    seen = {start}
    stack = [(start, iter(after.get(start, ())))]
    while stack:
        node, rest = stack[-1]
        nxt = next((n for n in rest if n not in seen), None)
        if nxt is None:
            order.append(node)
            stack.pop()
        else:
            seen.add(nxt)
            stack.append((nxt, iter(after.get(nxt, ()))))
    return order


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
