"""Saved web pages that list a company's subprocessors in tables (HTML)."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import ClassVar, Final

from stackaudit.importers.model import Bundle, Found, ImportFailure, Place, Setting
from stackaudit.importers.registers.data import Record
from stackaudit.importers.registers.listing import Entries, read_entries, say_keys, table_of
from stackaudit.importers.registers.processors import PROCESSORS, mark, names_of, prepare
from stackaudit.importers.registers.tidy import counted, scrubbed

_TITLE: Final = re.compile(rb"<(?:title|h1|h2)\b[^>]{0,500}>([^<]{0,300})", re.IGNORECASE)
_SIZE: Final = 10 * 1024 * 1024
_ROWS: Final = 5_000
_CELL: Final = 1_000
_MOST: Final = 50
"""Tables of a page that are read."""
_UNSEEN: Final = frozenset(("script", "style", "template", "noscript"))


class SubprocessorPage:
    """A saved page whose title says that it lists subprocessors."""

    id: ClassVar[str] = "subprocessors"
    title: ClassVar[str] = "saved page that lists subprocessors (HTML)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether a file is a page with subprocessors in a heading, and has a table."""
        if bundle.folder or not bundle.files or bundle.file().suffix not in (".html", ".htm"):
            return False
        data = bundle.file().data[:_SIZE]
        if b"<table" not in data.lower():
            return False
        titles = (found[1].decode("utf-8", "replace") for found in _TITLE.finditer(data))
        return any(PROCESSORS.search(title) for title in titles)

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return the subprocessors in the tables of the page.

        Raises :class:`ImportFailure` where no table lists any.
        """
        file = bundle.file()
        found = Found(self.id, file.name, f"page of subprocessors {file.name}")
        if len(file.data) > _SIZE:
            raise ImportFailure(f"{file.name} is larger than {_SIZE // 1024 // 1024} MB")
        tables = _tables(file.text(), file.name)
        for entries in tables:
            table = table_of(entries, setting, ("tools",), "tools")
            if table is None:
                found.left_out(
                    "no column of it names a tool or vendor", Place(file.name, entries.name)
                )
                continue
            prepare(table, processors=True)
            made = read_entries(found, entries, table, setting, file.name)
            place = Place(file.name, entries.name)
            say_keys(found, table, place)
            mark(found, [key for keys in made.values() for key in keys], place)
        if not found.tools:
            raise ImportFailure(
                f"no table of {file.name} lists subprocessors",
                "save the page whole, after its tables are shown, or copy the table to a sheet",
            )
        found.counts = counted(len(tables), "table") | counted(len(found.tools), "tool")
        return scrubbed(found)


def _tables(text: str, name: str) -> list[Entries]:
    reader = _Tables()
    reader.feed(text)
    made = []
    for number, rows in enumerate(reader.tables, start=1):
        if len(rows) < 2:
            continue
        heads = [head or f"column {at}" for at, head in enumerate(names_of(rows[0]), start=1)]
        records = [Record(zip(heads, row, strict=False)) for row in rows[1:]]
        places = [Place(name, f"table {number}, row {at}") for at in range(2, len(rows) + 1)]
        made.append(Entries(f"table {number}", records, places, titles=True))
    return made


class _Tables(HTMLParser):
    """The cells of the tables of a page, row by row; a table inside a cell is part of its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._hidden = 0
        self._wanted = False
        self._cell: list[str] | None = None
        self._row: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the base's name
        if tag in _UNSEEN:
            self._hidden += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._wanted = len(self.tables) < _MOST
                if self._wanted:
                    self.tables.append([])
        elif tag == "tr" and self._depth == 1:
            self._end_row()
            self._row = []
        elif tag in ("td", "th") and self._depth == 1:
            self._end_cell()
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in ("td", "th") and self._depth == 1:
            self._end_cell()
        elif tag == "tr" and self._depth == 1:
            self._end_row()
        elif tag == "table":
            if self._depth == 1:
                self._end_row()
            self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._hidden:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            self._row.append(" ".join(" ".join(self._cell).split())[:_CELL])
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._wanted and self._row and any(self._row) and len(self.tables[-1]) < _ROWS:
            self.tables[-1].append(self._row)
        self._row = None
