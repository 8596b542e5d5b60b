"""Excel and OpenDocument files by python-calamine, looked at before they are opened.

calamine makes room for the whole rectangle that a sheet's cells span, so that a file of a few
kilobytes can claim 17 billion cells (XFD1048576, ECMA-376 Part 1, 18.3.1.4). What a file claims is
therefore read from its parts first.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from stackaudit.importers.model import ImportFailure, SourceFile
from stackaudit.importers.spreadsheet.grid import (
    CELLS,
    COLUMNS,
    ROWS,
    SHEETS,
    Book,
    Flaw,
    Sheet,
    add_row,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

UNPACKED: Final = 150 * 1024 * 1024
"""Bytes of all parts of a workbook together."""
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP: Final = b"PK\x03\x04"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>(?!</)")
_BODY = re.compile(rb"<(?:\w+:)?c\b([^>]*[^>/])>(.{0,2000}?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)</")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_REF = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,4})(\d{1,10})[\"']")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*\"([^\"]*)\"")
_ODS_ROW = re.compile(
    rb"<table:table-row\b([^>]*)>(.*?)(?=<table:table-row\b|</table:table>)", re.DOTALL
)
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_REPEATED = re.compile(rb"number-(columns|rows)-repeated\s*=\s*[\"'](\d{1,12})[\"']")


def is_workbook(data: bytes) -> bool:
    """Tell whether bytes are a workbook rather than another archive or text."""
    if data.startswith(OLE):
        return True
    if not data.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        return True  # broken: reading it says so
    return any(n.startswith("xl/") for n in names) or {"content.xml", "mimetype"} <= names


def read_workbook(file: SourceFile) -> Book:
    """Return the sheets of a workbook; those that claim too much are passed over and named.

    Raises :class:`ImportFailure` when the file cannot be opened at all.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError
    except ImportError:
        raise ImportFailure(
            "workbooks need the package python-calamine", 'pip install "stackaudit[importers]"'
        ) from None
    claims, flaws = _claims(file)
    hint = "open it in a spreadsheet program and save it again, or export the sheet as CSV"
    try:
        with _silent():
            opened = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
    except PasswordError:
        raise ImportFailure(
            f"{file.name} is protected by a password", "save a copy without the password"
        ) from None
    except (CalamineError, OSError, ValueError) as error:
        raise ImportFailure(f"{file.name} cannot be opened as a workbook ({error})", hint) from None
    except BaseException as error:  # what the library panics with is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise ImportFailure(f"{file.name} is damaged", hint) from None
    book = Book()
    for number, about in enumerate(opened.sheets_metadata):
        if number >= SHEETS:
            left = len(opened.sheets_metadata) - SHEETS
            book.passed_over.append((f"{left} more sheets", f"only {SHEETS} sheets are read"))
            break
        if "WorkSheet" not in str(about.typ):
            book.passed_over.append((about.name, "it is a chart or a macro"))
        elif claims.get(about.name, 0) > CELLS:
            book.passed_over.append(
                (about.name, f"it claims {claims[about.name]:,} cells; {CELLS:,} are the most")
            )
        else:
            with _silent():
                _read_sheet(opened, about, book, flaws.get(about.name, []))
    return book


