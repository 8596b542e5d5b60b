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

    A node has two such routes unless some arc lies on all its routes (Menger's theorem). The last
    such arc ends in the node itself or in one that dominates it, and no other arc comes there from
    where that end does not dominate. So the dominator tree of the nodes (Cooper, Harvey, Kennedy
    2001, "A simple, fast dominance algorithm") tells for all of them at once.

    Parameters
    ----------
    start
        Where the routes begin.
    arcs
        Node → (next node, number of the arc).
    goals
        The nodes that are asked about.
    """
    before: dict[int, list[int]] = {start: []}
    queue = [start]
    for node in queue:
        for nxt, _number in arcs.get(node, ()):
            if nxt not in before:
                before[nxt] = []
                queue.append(nxt)
            before[nxt].append(node)
    wanted = sorted(g for g in goals if g != start and len(before.get(g, ())) > 1)
    if not wanted:
        return []
    above, place = _dominators(start, arcs, before)
    free: dict[int, bool] = {start: True}
    for goal in wanted:
        way = []
        at = goal
        while at not in free:
            way.append(at)
            at = above[at]
        for node in reversed(way):
            fresh = sum(not _dominates(node, one, above, place) for one in before[node])
            free[node] = free[above[node]] and fresh > 1
    return [goal for goal in wanted if free[goal]]


def _dominators(
    start: int, arcs: Mapping[int, Sequence[tuple[int, int]]], before: Mapping[int, Sequence[int]]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return node → immediate dominator, and node → place, the higher the nearer to the start."""
    order = _postorder(start, arcs)
    place = {node: number for number, node in enumerate(order)}
    above: dict[int, int] = {start: start}
    changed = True
    while changed:
        changed = False
        for node in reversed(order[:-1]):
            new = -1
            for one in before[node]:
                if one in above:
                    new = one if new == -1 else _meet(one, new, above, place)
            if above.get(node) != new:
                above[node] = new
                changed = True
    return above, place


def _dominates(node: int, other: int, above: Mapping[int, int], place: Mapping[int, int]) -> bool:
    while place[other] < place[node]:
        other = above[other]
    return other == node


def _meet(one: int, other: int, above: Mapping[int, int], place: Mapping[int, int]) -> int:
    while one != other:
        while place[one] < place[other]:
            one = above[one]
        while place[other] < place[one]:
            other = above[other]
    return one


def _postorder(start: int, arcs: Mapping[int, Sequence[tuple[int, int]]]) -> list[int]:
    """Return the nodes in the order in which a depth-first walk leaves them; the start is last."""
    order: list[int] = []
    seen = {start}
    stack = [(start, iter(arcs.get(start, ())))]
    while stack:
        node, rest = stack[-1]
        for nxt, _number in rest:
            if nxt not in seen:
                seen.add(nxt)
                stack.append((nxt, iter(arcs.get(nxt, ()))))
                break
        else:
            order.append(node)
            stack.pop()
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
