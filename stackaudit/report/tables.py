"""Tables: rows of cells to HTML, in one pass and without a template call for each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from stackaudit.report.safe import esc

SHOWN: Final = 200
"""Rows of a table written as HTML; browsers choke on very many, so the rest is data."""

LONG: Final = 300
"""From more rows on nobody reads a table from the top: fewer are written, the rest is data."""

FEW: Final = 60
"""Rows of such a table that are written."""


def shown(rows: int) -> int:
    """Return how many rows of a table of so many are written as HTML."""
    return SHOWN if rows <= LONG else FEW


Cell = str | Markup | int | float | None


@dataclass(frozen=True)
class Table:
    """A table: its name, its columns (a label; ``#`` in front: numbers, to the right) and its rows.

    Past those that are :func:`shown` the others are kept as plain text in `rest`, for the script
    to show.
    """

    id: str
    caption: Markup | str
    columns: Sequence[Markup | str]
    rows: Sequence[Sequence[Cell]]
    anchors: Sequence[str] = ()
    css: str = ""
    note: Markup | str = ""
    head_column: bool = True
    numeric: frozenset[int] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def rest(self) -> list[list[str]]:
        """The rows past the shown ones, column by column, as text."""
        more = self.rows[shown(len(self.rows)) :]
        return [[_text(row[i]) for row in more] for i in range(len(self.columns))] if more else []

    @property
    def labels(self) -> list[str]:
        """The column labels as text."""
        return [_text(c) for c in self.columns]

    def __html__(self) -> str:
        # HTML allows to leave out the ends of cells and rows: a tenth of a large table. A cell
        # of the head is one for its column, and one that begins a row for its row, without a word.
        name = f"{self.id}-c"
        out = [
            f'<div class="scroll" role="region" aria-labelledby="{name}" tabindex="0">',
            f'<table id="{self.id}"{self._class()}>',
            f'<caption id="{name}">{esc(self.caption)}</caption><thead><tr>',
        ]
        out += [f"<th>{esc(label)}</th>" for label in self.columns]
        out.append("</tr></thead><tbody>")
        for number, row in enumerate(self.rows[: shown(len(self.rows))]):
            out.append(f'<tr id="{self.anchors[number]}">' if self.anchors else "<tr>")
            for i, cell in enumerate(row):
                text = "" if cell is None else esc(cell)
                if i == 0 and self.head_column:
                    out.append(f"<th>{text}")
                else:
                    out.append(f"<td>{text}")
        out.append("</tbody></table></div>")
        if len(self.rows) > SHOWN:
            label = f'role="region" tabindex="0" aria-label="{esc(self.caption)}"'
            more = f'data-control hidden id="rest-{self.id}" class="virtual" {label}'
            out.append(f'<p class="note">{esc(self.note)}</p><div {more}></div>')
        return "".join(out)

    def _class(self) -> str:
        rest = ' data-rest="1"' if len(self.rows) > SHOWN else ""
        # The columns of numbers are named once for the table: a class for each cell weighs much.
        css = " ".join([*self.css.split(), *(f"n{i + 1}" for i in sorted(self.numeric))])
        return (f' class="{css}"' if css else "") + rest


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return _without_tags(cell) if isinstance(cell, Markup) else str(cell)


@lru_cache(maxsize=65536)
def _without_tags(cell: Markup) -> str:
    # Most cells of a large table are one of a few: a status, an owner, the name of a tool.
    return cell.striptags()
