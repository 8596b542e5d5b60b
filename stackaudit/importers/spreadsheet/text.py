"""CSV and TSV as they come: any delimiter, encoding and quoting, unclosed quotes noticed.

The csv module reads each record; where a record ends is decided here, because an unclosed quote
makes the module take the rest of the file for one cell (RFC 4180 has no way to notice it).
"""

from __future__ import annotations

import csv
from collections import Counter
from typing import Final

from stackaudit.importers.model import ImportFailure, SourceFile
from stackaudit.importers.spreadsheet.grid import COLUMNS, ROWS, Book, Flaw, Sheet, add_row

DELIMITERS: Final = (",", ";", "\t", "|")
_RECORD_LINES: Final = 60
"""Lines one record may have; people write long cells, but not this long."""


def decoded(file: SourceFile) -> str:
    """Return the text of a file; UTF-16 is known by its mark or by its zeros.

    Raises :class:`ImportFailure` for what is no text.
    """
    data = file.data
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) and b"\x00" in data[:4096]:
        head = data[:4096]
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if max(even, odd) * 4 < len(head):
            raise ImportFailure(f"{file.name} is not a text file", "export it as CSV or XLSX")
        return data.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
    return file.text()


def read_text(file: SourceFile) -> Book:
    """Return the table of a text file."""
    text = decoded(file).replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    delimiter = ""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        delimiter = lines[0].strip()[4]  # Excel's own hint
        lines = ["", *lines[1:]]
    delimiter = delimiter or sniff(lines)
    sheet = Sheet("")
    width = _width(lines, delimiter)
    at = record = 0
    while at < len(lines):
        record += 1
        if record > ROWS:
            sheet.cut = f"it has more than {ROWS:,} rows; the rest was not read"
            break
        cells, taken, flaw = _record(lines, at, delimiter, width)
        if flaw:
            name = next((c for c in cells if c.strip()), "")[:40]
            sheet.flaws.append(Flaw(record, None, f"line {at + 1} ({name!r}): {flaw}"))
        if len(cells) > COLUMNS:
            sheet.flaws.append(Flaw(record, None, f"more than {COLUMNS} columns; the rest was cut"))
        add_row(sheet, record, list(cells[:COLUMNS]), typed=False)
        at += taken
    return Book([sheet])


def sniff(lines: list[str]) -> str:
    """Return the delimiter that most lines agree on; a comma when there is none."""
    sample = [line for line in lines[:200] if line.strip()][:60]
    best, score = ",", 0.0
    for delimiter in DELIMITERS:
        counts = Counter(len(_split(line, delimiter)) - 1 for line in sample)
        counts.pop(0, None)
        if counts:
            columns, lines_of_it = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
            agreed = (
                lines_of_it + 0.1 * min(columns, 8) + 0.3 * (sum(counts.values()) - lines_of_it)
            )
            if agreed > score + 0.001:
                best, score = delimiter, agreed
    return best


def _width(lines: list[str], delimiter: str) -> int:
    """Return how many columns most records have."""
    counts = Counter(len(_split(line, delimiter)) for line in lines[:500] if line.strip())
    counts.pop(1, None)
    return max(counts, key=lambda n: (counts[n], n)) if counts else 1


def _split(text: str, delimiter: str, quoting: bool = True) -> list[str]:
    try:
        reader = csv.reader(
            [text + "\n"],
            delimiter=delimiter,
            quoting=csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE,
        )
        return next(reader, [])
    except csv.Error:  # a cell beyond the module's limit
        return [part[:100_000] for part in text.split(delimiter)]


def _open(text: str, delimiter: str, inside: bool) -> bool:
    """Tell whether a quote is open at the end of a line; ``inside``: one was open before it."""
    start = not inside
    at, end = 0, len(text)
    while at < end:
        sign = text[at]
        if inside:
            if sign == '"':
                if text[at + 1 : at + 2] == '"':
                    at += 1
                else:
                    inside = False
        elif sign == '"' and start:
            inside = True
        start = sign == delimiter and not inside
        at += 1
    return inside


def _record(lines: list[str], at: int, delimiter: str, width: int) -> tuple[list[str], int, str]:
    """Return the cells of the record that starts at a line, its lines, and what is wrong."""
    first = lines[at]
    if '"' not in first or not _open(first, delimiter, inside=False):
        return _split(first, delimiter), 1, ""
    taken, still = 1, True
    while still and at + taken < len(lines) and taken < _RECORD_LINES:
        still = _open(lines[at + taken], delimiter, inside=True)
        taken += 1
    inner = lines[at + 1 : at + taken]
    rows = sum(1 for line in inner if width > 2 and line.count(delimiter) >= width - 1)
    cells = [] if still else csv_cells(lines[at : at + taken], delimiter)
    if not still and not (rows and len(cells) != width) and rows < 3:
        return cells, taken, ""
    swallowed = rows or taken - 1
    lines_of_it = "line after it was read as a row of its own"
    if not swallowed:
        lines_of_it = "line is taken as it stands"
    elif swallowed != 1:
        lines_of_it = f"{swallowed} lines after it were read as rows of their own"
    said = f"a quote is opened and not closed; the {lines_of_it}"
    alone = [cell.replace('"', "") for cell in _split(first, delimiter, quoting=False)]
    return alone, 1, said


def csv_cells(lines: list[str], delimiter: str) -> list[str]:
    """Return the cells of one record over several lines."""
    try:
        return next(csv.reader([f"{line}\n" for line in lines], delimiter=delimiter), [])
    except csv.Error:
        return _split(" ".join(lines), delimiter, quoting=False)
