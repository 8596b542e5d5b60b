"""Records read as rows, keys as headers: one vocabulary for spreadsheets and registers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from stackaudit.importers.model import Found, Place, Setting
from stackaudit.importers.registers.data import Record
from stackaudit.importers.registers.tidy import people, plain_text, without_handles
from stackaudit.importers.spreadsheet.grid import Sheet, Value
from stackaudit.importers.spreadsheet.headers import (
    Column,
    Table,
    columns_of,
    find_table,
    fold,
    meaning,
)
from stackaudit.importers.spreadsheet.mapping import options_of, sheet_of
from stackaudit.importers.spreadsheet.others import read_integrations
from stackaudit.importers.spreadsheet.rows import Reader, Row
from stackaudit.importers.spreadsheet.services import settle_names
from stackaudit.importers.spreadsheet.toolrows import read_tools

KEYS: Final = 200
"""Different keys of one list; more is no register."""
_NAMES: Final = ("name", "title", "displayName", "display_name", "label", "value", "id")
_PEOPLE: Final = ("owner", "technical_owner")


@dataclass(slots=True)
class Entries:
    """A list of records: what it is called in its file, and where each stands."""

    name: str
    records: list[Record]
    places: list[Place] = field(default_factory=list)
    """Where each record is found; empty: by its number and line."""
    titles: bool = False
    """It is a table, in which a row may be a title over others."""

    def place(self, number: int, file: str) -> Place:
        """Return where the record of a number, from 1, is found."""
        if self.places:
            return self.places[number - 1]
        record = self.records[number - 1]
        inside = f"{self.name}, " if self.name else ""
        line = f", line {record.line}" if record.line else ""
        return Place(file, f"{inside}entry {number}{line}")


class RecordReader(Reader):
    """Reads records where a reader of sheets reads rows: places are entries, people are names."""

    entries: Entries

    def place(self, number: int, column: Column | None = None) -> Place:
        """Return where a record, or a key of it, is found."""
        if not 1 <= number <= len(self.entries.records):
            return Place(self.file, f"key {column.title}" if column else self.entries.name)
        place = self.entries.place(number, self.file)
        return Place(place.file, f"{place.spot}, key {column.title}") if column else place

    def people(self, number: int, row: Row, key: str) -> str | list[str] | None:
        """Return whom a value names; handles are no names."""
        return people(self.text(number, row, key), self.found.dropped)


def table_of(entries: Entries, setting: Setting, kinds: Sequence[str], hint: str) -> Table | None:
    """Return a list of records as a table, or None where its keys are none of a register."""
    keys = list(dict.fromkeys(k for record in entries.records for k in flat(record)))
    if not keys or len(keys) > KEYS:
        return None
    heads = [_spaced(key) for key in keys]
    rows: list[tuple[int, list[Value]]] = [
        (number, [cell(flat(record).get(key)) for key in keys])
        for number, record in enumerate(entries.records, start=1)
    ]
    said = sheet_of(setting.mapping, entries.name) if setting.mapping else None
    wanted = {fold(str(head)) for head in (said or {}).get("columns") or {}}
    if said is not None and said.get("kind") == "ignore":
        return None
    if said is not None and wanted & {fold(head) for head in heads}:
        columns = columns_of(said.get("columns") or {}, heads)
        return Table(Sheet(entries.name), "tools", columns, 0, rows, saved=True)
    meanings = [meaning("tools", head)[0] for head in heads]
    renamed = None
    if "name" not in meanings and "~name" in meanings:
        renamed = meanings.index("~name")  # in a register a name or title is that of the entry
        heads[renamed] = "tool"
    header: tuple[int, list[Value]] = (0, list(heads))
    table = find_table(Sheet(entries.name, [header, *rows]), kinds, hint)
    if table is None or table.header_row != 0:
        return None
    if renamed is not None:
        table.columns[renamed].header = _spaced(keys[renamed])
    settle_names(table, setting.catalogue)
    return table


def read_entries(
    found: Found, entries: Entries, table: Table, setting: Setting, file: str
) -> dict[int, list[str]]:
    """Read the records of a table as tools; return the keys of the tools of each record."""
    options = options_of(setting.mapping, None)
    currency = setting.currency or found.company.get("currency")
    reader = RecordReader(found, setting.catalogue, table, file, options, currency)
    reader.entries = entries
    reader.titles = entries.titles
    before = len(found.tools)
    read_tools(reader, {})
    by_place = {entries.place(n, file): n for n in range(len(entries.records), 0, -1)}
    made: dict[int, list[str]] = {}
    for tool in found.tools[before:]:
        number = by_place.get(tool.place, 0)
        made.setdefault(number, []).append(tool.key)
        if isinstance(notes := tool.facts.get("notes"), str):
            tool.facts["notes"] = without_handles(plain_text(notes), found.dropped)
    return made


def read_flows(found: Found, entries: Entries, table: Table, setting: Setting, file: str) -> None:
    """Read the records of a table as integrations."""
    options = options_of(setting.mapping, None)
    reader = RecordReader(found, setting.catalogue, table, file, options)
    reader.entries = entries
    read_integrations(reader)


def say_keys(found: Found, table: Table, place: Place) -> None:
    """Say how the keys are read, and which are not."""
    read, left = [], []
    for column in table.columns:
        cells = table.cells(column)
        if (column.key or "ignore").partition(".")[0] in ("ignore", "login", "sign_on", "invoice"):
            if cells:
                left.append(f"{column.title!r} ({len(cells)})")
        elif fold(column.header) != fold(column.key or ""):
            why = f" ({column.why})" if column.why else ""
            read.append(f"{column.title!r} as {(column.key or '').replace('_', ' ')}{why}")
    if read:
        found.note(f"keys read: {'; '.join(read)}", place)
    if left:
        found.left_out(
            f"keys not used, and how often they are filled: {'; '.join(left)}",
            place,
            "--mapping FILE says what a key means",
        )


# -------------------------------------------------------------------- records to cells


def flat(record: Record) -> dict[str, Any]:
    """Return a record with the mappings in it as keys of their own: ``contract.ends``."""
    made: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, Record) and not any(n in value for n in _NAMES):
            for inner, more in value.items():
                if not isinstance(more, Record):
                    made[f"{key} {inner}"] = more
        else:
            made[key] = value
    return made


def cell(value: Any) -> Value:
    """Return a value as a cell: lists by ``;``, a mapping by its name, nothing as nothing."""
    if value is None:
        return None
    if isinstance(value, list):
        parts = [str(c) for v in value[:200] if (c := cell(v)) is not None]
        return "; ".join(parts)[:5_000] or None
    if isinstance(value, dict):
        named = next((value[n] for n in _NAMES if isinstance(value.get(n), str)), None)
        return cell(named)
    text = str(value).replace("\x00", "").replace("\xa0", " ").strip()
    return text[:5_000] or None


def _spaced(key: str) -> str:
    """Return a key as a header: ``businessOwner`` as ``business Owner``."""
    made = []
    for before, letter in zip(" " + key, key, strict=False):
        if letter.isupper() and before.islower():
            made.append(" ")
        made.append(letter)
    return " ".join("".join(made).replace("_", " ").replace("-", " ").split())
