"""What every kind of spreadsheet is read into: sheets of rows of plain values, and what is wrong.

``text.py`` reads CSV, ``workbook.py`` reads Excel and OpenDocument, both within the limits here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

ROWS: Final = 20_000
"""Rows of one sheet that are read; the largest tool list met had 2,300."""
COLUMNS: Final = 500
SHEETS: Final = 60
CELLS: Final = 2_000_000
"""Cells of one sheet, empty ones between filled ones included."""
CELL: Final = 5_000
"""Characters of one cell that are kept."""

Value = str | int | float | bool | date | None
"""``datetime`` is turned into ``date``; an empty cell is None."""

_ERROR = re.compile(
    r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)\Z", re.IGNORECASE
)
_GUARDED = re.compile(r"'[\s\ufeff]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_TEXT_FORMULA = re.compile(r'="([^"]*)"\Z')


@dataclass(frozen=True, slots=True)
class Flaw:
    """A cell that cannot be read; ``column`` counts from 0, None means the whole row."""

    row: int
    column: int | None
    text: str
    hint: str = ""


@dataclass(slots=True)
class Sheet:
    """One sheet: its rows with the numbers a person sees, without those that are empty."""

    name: str
    """Empty for the only table of a text file."""
    rows: list[tuple[int, list[Value]]] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    joined: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """Cells that are part of a merged one → its first cell; (row as seen, column from 0)."""
    hidden: bool = False
    cut: str = ""
    """Why not all of it is here."""


@dataclass(slots=True)
class Book:
    """All sheets of a file, and those that were not opened with the reason."""

    sheets: list[Sheet] = field(default_factory=list)
    passed_over: list[tuple[str, str]] = field(default_factory=list)


def add_row(sheet: Sheet, number: int, raw: list[object], *, typed: bool) -> None:
    """Put a row into a sheet with its cells made plain; empty rows are left away.

    ``typed`` tells that the file keeps formulas apart from text, so that ``=`` is only text.
    """
    row: list[Value] = []
    for column, cell in enumerate(raw):
        row.append(_value(sheet, number, column, cell, typed))
    while row and row[-1] is None:
        row.pop()
    if row:
        sheet.rows.append((number, row))


def _value(sheet: Sheet, number: int, column: int, cell: object, typed: bool) -> Value:
    if cell is None or isinstance(cell, bool | int):
        return cell
    if isinstance(cell, float):
        return cell if abs(cell) < 1e15 else None  # also NaN and infinity
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, time | timedelta):
        return str(cell)
    text = str(cell).replace("\x00", "").replace("\xa0", " ").strip()
    if len(text) > CELL:
        sheet.flaws.append(Flaw(number, column, f"more than {CELL:,} characters; the rest was cut"))
        text = text[:CELL].rstrip()
    if _ERROR.match(text):
        sheet.flaws.append(Flaw(number, column, f"the spreadsheet shows the error {text.upper()}"))
        return None
    if _GUARDED.match(text):
        return text[1:].strip() or None
    if not typed and text.startswith("="):
        plain = _TEXT_FORMULA.match(text)
        if plain:
            return plain[1].strip() or None
        shown = text if len(text) <= 40 else f"{text[:40]}…"
        hint = "export the sheet with its values instead of its formulas"
        sheet.flaws.append(Flaw(number, column, f"a formula without its result: {shown}", hint))
        return None
    return text or None


def filled(value: Value) -> bool:
    """Tell whether a cell holds something."""
    return value is not None and value != ""


def shown(value: Value) -> str:
    """Return a cell as a person would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    return "" if value is None else " ".join(str(value).split())


def column_letter(index: int) -> str:
    """Return the letter of a column that counts from 0: ``AB``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
