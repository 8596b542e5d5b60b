"""What is said about a spreadsheet besides its facts, and that no secret is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stackaudit.importers.model import Found, FoundTool, Notice, Place
from stackaudit.importers.spreadsheet.grid import Book, Sheet, column_letter, shown
from stackaudit.importers.spreadsheet.headers import Column, Table, fold
from stackaudit.importers.spreadsheet.mapping import guessed
from stackaudit.importers.values import text_without_secrets

_NOT_USED: Final = (
    None, "invoice.centre", "invoice.number", "login", "sign_on", "contract.starts", "starts",
    "contract.cancel_by", "cancel_by",
)  # fmt: skip
"""Keys that are known and that an inventory has no place for."""


def say_all(
    found: Found,
    book: Book,
    tables: Sequence[Table],
    passed: Sequence[tuple[str, str]],
    *,
    own: bool,
) -> None:
    """Say what is wrong with cells, which sheets were passed over, and how columns are read.

    ``own``: the workbook is one of an export, whose columns need no words.
    """
    read = {id(t.sheet) for t in tables}
    for sheet in book.sheets:
        for flaw in sheet.flaws:
            column = f", column {column_letter(flaw.column)}" if flaw.column is not None else ""
            place = place_of(found, sheet, f"row {flaw.row}{column}")
            found.unreadable(flaw.text, place, flaw.hint)
        if sheet.cut:
            found.unreadable(sheet.cut, place_of(found, sheet))
            found.partial = True
        if sheet.hidden and id(sheet) in read:
            found.note("the sheet is hidden in the workbook, and was read", place_of(found, sheet))
        found.partial = found.partial or any(f.column is None for f in sheet.flaws)
    for name, why in passed:
        if own and name == "Read me":
            continue
        found.left_out(f"sheet {name!r} is passed over: {why}" if name else why)
        found.partial = found.partial or "claims" in why or "damaged" in why
    for table in tables:
        _columns(found, table, own)
    found.mapping = guessed([t for t in tables if t.header_row])
    _counts(found, tables)


def _columns(found: Found, table: Table, own: bool) -> None:
    """Say how each column is read, and which are not."""
    place = place_of(found, table.sheet)
    read = []
    for column in table.columns:
        if column.key in (*_NOT_USED, "ignore") or not column.header:
            continue
        meant = _meant(column)
        if fold(column.header) == fold(meant) and not column.why:
            continue
        read.append(f"{column.title!r} as {meant}{f' ({column.why})' if column.why else ''}")
    if read and not own:
        found.note(f"columns read: {'; '.join(read)}", place)
    left = []
    for column in table.columns:
        cells = table.cells(column)
        if column.key in _NOT_USED and cells:
            values = list(dict.fromkeys(shown(c)[:30] for c in cells))
            some = ", ".join(values[:3]) + (", …" if len(values) > 3 else "")
            why = f"; {column.why}" if column.why else ""
            left.append(f"{column.title!r} ({len(cells)}: {some}{why})")
    if left:
        found.left_out(
            f"columns not used: {'; '.join(left)}",
            place,
            "--save-mapping FILE, then map them to notes or to what they are",
        )


def _counts(found: Found, tables: Sequence[Table]) -> None:
    kinds = Counter(t.kind for t in tables)
    if len(tables) > 1:
        found.counts["sheets read"] = len(tables)
    found.counts["rows"] = sum(len(t.rows) for t in tables)
    for what, items in (
        ("tools", found.tools),
        ("integrations", found.integrations),
        ("contracts", found.contracts),
    ):
        if items or kinds[what]:
            found.counts[what] = len(items)


def place_of(found: Found, sheet: Sheet, spot: str = "") -> Place:
    """Return a place in a sheet as a person finds it."""
    name = f"sheet {sheet.name}" if sheet.name else ""
    return Place(found.source, ", ".join(p for p in (name, spot) if p))


def clean_all(found: Found) -> None:
    """Let no secret and no address of a person into names and messages."""
    silent: Counter[str] = Counter()
    kept: list[FoundTool] = []
    for tool in found.tools:
        name = text_without_secrets(tool.name, found.dropped)
        if not name.strip(" •"):
            found.left_out("the name of a tool was a secret or an address", tool.place)
            continue
        tool.name = name
        kept.append(tool)
    found.tools = kept
    keys = {t.key for t in kept}
    for flow in found.integrations:
        for end in ("from_", "to"):
            if getattr(flow, end) not in keys:
                setattr(flow, end, text_without_secrets(getattr(flow, end), found.dropped))
        flow.place = _clean_place(flow.place, silent)
    found.notices = [
        Notice(
            n.kind,
            text_without_secrets(n.text, silent),
            _clean_place(n.place, silent) if n.place else None,
            n.hint,
        )
        for n in found.notices
    ]
    found.teams = {
        k: name for k, v in found.teams.items() if (name := text_without_secrets(v, silent))
    }


def _clean_place(place: Place, dropped: Counter[str]) -> Place:
    return replace(place, spot=text_without_secrets(place.spot, dropped))


def _meant(column: Column) -> str:
    per = f" per {column.per}" if column.per else ""
    currency = f" in {column.currency}" if column.currency else ""
    words_of = {
        "contract.renews": "end of the contract's term",
        "renews": "end of the term",
        "integrates": "integrations",
        "seats.users": "seats paid for or used",
    }
    key = column.key or ""
    return f"{words_of.get(key, key.replace('.', ' ').replace('_', ' '))}{per}{currency}"