@contextmanager
def _silent() -> Iterator[None]:
    """Keep what the library prints when it panics, a trace of its own calls, off the terminal."""
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # there is no terminal
        yield
        return
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _read_sheet(opened: Any, about: Any, book: Book, flaws: list[Flaw]) -> None:
    try:
        there = opened.get_sheet_by_name(about.name)
        start, end = there.start, there.end
        if start is None or end is None:
            book.passed_over.append((about.name, "it is empty"))
            return
        if (end[0] + 1) * (end[1] + 1) > CELLS:
            book.passed_over.append((about.name, f"it has more than {CELLS:,} cells"))
            return
        sheet = Sheet(
            about.name, flaws=flaws, hidden="Visible" not in str(about.visible).rpartition(".")[2]
        )
        for number, raw in enumerate(there.to_python(skip_empty_area=False, nrows=ROWS), start=1):
            add_row(sheet, number, [None if c == "" else c for c in raw[:COLUMNS]], typed=True)
        if end[0] + 1 > ROWS:
            sheet.cut = f"it has more than {ROWS:,} rows; the rest was not read"
        if end[1] + 1 > COLUMNS:
            sheet.cut = f"it has more than {COLUMNS} columns; the rest was not read"
        _join(sheet, there.merged_cell_ranges or ())
    except Exception as error:  # noqa: BLE001 - whatever a damaged sheet makes the library raise
        book.passed_over.append((about.name, f"it is damaged ({type(error).__name__}: {error})"))
        return
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        book.passed_over.append((about.name, "it is damaged"))
        return
    book.sheets.append(sheet)


