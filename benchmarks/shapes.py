"""Shapes of a stack: which tools exchange data with which.

Each shape is an endless stream of pairs (source, target) of tool numbers; tools stand in units
(brands, regions) of consecutive numbers, and the first few of each unit are its hubs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Draw = Callable[[], float]
Pairs = Iterator[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Layout:
    """How tools are numbered: units of consecutive tools, hubs first."""

    tools: int
    unit: int
    """Tools in a unit; the last unit may be smaller."""
    hubs: int

    def unit_of(self, tool: int) -> range:
        """Return the tools of the unit that a tool belongs to."""
        start = tool // self.unit * self.unit
        return range(start, min(start + self.unit, self.tools))


def clusters(draw: Draw, layout: Layout) -> Pairs:
    """Units with their own hubs: four flows in five stay inside, the rest join hubs of units."""
    units = -(-layout.tools // layout.unit)
    while True:
        tool = int(draw() * layout.tools)
        if draw() < 0.8 or units == 1:
            inside = layout.unit_of(tool)
            width = min(layout.hubs, len(inside)) if draw() < 0.55 else len(inside)
            other = inside.start + int(draw() * width)
        else:
            tool = layout.unit_of(tool).start + int(draw() * layout.hubs)
            other = int(draw() * units) * layout.unit + int(draw() * layout.hubs)
        if tool != other and tool < layout.tools and other < layout.tools:
            yield (tool, other) if draw() < 0.55 else (other, tool)


def stands_alone(tool: int) -> bool:
    """Return whether a tool of ``silos`` exchanges nothing."""
    return tool % 7 == 5


def silos(draw: Draw, layout: Layout) -> Pairs:
    """Small groups that exchange nothing with each other; one tool in seven exchanges nothing."""
    small = 12
    while True:
        tool = int(draw() * layout.tools)
        start = tool // small * small
        other = start + int(draw() * min(small, layout.tools - start))
        if tool != other and not stands_alone(tool) and not stands_alone(other):
            yield tool, other


def scale_free(draw: Draw, layout: Layout) -> Pairs:
    """Hub and spoke: a tool is chosen as often as it has flows already (Barabási, Albert 1999)."""
    ends = list(range(min(layout.hubs, layout.tools)))
    newcomer = 0
    while True:
        newcomer = (newcomer + 1) % layout.tools
        hub = ends[int(draw() * len(ends))]
        if hub != newcomer:
            ends += (hub, newcomer)
            yield (newcomer, hub) if draw() < 0.6 else (hub, newcomer)


def chain(draw: Draw, layout: Layout) -> Pairs:
    """One long line, each tool feeding the next, then short cuts of at most five hops."""
    for tool in range(layout.tools - 1):
        yield tool, tool + 1
    while True:
        tool = int(draw() * (layout.tools - 1))
        yield tool, min(tool + 2 + int(draw() * 4), layout.tools - 1)


SHAPES: dict[str, Callable[[Draw, Layout], Pairs]] = {
    "clusters": clusters,
    "silos": silos,
    "scale-free": scale_free,
    "suite-heavy": clusters,
    "chain": chain,
}
"""Name of a shape → its pairs; ``suite-heavy`` differs from ``clusters`` in its products."""
