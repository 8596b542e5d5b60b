"""How late data arrives: the worst case along the freshest automated path."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from stackaudit.graph.views import Hop, View, trace

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack

_START: Final = (-9, -9)
"""Where a start came from: no node, and yet comparable with one."""


@dataclass(frozen=True, slots=True)
class Delay:
    """How late an object can be on arrival.

    `known` is the worst case in minutes over the freshest path of which every interval is known,
    None when there is none; `least` is what it is at least, counting unknown intervals as nothing.
    """

    known: int | None
    least: int
    hops: tuple[Hop, ...]
    """The freshest path of known intervals, else the one behind `least`."""

    def slowest(self, stack: Stack) -> Hop | None:
        """Return the hop with the longest interval."""
        timed = [h for h in self.hops if h.flow >= 0]
        return max(timed, key=lambda h: (stack.flows[h.flow].minutes or 0, -h.flow), default=None)


class Delays:
    """How late data from some starts is at every tool; the paths are worked out once.

    Only flows that run by themselves count (those not known to be by hand, where nothing is
    declared); with `by_hand` those by hand count too, with the interval that is declared for them.
    Suites and hosts take no time. The worst case of a path is the sum of its intervals.
    """

    def __init__(
        self, stack: Stack, view: View, starts: Iterable[int], *, by_hand: bool = False
    ) -> None:
        begin = sorted(set(starts))
        self._tools = len(stack.tools)
        self._known = _shortest(stack, view, begin, unknown_is_free=False, by_hand=by_hand)
        self._least = _shortest(stack, view, begin, unknown_is_free=True, by_hand=by_hand)

    def at(self, end: int) -> Delay | None:
        """Return how late data is at a tool; None when no automated path gets there."""
        if end not in self._least[0]:
            return None
        best = self._known if end in self._known[0] else self._least
        return Delay(
            known=self._known[0].get(end),
            least=self._least[0][end],
            hops=tuple(trace(best[1], end, self._tools)),
        )

    def freest(self, end: int) -> Delay | None:
        """Return the path that would be freshest if unknown intervals took no time."""
        if end not in self._least[0]:
            return None
        hops = tuple(trace(self._least[1], end, self._tools))
        return Delay(known=None, least=self._least[0][end], hops=hops)

    def least(self, end: int) -> int | None:
        """Return how late data is at a tool at least; None when no automated path gets there."""
        return self._least[0].get(end)


def delay(stack: Stack, view: View, starts: Iterable[int], end: int) -> Delay | None:
    """Return how late data from any of the starts is at one end, as :class:`Delays` has it."""
    return Delays(stack, view, starts).at(end)


def _shortest(
    stack: Stack, view: View, starts: list[int], *, unknown_is_free: bool, by_hand: bool
) -> tuple[dict[int, int], dict[int, tuple[int, int] | None]]:
    """Dijkstra over declared intervals; ties go to the smaller node."""
    done: dict[int, int] = {}
    previous: dict[int, tuple[int, int] | None] = {}
    queue: list[tuple[int, int, tuple[int, int]]] = [(0, s, _START) for s in starts]
    heapq.heapify(queue)
    while queue:
        cost, node, came = heapq.heappop(queue)
        if node in done:
            continue
        done[node], previous[node] = cost, None if came == _START else came
        for nxt, number in view.out.get(node, ()):
            if nxt in done:
                continue
            minutes = 0
            if number >= 0:
                flow = stack.flows[number]
                if flow.automatic is False and not by_hand:
                    continue
                if flow.kind == "integration":
                    if flow.minutes is None and not unknown_is_free:
                        continue
                    minutes = flow.minutes or 0
            heapq.heappush(queue, (cost + minutes, nxt, (node, number)))
    return done, previous
