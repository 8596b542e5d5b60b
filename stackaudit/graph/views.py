"""Views of the stack for one data object and one scope, and reachability in them.

A view holds the live flows that carry an object between tools in use in a scope. *certain* has
only what is declared to carry it; *widest* adds flows of unknown content or direction that may
carry it; *repaired* is the certain view with broken and paused flows mended.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

ViewKind = Literal["certain", "widest", "repaired"]
Mode = Literal["automatic", "maybe-automatic", "any"]

Reached = dict[int, tuple[int, int] | None]
"""Node → (previous node, flow); None for the nodes a search started from."""

SUITE = -1
"""Marks an arc that goes over a suite and not over a flow."""
WILD = -2
"""The node that stands for an unknown end; only in the widest view."""


@dataclass(slots=True)
class View:
    """Adjacency for one object and scope; nodes are tool indexes, past the last tool suites."""

    out: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """Node → (next node, flow index or SUITE)."""
    into: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def add(self, source: int, target: int, flow: int) -> None:
        """Add one arc."""
        self.out.setdefault(source, []).append((target, flow))
        self.into.setdefault(target, []).append((source, flow))

    def without(self, nodes: frozenset[int], flows: set[int], ends: set[int]) -> View:
        """Return what is left without some nodes and flows; `ends` are the ends of those flows.

        Only the arcs of what is next to them are copied: the rest is shared with this view.
        """
        near = set(ends)
        for node in nodes:
            near.update(n for arcs in (self.out, self.into) for n, _flow in arcs.get(node, ()))
        rest = View(dict(self.out), dict(self.into))
        for arcs in (rest.out, rest.into):
            for node in near & arcs.keys():
                arcs[node] = [(n, f) for n, f in arcs[node] if n not in nodes and f not in flows]
            for node in nodes:
                arcs.pop(node, None)
        return rest


@dataclass(frozen=True, slots=True)
class Loss:
    """What is taken away to see what falls: tools (with the apps inside them), and single flows."""

    tools: frozenset[int] = frozenset()
    flows: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.tools or self.flows)


NOTHING = Loss()


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop of a path; `flow` is SUITE when two tools share data inside a suite."""

    source: int
    target: int
    flow: int


def reach(
    arcs: dict[int, list[tuple[int, int]]],
    starts: Iterable[int],
    automatic: Sequence[bool | None],
    mode: Mode = "any",
) -> dict[int, tuple[int, int] | None]:
    """Return node → (previous node, flow) for all nodes reached from `starts`, breadth first.

    Parameters
    ----------
    arcs
        `View.out` to go forward, `View.into` to go back.
    starts
        Nodes to start from; they are in the answer with None.
    automatic
        Per flow index: runs by itself (True), by hand (False), not known (None).
    mode
        Which flows may be used: only automatic ones, those not known to be by hand, or any.

    Time and memory are linear in the arcs met. Order follows the arcs, so equal input gives equal
    paths.
    """
    seen: dict[int, tuple[int, int] | None] = dict.fromkeys(sorted(set(starts)))
    queue = deque(seen)
    while queue:
        node = queue.popleft()
        for nxt, flow in arcs.get(node, ()):
            if nxt in seen:
                continue
            if flow >= 0 and mode != "any":
                auto = automatic[flow]
                if auto is False or (auto is None and mode == "automatic"):
                    continue
            seen[nxt] = (node, flow)
            queue.append(nxt)
    return seen


def all_reached(
    arcs: dict[int, list[tuple[int, int]]], starts: Iterable[int], holds: Callable[[int], bool]
) -> bool:
    """Return whether something holds of every node reached; stops at the first where not."""
    seen = set(starts)
    pending = list(seen)
    while pending:
        node = pending.pop()
        if not holds(node):
            return False
        for nxt, _flow in arcs.get(node, ()):
            if nxt not in seen:
                seen.add(nxt)
                pending.append(nxt)
    return True


def reach_cheapest(
    arcs: dict[int, list[tuple[int, int]]], starts: Iterable[int], costly: Sequence[bool]
) -> dict[int, tuple[int, int] | None]:
    """Return node → (previous node, flow) on paths of fewest costly flows (0-1 breadth first)."""
    previous: dict[int, tuple[int, int] | None] = {}
    best: dict[int, int] = {}
    queue: deque[tuple[int, int, tuple[int, int] | None]] = deque(
        (0, s, None) for s in sorted(set(starts))
    )
    while queue:
        cost, node, came = queue.popleft()
        if node in previous:
            continue
        previous[node] = came
        for nxt, flow in arcs.get(node, ()):
            if nxt in previous:
                continue
            price = cost + (1 if flow >= 0 and costly[flow] else 0)
            if best.get(nxt, price + 1) > price:
                best[nxt] = price
                if price == cost:
                    queue.appendleft((price, nxt, (node, flow)))
                else:
                    queue.append((price, nxt, (node, flow)))
    return previous


def trace(reached: dict[int, tuple[int, int] | None], end: int, tools: int) -> list[Hop]:
    """Return the hops from a start to `end`, suites folded into one hop between two tools.

    Parameters
    ----------
    reached
        What :func:`reach` returned, going forward.
    end
        A node that was reached.
    tools
        How many tools the stack has; nodes from there on are suites.
    """
    hops: list[Hop] = []
    node = end
    while (step := reached[node]) is not None:
        hops.append(Hop(step[0], node, step[1]))
        node = step[0]
    hops.reverse()
    folded: list[Hop] = []
    for hop in hops:
        if hop.source >= tools and folded:
            folded[-1] = Hop(folded[-1].source, hop.target, SUITE)
        else:
            folded.append(hop)
    return folded
