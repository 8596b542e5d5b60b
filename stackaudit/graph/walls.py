"""How firmly two groups of tools are joined for an object: edge-disjoint ways between them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Edge = tuple[int, int]
"""One end of an edge seen from the other: the tool at the far end, and the flow's index."""


@dataclass(frozen=True, slots=True)
class Joint:
    """How two groups are joined: no way, one, or two and more; and the flow all depends on."""

    ways: int
    bridge: int | None = None
    """Index of a flow that every way uses, where there is one way."""


def joint(one: Iterable[int], other: Iterable[int], edges: Mapping[int, Sequence[Edge]]) -> Joint:
    """Return how many edge-disjoint ways join two groups, counted up to two.

    Edges are undirected and have capacity one, whatever the direction of the flow (Ford and
    Fulkerson's method, two rounds). A tool in both groups joins them for good.
    """
    starts, goals = set(one), set(other)
    if starts & goals:
        return Joint(2)
    used: dict[int, tuple[int, int]] = {}
    came = _search(starts, goals, edges, used)
    end = _hit(came, goals)
    if end is None:
        return Joint(0)
    at = end
    first: list[int] = []
    while (step := came[at]) is not None:
        used[step[1]] = (step[0], at)
        first.append(step[1])
        at = step[0]
    again = _search(starts, goals, edges, used)
    if _hit(again, goals) is not None:
        return Joint(2)
    cut = [n for n in reversed(first) if used[n][0] in again and used[n][1] not in again]
    return Joint(1, cut[0] if cut else first[-1])


def _search(
    starts: set[int],
    goals: set[int],
    edges: Mapping[int, Sequence[Edge]],
    used: Mapping[int, tuple[int, int]],
) -> dict[int, tuple[int, int] | None]:
    """Walk on from the starts; an edge in use may only be walked against its use."""
    came: dict[int, tuple[int, int] | None] = dict.fromkeys(sorted(starts))
    queue = deque(came)
    while queue:
        node = queue.popleft()
        if node in goals:
            continue
        for nxt, number in edges.get(node, ()):
            if nxt in came or used.get(number) == (node, nxt):
                continue
            came[nxt] = (node, number)
            queue.append(nxt)
    return came


def _hit(came: Mapping[int, object], goals: set[int]) -> int | None:
    return next((n for n in came if n in goals), None)
