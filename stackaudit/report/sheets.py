"""A wide matrix on paper: the same drawing in blocks that fit a page, each with its heads.

What is drawn once for the screen is used again for each block, so that paper costs few bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup

HAIR: Final = 1.5
"""How much of a block's first row is left out at its upper edge."""
ROWS: Final = 26
"""Rows in a block: with the heads they fill a page lying across, their text not under 7 points."""

COLUMNS: Final = 43
"""Columns in a block, as many as fit in the width of such a page."""


@dataclass(frozen=True)
class Span:
    """Rows or columns of one block: the numbers of the first and the one past the last."""

    first: int
    end: int


def spans(count: int, most: int) -> list[Span]:
    """Return blocks of about the same length, none longer than `most`."""
    blocks = -(-count // most)
    edges = [round(i * count / blocks) for i in range(blocks + 1)]
    return [Span(a, b) for a, b in pairwise(edges)]


def sheets(
    name: str, places: Sequence[float], *, left: float, top: float, cell: float, beyond: float
) -> Markup:
    """Return the blocks of a square matrix, for paper.

    Parameters
    ----------
    name
        The drawing's elements are called so: ``NAME-r`` has the rows' labels and the cells,
        ``NAME-0``, ``NAME-1`` … the heads of the columns of each block.
    places
        Where the rows and the columns begin, from the first one on.
    left, top
        How much room the labels of rows and the heads of columns take.
    cell
        The length of a row or column.
    beyond
        How far the last head reaches out to the right.
    """
    out = []
    for rows in spans(len(places), ROWS):
        y, high = places[rows.first], places[rows.end - 1] + cell - places[rows.first]
        for number, columns in enumerate(spans(len(places), COLUMNS)):
            x, wide = (
                places[columns.first],
                places[columns.end - 1] + cell - places[columns.first],
            )
            whole = f"{left + wide + beyond:g} {top + high + 2:g}"
            out.append(
                f'<svg class="pic matrix" viewBox="0 0 {whole}" aria-hidden="true">'
                f'<svg width="{left + wide + beyond:g}" height="{top:g}" '
                f'viewBox="{x:g} 0 {left + wide + beyond:g} {top:g}">'
                f'<use href="#{name}-{number}"/></svg>'
                + _part(name, 0, top, left, high, 0, top + y)
                + _part(name, left, top, wide, high, left + x, top + y)
                + "</svg>"
            )
    return Markup("").join(Markup(sheet) for sheet in out)


def _part(name: str, x: float, y: float, wide: float, high: float, at: float, down: float) -> str:
    # The edge of the cells in the row before would show as a hair line.
    y, high, down = y + HAIR, high - HAIR, down + HAIR
    return (
        f'<svg x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" '
        f'viewBox="{at:g} {down:g} {wide:g} {high:g}"><use href="#{name}-r"/></svg>'
    )
