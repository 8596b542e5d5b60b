"""The lines of the flow map: where each leaves and enters a box, and how it gets past the others.

A line that passes a column goes through a gap between its boxes, never behind one: what goes behind
a box looks as if it ended there. Lines that take one gap run close together, so that many of them
read as one strand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

WIDE: Final = 132.0
HIGH: Final = 26.0
STEP: Final = 35.0
"""From one box to the next: the space between them is what lines pass through."""
HEAD: Final = 19.0
_LANE: Final = 2.5
"""Between two lines in one gap."""

Pair = tuple[str, str]


@dataclass
class Box:
    """A tool or an area: what it is called, where it leads, and its place."""

    id: str
    name: str
    column: str
    area: str
    href: str
    sub: str = ""
    x: float = 0
    y: float = 0
    order: float = 0


@dataclass(frozen=True)
class Line:
    """The way of one line, and where a cross goes on it."""

    d: str
    cross: tuple[float, float]


def lines(pairs: Sequence[Pair], columns: Sequence[Sequence[Box]]) -> dict[Pair, Line]:
    """Return the ways of lines between boxes in columns from left to right.

    Parameters
    ----------
    pairs
        The ends of each line; both are in the columns.
    columns
        The boxes of each column, from the top down, placed.
    """
    at = {box.id: (i, box) for i, column in enumerate(columns) for box in column}
    gaps = [_gaps(column) for column in columns]
    sides = {pair: _sides(at[pair[0]][0], at[pair[1]][0]) for pair in pairs}
    both: dict[tuple[str, str], set[str]] = {}
    for pair, (out, into) in sides.items():
        both.setdefault((pair[0], out), set()).add("out")
        both.setdefault((pair[1], into), set()).add("in")
    made = {}
    taken: dict[tuple[int, float], int] = {}
    # From the top down, so that lines that share a gap seldom cross in it.
    for pair in sorted(pairs, key=lambda p: (at[p[0]][1].y, at[p[1]][1].y, p)):
        (i, a), (j, b) = at[pair[0]], at[pair[1]]
        out, into = sides[pair]
        start = (a.x + (WIDE if out == "r" else 0), _port(a, both[a.id, out], "out"))
        end = (b.x + (WIDE if into == "r" else 0), _port(b, both[b.id, into], "in"))
        if i == j:
            made[pair] = _round(start, end)
            continue
        step = 1 if j > i else -1
        points = [start]
        for k in range(i + step, j, step):
            left = columns[k][0].x
            share = (left - start[0]) / (end[0] - start[0])
            lane = _lane(gaps[k], start[1] + (end[1] - start[1]) * share, points[-1][1], k, taken)
            ways = ((left - 3, lane), (left + WIDE + 3, lane))
            points += ways if step > 0 else reversed(ways)
        points.append(end)
        made[pair] = _way(points)
    return made


def _sides(i: int, j: int) -> tuple[str, str]:
    return ("r", "l") if j > i else ("l", "r") if j < i else ("r", "r")


def _port(box: Box, ways: set[str], way: str) -> float:
    """Return the height at which lines leave or enter: one point for each, so heads lie on one."""
    if len(ways) == 1:
        return box.y + HIGH / 2
    return box.y + (9 if way == "in" else HIGH - 8)


def _gaps(column: Sequence[Box]) -> list[tuple[float, float]]:
    """Return the free places of a column: above, between its boxes, and below."""
    found = [(column[0].y - HEAD - 40, column[0].y - HEAD - 2)]
    for one, other in pairwise(column):
        # The name of an area stands on its boxes; lines pass above it.
        low = other.y - (HEAD - 2 if other.area != one.area else 1)
        found.append((one.y + HIGH + 1, low))
    found.append((column[-1].y + HIGH + 5, column[-1].y + HIGH + 45))
    return found


def _lane(
    gaps: list[tuple[float, float]],
    wanted: float,
    before: float,
    column: int,
    taken: dict[tuple[int, float], int],
) -> float:
    """Return the height at which a line passes a column: in the gap that bends it least."""

    def cost(gap: tuple[float, float]) -> float:
        y = min(max(wanted, gap[0]), gap[1])
        return abs(y - wanted) + abs(y - before) * 0.25

    low, high = min(gaps, key=cost)
    number = taken.get((column, low), 0)
    taken[column, low] = number + 1
    lanes = max(1, int((high - low) / _LANE) + 1)
    if high - low > 30:  # outside the boxes there is room: a line goes where it wants
        return min(max(wanted, low), high)
    middle = (low + high) / 2
    place = number % lanes
    return middle + _LANE * ((place + 1) // 2) * (1 if place % 2 else -1)


def _round(start: tuple[float, float], end: tuple[float, float]) -> Line:
    """Return a line between two boxes of one column, around their right side."""
    bend = round(16 + min(26.0, abs(end[1] - start[1]) * 0.1))
    (x1, y1), (x2, y2) = _whole(start), _whole(end)
    d = f"M{x1} {y1}c{bend} 0 {x2 - x1 + bend}{_n(y2 - y1)}{_n(x2 - x1)}{_n(y2 - y1)}"
    return Line(d, (x1 + bend * 0.75, (y1 + y2) / 2))


def _way(points: list[tuple[float, float]]) -> Line:
    """Return a line through points: level through a column, a bow from one to the next."""
    ends = [_whole(point) for point in points]
    d = f"M{ends[0][0]} {ends[0][1]}"
    for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(ends)):
        x, y = x2 - x1, y2 - y1
        if number % 2 or y == 0:
            d += f"h{x}"
        else:
            d += f"c{round(x / 2)} 0{_n(round(x / 2))}{_n(y)}{_n(x)}{_n(y)}"
    (x1, y1), (x2, y2) = ends[0], ends[1]
    return Line(d, ((x1 + x2) / 2, (y1 + y2) / 2))


def _whole(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _n(value: int) -> str:
    """Return a number as it follows another: a minus sign needs no space before it."""
    return f"{value}" if value < 0 else f" {value}"


def between(a: Box, b: Box, near: bool, both: bool) -> Line:
    """Return the line between two boxes of an island: straight to the next, else a bow below.

    With `both` there is a line back, and each keeps to its side.
    """
    if near:
        right = b.x > a.x
        y = a.y + HIGH / 2 + ((-4 if right else 4) if both else 0)
        x1, x2 = (a.x + WIDE, b.x) if right else (a.x, b.x + WIDE)
        return Line(f"M{x1:.0f} {y:.0f}H{x2:.0f}", ((x1 + x2) / 2, y))
    x1, x2 = a.x + WIDE / 2, b.x + WIDE / 2
    y1, y2 = a.y + HIGH, b.y + HIGH
    low = max(y1, y2) + 9
    return Line(
        f"M{x1:.0f} {y1:.0f}C{x1:.0f} {low:.0f} {x2:.0f} {low:.0f} {x2:.0f} {y2:.0f}",
        ((x1 + x2) / 2, low - 2),
    )