def _join(sheet: Sheet, ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Note which cells are merged; ranges over whole columns are formats, not facts."""
    for (top, left), (bottom, right) in ranges[:5_000]:
        if (bottom - top + 1) * (right - left + 1) > 2_000:
            continue
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    sheet.joined[row + 1, column] = (top + 1, left)


# -------------------------------------------------------------------- what a file claims


_Claims = tuple[dict[str, int], dict[str, list[Flaw]]]


def _claims(file: SourceFile) -> _Claims:
    """Return how many cells each sheet spans, and its cells that hold an error or no result.

    Raises :class:`ImportFailure` when the archive unpacks to more than it may.
    """
    if file.data.startswith(OLE):
        from stackaudit.importers.spreadsheet.compound import claimed_cells

        most = claimed_cells(file.data)
        if most > CELLS:
            raise _too_wide(file.name, most)
        return {}, {}
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            return _claims_in(archive, file.name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
    ):
        raise ImportFailure(
            f"{file.name} is damaged or was cut off: it is no whole workbook",
            "export or download it again",
        ) from None


def _too_wide(name: str, most: int) -> ImportFailure:
    return ImportFailure(
        f"{name} claims {most:,} cells in one sheet; {CELLS:,} are the most",
        "delete what stands far away from the list, and save it again",
    )


def _claims_in(archive: zipfile.ZipFile, name: str) -> _Claims:
    parts: dict[str, bytes] = {}
    size = 0
    for info in archive.infolist()[:5_000]:
        if info.filename.endswith("/"):
            continue
        wanted = info.filename.endswith((".xml", ".rels", ".bin"))
        with archive.open(info) as stream:
            data = stream.read(UNPACKED - size + 1)
        size += len(data)
        if size > UNPACKED:
            raise ImportFailure(
                f"{name} unpacks to more than {UNPACKED // 1024 // 1024} MB and was not opened",
                "save only the sheets with the lists as a workbook of their own",
            )
        if wanted:
            parts[info.filename] = data
    if "content.xml" in parts:
        return dict.fromkeys(_ods_names(parts["content.xml"]), _ods(parts["content.xml"])), {}
    claims: dict[str, int] = {}
    flaws: dict[str, list[Flaw]] = {}
    for sheet, part in _sheet_parts(parts).items():
        data = parts.get(part, b"")
        claims[sheet] = _xlsb(data) if part.endswith(".bin") else _xlsx(data)
        flaws[sheet] = [] if part.endswith(".bin") else _unread(data)
    if any(p.startswith("xl/worksheets/sheet") and p.endswith(".bin") for p in parts):
        most = max(
            (_xlsb(d) for p, d in parts.items() if p.startswith("xl/worksheets/")), default=0
        )
        if most > CELLS:  # names of sheets stand in binary records; all are refused
            raise _too_wide(name, most)
    return claims, flaws


def _sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """Return sheet name → part, from the workbook and its relations (ECMA-376 Part 1, 12.3)."""
    from html import unescape

    related = {}
    for match in _RELATION.finditer(parts.get("xl/_rels/workbook.xml.rels", b"")):
        keys = dict(_ATTRIBUTE.findall(match[1]))
        target = keys.get(b"Target", b"").decode("utf-8", "replace")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        related[keys.get(b"Id", b"")] = path
    found = {}
    for match in _SHEET.finditer(parts.get("xl/workbook.xml", b"")):
        keys = dict(_ATTRIBUTE.findall(match[1]))
        relation = next((v for k, v in keys.items() if k.endswith(b":id")), b"")
        sheet = unescape(keys.get(b"name", b"").decode("utf-8", "replace"))
        found[sheet] = related.get(relation, "")
    return found


def _xlsx(data: bytes) -> int:
    """Return the cells of the rectangle that the filled cells of a sheet span."""
    last_row = last_column = 0
    first_row = 1 << 40
    for pattern in (_ROW, _CELL):
        for match in pattern.finditer(data):
            keys = match[1]
            if keys.endswith(b"/"):
                continue
            ref = _REF.search(b" " + keys)
            if ref is None:
                continue
            row = int(ref[2])
            last_row, first_row = max(last_row, row), min(first_row, row)
            column = 0
            for letter in ref[1].upper():
                column = column * 26 + letter - 64
            last_column = max(last_column, column)
    if not last_row:
        return 0
    return (last_row - min(first_row, last_row) + 1) * max(last_column, 1)


def _unread(data: bytes) -> list[Flaw]:
    """Return the cells that the library gives back as empty: errors, and formulas never computed.

    ECMA-376 Part 1, 18.18.11 (``t="e"``) and 18.3.1.40 (``f``, its result stands in ``v``).
    """
    flaws = []
    for match in _BODY.finditer(data):
        keys, body = match[1], match[2]
        error = b't="e"' in keys
        if not error and (b"<f" not in body and b":f" not in body):
            continue
        value = _VALUE.search(body)
        if not error and (value or b"<v xml:space" in body or b't="str"' in keys):
            continue
        ref = _REF.search(b" " + keys)
        if ref is None:
            continue
        column = 0
        for letter in ref[1].upper():
            column = column * 26 + letter - 64
        if error:
            said = value[1].decode("utf-8", "replace")[:20] if value else "an error"
            text, hint = f"the spreadsheet shows {said}", ""
        else:
            text = "a formula whose result is not in the file"
            hint = "open it in a spreadsheet program and save it again"
        flaws.append(Flaw(int(ref[2]), column - 1, text, hint))
    return flaws[:1_000]


def _xlsb(data: bytes) -> int:
    """Return the cells that the records of a binary sheet span ([MS-XLSB] 2.1.4, 2.4)."""
    rows = columns = 0
    for kind, body in _records(data):
        if kind == 0 and len(body) >= 4:  # BrtRowHdr: the row
            rows = max(rows, int.from_bytes(body[:4], "little") + 1)
        elif 1 < kind <= 11 and len(body) >= 4:  # cells that hold something: the column
            columns = max(columns, int.from_bytes(body[:4], "little") + 1)
    return rows * columns


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80 and at < len(data):
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < len(data) and shift < 28:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, data[at : at + size]
        at += size


def _ods_names(data: bytes) -> list[str]:
    from html import unescape

    found = re.findall(rb"<table:table\b[^>]*?table:name=\"([^\"]*)\"", data)
    return [unescape(name.decode("utf-8", "replace")) for name in found]


def _ods(data: bytes) -> int:
    """Return the cells that content asks to be repeated to (OpenDocument 1.3, 19.677, 19.679)."""
    most = rows = 0
    for match in _ODS_ROW.finditer(data):
        repeated = dict(_REPEATED.findall(match[1]))
        width, last = 0, 0
        for cell in _ODS_CELL.finditer(match[2]):
            width += int(dict(_REPEATED.findall(cell[1])).get(b"columns", 1))
            if not cell[1].endswith(b"/"):
                last = width
        times = int(repeated.get(b"rows", 1))
        if last:
            rows += times
            most = max(most, last)
        elif times < 10_000:  # rows of formats at the end are no content
            rows += times
    return rows * most
